"""Nothing in the package needs POSIX, and no text depends on the encoding a machine happens to have.

Ruff bans the usual imports; this looks for the rest.
"""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

POSIX_MODULES = {
    *("_posixsubprocess", "crypt", "curses", "fcntl", "grp", "nis", "ossaudiodev", "posix", "pty", "pwd", "readline"),
    *("resource", "spwd", "syslog", "termios", "tty"),
}
_OS = (
    *("chown", "chroot", "fork", "forkpty", "getegid", "geteuid", "getgid", "getgroups", "getloadavg", "getpgid"),
    *("getpgrp", "getpriority", "getsid", "getuid", "initgroups", "kill", "killpg", "lchown", "mkfifo", "mknod"),
    *("nice", "openpty", "posix_spawn", "pread", "pwrite", "readv", "sched_getaffinity", "sendfile", "setegid"),
    *("seteuid", "setgid", "setpgid", "setsid", "setuid", "statvfs", "symlink", "sync", "sysconf", "ttyname"),
    *("uname", "wait", "wait3", "wait4", "writev"),
)
_SIGNAL = (
    *("SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGUSR1", "SIGUSR2"),
    *("alarm", "pause", "pthread_kill", "setitimer", "sigwait"),
)
#: Name -> the module that has it on POSIX alone, or with another meaning on Windows.
POSIX_NAMES = {**dict.fromkeys(_OS, "os"), **dict.fromkeys(_SIGNAL, "signal")}
POSIX_WAYS = {"chmod", "hardlink_to", "symlink_to"}
POSIX_PATH = re.compile(r"^/(?:bin|dev|etc|proc|run|tmp|usr|var)(?:/|$)")


def posix_needs(module: ast.Module) -> Iterator[str]:
    """What in a module exists only on POSIX, or means something else on Windows."""
    for node in ast.walk(module):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names if alias.name in POSIX_MODULES)
            case ast.ImportFrom(module=str(name)) if name in POSIX_MODULES:
                yield name
            case ast.ImportFrom(module=str(name), names=names):
                yield from (f"{name}.{alias.name}" for alias in names if POSIX_NAMES.get(alias.name) == name)
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if POSIX_NAMES.get(attribute) == name:
                yield f"{name}.{attribute}"
            case ast.Attribute(attr=attribute) if attribute in POSIX_WAYS:
                yield attribute
            case ast.Call(func=ast.Attribute(attr="get_context"), args=[ast.Constant(value="fork")]):
                yield "processes by fork"
            case ast.Constant(value=str(text)) if POSIX_PATH.match(text):
                yield text


def texts_without_encoding(module: ast.Module) -> Iterator[str]:
    """Calls that open a text file in whatever encoding the machine happens to have."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and not any(word.arg == "encoding" for word in node.keywords):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            # A file in an archive opens as bytes, a browser as itself; neither has an encoding to name.
            owner = getattr(node.func.value, "id", "") if isinstance(node.func, ast.Attribute) else ""
            packed = owner in ("archive", "webbrowser")
            binary = packed or any(isinstance(each, ast.Constant) and "b" in str(each.value) for each in node.args[:2])
            if name in {"read_text", "write_text"} or (name == "open" and not binary):
                yield f"line {node.lineno}: {name}"


def in_the_package(search: Callable[[ast.Module], Iterator[str]]) -> dict[str, list[str]]:
    """What a search finds, by file."""
    modules = sorted((ROOT / "src").rglob("*.py"))
    assert modules
    found = {path: list(search(ast.parse(path.read_text(encoding="utf-8")))) for path in modules}
    return {path.relative_to(ROOT).as_posix(): faults for path, faults in found.items() if faults}


@pytest.mark.parametrize(
    "snippet",
    [
        "import fcntl",
        "from pwd import getpwnam",
        "from os import fork",
        "import os\nos.kill(1, 9)",
        "import signal\nsignal.SIGKILL",
        "path.symlink_to(other)",
        "multiprocessing.get_context('fork')",
        "folder = '/var/lib'",
    ],
)
def test_the_search_finds_what_windows_lacks(snippet: str) -> None:
    assert list(posix_needs(ast.parse(snippet)))


def test_the_search_finds_missing_encodings() -> None:
    found = texts_without_encoding(
        ast.parse("path.read_text()\nopen(path)\npath.open('rb')\npath.open(encoding='utf-8')")
    )
    assert list(found) == ["line 1: read_text", "line 2: open"]


def test_nothing_needs_posix() -> None:
    assert in_the_package(posix_needs) == {}


def test_text_files_are_opened_in_a_named_encoding() -> None:
    assert in_the_package(texts_without_encoding) == {}
