// SPDX-License-Identifier: Apache-2.0
// For programs of many files: the readers and writers of all records are compiled once, not in every file that loads or dumps a scenario.
// Each file includes this; one of them says `#define UONACO_INSTANTIATE` first. Without it nothing changes but the time to compile.
#pragma once

#include "dump.hpp"
#include "kinds.hpp"
#include "scenario.hpp"

#ifdef UONACO_INSTANTIATE
#define UONACO_EXTERN template
#else
#define UONACO_EXTERN extern template
#endif

namespace uonaco::inline UONACO_ABI::io {

UONACO_EXTERN loaded<scenario> load<scenario>(const document& parsed, problems syntax, const load_options& options);
UONACO_EXTERN document to_document<scenario>(const scenario& record);
UONACO_EXTERN problems validate<kinds>(std::string_view text, const load_options& options);

} // namespace uonaco::inline UONACO_ABI::io

#undef UONACO_EXTERN
