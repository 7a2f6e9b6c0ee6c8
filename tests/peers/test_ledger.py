"""Names stay, and so do types: on a real history in which an added member closes a cycle.

botocore 1.20.43 gave wafv2's `ManagedRuleGroupStatement` a member that holds a `Statement`, which
holds a `ManagedRuleGroupStatement`. The older of the two fields may not become a `Box` by that.
"""

import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

SHAPEWRIGHT = os.environ.get("SHAPEWRIGHT", "")
FIELD = re.compile(r"^    pub ((?:r#)?\w+): (.+),$")
OLDER = "Statement.managed_rule_group_statement"
ADDED = "ManagedRuleGroupStatement.scope_down_statement"


class Ledger(unittest.TestCase):
    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory(prefix="shapewright-peers-")
        self.addCleanup(scratch.cleanup)
        self.scratch = Path(scratch.name)

    def run_in(self, spec: str, *words: str) -> None:
        done = subprocess.run(
            [SHAPEWRIGHT, "--spec", str(self.scratch / spec), *words],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        self.assertEqual(done.returncode, 0, done.stderr)

    def fields_after(self, spec: str, release: str) -> dict[str, str]:
        """Imports a release on top of what is there: the types of all fields of the crate."""
        source = f"pypi:botocore=={release}"
        self.run_in(spec, "import", source, "--service", "wafv2")
        crate = self.scratch / f"{spec}-{release}"
        self.run_in(spec, "generate", "--service", "wafv2", "--out", str(crate))
        fields = {}
        for path in (crate / "src/types").glob("*.rs"):
            text = path.read_text(encoding="utf-8")
            structure = re.search(r"^pub struct (\w+) \{$", text, re.MULTILINE)
            for line in text.splitlines() if structure else []:
                if field := FIELD.match(line):
                    fields[f"{structure[1]}.{field[1]}"] = field[2]
        return fields

    def test_a_member_that_closes_a_cycle_changes_no_older_field(self) -> None:
        before: dict[str, str] = {}
        for release in ["1.20.42", "1.20.43", "1.20.100"]:
            after = self.fields_after("history", release)
            kept = {name: of for name, of in after.items() if name in before}
            self.assertEqual(kept, before, release)
            before = after
        self.assertEqual(before[OLDER], "Option<ManagedRuleGroupStatement>")
        self.assertEqual(before[ADDED], "Option<Box<Statement>>")

        # Who does not know the history puts the `Box` elsewhere: the test above can fail.
        alone = self.fields_after("alone", "1.20.100")
        self.assertEqual(alone[OLDER], "Option<Box<ManagedRuleGroupStatement>>")


if __name__ == "__main__":
    unittest.main()
