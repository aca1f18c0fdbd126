"""environment.yml and the locks say the same as pyproject.toml."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT: dict[str, Any] = PYPROJECT["project"]
CONDA_NAMES = {"matplotlib-base": "matplotlib", "seaborn-base": "seaborn"}
SITE = ("publish", "site")
EXTRAS_OF_LOCK = {"run": SITE, "dev": ("dev", "lab", "scale", *SITE), "lab": ("lab", *SITE)}
PINNED = re.compile(r"(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>[^ ;]+)(?: ; (?P<marker>.+))?")
EXPORT_OPTIONS = re.compile(r"pyproject2conda yaml (?P<options>.*?) --output", re.DOTALL)


def wanted(*extras: str) -> dict[str, Requirement]:
    """Return the requirements of pyproject.toml by name: the core's, and those of the extras."""
    lines = [*PROJECT["dependencies"]]
    for extra in extras:
        lines += PROJECT["optional-dependencies"][extra]
    return {canonicalize_name(one.name): one for one in map(Requirement, lines)}


def conda_requirements(environment: dict[str, Any]) -> dict[str, Requirement]:
    """Return the requirements of an environment.yml by the name that pyproject.toml uses."""
    conda = [line for line in environment["dependencies"] if isinstance(line, str)]
    pip = [
        line
        for part in environment["dependencies"]
        if isinstance(part, dict)
        for line in part["pip"]
    ]
    found = [Requirement(line) for line in [*conda, *pip] if line not in ("pip", "-e .")]
    return {CONDA_NAMES.get(one.name, one.name): one for one in found}


def environment_faults(environment: dict[str, Any]) -> list[str]:
    """Say where an environment.yml differs from pyproject.toml in names or bounds."""
    found = conda_requirements(environment)
    expected = wanted("lab") | {"python": Requirement("python" + PROJECT["requires-python"])}
    faults = [f"{name}: only in one of them" for name in sorted(found.keys() ^ expected.keys())]
    for name in sorted(found.keys() & expected.keys()):
        if found[name].specifier != expected[name].specifier:
            faults.append(f"{name}: {found[name].specifier} is not {expected[name].specifier}")
    return faults


def read_lock(text: str) -> list[tuple[str, Version, str]]:
    """Return name, version and marker of each pin; refuse any other line but a comment."""
    pins = []
    for line in text.replace(" \\\n    --hash", " --hash").splitlines():
        if line.startswith("#"):
            continue
        pin, *hashes = line.split(" --hash=")
        match = PINNED.fullmatch(pin.strip())
        if match is None or not hashes:
            raise ValueError(f"not a pin with hashes: {pin}")
        if not all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes):
            raise ValueError(f"not a sha256 hash: {pin}")
        pins.append((match["name"], Version(match["version"]), match["marker"] or ""))
    return pins


