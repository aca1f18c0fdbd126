"""The guide in both languages: what it computes, explains, promises and runs."""

from __future__ import annotations

import csv
import inspect
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import nbformat
import pytest
import yaml
from IPython.display import display

import analysis.charts
from analysis.api import Plan
from analysis.charts.task_gantt import LOOKS
from analysis.measures import FLAGS, GRADES, REASONS, VERDICTS
from analysis.observe.view import TIERS
from analysis.results import CLASSES, TASK_PHASES, TASK_STANDINGS, TASK_STATUSES
from analysis.results.tasks import DUE_WITHIN
from analysis.runs import accept, html, parameters
from analysis.runs.keys import CODE, LIBRARIES
from analysis.runs.kinds import SUBJECTS, read_kinds
from analysis.words.catalogue import catalogue
from tests.docs.example import OWN, PROJECT, blocks, cells, files, main, notebook, write
from tests.docs.facts import Book, Teller
from tests.docs.fragments import CLOSING, OPENING, fragments, shown, stale, typed
from tests.docs.refresh import GUIDE
from tests.docs.test_methods import blocks as html_blocks
from tests.docs.test_methods import headings, numbers, rows, section
from tests.runs.pages import headings as page_headings
from tests.runs.pages import parse, skips_a_level
from tests.test_repository import commands_of, makefile_targets

LANGUAGES = ("vi", "en")
READING, WRITING = GUIDE["reading-a-report"], GUIDE["writing-a-notebook"]
AT, PLACE = "2026-11-25", "/tmp/years"

Pages = Mapping[tuple[str, str], str]

each_name = pytest.mark.parametrize("name", GUIDE)


@pytest.fixture(scope="module")
def book(plan: Plan, as_of: date, root: Path) -> Book:
    return Book(plan, as_of, root)


@pytest.fixture(scope="module")
def pages() -> Pages:
    return {
        (name, language): path.read_text(encoding="utf-8")
        for name, paths in GUIDE.items()
        for language, path in paths.items()
    }


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def reading(pages: Pages, language: str) -> str:
    return pages["reading-a-report", language]


@pytest.fixture
def writing(pages: Pages, language: str) -> str:
    return pages["writing-a-notebook", language]


def prose(page: str) -> str:
    """Return a page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", page, flags=re.DOTALL | re.MULTILINE)


def codes_in(text: str) -> list[str]:
    """Return what stands in backticks."""
    return re.findall(r"`([^`\n]+)`", prose(text))


def anchors(page: str) -> set[str]:
    """Return the addresses of the headings of a page, as a repository's page makes them."""
    found = re.findall(r"^#+ (.*)$", prose(page), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in found}


def dead(page: str, folder: Path) -> list[str]:
    """Return the links of a page that lead to no file, or to no heading in it."""
    links = [link for link in re.findall(r"\]\(([^)]+)\)", page) if "://" not in link]
    return [link for link in links if not _leads(link, page, folder)]


def _leads(link: str, page: str, folder: Path) -> bool:
    name, _, anchor = link.partition("#")
    path = folder / name if name else None
    if path is not None and not path.exists():
        return False
    text = path.read_text(encoding="utf-8") if path is not None and anchor else page
    return not anchor or anchor in anchors(text)


# Both pages


@each_name
def test_every_fragment_says_what_is_computed(
    name: str, language: str, pages: Pages, book: Book
) -> None:
    wrong = stale(pages[name, language], Teller(book, language))
    advice = f"{GUIDE[name][language].name}: run python -m tests.docs.refresh, read what is around"
    assert wrong == [], "\n".join([advice, *wrong])


@each_name
def test_every_fragment_is_closed_on_its_line_and_begins_none(
    name: str, language: str, pages: Pages
) -> None:
    page = pages[name, language]
    assert len(OPENING.findall(page)) == len(CLOSING.findall(page)) == len(fragments(page))
    assert html_blocks(page) == []


