"""What each service of the comparison has, counted from its model: README.md's table of services.

Every kind of value must be in a service, so that the comparison means something.
"""

import collections
import re
import unittest
from pathlib import Path

from botocore.model import ListShape, MapShape, Shape, StructureShape

import data_form
import services
import values

TABLE = Path(__file__).with_name("README.md")
# Of these the models of services have none in a JSON body; the toy stands in.
TOY_ALONE = {"rfc822", "timestamp in map"}


def parts(shape: Shape) -> list[Shape]:
    """What a shape holds in the body."""
    if isinstance(shape, ListShape):
        return [shape.member]
    if isinstance(shape, MapShape):
        return [shape.value]
    if isinstance(shape, StructureShape):
        return [shape.members[name] for name in values.in_body(shape)]
    return []


def kinds(shape: Shape) -> list[str]:
    """The kinds of a shape, and those of its parts that belong to their place."""
    found = []
    if services.is_type(shape):
        found += ["union"] if shape.is_tagged_union else []
        found += ["event stream"] if shape.serialization.get("eventstream") else []
        found += [] if shape.members else ["empty structure"]
        found += ["recursion"] if reaches(shape, shape.name) else []
        names = [name for name in values.in_body(shape) if data_form.wire_name(shape, name) != name]
        found += ["renamed member"] * len(names)
    if shape._shape_model.get("sparse"):
        found.append(f"sparse {shape.type_name}")
    for part in parts(shape):
        if part.serialization.get("jsonvalue"):
            found.append("JSON in a text")
        elif getattr(part, "is_document_type", False):
            found.append("document")
        elif part.type_name == "timestamp":
            found.append(data_form.timestamp_format(part))
            if shape.type_name != "structure":
                found.append(f"timestamp in {shape.type_name}")
        elif part.type_name in ("blob", "double", "float", "long"):
            found.append(part.type_name)
    return found


def reaches(shape: Shape, name: str) -> bool:
    """Whether a shape holds one of that name, at any depth."""
    seen, left = set(), parts(shape)
    while left:
        part = left.pop()
        if part.name == name:
            return True
        if part.name not in seen:
            seen.add(part.name)
            left += parts(part)
    return False


def count(service: services.Service) -> collections.Counter:
    shapes = map(service.model.shape_for, service.model.shape_names)
    return collections.Counter(kind for shape in shapes for kind in kinds(shape))


def row(service: services.Service) -> str:
    """A service's row of the table."""
    metadata = service.model.metadata
    protocol = metadata["protocol"]
    if protocol == "json":
        protocol += f" {metadata['jsonVersion']}"
    covered = ", ".join(f"{kind} {number}" for kind, number in sorted(count(service).items()))
    structures = len(service.structures)
    return f"| `{service.name}` | {protocol} | {structures} | {covered} |"


class Coverage(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls) -> None:
        cls.services = [services.Service(name) for name in services.names()]

    def test_the_table_tells_what_the_models_have(self) -> None:
        rows = re.findall(r"^\| `[a-z0-9-]+` \| .*json.*$", TABLE.read_text("utf-8"), re.MULTILINE)
        self.assertEqual("\n".join(map(row, self.services)), "\n".join(rows))

    def test_every_kind_is_in_a_service(self) -> None:
        upstream = [service for service in self.services if service.name not in ("batch", "toy")]
        covered = {kind for service in upstream for kind in count(service)}
        [toy] = [service for service in self.services if service.name == "toy"]
        self.assertEqual(set(count(toy)) - covered, TOY_ALONE)
        protocols = {row(service).split(" | ")[1] for service in upstream}
        self.assertEqual(protocols, {"json 1.0", "json 1.1", "rest-json"})
