"""What the project leans on: declared, pinned in constraints.txt, and free to use."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RUNTIME: list[str] = PROJECT["dependencies"]
DEV: list[str] = PROJECT["optional-dependencies"]["dev"]
#: What single verbs need and import late.
EXTRAS: list[str] = [each for name, them in PROJECT["optional-dependencies"].items() if name != "dev" for each in them]

WINDOWS = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"}


def requirements(declared: Iterable[str], machine: dict[str, str]) -> list[Requirement]:
    """Everything that the declared packages lead to on a machine, read from the installed packages.

    A package needed on that machine alone is not installed on this one, and is not looked into.
    """
    waiting = [Requirement(text) for text in declared]
    found: dict[str, Requirement] = {}
    while waiting:
        here = waiting.pop()
        if str(here) not in found:
            found[str(here)] = here
            needs = map(Requirement, distribution(here.name).requires or []) if applies(here, {}) else ()
            waiting += [need for need in needs if any(applies(need, machine, each) for each in here.extras or {""})]
    return list(found.values())


def applies(requirement: Requirement, machine: dict[str, str], extra: str = "") -> bool:
    return requirement.marker is None or requirement.marker.evaluate({**machine, "extra": extra})


@cache
def pinned() -> dict[str, Version]:
    """Name -> version of constraints.txt."""
    lines = (line.partition("==") for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines())
    return {canonicalize_name(name): Version(version) for name, _, version in lines}


def test_constraints_are_names_and_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert lines
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9][\w.-]*==[0-9][0-9a-z.]*", line)] == []
    assert len(pinned()) == len(lines), "a package is pinned twice"
    assert "corridor" not in pinned()


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("system", [{}, WINDOWS], ids=["this-system", "windows"])
def test_constraints_pin_all_that_is_installed(system: dict[str, str], python: str) -> None:
    asked = requirements([*RUNTIME, *DEV], {**system, "python_version": python, "python_full_version": f"{python}.0"})
    missing = {each.name for each in asked if canonicalize_name(each.name) not in pinned()}
    assert missing == set()
    unfit = [
        str(each)
        for each in asked
        if not each.specifier.contains(pinned()[canonicalize_name(each.name)], prereleases=True)
    ]
    assert unfit == []


def test_what_windows_alone_needs_is_among_the_requirements() -> None:
    names = {each.name for each in requirements(RUNTIME + DEV, WINDOWS)}
    assert "colorama" in names - {each.name for each in requirements(RUNTIME + DEV, {"sys_platform": "linux"})}


installed = cache(packages_distributions)


def imported(paths: Iterable[Path]) -> dict[str, str]:
    """The top-level names of installed packages that modules import, with a module that does."""
    found = {}
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0]: path.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found[node.module.partition(".")[0]] = path.name
    others = installed().keys() - {"corridor"} - sys.stdlib_module_names
    return {name: file for name, file in found.items() if name in others}


#: Packages used together with the declared one that cannot do without them.
COMES_WITH = {"markupsafe": "jinja2", "packaging": "pytest"}


@pytest.mark.parametrize(("name", "host"), COMES_WITH.items())
def test_what_comes_with_a_package_is_its_requirement(name: str, host: str) -> None:
    assert name in {canonicalize_name(Requirement(text).name) for text in distribution(host).requires or []}


@pytest.mark.parametrize(
    ("folder", "declared"),
    [("src", RUNTIME + EXTRAS), ("docs", RUNTIME), ("tests", RUNTIME + DEV + EXTRAS)],
    ids=["src", "docs", "tests"],
)
def test_what_is_imported_is_declared(folder: str, declared: list[str]) -> None:
    names = {canonicalize_name(each.name) for each in map(Requirement, declared)}
    names |= {name for name, host in COMES_WITH.items() if host in names}
    undeclared = {
        name: file
        for name, file in imported(sorted((ROOT / folder).rglob("*.py"))).items()
        if not names & {canonicalize_name(each) for each in installed()[name]}
    }
    assert undeclared == {}


PERMISSIVE = {
    *("0BSD", "Apache-2.0", "Apache Software License", "BSD", "BSD License", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0"),
    *("ISC", "ISC License (ISCL)", "MIT", "MIT License", "PSF-2.0", "Unlicense", "Zlib"),
}
#: pycountry is used as it comes, unmodified and replaceable, as its licence asks. pypdfium2 adds in words the
#: licences of PDFium's own parts, which are permissive.
ALLOWED = {"pycountry": {"LGPL-2.1-only"}, "pypdfium2": {"dependency licenses"}}


def licences(name: str) -> set[str]:
    """The licences a package states: as an expression, else as classifiers, else in a word or two."""
    about = distribution(name).metadata
    if expression := about.get("License-Expression"):
        return {each.strip(" ()") for each in re.split(r" (?:AND|OR) ", expression)}
    classifiers = {each.rpartition(" :: ")[2] for each in about.get_all("Classifier") or [] if "License ::" in each}
    return classifiers or set(re.split(r", *", about.get("License") or "none stated"))


@pytest.mark.parametrize("name", sorted({canonicalize_name(each.name) for each in requirements(RUNTIME, {})}))
def test_runtime_dependencies_are_free_to_use(name: str) -> None:
    assert licences(name) - PERMISSIVE - ALLOWED.get(name, set()) == set()
