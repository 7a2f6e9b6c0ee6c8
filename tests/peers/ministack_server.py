"""ministack's server: an AWS on this machine alone that verifies signatures."""

import asyncio
import contextlib
import json
import tempfile
from collections.abc import Iterator

import boto3
from botocore.client import BaseClient

from server_process import HOST, serve_app, serving

REGION = "us-east-1"
# Root, of which it verifies no signature; so users are made, of whom it does.
ROOT = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}


@contextlib.contextmanager
def running() -> Iterator[int]:
    """The port of a server that runs meanwhile."""
    # Where it leaves what it stores.
    with tempfile.TemporaryDirectory(prefix="shapewright-peers-") as folder:
        with serving(__file__, folder, AUTH="true", TMPDIR=folder) as port:
            yield port


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


if __name__ == "__main__":
    asyncio.run(serve())
