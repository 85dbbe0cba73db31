/* An address at which each attempt to connect gets no answer, as behind a firewall that
 * drops packets. */
#ifndef SIMUL_TESTS_SUPPORT_SWALLOWER_H
#define SIMUL_TESTS_SUPPORT_SWALLOWER_H

enum { SWALLOWER_GUESTS = 4 };

struct swallower {
    int listener;
    int guests[SWALLOWER_GUESTS]; /* they fill the listener's queue */
    char url[64];
};

/* Listens on an IPv4 address and a port (0: a free one) whose queue of new connections
 * is full: the kernel drops what comes. */
void swallower_start(struct swallower *swallower, const char *address, int port);
void swallower_stop(struct swallower *swallower);

#endif
