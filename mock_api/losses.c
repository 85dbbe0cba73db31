/* Reads the losses that Linux counts for one socket. */
#include "mock_api/losses.h"

#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

uint64_t losses_dropped(int listener_fd) {
    uint32_t counts[SK_MEMINFO_VARS] = {0};
    socklen_t bytes = sizeof counts;
    if (getsockopt(listener_fd, SOL_SOCKET, SO_MEMINFO, counts, &bytes) != 0) {
        return 0;
    }
    return counts[SK_MEMINFO_DROPS];
}

uint64_t losses_retransmitted(int connection_fd) {
    struct tcp_info found = {0};
    socklen_t bytes = sizeof found;
    if (getsockopt(connection_fd, IPPROTO_TCP, TCP_INFO, &found, &bytes) != 0) {
        return 0;
    }
    return found.tcpi_total_retrans;
}
