"""The interface as a whole: addresses, links, what it says of itself, the same bytes anywhere."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from jsonschema import Draft202012Validator

from analysis.errors import UserError
from analysis.publish import Edition
from analysis.publish.interface import documents as made
from analysis.publish.interface import write_interface
from analysis.publish.interface.documents import Endpoint, documents, endpoints
from analysis.publish.interface.indicators import Documents as Pairs
from analysis.publish.interface.library import Library
from tests.publish.copies.expected import Row, all_cells, descriptor
from tests.publish.copies.hostile import LONG, TEXTS
from tests.publish.interface.conftest import Documents, read
from tests.publish.interface.test_values import objects

ROOT = Path(__file__).parents[3]
PAGES = (ROOT / "docs" / "copies.md", ROOT / "docs" / "copies.vi.md")
AGAIN = """
import sys
from pathlib import Path
from analysis.publish import open_edition
from analysis.publish.interface import write_interface
from analysis.runs.places import Outputs

root, outputs, folder = map(Path, sys.argv[1:])
write_interface(open_edition(root, Outputs(outputs)), folder)
"""


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_returned_paths_are_all_files_sorted(edition: Edition, tmp_path: Path) -> None:
    written = write_interface(edition, tmp_path)
    assert list(written) == sorted(written)
    assert {path.relative_to(tmp_path).as_posix() for path in written} == set(digests(tmp_path))


def test_there_is_a_document_for_every_indicator_series_group_and_agency(
    documents: Documents, expected: dict[str, list[Row]]
) -> None:
    wanted = {"index.json", "indicators.json", "groups.json", "tasks.json", "agencies.json"}
    wanted |= {"sources.json", "verdicts.json"}
    for folder, table, key in (
        ("indicators", "indicators", "indicator_id"),
        ("series", "series", "series_id"),
        ("groups", "indicator_groups", "group_id"),
        ("agencies", "agencies", "agency_id"),
    ):
        wanted |= {f"{folder}/{row[key]}.json" for row in expected[table]}
    assert set(documents) == wanted


def test_the_index_counts_and_explains_every_kind_of_document(documents: Documents) -> None:
    index = documents["index.json"]
    told = 0
    for endpoint in index["endpoints"]:
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(endpoint["path"]))
        found = [name for name in documents if re.fullmatch(pattern, name)]
        assert len(found) == endpoint["n_documents"] > 0
        assert endpoint["title"]["vi"] != endpoint["title"]["en"]
        told += len(found)
    assert told == len(documents) - 1
    assert index["schema"] == "schema.json"


def test_every_document_says_of_which_edition_it_is_and_how_to_cite_it(
    documents: Documents, edition: Edition
) -> None:
    told = descriptor(edition.root)
    for document in documents.values():
        head = document["edition"]
        assert head["version"] == told["version"]
        assert head["licence"] == told["licenses"][0]["name"]
        assert head["licence_url"] == told["licenses"][0]["path"]
        assert head["created"] == told["created"]
        assert head["assessed_on"] == edition.as_of.isoformat()
        assert told["version"] in head["citation"]["vi"]
        assert told["titles"]["en"] in head["citation"]["en"]
        assert "unofficial" in head["english"]["en"]


def test_every_path_leads_to_a_document_and_back_to_the_index(documents: Documents) -> None:
    for address, document in documents.items():
        if address == "index.json":
            continue
        paths = {one["path"] for one in objects(document) if "path" in one}
        assert paths <= set(documents), address
        folder = PurePosixPath(address).parent
        home = os.path.normpath(folder / document["index"])
        assert home == "index.json"


def test_what_stands_beside_the_interface_is_where_the_site_has_it(documents: Documents) -> None:
    related = documents["index.json"]["related"]
    found = {key: os.path.normpath(PurePosixPath("api/v1") / path) for key, path in related.items()}
    assert found == {
        "data": "datapackage.json",
        "results": "results/datapackage.json",
        "site": "index.html",
    }


def test_another_process_at_another_time_and_place_writes_the_same_bytes(
    edition: Edition, folder: Path, tmp_path: Path
) -> None:
    again = tmp_path / "elsewhere"
    command = [sys.executable, "-c", AGAIN, edition.root, edition.outputs.root, again]
    odd = {"TZ": "Asia/Ho_Chi_Minh", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    environment = {**os.environ, **odd, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run(command, check=True, env=environment, cwd=tmp_path)
    assert digests(again) == digests(folder)


def test_no_document_names_the_machine_it_was_made_on(edition: Edition, folder: Path) -> None:
    for path in folder.rglob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert str(edition.root) not in text
        assert str(edition.outputs.root) not in text


def test_hostile_texts_stay_texts_and_follow_the_schema(
    hostile_edition: Edition, tmp_path: Path
) -> None:
    write_interface(hostile_edition, tmp_path)
    found = read(tmp_path)
    schema = found.pop("schema.json")
    rows = all_cells(hostile_edition)
    labels = {row["series_id"]: row["label_vi"] for row in rows["series"]}
    for key, label in labels.items():
        assert found[f"series/{key}.json"]["series"]["label_vi"] == label
    assert {f"{text} " for text in TEXTS} <= set(labels.values())
    names = {task["task_id"]: task["name_vi"] for task in found["tasks.json"]["tasks"]}
    assert names == {row["task_id"]: row["name_vi"] for row in rows["tasks"]}
    for name in ("indicator_list", "task_list", "source_list", "verdict_list", "agency_list"):
        part = {"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]}
        documents = [
            one for one in found["index.json"]["endpoints"] if one["schema"].endswith(name)
        ]
        Draft202012Validator(part).validate(found[documents[0]["path"]])
    assert LONG not in json.dumps(found)  # sections are in no document
    told = [row["observation_id"] for row in found["series/5.7.json"]["series"]["observations"]]
    assert told == ["obs-0001", "obs-0003", "obs-0007"]  # one corrected, one taken back
    assert found["sources.json"]["sources"][0]["n_observations"] == 6


@pytest.mark.parametrize(
    "key", ["../x", "a/b", "a b", ".hidden", "a.", "a..b", "CON", "nul.x", "đ", "a" * 101, "a\n"]
)
def test_an_id_that_is_no_safe_name_of_a_file_is_refused(key: str) -> None:
    endpoint = next(one for one in endpoints() if one.name == "agency")
    with pytest.raises(UserError, match="cannot be the name of a file"):
        endpoint.address(key)


@pytest.mark.parametrize("key", ["5.7", "8.4-doctors", "so-y-te", "11", "conning"])
def test_ids_of_the_data_are_safe_names(key: str) -> None:
    endpoint = next(one for one in endpoints() if one.name == "agency")
    assert endpoint.address(key) == f"agencies/{key}.json"


def test_two_ids_that_differ_in_capitals_alone_are_refused(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    def twice(_library: Library) -> Pairs:
        yield "a", {}
        yield "A", {}

    monkeypatch.setattr(made, "endpoints", lambda: (Endpoint("group", "groups/{id}.json", twice),))
    with pytest.raises(UserError, match="where capitals do not count"):
        list(documents(Library(edition)))


def test_the_address_of_the_site_changes_nothing(
    edition: Edition, folder: Path, tmp_path: Path
) -> None:
    write_interface(replace(edition, base_url="https://example.org/"), tmp_path)
    assert digests(tmp_path) == digests(folder)


@pytest.mark.parametrize("page", PAGES, ids=["en", "vi"])
def test_the_page_names_documents_that_are_there(documents: Documents, page: Path) -> None:
    rows = re.findall(r"^\| (`[^|]+json`) \|", page.read_text(encoding="utf-8"), re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([^`]+)`", row)}
    named = {name for name in named if not re.search(r"NAME|api/v1", name)}
    assert named <= set(documents)
    kinds = {re.sub("/.+", "", name) for name in named}
    assert kinds == {re.sub("/.+", "", name) for name in set(documents) - {"index.json"}}
