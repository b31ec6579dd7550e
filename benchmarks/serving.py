"""How many people can read the pages at once, and what a page costs next to its own query.

The server runs in a process of its own, as ``corridor serve`` does, over the files of the two Vietnamese offices. Fifty
people then ask for pages one after another for two minutes, each waiting for an answer before asking again. A request
that is not answered, or with another status than 200, is lost. A page is held against its query once more over ten
years of the world's trade, made up in BACI's layout.
"""

from __future__ import annotations

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, sleep

import baci
import httpx2
from answers_from_store import store
from measuring import ROOT, kept, table

from corridor.workspace import Workspace

SECTION = "The pages of `corridor serve`"
PEOPLE, SECONDS = 50, float(os.environ.get("CORRIDOR_BENCH_SECONDS") or 120)
FIRST_PAGE, MOST_TIMES = 150_000, 2.0
PAGES = (
    "/",
    "/flows?reporter=VNM&partner=RUS&period=2024-04",
    "/coverage?reporter=VNM&partner=RUS&period=2024",
    "/find?word=coal",
    "/method/rca",
    "/sources",
)
#: The pages that are held against their queries: over the offices' files, and over the world's.
_ASKED = "/flows?reporter=VNM&partner=RUS&period=2024-04"
_ASKED_WORLD = "/flows?reporter=VNM&partner=RUS&period=2020"
#: A year of the world at four digits of the HS; and the years.
WORLD_ROWS, WORLD_YEARS = 783_383, tuple(range(2013, 2023))


def run() -> str:
    """The section of docs/benchmarks.md."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = store(Path(folder))
        port = _free_port()
        server = _started(folder, port)
        address = f"http://127.0.0.1:{port}"
        try:
            first = len(httpx2.get(f"{address}/", timeout=60).content)
            page = _page(f"{address}{_ASKED}")
            query = _median(lambda: workspace.flows("VNM", "RUS", period="2024-04"))
            took, lost = asyncio.run(_crowd(address))
        finally:
            server.terminate()
            server.wait(30)
    return _told(first, (page, query), _over_the_world(), took, lost)


def _over_the_world() -> tuple[float, float]:
    """Seconds of a page over ten world years, and of its query."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder) / "data")
        sold = baci.trade(WORLD_ROWS)
        for year in WORLD_YEARS:
            path = Path(folder) / f"BACI_HS12_Y{year}_V202401.csv"
            baci.write(path, year, sold)
            workspace.add([path])
            path.unlink()
        port = _free_port()
        server = _started(str(Path(folder) / "data"), port)
        try:
            page = _page(f"http://127.0.0.1:{port}{_ASKED_WORLD}")
            query = _median(lambda: workspace.flows("VNM", "RUS", period="2020"))
        finally:
            server.terminate()
            server.wait(30)
    return page, query


def _told(first: int, offices: tuple[float, float], world: tuple[float, float], took: list[float], lost: int) -> str:
    (page, query), (world_page, world_query) = offices, world
    ranked = sorted(took)
    rows = [
        ["first page, with nothing asked", f"{first / 1000:.1f} kB"],
        ["one page of figures", f"{page * 1000:.0f} ms"],
        ["its query alone, in Python", f"{query * 1000:.0f} ms"],
        [f"one page over {len(WORLD_YEARS)} world years of {WORLD_ROWS:,} rows", f"{world_page * 1000:.0f} ms"],
        ["its query alone, in Python", f"{world_query * 1000:.0f} ms"],
        [f"{PEOPLE} people for {SECONDS:.0f} s: requests answered", f"{len(took):,}"],
        ["requests lost", str(lost)],
        ["median wait", f"{statistics.median(took) * 1000:.0f} ms"],
        ["wait of the slowest hundredth", f"{ranked[int(len(ranked) * 0.99)] * 1000:.0f} ms"],
    ]
    limits = [
        kept(f"Asked for, a first page under {FIRST_PAGE / 1000:.0f} kB", yes=first < FIRST_PAGE),
        kept(
            f"Asked for, a page over ten world years in at most {MOST_TIMES:g} times its query",
            yes=world_page <= MOST_TIMES * world_query,
        ),
        kept("Asked for, no request lost", yes=not lost),
    ]
    intro = (
        "`benchmarks/serving.py`: the server in a process of its own over the two Vietnamese offices' files, asked over"
        " the loopback; those who ask share the machine's processors with it."
    )
    return f"{intro}\n\n{table(['', ''], rows)}\n\n{' '.join(limits)}"


def _page(address: str) -> float:
    """Seconds of a page, as a browser asks for it: one that is there already, and not made for each question."""
    with httpx2.Client(timeout=300) as client:
        return _median(lambda: client.get(address))


def _median(work: Callable[[], object], times: int = 7) -> float:
    seconds = []
    for _ in range(times):
        begun = perf_counter()
        work()
        seconds.append(perf_counter() - begun)
    return statistics.median(seconds)


async def _crowd(address: str) -> tuple[list[float], int]:
    took: list[float] = []
    lost = 0
    until = perf_counter() + SECONDS

    async def person(client: httpx2.AsyncClient, place: int) -> None:
        nonlocal lost
        while perf_counter() < until:
            begun = perf_counter()
            try:
                answer = await client.get(f"{address}{PAGES[place % len(PAGES)]}")
            except httpx2.HTTPError:
                lost += 1
            else:
                lost += answer.status_code != httpx2.codes.OK
                took.append(perf_counter() - begun)
            place += 1

    limits = httpx2.Limits(max_connections=PEOPLE)
    async with httpx2.AsyncClient(timeout=120, limits=limits) as client:
        await asyncio.gather(*(person(client, place) for place in range(PEOPLE)))
    return took, lost


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _started(folder: str, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "corridor", "serve", "--data", folder, "--port", str(port), "--no-browser"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet)
    for _ in range(600):
        with socket.socket() as asking:
            if not asking.connect_ex(("127.0.0.1", port)):
                return server
        sleep(0.1)
    server.terminate()
    raise RuntimeError("the server did not come up within a minute")


if __name__ == "__main__":
    print(run())