@each_name
def test_both_languages_have_the_same_fragments_headings_tables_and_codes(
    name: str, pages: Pages
) -> None:
    vietnamese, english = (pages[name, language] for language in LANGUAGES)
    specs = [Counter(each.spec for each in fragments(page)) for page in (vietnamese, english)]
    assert specs[0] == specs[1]
    assert headings(vietnamese) == headings(english)
    assert len(headings(english)) > 10
    shapes = [[len(row) for row in rows(shown(prose(page)))] for page in (vietnamese, english)]
    assert shapes[0] == shapes[1]
    said = [
        Counter(code.replace("vi/", "en/").replace("TÊN GIÁ_TRỊ", "NAME VALUE") for code in found)
        for found in (codes_in(shown(page)) for page in (vietnamese, english))
    ]
    assert set(said[0]) == set(said[1])


@each_name
def test_every_link_leads_somewhere(name: str, language: str, pages: Pages) -> None:
    assert dead(pages[name, language], GUIDE[name][language].parent) == []


def test_the_index_of_the_guide_leads_to_every_page_in_both_languages() -> None:
    folder = READING["en"].parent
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert dead(index, folder) == []
    named = {path.name for paths in GUIDE.values() for path in paths.values()}
    assert named | {"README.md"} == {path.name for path in folder.iterdir()}
    assert named <= set(re.findall(r"\]\(([^)]+)\)", index))


def test_a_dead_link_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# One two\n", encoding="utf-8")
    page = "# Here\n[a](a.md) [b](a.md#one-two) [c](#here) [d](b.md) [e](a.md#three) [f](#there)"
    assert dead(page, tmp_path) == ["b.md", "a.md#three", "#there"]


# How to read a report: everything is explained


CATALOGUE = {
    "verdict": (4, {*VERDICTS, *CLASSES, "NOT_APPLICABLE"}),
    "reason": (5, set(REASONS) - {""}),
    "grade": (6, set(GRADES) - {""}),
    "flag": (7, set(FLAGS)),
    "task.phase": (9, set(TASK_PHASES)),
    "task.status": (9, set(TASK_STATUSES)),
    "task.standing": (9, set(TASK_STANDINGS)),
}
"""By branch of the catalogue: the section that explains its codes, and the codes that there are."""

CODES = [(branch, code) for branch, (_, codes) in CATALOGUE.items() for code in sorted(codes)]


@pytest.mark.parametrize("branch", CATALOGUE)
def test_the_codes_to_be_explained_are_those_that_have_words(language: str, branch: str) -> None:
    words = {key for key in catalogue(language) if key.rpartition(".")[0] == branch}
    assert {key.rpartition(".")[2] for key in words} == CATALOGUE[branch][1]


@pytest.mark.parametrize(("branch", "code"), CODES)
def test_every_code_is_explained_once(language: str, branch: str, code: str, reading: str) -> None:
    words = f"<!-- word {branch}.{code} -->"
    explaining = section(reading, CATALOGUE[branch][0])
    (row,) = [row for row in rows(explaining) if any(words in cell for cell in row[:2])]
    explanation = row[2] if words in row[1] else row[1]
    assert f"(`{code}`)" in next(cell for cell in row if words in cell)
    assert len(shown(explanation)) > 10
    assert shown(explanation) not in catalogue(language).values()


@pytest.mark.parametrize(
    ("branch", "codes"),
    [
        ("status", ("actual", "preliminary", "estimate")),
        ("comparability", ("exact", "close", "proxy")),
        ("tier", TIERS),
    ],
)
def test_what_stands_beside_a_value_is_explained(
    language: str, branch: str, codes: tuple[str, ...], reading: str
) -> None:
    words = {key for key in catalogue(language) if key.rpartition(".")[0] == branch}
    assert {f"{branch}.{code}" for code in codes} == words
    text = section(reading, 8)
    assert [code for code in codes if f"<!-- word {branch}.{code} -->" not in text] == []
    assert [code for code in codes if f"(`{code}`)" not in text] == []


def test_every_sign_of_a_figure_stands_beside_its_code(reading: str) -> None:
    found = {each.spec for each in fragments(reading)}
    assert {f"sign standing {code}" for code in LOOKS} <= found
    assert {f"sign verdict {code}" for code in VERDICTS if code != "NO_TARGET"} <= found


