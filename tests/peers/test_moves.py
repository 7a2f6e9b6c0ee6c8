"""Where `drift` says that endpoints moved, they did; where it says that none did, none did.

Between two releases upstream rewrote the endpoint rules of 91 services, and moved few endpoints. botocore
follows the rules of both releases: for every setting that is told, and for every region with all flags.
"""

import itertools
import json
import os
import subprocess
import tempfile
import unittest

from botocore.endpoint_provider import EndpointProvider
from botocore.exceptions import EndpointProviderError
from botocore.loaders import Loader

from wheels import newest, services, wheel

SHAPEWRIGHT = os.environ.get("SHAPEWRIGHT", "")
OLD, NEW = "1.38.44", "1.43.50"
RULES, SERVICE = "endpoint-rule-set-1.json", "service-2.json"
PARTITIONS = Loader().load_data("partitions")
# But for the one of each partition that rules name where a service has one endpoint for all: whether it
# stands in an endpoint as the region or as that cannot be told.
REGIONS = sorted(
    region
    for partition in PARTITIONS["partitions"]
    for region in partition["regions"]
    if region != partition["outputs"]["implicitGlobalRegion"]
)
FLAGS = ("UseFIPS", "UseDualStack")
MOVED = "endpoint-resolution-changed."


def load(service: str, release: str, file: str) -> dict:
    return json.loads(newest(service, release, file))


def rewritten() -> list[str]:
    """The services whose rules differ, but for the case of a type's name."""
    both = services(OLD, RULES) & services(NEW, RULES)

    def plain(service: str, release: str) -> dict:
        rules = load(service, release, RULES)
        for parameter in rules["parameters"].values():
            parameter["type"] = parameter["type"].lower()
        return rules

    return sorted(one for one in both if plain(one, OLD) != plain(one, NEW))


def run(*arguments: str) -> str:
    done = subprocess.run(
        [SHAPEWRIGHT, *arguments], capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode not in (0, 1):
        raise AssertionError(done.stderr)
    return done.stdout


def reports(names: list[str]) -> dict[str, dict]:
    """What `drift` tells of services, from one release to the other."""
    with tempfile.TemporaryDirectory(prefix="shapewright-peers-") as folder:
        wanted = itertools.chain.from_iterable(("--service", name) for name in names)
        run("--spec", folder, "import", str(wheel(OLD)), *wanted)
        against = ("--against", str(wheel(NEW)), "--format", "json")
        told = json.loads(run("--spec", folder, "drift", *against))
    return {report["service"]: report for report in told}


class Side:
    """The rules of a service in a release, as botocore follows them."""

    def __init__(self, service: str, release: str) -> None:
        rules = load(service, release, RULES)
        self._provider = EndpointProvider(rules, PARTITIONS)
        self.parameters = rules["parameters"]
        self.operations = load(service, release, SERVICE)["operations"]

    def fixed(self, operation: str | None) -> dict:
        """What an operation always tells the rules."""
        of = self.operations.get(operation, {}) if operation else {}
        told = of.get("staticContextParams", {})
        return {name: one["value"] for name, one in told.items() if name in self.parameters}

    def outcome(self, operation: str | None, settings: dict) -> tuple | None:
        """URL, properties and headers; nothing if there is no endpoint."""
        # What is not set is passed all the same: only then does botocore miss what is required.
        given = {name: settings.get(name) for name in self.parameters}
        try:
            found = self._provider.resolve_endpoint(**given | self.fixed(operation))
        except EndpointProviderError:
            return None
        properties = json.dumps(found.properties, sort_keys=True)
        return found.url.rstrip("/"), properties, json.dumps(found.headers, sort_keys=True)


def read(setting: str, operations: dict) -> tuple[str | None, dict]:
    """The operation and the parameters that a told setting means."""
    operation, parameters = None, {}
    for word in setting.split(", "):
        name, _, value = word.partition(" ")
        if word in operations:
            operation = word
        elif name == "no" or word == "always":
            pass
        elif value:
            parameters[name] = json.loads(value)
        elif name.startswith("Use") or name[0].isupper():
            parameters[name] = True
        else:
            parameters["Region"] = word
    return operation, parameters


def shown(outcome: tuple | None) -> str | None:
    return outcome[0] if outcome else None


def url(endpoint: str | dict | None) -> str | None:
    return endpoint["url"].rstrip("/") if isinstance(endpoint, dict) else endpoint


def anywhere(outcomes: list[tuple | None], region: str | None) -> str:
    """Two outcomes, whatever the region."""
    text = json.dumps(outcomes)
    return text.replace(region, "{Region}") if region else text


class Moves(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls) -> None:
        cls.services = rewritten()
        cls.reports = reports(cls.services)
        cls.sides = {name: [Side(name, OLD), Side(name, NEW)] for name in cls.services}

    def told(self, service: str) -> list[tuple[str, object, object]]:
        found = []
        for finding in self.reports[service]["findings"]:
            if finding["fact"] in ("endpoints-added", "endpoints-removed", "endpoints-moved"):
                for old, new in zip(finding["old"], finding["new"], strict=True):
                    self.assertEqual(old["setting"], new["setting"])
                    found.append((old["setting"], old["endpoint"], new["endpoint"]))
        return found

    def ids(self, service: str) -> set[str]:
        return {finding["id"] for finding in self.reports[service]["findings"]}

    def outcomes(self, service: str, operation: str | None, settings: dict) -> list[tuple | None]:
        if operation is None:
            # All tell the same.
            operation = min(set.intersection(*(set(one.operations) for one in self.sides[service])))
        return [side.outcome(operation, settings) for side in self.sides[service]]

    def test_the_releases_rewrote_many_rules(self) -> None:
        self.assertGreater(len(self.services), 90)
        rewritten_only = [
            name
            for name in self.services
            if not any(one.startswith(MOVED) and not one.endswith(".written") for one in self.ids(name))
        ]
        # Otherwise the tests below would say little.
        self.assertGreater(len(rewritten_only), 40)
        self.assertGreater(sum(bool(self.told(name)) for name in self.services), 10)

    def test_every_move_that_is_told_is_one(self) -> None:
        for service in self.services:
            operations = self.sides[service][1].operations
            for setting, before, after in self.told(service):
                # botocore takes no region for one of AWS's first partition.
                if "no Region" in setting:
                    continue
                with self.subTest(f"{service}: {setting}"):
                    operation, settings = read(setting, operations)
                    old, new = self.outcomes(service, operation, settings)
                    self.assertEqual([shown(old), shown(new)], [url(before), url(after)])
                    self.assertNotEqual(old, new)

    def test_every_move_in_a_region_is_told(self) -> None:
        for service in self.services:
            sides = self.sides[service]
            if f"{MOVED}rules" in self.ids(service):
                continue
            told = set()
            for setting, _, _ in self.told(service):
                operation, settings = read(setting, sides[1].operations)
                outcomes = self.outcomes(service, operation, settings)
                told.add(anywhere(outcomes, settings.get("Region")))
            both = sides[0].operations.keys() & sides[1].operations.keys()
            callers = {
                json.dumps([side.fixed(operation) for side in sides]): operation
                for operation in sorted(both)
            }
            flagged = itertools.product(*([False, True] for _ in FLAGS))
            for operation, region, flags in itertools.product(callers.values(), REGIONS, flagged):
                settings = {"Region": region, **dict(zip(FLAGS, flags, strict=True))}
                outcomes = self.outcomes(service, operation, settings)
                if outcomes[0] != outcomes[1]:
                    with self.subTest(f"{service}: {operation}, {settings}"):
                        self.assertIn(anywhere(outcomes, region), told)
