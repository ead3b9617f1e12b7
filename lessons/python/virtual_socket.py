"""A connection to a host that sends by the script, as a socket of the virtual loop.

What is done with the bytes is decided above it: by asyncio's own transport, StreamReader and
StreamWriter.
"""

import socket


class VirtualSocket:
    """The program's end of a connection. What is written to it vanishes."""

    family = socket.AF_INET
    type = socket.SOCK_STREAM
    proto = 0

    def __init__(self, loop, peer, pieces):
        """`pieces` are (seconds from now, bytes) in their order; the last is followed by the end."""
        self.loop = loop
        self.peer = peer
        self.incoming = []
        moment = loop.time()
        for seconds, data in pieces:
            moment = max(moment, round(loop.time() + seconds, 6))
            self.incoming.append((moment, data))
        self.incoming.append((moment, None))
        self.number = loop.sockets.add_stream(self)

    def readable_at(self):
        return self.incoming[0][0]

    def recv(self, size):
        data = b""
        while len(data) < size and self.incoming[0][0] <= self.loop.time():
            moment, piece = self.incoming[0]
            if piece is None:  # stays, and is found again and again
                break
            taken = piece[:size - len(data)]
            data += taken
            if taken == piece:
                self.incoming.pop(0)
            else:
                self.incoming[0] = (moment, piece[len(taken):])
        if not data and self.readable_at() > self.loop.time():
            raise BlockingIOError
        self.loop.sockets.watch(self.number)
        return data

    def send(self, data):
        return len(data)

    def fileno(self):
        return self.number

    def getsockname(self):
        return ("client", 0)

    def getpeername(self):
        return self.peer

    def setblocking(self, flag):
        pass

    def shutdown(self, how):
        pass

    def close(self):
        pass
