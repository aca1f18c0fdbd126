"""The page of the data and the dictionary: what they tell is what the files are."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
import yaml
from bs4 import BeautifulSoup, Tag

from analysis.api import Plan
from analysis.package import Tables
from analysis.publish import Edition
from analysis.publish.copies import write_copies
from analysis.publish.interface import write_interface
from analysis.publish.site import data
from analysis.publish.site.data_files import size
from analysis.publish.site.data_usage import ANYWHERE
from analysis.publish.site.page import SitePage
from analysis.publish.site.render import Renderer
from analysis.publish.site.writer import Writer
from analysis.words import LANGUAGES
from tests.publish.site.tasks_pages import HOSTILE, cells, links, markup_of, read, text

ROOT = Path(__file__).parents[3]


def shown(edition: Edition, language: str, page: str, site: Path | None = None) -> BeautifulSoup:
    writer = Writer(edition, language, site)
    made: dict[str, SitePage] = {one.path: one for one in data.pages(writer)}
    return read(Renderer(writer).html(made[page]))


@pytest.fixture(scope="module")
def site(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the pages lead to: the packages, the copies, the interface."""
    made = tmp_path_factory.mktemp("site")
    (made / "data").symlink_to(ROOT / "data")
    (made / "datapackage.json").symlink_to(ROOT / "datapackage.json")
    (made / "results").symlink_to(edition.outputs.results)
    write_copies(edition, made / "downloads")
    write_interface(edition, made / "api" / "v1")
    return made


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def page(edition: Edition, language: str, site: Path) -> BeautifulSoup:
    return shown(edition, language, "data.html", site)


@pytest.fixture(scope="module")
def dictionary(edition: Edition, language: str) -> BeautifulSoup:
    return shown(edition, language, "dictionary.html")


@pytest.fixture(scope="module")
def columns(dictionary: BeautifulSoup) -> dict[str, Tag]:
    """The rows of the dictionary by table and column."""
    return {str(row["id"]): row for row in dictionary.select("tbody tr[id]")}


def resources(edition: Edition) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table of both packages with the path that it has in the site."""
    for one in edition.descriptor["resources"]:
        yield one["path"], one
    for one in edition.results_descriptor["resources"]:
        yield f"results/{one['path']}", one


def targets(tag: Tag | BeautifulSoup, language: str) -> list[str]:
    """Where links lead, below the site's folder."""
    found = (urljoin(f"http://x/{language}/data.html", one) for one in links(tag))
    return [urlsplit(one).path[1:] for one in found if urlsplit(one).netloc == "x"]


def tables(page: BeautifulSoup) -> list[Tag]:
    """The two tables that list files."""
    return [one for one in page.select("table") if one.select_one("tbody th a[href*=dictionary]")]


def test_every_table_is_listed_with_the_rows_and_columns_of_its_file(
    page: BeautifulSoup, edition: Edition, site: Path
) -> None:
    rows = [row for table in tables(page) for row in table.select("tbody tr")]
    wanted = list(resources(edition))
    assert len(rows) == len(wanted) > 30
    for row, (path, one) in zip(rows, wanted, strict=True):
        with (site / path).open(encoding="utf-8", newline="") as lines:
            head, *body = csv.reader(lines)
        name, count, columns, *_ = cells(row)
        assert name.endswith(f" {one['name']}")
        assert [int(count.replace(",", "").replace(".", "")), int(columns)] == [
            len(body),
            len(head),
        ]


def test_what_is_listed_is_there(page: BeautifulSoup, language: str, site: Path) -> None:
    main = page.select_one("main")
    assert main is not None
    made_later = ("catalogue/", "data.json", "CITATION.cff", f"{language}/")
    here = [one for one in targets(main, language) if not one.startswith(made_later)]
    assert len(here) > 100
    assert [one for one in here if not (site / one).is_file()] == []


def test_a_size_is_that_of_the_file(page: BeautifulSoup, language: str, site: Path) -> None:
    told = 0
    for link in page.select("table a[href]"):
        small = link.find_next_sibling("small")
        if small is not None:
            (path,) = targets(BeautifulSoup(str(link), "html.parser"), language)
            unit = {"B": 1, "kB": 1000, "MB": 1_000_000}[text(small).split()[1]]
            number = text(small).split()[0]
            number = number.replace(".", "").replace(",", ".") if language == "vi" else number
            assert abs(float(number) * unit - (site / path).stat().st_size) <= unit / 2, path
            told += 1
    assert told > 90


