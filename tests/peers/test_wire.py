"""The generated types read what botocore writes, and botocore reads what they write."""

import json
import random
import unittest
from collections.abc import Iterator
from typing import Any

from botocore.model import OperationModel, StructureShape
from botocore.parsers import RestJSONParser
from botocore.serialize import RestJSONSerializer

import values
from meaning import difference
from repository import StoredRevision, newest
from rust_side import Refused, call, through_types
from values import Values, with_noise

SEEDS = range(8)
FILLS = [values.every_member, values.required_members, values.no_member]


class Wire(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        stored = StoredRevision(newest())
        cls.addClassCleanup(stored.close)
        cls.service = stored.service()
        cls.paginators = stored.load("paginators-1")["pagination"]
        shapes = map(cls.service.shape_for, cls.service.shape_names)
        cls.structures = [shape for shape in shapes if isinstance(shape, StructureShape)]

    def operations(self) -> list[OperationModel]:
        return [self.service.operation_model(name) for name in self.service.operation_names]

    def samples(self, not_finite: bool = True) -> Iterator[tuple[StructureShape, Any]]:
        """Values of every structure: whole, minimal, empty, and at random."""
        for shape in self.structures:
            for fill in FILLS:
                yield shape, Values(0, fill, not_finite).of(shape)
            for seed in SEEDS:
                yield shape, Values(seed, values.some_members, not_finite).of(shape)
                yield shape, Values(seed, values.every_member, not_finite).of(shape)

    def check(self, expected: list[tuple[str, Any]], texts: list[tuple[str, str]]) -> list[str]:
        """Passes the texts through the types; what comes out must mean what is expected."""
        answers = through_types(texts)
        self.assertEqual(len(answers), len(texts))
        for (shape, value), (_, text), answer in zip(expected, texts, answers, strict=True):
            if isinstance(answer, Refused):
                self.fail(f"{shape} refuses {text}: {answer}")
            found = difference(value, json.loads(answer))
            self.assertIsNone(found, f"{shape}: {text}")
        return answers

    def test_there_is_a_type_for_every_structure_and_enum(self) -> None:
        types = set(map(json.loads, call("types")))
        for name in self.service.shape_names:
            shape = self.service.shape_for(name)
            if isinstance(shape, StructureShape) or shape.metadata.get("enum"):
                self.assertIn(name, types)

    def test_operations_are_where_botocore_sends_them(self) -> None:
        described = {one["name"]: one for one in map(json.loads, call("operations"))}
        self.assertEqual(set(described), set(self.service.operation_names))
        for operation in self.operations():
            ours = described[operation.name]
            with self.subTest(operation.name):
                self.assertEqual(ours["method"], operation.http["method"])
                self.assertEqual(ours["uri"], operation.http["requestUri"])
                self.assertEqual(ours["status"], operation.http.get("responseCode", 200))
                self.assertEqual(ours["input"], operation.input_shape.name)
                self.assertEqual(ours["output"], operation.output_shape.name)
                self.assertEqual(ours["paginator"], self.paginator(operation.name))

    def paginator(self, name: str) -> dict | None:
        if (stored := self.paginators.get(name)) is None:
            return None
        lists = {key: [stored[key]] for key in ["input_token", "output_token", "result_key"]}
        return lists | {key: stored.get(key) for key in ["limit_key", "more_results"]}

    def test_values_of_every_structure_come_back(self) -> None:
        expected = [(shape.name, value) for shape, value in self.samples()]
        plain = [(shape, json.dumps(value)) for shape, value in expected]
        self.check(expected, plain)
        raw = [(shape, json.dumps(value, ensure_ascii=False)) for shape, value in expected]
        self.check(expected, raw)

    def test_unknown_members_and_nulls_change_nothing(self) -> None:
        chance = random.Random(0)
        expected, texts = [], []
        for shape, value in self.samples():
            expected.append((shape.name, value))
            texts.append((shape.name, json.dumps(with_noise(shape, value, chance))))
        self.check(expected, texts)

    def test_requests_that_botocore_writes(self) -> None:
        serializer = RestJSONSerializer()
        expected, texts = [], []
        for operation in self.operations():
            for seed in SEEDS:
                for fill in [*FILLS, values.some_members]:
                    parameters = Values(seed, fill, not_finite=False).of(operation.input_shape)
                    # What goes into the URI must be there, whatever is filled.
                    parameters |= located(operation, parameters)
                    request = serializer.serialize_to_request(parameters, operation)
                    body = request["body"] or b"{}"
                    text = body.decode() if isinstance(body, bytes) else body
                    name = operation.input_shape.name
                    expected.append((name, json.loads(text)))
                    texts.append((name, text))
                    # The same from the members: they and the body tell the same story.
                    expected.append((name, parameters))
                    texts.append((name, json.dumps(parameters)))
                    in_body = without_located(operation, parameters)
                    self.assertIsNone(difference(in_body, json.loads(text)), operation.name)
        self.check(expected, texts)

    def test_botocore_reads_what_we_write(self) -> None:
        parser = RestJSONParser()
        samples = list(self.samples())
        texts = [(shape.name, json.dumps(value)) for shape, value in samples]
        answers = self.check([(shape.name, value) for shape, value in samples], texts)
        for (shape, value), answer in zip(samples, answers, strict=True):
            response = {"status_code": 200, "headers": {}, "body": answer.encode()}
            parsed = parser.parse(response, shape)
            del parsed["ResponseMetadata"]
            found = difference(as_parsed(value), as_parsed(parsed))
            self.assertIsNone(found, f"{shape.name}: {answer}")


def located(operation: OperationModel, parameters: dict) -> dict:
    """Members that travel outside of the body, with values that a URI takes."""
    members = operation.input_shape.members
    given = {"uri": "arn:aws:batch:::job/a b", "querystring": ["one", "two"]}
    outside = {name: member.serialization.get("location") for name, member in members.items()}
    return {name: given[place] for name, place in outside.items() if place}


def without_located(operation: OperationModel, parameters: dict) -> dict:
    members = operation.input_shape.members
    return {
        name: value
        for name, value in parameters.items()
        if "location" not in members[name].serialization
    }


def as_parsed(value: Any) -> Any:
    """With the floats that texts stand for: botocore leaves either as it came."""
    if isinstance(value, dict):
        return {key: as_parsed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_parsed(item) for item in value]
    if isinstance(value, float) or value in values.NOT_FINITE:
        return float(value)
    return value
