"""RFC 9112 and 9110 to the letter: what the daemon's HTTP code says to good, odd and broken requests."""
import json

from echo import EchoTest, main


def request(line="GET /echo?word=a HTTP/1.1", fields="", body=b"", host="Host: localhost\r\n"):
    return f"{line}\r\n{host}{fields}\r\n".encode("latin-1") + body


def post(fields="", body=b"", version="HTTP/1.1"):
    return request(f"POST /echo {version}", fields, body)


def chunked(body):
    return post("Transfer-Encoding: chunked\r\n", body)


# Bodies in chunks -> what they hold, or the status of the refusal.
CHUNKS = {
    "one": (b"5\r\nhello\r\n0\r\n\r\n", b"hello"),
    "none": (b"0\r\n\r\n", b""),
    "zeros before the size": (b"00005\r\nhello\r\n000\r\n\r\n", b"hello"),
    "either case of hexadecimal": (b"a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n", b"0123456789" * 2),
    "an extension": (b"5;name=value\r\nhello\r\n0;last\r\n\r\n", b"hello"),
    "an extension in quotes": (b'5;name="a;b\\"c"\r\nhello\r\n0\r\n\r\n', b"hello"),
    "extensions after spaces": (b"5 ;name = value\r\nhello\r\n0\r\n\r\n", None),  # either way, but never another body
    "trailers": (b"5\r\nhello\r\n0\r\nExpires: never\r\nX-Sum: 1\r\n\r\n", b"hello"),
    "a trailer that would frame": (b"5\r\nhello\r\n0\r\nContent-Length: 2\r\n\r\n", 400),
    "a trailer that would name a host": (b"5\r\nhello\r\n0\r\nHost: evil.example\r\n\r\n", b"hello"),
    "no size": (b"\r\nhello\r\n0\r\n\r\n", 400),
    "a size that is no number": (b"z\r\nhello\r\n0\r\n\r\n", 400),
    "a size with 0x": (b"0x5\r\nhello\r\n0\r\n\r\n", 400),
    "a size with a sign": (b"+5\r\nhello\r\n0\r\n\r\n", 400),
    "a size with an underscore": (b"0_5\r\nhello\r\n0\r\n\r\n", 400),
    "a negative size": (b"-1\r\nhello\r\n0\r\n\r\n", 400),
    "a size beyond 64 bits": (b"10000000000000005\r\nhello\r\n0\r\n\r\n", 400),
    "a size of 64 bits": (b"ffffffffffffffff\r\n", 413),
    "a chunk that is longer than it says": (b"4\r\nhello\r\n0\r\n\r\n", 400),
    "a chunk that is shorter than it says": (b"6\r\nhello\r\n0\r\n\r\n", 400),
    "an endless extension": (b"5;" + b"x" * 40000, 431),
    "endless trailers": (b"0\r\n" + b"X: y\r\n" * 10000, 431),
    "more than the route takes": (b"100001\r\n" + b"x" * 0x100001 + b"\r\n0\r\n\r\n", 413),
    "a folded trailer": (b"0\r\nX: a\r\n b\r\n\r\n", None),
}

