"""Where things are in the repository, and the stored models as botocore loads them."""

import shutil
import tempfile
from pathlib import Path

from botocore.loaders import Loader
from botocore.model import ServiceModel

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "api-spec" / "batch"
API_VERSION = "2016-08-10"


def revisions() -> list[str]:
    """The stored revisions, oldest first: they are named by their day."""
    return sorted(folder.name for folder in SPEC.iterdir() if folder.is_dir())


def newest() -> str:
    return revisions()[-1]


class StoredRevision:
    """A revision in the folders that botocore's loader wants: `batch/2016-08-10/service-2.json`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._folder = tempfile.TemporaryDirectory(prefix="shapewright-peers-")
        shutil.copytree(SPEC / name, Path(self._folder.name) / "batch" / API_VERSION)
        # botocore's own folder stays behind ours: partitions and retries come from there.
        self.loader = Loader(extra_search_paths=[self._folder.name])

    def __enter__(self) -> "StoredRevision":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._folder.cleanup()

    def has(self, kind: str) -> bool:
        return (SPEC / self.name / f"{kind}.json").is_file()

    def load(self, kind: str) -> dict:
        """One of the files, such as `paginators-1`, through botocore's loader."""
        return self.loader.load_service_model("batch", kind, API_VERSION)

    def service(self) -> ServiceModel:
        return ServiceModel(self.load("service-2"), service_name="batch")
