"""Transports and protocols: the order of the calls to a protocol."""
import asyncio
import errno
import socket
import struct

from pair import main, pair, trace, turns


class Tracing(asyncio.Protocol):
    def __init__(self, name="", keeps_open=False):
        self.name, self.keeps_open = name, keeps_open
        self.lost = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        trace(self.name, "made")

    def data_received(self, data):
        trace(self.name, "data", data.decode())

    def eof_received(self):
        trace(self.name, "eof")
        return self.keeps_open

    def connection_lost(self, error):
        trace(self.name, "lost", *([errno.errorcode[error.errno]] if error else []))
        self.lost.set_result(None)

    def pause_writing(self):
        trace(self.name, "pause")

    def resume_writing(self):
        trace(self.name, "resume")


async def connect(**options):
    ours, theirs = socket.socketpair()
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.create_connection(
        lambda: Tracing("a", **options), sock=ours
    )
    trace("connected")
    return transport, protocol, theirs


@pair
async def the_end_of_the_peer_closes_it():
    transport, protocol, peer = await connect()
    peer.send(b"abc")
    peer.close()
    await protocol.lost
    trace("closing", int(transport.is_closing()))


@pair
async def it_may_be_kept_open_for_writing():
    transport, protocol, peer = await connect(keeps_open=True)
    peer.shutdown(socket.SHUT_WR)
    await turns(5)
    transport.write(b"late")
    trace("peer got", peer.recv(10).decode())
    transport.close()
    trace("closed")
    await protocol.lost
    peer.close()


@pair
async def connection_lost_is_called_a_turn_later_and_once():
    transport, protocol, peer = await connect()
    loop = asyncio.get_running_loop()
    loop.call_soon(trace, "before")
    transport.close()
    loop.call_soon(trace, "after")
    transport.abort()
    transport.close()
    await protocol.lost
    await turns(2)
    peer.close()


@pair
async def unsent_bytes_delay_the_end():
    transport, protocol, peer = await connect()
    transport.write(bytes(2**20))
    transport.write(bytes(2**20))
    transport.close()
    await turns(3)
    trace("lost", int(protocol.lost.done()))
    peer.setblocking(False)
    count = 0
    while True:
        try:
            some = len(peer.recv(2**16))
        except BlockingIOError:
            await turns(1)
        else:
            if some == 0:
                break
            count += some
    trace("all", count)
    await protocol.lost
    peer.close()


@pair
async def abort_drops_unsent_bytes():
    transport, protocol, peer = await connect()
    transport.write(bytes(2**20))
    transport.close()
    await turns(3)
    transport.abort()
    trace("unsent", transport.get_write_buffer_size())
    await protocol.lost
    peer.close()


@pair
async def a_paused_transport_reads_nothing():
    transport, protocol, peer = await connect()
    transport.pause_reading()
    transport.pause_reading()
    trace("reading", int(transport.is_reading()))
    peer.send(b"abc")
    await turns(5)
    trace("resume")
    transport.resume_reading()
    await turns(5)
    transport.close()
    trace("reading", int(transport.is_reading()))
    await protocol.lost
    peer.close()


@pair
async def a_new_mark_may_be_passed_already():
    transport, protocol, peer = await connect()
    transport.set_write_buffer_limits(high=2**21)
    transport.write(bytes(2**20))
    trace("set")
    transport.set_write_buffer_limits(high=0)
    try:
        transport.set_write_buffer_limits(high=1, low=2)
    except ValueError as error:
        trace("ValueError", error)
    transport.abort()
    await protocol.lost
    peer.close()


@pair
async def a_reset_is_the_reason_of_the_end():
    loop = asyncio.get_running_loop()
    listener = socket.create_server(("127.0.0.1", 0))
    transport, protocol = await loop.create_connection(
        lambda: Tracing("a"), *listener.getsockname()
    )
    peer, _ = listener.accept()
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    peer.close()
    await protocol.lost
    listener.close()


@pair
async def the_side_of_the_server_has_the_same_order():
    loop = asyncio.get_running_loop()
    served = []

    def factory():
        trace("factory")
        served.append(Tracing("server"))
        return served[0]

    server = await loop.create_server(factory, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    transport, protocol = await loop.create_connection(
        lambda: Tracing("client"), "127.0.0.1", port
    )
    transport.write(b"hi")
    transport.close()
    await protocol.lost
    await served[0].lost
    server.close()


main()
