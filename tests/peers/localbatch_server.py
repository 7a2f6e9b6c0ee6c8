"""localbatch's server in a process of its own: a Batch that says what is absent by null.

As a program it serves on a free port of 127.0.0.1, prints the port, and ends with its stdin. Its jobs run
nowhere: they wait until they are terminated, and have failed then.
"""

import asyncio
import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from ministack_server import serve_app

QUEUE = "localbatch-default"


@contextlib.contextmanager
def running() -> Iterator[int]:
    """The port of a server that runs meanwhile, and that ends also if we die."""
    server = subprocess.Popen(
        [sys.executable, str(Path(__file__).resolve())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # A log of every request, which nobody reads unless something fails.
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with server:
        try:
            yield int(server.stdout.readline())
        finally:
            server.stdin.close()
            server.wait(timeout=30)


async def serve() -> None:
    from localbatch.server import create_app
    from localbatch.store import Store

    store = Store(queue_name=QUEUE)
    await serve_app(create_app(store, Nowhere(store)))


class Nowhere:
    """What would run jobs in containers."""

    def __init__(self, store) -> None:
        self._store = store

    def submit(self, job: dict) -> None:
        pass

    def terminate(self, job: str, reason: str) -> None:
        self._store.update_job(job, status="FAILED", statusReason=reason)


if __name__ == "__main__":
    asyncio.run(serve())
