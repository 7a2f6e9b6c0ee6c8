"""A git clone gives what its releases give one by one. Needs git, so it stands here."""

import gzip
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

SHAPEWRIGHT = os.environ.get("SHAPEWRIGHT", "")
GIT = ["git", "-c", "user.name=Nobody", "-c", "user.email=nobody@example.org"]


def model(*operations: str, words: str = "") -> str:
    """A model with these operations."""
    http = {"method": "POST", "requestUri": "/"}
    return json.dumps(
        {
            "version": "2.0",
            "metadata": {"apiVersion": "2016-08-10", "serviceId": "Toy"},
            "operations": {name: {"name": name, "http": http} for name in operations},
            "shapes": {},
            "documentation": words,
        }
    )


# A release, its commit's time, and what it changes below the package's data; None removes.
SERVICE = "toy/2016-08-10/service-2.json"
RELEASES = [
    ("0.1.0", "2015-01-01T12:00:00 +0000", {"aws/toy.json": "{}"}),
    # In its own zone it is still the first of the month.
    ("1.0.0", "2016-12-01T23:30:00 -0800", {SERVICE: model("A")}),
    ("1.0.1", "2016-12-02T12:00:00 +0000", {"other/2016-01-01/service-2.json": model("X")}),
    ("1.0.2", "2016-12-03T12:00:00 +0000", {SERVICE: model("A", words="More.")}),
    ("1.0.10", "2016-12-05T12:00:00 +0000", {SERVICE: model("A", "B")}),
    ("1.0.9", "2016-12-04T12:00:00 +0000", {"toy/2016-08-10/examples-1.json": "{}"}),
    (
        "1.1.0",
        "2016-12-06T12:00:00 +0000",
        {
            "toy/2016-08-10/service-2.sdk-extras.json": json.dumps(
                {"version": 1.0, "merge": {"shapes": {"S": {"type": "string"}}}}
            ),
            "toy/2016-08-10/a\nname\twith \"all\" sorts": "",
        },
    ),
]


