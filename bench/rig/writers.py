"""Writers over HTTP: threads that send one request after the other on kept connections, and what each took."""

import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

PATIENCE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Heard:
    """What a round of writing came to: requests a second, and how long each took, in seconds."""

    rate: float
    latencies: list[float]


def write_for(seconds: float, port: int, requests: Sequence[Callable[[], bytes]]) -> Heard:
    """
    Send for that long, one thread for each of `requests`, which makes the next request of its writer.

    :raises RuntimeError: something other than 200 or 201 was answered
    """
    latencies: list[list[float]] = [[] for _ in requests]
    troubles: list[BaseException] = []
    until = time.perf_counter() + seconds

    def write(number: int) -> None:
        try:
            with socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS) as line:
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                while time.perf_counter() < until:
                    request = requests[number]()
                    begun = time.perf_counter()
                    line.sendall(request)
                    _read_answer(line)
                    latencies[number].append(time.perf_counter() - begun)
        except (OSError, RuntimeError) as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(len(requests))]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if troubles:
        raise RuntimeError(f"a writer failed: {troubles[0]}") from troubles[0]
    every = [each for one in latencies for each in one]
    return Heard(len(every) / (time.perf_counter() - begun), every)


def _read_answer(line: socket.socket) -> None:
    found = b""
    while b"\r\n\r\n" not in found:
        piece = line.recv(65536)
        if not piece:
            raise RuntimeError("the server hung up")
        found += piece
    head, _, body = found.partition(b"\r\n\r\n")
    lengths = [each for each in head.lower().split(b"\r\n") if each.startswith(b"content-length:")]
    missing = int(lengths[0].split(b":")[1]) - len(body) if lengths else 0
    while missing > 0:
        piece = line.recv(missing)
        body, missing = body + piece, missing - len(piece)
    if head.split(b" ", 2)[1] not in (b"200", b"201"):
        raise RuntimeError(f"{head[:200]!r} {body[:600]!r}")


def post(path: str, body: bytes, headers: dict[str, str]) -> bytes:
    """A whole POST request."""
    lines = [
        f"POST {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    ]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body
