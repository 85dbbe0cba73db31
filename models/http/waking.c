/* Tells names from addresses. */
#include "models/http/waking.h"

#include <string.h>

bool waking_host_is_name(const char *url) {
    const char *host = strstr(url, "://");
    host = host ? host + 3 : url;
    size_t length = strcspn(host, "/?#:");
    return host[0] != '[' && strspn(host, "0123456789.") < length;
}
