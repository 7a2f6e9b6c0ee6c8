"""A server that verifies signatures takes ours, and refuses them once anything has changed."""

import contextlib
import http.client
import json
import tempfile
import time
import unittest
from collections.abc import Callable
from pathlib import Path

import ministack_server
from callers import CLIENTS, Target, client
from ministack_server import HOST, REGION
from signing import Request, by_us, credentials_by_us

JSON = [("content-type", "application/json")]
DAY = 86_400
# The path of ListTagsForResource has an ARN as a label, which is escaped as a whole.
ARN = "arn%3Aaws%3Abatch%3Aus-east-1%3A000000000000%3Ajob-queue%2Fa%20%C3%A4%20%25%2B"


class Verified(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.port = cls.enterClassContext(ministack_server.running())
        cls.key = ministack_server.make_user(cls.port)

    def test_a_request_is_taken(self) -> None:
        self.assertEqual(self.sent(self.describe()), (200, None))

    def test_a_request_with_an_escaped_path_and_an_odd_query_is_taken(self) -> None:
        # It has no such operation of Batch; but it says so only to whom it knows.
        for path in [f"/v1/tags/{ARN}", "/v1/tags/a%2F%2Fb", "/v1//jobqueues/./x%20y/../describe"]:
            for query in ["", "?tagKeys=b&tagKeys=a%20%2B%26&A=%C3%A4&e"]:
                with self.subTest(path + query):
                    request = self.request("GET", path + query)
                    self.assertEqual(self.sent(request), (400, "ClientException"))
                    self.assertEqual(self.sent(request, tampered_signature)[0], 403)

    def test_what_was_changed_after_signing_is_refused(self) -> None:
        for change in [
            tampered_signature,
            lambda request, headers: headers.update({"content-type": "application/json; x"}),
            lambda request, headers: headers.update({"x-amz-date": stamp(int(time.time()) + 60)}),
            lambda request, headers: setattr(request, "body", '{"jobQueues":["other"]}'),
            lambda request, headers: setattr(request, "uri", request.uri + "?maxResults=1"),
            lambda request, headers: setattr(request, "uri", request.uri.replace("queues", "s")),
        ]:
            status, code = self.sent(self.describe(), change)
            self.assertEqual((status, code), (403, "InvalidSignatureException"))

    def test_a_request_of_another_time_is_refused(self) -> None:
        for at in [-DAY, -6 * 60, 6 * 60, DAY]:
            request = self.describe()
            request.at += at
            status, code = self.sent(request)
            self.assertEqual(status, 403)
            self.assertIn(code, ["RequestTimeTooSkewed", "InvalidSignatureException"])

    def test_an_unknown_key_and_a_wrong_secret_are_refused(self) -> None:
        for change in [
            {"access_key_id": "AKIDOTHER"},
            {"secret_access_key": "other"},
            {"session_token": "other"},
        ]:
            request = Request(**vars(self.describe()) | change)
            self.assertEqual(self.sent(request)[0], 403)

    def test_a_role_of_a_profile_is_taken_and_its_credentials_are_good(self) -> None:
        endpoint = f"http://{HOST}:{self.port}"
        role = ministack_server.make_role(self.port)
        with tempfile.TemporaryDirectory() as folder:
            config = Path(folder) / "config"
            config.write_text(
                "[profile user]\n"
                f"aws_access_key_id = {self.key[0]}\naws_secret_access_key = {self.key[1]}\n"
                f"[profile role]\nrole_arn = {role}\nsource_profile = user\nregion = {REGION}\n"
            )
            variables = {
                "AWS_CONFIG_FILE": str(config),
                "AWS_SHARED_CREDENTIALS_FILE": str(Path(folder) / "none"),
                "AWS_PROFILE": "role",
                "AWS_ENDPOINT_URL_STS": endpoint,
            }
            found = credentials_by_us(variables)
        self.assertNotEqual(found["access_key_id"], self.key[0])
        self.assertAlmostEqual(found.pop("expiry"), time.time() + 3_600, delta=60)
        request = Request(**vars(self.describe()) | found)
        self.assertEqual(self.sent(request), (200, None))
        # The token is part of what was signed.
        self.assertEqual(self.sent(Request(**vars(request) | {"session_token": "other"}))[0], 403)

    def test_calls_of_our_clients_are_taken_as_boto3s_are(self) -> None:
        for name in CLIENTS:
            with self.subTest(name), client(name, self.target()) as call:
                self.assertEqual(call("DescribeJobQueues", jobQueues=[]).output, {"jobQueues": []})
                definition = {"jobDefinitionName": f"of-{name}", "type": "container"}
                self.assertEqual(call("RegisterJobDefinition", **definition)["revision"], 1)
                # There is no such operation; but it says so only to whom it knows.
                odd = "arn:aws:batch:us-east-1:000000000000:job-queue/a \u00e4 %+"
                refused = call("UntagResource", resourceArn=odd, tagKeys=["b", "a +&=", "\u00e4"])
                self.assertEqual(refused.error["code"], "ClientException")
                self.assertEqual(refused.error["status"], 400)

    def test_calls_with_a_wrong_secret_or_an_unknown_key_are_refused_with_code_and_status(self) -> None:
        key, secret = self.key
        for key, secret in [(key, secret + "x"), ("AKIDOTHER", secret)]:
            errors = []
            for name in CLIENTS:
                with client(name, self.target(key, secret)) as call:
                    errors.append(call("DescribeJobQueues").error)
            with self.subTest(key):
                *ours, theirs = errors
                for error in ours:
                    self.assertEqual((error["kind"], error["variant"]), ("Service", "Other"))
                    for part in ["code", "message", "status"]:
                        self.assertEqual(error[part], theirs[part])
                    self.assertEqual((error["status"], error["retry"]), (403, False))

    def target(self, *key: str) -> Target:
        return Target(self.port, REGION, *(key or self.key))

    def describe(self) -> Request:
        return self.request("POST", "/v1/describejobqueues", '{"jobQueues":[]}')

    def request(self, method: str, path: str, body: str = "") -> Request:
        return Request(
            method,
            f"http://{HOST}:{self.port}{path}",
            JSON,
            body,
            *self.key,
            region=REGION,
            service="batch",
            at=int(time.time()),
        )

    def sent(
        self, request: Request, change: Callable[[Request, dict], None] | None = None
    ) -> tuple[int, str | None]:
        """The status and the error's code of the answer to a request, changed after it was signed."""
        [signed] = by_us([request])
        headers = dict(signed.headers)
        if change:
            change(request, headers)
        connection = http.client.HTTPConnection(HOST, self.port, timeout=60)
        with contextlib.closing(connection):
            target = request.uri.removeprefix(f"http://{HOST}:{self.port}")
            # As it was signed, without headers of the client's own beside it.
            connection.putrequest(request.method, target, skip_host=True, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.putheader("content-length", str(len(request.body)))
            connection.endheaders(request.body.encode())
            answer = connection.getresponse()
            told = json.loads(answer.read() or "{}")
        code = answer.getheader("x-amzn-errortype") or told.get("__type")
        return answer.status, code and code.partition(":")[0].rpartition("#")[2]


def tampered_signature(request: Request, headers: dict) -> None:
    last = headers["authorization"][-1]
    headers["authorization"] = headers["authorization"][:-1] + ("0" if last != "0" else "1")


def stamp(at: int) -> str:
    return time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(at))
