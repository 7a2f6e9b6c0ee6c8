"""botocore's wheels, and the files in them as they were published. They stay in `.peers/wheels`."""

import gzip
import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from repository import ROOT

WHEELS = ROOT / ".peers" / "wheels"


def wheel(release: str) -> Path:
    """A release's wheel, fetched by this machine's pip if it is not there yet."""
    pattern = f"botocore-{release}-*.whl"
    found = list(WHEELS.glob(pattern))
    if not found:
        python = shutil.which("python3") or shutil.which("python") or "python"
        with tempfile.TemporaryDirectory(prefix="shapewright-peers-") as folder:
            options = ["--quiet", "--no-input", "--disable-pip-version-check", "--no-deps"]
            options += ["--only-binary", ":all:", "--dest", folder]
            pip = [python, "-m", "pip", "download", *options, f"botocore=={release}"]
            subprocess.run(pip, check=True)
            WHEELS.mkdir(parents=True, exist_ok=True)
            for fetched in Path(folder).glob(pattern):
                # In one step, so that an interrupted run leaves no half of a wheel.
                partial = WHEELS / (fetched.name + ".part")
                shutil.copyfile(fetched, partial)
                found.append(partial.rename(WHEELS / fetched.name))
    return found[0]


def newest(service: str, release: str, file: str) -> bytes:
    """A file of the newest API version of a service, as a release has it."""
    named = re.compile(rf"botocore/data/{re.escape(service)}/[^/]+/{re.escape(file)}(\.gz)?")
    with zipfile.ZipFile(wheel(release)) as archive:
        name = max(filter(named.fullmatch, archive.namelist()))
        packed = archive.read(name)
    return gzip.decompress(packed) if name.endswith(".gz") else packed


def services(release: str, file: str) -> set[str]:
    """The services of which a release has such a file."""
    named = re.compile(rf"botocore/data/([^/]+)/[^/]+/{re.escape(file)}(\.gz)?")
    with zipfile.ZipFile(wheel(release)) as archive:
        found = map(named.fullmatch, archive.namelist())
        return {name[1] for name in found if name}
