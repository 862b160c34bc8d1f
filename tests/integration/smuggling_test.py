"""Bytes that a proxy before the daemon and the daemon could read differently: each is refused, the connection ends, and
what was hidden behind is never taken for a request."""
import re
import socket

from daemon import DaemonTest, main

HIDDEN = b"PATCH /api/v1/transport HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n{\"tempo_bpm\":66}"


def post(fields, body=b""):
    return b"POST /api/v1/sessions/check HTTP/1.1\r\nHost: localhost\r\n" + fields + b"\r\n" + body


REFUSED = {
    "both lengths, the chunks are over at once": (400, post(b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n")),
    "both lengths, the other way round": (400, post(b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", b"5c\r\n")),
    "two lengths that differ": (400, post(b"Content-Length: 0\r\nContent-Length: 44\r\n")),
    "two lengths that agree": (400, post(b"Content-Length: 2\r\nContent-Length: 2\r\n", b"{}")),
    "a list of lengths": (400, post(b"Content-Length: 2, 2\r\n", b"{}")),
    "a length with a sign": (400, post(b"Content-Length: +2\r\n", b"{}")),
    "a length with a space within": (400, post(b"Content-Length: 1 0\r\n", b"{}")),
    "a length that is no decimal": (400, post(b"Content-Length: 0x2\r\n", b"{}")),
    "a length beyond 64 bits": (400, post(b"Content-Length: 18446744073709551618\r\n", b"{}")),
    "a space before the colon": (400, post(b"Content-Length : 2\r\n", b"{}")),
    "a folded line": (400, post(b"X: a\r\n Content-Length: 2\r\n", b"{}")),
    "a folded coding": (400, post(b"Transfer-Encoding:\r\n chunked\r\n", b"0\r\n\r\n")),
    "a bare line feed in the header": (400, post(b"X: a\nContent-Length: 2\r\n", b"{}")),
    "bare line feeds only": (400, b"GET /healthz HTTP/1.1\nHost: localhost\n\n"),
    "a bare carriage return": (400, post(b"X: a\rContent-Length: 2\r\n", b"{}")),
    "a zero byte": (400, post(b"X: a\0b\r\n")),
    "a coding that is not spoken": (501, post(b"Transfer-Encoding: xchunked\r\n", b"0\r\n\r\n")),
    "a coding before chunked": (501, post(b"Transfer-Encoding: gzip, chunked\r\n", b"0\r\n\r\n")),
    "two codings": (400, post(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", b"0\r\n\r\n")),
    "chunks of an old client": (400, b"POST /api/v1/sessions/check HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    "a chunk that is longer than it says": (400, post(b"Transfer-Encoding: chunked\r\n", b"1\r\n{}\r\n0\r\n\r\n")),
    "a chunk size with a sign": (400, post(b"Transfer-Encoding: chunked\r\n", b"-1\r\n\r\n")),
    "chunks with bare line feeds": (400, post(b"Transfer-Encoding: chunked\r\n", b"2\n{}\n0\n\n")),
    "two hosts": (400, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n"),
    "no host": (400, b"GET /healthz HTTP/1.1\r\n\r\n"),
    "too many fields": (431, post(b"X: y\r\n" * 200)),
    "too long a field": (431, post(b"X: " + b"y" * 20000 + b"\r\n")),
    "another protocol's greeting": (400, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"),
    "the preface of HTTP/2": (505, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
}


class Smuggling(DaemonTest):
    def answers(self, daemon, sent):
        with socket.create_connection(("127.0.0.1", daemon.port), timeout=30) as connection:
            received = b""
            try:
                connection.sendall(sent)
                connection.shutdown(socket.SHUT_WR)
                while piece := connection.recv(65536):
                    received += piece
            except ConnectionError:
                pass
        return received

    def test_nothing_hides_behind_a_request_that_can_be_read_in_two_ways(self):
        with self.daemon() as daemon:
            for name, (status, sent) in REFUSED.items():
                with self.subTest(name):
                    received = self.answers(daemon, sent + HIDDEN)
                    self.assertEqual(len(re.findall(rb"HTTP/1\.1 \d{3} ", received)), 1, received)
                    self.assertTrue(received.startswith(b"HTTP/1.1 %d " % status), received[:200])
                    self.assertIn(b"Connection: close", received)
            self.assertEqual(daemon.get("+/transport").json()["tempo_bpm"], 120)

    def test_well_formed_requests_behind_each_other_are_all_answered(self):
        with self.daemon() as daemon:
            first = post(b"Transfer-Encoding: chunked\r\nContent-Type: application/json\r\n", b"2\r\n{}\r\n0\r\nTrailer: x\r\n\r\n")
            received = self.answers(daemon, first + HIDDEN + b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            self.assertEqual(received.count(b"HTTP/1.1 "), 3, received)
            self.assertEqual(daemon.get("+/transport").json()["tempo_bpm"], 66)


if __name__ == "__main__":
    main()
