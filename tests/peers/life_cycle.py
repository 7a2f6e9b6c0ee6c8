"""Everything that can be done with Batch, from a compute environment to nothing left, as a script."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from callers import Answer

Call = Callable[..., Answer]

UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
TIMES = {"createdAt", "startedAt", "stoppedAt"}
# What an escaped path or query must carry as it is.
ODD = "a key/with: +%&=?# \u2603"


@dataclass
class Ground:
    """What there is before Batch comes."""

    role: str
    subnet: str
    group: str


class Script:
    """Calls one after another, and what came of each."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self.told: list[tuple[str, Answer]] = []

    def __call__(self, operation: str, **given: Any) -> Answer:
        answer = self._call(operation, **given)
        self.told.append((operation, answer))
        return answer


def play(call: Call, ground: Ground) -> list[tuple[str, Answer]]:
    """The script, through one client."""
    script = Script(call)
    environment = make_environment(script, ground)
    policy = make_policy(script)
    queue = make_queue(script, environment, policy)
    definition = make_definition(script)
    jobs = submit(script, definition)
    watch(script, jobs)
    tag(script, [queue, definition, environment, policy])
    fail(script, environment)
    for job in jobs:
        script("CancelJob", jobId=job, reason="no more")
        script("TerminateJob", jobId=job, reason="no more, said twice")
    clean(script, environment, policy)
    return script.told


def make_environment(script: Script, ground: Ground) -> str:
    resources = {
        "type": "FARGATE",
        "maxvCpus": 4,
        "subnets": [ground.subnet],
        "securityGroupIds": [ground.group],
    }
    made = script(
        "CreateComputeEnvironment",
        computeEnvironmentName="environment",
        type="MANAGED",
        state="ENABLED",
        serviceRole=ground.role,
        computeResources=resources,
        tags={"made-by": "a script"},
    )
    script("DescribeComputeEnvironments")
    script("UpdateComputeEnvironment", computeEnvironment="environment", state="DISABLED")
    script("DescribeComputeEnvironments", computeEnvironments=["environment"])
    script("UpdateComputeEnvironment", computeEnvironment="environment", state="ENABLED")
    script("DescribeComputeEnvironments", computeEnvironments=["another"], maxResults=1)
    return made["computeEnvironmentArn"]


def make_policy(script: Script) -> str:
    shares = [{"shareIdentifier": "A*", "weightFactor": 0.125}, {"shareIdentifier": "B"}]
    arn = script(
        "CreateSchedulingPolicy",
        name="policy",
        fairsharePolicy={"shareDecaySeconds": 60, "computeReservation": 5, "shareDistribution": shares},
        tags={"of": "policy"},
    )["arn"]
    script("DescribeSchedulingPolicies", arns=[arn])
    script("UpdateSchedulingPolicy", arn=arn, fairsharePolicy={"shareDistribution": shares[1:]})
    script("DescribeSchedulingPolicies", arns=[arn])
    script("ListSchedulingPolicies")
    return arn


def make_queue(script: Script, environment: str, policy: str) -> str:
    order = [{"order": 1, "computeEnvironment": environment}]
    queue = script(
        "CreateJobQueue",
        jobQueueName="queue",
        state="ENABLED",
        priority=1,
        schedulingPolicyArn=policy,
        computeEnvironmentOrder=order,
        tags={"of": "queue"},
    )["jobQueueArn"]
    script("DescribeJobQueues")
    script("UpdateJobQueue", jobQueue="queue", priority=10, computeEnvironmentOrder=order)
    script("DescribeJobQueues", jobQueues=[queue])
    return queue


def make_definition(script: Script) -> str:
    for image in ["busybox", "busybox:later"]:
        made = script(
            "RegisterJobDefinition",
            jobDefinitionName="definition",
            type="container",
            parameters={"greeting": "hello"},
            retryStrategy={"attempts": 2, "evaluateOnExit": [{"action": "RETRY", "onExitCode": "1*"}]},
            containerProperties={
                "image": image,
                "command": ["echo", "Ref::greeting"],
                # Of these moto makes `"vcpus": 1.0`, which is an integer all the same.
                "resourceRequirements": [
                    {"type": "VCPU", "value": "1"},
                    {"type": "MEMORY", "value": "128"},
                ],
                "environment": [{"name": "A", "value": "1"}],
                "readonlyRootFilesystem": True,
            },
            timeout={"attemptDurationSeconds": 60},
            platformCapabilities=["FARGATE"],
            propagateTags=True,
            tags={"of": "definition"},
        )
    script("DescribeJobDefinitions", jobDefinitionName="definition", status="ACTIVE")
    script("DescribeJobDefinitions", jobDefinitions=[made["jobDefinitionArn"]])
    return made["jobDefinitionArn"]


