"""RFC 6455 to the letter: what the daemon's WebSocket code says to good, odd and broken frames."""
import struct

from echo import BINARY, CLOSE, CONTINUED, FINAL, HANDSHAKE, PING, PONG, TEXT, EchoTest, Socket, frame, main

EURO = "€".encode()
PROTOCOL, BAD_TEXT, TOO_BIG, NORMAL = 1002, 1007, 1009, 1000

# What is sent -> the code that the connection is closed with.
BROKEN = {
    "a reserved bit": ([frame(FINAL | 0x40 | TEXT, b"x")], PROTOCOL),
    "the second reserved bit": ([frame(FINAL | 0x20 | TEXT, b"x")], PROTOCOL),
    "the third reserved bit, on a ping": ([frame(FINAL | 0x10 | PING)], PROTOCOL),
    "a reserved bit on what continues": ([frame(TEXT, b"a"), frame(FINAL | 0x40 | CONTINUED, b"b")], PROTOCOL),
    **{f"the reserved kind {kind}": ([frame(FINAL | kind, b"x")], PROTOCOL) for kind in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15)},
    "a reserved kind between fragments": ([frame(TEXT, b"a"), frame(FINAL | 3), frame(FINAL | CONTINUED, b"b")], PROTOCOL),
    "no mask": ([frame(FINAL | TEXT, b"x", mask=None)], PROTOCOL),
    "a ping without a mask": ([frame(FINAL | PING, mask=None)], PROTOCOL),
    "a ping of 126 bytes": ([frame(FINAL | PING, bytes(126))], PROTOCOL),
    "a pong of 126 bytes": ([frame(FINAL | PONG, bytes(126))], PROTOCOL),
    "a close of 126 bytes": ([frame(FINAL | CLOSE, b"\x03\xe8" + b"x" * 124)], PROTOCOL),
    "a ping whose length takes 64 bits": ([frame(FINAL | PING, b"x", length=struct.pack(">BQ", 127, 1))], PROTOCOL),
    "a ping in fragments": ([frame(PING, b"a"), frame(FINAL | CONTINUED, b"b")], PROTOCOL),
    "a close in fragments": ([frame(CLOSE, b"\x03\xe8"), frame(FINAL | CONTINUED, b"b")], PROTOCOL),
    "nothing to continue": ([frame(FINAL | CONTINUED, b"x")], PROTOCOL),
    "nothing to continue, in fragments": ([frame(CONTINUED, b"x"), frame(FINAL | CONTINUED, b"y")], PROTOCOL),
    "a new message before the end of the last": ([frame(TEXT, b"a"), frame(FINAL | TEXT, b"b")], PROTOCOL),
    "another kind before the end of the last": ([frame(TEXT, b"a"), frame(BINARY, b"b")], PROTOCOL),
    "16 bits for a length of 125": ([frame(FINAL | BINARY, bytes(125), length=struct.pack(">BH", 126, 125))], PROTOCOL),
    "64 bits for a length of 65535": ([frame(FINAL | BINARY, bytes(65535), length=struct.pack(">BQ", 127, 65535))], PROTOCOL),
    "a length of 64 bits": ([frame(FINAL | BINARY, b"x", length=b"\x7f" + b"\xff" * 8)], PROTOCOL),
    "a length of 63 bits": ([frame(FINAL | BINARY, b"x", length=b"\x7f\x7f" + b"\xff" * 7)], TOO_BIG),
    "a byte more than the longest message": ([frame(FINAL | TEXT, b"", length=struct.pack(">BQ", 127, (64 << 20) + 1))], TOO_BIG),
    "a byte that is no text": ([frame(FINAL | TEXT, b"a\xffb")], BAD_TEXT),
    "an overlong form": ([frame(FINAL | TEXT, b"\xc0\xaf")], BAD_TEXT),
    "half of a surrogate pair": ([frame(FINAL | TEXT, b"\xed\xa0\x80")], BAD_TEXT),
    "beyond the last code point": ([frame(FINAL | TEXT, b"\xf4\x90\x80\x80")], BAD_TEXT),
    "text that ends within a character": ([frame(FINAL | TEXT, EURO[:2])], BAD_TEXT),
    "fragments that end within a character": ([frame(TEXT, EURO[:1]), frame(FINAL | CONTINUED, EURO[1:2])], BAD_TEXT),
    "a character that is cut and not mended": ([frame(TEXT, EURO[:1]), frame(FINAL | CONTINUED, b"x")], BAD_TEXT),
    "text that can't be mended, before its end": ([frame(TEXT, "κόσμε".encode() + b"\xed\xa0")], BAD_TEXT),
    "bad text between good fragments": ([frame(TEXT, b"a"), frame(CONTINUED, b"\x80")], BAD_TEXT),
}

