"""Credentials are found where botocore finds them: by a program, and by a login, which is renewed."""

import datetime
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import unittest
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from server_process import HOST
from signing import credentials_by_us

# By another process, since botocore takes the user's folder when it is imported.
BOTOCORE = """
import json, botocore.session
found = botocore.session.get_session().get_credentials()
frozen = found.get_frozen_credentials()
print(json.dumps([frozen.access_key, frozen.secret_key, frozen.token]))
"""
SESSION = "team"
CONFIG = f"""
[default]
sso_session = {SESSION}
sso_account_id = 123456789012
sso_role_name = Reader
region = us-east-1
[sso-session {SESSION}]
sso_region = eu-west-2
sso_start_url = https://example.awsapps.com/start
"""
EXPIRY = int(datetime.datetime(2099, 1, 1, tzinfo=datetime.timezone.utc).timestamp())
ANSWERS = {
    "/federation/credentials": {
        "roleCredentials": {
            "accessKeyId": "AKIDSSO",
            "secretAccessKey": "secret",
            "sessionToken": "token",
            "expiration": EXPIRY * 1000,
        }
    },
    "/token": {"accessToken": "new", "expiresIn": 28_800, "refreshToken": "next"},
}


class Credentials(unittest.TestCase):
    def test_a_program_is_run_as_botocore_runs_it(self) -> None:
        said = {"Version": 1, "AccessKeyId": "AKIDPROCESS", "SecretAccessKey": "a b"}
        for more in [{}, {"SessionToken": "token", "Expiration": "2099-01-01T00:00:00Z"}]:
            with user() as home:
                (home / "said").write_text(json.dumps(said | more))
                command = f'{sys.executable} -c "print(open({str(home / "said")!r}).read())"'
                write_config(home, f"[default]\ncredential_process = {command}\n")
                with self.subTest(more):
                    ours = by_us(variables(home))
                    self.assertEqual(ours[:3], by_botocore(variables(home)))
                    self.assertEqual(ours[3], EXPIRY if more else None)

    def test_a_login_is_shown_as_botocore_shows_it(self) -> None:
        (ours, sent_by_us, left_by_us), (theirs, sent, left) = by_both(login("2099-01-01T00:00:00Z"))
        self.assertEqual(ours, ["AKIDSSO", "secret", "token", EXPIRY])
        self.assertEqual(ours[:3], theirs)
        self.assertEqual(len(sent_by_us), 1)
        self.assertEqual(sent_by_us, sent)
        self.assertEqual(left_by_us, left)

    def test_a_login_is_renewed_as_botocore_renews_it(self) -> None:
        (ours, sent_by_us, left_by_us), (theirs, sent, left) = by_both(login("2020-01-01T00:00:00Z"))
        self.assertEqual(ours[:3], theirs)
        self.assertEqual([one["path"] for one in sent_by_us], ["/token", "/federation/credentials"])
        self.assertEqual(sent_by_us, sent)
        # The one may have been a second later.
        expiries = [moment(one.pop("expiresAt")) for one in (left_by_us, left)]
        self.assertLess(abs(expiries[0] - expiries[1]), datetime.timedelta(minutes=5))
        self.assertEqual(left_by_us.pop("registrationExpiresAt"), "2098-01-01T00:00:00Z")
        self.assertEqual(moment(left.pop("registrationExpiresAt")), moment("2098-01-01T00:00:00Z"))
        self.assertEqual(left_by_us, left)


def login(expiry: str) -> dict:
    """What `aws sso login` leaves."""
    return {
        "startUrl": "https://example.awsapps.com/start",
        "region": "eu-west-2",
        "accessToken": "access",
        "expiresAt": expiry,
        "clientId": "client",
        "clientSecret": "hidden",
        "registrationExpiresAt": "2098-01-01T00:00:00Z",
        "refreshToken": "refresh",
    }


def by_both(left_before: dict) -> list[tuple[list, list, dict]]:
    """What we find and then botocore: credentials, what was sent, and what was left of the login."""
    found = []
    for find in [by_us, by_botocore]:
        with user() as home, portal() as (endpoint, sent):
            write_config(home, CONFIG)
            name = hashlib.sha1(SESSION.encode()).hexdigest()
            file = home / ".aws" / "sso" / "cache" / f"{name}.json"
            file.parent.mkdir(parents=True)
            file.write_text(json.dumps(left_before))
            services = {
                "AWS_ENDPOINT_URL_SSO": endpoint,
                "AWS_ENDPOINT_URL_SSO_OIDC": endpoint,
            }
            credentials = find(variables(home) | services)
            found.append((credentials, sent, json.loads(file.read_text())))
    return found


def by_us(variables: dict[str, str]) -> list:
    found = credentials_by_us(variables)
    parts = ["access_key_id", "secret_access_key", "session_token", "expiry"]
    return [found[part] for part in parts]


def by_botocore(variables: dict[str, str]) -> list:
    command = [sys.executable, "-c", BOTOCORE]
    done = subprocess.run(command, env=variables, capture_output=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.decode())
    return json.loads(done.stdout)


def moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def variables(home: Path) -> dict[str, str]:
    """The environment of a user with this folder."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return own | {"HOME": str(home), "AWS_EC2_METADATA_DISABLED": "true"}


@contextmanager
def user() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def write_config(home: Path, config: str) -> None:
    (home / ".aws").mkdir()
    (home / ".aws" / "config").write_text(config)


@contextmanager
def portal() -> Iterator[tuple[str, list[dict]]]:
    """A portal that gives credentials to whoever asks, and what it was asked."""
    sent: list[dict] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer()

        def do_POST(self) -> None:
            self.answer()

        def answer(self) -> None:
            path, _, query = self.path.partition("?")
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            sent.append(
                {
                    "method": self.command,
                    "path": path,
                    "query": sorted(query.split("&")),
                    "token": self.headers.get("x-amz-sso_bearer_token"),
                    "body": json.loads(body) if body else None,
                }
            )
            answer = json.dumps(ANSWERS[path]).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer((HOST, 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}", sent
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


if __name__ == "__main__":
    unittest.main()