def test_every_kind_of_report_is_in_the_table_in_its_place(
    language: str, reading: str, root: Path
) -> None:
    table = rows(section(reading, 2))[1:]
    kinds = read_kinds(root / "notebooks")
    assert [codes_in(row[0]) for row in table] == [[kind.name] for kind in kinds]
    assert [shown(row[0]).partition(" (")[0] for row in table] == [
        kind.title(language) for kind in kinds
    ]
    folders = [codes_in(row[3])[0].split("/") for row in table]
    assert [folder[0] for folder in folders] == [language] * len(kinds)
    assert [folder[1].partition("-")[0] for folder in folders] == [kind.name for kind in kinds]
    assert [
        ("-" in folder[1]) == bool(kind.subject)
        for folder, kind in zip(folders, kinds, strict=True)
    ]


def test_every_section_that_is_recommended_is_in_that_report(reading: str, root: Path) -> None:
    recommended = 0
    for row in rows(section(reading, 1))[1:]:
        kind = re.findall(r"word page\.kind\.(\w+) ", row[1])[0]
        told = root / "notebooks" / f"{kind}.ipynb", root / "src/analysis/reports" / f"{kind}.py"
        text = "".join(path.read_text(encoding="utf-8").replace("\\", "") for path in told)
        for name in re.findall(r"word report\.(\w+) ", row[2]):
            assert f'heading("{name}"' in text, f"{kind}: {name}"
            recommended += 1
    assert recommended >= 6


def drawing() -> set[str]:
    """Return the charts of the library by name."""
    public = {name: getattr(analysis.charts, name) for name in analysis.charts.__all__}
    return {
        name
        for name, it in public.items()
        if isinstance(it, FunctionType) and inspect.signature(it).return_annotation == "Chart"
    }


def test_every_chart_is_shown_and_explained(language: str, reading: str) -> None:
    parts = re.split(r"^### ", section(reading, 10), flags=re.MULTILINE)[1:]
    assert sorted(codes_in(part.split("\n")[0])[0] for part in parts) == sorted(drawing())
    for part in parts:
        ((alt, picture),) = re.findall(r"!\[([^]]+)\]\(([^)]+)\)", part)
        assert len(alt) > 15
        assert picture.endswith(f".{language}.png")
        assert part.count("**") == 2, "what to take care of"


# How to read a report: its numbers and its claims


TYPED = {
    3: {"2025", "2030", "5.7", "5"},
    12: {"2025", "5.7", "8.4", "5", "10,000", "10.000"},
    13: {"2030", "5.7", "155", "4.0"},
}
"""By section: numbers of years, series and documents that may be typed in its examples."""


@pytest.mark.parametrize("number", TYPED)
def test_no_number_of_an_example_is_typed_by_hand(number: int, reading: str) -> None:
    assert numbers(typed(section(reading, number))) <= TYPED[number]


def test_what_the_examples_say_in_words_is_so(book: Book) -> None:
    values = book.observed("5.7")["value"]
    before, since = values.loc[:2020], values.loc[2020:]
    speeds = [
        (part.iloc[-1] - part.iloc[0]) / (part.index[-1] - part.index[0])
        for part in (before, since)
    ]
    assert speeds[0] > speeds[1] > 0, "5.7: the first years were fast and the later ones slow"
    assert "METHOD_SENSITIVE" in book.gap.at[("5.7", 2030), "flags"]
    assert "PROVISIONAL_YEAR" in book.gap.at[("8.4-beds", 2025), "flags"]
    assert book.gap.at[("8.4-beds", 2025), "verdict"] == "NOT_MET"
    assert book.tasks.at["II.5", "standing"] == "past_unreported"


def test_what_is_said_of_all_rows_is_so(book: Book) -> None:
    assert "NOT_APPLICABLE" not in set(book.gap["verdict"])
    assert set(book.gap.loc[book.gap["due"], "grade"]) == {""}
    assert DUE_WITHIN == 90
    sparse = book.gap[book.gap["n"].lt(4) | book.gap["mode"].eq("level")]
    assert sparse["projection_low"].isna().all()


