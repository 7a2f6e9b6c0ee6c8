"""The tests that botocore ships in its sdist alone: fetched and unpacked once, kept in `.peers`."""

import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

import botocore

from repository import ROOT

SDISTS = ROOT / ".peers" / "sdists"


def unpacked() -> Path:
    """The folder of the sdist of the botocore that is installed, fetched by this machine's pip."""
    name = f"botocore-{botocore.__version__}"
    found = SDISTS / name
    if not found.is_dir():
        SDISTS.mkdir(parents=True, exist_ok=True)
        python = shutil.which("python3") or shutil.which("python") or "python"
        with tempfile.TemporaryDirectory(prefix="part-", dir=SDISTS) as folder:
            options = ["--quiet", "--no-input", "--disable-pip-version-check", "--no-deps"]
            options += ["--no-binary", "botocore", "--dest", folder]
            pip = [python, "-m", "pip", "download", *options, name.replace("-", "==")]
            subprocess.run(pip, check=True)
            with tarfile.open(Path(folder) / f"{name}.tar.gz") as archive:
                archive.extractall(folder, filter="data")
            # In one step, so that an interrupted run leaves no half of it.
            (Path(folder) / name).rename(found)
    return found