def lock(name: str) -> list[tuple[str, Version, str]]:
    return read_lock((ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8"))


def lock_faults(
    pins: list[tuple[str, Version, str]], expected: dict[str, Requirement]
) -> list[str]:
    """Say which requirements have no pin, or one outside their bounds."""
    faults = []
    for name, requirement in expected.items():
        versions = [version for pinned, version, _ in pins if pinned == name]
        if not versions:
            faults.append(f"{name}: no pin")
        faults += [
            f"{name}: {v} is outside {requirement.specifier}"
            for v in versions
            if v not in requirement.specifier
        ]
    return faults


@pytest.fixture
def environment() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    return loaded


def test_environment_yml_is_what_its_command_makes(tmp_path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    options = EXPORT_OPTIONS.search(makefile)
    assert options is not None
    made = tmp_path / "environment.yml"
    arguments = [part.strip("'") for part in re.findall(r"'[^']*'|\S+", options["options"])]
    command = [sys.executable, "-m", "pyproject2conda", "yaml", *arguments, "--output", str(made)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert made.read_bytes() == (ROOT / "environment.yml").read_bytes(), "run `make lock`"


def test_environment_yml_names_the_command_that_makes_it() -> None:
    header = (ROOT / "environment.yml").read_text(encoding="utf-8").split("\nname:")[0]
    assert "make lock" in header


def test_environment_yml_has_the_names_and_bounds_of_pyproject(environment: dict[str, Any]) -> None:
    assert environment_faults(environment) == []


def test_another_bound_in_environment_yml_is_found(environment: dict[str, Any]) -> None:
    lines = environment["dependencies"]
    lines[[str(line).startswith("pandas") for line in lines].index(True)] = "pandas<4,>=2.2"
    assert environment_faults(environment) == ["pandas: <4,>=2.2 is not <4,>=3.0"]


def test_a_package_missing_in_environment_yml_is_found(environment: dict[str, Any]) -> None:
    lines = environment["dependencies"]
    del lines[[str(line).startswith("scipy") for line in lines].index(True)]
    assert environment_faults(environment) == ["scipy: only in one of them"]


def test_environment_yml_asks_conda_forge_alone(environment: dict[str, Any]) -> None:
    assert environment["channels"] == ["conda-forge"]


@pytest.mark.parametrize("name", EXTRAS_OF_LOCK)
def test_a_lock_pins_every_dependency_within_its_bounds(name: str) -> None:
    assert lock_faults(lock(name), wanted(*EXTRAS_OF_LOCK[name])) == []


def test_a_pin_outside_the_bounds_is_found() -> None:
    pins = [("pandas", Version("2.3.3"), "")]
    expected = {"pandas": Requirement("pandas>=3.0,<4"), "scipy": Requirement("scipy>=1.15,<2")}
    assert lock_faults(pins, expected) == ["pandas: 2.3.3 is outside <4,>=3.0", "scipy: no pin"]


@pytest.mark.parametrize(
    "line",
    [
        "pandas==3.1.1",
        "pandas>=3.0 --hash=sha256:" + "0" * 64,
        "pandas==3.1.1 --hash=md5:" + "0" * 32,
        "pandas @ https:" + "//example.org/pandas.whl --hash=sha256:" + "0" * 64,
        "--index-url https:" + "//example.org/simple",
    ],
)
def test_a_line_that_is_no_pin_with_sha256_hashes_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        read_lock(line)


@pytest.mark.parametrize("name", EXTRAS_OF_LOCK)
def test_a_lock_names_the_command_that_makes_it(name: str) -> None:
    first = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# Made by `make lock` from pyproject.toml. Do not edit."


def test_the_locks_agree_on_every_version() -> None:
    versions: dict[str, set[frozenset[Version]]] = {}
    for name in EXTRAS_OF_LOCK:
        pins = lock(name)
        for package in {pinned for pinned, _, _ in pins}:
            found = frozenset(version for pinned, version, _ in pins if pinned == package)
            versions.setdefault(package, set()).add(found)
    assert {package for package, found in versions.items() if len(found) > 1} == set()


@pytest.mark.parametrize("name", ["dev", "lab"])
def test_a_larger_lock_holds_all_that_run_needs(name: str) -> None:
    assert {pinned for pinned, _, _ in lock("run")} <= {pinned for pinned, _, _ in lock(name)}


def test_the_locks_pin_what_builds_the_project() -> None:
    (build,) = map(Requirement, PYPROJECT["build-system"]["requires"])
    assert PYPROJECT["dependency-groups"]["build"] == PYPROJECT["build-system"]["requires"]
    for name in EXTRAS_OF_LOCK:
        assert lock_faults(lock(name), {build.name: build}) == []


@pytest.mark.parametrize("python", ["3.11.0", "3.11.7", "3.12.1", "3.13.0"])
@pytest.mark.parametrize("name", EXTRAS_OF_LOCK)
def test_one_version_of_each_dependency_applies_on_every_python(name: str, python: str) -> None:
    here = {
        **default_environment(),
        "python_full_version": python,
        "python_version": python.rpartition(".")[0],
    }
    for package in wanted(*EXTRAS_OF_LOCK[name]):
        applying = [
            version
            for pinned, version, marker in lock(name)
            if pinned == package
            and (not marker or Requirement(f"x ; {marker}").marker.evaluate(here))  # type: ignore[union-attr]
        ]
        assert len(applying) == 1, f"{package} on Python {python}: {applying}"
