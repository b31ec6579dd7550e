"""The server itself, on a loopback port: it answers, and says in one line why it cannot."""

from __future__ import annotations

import socket
from pathlib import Path
from threading import Thread
from urllib.request import urlopen

import pytest
from typer.testing import CliRunner

from corridor.cli import app as terminal
from corridor.errors import CorridorError, UsageError
from corridor.web.app import create
from corridor.web.serving import serve, server
from corridor.web.settings import Settings


def test_it_answers_on_a_real_port(tmp_path: Path) -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    running = server(create(Settings(tmp_path)))
    thread = Thread(target=running.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        with urlopen(f"http://127.0.0.1:{listening.getsockname()[1]}/start.json", timeout=60) as answer:
            assert answer.status == 200
            assert "server" not in {name.lower() for name in answer.headers}
    finally:
        running.should_exit = True
        thread.join(60)
        listening.close()


def test_a_port_in_use_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = Settings(tmp_path, port=taken.getsockname()[1])
        with pytest.raises(CorridorError, match="--port"):
            serve(settings, browser=False)


def test_the_terminal_refuses_a_network_without_a_token() -> None:
    refused = CliRunner().invoke(terminal, ["serve", "--host", "0.0.0.0", "--no-browser"])
    assert isinstance(refused.exception, UsageError)


@pytest.mark.parametrize(("host", "address"), [("127.0.0.1", "http://127.0.0.1:8000/"), ("::1", "http://[::1]:8000/")])
def test_the_address_a_browser_opens(host: str, address: str) -> None:
    assert Settings(Path("data"), host).address == address
