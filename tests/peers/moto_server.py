"""moto's server: an AWS to talk to, on this machine alone."""

import contextlib
import http.client
import json
import sys
from collections.abc import Iterator

from server_process import HOST, serving


@contextlib.contextmanager
def running(**variables: str) -> Iterator[int]:
    """The port of a server that runs meanwhile."""
    with serving(__file__, **variables) as port:
        # Jobs end at once instead of running in containers.
        post(port, "/moto-api/config", json.dumps({"batch": {"use_docker": False}}))
        yield port


def post(port: int, path: str, body: str, **headers: str) -> str:
    """The body of the answer, which must be one of success."""
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    with contextlib.closing(connection):
        json_type = {"Content-Type": "application/json"}
        connection.request("POST", path, body.encode(), json_type | headers)
        answer = connection.getresponse()
        text = answer.read().decode()
    if answer.status not in (200, 201):
        raise RuntimeError(f"{path} answers {answer.status}: {text}")
    return text


def serve() -> None:
    from moto.moto_server.threaded_moto_server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address=HOST, port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    print(port, flush=True)
    sys.stdin.read()
    server.stop()


if __name__ == "__main__":
    serve()
