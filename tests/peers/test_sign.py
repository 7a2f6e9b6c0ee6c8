"""Signatures: AWS's own examples, which botocore ships, and requests at random beside botocore."""

import random
import unittest
from pathlib import Path
from urllib.parse import quote

import botocore_tests
from signing import Request, Signed, by_botocore, by_us

# A URI has no spaces: where this one stands, every client sends `%20`.
NO_URI = {"normalize-path/get-space"}
# Letters, what a URI may have, what it must escape, and characters of two, three and four bytes.
ALPHABET = "aZ09-_.~ !\"#$%&'()*+,/:;<=>?@[\\]^`{|}äß☃中😀"
METHODS = ["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH"]
HOSTS = ["example.com", "EXAMPLE.com", "example.com:8443", "127.0.0.1:80", "[::1]:8080", "[::1]"]


class Vectors(unittest.TestCase):
    def test_every_example_of_aws_is_signed_as_it_says(self) -> None:
        folder = botocore_tests.folder() / "tests" / "unit" / "auth" / "aws4_testsuite"
        files = sorted(folder.rglob("*.req"))
        names = [file.parent.relative_to(folder).as_posix() for file in files]
        self.assertEqual(len(files), 34)
        cases = [(name, file) for name, file in zip(names, files) if name not in NO_URI]
        signed = by_us([read(file) for _, file in cases])
        for (name, file), ours in zip(cases, signed, strict=True):
            with self.subTest(name):
                self.assertEqual(ours.canonical_request, text(file, ".creq"))
                self.assertEqual(ours.string_to_sign, text(file, ".sts"))
                self.assertEqual(ours.authorization, text(file, ".authz"))


def text(file: Path, suffix: str) -> str:
    return file.with_suffix(suffix).read_text(encoding="utf-8")


def read(file: Path) -> Request:
    """A request as it stands on the wire; the time, the date header and the host follow from it."""
    head, _, body = text(file, ".req").partition("\n\n")
    first, *lines = head.rstrip("\n").split("\n")
    method, _, rest = first.partition(" ")
    headers: list[tuple[str, str]] = []
    for line in lines:
        if line[0].isspace():
            # A value that goes on in the next line, which HTTP does not have any more.
            name, value = headers.pop()
            headers.append((name, f"{value} {line}"))
        else:
            name, _, value = line.partition(":")
            headers.append((name, value))
    [host] = [value for name, value in headers if name == "Host"]
    uri = f"https://{host}{rest.removesuffix(' HTTP/1.1')}"
    request = Request(method, uri, [pair for pair in headers if pair[0] != "Host"], body)
    # The token is no part of the request in all the examples; where it is signed, the text tells.
    for line in text(file, ".creq").split("\n"):
        if line.startswith("x-amz-security-token:"):
            request.session_token = line.partition(":")[2]
    return request


class Random(unittest.TestCase):
    def setUp(self) -> None:
        self.random = random.Random(20150830)

    def test_requests_at_random_are_signed_as_botocore_signs_them(self) -> None:
        requests = [self.request() for _ in range(1_000)]
        for request, ours in zip(requests, by_us(requests), strict=True):
            theirs = by_botocore(request)
            with self.subTest(request=request):
                self.assertEqual(ours.canonical_request, theirs.canonical_request)
                self.assertEqual(ours.authorization, theirs.authorization)
                for name in ("x-amz-date", "x-amz-security-token", "x-amz-content-sha256"):
                    self.assertEqual(ours.header(name), theirs.header(name))

    def test_a_request_signed_again_has_the_new_signature_alone(self) -> None:
        first = [self.request() for _ in range(100)]
        again = [self.repeated(*pair) for pair in zip(first, by_us(first), strict=True)]
        for request, ours in zip(again, by_us(again), strict=True):
            with self.subTest(request=request):
                self.assertEqual(ours.authorization, by_botocore(request).authorization)

    def repeated(self, request: Request, signed: Signed) -> Request:
        """The signed request, to be signed with another key at another time."""
        headers = [pair for pair in signed.headers if pair[0] != "host"]
        return Request(**vars(request) | {
            "headers": headers,
            "access_key_id": "AKIDOTHER",
            "session_token": "other token",
            "at": request.at + 86_400,
        })

    def request(self) -> Request:
        path = "".join(self.random.choice(["/", "//", "/./", "/../", "/"]) + self.escaped("/")
                       for _ in range(self.random.randrange(6)))
        query = "&".join(self.pair() for _ in range(self.random.randrange(5)))
        scheme, host = self.random.choice(["http", "https"]), self.random.choice(HOSTS)
        return Request(
            self.random.choice(METHODS),
            f"{scheme}://{host}{path or '/'}" + (f"?{query}" if query else ""),
            [self.header() for _ in range(self.random.randrange(6))],
            self.random.choice(["", self.letters(50)]),
            # Many share a key, a day, a region and a service, so that what is kept serves again.
            secret_access_key=self.random.choice(["one", "another"]),
            session_token=self.random.choice([None, "token/+="]),
            region=self.random.choice(["us-east-1", "eu-west-1"]),
            service=self.random.choice(["batch", "execute-api"]),
            s3=self.random.random() < 0.3,
            # Over plain HTTP botocore signs each payload, whatever it is told.
            unsigned=scheme == "https" and self.random.random() < 0.2,
            at=self.random.choice([1_440_938_160, 951_782_400, 4_107_542_399]),
        )

    def letters(self, most: int) -> str:
        return "".join(self.random.choices(ALPHABET, k=self.random.randrange(most)))

    def escaped(self, safe: str = "") -> str:
        return quote(self.letters(8), safe=safe)

    def pair(self) -> str:
        # Few names, so that some come twice; some are there without a value.
        name = self.random.choice(["a", "A", "a-", "%C3%A4", self.escaped() or "b"])
        return name + self.random.choice(["", "=", f"={self.escaped()}"])

    def header(self) -> tuple[str, str]:
        name = self.random.choice(["X-One", "x-one", "x-two", "Content-Type", "User-Agent", "TE",
                                   "Connection", "Expect", "X-Amzn-Trace-Id"])
        words = [self.random.choice(["a", "b,c", '"d"', " ", "\t", "  "]) for _ in range(5)]
        return name, "".join(words)
