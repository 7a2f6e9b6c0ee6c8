"""The generated types at work: calls of the programs that `cargo xtask ci` builds."""

import json
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path


def place_of(variable: str) -> str:
    """Where a program is, as the variable tells."""
    if not (place := os.environ.get(variable)):
        raise RuntimeError(f"{variable} is not set: run `cargo xtask ci --only peers`")
    return place


def call(variable: str, program: str, *arguments: str, text: str = "") -> list[str]:
    """The lines that a program prints; the variable tells where it is."""
    place = place_of(variable)
    command = [str(Path(place) / program), *arguments]
    done = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{program or place} {' '.join(arguments)}: {done.stderr}")
    return done.stdout.split("\n")[:-1]


class Refused(str):
    """Why a type did not take a text."""


class Crate:
    """The crate of a service."""

    def __init__(self, service: str) -> None:
        self._program = f"wire-{service}"
        self.types = [json.loads(line) for line in self._call("types")]
        self._by_shape = {_plain(name): name for name in self.types}

    def _call(self, command: str, text: str = "") -> list[str]:
        return call("SHAPEWRIGHT_WIRE", self._program, command, text=text)

    def operations(self) -> dict[str, dict]:
        """What each operation tells of itself, by its name."""
        described = map(json.loads, self._call("operations"))
        return {one["name"]: one for one in described}

    def type_of(self, shape: str) -> str:
        """The type of a shape: of its name, in Rust's case, beside Rust's own `Option`."""
        plain = _plain(shape)
        return self._by_shape.get(plain) or self._by_shape[f"{plain}shape"]

    def through_types(self, texts: Iterable[tuple[str, str]]) -> list[str | Refused]:
        """Each JSON text of a shape, read into its Rust type and written again."""
        # Written by hand, so that the text arrives as it is; a line has no line break inside.
        lines = "".join(
            f'{{"type": {json.dumps(self.type_of(shape))}, "json": {text}}}\n'
            for shape, text in texts
        )
        answers = []
        for line in self._call("filter", lines):
            if line.startswith('{"json":'):
                answers.append(line[len('{"json":') : -1])
            else:
                answers.append(Refused(json.loads(line)["error"]))
        return answers

    def through_type(self, shape: str, text: str) -> str | Refused:
        return self.through_types([(shape, text)])[0]


def _plain(name: str) -> str:
    return name.replace("_", "").lower()
