"""Whether two pieces of JSON mean the same, and where not."""

import math
from typing import Any


def difference(expected: Any, actual: Any, path: str = "$") -> str | None:
    """The first place where they differ, in words; none if they mean the same."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        for key in expected.keys() | actual.keys():
            if key not in actual:
                return f"{path}.{key} is lost: {expected[key]!r}"
            if key not in expected:
                return f"{path}.{key} is made up: {actual[key]!r}"
            if found := difference(expected[key], actual[key], f"{path}.{key}"):
                return found
        return None
    if isinstance(expected, list) and isinstance(actual, list):
        if len(expected) != len(actual):
            return f"{path} has {len(actual)} items instead of {len(expected)}"
        pairs = enumerate(zip(expected, actual, strict=True))
        found = (difference(one, other, f"{path}[{at}]") for at, (one, other) in pairs)
        return next(filter(None, found), None)
    if _same_scalar(expected, actual):
        return None
    return f"{path} is {actual!r} instead of {expected!r}"


def _same_scalar(one: Any, other: Any) -> bool:
    # To Python True is 1; to JSON it is not.
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, float) and isinstance(other, float):
        both_nan = math.isnan(one) and math.isnan(other)
        return both_nan or (one == other and math.copysign(1, one) == math.copysign(1, other))
    return type(one) is type(other) and one == other
