"""The repository as a whole: what is in it, what must not be, and what its papers promise."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import analysis

ROOT = Path(__file__).resolve().parents[1]
MEGABYTE = 1_000_000
READMES = ("README.md", "README.vi.md")
# Built from pieces, so that this file does not hold what it looks for.
HOSTS = re.compile(
    "|".join(
        re.escape(host)
        for host in (
            "files.python" + "hosted.org",
            "py" + "pi.org",
            "registry.npm" + "js.org",
            "deb.deb" + "ian.org",
            "conda.ana" + "conda.org",
            "proxy.go" + "lang.org",
        )
    )
)
PLACES = re.compile(
    r"(?<![\w.:/-])/(?:"
    + "|".join(("wo" + "rk", "ro" + "ot", "ho" + "me", "Us" + "ers"))
    + r")/[\w.]"
)
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def git(*arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def files() -> list[Path]:
    """Return every file that is in the repository, or would be if all were added."""
    names = git("ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    return [ROOT / name for name in sorted(set(names)) if name and (ROOT / name).is_file()]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str:
    """Return the text of a file; nothing if it is not text."""
    content = path.read_bytes()
    return "" if b"\0" in content else content.decode("utf-8")


def find(pattern: re.Pattern[str], text: str) -> list[str]:
    return [match.group() for match in pattern.finditer(text)]


def makefile_targets() -> set[str]:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][a-z-]*):", text, flags=re.MULTILINE))


def commands_of(text: str) -> set[str]:
    """Return the names that follow ``make`` in the code of a page."""
    code = re.findall(r"```.*?```|`[^`]+`", text, flags=re.DOTALL)
    return {name for part in code for name in re.findall(r"\bmake ([a-z][a-z-]*)", part)}


def has_outputs(notebook: Any) -> bool:
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return any(cell.get("outputs") or cell.get("execution_count") for cell in cells)


def inline_code(text: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL)))


def chapters(text: str) -> int:
    return len(re.findall(r"^#+ ", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE))


def relative_links(text: str) -> set[str]:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text)
    return {target for target in targets if "://" not in target}


# What must not be in it


def test_no_file_is_larger_than_a_megabyte() -> None:
    large = [name_of(path) for path in files() if path.stat().st_size > MEGABYTE]
    assert large == []


@pytest.mark.parametrize("pattern", [HOSTS, PLACES], ids=["registry hosts", "places on a machine"])
def test_no_file_names_the_machine_it_was_made_on(pattern: re.Pattern[str]) -> None:
    found = {name_of(path): find(pattern, text_of(path)) for path in files()}
    assert {name: matches for name, matches in found.items() if matches} == {}


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (HOSTS, "--index-url https:/" + "/py" + "pi.org/simple"),
        (PLACES, "made in /wo" + "rk/main"),
        (PLACES, "-e file:" + " /ro" + "ot/project"),
    ],
)
def test_a_machine_named_in_a_file_would_be_found(pattern: re.Pattern[str], text: str) -> None:
    assert find(pattern, text)


@pytest.mark.parametrize("text", ["data/home/x.csv", "https://example.org/work/a", "/workbook/x"])
def test_what_only_looks_like_a_place_is_let_pass(text: str) -> None:
    assert find(PLACES, text) == []


def test_text_is_kept_with_unix_line_ends() -> None:
    kept = [line.split() for line in git("ls-files", "--eol").splitlines()]
    assert [line[-1] for line in kept if line[0] in {"i/crlf", "i/mixed"}] == []


def test_files_written_by_people_end_in_a_newline() -> None:
    suffixes = {".py", ".md", ".yaml", ".yml", ".toml", ".cff"}
    texts = {name_of(path): text_of(path) for path in files() if path.suffix in suffixes}
    assert [name for name, text in texts.items() if text and not text.endswith("\n")] == []


def test_what_commands_make_is_ignored() -> None:
    made = ["outputs/index.html", "outputs/run.json", ".venv/bin/python", "uv.lock", "build/x"]
    ignored = git("check-ignore", "--no-index", *made).split()
    assert ignored == made
    assert (ROOT / "outputs" / ".gitignore").is_file(), "outputs/ must exist in a fresh clone"


# Notebooks


def test_committed_notebooks_carry_no_outputs() -> None:
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    assert notebooks, "there are no notebooks"
    contents = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in notebooks}
    assert [name for name, content in contents.items() if has_outputs(content)] == []


def test_a_notebook_with_outputs_would_be_found() -> None:
    cell = nbformat.v4.new_code_cell("1 + 1", execution_count=1)
    assert has_outputs(nbformat.v4.new_notebook(cells=[cell]))


# Commands


@pytest.mark.parametrize("page", [*READMES, "CONTRIBUTING.md", "data/source/README.md"])
def test_every_make_command_of_a_page_is_a_target(page: str) -> None:
    assert commands_of((ROOT / page).read_text(encoding="utf-8")) <= makefile_targets()


@pytest.mark.parametrize("page", READMES)
def test_a_readme_shows_its_two_commands_first(page: str) -> None:
    first = (ROOT / page).read_text(encoding="utf-8").split("```sh\n")[1].split("```")[0]
    assert re.findall(r"^make \w+", first, flags=re.MULTILINE) == ["make run", "make test"]


def test_a_command_that_is_no_target_would_be_found() -> None:
    assert commands_of("Type `make haste`.") == {"haste"}
    assert "haste" not in makefile_targets()


def test_both_readmes_name_the_same_things_in_as_many_chapters() -> None:
    english, vietnamese = ((ROOT / page).read_text(encoding="utf-8") for page in READMES)
    assert inline_code(english) == inline_code(vietnamese)
    assert chapters(english) == chapters(vietnamese) > 1


@pytest.mark.parametrize("page", [*READMES, "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE-DATA.md"])
def test_every_link_of_a_page_leads_to_a_file(page: str) -> None:
    links = relative_links((ROOT / page).read_text(encoding="utf-8"))
    assert [link for link in sorted(links) if not (ROOT / link).exists()] == []


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_alone_lists_every_command_with_its_purpose() -> None:
    listed = subprocess.run(["make"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    names = re.findall(r"^  make ([a-z-]+) +\S", listed, flags=re.MULTILINE)
    assert {"run", "test", "lint", "lab", "clean", "lock", "build", "check"} <= set(names)


def test_the_hooks_are_the_checks_of_make_lint() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = [hook for repo in config["repos"] for hook in repo["hooks"]]
    lint = re.search(r"^lint: (.*?) ##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert lint is not None
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    assert {hook["language"] for hook in hooks} == {"system"}
    assert [hook["entry"].split()[-1] for hook in hooks] == lint[1].split()


def test_ci_calls_the_commands_that_people_type() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.findall(r"^step (.*)$", script, flags=re.MULTILINE) == [
        "make test",
        "make --keep-going lint",
    ]
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o100, "not executable: chmod +x .ci/run"


# Papers


def test_both_licences_are_there() -> None:
    code = (ROOT / "LICENSE").read_text(encoding="utf-8")
    data = (ROOT / "LICENSE-DATA.md").read_text(encoding="utf-8")
    assert code.startswith("MIT License\n")
    assert "CC BY 4.0" in data
    assert "Điều 15" in data


def test_the_citation_has_the_keys_that_its_format_requires() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= citation.keys()
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] == "dataset"
    assert all(set(author) == {"name"} for author in citation["authors"]), "entities only"


def test_the_citation_names_title_version_and_licence_of_the_data_package() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    package = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    assert citation["title"] == package["titles"]["en"]
    assert citation["version"] == package["version"]
    assert citation["license"] in {licence["name"] for licence in package["licenses"]}


def test_the_code_has_one_version() -> None:
    assert analysis.__version__ == PYPROJECT["project"]["version"]


# The package


OPTIONAL = {
    "ckanapi": "publish",
    "defusedxml": "intake",
    "distributed": "scale",
    "ipywidgets": "lab",
    "itables": "lab",
    "markdown_it": "site",
    "openpyxl": "intake",
    "pagefind": "site",
    "polars": "publish",
    "rdflib": "publish",
    "requests": "publish",
    "vl_convert": "site",
    "xlsxwriter": "publish",
}
"""Libraries that are imported only where they are used, and the extra that brings them."""


USED_LATE = ("runs/cluster/connection.py", "publish/catalogue", "publish/ckan", "publish/site")
"""Modules that are themselves imported only where they are used."""


def third_party_imports(*, at_import: bool = False) -> dict[str, str]:
    """Return the distribution of every module from elsewhere that ``src`` imports.

    With ``at_import`` only what importing our own modules imports: not what functions import, nor
    what is imported for type checking alone.
    """
    modules: set[str] = set()
    rooms = ROOT / "src" / "analysis"
    late = tuple(str(rooms / name) for name in USED_LATE) if at_import else ()
    for path in rooms.rglob("*.py"):
        if str(path).startswith(late):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body if at_import else ast.walk(tree):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.partition(".")[0])
    foreign = modules - set(sys.stdlib_module_names) - {"analysis"}
    homes = packages_distributions()
    return {module: canonicalize_name(homes.get(module, [module])[0]) for module in foreign}


def declared(*extras: str) -> set[str]:
    """Return the distributions that the project declares, and those of some extras."""
    project = PYPROJECT["project"]
    lines = [*project["dependencies"]]
    lines += [line for name in extras for line in project["optional-dependencies"][name]]
    return {canonicalize_name(Requirement(line).name) for line in lines}


def test_every_library_that_the_code_imports_is_declared() -> None:
    imported = third_party_imports()
    assert imported, "no imports were found"
    known = declared()
    missing = {module: home for module, home in imported.items() if home not in known}
    assert {module: home for module, home in missing.items() if module not in OPTIONAL} == {}
    for module, home in missing.items():
        assert home in declared(OPTIONAL[module])


def test_nothing_of_an_extra_is_imported_before_it_is_used() -> None:
    assert not set(OPTIONAL) & set(third_party_imports(at_import=True))
    modules = "analysis.cli, analysis.publish.publishing, analysis.runs.cluster"
    code = f"import sys, {modules}; print(*sys.modules)"
    command = [sys.executable, "-c", code]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    assert not set(OPTIONAL) & set(told.stdout.split())


@pytest.mark.parametrize("statement", ["import analysis", "import analysis.cli"])
def test_importing_the_package_loads_nothing_heavy(statement: str) -> None:
    heavy = {"pandas", "numpy", "matplotlib", "frictionless", "papermill", "scipy", "seaborn"}
    code = f"{statement}; import sys; print(*sys.modules)"
    command = [sys.executable, "-c", code]
    loaded = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert heavy.isdisjoint(loaded)


def test_public_names_come_in_when_they_are_used() -> None:
    from analysis.api import Plan, load

    assert analysis.Plan is Plan
    assert analysis.load is load
    assert analysis.charts.__name__ == "analysis.charts"
    assert {"Plan", "charts", "load"} <= set(dir(analysis))


def test_a_name_that_the_package_lacks_is_an_attribute_error_that_lists_the_names() -> None:
    with pytest.raises(AttributeError, match=r"no attribute 'plot'.*load"):
        _ = analysis.plot


def test_every_file_of_the_package_is_installed_with_it() -> None:
    patterns = PYPROJECT["tool"]["setuptools"]["package-data"]["analysis"]
    source = ROOT / "src" / "analysis"
    installed = {path for pattern in patterns for path in source.glob(pattern)}
    others = {
        path
        for path in files()
        if path.is_relative_to(source)
        and path.suffix not in {".py", ".md"}
        and path not in installed
    }
    assert others == set()
