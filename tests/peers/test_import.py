"""Importing a release afresh gives what is stored: the spec folder is what upstream published."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from repository import SPEC, newest

SHAPEWRIGHT = os.environ.get("SHAPEWRIGHT", "")


class Import(unittest.TestCase):
    def check(self, release: str, revision: str) -> None:
        with tempfile.TemporaryDirectory(prefix="shapewright-peers-") as folder:
            source = f"pypi:botocore=={release}"
            done = subprocess.run(
                [SHAPEWRIGHT, "--spec", folder, "import", source, "--service", "batch"],
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
            self.assertEqual(done.returncode, 0, done.stderr)
            service = Path(folder) / "batch"
            imported = [path.name for path in service.iterdir() if path.is_dir()]
            # Its name is the release's own day there: what came before is not known.
            self.assertEqual(len(imported), 1)
            self.assertEqual(files(service / imported[0]), files(SPEC / revision))

    def test_the_release_of_log_stream_name(self) -> None:
        self.check("1.6.1", "2017-08-14")

    def test_the_newest_release(self) -> None:
        self.check("1.44.5", newest())


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
