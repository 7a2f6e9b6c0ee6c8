"""Values made from a model: the same for the same seed."""

import random
from collections.abc import Callable
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

# What must survive the way through any JSON library: quotes, controls, every plane of Unicode.
TEXTS = [
    "",
    "plain",
    'a "quote", a \\ and a /',
    "lines\r\n\ttabs\b\f",
    "\u0000\u001f\u007f\u0080",
    "\u2028\u2029\ufeff\uffff",
    "Gr\u00fc\u00dfe \u2603 \U0001f980",
    "null",
    "x" * 3000,
]
INTEGERS = [0, 1, -1, 2**31 - 1, -(2**31)]
LONGS = [*INTEGERS, 1_502_707_474_000, 2**53 + 1, 2**63 - 1, -(2**63)]
# Of few digits, so that a 32-bit float says them as a 64-bit one does.
FLOATS = [0.0, -0.0, 0.1, -12.5, 3.25e10, 1e-20]
# serde_json gets the 17th digit right only with its feature `float_roundtrip`, which is for a
# user's program to choose; so these have fewer.
DOUBLES = [*FLOATS, 1e300, 2.5e-300, 123456789.12345]
# JSON numbers cannot say these; AWS writes them as texts.
NOT_FINITE = ["NaN", "Infinity", "-Infinity"]
UNKNOWN_ENUM_VALUE = "A value of tomorrow"
UNKNOWN_MEMBER = "memberOfTomorrow"
# Below this a recursive model's structures stay empty.
DEPTH = 12

# Which of a structure's members to fill.
Fill = Callable[[StructureShape, random.Random], list[str]]


def every_member(shape: StructureShape, _: random.Random) -> list[str]:
    return list(shape.members)


def required_members(shape: StructureShape, _: random.Random) -> list[str]:
    return list(shape.required_members)


def no_member(*_: object) -> list[str]:
    return []


def some_members(shape: StructureShape, chance: random.Random) -> list[str]:
    return [name for name in shape.members if chance.random() < 0.5]


class Values:
    """Makes values of shapes, as Python has them after reading JSON."""

    def __init__(self, seed: int, fill: Fill, not_finite: bool = True) -> None:
        self._chance = random.Random(seed)
        self._fill = fill
        self._not_finite = NOT_FINITE if not_finite else []

    def of(self, shape: Shape, depth: int = 0) -> Any:
        if isinstance(shape, StructureShape):
            names = self._fill(shape, self._chance) if depth < DEPTH else []
            # In any order: nothing may depend on it.
            self._chance.shuffle(names)
            wire = ((shape.members[name], _wire_name(shape, name)) for name in names)
            return {name: self.of(member, depth + 1) for member, name in wire}
        if isinstance(shape, ListShape):
            return [self.of(shape.member, depth + 1) for _ in range(self._length())]
        if isinstance(shape, MapShape):
            keys = [self.of(shape.key) for _ in range(self._length())]
            return {key: self.of(shape.value, depth + 1) for key in keys}
        return self._scalar(shape)

    def _length(self) -> int:
        return self._chance.choice([0, 1, 1, 2, 3])

    def _scalar(self, shape: Shape) -> Any:
        match shape.type_name:
            case "string":
                known = shape.metadata.get("enum")
                return self._chance.choice([*known, UNKNOWN_ENUM_VALUE] if known else TEXTS)
            case "boolean":
                return self._chance.random() < 0.5
            case "integer":
                return self._chance.choice(INTEGERS)
            case "long":
                return self._chance.choice(LONGS)
            case "float":
                return self._chance.choice([*FLOATS, *self._not_finite])
            case "double":
                return self._chance.choice([*DOUBLES, *self._not_finite])
            case other:
                raise NotImplementedError(f"{shape.name}: say how a {other} is made")


def with_noise(shape: Shape, value: Any, chance: random.Random) -> Any:
    """The same meaning, said otherwise: unknown members, nulls for what is absent or skipped."""
    if isinstance(shape, StructureShape):
        noisy = {UNKNOWN_MEMBER: {"deep": [1, None, {"er": "\u2603"}]}}
        for name, member in shape.members.items():
            wire = _wire_name(shape, name)
            noisy[wire] = with_noise(member, value[wire], chance) if wire in value else None
        names = list(noisy)
        chance.shuffle(names)
        return {name: noisy[name] for name in names}
    if isinstance(shape, ListShape):
        items = [with_noise(shape.member, item, chance) for item in value]
        return [None, *items, None]
    if isinstance(shape, MapShape):
        entries = {key: with_noise(shape.value, item, chance) for key, item in value.items()}
        return {"a key without a value": None, **entries}
    return value


def _wire_name(shape: StructureShape, member: str) -> str:
    return shape.members[member].serialization.get("name", member)
