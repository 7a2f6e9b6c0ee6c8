"""What botocore's loader merges into a model is in what an import stores."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

import botocore
from botocore.loaders import Loader

SHAPEWRIGHT = os.environ.get("SHAPEWRIGHT", "")
DATA = Path(botocore.__file__).parent / "data"


class Extras(unittest.TestCase):
    def test_every_service_that_has_extras(self) -> None:
        extras = sorted(DATA.glob("*/*/*.sdk-extras.json*"))
        self.assertGreater(len(extras), 0)
        services = sorted({path.parent.parent.name for path in extras})
        with tempfile.TemporaryDirectory(prefix="shapewright-peers-") as folder:
            merged = Path(folder) / "merged"
            for path in {path.parent for path in extras}:
                loaded(path, merged / path.parent.name / path.name)
            ours = stored(Path(folder) / "ours", DATA, services)
            theirs = stored(Path(folder) / "theirs", merged, services)
            self.assertEqual(ours.keys(), theirs.keys())
            for name, content in theirs.items():
                self.assertEqual(ours[name], content, name)


def loaded(source: Path, target: Path) -> None:
    """Writes what botocore's loader gives for each file of a service."""
    target.mkdir(parents=True)
    for kind in ("service-2", "paginators-1", "waiters-2", "endpoint-rule-set-1"):
        if any(source.glob(f"{kind}.json*")):
            model = Loader().load_service_model(source.parent.name, kind, source.name)
            (target / f"{kind}.json").write_text(json.dumps(model), encoding="utf-8")


def stored(spec: Path, data: Path, services: list[str]) -> dict[str, bytes]:
    """Every revision file after an import of these services."""
    wanted = [word for service in services for word in ("--service", service)]
    call = [SHAPEWRIGHT, "--spec", spec, "import", data, "--date", "2026-01-01", *wanted]
    if not (data.parent / "__init__.py").exists():
        call += ["--release", botocore.__version__]
    done = subprocess.run(call, capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    files = (path for path in spec.rglob("*.json") if path.is_file())
    return {str(path.relative_to(spec)): path.read_bytes() for path in files}
