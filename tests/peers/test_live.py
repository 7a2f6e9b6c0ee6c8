"""Our clients and boto3 do the same with moto's Batch, and are told the same."""

import os
import subprocess
import unittest

import boto3

import moto_server
from callers import CLIENTS, Target, client
from life_cycle import ODD, Ground, comparable, play
from meaning import difference
from rust_side import place_of

# Each client plays in a region of its own, which the server reads from its signatures.
REGIONS = dict(zip(CLIENTS, ["us-east-1", "us-east-2", "us-west-2"], strict=True))


class Live(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.port = cls.enterClassContext(moto_server.running())

    def test_a_life_cycle_is_the_same_through_every_client(self) -> None:
        role = make_role(self.port)
        told = {}
        for name, region in REGIONS.items():
            with client(name, Target(self.port, region)) as call:
                told[name] = play(call, make_ground(self.port, region, role))
        compared = {name: comparable(told[name], region) for name, region in REGIONS.items()}
        for name in CLIENTS[:2]:
            for ours, theirs in zip(compared[name], compared["boto3"], strict=True):
                self.assertIsNone(difference(theirs, ours), f"{name}: {ours}, {theirs}")
        self.check_what_was_played(compared["boto3"])
        self.check_errors(told["async"] + told["blocking"])

    def check_what_was_played(self, told: list[dict]) -> None:
        """That the script is not equal for being empty."""
        self.assertEqual(len({one["operation"] for one in told}), 24)
        self.assertGreater(sum(one["error"] is not None for one in told), 8)
        outputs = {one["operation"]: one["output"] for one in reversed(told) if one["output"]}
        [one, several] = outputs["DescribeJobs"]["jobs"]
        self.assertEqual(one["status"], "SUCCEEDED")
        self.assertIn("logStreamName", one["container"])
        self.assertEqual(several["arrayProperties"]["size"], 3)
        self.assertIn(ODD, outputs["ListTagsForResource"]["tags"])

    def check_errors(self, told: list) -> None:
        """That an error of the model is one of the operation's own enum."""
        errors = [answer.error for _, answer in told if answer.error]
        refused = [error for error in errors if error["code"] == "ClientException"]
        self.assertGreater(len(refused), 8)
        for error in refused:
            self.assertEqual((error["kind"], error["variant"]), ("Service", "ClientException"))
            self.assertEqual((error["status"], error["retry"]), (400, False))
            for part in [error["message"], error["request_id"], "ClientException", "400"]:
                self.assertIn(part, error["text"])

    def test_the_example_prints_the_log_stream_of_a_job_that_succeeds(self) -> None:
        for flags in [], ["--blocking"]:
            with self.subTest(flags):
                region = "eu-west-1" if flags else "eu-central-1"
                prepare(self.port, region)
                done = example(self.port, region, *flags, "--", "echo", "hello")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertRegex(done.stdout, r"^definition/default/[0-9a-f-]{36}\n$")
                self.assertIn("SUCCEEDED, started at", done.stderr)

    def test_the_example_fails_with_what_the_service_says(self) -> None:
        for flags in [], ["--blocking"]:
            with self.subTest(flags):
                done = example(self.port, "ap-south-1", *flags)
                self.assertEqual((done.returncode, done.stdout), (1, ""))
                self.assertIn("the job cannot be submitted: ClientException", done.stderr)

    def test_the_example_fails_if_the_job_does(self) -> None:
        with moto_server.running(MOTO_SIMPLE_BATCH_FAIL_AFTER="0") as port:
            prepare(port, "us-east-1")
            for flags in [], ["--blocking"]:
                with self.subTest(flags):
                    done = example(port, "us-east-1", *flags)
                    self.assertEqual((done.returncode, done.stdout), (1, ""))
                    self.assertIn("the job has failed", done.stderr)
                    self.assertIn("its log stream is definition/default/", done.stderr)


def make_role(port: int) -> str:
    iam = other_service("iam", port, "us-east-1")
    role = iam.create_role(RoleName="batch-role", AssumeRolePolicyDocument="{}")
    return role["Role"]["Arn"]


def make_ground(port: int, region: str, role: str) -> Ground:
    ec2 = other_service("ec2", port, region)
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    group = ec2.describe_security_groups()["SecurityGroups"][0]["GroupId"]
    return Ground(role, subnet, group)


def other_service(name: str, port: int, region: str):
    keys = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "secret"}
    return boto3.client(name, endpoint_url=Target(port).endpoint, region_name=region, **keys)


def prepare(port: int, region: str) -> None:
    """A queue and a definition to submit jobs with."""
    with client("boto3", Target(port, region)) as call:
        environment = call(
            "CreateComputeEnvironment",
            computeEnvironmentName="environment",
            type="UNMANAGED",
            state="ENABLED",
            serviceRole=role_of(port),
        )["computeEnvironmentArn"]
        order = [{"order": 1, "computeEnvironment": environment}]
        queue = {"jobQueueName": "queue", "state": "ENABLED", "priority": 1}
        call("CreateJobQueue", **queue, computeEnvironmentOrder=order)
        call(
            "RegisterJobDefinition",
            jobDefinitionName="definition",
            type="container",
            containerProperties={"image": "busybox", "vcpus": 1, "memory": 128},
        )


def role_of(port: int) -> str:
    roles = other_service("iam", port, "us-east-1").list_roles()["Roles"]
    return roles[0]["Arn"] if roles else make_role(port)


def example(port: int, region: str, *flags: str) -> subprocess.CompletedProcess:
    """The example, told by options where the server is; who calls is told by the environment."""
    target = Target(port)
    variables = target.variables() | {"AWS_ENDPOINT_URL_BATCH": "", "AWS_REGION": "nowhere"}
    where = ["--endpoint", target.endpoint, "--region", region]
    what = ["--queue", "queue", "--definition", "definition"]
    command = [place_of("SHAPEWRIGHT_EXAMPLE"), *where, *what, *flags]
    return subprocess.run(
        command, env=os.environ | variables, capture_output=True, encoding="utf-8", check=False
    )
