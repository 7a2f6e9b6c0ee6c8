"""The generated types read what botocore writes, and botocore reads what they write.

The same tests for every service in `services.txt`, each a class.
"""

import json
import random
import sys
import unittest
from collections.abc import Iterable, Iterator
from typing import Any

from botocore.model import OperationModel, Shape, StructureShape

import data_form
import services
import values
from meaning import difference
from rust_side import Crate, Refused
from values import For, Values

SEEDS = range(5)
# Values are long, and a path tells where they differ.
SHOWN = 300
FILLS = [values.every_member, values.required_members, values.no_member]


class Wire:
    """The tests of one service."""

    name: str

    @classmethod
    def setUpClass(cls) -> None:
        cls.service = services.Service(cls.name)
        cls.crate = Crate(cls.name)
        cls.compared = 0

    @classmethod
    def tearDownClass(cls) -> None:
        # For the record: README.md tells what was compared.
        count = len(cls.service.structures)
        print(f"{cls.name}: {cls.compared} values of {count} structures", file=sys.stderr)

    def samples(self, taker: For) -> Iterator[tuple[StructureShape, list]]:
        """Values of every structure: whole, minimal, empty, at random; a union by each member."""
        for shape in self.service.structures:
            if services.is_union(shape):
                made = [Values(0, values.every_member, taker).union_of(shape, member)
                        for member in shape.members]
            else:
                made = [Values(0, fill, taker).of(shape) for fill in FILLS]
            for seed in SEEDS:
                made.append(Values(seed, values.some_members, taker).of(shape))
                made.append(Values(seed, values.every_member, taker).of(shape))
            yield shape, made

    def check(self, texts: list[tuple[Shape, str]], said: list[str] | None = None) -> list[str]:
        """Passes texts through the types: what comes out says the same, or what is given."""
        answers = self.crate.through_types((shape.name, text) for shape, text in texts)
        self.assertEqual(len(answers), len(texts))
        type(self).compared += len(texts)
        expected = said or [text for _, text in texts]
        for (shape, text), answer, same in zip(texts, answers, expected, strict=True):
            if isinstance(answer, Refused):
                self.fail(f"{shape.name} refuses {text[:SHOWN]}: {answer}")
            meant = data_form.read(shape, json.loads(same))
            found = difference(meant, data_form.read(shape, json.loads(answer)))
            self.assertIsNone(found, f"{shape.name}: {text[:SHOWN]}")
        return answers

    def check_parsed(self, shape: Shape, made: Iterable, answers: list[str]) -> None:
        """What botocore reads from the types' texts is what the values were."""
        parsed = self.service.response(shape, answers)
        for value, read, answer in zip(made, parsed, answers, strict=True):
            expected, actual = data_form.meaning(shape, value), data_form.meaning(shape, read)
            self.assertIsNone(difference(expected, actual), f"{shape.name}: {answer[:SHOWN]}")

    def test_there_is_a_type_for_every_structure_and_enum(self) -> None:
        for shape in [*self.service.structures, *self.service.enums]:
            self.assertIn(self.crate.type_of(shape.name), self.crate.types)

    def test_operations_are_where_botocore_sends_them(self) -> None:
        described = self.crate.operations()
        self.assertEqual(set(described), set(self.service.model.operation_names))
        for operation in self.service.operations():
            ours = described[operation.name]
            with self.subTest(operation.name):
                self.assertEqual(ours["method"], operation.http["method"])
                self.assertEqual(ours["uri"], operation.http["requestUri"])
                self.assertEqual(ours["status"], operation.http.get("responseCode", 200))
                self.assertEqual(ours["paginator"], self.paginator(operation.name))
                for side in ["input", "output"]:
                    if shape := getattr(operation, f"{side}_shape"):
                        self.assertEqual(ours[side], self.crate.type_of(shape.name))

    def paginator(self, name: str) -> dict | None:
        if (stored := self.service.paginators().get(name)) is None:
            return None
        lists = {key: stored[key] for key in ["input_token", "output_token", "result_key"]}
        lists = {key: one if isinstance(one, list) else [one] for key, one in lists.items()}
        return lists | {key: stored.get(key) for key in ["limit_key", "more_results"]}

    def test_what_botocore_writes_comes_back_to_it(self) -> None:
        samples = list(self.samples(For.BOTOCORE_TO_WRITE))
        texts = []
        for shape, made in samples:
            bodies = json.loads(self.service.request(shape, made))[services.VALUES]
            for value, body in zip(made, bodies, strict=True):
                # Before anything of ours: botocore and Smithy agree on what the value is.
                form = data_form.written(shape, value)
                found = difference(data_form.read(shape, form), data_form.read(shape, body))
                self.assertIsNone(found, f"{shape.name}: {str(body)[:SHOWN]}")
                texts.append((shape, json.dumps(body)))
        answers = iter(self.check(texts))
        for shape, made in samples:
            self.check_parsed(shape, made, [next(answers) for _ in made])

    def test_what_we_write_comes_to_botocore(self) -> None:
        samples = list(self.samples(For.BOTOCORE_TO_READ))
        texts = [
            (shape, json.dumps(data_form.written(shape, value), ensure_ascii=False))
            for shape, made in samples
            for value in made
        ]
        answers = iter(self.check(texts))
        for shape, made in samples:
            self.check_parsed(shape, made, [next(answers) for _ in made])

    def test_unknown_members_and_nulls_change_nothing(self) -> None:
        chance = random.Random(0)
        plain, noisy = [], []
        for shape, made in self.samples(For.US_ALONE):
            for value in made:
                form = data_form.written(shape, value)
                plain.append(json.dumps(form))
                noisy.append((shape, json.dumps(data_form.with_noise(shape, form, chance))))
        self.check(noisy, plain)

    def test_enums_take_any_text(self) -> None:
        given = [
            (shape, json.dumps(text))
            for shape in self.service.enums
            for text in [*shape.metadata["enum"], *values.TEXTS, values.UNKNOWN_ENUM_VALUE]
        ]
        self.check(given)

    def test_requests_of_operations(self) -> None:
        # What stands in the body of a real request is what the input's type takes.
        texts = []
        for operation in self.service.operations():
            for seed in SEEDS:
                for fill in [*FILLS, values.some_members]:
                    if found := self.request(operation, seed, fill):
                        texts.append(found)
        self.check(texts)

    def request(self, operation: OperationModel, seed: int, fill: values.Fill) -> Any:
        """What a body holds, and its text; none if it holds no JSON."""
        if (shape := operation.input_shape) is None or shape.event_stream_name:
            return None
        made = Values(seed, fill, For.BOTOCORE_TO_WRITE)
        parameters = made.of(shape)
        if payload := shape.serialization.get("payload"):
            shape = shape.members[payload]
            if not services.is_type(shape):
                return None
            parameters[payload] = made.of(shape)
        located = {
            name: "a b"
            for name, member in operation.input_shape.members.items()
            if member.serialization.get("location") == "uri"
        }
        request = self.service.serializer.serialize_to_request(parameters | located, operation)
        body = request["body"] or b"{}"
        text = body.decode() if isinstance(body, bytes) else body
        expected = parameters[payload] if payload else parameters
        meant = data_form.read(shape, data_form.written(shape, expected))
        found = difference(meant, data_form.read(shape, json.loads(text)))
        self.assertIsNone(found, operation.name)
        return shape, text


for _name in services.names():
    _title = "Wire_" + _name.replace("-", "_")
    globals()[_title] = type(_title, (Wire, unittest.TestCase), {"name": _name})
