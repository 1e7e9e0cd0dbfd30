// SPDX-License-Identifier: Apache-2.0
// UONACO_REFLECT_EACH(m, (a…), (b…), …): m (a…) m (b…) … for up to 30 groups. Counted, because a recursive macro
// rescans its whole output dozens of times, which costs more than everything else in a declaration.
#pragma once

// clang-format off
#define UONACO_REFLECT_EACH(m, ...) UONACO_REFLECT_COUNT(__VA_ARGS__)(m, __VA_ARGS__)
#define UONACO_REFLECT_COUNT(...) UONACO_REFLECT_LAST(__VA_ARGS__, UONACO_REFLECT_TOO_MANY, \
    UONACO_REFLECT_30, UONACO_REFLECT_29, UONACO_REFLECT_28, UONACO_REFLECT_27, UONACO_REFLECT_26, \
    UONACO_REFLECT_25, UONACO_REFLECT_24, UONACO_REFLECT_23, UONACO_REFLECT_22, UONACO_REFLECT_21, \
    UONACO_REFLECT_20, UONACO_REFLECT_19, UONACO_REFLECT_18, UONACO_REFLECT_17, UONACO_REFLECT_16, \
    UONACO_REFLECT_15, UONACO_REFLECT_14, UONACO_REFLECT_13, UONACO_REFLECT_12, UONACO_REFLECT_11, \
    UONACO_REFLECT_10, UONACO_REFLECT_9, UONACO_REFLECT_8, UONACO_REFLECT_7, UONACO_REFLECT_6, \
    UONACO_REFLECT_5, UONACO_REFLECT_4, UONACO_REFLECT_3, UONACO_REFLECT_2, UONACO_REFLECT_1, )
#define UONACO_REFLECT_LAST(g1, g2, g3, g4, g5, g6, g7, g8, g9, g10, g11, g12, g13, g14, g15, g16, g17, g18, g19, g20, g21, g22, \
    g23, g24, g25, g26, g27, g28, g29, g30, g31, n, ...) n
#define UONACO_REFLECT_TOO_MANY(...) a_reflected_record_has_at_most_30_members_nest_them_by_topic
#define UONACO_REFLECT_1(m, g) m g
#define UONACO_REFLECT_2(m, g, ...) m g UONACO_REFLECT_1(m, __VA_ARGS__)
#define UONACO_REFLECT_3(m, g, ...) m g UONACO_REFLECT_2(m, __VA_ARGS__)
#define UONACO_REFLECT_4(m, g, ...) m g UONACO_REFLECT_3(m, __VA_ARGS__)
#define UONACO_REFLECT_5(m, g, ...) m g UONACO_REFLECT_4(m, __VA_ARGS__)
#define UONACO_REFLECT_6(m, g, ...) m g UONACO_REFLECT_5(m, __VA_ARGS__)
#define UONACO_REFLECT_7(m, g, ...) m g UONACO_REFLECT_6(m, __VA_ARGS__)
#define UONACO_REFLECT_8(m, g, ...) m g UONACO_REFLECT_7(m, __VA_ARGS__)
#define UONACO_REFLECT_9(m, g, ...) m g UONACO_REFLECT_8(m, __VA_ARGS__)
#define UONACO_REFLECT_10(m, g, ...) m g UONACO_REFLECT_9(m, __VA_ARGS__)
#define UONACO_REFLECT_11(m, g, ...) m g UONACO_REFLECT_10(m, __VA_ARGS__)
#define UONACO_REFLECT_12(m, g, ...) m g UONACO_REFLECT_11(m, __VA_ARGS__)
#define UONACO_REFLECT_13(m, g, ...) m g UONACO_REFLECT_12(m, __VA_ARGS__)
#define UONACO_REFLECT_14(m, g, ...) m g UONACO_REFLECT_13(m, __VA_ARGS__)
#define UONACO_REFLECT_15(m, g, ...) m g UONACO_REFLECT_14(m, __VA_ARGS__)
#define UONACO_REFLECT_16(m, g, ...) m g UONACO_REFLECT_15(m, __VA_ARGS__)
#define UONACO_REFLECT_17(m, g, ...) m g UONACO_REFLECT_16(m, __VA_ARGS__)
#define UONACO_REFLECT_18(m, g, ...) m g UONACO_REFLECT_17(m, __VA_ARGS__)
#define UONACO_REFLECT_19(m, g, ...) m g UONACO_REFLECT_18(m, __VA_ARGS__)
#define UONACO_REFLECT_20(m, g, ...) m g UONACO_REFLECT_19(m, __VA_ARGS__)
#define UONACO_REFLECT_21(m, g, ...) m g UONACO_REFLECT_20(m, __VA_ARGS__)
#define UONACO_REFLECT_22(m, g, ...) m g UONACO_REFLECT_21(m, __VA_ARGS__)
#define UONACO_REFLECT_23(m, g, ...) m g UONACO_REFLECT_22(m, __VA_ARGS__)
#define UONACO_REFLECT_24(m, g, ...) m g UONACO_REFLECT_23(m, __VA_ARGS__)
#define UONACO_REFLECT_25(m, g, ...) m g UONACO_REFLECT_24(m, __VA_ARGS__)
#define UONACO_REFLECT_26(m, g, ...) m g UONACO_REFLECT_25(m, __VA_ARGS__)
#define UONACO_REFLECT_27(m, g, ...) m g UONACO_REFLECT_26(m, __VA_ARGS__)
#define UONACO_REFLECT_28(m, g, ...) m g UONACO_REFLECT_27(m, __VA_ARGS__)
#define UONACO_REFLECT_29(m, g, ...) m g UONACO_REFLECT_28(m, __VA_ARGS__)
#define UONACO_REFLECT_30(m, g, ...) m g UONACO_REFLECT_29(m, __VA_ARGS__)
// clang-format on