def test_the_digests_are_those_of_the_files(page: BeautifulSoup, site: Path) -> None:
    lines = [line for block in page.select("details pre") for line in block.get_text().split("\n")]
    digests = dict(reversed(line.split("  ")) for line in lines if line)  # type: ignore[misc]
    assert len(digests) > 30
    for path, digest in digests.items():
        assert hashlib.sha256((site / path).read_bytes()).hexdigest() == digest


def test_copies_that_are_not_there_are_not_listed(edition: Edition, language: str) -> None:
    page = shown(edition, language, "data.html")
    assert not [one for one in targets(page, language) if one.startswith("downloads/")]
    assert len([row for table in tables(page) for row in table.select("tbody tr")]) > 30


@pytest.mark.parametrize(
    ("length", "vi", "en"),
    [
        (0, "0\u00a0B", "0\u00a0B"),
        (999, "999\u00a0B", "999\u00a0B"),
        (1000, "1,0\u00a0kB", "1.0\u00a0kB"),
        (9_940, "9,9\u00a0kB", "9.9\u00a0kB"),
        (130_499, "130\u00a0kB", "130\u00a0kB"),
        (2_449_000, "2,4\u00a0MB", "2.4\u00a0MB"),
        (24_490_000, "24\u00a0MB", "24\u00a0MB"),
    ],
)
def test_a_length_is_written_in_the_unit_that_suits_it(
    edition: Edition, length: int, vi: str, en: str
) -> None:
    assert [size(Writer(edition, one), length) for one in LANGUAGES] == [vi, en]


def test_the_program_in_python_runs_and_keeps_the_codes(
    page: BeautifulSoup, edition: Edition, language: str, site: Path
) -> None:
    (block,) = page.select("pre[data-code=Python]")
    code = block.get_text().replace(f'"{ANYWHERE}"', repr(f"{site}/"))
    assert str(site) in code
    names: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()) as said:
        exec(compile(code, "data.html", "exec"), names)
    table = names["table"]
    assert set(table["series_id"]) == set(edition.plan["series"]["series_id"])
    assert f"name_{language}" in table.columns
    assert "verdict" in said.getvalue()


def test_the_program_in_r_names_files_and_columns_that_are_there(
    page: BeautifulSoup, edition: Edition, site: Path
) -> None:
    (block,) = page.select("pre[data-code=R]")
    quoted = set(re.findall(r'"([^"]+)"', block.get_text())) - {ANYWHERE, "UTF-8", "character"}
    files = {one for one in quoted if one.endswith(".csv")}
    columns = {field["name"] for _, one in resources(edition) for field in one["schema"]["fields"]}
    assert [one for one in files if not (site / one).is_file()] == []
    assert len(files) == 2
    assert quoted - files <= columns
    assert len(quoted - files) >= 4


def test_the_citation_is_that_of_the_descriptor_and_of_the_citation_file(
    edition: Edition, site: Path
) -> None:
    told = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    page = shown(edition, "en", "data.html", site)
    (quoted,) = page.select("#cite ~ blockquote")
    (block,) = page.select("pre[data-code=BibTeX]")
    for part in (told["authors"][0]["name"], told["title"], str(told["version"])):
        assert part in text(quoted)
        assert part in block.get_text()
    assert told["license"] in block.get_text()
    assert edition.descriptor["created"][:4] in block.get_text()


def test_bibtex_is_whole_and_names_an_address_only_if_there_is_one(
    page: BeautifulSoup, edition: Edition, language: str
) -> None:
    (block,) = page.select("pre[data-code=BibTeX]")
    assert block.get_text().count("{") == block.get_text().count("}") > 5
    assert "url" not in block.get_text()
    known = shown(replace(edition, base_url="https://data.example/plan/"), language, "data.html")
    (block,) = known.select("pre[data-code=BibTeX]")
    assert "url = {https://data.example/plan/}" in block.get_text()
    assert (
        'site = "https://data.example/plan/"' in known.select("pre[data-code=Python]")[0].get_text()
    )


