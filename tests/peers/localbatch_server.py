"""localbatch's server: a Batch that says what is absent by null.

Its jobs run nowhere: they wait until they are terminated, and have failed then.
"""

import asyncio
from contextlib import AbstractContextManager

from server_process import serve_app, serving

QUEUE = "localbatch-default"


def running() -> AbstractContextManager[int]:
    """The port of a server that runs meanwhile."""
    return serving(__file__)


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
