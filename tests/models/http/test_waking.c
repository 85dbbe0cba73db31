/* models/http/waking.c: which hosts may have several addresses. */
#include "models/http/waking.h"

#include <criterion/criterion.h>

Test(waking, a_host_in_digits_has_one_address) {
    static const char *const urls[] = {"http://127.0.0.1:8080", "http://127.0.0.1/a/b",
                                       "https://[::1]:8080/", "http://[fe80::1]?a=b"};
    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        cr_expect_not(waking_host_is_name(urls[i]), "%s", urls[i]);
    }
}

Test(waking, a_name_may_have_several) {
    static const char *const urls[] = {"http://localhost:8080",
                                       "https://a.test/1.2.3.4", "http://1.2.3.4.test",
                                       "http://4you.test:80?x"};
    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        cr_expect(waking_host_is_name(urls[i]), "%s", urls[i]);
    }
}
