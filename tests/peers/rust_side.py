"""The generated types at work: calls of `shapewright-wire`, whose path `cargo xtask ci` passes."""

import json
import os
import subprocess
from collections.abc import Iterable

WIRE = os.environ.get("SHAPEWRIGHT_WIRE", "")


def call(*arguments: str, text: str = "") -> list[str]:
    """The lines that the program prints."""
    if not WIRE:
        raise RuntimeError("SHAPEWRIGHT_WIRE is not set: run `cargo xtask ci --only peers`")
    done = subprocess.run(
        [WIRE, *arguments], input=text, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"shapewright-wire {' '.join(arguments)}: {done.stderr}")
    return done.stdout.split("\n")[:-1]


class Refused(str):
    """Why a type did not take a text."""


def through_types(texts: Iterable[tuple[str, str]]) -> list[str | Refused]:
    """Each JSON text of a shape, read into its Rust type and written again."""
    # Written by hand, so that the text arrives as it is; a line has no line break inside.
    lines = "".join(f'{{"shape": {json.dumps(shape)}, "json": {text}}}\n' for shape, text in texts)
    answers = []
    for line in call("filter", text=lines):
        if line.startswith('{"json":'):
            answers.append(line[len('{"json":') : -1])
        else:
            answers.append(Refused(json.loads(line)["error"]))
    return answers


def through_type(shape: str, text: str) -> str | Refused:
    return through_types([(shape, text)])[0]