def test_the_head_describes_the_dataset_for_search_engines(
    page: BeautifulSoup, edition: Edition, language: str
) -> None:
    (block,) = page.select("head script[type='application/ld+json']")
    told = json.loads(str(block.string))
    assert (told["@type"], told["version"]) == ("Dataset", edition.version)
    assert told["name"] == edition.descriptor["titles"][language]


def test_the_interface_is_told_with_an_example_of_each_address(
    page: BeautifulSoup, language: str, site: Path
) -> None:
    rows = page.select("#api ~ .scroll")[0].select("tbody tr")
    index = json.loads((site / "api/v1/index.json").read_text(encoding="utf-8"))
    assert [cells(row)[0] for row in rows] == [
        f"api/v1/{one['path']}" for one in index["endpoints"]
    ]
    for row in rows:
        (path,) = targets(row, language)
        assert json.loads((site / path).read_text(encoding="utf-8"))


# The dictionary


def test_every_column_of_every_table_is_explained(
    dictionary: BeautifulSoup, columns: dict[str, Tag], edition: Edition, language: str
) -> None:
    count = 0
    for _, one in resources(edition):
        heading = dictionary.find(id=one["name"])
        assert heading is not None
        assert text(heading) == f"{one['titles'][language]} {one['name']}"
        for field in one["schema"]["fields"]:
            row = columns[f"{one['name']}.{field['name']}"]
            name, meaning, kind = cells(row)
            assert name == f"{field['name']} {field['titles'][language]}"
            assert kind.startswith(field["type"])
            said = " ".join(field["descriptions"][language].replace("`", "").split())
            assert meaning.replace(" ", "").startswith(said.replace(" ", "")), name
            assert " ".join(str(field["example"]).split()) in meaning
            count += 1
    assert count > 400


def test_the_rules_of_a_column_are_told_with_their_values(
    columns: dict[str, Tag], edition: Edition
) -> None:
    for _, one in resources(edition):
        for field in one["schema"]["fields"]:
            row = columns[f"{one['name']}.{field['name']}"]
            values = [text(code) for code in row.select("td:nth-of-type(2) code")]
            rules = field.get("constraints", {})
            several = {"pattern"} if "separator" in field else set()
            wanted = {
                name: rules[name] for name in ("pattern", "minimum", "maximum") if name in rules
            }
            wanted = {name: str(one) for name, one in wanted.items() if name not in several}
            assert sorted(values) == sorted(" ".join(one.split()) for one in wanted.values())


def test_every_code_is_told_with_its_meaning(
    columns: dict[str, Tag], edition: Edition, language: str
) -> None:
    for _, one in resources(edition):
        for field in one["schema"]["fields"]:
            row = columns[f"{one['name']}.{field['name']}"]
            told = {text(each.dt): text(each.dd) for each in row.select(".codes div")}
            labels = field.get("enumLabels", {})
            assert told == {code: " ".join(said[language].split()) for code, said in labels.items()}


def test_links_between_tables_lead_to_tables(dictionary: BeautifulSoup) -> None:
    main = dictionary.select_one("main")
    assert main is not None
    inside = {one[1:] for one in links(main) if one.startswith("#")}
    assert len(inside) > 30
    assert inside <= {str(one["id"]) for one in main.find_all(id=True)}


def test_the_data_page_leads_to_places_of_the_dictionary(
    page: BeautifulSoup, dictionary: BeautifulSoup
) -> None:
    places = {one.partition("#")[2] for one in links(page) if one.startswith("dictionary.html#")}
    assert len(places) > 30
    assert places <= {str(one["id"]) for one in dictionary.find_all(id=True)}


def test_what_a_descriptor_says_stays_text(edition: Edition) -> None:
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    for one in descriptor["resources"]:
        for described in (one, *one["schema"]["fields"]):
            described["titles"] = dict.fromkeys(LANGUAGES, HOSTILE)
            described["descriptions"] = dict.fromkeys(LANGUAGES, f"`x` {HOSTILE}")
    tables_of = edition.plan.tables
    hostile = replace(edition, plan=Plan(Tables({**tables_of}, descriptor, tables_of.root)))
    for name in ("data.html", "dictionary.html"):
        made = shown(hostile, "vi", name)
        assert "alert(1)" in made.get_text()
        assert markup_of(made) == []
