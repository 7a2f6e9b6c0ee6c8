"""ministack's server in a process of its own: an AWS on this machine alone that verifies signatures.

As a program it serves on a free port of 127.0.0.1, prints the port, and ends with its stdin.
"""

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import boto3
from botocore.client import BaseClient

HOST = "127.0.0.1"
REGION = "us-east-1"
# Root, of which it verifies no signature; so users are made, of whom it does.
ROOT = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}


@contextlib.contextmanager
def running() -> Iterator[int]:
    """The port of a server that runs meanwhile, and that ends also if we die."""
    with tempfile.TemporaryDirectory(prefix="shapewright-peers-") as folder:
        server = subprocess.Popen(
            [sys.executable, str(Path(__file__).resolve())],
            # Where it leaves what it stores.
            cwd=folder,
            env=os.environ | {"AUTH": "true", "TMPDIR": folder},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # A log of every request, which nobody reads unless something fails.
            stderr=subprocess.DEVNULL,
            text=True,
        )
        with server:
            try:
                yield int(server.stdout.readline())
            finally:
                server.stdin.close()
                server.wait(timeout=30)


def make_user(port: int) -> tuple[str, str]:
    """The access key of a user who may do everything."""
    iam = root(port)
    iam.create_user(UserName="user")
    iam.put_user_policy(UserName="user", PolicyName="everything", PolicyDocument=policy(Resource="*"))
    key = iam.create_access_key(UserName="user")["AccessKey"]
    return key["AccessKeyId"], key["SecretAccessKey"]


def make_role(port: int) -> str:
    """The name of a role that may do everything, and that everybody may take."""
    iam = root(port)
    anyone = policy(Principal={"AWS": "*"}, Action="sts:AssumeRole")
    role = iam.create_role(RoleName="role", AssumeRolePolicyDocument=anyone)["Role"]
    iam.put_role_policy(RoleName="role", PolicyName="everything", PolicyDocument=policy(Resource="*"))
    return role["Arn"]


def root(port: int) -> BaseClient:
    endpoint = f"http://{HOST}:{port}"
    return boto3.client("iam", endpoint_url=endpoint, region_name=REGION, **ROOT)


def policy(**statement: object) -> str:
    statement = {"Effect": "Allow", "Action": "*"} | statement
    return json.dumps({"Version": "2012-10-17", "Statement": statement})


async def serve() -> None:
    from ministack.app import app

    await serve_app(app)


async def serve_app(app) -> None:
    """Serves an ASGI application on a free port, prints the port, and ends with stdin."""
    from hypercorn.asyncio import serve
    from hypercorn.config import Config

    listening = socket.create_server((HOST, 0))
    config = Config()
    config.bind = [f"fd://{listening.fileno()}"]

    async def told_to_end() -> None:
        await asyncio.to_thread(sys.stdin.read)

    # Whoever connects before it serves waits for it.
    print(listening.getsockname()[1], flush=True)
    await serve(app, config, shutdown_trigger=told_to_end)


if __name__ == "__main__":
    asyncio.run(serve())