def submit(script: Script, definition: str) -> list[str]:
    one = script(
        "SubmitJob",
        jobName="one",
        jobQueue="queue",
        jobDefinition=definition,
        parameters={"greeting": 'good "day" \u2603 \U0001f600\u2028'},
        containerOverrides={
            "command": ["echo", "Ref::greeting"],
            "environment": [{"name": "B", "value": ""}],
            "resourceRequirements": [{"type": "VCPU", "value": "2"}],
        },
        timeout={"attemptDurationSeconds": 120},
        tags={"of": "job"},
    )["jobId"]
    several = script(
        "SubmitJob",
        jobName="several",
        jobQueue="queue",
        jobDefinition="definition:1",
        arrayProperties={"size": 3},
        dependsOn=[{"jobId": one}],
    )["jobId"]
    return [one, several]


def watch(script: Script, jobs: list[str]) -> None:
    script("DescribeJobs", jobs=jobs)
    script("DescribeJobs", jobs=["none"])
    script("ListJobs", jobQueue="queue", jobStatus="SUCCEEDED")
    script("ListJobs", jobQueue="queue", filters=[{"name": "JOB_NAME", "values": ["one*"]}])
    script("ListJobs", arrayJobId=jobs[1])
    script("ListJobs", jobQueue="queue", jobStatus="FAILED", maxResults=1)


def tag(script: Script, arns: list[str]) -> None:
    for arn in arns:
        script("TagResource", resourceArn=arn, tags={ODD: ODD, "b": "", "c": "d"})
        script("ListTagsForResource", resourceArn=arn)
        script("UntagResource", resourceArn=arn, tagKeys=[ODD, "b"])
        script("ListTagsForResource", resourceArn=arn)


def fail(script: Script, environment: str) -> None:
    """Whatever a service can refuse."""
    job = {"jobName": "x", "jobQueue": "queue", "jobDefinition": "definition"}
    script("SubmitJob", **job | {"jobQueue": "none"})
    script("SubmitJob", **job | {"jobDefinition": "none"})
    script("ListJobs", jobQueue="none")
    script("ListJobs", jobQueue="queue", jobStatus="TOMORROW")
    script("TerminateJob", jobId="none", reason="")
    script("CreateComputeEnvironment", computeEnvironmentName="a b", type="MANAGED")
    script("CreateJobQueue", jobQueueName="queue", priority=1, computeEnvironmentOrder=[])
    order = [{"order": 1, "computeEnvironment": "none"}]
    script("CreateJobQueue", jobQueueName="q", state="ENABLED", priority=1, computeEnvironmentOrder=order)
    script("UpdateJobQueue", jobQueue="none", priority=1)
    script("UpdateComputeEnvironment", computeEnvironment="none", state="ENABLED")
    script("RegisterJobDefinition", jobDefinitionName="bad", type="container", containerProperties={})


def clean(script: Script, environment: str, policy: str) -> None:
    script("DeregisterJobDefinition", jobDefinition="definition:1")
    script("DescribeJobDefinitions", jobDefinitionName="definition")
    script("UpdateJobQueue", jobQueue="queue", state="DISABLED")
    script("DeleteJobQueue", jobQueue="queue")
    script("UpdateComputeEnvironment", computeEnvironment=environment, state="DISABLED")
    script("DeleteComputeEnvironment", computeEnvironment=environment)
    script("DeleteSchedulingPolicy", arn=policy)
    script("DescribeJobQueues", jobQueues=["queue"])
    script("DescribeComputeEnvironments", computeEnvironments=["environment"])
    script("DescribeSchedulingPolicies", arns=[policy])
    script("ListSchedulingPolicies")


def comparable(told: list[tuple[str, Answer]], region: str) -> list[dict]:
    """What came of the calls, without what differs from one play to the next: ids are numbered by the
    order in which they appear, so that what was one remains one."""
    names: dict[str, str] = {}

    def named(found: re.Match) -> str:
        return names.setdefault(found[0], f"<{len(names)}>")

    def plain(value: Any, key: str = "") -> Any:
        match value:
            case dict():
                # In one order, whichever the client has its members in.
                return {name: plain(item, name) for name, item in sorted(value.items())}
            case list():
                return [plain(item) for item in value]
            case str():
                text = value.replace(region, "<region>")
                return re.sub(rf"{UUID}|(?:subnet|sg)-[0-9a-f]+", named, text)
            case int() if key in TIMES:
                return "<time>"
            case _:
                return value

    return [
        {"operation": operation, "output": plain(answer.output), "error": error(answer)}
        for operation, answer in told
    ]


def error(answer: Answer) -> dict | None:
    """What every client tells of an error."""
    if answer.error is None:
        return None
    told = {key: answer.error[key] for key in ["code", "message", "status"]}
    return told | {"has request id": bool(answer.error["request_id"])}
