/* base/advice.c: the advice for an errno. */
#include "base/advice.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <string.h>

Test(advice, a_limit_of_this_process_is_named_with_the_command_that_raises_it) {
    cr_expect_not_null(strstr(advice_for(EMFILE), "ulimit -n"));
    cr_expect_not_null(strstr(advice_for(EFBIG), "ulimit -f"));
    cr_expect_not_null(strstr(advice_for(EAGAIN), "ulimit -u"));
    cr_expect_not_null(strstr(advice_for(ENFILE), "fs.file-max"));
}

Test(advice, a_full_disk_and_a_full_quota_get_the_same_advice) {
    cr_expect_not_null(strstr(advice_for(ENOSPC), "make room"));
    cr_expect_str_eq(advice_for(EDQUOT), advice_for(ENOSPC));
}

Test(advice, is_empty_for_every_other_errno) {
    cr_expect_str_eq(advice_for(ENOENT), "");
    cr_expect_str_eq(advice_for(0), "");
}
