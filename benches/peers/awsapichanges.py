"""The CPU time of the tool behind awsapichanges.com, for the same work as ours.

Needs Python with botocore and docutils, and a checkout of the tool:

    python awsapichanges.py CHECKOUT revisions api-spec/batch
    python awsapichanges.py CHECKOUT folders OLD/botocore/data NEW/botocore/data

The first compares each stored revision with the one before, the second the newest model of every
service of two folders of plain JSON; both with loading. Files that are the same are not compared, as
the tool's own walk over commits does not see them.
"""

import json
import sys
import time
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")
sys.path.insert(0, sys.argv[1])

from apichanges.model import diff_model  # noqa: E402


def compare(old: bytes, new: bytes) -> str:
    """What became of a pair: how many changes, or the error that it crashes with."""
    try:
        return str(len(list(diff_model(json.loads(new), json.loads(old)))))
    except Exception as error:  # noqa: BLE001 - whatever stops the tool is a result
        return type(error).__name__


def revisions(folder: str) -> list[str]:
    files = sorted(Path(folder).glob("*/service-2.json"))
    models = [file.read_bytes() for file in files]
    return [compare(old, new) for old, new in zip(models, models[1:])]


def folders(old: str, new: str) -> list[str]:
    done = []
    for file in sorted(Path(new).glob("*/*/service-2.json")):
        other = Path(old) / file.relative_to(new)
        if other.is_file():
            before, after = other.read_bytes(), file.read_bytes()
            if before != after:
                done.append(compare(before, after))
    return done


def main() -> None:
    start = time.process_time()
    work = {"revisions": revisions, "folders": folders}[sys.argv[2]]
    done = work(*sys.argv[3:])
    crashes = sum(1 for one in done if not one.isdigit())
    seconds = time.process_time() - start
    print(f"{len(done)} pairs in {seconds:.2f} seconds of CPU, {crashes} crashes")


main()
