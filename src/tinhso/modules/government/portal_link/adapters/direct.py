"""The simulated portal without a network: its calls are made in this process, through the same JSON."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from tinhso.modules.government.portal_link.adapters.simulator import Reply, Simulator
from tinhso.modules.government.portal_link.ports import Refused, Unreachable


class Direct:
    """Carries calls to a simulator; `read_clock` says at which moment it answers."""

    def __init__(self, simulator: Simulator, read_clock: Callable[[], datetime]) -> None:
        self.simulator, self._read_clock = simulator, read_clock
        self.papers: dict[str, bytes] = {}

    def post(self, path: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> tuple[int, bytes]:
        """Status and body as they would come over the wire."""
        sent = json.loads(json.dumps(body))
        now, exchange = self._read_clock(), self.simulator.exchange
        if path == exchange.login_path:
            reply = self.simulator.login(sent, now)
        else:
            reply = self.simulator.call(sent, headers.get(exchange.key_header, ""), now)
        if reply.is_silent:
            raise Unreachable("hết giờ chờ")
        return reply.status, written(reply)

    def fetch(self, address: str, most: int, headers: Mapping[str, str]) -> bytes:  # noqa: ARG002
        """A paper that was laid down here."""
        if not address.startswith("memory:"):
            raise Refused("", "địa chỉ tệp không thuộc Cổng")
        if address not in self.papers:
            raise Unreachable("HTTP 404")
        return self.papers[address][: most + 1]


def written(reply: Reply) -> bytes:
    """The body of a reply; one without content is no JSON at all."""
    return json.dumps(reply.content).encode() if reply.content is not None else b"<html>502</html>"
