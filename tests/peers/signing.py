"""Requests to sign, and signatures: ours by the program `sign`, and botocore's."""

import datetime
import json
from dataclasses import dataclass, field
from types import SimpleNamespace
from unittest import mock

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from rust_side import call


@dataclass
class Request:
    """What is signed, by whom, for what and when."""

    method: str
    uri: str
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: str = ""
    access_key_id: str = "AKIDEXAMPLE"
    secret_access_key: str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
    session_token: str | None = None
    region: str = "us-east-1"
    service: str = "service"
    s3: bool = False
    unsigned: bool = False
    # 2015-08-30T12:36:00Z, the moment of AWS's own examples.
    at: int = 1_440_938_160


@dataclass
class Signed:
    """What was made of it."""

    headers: list[tuple[str, str]]
    canonical_request: str
    string_to_sign: str

    def header(self, name: str) -> str | None:
        """The header's value, which is there once at most."""
        values = [value for key, value in self.headers if key.lower() == name]
        assert len(values) < 2, f"{name} is there more than once"
        return values[0] if values else None

    @property
    def authorization(self) -> str:
        return self.header("authorization") or ""


def by_us(requests: list[Request]) -> list[Signed]:
    """The requests as the runtime signs them."""
    lines = "".join(json.dumps(vars(request)) + "\n" for request in requests)
    answers = [json.loads(line) for line in call("SHAPEWRIGHT_SIGN", "", text=lines)]
    for request, answer in zip(requests, answers, strict=True):
        if "error" in answer:
            raise ValueError(f"{request}: {answer['error']}")
    return [Signed(**answer) for answer in answers]


def credentials_by_us(variables: dict[str, str]) -> dict:
    """The credentials that the runtime finds where these variables lead, and when they expire."""
    [line] = call("SHAPEWRIGHT_SIGN", "", "credentials", text=json.dumps(variables) + "\n")
    answer = json.loads(line)
    if "error" in answer:
        raise ValueError(answer["error"])
    return answer


def by_botocore(request: Request) -> Signed:
    """The request as botocore signs it."""
    theirs = AWSRequest(method=request.method, url=request.uri, data=request.body.encode())
    for name, value in request.headers:
        theirs.headers.add_header(name, value)
    # The one is what the operation says; S3 asks what the user says.
    signs_payload = {"payload_signing_enabled": not request.unsigned}
    theirs.context |= signs_payload | {"client_config": SimpleNamespace(s3=signs_payload)}
    credentials = Credentials(
        request.access_key_id, request.secret_access_key, request.session_token
    )
    kind = botocore.auth.S3SigV4Auth if request.s3 else botocore.auth.SigV4Auth
    signer = kind(credentials, request.service, request.region)
    moment = datetime.datetime.fromtimestamp(request.at, datetime.timezone.utc)
    with mock.patch("botocore.auth.get_current_datetime", return_value=moment):
        signer.add_auth(theirs)
    headers = list(theirs.headers.items())
    # The texts are made of the request as it was before it had this.
    del theirs.headers["Authorization"]
    canonical = signer.canonical_request(theirs)
    return Signed(headers, canonical, signer.string_to_sign(theirs, canonical))