# What can be read in two ways, or not at all, and its status. The connection ends after each.
REFUSED = {
    "no host": (400, request(host="")),
    "two hosts": (400, request(host="Host: localhost\r\nHost: localhost\r\n")),
    "two hosts in an old request": (400, request("GET /echo HTTP/1.0", host="Host: localhost\r\nHost: evil.example\r\n")),
    "both lengths": (400, post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n")),
    "both lengths, the other way round": (400, post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", b"0\r\n\r\n")),
    "two lengths": (400, post("Content-Length: 5\r\nContent-Length: 6\r\n", b"hello")),
    "a list of lengths": (400, post("Content-Length: 5, 5\r\n", b"hello")),
    "a length with a sign": (400, post("Content-Length: +5\r\n", b"hello")),
    "a negative length": (400, post("Content-Length: -5\r\n", b"hello")),
    "a length in hexadecimal": (400, post("Content-Length: 0x5\r\n", b"hello")),
    "an empty length": (400, post("Content-Length: \r\n", b"hello")),
    "a length beyond 64 bits": (400, post("Content-Length: 18446744073709551621\r\n", b"hello")),
    "an unknown coding": (501, post("Transfer-Encoding: magic\r\n", b"hello")),
    "chunked, then another": (501, post("Transfer-Encoding: chunked, gzip\r\n", b"0\r\n\r\n")),
    "chunked twice": (501, post("Transfer-Encoding: chunked, chunked\r\n", b"0\r\n\r\n")),
    "a coding in an old request": (400, post("Transfer-Encoding: chunked\r\n", b"0\r\n\r\n", "HTTP/1.0")),
    "a folded line": (400, request(fields="X: a\r\n b\r\n")),
    "a folded first line": (400, request(host=" Host: localhost\r\n")),
    "a space before the colon": (400, request(fields="X : a\r\n")),
    "a field without a name": (400, request(fields=": a\r\n")),
    "a field without a colon": (400, request(fields="X\r\n")),
    "a name with brackets": (400, request(fields="X[1]: a\r\n")),
    "a control character in a value": (400, request(fields="X: a\x01b\r\n")),
    "a zero byte in a value": (400, request(fields="X: a\0b\r\n")),
    "a bare carriage return in a value": (400, request(fields="X: a\rb\r\n")),
    "bare line feeds": (400, b"GET /echo HTTP/1.1\nHost: localhost\n\n"),
    "no version": (400, b"GET /echo\r\nHost: localhost\r\n\r\n"),
    "a version in small letters": (400, request("GET /echo http/1.1")),
    "the next version": (505, request("GET /echo HTTP/2.0")),
    "a version of two digits": (400, request("GET /echo HTTP/1.10")),
    "two spaces": (400, request("GET  /echo HTTP/1.1")),
    "a tab": (400, request("GET\t/echo HTTP/1.1")),
    "a space in the target": (400, request("GET /echo x HTTP/1.1")),
    "no method": (400, request(" /echo HTTP/1.1")),
    "a method of odd letters": (400, request("G(T /echo HTTP/1.1")),
    "a target that is no path": (400, request("GET echo HTTP/1.1")),
    "an asterisk for another method than OPTIONS": (400, request("GET * HTTP/1.1")),
    "an authority": (400, request("CONNECT localhost:80 HTTP/1.1")),
    "an absolute target without a host": (400, request("GET http:///echo HTTP/1.1")),
    "a broken escape in the query": (400, request("GET /echo?a=%zz HTTP/1.1")),
    "an expectation that can't be met": (417, post("Expect: tea\r\nContent-Length: 5\r\n", b"hello")),
    "a target of 20,000 bytes": (431, request("GET /" + "x" * 20000 + " HTTP/1.1")),
    "a field of 20,000 bytes": (431, request(fields="X: " + "y" * 20000 + "\r\n")),
    "a name of 20,000 bytes": (431, request(fields="X" * 20000 + ": y\r\n")),
    "200 fields": (431, request(fields="X: y\r\n" * 200)),
    "bytes of another protocol": (400, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"),
}

# Odd, but what it means is plain: the words of the query come back.
TAKEN = {
    "an empty line before it": b"\r\n" + request(),
    "a name in any case": request(host="hOsT: localhost\r\n"),
    "no space after a colon": request(host="Host:localhost\r\n"),
    "spaces and tabs around a value": request(host="Host: \t localhost \t \r\n"),
    "an empty value": request(fields="X:\r\n"),
    "bytes beyond ASCII in a value": request(fields="X: caf\xe9\r\n"),
    "a port with the host": request(host="Host: localhost:1234\r\n"),
    "an absolute target": request("GET http://localhost/echo?word=a HTTP/1.1"),
    "an absolute target in capitals, whose host counts": request("GET HTTP://LOCALHOST:80/echo?word=a HTTP/1.1", host="Host: evil.example\r\n"),
    "99 fields more": request(fields="X: y\r\n" * 99),
    "a field of 10,000 bytes": request(fields="X: " + "y" * 10000 + "\r\n"),
    "an escape in the query": request("GET /echo?w%6frd=%61 HTTP/1.1"),
    "an upgrade to what is not spoken": request(fields="Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"),
    "an expectation without a body": request(fields="Expect: 100-continue\r\n"),
}


class Http(EchoTest):
    def ask(self, data):
        wire = self.connect()
        wire.send(data)
        return wire, wire.answer()

    def assertGoesOn(self, wire):
        """The connection is still in step."""
        wire.send(request())
        self.assertEqual(json.loads(wire.answer().body), {"word": "a"})

    def test_what_is_odd_but_plain_is_taken_and_the_connection_goes_on(self):
        for name, sent in TAKEN.items():
            with self.subTest(name):
                wire, answer = self.ask(sent)
                self.assertEqual((answer.status, json.loads(answer.body)), (200, {"word": "a"}), answer.body)
                self.assertGoesOn(wire)

    def test_what_is_broken_is_refused_and_nothing_behind_it_is_taken(self):
        for name, (status, sent) in REFUSED.items():
            with self.subTest(name):
                wire, answer = self.ask(sent + request())
                self.assertEqual(answer.status, status, answer.body)
                self.assertEqual(answer.fields["connection"], "close")
                self.assertEqual(answer.fields["content-type"], "application/problem+json")
                self.assertIn("code", json.loads(answer.body))
                wire.end_sending()
                self.assertTrue(wire.ended(), wire.received)

    def test_chunks_hold_what_they_say_or_are_refused(self):
        for name, (body, expected) in CHUNKS.items():
            with self.subTest(name):
                wire, answer = self.ask(chunked(body))
                if isinstance(expected, bytes):
                    self.assertEqual((answer.status, answer.body), (200, expected))
                    self.assertGoesOn(wire)
                elif expected is None:
                    self.assertIn((answer.status, answer.body if answer.status == 200 else b""), ((200, b"hello"), (200, b""), (400, b"")))
                else:
                    self.assertEqual(answer.status, expected, answer.body)
                    self.assertEqual(answer.fields["connection"], "close")

    def test_chunks_that_arrive_byte_by_byte_are_the_same(self):
        wire = self.connect()
        for byte in chunked(b'5;a="b"\r\nhello\r\n1\r\n!\r\n0\r\nX: y\r\n\r\n'):
            wire.send(bytes([byte]))
        self.assertEqual(wire.answer().body, b"hello!")
        self.assertGoesOn(wire)

    def test_who_asks_before_sending_a_body_is_told_to_go_on(self):
        wire = self.connect()
        wire.send(post("Content-Length: 5\r\nExpect: 100-Continue\r\n"))
        self.assertEqual(wire.head(), "HTTP/1.1 100 Continue")
        wire.send(b"hello")
        self.assertEqual(wire.answer().body, b"hello")
        wire.send(post("Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n"))
        self.assertEqual(wire.head(), "HTTP/1.1 100 Continue")
        wire.send(b"5\r\nhello\r\n0\r\n\r\n")
        self.assertEqual(wire.answer().body, b"hello")
        wire.send(post("Content-Length: 5\r\nExpect: 100-continue\r\n", b"hello"))  # did not wait
        self.assertEqual((answer := wire.answer()).status, 200, answer.body)
        self.assertGoesOn(wire)

    def test_an_old_client_is_never_told_to_go_on(self):
        wire, answer = self.ask(post("Content-Length: 5\r\nExpect: 100-continue\r\n", b"hello", "HTTP/1.0"))
        self.assertEqual((answer.status, answer.body), (200, b"hello"))
        self.assertTrue(wire.ended())

    def test_a_body_that_would_be_refused_is_not_asked_for(self):
        expecting = "Content-Length: {}\r\nExpect: 100-continue\r\n"
        for name, sent, status in (("too large", post(expecting.format(2 << 20)), 413),
                                   ("nowhere", request("POST /nowhere HTTP/1.1", expecting.format(5)), 404),
                                   ("another method", request("PATCH /echo HTTP/1.1", expecting.format(5)), 405),
                                   ("a page from elsewhere", post("Origin: http://evil.example\r\n" + expecting.format(5)), 403)):
            with self.subTest(name):
                wire, answer = self.ask(sent)
                self.assertEqual((answer.status, answer.fields["connection"]), (status, "close"))
                wire.end_sending()
                self.assertTrue(wire.ended())

    def test_requests_behind_each_other_are_answered_in_their_order(self):
        wire = self.connect()
        wire.send(b"".join(request(f"GET /echo?word={number} HTTP/1.1") + post("Content-Length: 3\r\n", b"%03d" % number)
                           + chunked(b"3\r\n%03d\r\n0\r\n\r\n" % number) + request("HEAD /echo HTTP/1.1") for number in range(50)))
        for number in range(50):
            self.assertEqual(json.loads(wire.answer().body), {"word": str(number)})
            self.assertEqual([wire.answer().body for _ in range(2)], [b"%03d" % number] * 2)
            self.assertEqual(wire.answer(to_head=True).status, 200)
        wire.end_sending()
        self.assertTrue(wire.ended())

    def test_a_connection_stays_or_ends_as_was_asked(self):
        for name, sent, stays in (("1.1", request(), True), ("1.1, close", request(fields="Connection: close\r\n"), False),
                                  ("1.1, close in a list", request(fields="Connection: x-a, Close\r\n"), False),
                                  ("1.0", request("GET /echo HTTP/1.0"), False),
                                  ("1.0 without a host", request("GET /echo HTTP/1.0", host=""), False),
                                  ("1.0, keep-alive", request("GET /echo HTTP/1.0", "Connection: keep-alive\r\n"), True)):
            with self.subTest(name):
                wire, answer = self.ask(sent)
                self.assertEqual((answer.status, answer.version), (200, "HTTP/1.1"))
                self.assertEqual(answer.fields["connection"], "keep-alive" if stays else "close")
                if stays:
                    self.assertGoesOn(wire)
                else:
                    self.assertTrue(wire.ended())

    def test_what_was_sent_behind_a_goodbye_is_not_taken(self):
        wire, answer = self.ask(request(fields="Connection: close\r\n") + request())
        self.assertEqual(answer.status, 200)
        self.assertTrue(wire.ended(), wire.received)

    def test_a_client_that_has_said_all_still_gets_its_answer(self):
        wire = self.connect()
        wire.send(post("Content-Length: 5\r\n", b"hello"))
        wire.end_sending()
        self.assertEqual(wire.answer().body, b"hello")
        self.assertTrue(wire.ended())

    def test_a_body_that_ends_too_soon_is_no_body(self):
        for sent in (post("Content-Length: 50\r\n", b"hello"), chunked(b"5\r\nhel"), chunked(b"5\r\nhello\r\n0\r\n")):
            wire = self.connect()
            wire.send(sent)
            wire.end_sending()
            self.assertEqual(wire.answer().status, 400)
            self.assertTrue(wire.ended())

    def test_the_head_of_an_answer_is_what_the_whole_would_have(self):
        wire, whole = self.ask(request())
        wire.send(request("HEAD /echo?word=a HTTP/1.1"))
        head = wire.answer(to_head=True)
        varying = ("date", "x-request-id")
        self.assertEqual({name: value for name, value in head.fields.items() if name not in varying},
                         {name: value for name, value in whole.fields.items() if name not in varying})
        self.assertEqual(head.fields["content-length"], str(len(whole.body)))
        wire.send(request("HEAD /nowhere HTTP/1.1"))
        self.assertEqual(wire.answer(to_head=True).status, 404)
        self.assertGoesOn(wire)

    def test_methods_and_targets_are_told_apart(self):
        for line, status in (("DELETE /echo HTTP/1.1", 405), ("BREW /echo HTTP/1.1", 405), ("get /echo HTTP/1.1", 405), ("GET /Echo HTTP/1.1", 404),
                             ("GET /echo/ HTTP/1.1", 404), ("GET //echo HTTP/1.1", 404), ("OPTIONS /echo HTTP/1.1", 204), ("OPTIONS * HTTP/1.1", 204)):
            with self.subTest(line):
                wire, answer = self.ask(request(line))
                self.assertEqual(answer.status, status, answer.body)
                if status in (204, 405):
                    self.assertIn("GET", answer.fields["allow"])
                self.assertGoesOn(wire)

    def test_other_names_than_its_own_are_refused(self):
        for host in ("evil.example", "localhost.evil.example", "localhost@evil.example", "localhost:port", "", "a b", "[::1"):
            with self.subTest(host):
                self.assertEqual(self.ask(request(host=f"Host: {host}\r\n"))[1].status, 403)
        self.assertEqual(self.ask(request("GET http://evil.example/echo HTTP/1.1"))[1].status, 403)

    def test_every_answer_has_a_date_and_one_length(self):
        for sent in (request(), request("GET /nowhere HTTP/1.1"), post("Content-Length: 0\r\n")):
            fields = self.ask(sent)[1].fields
            self.assertRegex(fields["date"], r"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$")
            self.assertNotIn("transfer-encoding", fields)


if __name__ == "__main__":
    main()
