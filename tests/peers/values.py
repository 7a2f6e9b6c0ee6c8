"""Values made from a model, as botocore takes and gives them: the same for the same seed."""

import datetime
import enum
import random
from collections.abc import Callable
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

from data_form import UNKNOWN_UNION_MEMBER, timestamp_format
from services import is_union

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
    "x" * 300,
]
INTEGERS = [0, 1, -1, 2**31 - 1, -(2**31)]
LONGS = [*INTEGERS, 1_502_707_474_000, 2**53 + 1, 2**63 - 1, -(2**63)]
NOT_FINITE = [float("nan"), float("inf"), float("-inf")]
# Of few digits, so that a 32-bit float says them as a 64-bit one does.
FLOATS = [0.0, -0.0, 0.1, -12.5, 3.25e10, 1e-20, *NOT_FINITE]
# serde_json gets the 17th digit right only with its feature `float_roundtrip`, which is for a
# user's program to choose; so these have fewer.
DOUBLES = [*FLOATS, 1e300, 2.5e-300, 123456789.12345]
BLOBS = [b"", b"\0", b"hello", bytes(range(256))]
# The last moment is what services say for "never".
MOMENTS = [
    datetime.datetime(*parts, tzinfo=datetime.timezone.utc)
    for parts in [
        (1970, 1, 1),
        (2017, 8, 14, 10, 44, 34),
        (1969, 12, 31, 23, 59, 59),
        (1900, 2, 28, 1, 2, 3),
        (2038, 1, 19, 3, 14, 8),
        (1, 1, 1, 0, 0, 0),
        (9999, 12, 31, 23, 59, 59),
    ]
]
RECENT = [moment for moment in MOMENTS if moment.year >= 1000]
# Not all of these are binary fractions; the fourth is one that careless addition gets wrong.
FRACTIONS = [
    moment.replace(microsecond=microsecond)
    for moment in MOMENTS[:5]
    for microsecond in [500_000, 123_000, 123_456, 3_691, 1, 999_999]
]
DOCUMENTS = [
    {},
    [],
    "",
    "text",
    True,
    0,
    -(2**63),
    2**64 - 1,
    -12.5,
    {"a": [1, None, {"\u2603": False}], "": "", "b": {"c": []}},
]
# Texts that hold JSON.
JSON_TEXTS = ['{"a": [1, null, -2.5], "\\u2603": "\u2603"}', '"text"', "null", "[]", " {} ", "1"]
UNKNOWN_ENUM_VALUE = "A value of tomorrow"
UNKNOWN_MEMBER = "memberOfTomorrow"
# How many structures stand within one another, and how many parts a value has, before what may be
# empty is so: models are recursive, and every shape has its turn as the outermost.
DEPTH = 6
PARTS = 250

# Which of a structure's members to fill.
Fill = Callable[[StructureShape, random.Random], list[str]]


class For(enum.Enum):
    """Who must be able to take a value; the table in README.md tells what each cannot."""

    BOTOCORE_TO_WRITE = enum.auto()
    BOTOCORE_TO_READ = enum.auto()
    US_ALONE = enum.auto()


def in_body(shape: StructureShape) -> list[str]:
    """The members that travel in the body; the others wait until operations call."""
    places = {name: member.serialization.get("location") for name, member in shape.members.items()}
    return [name for name, place in places.items() if place is None]


def every_member(shape: StructureShape, _: random.Random) -> list[str]:
    return in_body(shape)


def required_members(shape: StructureShape, _: random.Random) -> list[str]:
    return [name for name in in_body(shape) if name in shape.required_members]


def no_member(*_: object) -> list[str]:
    return []


def some_members(shape: StructureShape, chance: random.Random) -> list[str]:
    return [name for name in in_body(shape) if chance.random() < 0.5]


