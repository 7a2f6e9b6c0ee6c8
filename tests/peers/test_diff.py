"""Real models that broke their clients: `diff` finds what an oracle of its own finds.

`oracle.py` tells the changes a second time; both must tell the same findings, with their ways,
severities and operations. The models come from botocore's wheels, which stay in `.peers/wheels`.
"""

import collections
import functools
import json
import os
import re
import subprocess
import tempfile
import unittest
from dataclasses import dataclass
from pathlib import Path

import oracle
from oracle import BREAKING, DOCS, GRAVITY, RISK, RULES, SAFE, Finding, Oracle, Renames
from wheels import newest

SHAPEWRIGHT = os.environ.get("SHAPEWRIGHT", "")
README = Path(__file__).with_name("README.md")
MEMBER = re.compile(r"shapes\.([^.]+)\.members\.")


@dataclass(frozen=True)
class Transition:
    """A service at two releases."""

    service: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.service} {self.old} → {self.new}"


TIMESTAMP_TO_STRING = Transition("chime-sdk-voice", "1.43.49", "1.43.50")
# Small services with breaking changes of many kinds.
BROKEN = [
    Transition("discovery", "1.4.19", "1.4.20"),
    Transition("discovery", "1.29.60", "1.29.155"),
    Transition("frauddetector", "1.15.41", "1.17.24"),
    Transition("frauddetector", "1.17.24", "1.17.28"),
    Transition("securitylake", "1.29.60", "1.29.155"),
    Transition("securitylake", "1.34.41", "1.34.82"),
    Transition("workspaces-thin-client", "1.34.41", "1.34.82"),
    Transition("workspaces-thin-client", "1.34.82", "1.38.44"),
    TIMESTAMP_TO_STRING,
]
# The largest there are, over a year.
TRANSITIONS = BROKEN + [
    Transition("ec2", "1.38.44", "1.43.50"),
    Transition("glue", "1.38.44", "1.43.50"),
    Transition("quicksight", "1.38.44", "1.43.50"),
    Transition("sagemaker", "1.38.44", "1.43.50"),
]


def model(service: str, release: str) -> bytes:
    """A service's newest `service-2.json` of a release, as it was published."""
    return newest(service, release, "service-2.json")


def report(old: bytes, new: bytes) -> dict:
    """What `diff` tells of two models."""
    with tempfile.TemporaryDirectory(prefix="shapewright-peers-") as folder:
        paths = [str(Path(folder) / side) for side in ("old.json", "new.json")]
        for path, text in zip(paths, (old, new), strict=True):
            Path(path).write_bytes(text)
        command = [SHAPEWRIGHT, "diff", *paths, "--format", "json"]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return json.loads(done.stdout)


def renames(findings: list[dict]) -> Renames:
    """What `diff` takes for a new name."""
    found = Renames()
    for finding in findings:
        if finding["fact"] == "operation-renamed":
            found.operations[finding["old"]] = finding["new"]
        elif finding["fact"] == "member-renamed":
            after = MEMBER.match(finding["path"])[1]
            before = MEMBER.match(finding["oldPath"])[1]
            members = found.members.setdefault((before, after), {})
            members[finding["old"]] = finding["new"]
    return found


def told(finding: dict, other: Oracle) -> list[Finding]:
    """What a finding is to the oracle, to which a new name is one thing that went and one that came."""
    path, old_path, direction = finding["path"], finding.get("oldPath"), finding["direction"]
    operations = frozenset(finding["operations"])
    uses = {way: operations if way == direction else () for way in (oracle.SEND, oracle.RECEIVE)}
    old, new = finding["old"], finding["new"]
    match finding["fact"]:
        case "operation-renamed":
            deprecated = other.old.operations[old].get("deprecated")
            gone = "operation-removed" + ("-after-deprecation" if deprecated else "")
            return [other.operation(gone, old), other.operation("operation-added", new)]
        case "member-renamed":
            after, before = MEMBER.match(path)[1], MEMBER.match(old_path)[1]
            at = [oracle.path("shapes", after, "members", name) for name in (old, new)]
            was = [oracle.path("shapes", before, "members", name) for name in (old, new)]
            if (at[1], was[0]) != (path, old_path):
                raise AssertionError(f"{path} is not where {old} became {new}")
            was = was if before != after else [None, None]
            gone = oracle.judged(other.gone(before, after), at[0], was[0], uses)
            came = oracle.judged(other.came(after, new), at[1], was[1], uses)
            return [*gone, *came]
        case "shape-renamed":
            ways = (oracle.SEND, oracle.RECEIVE)
            before = {way: other.reached["old", way].get(old, set()) for way in ways}
            gone = oracle.judged("shape-removed", old_path, None, before)
            return [*gone, *oracle.judged("shape-added", path, None, uses)]
    if finding["id"] not in RULES or path.startswith("metadata."):
        return []
    severity = finding["severity"]
    return [Finding(finding["id"], path, old_path, direction, severity, operations)]


