"""The server itself: one process, a browser opened once it listens."""

from __future__ import annotations

import socket
import webbrowser

import uvicorn
from fastapi import FastAPI

from corridor.errors import CorridorError
from corridor.web.app import create
from corridor.web.settings import Settings

#: Requests answered at once; the others wait their turn.
_BACKLOG = 2048


class _Server(uvicorn.Server):
    """A server that opens the browser when it listens."""

    def __init__(self, config: uvicorn.Config, opens: str) -> None:
        super().__init__(config)
        self._opens = opens

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listens, then opens the browser, if it was asked to."""
        await super().startup(sockets)
        if self.started and self._opens:
            webbrowser.open(self._opens)


def serve(settings: Settings, *, browser: bool) -> None:
    """Serves until it is stopped. Raises `CorridorError` where the address cannot be had."""
    with _listening(settings) as listening:
        server(create(settings), settings.address if browser else "").run(sockets=[listening])


def server(app: FastAPI, opens: str = "") -> uvicorn.Server:
    """A server of the application that names itself to nobody."""
    return _Server(uvicorn.Config(app, log_level="warning", server_header=False, ws="none", backlog=_BACKLOG), opens)


def _listening(settings: Settings) -> socket.socket:
    kind = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=kind, backlog=_BACKLOG)
    except OSError as fault:
        raise CorridorError(
            f"{settings.host}:{settings.port} cannot be listened at ({fault.strerror})",
            next_step="choose another with --port",
        ) from None
