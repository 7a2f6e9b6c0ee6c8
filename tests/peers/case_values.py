"""The values of botocore's protocol tests, as botocore has values, and when two are the same."""

import json
from datetime import timedelta
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

from data_form import EPOCH, UNKNOWN_UNION_MEMBER


def valued(shape: Shape, value: Any) -> Any:
    """A value of a case: there blobs are texts and moments numbers."""
    if value is None or shape.serialization.get("jsonvalue"):
        return value
    if isinstance(shape, StructureShape):
        if shape.is_document_type or UNKNOWN_UNION_MEMBER in value:
            return value
        return {name: valued(shape.members[name], item) for name, item in value.items()}
    if isinstance(shape, ListShape):
        return [valued(shape.member, item) for item in value]
    if isinstance(shape, MapShape):
        return {key: valued(shape.value, item) for key, item in value.items()}
    match shape.type_name:
        case "blob":
            return value.encode()
        case "float" | "double":
            return float(value)
        case "timestamp":
            return EPOCH + timedelta(microseconds=round(value * 1_000_000))
        case _:
            return value


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same: no number is a flag, and what is no number is itself."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) and isinstance(other, float) and one != one:
        return other != other
    return one == other or (isinstance(one, str) and same_texts(one, other))


def same_texts(one: str, other: Any) -> bool:
    """Whether two texts hold the same JSON."""
    try:
        read = [json.loads(text) for text in (one, other)]
    except (TypeError, ValueError):
        return False
    return isinstance(read[0], (dict, list)) and same(*read)