class Clone(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="shapewright-peers-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def clone(self, releases: list, *, tags: bool = True) -> Path:
        root = self.folder / "clone"
        root.mkdir()
        git(root, "init", "--quiet")
        for version, time, files in releases:
            files = {f"data/{name}": content for name, content in files.items()}
            files["__init__.py"] = f"__version__ = '{version}'\n"
            for name, content in files.items():
                path = root / "botocore" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content, encoding="utf-8")
            git(root, "add", "--all")
            git(root, "commit", "--quiet", "--message", "Words", time=time)
            if tags:
                git(root, "tag", "--annotate", "--message", "Words", version)
                git(root, "tag", f"{version}rc1")
        return root

    def ask(self, *words: object, environment: dict | None = None) -> subprocess.CompletedProcess:
        return subprocess.run(
            [SHAPEWRIGHT, "--spec", self.folder / "spec", *words],
            capture_output=True,
            encoding="utf-8",
            check=False,
            env=environment,
        )

    def imported(self, *sources: object) -> dict[str, bytes]:
        """The spec after an import of each source by a call of its own."""
        for source in sources:
            words = source if isinstance(source, tuple) else (source,)
            done = self.ask("import", *words, "--service", "toy")
            self.assertEqual(done.returncode, 0, done.stderr)
        spec = self.folder / "spec"
        files = {str(path.relative_to(spec)): path.read_bytes() for path in spec.rglob("*.*")
                 if path.is_file()}
        spec.rename(self.folder / f"spec-{len(list(self.folder.iterdir()))}")
        return files

    def test_all_revisions_in_one_call_are_those_of_the_releases_one_by_one(self) -> None:
        in_order = sorted(RELEASES, key=lambda release: release[1])
        root = self.clone(in_order)
        together = self.imported(root)
        changing = [release for release in in_order if release[0] not in ("0.1.0", "1.0.1", "1.0.9")]
        single = []
        for version, time, _ in changing:
            data = self.folder / version
            data.mkdir()
            archive = subprocess.run(
                [*GIT, "-C", root, "archive", version, "botocore"], capture_output=True, check=True
            )
            subprocess.run(["tar", "-x", "-C", data], input=archive.stdout, check=True)
            single.append((data / "botocore" / "data", "--date", time[:10]))
        self.assertEqual(together, self.imported(*reversed(single)))
        index = together["toy/history.toml"].decode()
        for version, time, _ in changing:
            self.assertIn(f'version = "{version}"\ndate = "{time[:10]}"\n', index)
        self.assertEqual(index.count("version = "), len(changing))

        # Bare, and without tags: the package states its version itself.
        git(self.folder, "clone", "--quiet", "--bare", root, "bare")
        self.assertEqual(self.imported(self.folder / "bare"), together)
        tags = git(root, "tag").split()
        git(root, "tag", "--delete", *tags)
        self.assertEqual(self.imported(root), together)

    def test_a_clone_that_cannot_be_used_says_why(self) -> None:
        root = self.clone(RELEASES[:2])
        done = self.ask("import", root, "--service", "to")
        self.assertEqual(done.returncode, 2)
        self.assertIn("no release has a service `to`; near to it are toy", done.stderr)
        done = self.ask("import", root, "--service", "toy", "--date", "2016-12-01")
        self.assertIn("leave out --release and --date", done.stderr)
        done = self.ask("import", root, "--service", "toy", environment={"PATH": ""})
        self.assertEqual(done.returncode, 2)
        self.assertIn("the program git, which is not there", done.stderr)
        git(self.folder, "clone", "--quiet", "--depth", "1", root.as_uri(), "shallow")
        done = self.ask("import", self.folder / "shallow", "--service", "toy")
        self.assertEqual(done.returncode, 2)
        self.assertIn("git fetch --unshallow --tags", done.stderr)
        self.assertFalse((self.folder / "spec").exists())

    def test_a_survey_reads_every_distinct_model_of_the_history(self) -> None:
        root = self.clone(RELEASES)
        done = self.ask("survey", root)
        self.assertEqual(done.returncode, 0, done.stderr)
        services, models, operations = done.stdout.splitlines()[1].split()[:3]
        self.assertEqual((services, models, operations), ("2", "4", "5"))

    def test_a_file_of_a_commit_is_a_side_of_a_diff(self) -> None:
        root = self.clone(RELEASES)
        path = f"botocore/data/{SERVICE}"
        now = root / path

        def diff(old: str, new: object) -> subprocess.CompletedProcess:
            return subprocess.run(
                [SHAPEWRIGHT, "diff", old, new, "--fail-on", "any", "--format", "json"],
                capture_output=True,
                check=False,
                cwd=root,
            )

        self.assertEqual(diff(f"HEAD:{path}", now).returncode, 0)
        changed = diff(f"1.0.0:{path}", now)
        self.assertEqual(changed.returncode, 1, changed.stderr)
        findings = json.loads(changed.stdout)["findings"]
        self.assertEqual([one["id"] for one in findings], ["operation-added"])
        # Packed files are files, and a folder within the clone does as well as its root.
        packed = root / "packed.json.gz"
        packed.write_bytes(gzip.compress(now.read_bytes()))
        git(root, "add", "packed.json.gz")
        git(root, "commit", "--quiet", "--message", "Words")
        self.assertEqual(diff("HEAD:packed.json.gz", now).returncode, 0)
        for missing in (f"HEAD:{path}x", f"nowhere:{path}"):
            done = diff(missing, now)
            self.assertEqual(done.returncode, 2)
            self.assertIn(f"git knows no file {missing}", done.stderr.decode())


def git(folder: Path, *words: object, time: str = "2016-01-01T12:00:00 +0000") -> str:
    environment = {**os.environ, "GIT_AUTHOR_DATE": time, "GIT_COMMITTER_DATE": time}
    done = subprocess.run(
        [*GIT, "-C", folder, *words],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env=environment,
    )
    return done.stdout