CLOSES = {
    "no code": (b"", None),
    "a code": (struct.pack(">H", NORMAL), NORMAL),
    "a code and the longest reason": (struct.pack(">H", NORMAL) + b"x" * 123, NORMAL),
    "half a code": (b"\x03", PROTOCOL),
    "a reason that is no text": (struct.pack(">H", NORMAL) + b"\xce\xba\xe1\xff", PROTOCOL),
    **{f"the code {code}": (struct.pack(">H", code), code) for code in (1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999)},
    **{f"the code {code}": (struct.pack(">H", code), PROTOCOL) for code in (0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535)},
}

HANDSHAKES = {
    "a POST": (426, lambda text: text.replace("GET", "POST")),
    "no key": (426, lambda text: text.replace("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", "")),
    "a key that is too short": (426, lambda text: text.replace("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZQ==")),
    "a key that is no base64": (426, lambda text: text.replace("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25j*Q==")),
    "two keys": (426, lambda text: text.replace("Sec-WebSocket-Version", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version")),
    "no version": (426, lambda text: text.replace("Sec-WebSocket-Version: 13\r\n", "")),
    "another version": (426, lambda text: text.replace("Version: 13", "Version: 8")),
    "no upgrade": (426, lambda text: text.replace("Upgrade: websocket\r\n", "")),
    "another upgrade": (426, lambda text: text.replace("Upgrade: websocket", "Upgrade: h2c")),
    "a connection that is not upgraded": (426, lambda text: text.replace("Connection: Upgrade", "Connection: keep-alive")),
    "an old protocol": (400, lambda text: text.replace("HTTP/1.1", "HTTP/1.0")),
    "a body": (400, lambda text: text.replace("Host", "Content-Length: 1\r\nHost") + "x"),
    "a page from elsewhere": (403, lambda text: text.replace("Host", "Origin: http://evil.example\r\nHost")),
}


class WebSocket(EchoTest):
    def open(self, path="/ws"):
        return Socket(self.connect(), path)

    def test_the_handshake_is_that_of_the_standard(self):
        handshake = self.open().handshake
        self.assertTrue(handshake.startswith("HTTP/1.1 101 "), handshake)
        self.assertIn("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", handshake)
        self.assertNotIn("Sec-WebSocket-Extensions", handshake)
        wire = self.connect()  # names and tokens in any case, others beside them; what is offered is not taken
        wire.send(b"GET /ws HTTP/1.1\r\nhost: localhost\r\nUPGRADE: WebSocket\r\nconnection: keep-alive, upgrade\r\nSec-WebSocket-Extensions: permessage-deflate\r\n"
                  b"Sec-WebSocket-Protocol: chat\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\r\n")
        head = wire.head()
        self.assertTrue(head.startswith("HTTP/1.1 101 "), head)
        self.assertNotRegex(head, "(?i)sec-websocket-(extensions|protocol)")

    def test_what_is_no_handshake_is_refused(self):
        for name, (status, broken) in HANDSHAKES.items():
            with self.subTest(name):
                wire = self.connect()
                wire.send(broken(HANDSHAKE.format(path="/ws")).encode())
                answer = wire.answer()
                self.assertEqual(answer.status, status)
                if status == 426:
                    self.assertEqual((answer.fields["upgrade"], answer.fields["sec-websocket-version"]), ("websocket", "13"))

    def test_messages_of_every_kind_of_length_come_back(self):
        socket = self.open()
        for kind in (TEXT, BINARY):
            for size in (0, 1, 125, 126, 127, 128, 65535, 65536, 1 << 20):
                with self.subTest(kind=kind, size=size):
                    socket.send(FINAL | kind, b"*" * size)
                    self.assertEqual(socket.receive(), (FINAL | kind, b"*" * size))

    def test_a_message_comes_back_however_its_bytes_arrive(self):
        socket = self.open()
        for byte in frame(FINAL | TEXT, "κόσμε".encode() * 30):
            socket.wire.send(bytes([byte]))
        self.assertEqual(socket.receive(), (FINAL | TEXT, "κόσμε".encode() * 30))
        socket.wire.send(b"".join(frame(FINAL | TEXT, b"%d" % number) for number in range(1000)))
        self.assertEqual([socket.receive()[1] for _ in range(1000)], [b"%d" % number for number in range(1000)])

    def test_fragments_are_one_message(self):
        socket = self.open()
        text = "Grüße, κόσμε, 𝄞".encode()
        pieces = [text[at:at + 1] for at in range(len(text))]  # every character is cut
        socket.send(TEXT, pieces[0])
        for piece in pieces[1:-1]:
            socket.send(CONTINUED, piece)
            socket.send(CONTINUED)  # an empty one changes nothing
        socket.send(FINAL | CONTINUED, pieces[-1])
        self.assertEqual(socket.receive(), (FINAL | TEXT, text))
        socket.send(BINARY, b"\xff\xfe")
        socket.send(FINAL | CONTINUED)
        self.assertEqual(socket.receive(), (FINAL | BINARY, b"\xff\xfe"))
        for _ in range(3):
            socket.send(TEXT)
            socket.send(CONTINUED)
            socket.send(FINAL | CONTINUED)
            self.assertEqual(socket.receive(), (FINAL | TEXT, b""))

    def test_pings_are_answered_at_once_also_between_fragments(self):
        socket = self.open()
        for payload in (b"", b"x", b"\0\xff\xfe\xfd", b"p" * 125):
            socket.send(FINAL | PING, payload)
            self.assertEqual(socket.receive(), (FINAL | PONG, payload))
        socket.send(FINAL | PONG, b"nobody asked")
        socket.send(TEXT, b"frag")
        socket.send(FINAL | PING, b"between")
        self.assertEqual(socket.receive(), (FINAL | PONG, b"between"))
        socket.send(FINAL | PONG)
        socket.send(FINAL | CONTINUED, b"ment")
        self.assertEqual(socket.receive(), (FINAL | TEXT, b"fragment"))
        socket.wire.send(b"".join(frame(FINAL | PING, b"%d" % number) for number in range(100)))
        self.assertEqual([socket.receive() for _ in range(100)], [(FINAL | PONG, b"%d" % number) for number in range(100)])

    def test_what_breaks_the_protocol_closes_with_its_code(self):
        for name, (frames, code) in BROKEN.items():
            with self.subTest(name):
                socket = self.open()
                for one in frames:
                    socket.wire.send(one)
                self.assertEqual(socket.closed_with(), code)

    def test_what_was_said_before_a_fault_is_answered_and_nothing_after_it(self):
        socket = self.open()
        socket.wire.send(frame(FINAL | TEXT, b"before") + frame(FINAL | PING, b"!") + frame(FINAL | 3) + frame(FINAL | TEXT, b"after"))
        self.assertEqual(socket.receive(), (FINAL | TEXT, b"before"))
        self.assertEqual(socket.receive(), (FINAL | PONG, b"!"))
        self.assertEqual(socket.closed_with(), PROTOCOL)

    def test_a_close_is_answered_with_its_code_or_the_fault_in_it(self):
        for name, (payload, code) in CLOSES.items():
            with self.subTest(name):
                socket = self.open()
                socket.send(FINAL | CLOSE, payload)
                self.assertEqual(socket.closed_with(), code)

    def test_nothing_counts_after_a_close(self):
        socket = self.open()
        socket.wire.send(frame(TEXT, b"begun") + frame(FINAL | CLOSE, b"\x03\xe8") + frame(FINAL | CONTINUED, b"late") + frame(FINAL | PING))
        self.assertEqual(socket.closed_with(), NORMAL)

    def test_a_message_has_a_longest_in_one_piece_or_many(self):
        for size in (999, 1000):
            socket = self.open("/ws/small")
            socket.send(FINAL | BINARY, bytes(size))
            self.assertEqual(socket.receive(), (FINAL | BINARY, bytes(size)))
        socket = self.open("/ws/small")
        socket.send(FINAL | TEXT, b"x" * 1001)
        self.assertEqual(socket.closed_with(), TOO_BIG)
        socket = self.open("/ws/small")
        socket.send(TEXT, b"x" * 500)
        socket.send(CONTINUED, b"x" * 500)
        socket.send(FINAL | PING, b"p" * 125)  # does not count
        self.assertEqual(socket.receive(), (FINAL | PONG, b"p" * 125))
        socket.send(FINAL | CONTINUED, b"x")
        self.assertEqual(socket.closed_with(), TOO_BIG)

    def test_who_goes_without_a_word_harms_nobody(self):
        self.open().wire.close()
        cut = self.open()
        cut.wire.send(frame(FINAL | TEXT, b"never ends")[:7])
        cut.wire.close()
        socket = self.open()
        socket.send(FINAL | TEXT, b"still here")
        self.assertEqual(socket.receive(), (FINAL | TEXT, b"still here"))


if __name__ == "__main__":
    main()
