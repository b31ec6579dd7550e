"""What the project promises about itself: portable, pinned, permissively licensed, silent about where it was made."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "corridor"
MODULES = sorted(PACKAGE.rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

#: Machines that a reader of the README may have.
WINDOWS = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"}
PYTHONS = ("3.11", "3.12", "3.13")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# Portability

POSIX_MODULES = {
    *("_posixsubprocess", "crypt", "curses", "fcntl", "grp", "nis", "ossaudiodev", "posix", "pty", "pwd", "readline"),
    *("resource", "spwd", "syslog", "termios", "tty"),
}
POSIX_NAMES = {
    **dict.fromkeys(
        (
            *("chown", "chroot", "fork", "forkpty", "getegid", "geteuid", "getgid", "getgroups", "getloadavg"),
            *("getpgid", "getpgrp", "getpriority", "getsid", "getuid", "initgroups", "kill", "killpg", "lchown"),
            *("mkfifo", "mknod", "nice", "openpty", "posix_spawn", "pread", "pwrite", "readv", "sched_getaffinity"),
            *("sendfile", "setegid", "seteuid", "setgid", "setpgid", "setsid", "setuid", "statvfs", "symlink"),
            *("sync", "sysconf", "ttyname", "uname", "wait", "wait3", "wait4", "writev"),
        ),
        "os",
    ),
    **dict.fromkeys(("SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGUSR1", "SIGUSR2"), "signal"),
    **dict.fromkeys(("alarm", "pause", "pthread_kill", "setitimer", "sigwait"), "signal"),
}
POSIX_PATH = re.compile(r"^/(?:tmp|dev|proc|etc|var|usr|bin|run)(?:/|$)")
POSIX_WAYS = {"symlink_to", "hardlink_to", "chmod", "fchmod"}


def posix_needs(source: str) -> Iterator[str]:
    """What in a module's text exists only on POSIX, or means something else on Windows."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names if alias.name.partition(".")[0] in POSIX_MODULES)
            case ast.ImportFrom(module=str(module), names=names):
                yield from (module for _ in [0] if module.partition(".")[0] in POSIX_MODULES)
                yield from (f"{module}.{a.name}" for a in names if POSIX_NAMES.get(a.name) == module)
            case ast.Attribute(value=ast.Name(id=module), attr=name) if POSIX_NAMES.get(name) == module:
                yield f"{module}.{name}"
            case ast.Attribute(attr=name) if name in POSIX_WAYS:
                yield name
            case ast.Call(
                func=ast.Attribute(attr="get_context" | "set_start_method"), args=[ast.Constant(value="fork")]
            ):
                yield "multiprocessing by fork"
            case ast.Constant(value=str(text)) if POSIX_PATH.match(text):
                yield text


@pytest.mark.parametrize(
    "snippet",
    [
        "import fcntl",
        "from os import fork",
        "import os\nos.kill(1, 9)",
        "import signal\nsignal.SIGKILL",
        "path.symlink_to(other)",
        "multiprocessing.get_context('fork')",
        "folder = '/tm' 'p/x'",
    ],
)
def test_the_search_for_posix_finds_it(snippet: str) -> None:
    assert list(posix_needs(snippet))


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_nothing_needs_posix(module: Path) -> None:
    assert list(posix_needs(module.read_text(encoding="utf-8"))) == []


def texts_without_encoding(source: str) -> Iterator[int]:
    """Lines that open a text file in whatever encoding the machine happens to have."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or any(word.arg == "encoding" for word in node.keywords):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        binary = any(isinstance(arg, ast.Constant) and "b" in str(arg.value) for arg in node.args[:2])
        if name in {"read_text", "write_text"} or (name == "open" and not binary):
            yield node.lineno


def test_the_search_for_missing_encodings_finds_them() -> None:
    found = texts_without_encoding("path.read_text()\nopen(path)\npath.open('rb')\npath.open(encoding='utf-8')")
    assert list(found) == [1, 2]


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_text_files_are_opened_as_utf_8(module: Path) -> None:
    assert list(texts_without_encoding(module.read_text(encoding="utf-8"))) == []


# The package


@pytest.mark.parametrize("folder", sorted({path.parent for path in MODULES}), ids=named)
def test_every_package_folder_says_what_it_is(folder: Path) -> None:
    text = (folder / "__init__.py").read_text(encoding="utf-8")
    docstring = ast.get_docstring(ast.parse(text)) or ""
    assert len(docstring.split()) >= 3, f"{named(folder)}/__init__.py says nothing"


def in_a_fresh_process(code: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH")]))
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1", "NO_COLOR": "1"}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, cwd=ROOT, check=False)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["study", "--help"], ["add", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    heavy = {"altair", "babel", "jinja2", "narwhals", "numpy", "polars", "pydantic", "pypdfium2", "vl_convert"}
    asked = f"""
