"""A real client and a real server: boto3 talks to moto, and the generated types listen in."""

import json
import time
import unittest
from typing import Any

import boto3
import botocore.session
from botocore.exceptions import ClientError

import moto_server
from meaning import difference
from repository import StoredRevision, newest
from rust_side import Crate, Refused, jobs_program

# Of the form that a signature has; moto does not check it, but reads the region from it.
AUTHORIZATION = (
    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20170814/us-east-1/batch/aws4_request, "
    "SignedHeaders=host;x-amz-date, Signature=" + "0" * 64
)
PATIENCE = 60.0


class Live(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.port = cls.enterClassContext(moto_server.running())
        stored = cls.enterClassContext(StoredRevision(newest()))
        session = botocore.session.Session()
        # The client itself is made from the model that this repository stores.
        session.register_component("data_loader", stored.loader)
        session.set_credentials("AKIDEXAMPLE", "secret")
        clients = boto3.Session(botocore_session=session, region_name="us-east-1")
        endpoint = f"http://{moto_server.HOST}:{cls.port}"
        cls.batch, cls.iam, cls.ec2 = (
            clients.client(service, endpoint_url=endpoint) for service in ["batch", "iam", "ec2"]
        )
        # What went over the wire: shape and text, in order.
        cls.heard: list[tuple[str, str]] = []
        cls.batch.meta.events.register("before-send.batch", cls.hear_request)
        cls.batch.meta.events.register("after-call.batch", cls.hear_response)

    @classmethod
    def hear_request(cls, request: Any, event_name: str, **_: object) -> None:
        operation = cls.batch.meta.service_model.operation_model(event_name.rpartition(".")[2])
        if request.body:
            cls.heard.append((operation.input_shape.name, request.body.decode()))

    @classmethod
    def hear_response(cls, http_response: Any, model: Any, **_: object) -> None:
        if http_response.status_code == 200:
            shape = model.output_shape.name
        else:
            shape = "ClientException"
        cls.heard.append((shape, http_response.content.decode() or "{}"))

    def test_a_job_from_its_environment_to_its_end(self) -> None:
        self.make_queue()
        self.batch.register_job_definition(
            jobDefinitionName="definition",
            type="container",
            parameters={"greeting": "hello"},
            retryStrategy={"attempts": 2},
            containerProperties={
                "image": "busybox",
                "command": ["echo", "Ref::greeting"],
                "vcpus": 1,
                "memory": 128,
                "environment": [{"name": "A", "value": "1"}],
            },
            tags={"made-by": "boto3"},
        )
        by_boto3 = self.batch.submit_job(
            jobName="by-boto3", jobQueue="queue", jobDefinition="definition"
        )["jobId"]
        by_us = self.submit_by_us()
        jobs = self.wait_for([by_boto3, by_us])
        self.assertEqual(jobs[by_us]["jobName"], "by-shapewright")
        self.assertEqual(jobs[by_us]["tags"], {"made-by": "shapewright"})
        self.assertEqual(jobs[by_us]["parameters"]["greeting"], 'good "day" \u2603')
        self.assertEqual(jobs[by_boto3]["tags"], {})
        answer = moto_server.post(
            self.port,
            "/v1/describejobs",
            json.dumps({"jobs": [by_us]}),
            Authorization=AUTHORIZATION,
        )
        [line] = jobs_program("describe-jobs", text=answer)
        self.assertRegex(line, r"^by-shapewright has succeeded, started at \d+$")
        with self.assertRaises(ClientError):
            self.batch.submit_job(jobName="x", jobQueue="none", jobDefinition="definition")
        self.batch.terminate_job(jobId=by_us, reason="the test ends")
        self.check_what_was_heard()

    def make_queue(self) -> None:
        role = self.iam.create_role(RoleName="batch-role", AssumeRolePolicyDocument="{}")
        subnet = self.ec2.describe_subnets()["Subnets"][0]["SubnetId"]
        group = self.ec2.describe_security_groups()["SecurityGroups"][0]["GroupId"]
        environment = self.batch.create_compute_environment(
            computeEnvironmentName="environment",
            type="MANAGED",
            state="ENABLED",
            serviceRole=role["Role"]["Arn"],
            computeResources={
                "type": "FARGATE",
                "maxvCpus": 4,
                "subnets": [subnet],
                "securityGroupIds": [group],
            },
        )["computeEnvironmentArn"]
        self.batch.create_job_queue(
            jobQueueName="queue",
            state="ENABLED",
            priority=1,
            computeEnvironmentOrder=[{"order": 1, "computeEnvironment": environment}],
        )
        self.batch.describe_compute_environments()
        self.batch.describe_job_queues()

    def submit_by_us(self) -> str:
        """A job whose request our builder made and nothing but `http.client` sends."""
        [body] = jobs_program("submit-job", "by-shapewright", "queue", "definition")
        answer = moto_server.post(
            self.port, "/v1/submitjob", body, Authorization=AUTHORIZATION
        )
        return json.loads(answer)["jobId"]

    def wait_for(self, ids: list[str]) -> dict[str, dict]:
        """The jobs, once all have ended."""
        end = time.monotonic() + PATIENCE
        while True:
            jobs = {job["jobId"]: job for job in self.batch.describe_jobs(jobs=ids)["jobs"]}
            self.assertEqual(set(jobs), set(ids))
            if all(job["status"] in ("SUCCEEDED", "FAILED") for job in jobs.values()):
                return jobs
            self.assertLess(time.monotonic(), end, f"the jobs do not end: {jobs}")
            time.sleep(0.2)

    def check_what_was_heard(self) -> None:
        shapes = {shape for shape, _ in self.heard}
        self.assertLessEqual({"SubmitJobRequest", "DescribeJobsResponse", "ClientException"}, shapes)
        crate = Crate("batch")
        for shape, text in self.heard:
            answer = crate.through_type(shape, text)
            self.assertNotIsInstance(answer, Refused, f"{shape} refuses {text}: {answer}")
            expected = self.known(shape, json.loads(text))
            self.assertIsNone(difference(expected, json.loads(answer)), f"{shape}: {text}")

    def known(self, shape: str, value: Any) -> Any:
        """Without what is no member of the model: moto answers more than that."""
        return known(self.batch.meta.service_model.shape_for(shape), value)


def known(shape: Any, value: Any) -> Any:
    """The value's part that the shape knows; null is absent."""
    match shape.type_name:
        case "structure":
            return {
                name: known(member, value[name])
                for name, member in shape.members.items()
                if value.get(name) is not None
            }
        case "list":
            return [known(shape.member, item) for item in value if item is not None]
        case "map":
            return {key: known(shape.value, item) for key, item in value.items() if item is not None}
        case _:
            return value