class Values:
    """Makes values of shapes."""

    def __init__(self, seed: int, fill: Fill, taker: For = For.US_ALONE) -> None:
        self._chance = random.Random(seed)
        self._fill = fill
        self._taker = taker
        self._parts = 0

    def of(self, shape: Shape) -> Any:
        self._parts = 0
        return self._of(shape, 0)

    def union_of(self, shape: StructureShape, member: str) -> dict:
        """The union with this member."""
        self._parts = 0
        return {member: self._of(shape.members[member], 1)}

    def _of(self, shape: Shape, depth: int) -> Any:
        self._parts += 1
        if shape.serialization.get("jsonvalue"):
            return self._chance.choice(JSON_TEXTS)
        if isinstance(shape, StructureShape):
            if shape.is_document_type:
                return self._chance.choice(DOCUMENTS)
            if is_union(shape):
                return self._union(shape, depth)
            names = self._fill(shape, self._chance) if self._may_grow(depth) else []
            # In any order: nothing may depend on it.
            self._chance.shuffle(names)
            return {name: self._of(shape.members[name], depth + 1) for name in names}
        if isinstance(shape, ListShape):
            length = self._length(depth)
            return [self._part(shape, shape.member, depth) for _ in range(length)]
        if isinstance(shape, MapShape):
            keys = [self._of(shape.key, depth) for _ in range(self._length(depth))]
            return {key: self._part(shape, shape.value, depth) for key in keys}
        return self._scalar(shape)

    def _may_grow(self, depth: int) -> bool:
        return depth == 0 or (depth < DEPTH and self._parts < PARTS)

    def _length(self, depth: int) -> int:
        return self._chance.choice([0, 1, 1, 2, 3]) if self._may_grow(depth) else 0

    def _union(self, shape: StructureShape, depth: int) -> dict:
        unknown = shape.is_tagged_union or self._taker is For.US_ALONE
        if self._taker is not For.BOTOCORE_TO_WRITE and unknown and self._chance.random() < 0.2:
            return {UNKNOWN_UNION_MEMBER: {"name": UNKNOWN_MEMBER}}
        names = list(shape.members)
        if not self._may_grow(depth):
            # A union cannot be empty, but most have a member that ends here.
            names = [name for name in names if not _is_union(shape.members[name])] or names
        name = self._chance.choice(names)
        return {name: self._of(shape.members[name], depth + 1)}

    def _part(self, whole: Shape, part: Shape, depth: int) -> Any:
        sparse = _sparse(whole) and self._takes_null(whole, part)
        if sparse and self._chance.random() < 0.3:
            return None
        return self._of(part, depth + 1)

    def _takes_null(self, whole: Shape, part: Shape) -> bool:
        if self._taker is For.US_ALONE or part.type_name == "string":
            return True
        if self._taker is For.BOTOCORE_TO_READ and part.type_name == "structure":
            return True
        plain = part.type_name in ("boolean", "integer", "long")
        return isinstance(whole, ListShape) and (plain or self._taker is For.BOTOCORE_TO_READ)

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
                return self._chance.choice(FLOATS)
            case "double":
                return self._chance.choice(DOUBLES)
            case "blob":
                return self._chance.choice(BLOBS)
            case "timestamp":
                return self._chance.choice(self._moments(timestamp_format(shape)))
            case other:
                raise NotImplementedError(f"{shape.name}: say how a {other} is made")


    def _moments(self, form: str) -> list[datetime.datetime]:
        if form == "rfc822":
            return MOMENTS if self._taker is For.US_ALONE else RECENT
        if form == "iso8601" and self._taker is For.BOTOCORE_TO_WRITE:
            return [*RECENT, *FRACTIONS]
        return [*MOMENTS, *FRACTIONS]


def _is_union(shape: Shape) -> bool:
    return isinstance(shape, StructureShape) and is_union(shape)


def _sparse(shape: Shape) -> bool:
    # botocore itself does not know this trait: to it every list and map is sparse.
    return bool(shape._shape_model.get("sparse"))