import sys
from corridor import cli
try:
    cli.app({arguments!r})
except SystemExit as ended:
    assert not ended.code, ended.code
print("loaded:", *sorted({heavy!r} & set(sys.modules)))
"""
    answer = in_a_fresh_process(asked)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.splitlines()[-1] == "loaded:"


def test_import_contracts_hold() -> None:
    answer = in_a_fresh_process(
        "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(cache_dir=None))"
    )
    report = answer.stdout + answer.stderr
    assert answer.returncode == 0, report
    kept = re.findall(r"^(.*?) KEPT\b", report, re.MULTILINE)
    assert kept == ["The floors of the house", "Analysis is arithmetic", "Indicators do not lean on each other"]


# Dependencies


def installed(names: Iterable[str], environment: dict[str, str]) -> dict[str, set[str]]:
    """What the requirements lead to: canonical name -> every version range asked for, over installed packages."""
    waiting = [Requirement(name) for name in names]
    asked: dict[str, set[str]] = {}
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        fresh = name not in asked
        asked.setdefault(name, set()).add(str(requirement.specifier))
        if fresh and applies_here(requirement):
            needs = (Requirement(text) for text in distribution(name).requires or [])
            extras = requirement.extras or {""}
            waiting += [need for need in needs if any(applies(need, {**environment, "extra": x}) for x in extras)]
    return asked


def applies(requirement: Requirement, environment: dict[str, str]) -> bool:
    return requirement.marker is None or requirement.marker.evaluate(environment)


def applies_here(requirement: Requirement) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


@cache
def constraints() -> dict[str, Version]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return {canonicalize_name(name): Version(version) for name, _, version in (line.partition("==") for line in lines)}


def test_constraints_are_names_and_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert lines
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9][\w.-]*==[0-9][0-9a-z.]*", line)] == []
    assert len(constraints()) == len(lines)
    assert "corridor" not in constraints()


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", [{}, WINDOWS], ids=["here", "windows"])
def test_constraints_pin_everything_that_is_installed(system: dict[str, str], python: str) -> None:
    declared = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    asked = installed(declared, {**system, "python_version": python, "python_full_version": f"{python}.0"})
    assert sorted(asked.keys() - constraints().keys()) == []
    unfit = [
        f"{name} {constraints()[name]} is not {specifier}"
        for name, specifiers in asked.items()
        for specifier in specifiers
        if not Requirement(f"{name}{specifier}").specifier.contains(constraints()[name], prereleases=True)
    ]
    assert unfit == []


def imported(paths: Iterable[Path]) -> set[str]:
    """The top-level names of other people's packages that these modules import."""
    names = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    own = {"corridor", *(path.stem for path in paths), *(path.parent.name for path in paths)}
    return names - own - sys.stdlib_module_names


@pytest.mark.parametrize(
    ("folders", "extras"), [(("src",), ()), (("src", "tests", "docs"), ("dev",))], ids=["package", "tests"]
)
def test_what_is_imported_is_declared(folders: tuple[str, ...], extras: tuple[str, ...]) -> None:
    wanted = [*PROJECT["dependencies"], *(each for extra in extras for each in PROJECT["optional-dependencies"][extra])]
    declared = {canonicalize_name(Requirement(text).name) for text in wanted}
    known = packages_distributions()
    names = imported([path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))])
    undeclared = {
        name for name in names if not declared & {canonicalize_name(each) for each in known.get(name, [name])}
    }
    assert undeclared - {"packaging"} == set()  # packaging comes with pytest, whose requirement it is


