"""botocore's own tests, which its sdist has and its wheel lacks."""

import functools
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import botocore

from repository import ROOT

# Git ignores it.
STORE = ROOT / ".peers" / "sdist"


@functools.cache
def folder() -> Path:
    """The unpacked sdist of the botocore that is installed; fetched by pip, once."""
    name = f"botocore-{botocore.__version__}"
    unpacked = STORE / name
    if unpacked.is_dir():
        return unpacked
    STORE.mkdir(parents=True, exist_ok=True)
    archive = STORE / f"{name}.tar.gz"
    if not archive.is_file():
        download(archive)
    # Unpacked beside its place, so that what is interrupted is begun again.
    unfinished = STORE / f"{name}.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    with tarfile.open(archive) as packed:
        packed.extractall(unfinished, filter="data")
    (unfinished / name).rename(unpacked)
    unfinished.rmdir()
    return unpacked


def download(archive: Path) -> None:
    """Fetches the sdist by the pip outside: the environment of the tests has none."""
    # `sys.executable` is the environment's, `_base_executable` that of which it was made.
    python = getattr(sys, "_base_executable", None) or sys.executable
    requirement = f"botocore=={botocore.__version__}"
    command = [python, "-m", "pip", "download", "--quiet", "--no-input", "--no-deps"]
    command += ["--disable-pip-version-check", "--no-binary", "botocore"]
    command += ["--dest", str(archive.parent), requirement]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if not archive.is_file():
        raise RuntimeError(f"pip could not fetch the sdist of {requirement}: {done.stderr}")
