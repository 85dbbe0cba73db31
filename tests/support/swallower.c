/* Fills a queue of new connections that nobody takes out. */
#include "tests/support/swallower.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

void swallower_start(struct swallower *swallower, const char *address, int port) {
    struct sockaddr_in place = {.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)port)};
    socklen_t length = sizeof place;
    inet_pton(AF_INET, address, &place.sin_addr);
    swallower->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    cr_assert(
        bind(swallower->listener, (struct sockaddr *)&place, length) == 0 &&
            listen(swallower->listener, 0) == 0 &&
            getsockname(swallower->listener, (struct sockaddr *)&place, &length) == 0,
        "cannot listen on %s", address);
    snprintf(swallower->url, sizeof swallower->url, "http://%s:%d", address,
             ntohs(place.sin_port));
    for (int i = 0; i < SWALLOWER_GUESTS; i++) {
        int guest = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        int result = connect(guest, (struct sockaddr *)&place, length);
        (void)result; /* the first is taken, the others wait as all later ones will */
        swallower->guests[i] = guest;
    }
}

void swallower_stop(struct swallower *swallower) {
    for (int i = 0; i < SWALLOWER_GUESTS; i++) {
        close(swallower->guests[i]);
    }
    close(swallower->listener);
}