PERMISSIVE = {
    *("0BSD", "APACHE-2.0", "APACHE 2.0", "APACHE SOFTWARE LICENSE", "BSD", "BSD-2-CLAUSE", "BSD 2-CLAUSE LICENSE"),
    *("BSD-3-CLAUSE", "BSD LICENSE", "CC0-1.0", "ISC", "ISC LICENSE", "ISC LICENSE (ISCL)", "MIT", "MIT LICENSE"),
    *("PSF-2.0", "PYTHON SOFTWARE FOUNDATION LICENSE", "UNLICENSE", "ZLIB"),
}
#: pycountry is used as it comes, unmodified and replaceable, which its LGPL asks for.
#: pypdfium2 names the licences of PDFium's own parts, which are permissive, in words.
KNOWN = {"pycountry": {"LGPL-2.1-ONLY"}, "pypdfium2": {"DEPENDENCY LICENSES"}}


def licences(name: str) -> set[str]:
    """The licences a package states: as an expression, else as classifiers, else as a word or two."""
    about = distribution(name).metadata
    expression = about.get("License-Expression")
    classifiers = [each.rpartition(" :: ")[2] for each in about.get_all("Classifier") or [] if "License ::" in each]
    if expression:
        stated = re.split(r"\s+(?:AND|OR)\s+", expression.replace("(", "").replace(")", ""))
    else:
        stated = classifiers or re.split(r",\s*", about.get("License") or "")
    return {each.strip().upper() for each in stated}


@pytest.mark.parametrize("name", sorted(installed(PROJECT["dependencies"], {})))
def test_runtime_dependencies_are_free_to_use(name: str) -> None:
    stated = licences(name)
    assert stated - {""}, f"{name} states no licence"
    assert stated - PERMISSIVE - KNOWN.get(name, set()) == set()


# What a checkout says

#: Each written so that it does not find itself.
TELLTALES = {
    "a folder of somebody's machine": r"(?<![\w.])/(?:hom[e]|User[s]|roo[t]|wor[k]|op[t]|mn[t]|medi[a])/[\w.-]",
    "a folder of somebody's Windows": r"\b[A-Z]:\\\\?User[s]\b",
    "a package index": r"(?:pyp[i]\.org|pythonhoste[d]\.org|test\.pyp[i]|/simpl[e]/|index-ur[l]|find-link[s])",
    "a temporary folder of one machine": r"(?<![\w.])/tm[p]/[\w.-]",
    "a host of one workplace": r"\b[\w-]+\.(?:interna[l]|loca[l]|lan|cor[p]|intrane[t])\b(?![\w(.])",
    "a key": r"-----BEGI[N] |AKI[A][0-9A-Z]{16}|gh[p]_[A-Za-z0-9]{30}",
}


def kept_files() -> Iterator[Path]:
    """The files of the project, whatever else lies in the checkout."""
    for entry in ("src", "tests", "docs", "benchmarks", ".ci", ".github"):
        yield from (
            path for path in sorted((ROOT / entry).rglob("*")) if path.is_file() and "__pycache__" not in path.parts
        )
    yield from (path for path in sorted(ROOT.iterdir()) if path.is_file() and path.suffix in TEXTS)


TEXTS = {
    "",
    ".cff",
    ".md",
    ".toml",
    ".txt",
    ".py",
    ".yml",
    ".yaml",
    ".csv",
    ".po",
    ".html",
    ".css",
    ".js",
    ".svg",
    ".j2",
}


@pytest.mark.parametrize(
    "telltale",
    [
        "see /hom" + "e/anna/corridor",
        "C:\\User" + "s\\anna",
        "https://pyp" + "i.org/simple",
        "git.example.interna" + "l",
        "log in /tm" + "p/x.log",
    ],
)
def test_the_search_for_telltales_finds_them(telltale: str) -> None:
    assert any(re.search(pattern, telltale) for pattern in TELLTALES.values())


@pytest.mark.parametrize(("what", "pattern"), TELLTALES.items())
def test_no_file_tells_where_it_was_made(what: str, pattern: str) -> None:
    found = [
        f"{named(path)}:{number}: {line.strip()[:80]}"
        for path in kept_files()
        if path.suffix in TEXTS
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(pattern, line)
    ]
    assert found == [], what


def test_no_kept_file_is_large() -> None:
    assert [named(path) for path in kept_files() if path.stat().st_size > 1_000_000] == []