@dataclass
class Compared:
    """Two models as `diff` and the oracle compare them."""

    report: dict
    ours: set[Finding]
    oracles: set[Finding]

    @property
    def findings(self) -> list[dict]:
        return self.report["findings"]

    def breaking(self) -> collections.Counter:
        """How often each rule finds something breaking."""
        return collections.Counter(one["id"] for one in self.findings if one["severity"] == BREAKING)

    def figures(self) -> list[str]:
        """The figures of the table."""
        operations = collections.Counter(one["status"] for one in self.report["operations"])
        severities = collections.Counter(one["severity"] for one in self.findings)
        rules = ", ".join(f"{rule} {count}" for rule, count in sorted(self.breaking().items()))
        counts = [operations[status] for status in ("new", "updated", "removed")]
        counts += [severities[severity] for severity in (BREAKING, RISK, SAFE, DOCS)]
        return [*(f"{count:,}" for count in [*counts, len(self.oracles)]), rules]


def compare(old: bytes, new: bytes) -> Compared:
    answer = report(old, new)
    findings = answer["findings"]
    other = Oracle(json.loads(old), json.loads(new), renames(findings))
    ours = {one for finding in findings for one in told(finding, other)}
    return Compared(answer, ours, other.findings())


@functools.cache
def compared(transition: Transition) -> Compared:
    sides = (model(transition.service, release) for release in (transition.old, transition.new))
    return compare(*sides)


class Diff(unittest.TestCase):
    maxDiff = None

    def test_findings_are_those_of_the_oracle(self) -> None:
        for transition in TRANSITIONS:
            with self.subTest(str(transition)):
                both = compared(transition)
                self.assertEqual(listed(both.oracles - both.ours), [], "the oracle alone")
                self.assertEqual(listed(both.ours - both.oracles), [], "`diff` alone")

    def test_what_broke_clients_is_found_breaking(self) -> None:
        for transition in BROKEN:
            with self.subTest(str(transition)):
                self.assertEqual(compared(transition).report["verdict"]["severity"], BREAKING)

    def test_every_fact_is_known(self) -> None:
        for transition in TRANSITIONS:
            with self.subTest(str(transition)):
                found = [one for one in compared(transition).findings if is_unknown(one)]
                self.assertEqual(found, [])

    def test_a_timestamp_that_became_a_string_is_found(self) -> None:
        findings = compared(TIMESTAMP_TO_STRING).findings
        found = [one for one in findings if one["id"] == "member-type-changed"]
        self.assertEqual(len(found), 1)
        kinds = [found[0][side]["type"] for side in ("old", "new")]
        self.assertEqual((found[0]["severity"], kinds), (BREAKING, ["timestamp", "string"]))
        self.assertEqual(found[0]["path"], "shapes.PhoneNumberOrder.members.FocDate.shape")

    def test_the_table_of_what_is_found_is_up_to_date(self) -> None:
        sides = ((one, compared(one)) for one in TRANSITIONS)
        rows = [
            f"| `{one.service}` {one.old} → {one.new} | {' | '.join(both.figures())} |"
            for one, both in sides
        ]
        print("", *rows, sep="\n")
        text = README.read_text("utf-8")
        self.assertEqual([row for row in rows if row not in text], [])


def listed(findings: set[Finding]) -> list[str]:
    """The findings as lines, the gravest first."""
    ordered = sorted(findings, key=lambda one: (-GRAVITY.index(one.severity), one.path))
    return [str(one)[:400] for one in ordered[:40]]


def is_unknown(finding: dict) -> bool:
    return finding["id"] == "unknown-fact-changed"


if __name__ == "__main__":
    unittest.main()
