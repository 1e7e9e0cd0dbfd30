// expect: from 'id<[^']*link_tag>' to 'id<[^']*site_tag>'
// SPDX-License-Identifier: Apache-2.0
// The id of a link does not pass for that of a site.
#include <string>
#include <uonaco/base/id.hpp>

void visit(uonaco::site_id);

void ask(uonaco::link_id link) {
#ifdef CONTROL
    visit(uonaco::site_id(link.text));
#else
    visit(link);
#endif
}
