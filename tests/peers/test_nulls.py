"""A server that says what is absent by null: our clients read what boto3 reads, and make up nothing."""

import unittest
from typing import Any

import localbatch_server
from callers import CLIENTS, Answer, Target, client
from meaning import difference

ARN = "arn:aws:batch:us-east-1:123456789012:job-queue/a queue, \u00e4+%"


class Nulls(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.port = cls.enterClassContext(localbatch_server.running())
        with client("async", Target(cls.port)) as call:
            call(
                "RegisterJobDefinition",
                jobDefinitionName="definition",
                type="container",
                containerProperties={"image": "busybox"},
            )
            job = {"jobQueue": localbatch_server.QUEUE, "jobDefinition": "definition"}
            cls.waiting, cls.failed = (
                call("SubmitJob", jobName=name, **job)["jobId"] for name in ["waiting", "failed"]
            )
            call("TerminateJob", jobId=cls.failed, reason="enough")
            call("TagResource", resourceArn=ARN, tags={"a": "b", "c": "d"})

    def same(self, operation: str, **given: Any) -> Answer:
        """What every client is told, after it was seen to be the same."""
        answers = []
        for name in CLIENTS:
            with client(name, Target(self.port)) as call:
                answers.append(call(operation, **given))
        *ours, theirs = answers
        for answer in ours:
            self.assertEqual(answer.error is None, theirs.error is None, f"{answer} {theirs}")
            self.assertIsNone(difference(theirs.output, answer.output), f"{operation}: {answer}")
        return ours[0]

    def test_a_job_that_has_not_started_has_not_started_at_any_time(self) -> None:
        [job] = self.same("DescribeJobs", jobs=[self.waiting])["jobs"]
        self.assertEqual(job["status"], "SUBMITTED")
        self.assertNotIn("startedAt", job)
        self.assertNotIn("stoppedAt", job)
        self.assertNotIn("exitCode", job["container"])

    def test_pages_and_lists_without_what_is_null(self) -> None:
        queue = localbatch_server.QUEUE
        summaries = self.same("ListJobs", jobQueue=queue)["jobSummaryList"]
        self.assertEqual({job["jobName"] for job in summaries}, {"waiting", "failed"})
        for operation in [
            "DescribeJobQueues",
            "DescribeComputeEnvironments",
            "DescribeJobDefinitions",
            "ListSchedulingPolicies",
        ]:
            with self.subTest(operation):
                self.assertNotIn("nextToken", self.same(operation).output)

    def test_a_snapshot_of_a_queue(self) -> None:
        with client("async", Target(self.port)) as call:
            front = call("GetJobQueueSnapshot", jobQueue=localbatch_server.QUEUE)["frontOfQueue"]
        # What this server says beside is no member of the model.
        self.assertEqual(front["jobs"], [{}])
        self.assertGreater(front["lastUpdatedAt"], 1_700_000_000_000)
        for name in CLIENTS[1:]:
            with client(name, Target(self.port)) as call:
                other = call("GetJobQueueSnapshot", jobQueue=localbatch_server.QUEUE)
                self.assertEqual(other["frontOfQueue"]["jobs"], [{}])

    def test_tags_of_an_escaped_arn(self) -> None:
        tags = self.same("ListTagsForResource", resourceArn=ARN)["tags"]
        self.assertEqual(tags, {"a": "b", "c": "d"})

    def test_an_error_without_a_code_has_its_message_and_status(self) -> None:
        answer = self.same("DeregisterJobDefinition", jobDefinition="none:1")
        self.assertEqual((answer.error["kind"], answer.error["code"]), ("Service", ""))
        self.assertEqual(answer.error["status"], 400)
        self.assertIn("none:1", answer.error["message"])