def test_the_code_that_reads_the_results_runs(
    reading: str, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    book.plan.write_results(tmp_path / "outputs" / "results", as_of=book.day)
    monkeypatch.chdir(tmp_path)
    (block,) = blocks(reading)
    exec(compile(block.text, "page", "exec"), {})
    due = book.gap.xs(2025, level="target_year")
    missed = due.index[due["verdict"].eq("NOT_MET")]
    assert len(missed) > 0
    told = capsys.readouterr().out
    assert [series for series in missed if series not in told] == []


# How to write a notebook: the contract


def test_the_contract_names_every_subject_parameter_tag_and_file(writing: str) -> None:
    text = set(codes_in(section(writing, 2)))
    assert set(SUBJECTS) | set(parameters.STANDARD) <= text
    tags = html.HIDDEN_TAGS - {"injected-parameters"} | {f"lang-{name}" for name in LANGUAGES}
    assert tags <= text
    assert {*accept.REQUIRED, accept.MARKER} <= text
    assert {"kind", "subject", "language", "files", "summary", "holds_until", "words"} <= text


def test_the_messages_that_are_quoted_are_those_of_the_run(writing: str, root: Path) -> None:
    sources = "".join(
        path.read_text(encoding="utf-8") for path in (root / "src/analysis/runs").glob("*.py")
    )
    quoted = [code for row in rows(section(writing, 5))[1:] for code in codes_in(row[0])]
    assert len(quoted) >= 8
    assert [text for text in quoted if text not in sources] == []


def test_the_reasons_that_are_quoted_are_those_of_the_run(
    writing: str, root: Path, plan: Plan
) -> None:
    quoted = [code for row in rows(section(writing, 9))[1:] for code in codes_in(row[0])]
    kinds = [each.partition(": ")[0] for each in quoted]
    named = {kind: each.partition(": ")[2] for kind, each in zip(kinds, quoted, strict=True)}
    sources = "".join(
        (root / "src/analysis/runs" / name).read_text(encoding="utf-8")
        for name in ("fresh.py", "keys.py", "runner.py")
    )
    assert [kind for kind in kinds if f'"{kind}' not in sources] == []
    assert named["data"] in plan.tables.names
    assert named["code"] in CODE
    assert named["library"] in LIBRARIES


def test_both_languages_show_the_same_code(writing: str, pages: Pages) -> None:
    assert blocks(writing) == blocks(pages["writing-a-notebook", "en"])


def test_the_make_commands_of_a_page_are_there(writing: str, reading: str) -> None:
    assert {"test", "lint", "lab"} <= commands_of(writing)
    assert commands_of(writing) | commands_of(reading) <= makefile_targets()


# How to write a notebook: the example


PAGE = WRITING["en"].read_text(encoding="utf-8")


def test_the_example_is_a_notebook_that_takes_part(tmp_path: Path) -> None:
    path = write(tmp_path, PAGE)
    nbformat.validate(nbformat.read(path, as_version=4))
    (kind,) = read_kinds(tmp_path)
    assert (kind.name, kind.subject, kind.order) == ("years", "group_id", 70)
    assert [kind.title(language) for language in LANGUAGES] == [
        "Số năm có số liệu",
        "Years of data",
    ]
    assert {*parameters.STANDARD, "group_id"} == set(parameters.inspect(path))


def test_the_cells_of_the_example_are_tagged_as_the_page_says() -> None:
    tags = [cell["metadata"].get("tags", []) for cell in cells(PAGE, OWN)]
    assert tags[:2] == [["about"], ["parameters"]]
    assert [each for each in tags[2:] if each] == [["not-in-report"], ["lang-vi"], ["lang-en"]]
    assert "done.json" in list(cells(PAGE, OWN))[-1]["source"]


def test_a_page_without_metadata_for_its_notebook_is_refused() -> None:
    with pytest.raises(StopIteration):
        notebook("```python notebook=own\n1 + 1\n```\n")


def run_block(block: str, folder: Path) -> str:
    """Run the commands of a block as a user would, in a folder of the test's own."""
    told = []
    for command in block.replace("\\\n", " ").replace(PLACE, str(folder)).splitlines():
        program, *arguments = command.split()
        name = Path(program).name
        module = {"plan155": ["-m", "analysis.cli"], "papermill": ["-m", "papermill"]}.get(name, [])
        told.append(_run([sys.executable, *module, *arguments]))
    return "".join(told)


def _run(command: list[str]) -> str:
    root = Path(__file__).parents[2]
    environment = os.environ | {"PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"}
    done = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def shell(number: int) -> str:
    """Return the commands of a section."""
    (block,) = [each for each in blocks(section(PAGE, number)) if each.language == "sh"]
    return block.text


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the commands of the page that build the notebook and run it in both languages."""
    folder = tmp_path_factory.mktemp("years")
    assert "2 of 2 reports made" in run_block(shell(4), folder)
    return folder


def report(made: Path, language: str, name: str) -> str:
    path = made / "outputs" / language / "years-05" / name
    return path.read_text(encoding="utf-8")


@pytest.mark.e2e
def test_the_run_makes_the_report_of_the_example(language: str, made: Path, book: Book) -> None:
    rows_of_it = list(csv.DictReader(report(made, language, "results.csv").splitlines()))
    expected = book.plan.coverage(as_of=book.day).query("group_id == 5")
    assert [row["series_id"] for row in rows_of_it] == list(expected["series_id"])
    assert [int(row["n_years"]) for row in rows_of_it] == list(expected["n_years"])
    assert json.loads(report(made, language, "job.json"))["status"] == "done"


@pytest.mark.e2e
def test_the_page_of_the_example_is_in_its_language_and_has_only_what_it_should(
    language: str, made: Path
) -> None:
    page = parse(report(made, language, "report.html"))
    text, marker = page.get_text(), json.loads(report(made, language, "done.json"))
    assert page.html is not None
    assert page.html["lang"] == language
    (title,) = page.find_all("h1")
    assert str(title.get_text()).endswith(("số năm có số liệu", "years of data")[language == "en"])
    assert marker["summary"]["sentence"][language] in text
    own, other = [each.text for each in blocks(PAGE) if "lang-" in each.facts.get("tags", "")][
        :: 1 if language == "vi" else -1
    ]
    assert " ".join(own.split()) in " ".join(text.split())
    assert other.split("\n")[0] not in text
    assert "n_years_before_break" not in text, "the cell that is not in the report"
    assert "one group measured" not in text, "the cell that says what the notebook is about"
    (figure,) = page.find_all("img")
    assert "5.7" in str(figure["alt"])
    assert not skips_a_level(page_headings(str(page)))


@pytest.mark.e2e
def test_the_index_leads_to_the_report_of_the_example(made: Path) -> None:
    index = (made / "outputs" / "index.html").read_text(encoding="utf-8")
    assert "vi/years-05/report.html" in index
    assert "Số năm có số liệu" in index


@pytest.mark.e2e
def test_the_next_day_nothing_is_made_again(made: Path) -> None:
    said = run_block(shell(9), made)
    assert said.count("nothing changed") == 2, said


@pytest.mark.e2e
def test_plain_papermill_leaves_the_same_results(made: Path) -> None:
    run_block(shell(10), made)
    for name in ("results.csv", "results.json", "figures/years.svg", "figures/years.txt"):
        mine = (made / "results" / name).read_bytes()
        assert mine == (made / "outputs" / "en" / "years-05" / name).read_bytes(), name


@pytest.mark.e2e
def test_the_command_that_strips_leaves_cells_and_their_names(made: Path) -> None:
    (command,) = [line for line in shell(11).splitlines() if "nbstripout" in line]
    executed = made / "stripped.ipynb"
    executed.write_text(report(made, "en", "report.ipynb"), encoding="utf-8")
    arguments = command.split()[1:-1]
    _run([sys.executable, "-m", "nbstripout", *arguments, str(executed)])
    content = json.loads(executed.read_text(encoding="utf-8"))
    assert [cell["id"] for cell in content["cells"] if cell["id"].startswith("years-")] == [
        cell["id"] for cell in cells(PAGE, OWN)
    ]
    assert all(not cell.get("outputs") for cell in content["cells"])


@pytest.mark.e2e
def test_a_notebook_that_breaks_the_contract_is_refused_as_the_page_says(tmp_path: Path) -> None:
    spoiled = PAGE.replace('(folder / "done.json")', '(folder / "ready.json")')
    assert spoiled != PAGE
    path = write(tmp_path / "notebooks", spoiled)
    command = [
        *(sys.executable, "-m", "analysis.cli", "run", "--notebooks", str(path.parent)),
        *("--outputs", str(tmp_path / "outputs"), "--group", "5", "--as-of", AT),
    ]
    root = Path(__file__).parents[2]
    environment = os.environ | {"PYTHONPATH": str(root / "src")}
    done = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "the notebook did not write its completion marker" in done.stderr
    assert not (tmp_path / "outputs" / "vi" / "years-05").exists()


def test_the_tool_says_where_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(str(tmp_path / "new"))
    assert capsys.readouterr().out.strip() == str(tmp_path / "new" / "years.ipynb")


# How to write a notebook: as part of the project


@pytest.fixture
def years(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Put the class and the wording of the page where the page puts them, for one test."""
    shown_files = files(PAGE)
    for language in LANGUAGES:
        texts = yaml.safe_load(shown_files[f"src/analysis/words/{language}/years.yaml"])
        for key, text in flat(texts):
            assert key not in catalogue(language), f"{key} is in use"
            monkeypatch.setitem(catalogue(language), key, text)
    module = ModuleType("analysis.reports.years")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    exec(compile(shown_files["src/analysis/reports/years.py"], "page", "exec"), module.__dict__)
    return module


def flat(tree: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    return [
        pair
        for name, value in tree.items()
        for pair in (
            flat(value, f"{prefix}{name}.")
            if isinstance(value, dict)
            else [(f"{prefix}{name}", value)]
        )
    ]


def test_both_languages_of_the_wording_on_the_page_have_the_same_keys() -> None:
    trees = [files(PAGE)[f"src/analysis/words/{language}/years.yaml"] for language in LANGUAGES]
    keys = [{key for key, _ in flat(yaml.safe_load(tree))} for tree in trees]
    assert keys[0] == keys[1] != set()


@pytest.mark.usefixtures("years")
def test_the_tests_on_the_page_pass(plan: Plan, as_of: date) -> None:
    space: dict[str, Any] = {}
    exec(compile(files(PAGE)["tests/reports/test_years.py"], "page", "exec"), space)
    tests = [it for name, it in space.items() if name.startswith("test_")]
    assert len(tests) == 3
    for test in tests:
        test(plan, as_of)


@pytest.mark.usefixtures("years")
def test_the_notebook_of_the_project_leaves_a_marker_that_is_right(
    language: str, tmp_path: Path, root: Path
) -> None:
    code = [cell["source"] for cell in cells(PAGE, PROJECT) if cell["cell_type"] == "code"]
    assert "done.json" not in "".join(code), "the class writes it"
    values = {"language": language, "as_of": AT, "data": str(root), "results": str(tmp_path)}
    space = {"display": display}
    for source in code:
        exec(compile(source, "page", "exec"), space)
        if "group_id: int" in source:
            space.update(values)
    marker = accept.read_marker(tmp_path)
    assert marker is not None
    assert (marker["kind"], marker["subject"], marker["language"]) == ("years", "5", language)
    for name, sha256 in marker["files"].items():
        assert accept.digest(tmp_path / name) == sha256
    assert set(accept.REQUIRED) <= set(marker["files"])
    assert marker["holds_until"] >= AT
    assert f"{language}/opening.years" in marker["words"]
    assert "11" in marker["summary"]["sentence"][language]
