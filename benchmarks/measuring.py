"""What every benchmark needs: the machine in words, a process's peak memory, and a process of one's own."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
#: The Python of an environment that has the peers (benchmarks/peers.txt), where this one has not.
PEERS = os.environ.get("CORRIDOR_PEERS") or sys.executable


class Unmeasured(Exception):
    """A benchmark lacks what it measures, or what it measures against."""


def packs() -> Path:
    """The folder of publishers' files: $CORRIDOR_TEST_DATA, else beside the checkout."""
    named = os.environ.get("CORRIDOR_TEST_DATA")
    return Path(named) if named else ROOT.parent / "shared" / "data"


def machine() -> str:
    """Processor, memory, system and Python, and how busy the machine is."""
    parts = [_processor(), f"{os.cpu_count()} processors", _memory(), f"{platform.system()} {platform.release()}"]
    return ", ".join(filter(None, [*parts, f"Python {platform.python_version()}", busy()]))


def busy() -> str:
    """How many processes wanted a processor over the last minute, where the system tells."""
    if not hasattr(os, "getloadavg"):
        return ""
    return f"{os.getloadavg()[0]:.1f} processes running or waiting"


def peak_megabytes() -> float | None:
    """The most memory this process ever held, where the system tells."""
    found = _line(Path("/proc/self/status"), "VmHWM")
    return int(found.split()[1]) / 1024 if found else None


def apart(script: str, arguments: Sequence[str], python: str = sys.executable) -> dict[str, Any]:
    """What a script prints last, as JSON, from a process of its own; else ``missing``: what it complained of."""
    command = [python, script, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, env=environment)
    if done.returncode:
        return {"missing": done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no answer"}
    return dict(json.loads(done.stdout.splitlines()[-1]))


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table, its first column text and the others numbers."""
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def beside(what: str, pairs: Sequence[tuple[dict[str, Any], dict[str, Any]]], limit: float) -> tuple[str, ...]:
    """A row of a table: median seconds of own and yardstick runs, their ratios by clock and processor, the limit."""
    times = [median(side["seconds"] for side in sides) for sides in zip(*pairs, strict=True)]
    ratios = (ratio(pairs, of) for of in ("seconds", "cpu"))
    return (what, *(f"{each:.2f}" for each in (*times, *ratios)), f"{limit}")


def ratio(pairs: Sequence[tuple[dict[str, Any], dict[str, Any]]], of: str) -> float:
    """The median of own runs over that of the yardstick's: of ``seconds`` or ``cpu``."""
    own, other = (median(side[of] for side in sides) for sides in zip(*pairs, strict=True))
    return float(own / other)


def kept(what: str, *, yes: bool) -> str:
    """A limit and whether it was kept, in a sentence."""
    return f"{what}: {'kept' if yes else 'NOT kept'}."


def _processor() -> str:
    found = _line(Path("/proc/cpuinfo"), "model name")
    return found.partition(":")[2].strip() if found else platform.processor() or platform.machine()


def _memory() -> str:
    found = _line(Path("/proc/meminfo"), "MemTotal")
    return f"{int(found.split()[1]) / 1024**2:.0f} GB" if found else ""


def _line(path: Path, word: str) -> str:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
    return next((line for line in lines if line.startswith(word)), "")


def printed(script: str, *arguments: str) -> str:
    """What another benchmark prints, as a block of a page; `Unmeasured` where it cannot run here."""
    command = [sys.executable, str(Path(__file__).with_name(script)), *arguments]
    told = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if not told.stdout.strip():
        raise Unmeasured((told.stderr.strip().splitlines() or ["it printed nothing"])[-1])
    return f"`benchmarks/{script}`:\n\n```\n{told.stdout.strip()}\n```"
