"""botocore's protocol tests, and a service a protocol whose operations are those of all its cases.

`python protocols.py FOLDER` writes the services of the protocols that have a codec, in folders as
botocore's own are.
"""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from botocore.model import ServiceModel

import botocore_tests

VERSION = "2000-01-01"
WAYS = ("input", "output")
# What metadata must have and the suites leave out, as it does not travel.
METADATA = {"endpointPrefix": "protocol", "serviceId": "Protocol", "signatureVersion": "v4"}


def folder() -> Path:
    """Where the tests are: as the environment says, else in the sdist of our botocore."""
    if given := os.environ.get("SHAPEWRIGHT_PROTOCOL_TESTS"):
        return Path(given)
    return botocore_tests.folder() / "tests" / "unit" / "protocols"


@dataclass(frozen=True)
class Case:
    way: str
    suite: str
    facts: dict
    endpoint: str

    @property
    def name(self) -> str:
        return self.facts["id"]

    @property
    def operation(self) -> str:
        return self.facts["given"]["name"]


class Protocol:
    """A protocol, by the name of its files."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.suites = {way: suites(folder() / way / f"{name}.json") for way in WAYS}
        metadata = [suite["metadata"] for suite in self.all_suites()]
        self.metadata = metadata[0]
        if any(other != self.metadata for other in metadata):
            raise ValueError(f"the suites of {name} are no one service")
        # As folders of services are named.
        self.service = "protocol-" + name.replace("_", "-")

    @property
    def has_codec(self) -> bool:
        return self.metadata["protocol"] in ("json", "rest-json")

    def all_suites(self) -> list[dict]:
        return [suite for way in WAYS for suite in self.suites[way]]

    def cases(self) -> Iterator[Case]:
        for way in WAYS:
            for suite in self.suites[way]:
                endpoint = suite.get("clientEndpoint", "https://example.com")
                for facts in suite["cases"]:
                    yield Case(way, suite["description"], facts, endpoint)

    def model(self) -> dict:
        """One service with the shapes and operations of all suites: equal names are equal shapes."""
        shapes, operations = {}, {}
        for suite in self.all_suites():
            for name, shape in suite["shapes"].items():
                if shapes.setdefault(name, shape) != shape:
                    raise ValueError(f"{self.name} has two shapes {name}")
            for case in suite["cases"]:
                given = case["given"]
                into = operations.setdefault(given["name"], {"name": given["name"]})
                errors = into.get("errors", [])
                errors += [error for error in given.get("errors", []) if error not in errors]
                # An operation is cut in two, or into more: its input, its output, each error.
                into |= given | ({"errors": errors} if errors else {})
        for operation in operations.values():
            if operation.get("requestcompression") is not None:
                # As it was called before AWS had it.
                del operation["requestcompression"]
        metadata = METADATA | {"serviceFullName": self.service} | self.metadata
        return {
            "version": "2.0",
            "metadata": metadata,
            "operations": dict(sorted(operations.items())),
            "shapes": dict(sorted(shapes.items())),
        }

    def service_model(self) -> ServiceModel:
        return ServiceModel(self.model(), service_name=self.service)


def suites(file: Path) -> list[dict]:
    return json.loads(file.read_text("utf-8")) if file.is_file() else []


def protocols() -> list[Protocol]:
    files = {file.stem for way in WAYS for file in (folder() / way).glob("*.json")}
    return [Protocol(name) for name in sorted(files)]


def ignored() -> dict:
    """What botocore leaves out."""
    file = folder() / "protocol-tests-ignore-list.json"
    return json.loads(file.read_text("utf-8"))


def is_ignored(protocol: Protocol, case: Case) -> bool:
    lists = [ignored()["general"], ignored()["protocols"].get(protocol.name, {})]
    found = [of.get(case.way, {}) for of in lists]
    return any(
        case.suite in of.get("suites", []) or case.name in of.get("cases", []) for of in found
    )


def write(to: Path) -> list[str]:
    """Writes the services; their names."""
    written = [protocol for protocol in protocols() if protocol.has_codec]
    for protocol in written:
        place = to / protocol.service / VERSION
        place.mkdir(parents=True, exist_ok=True)
        text = json.dumps(protocol.model(), indent=1)
        (place / "service-2.json").write_text(text, "utf-8")
    return [protocol.service for protocol in written]


if __name__ == "__main__":
    print("\n".join(write(Path(sys.argv[1]))))
