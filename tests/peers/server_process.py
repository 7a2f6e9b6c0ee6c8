"""Servers in processes of their own, on this machine alone: how one is started and how one serves.

The program of a server serves on a free port of 127.0.0.1, prints the port, and ends with its stdin.
"""

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator

HOST = "127.0.0.1"


@contextlib.contextmanager
def serving(program: str, folder: str | None = None, **variables: str) -> Iterator[int]:
    """The port of a server that runs meanwhile, in a folder, and that ends also if we die."""
    server = subprocess.Popen(
        [sys.executable, os.path.abspath(program)],
        cwd=folder,
        env=os.environ | variables,
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


async def serve_app(app) -> None:
    """Serves an ASGI application as the program of a server does."""
    from hypercorn.asyncio import serve
    from hypercorn.config import Config

    listening = socket.create_server((HOST, 0))
    config = Config()
    config.bind = [f"fd://{listening.fileno()}"]

    async def told_to_end() -> None:
        await asyncio.to_thread(sys.stdin.read)

    # Whoever connects before it serves waits for it.
    print(listening.getsockname()[1], flush=True)
    await serve(app, config, shutdown_trigger=told_to_end)
