"""Clients of Batch that are called in one way: ours, which do not block and which do, and boto3."""

import contextlib
import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import boto3
import botocore.session
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError

from repository import StoredRevision, newest
from rust_side import place_of

CLIENTS = ["async", "blocking", "boto3"]


@dataclass
class Target:
    """Where Batch is, and who calls it."""

    port: int
    region: str = "us-east-1"
    access_key_id: str = "AKIDEXAMPLE"
    secret_access_key: str = "secret"

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def variables(self) -> dict[str, str]:
        """The environment of a program of a user, without anything of this machine's user."""
        own = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        return own | {
            "AWS_ENDPOINT_URL_BATCH": self.endpoint,
            "AWS_REGION": self.region,
            "AWS_ACCESS_KEY_ID": self.access_key_id,
            "AWS_SECRET_ACCESS_KEY": self.secret_access_key,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        }


@dataclass
class Answer:
    """What came of a call: an output, or an error as the client tells it."""

    output: dict | None = None
    error: dict | None = None

    def __getitem__(self, key: str) -> Any:
        if self.output is None:
            raise AssertionError(f"the call failed: {self.error}")
        return self.output[key]


class Ours:
    """The program `jobs`, which runs on and keeps its connections."""

    def __init__(self, name: str, target: Target) -> None:
        self._program = subprocess.Popen(
            [place_of("SHAPEWRIGHT_JOBS"), name],
            env=target.variables(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def __call__(self, operation: str, **given: Any) -> Answer:
        print(
            json.dumps({"operation": operation, "input": given}),
            file=self._program.stdin,
            flush=True,
        )
        if not (line := self._program.stdout.readline()):
            raise RuntimeError(f"the program ended at {operation} {given}")
        return Answer(**json.loads(line))

    def close(self) -> None:
        with self._program:
            self._program.stdin.close()


class Boto3:
    """boto3's client, made from the model that this repository stores."""

    def __init__(self, target: Target) -> None:
        self._stored = StoredRevision(newest())
        session = botocore.session.Session()
        session.register_component("data_loader", self._stored.loader)
        session.set_credentials(target.access_key_id, target.secret_access_key)
        self._client = boto3.Session(botocore_session=session).client(
            "batch",
            endpoint_url=target.endpoint,
            region_name=target.region,
            config=Config(retries={"mode": "standard"}),
        )

    def __call__(self, operation: str, **given: Any) -> Answer:
        try:
            output = getattr(self._client, xform_name(operation))(**given)
        except ClientError as error:
            about = error.response["ResponseMetadata"]
            return Answer(
                error={
                    "code": error.response["Error"]["Code"],
                    "message": error.response["Error"]["Message"],
                    "status": about["HTTPStatusCode"],
                    "request_id": about.get("RequestId"),
                }
            )
        del output["ResponseMetadata"]
        return Answer(output=output)

    def close(self) -> None:
        self._client.close()
        self._stored.close()


@contextlib.contextmanager
def client(name: str, target: Target) -> Iterator[Ours | Boto3]:
    """The client of this name; it ends with the block."""
    made = Boto3(target) if name == "boto3" else Ours(name, target)
    with contextlib.closing(made):
        yield made
