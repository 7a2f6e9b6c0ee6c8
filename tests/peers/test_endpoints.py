"""Generated endpoint rules lead where botocore's own tests of them say."""

import json
import re
import unittest
from pathlib import Path

from botocore.loaders import Loader

import botocore_tests
from rust_side import call

LIST = Path(__file__).with_name("endpoints.txt")
FUNCTIONS = {
    "aws.isVirtualHostableS3Bucket",
    "aws.parseArn",
    "aws.partition",
    "booleanEquals",
    "getAttr",
    "isSet",
    "isValidHostLabel",
    "not",
    "parseURL",
    "stringEquals",
    "substring",
    "uriEncode",
}


def names() -> list[str]:
    """The services in `endpoints.txt`."""
    lines = map(str.strip, LIST.read_text("utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def ask(questions: list[dict]) -> list[dict]:
    """What the generated rules answer."""
    text = "".join(json.dumps(question) + "\n" for question in questions)
    return [json.loads(line) for line in call("SHAPEWRIGHT_ENDPOINTS", "", text=text)]


def cases(service: str) -> list[dict]:
    """botocore's tests of a service's rules."""
    folder = botocore_tests.folder() / "tests" / "functional" / "endpoint-rules" / service
    return json.loads((folder / "endpoint-tests-1.json").read_text("utf-8"))["testCases"]


def functions(value: object) -> set[str]:
    """The functions that rules call."""
    match value:
        case dict():
            own = {value["fn"]} if "fn" in value else set()
            return own.union(*map(functions, value.values()))
        case list():
            return set().union(*map(functions, value))
        case _:
            return set()


class Endpoints(unittest.TestCase):
    def test_every_case_of_botocore(self) -> None:
        for service in names():
            tests = cases(service)
            questions = [{"service": service, "parameters": one.get("params", {})} for one in tests]
            for test, answer in zip(tests, ask(questions), strict=True):
                with self.subTest(service, of=test.get("documentation")):
                    self.check(test["expect"], answer)

    def check(self, expected: dict, answer: dict) -> None:
        if "error" in expected:
            self.assertIn("error", answer)
            return
        endpoint = expected["endpoint"]
        self.assertEqual(answer.get("url"), endpoint["url"], answer)
        for key in ("properties", "headers"):
            self.assertEqual(answer[key], endpoint.get(key, {}))

    def test_batch_has_48_cases(self) -> None:
        self.assertEqual(len(cases("batch")), 48)

    def test_the_services_call_every_function(self) -> None:
        rules = [Loader().load_service_model(name, "endpoint-rule-set-1") for name in names()]
        self.assertEqual(functions(rules), FUNCTIONS)


class Partitions(unittest.TestCase):
    def test_every_region_is_of_the_partition_that_botocore_says(self) -> None:
        partitions = Loader().load_data("partitions")["partitions"]
        regions = [region for one in partitions for region in one["regions"]]
        # Each form of region, also with words and numbers that are not there yet.
        for one in partitions:
            pattern = re.sub(r"\((\w+)\)", r"\1", one["regionRegex"])
            areas = re.findall(r"\w[\w\\-]*?(?=\)|\||\\-\\w)", pattern)
            for area in (area.replace("\\", "") for area in areas):
                regions += [f"{area}-place-99", f"{area}-de-place-99", f"{area}-a_1-0"]
        regions += ["", "nowhere", "us", "us-east", "us-east-", "us-east-1a", "cn--1", "US-EAST-1"]
        answers = ask([{"region": region} for region in regions])
        for region, answer in zip(regions, answers, strict=True):
            of = (
                one
                for one in partitions
                if region in one["regions"] or re.match(one["regionRegex"], region)
            )
            expected = next(of, partitions[0])
            with self.subTest(region):
                self.assertEqual(answer, expected["outputs"])

    def test_no_region_has_facts_of_its_own(self) -> None:
        for one in Loader().load_data("partitions")["partitions"]:
            for region, facts in one["regions"].items():
                self.assertLessEqual(set(facts), {"description"}, region)


if __name__ == "__main__":
    unittest.main()
