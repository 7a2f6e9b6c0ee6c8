"""The JSON data form, told a second time: written and read as Smithy's AWS JSON protocols say.

Values are as botocore has them: members under their own names, `datetime`, `bytes`.
"""

import base64
import datetime
import email.utils
import json
import random
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

from services import is_union

# How botocore says that a union holds a member which the model does not list.
UNKNOWN_UNION_MEMBER = "SDK_UNKNOWN_MEMBER"
# What such a member holds here; botocore drops it.
UNKNOWN_CONTENT = {"deep": [1, None, {"er": "\u2603"}]}
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
# The formats of timestamps outside of a body.
PLACES = {
    "header": "rfc822",
    "headers": "rfc822",
    "querystring": "iso8601",
    "uri": "iso8601",
}
MICROSECOND = datetime.timedelta(microseconds=1)


def wire_name(shape: StructureShape, member: str) -> str:
    """A member's name in a body; one that travels elsewhere has another there, and here its own."""
    serialization = shape.members[member].serialization
    return member if "location" in serialization else serialization.get("name", member)


def timestamp_format(shape: Shape) -> str:
    of_place = PLACES.get(shape.serialization.get("location"), "unixTimestamp")
    return shape.serialization.get("timestampFormat", of_place)


def item_of(shape: ListShape) -> Shape:
    """A list's items: they are where the list is."""
    if place := shape.serialization.get("location"):
        shape.member.serialization.setdefault("location", place)
    return shape.member


def written(shape: Shape, value: Any) -> Any:
    """A value in the data form, as Python has JSON."""
    if value is None or shape.serialization.get("jsonvalue"):
        return value
    if isinstance(shape, StructureShape):
        if shape.is_document_type:
            return value
        if unknown := value.get(UNKNOWN_UNION_MEMBER):
            return {unknown["name"]: UNKNOWN_CONTENT}
        return {wire_name(shape, name): written(shape.members[name], value[name]) for name in value}
    if isinstance(shape, ListShape):
        return [written(item_of(shape), item) for item in value]
    if isinstance(shape, MapShape):
        return {key: written(shape.value, item) for key, item in value.items()}
    match shape.type_name:
        case "blob":
            return base64.b64encode(value).decode()
        case "float" | "double" if value != value:
            return "NaN"
        case "float" | "double" if value in (float("inf"), float("-inf")):
            return "Infinity" if value > 0 else "-Infinity"
        case "timestamp":
            return _written_moment(shape, value)
        case _:
            return value


def _written_moment(shape: Shape, value: datetime.datetime) -> Any:
    match timestamp_format(shape):
        case "iso8601":
            return value.isoformat().replace("+00:00", "Z")
        case "rfc822":
            return email.utils.format_datetime(value, usegmt=True)
        case _:
            microseconds = (value - EPOCH) // MICROSECOND
            whole, rest = divmod(microseconds, 1_000_000)
            return microseconds / 1_000_000 if rest else whole


def read(shape: Shape, form: Any) -> Any:
    """What the data form means. It takes nothing that Smithy does not allow, and loses nothing."""
    if form is None:
        return None
    if shape.serialization.get("jsonvalue"):
        return {"JSON in a text": json.loads(form)}
    if isinstance(shape, StructureShape):
        return form if shape.is_document_type else _read_members(shape, form)
    if isinstance(shape, ListShape):
        return [read(item_of(shape), item) for item in _checked(form, list)]
    if isinstance(shape, MapShape):
        return {key: read(shape.value, item) for key, item in _checked(form, dict).items()}
    match shape.type_name:
        case "blob":
            return base64.b64decode(form, validate=True)
        case "float" | "double":
            if isinstance(form, str) and form not in ("NaN", "Infinity", "-Infinity"):
                raise ValueError(f"{form} is no float")
            return float(form)
        case "timestamp":
            return _read_moment(shape, form)
        case "boolean":
            return _checked(form, bool)
        case "integer" | "long":
            return _checked(form, int)
        case _:
            return _checked(form, str)


def _read_members(shape: StructureShape, form: Any) -> dict:
    members = {wire_name(shape, name): name for name in shape.members}
    found = {}
    for key, item in _checked(form, dict).items():
        if key in members:
            found[members[key]] = read(shape.members[members[key]], item)
        elif is_union(shape):
            # All of it: it must be sent back as it came.
            found[UNKNOWN_UNION_MEMBER] = {"name": key, "value": item}
        else:
            raise ValueError(f"{shape.name} has no member {key}")
    return found


def _checked(form: Any, kind: type) -> Any:
    if type(form) is not kind:
        raise ValueError(f"{form!r} is no {kind.__name__}")
    return form


def _read_moment(shape: Shape, form: Any) -> datetime.datetime:
    match timestamp_format(shape):
        case "iso8601":
            return datetime.datetime.fromisoformat(_checked(form, str))
        case "rfc822":
            return datetime.datetime.strptime(form, "%a, %d %b %Y %H:%M:%S GMT").replace(
                tzinfo=datetime.timezone.utc
            )
        case _:
            if type(form) not in (int, float):
                raise ValueError(f"{form!r} is no number of seconds")
            return EPOCH + datetime.timedelta(microseconds=round(form * 1_000_000))


def meaning(shape: Shape, value: Any) -> Any:
    """A value of botocore's, in one form for all that mean the same."""
    if value is None:
        return None
    if shape.serialization.get("jsonvalue"):
        return {"JSON in a text": json.loads(value)}
    if isinstance(shape, StructureShape):
        if shape.is_document_type or UNKNOWN_UNION_MEMBER in value:
            return value
        return {name: meaning(shape.members[name], item) for name, item in value.items()}
    if isinstance(shape, ListShape):
        return [meaning(shape.member, item) for item in value]
    if isinstance(shape, MapShape):
        return {key: meaning(shape.value, item) for key, item in value.items()}
    if shape.type_name in ("float", "double"):
        # A text where it is not finite: of the two JSON protocols botocore reads but one.
        return float(value)
    return value


def with_noise(shape: Shape, form: Any, chance: random.Random) -> Any:
    """The same meaning, said otherwise: unknown members, nulls for what is absent or skipped."""
    if form is None or shape.serialization.get("jsonvalue"):
        return form
    if isinstance(shape, StructureShape):
        if shape.is_document_type:
            return form
        # A union takes nothing unknown beside its member, but for the shape's name.
        noisy = {"__type": shape.name} if is_union(shape) else {"tomorrow": UNKNOWN_CONTENT}
        noisy |= {wire_name(shape, name): None for name in shape.members}
        names = {wire_name(shape, name): name for name in shape.members}
        for key, item in form.items():
            member = shape.members[names[key]] if key in names else None
            noisy[key] = with_noise(member, item, chance) if member else item
        keys = list(noisy)
        chance.shuffle(keys)
        return {key: noisy[key] for key in keys}
    sparse = shape._shape_model.get("sparse")
    if isinstance(shape, ListShape):
        items = [with_noise(shape.member, item, chance) for item in form]
        return items if sparse else [None, *items, None]
    if isinstance(shape, MapShape):
        entries = {key: with_noise(shape.value, item, chance) for key, item in form.items()}
        return entries if sparse else {"a key without a value": None, **entries}
    return form
