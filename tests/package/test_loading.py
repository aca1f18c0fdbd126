from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pandas as pd
import pytest

from analysis.package import PackageError, Tables, keep, load, origins

ALIASES = "data/reference/unit_aliases.csv"
TARGETS = "data/plan/targets.csv"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing on stderr."""


class QuietServer(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Say nothing when a client hangs up."""


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """Give the loopback address of a folder."""
    servers: list[QuietServer] = []

    def start(folder: Path) -> str:
        handler = partial(Quiet, directory=str(folder))
        servers.append(QuietServer(("127.0.0.1", 0), handler))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def zipped(root: Path, path: Path, top: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(root.rglob("*")):
            if file.is_file():
                archive.write(file, top + file.relative_to(root).as_posix())
    return path


def zip_of(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def assert_same(one: Tables, other: Tables) -> None:
    assert one.names == other.names
    for name in one.names:
        pd.testing.assert_frame_equal(one[name], other[name])


def refused(source: str | Path) -> str:
    with pytest.raises(PackageError) as caught:
        load(source)
    return str(caught.value)


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


@pytest.fixture
def own(package: Path, tmp_path: Path) -> Path:
    """Return a copy of the small package that a test may change."""
    return Path(shutil.copytree(package, tmp_path / "own"))


# What comes out


def test_every_resource_is_a_frame_with_the_columns_of_its_schema(package: Path) -> None:
    tables = load(package)
    assert len(tables) == 27
    for resource in tables.descriptor["resources"]:
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert list(tables[resource["name"]].columns) == names
        assert len(tables[resource["name"]]) == resource["rowCount"]


def test_types_are_those_of_the_schema(package: Path) -> None:
    tables = load(package)
    assert dict(tables.targets.dtypes.astype(str)) == {
        "series_id": "str",
        "year": "int64",
        "status": "str",
        "kind": "str",
        "low": "float64",
        "high": "float64",
        "level_id": "str",
        "text_source": "str",
        "text_en": "str",
        "reading_id": "str",
        "inherited": "bool",
        "source_line": "int64",
    }
    assert str(tables.readings["source_line"].dtype) == "Int64"
    assert str(tables.tasks["start"].dtype) == "datetime64[s]"
    assert str(tables.task_updates["date"].dtype) == "datetime64[s]"
    assert tables.observations["period"].tolist()[:2] == ["2020", "2024-H1"]


def test_codes_that_look_like_numbers_stay_text(package: Path) -> None:
    codes = load(package).indicators["indicator_id"].tolist()
    assert "5.1" in codes
    assert "5.10" in codes


def test_the_word_none_and_an_empty_cell_are_not_the_same(package: Path) -> None:
    tables = load(package)
    assert "none" in tables.targets["level_id"].tolist()
    assert tables.targets["level_id"].notna().all()
    assert tables.observations["measure"].isna().sum() == 7


def test_tables_are_reached_by_item_and_by_attribute(package: Path) -> None:
    tables = load(package)
    assert tables["series"] is tables.series
    assert tables.root == package
    assert tables.version == "1.3.0"
    assert "series" in dir(tables)
    assert "plan-155-quang-ninh 1.3.0" in repr(tables)


def test_the_digest_is_that_of_the_descriptor(package: Path) -> None:
    descriptor = (package / "datapackage.json").read_bytes()
    assert load(package).sha256 == hashlib.sha256(descriptor).hexdigest()


def test_a_table_that_does_not_exist_is_named(package: Path) -> None:
    tables = load(package)
    with pytest.raises(KeyError, match=r"no resource 'serie'.*series"):
        tables["serie"]
    with pytest.raises(AttributeError, match="no resource 'serie'"):
        tables.serie  # noqa: B018


# Where it comes from


def test_folder_zip_and_address_give_the_same(
    package: Path, tmp_path: Path, serve: Callable[[Path], str]
) -> None:
    expected = load(package)
    zipped(package, tmp_path / "package.zip")
    site, files = serve(package), serve(tmp_path)
    for source in (
        str(package),
        package / "datapackage.json",
        tmp_path / "package.zip",
        zipped(package, tmp_path / "nested.zip", "plan-155/"),
        f"{site}/datapackage.json",
        f"{site}/",
        f"{files}/package.zip",
    ):
        assert_same(load(source), expected)


def test_a_file_of_ones_own_may_have_been_changed(own: Path) -> None:
    replace(own / ALIASES, "%,percent", "phần trăm,percent")
    assert load(own).unit_aliases["unit_text"].tolist() == ["phần trăm"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "no such folder or file" in refused(tmp_path / "nowhere")


def test_a_folder_without_descriptor_says_so(tmp_path: Path) -> None:
    assert "no datapackage.json here" in refused(tmp_path)


def test_a_descriptor_that_is_not_json_says_so(own: Path) -> None:
    (own / "datapackage.json").write_text("{", encoding="utf-8")
    assert "the descriptor is not JSON" in refused(own)


def test_missing_files_are_named_all_at_once(own: Path) -> None:
    (own / ALIASES).unlink()
    (own / TARGETS).unlink()
    text = refused(own)
    assert ALIASES in text
    assert TARGETS in text


def test_a_changed_file_in_a_zip_is_refused_by_its_hash(own: Path, tmp_path: Path) -> None:
    replace(own / ALIASES, "%,percent", "phần trăm,percent")
    text = refused(zipped(own, tmp_path / "own.zip"))
    assert "wrong hash" in text
    assert ALIASES in text


def test_a_changed_file_at_an_address_is_refused_by_its_hash(
    own: Path, serve: Callable[[Path], str]
) -> None:
    replace(own / ALIASES, "%,percent", "phần trăm,percent")
    assert "wrong hash" in refused(f"{serve(own)}/datapackage.json")


def test_a_file_missing_at_an_address_is_named(own: Path, serve: Callable[[Path], str]) -> None:
    (own / ALIASES).unlink()
    assert ALIASES in refused(f"{serve(own)}/datapackage.json")


def test_an_address_with_nothing_says_so(tmp_path: Path, serve: Callable[[Path], str]) -> None:
    assert "nothing is found at the address" in refused(f"{serve(tmp_path)}/datapackage.json")


def test_an_address_that_does_not_answer_says_so() -> None:
    assert "cannot be read" in refused("http://127.0.0.1:1/datapackage.json")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/datapackage.json"])
def test_only_http_addresses_are_read(url: str) -> None:
    assert "not an http or https address" in refused(url)


def test_more_than_the_largest_size_is_not_taken_from_an_address(
    package: Path, serve: Callable[[Path], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(origins, "LARGEST", 1000)
    assert "more than" in refused(f"{serve(package)}/datapackage.json")


def test_a_zip_that_would_unpack_to_too_much_is_refused(tmp_path: Path) -> None:
    bomb = zip_of(
        tmp_path / "bomb.zip",
        {"datapackage.json": b"{}", "zeros": bytes(origins.LARGEST + 1)},
    )
    assert bomb.stat().st_size < 1_000_000
    assert "more than 200 MB" in refused(bomb)


@pytest.mark.parametrize("name", ["../evil.csv", "/etc/evil.csv", "a/../../evil", "C:/evil"])
def test_a_zip_with_a_path_out_of_it_is_refused(tmp_path: Path, name: str) -> None:
    path = zip_of(tmp_path / "evil.zip", {"datapackage.json": b"{}", name: b"x"})
    assert "unsafe path" in refused(path)


@pytest.mark.parametrize("path", ["../secret.csv", "/etc/passwd", "http://x.org/a.csv", "a\\b"])
def test_a_descriptor_with_a_path_out_of_the_package_is_refused(own: Path, path: str) -> None:
    file = own / "datapackage.json"
    descriptor = json.loads(file.read_text(encoding="utf-8"))
    descriptor["resources"][0]["path"] = path
    file.write_text(json.dumps(descriptor), encoding="utf-8")
    assert "unsafe path" in refused(own)


def test_a_zip_without_or_with_two_descriptors_is_refused(tmp_path: Path) -> None:
    none = zip_of(tmp_path / "none.zip", {"readme.txt": b""})
    assert "0 files datapackage.json" in refused(none)
    members = {"a/datapackage.json": b"{}", "b/datapackage.json": b"{}"}
    assert "2 files datapackage.json" in refused(zip_of(tmp_path / "two.zip", members))


def test_a_file_that_is_no_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "package.zip"
    path.write_bytes(b"PK\x03\x04 not a zip")
    assert "the zip file is damaged" in refused(path)


def test_a_zip_with_a_damaged_member_is_refused(package: Path, tmp_path: Path) -> None:
    path = tmp_path / "package.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for file in sorted(package.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(package).as_posix())
    data = path.read_bytes()
    path.write_bytes(data.replace(b"unit_text,unit_id", b"unit_text;unit_id", 1))
    assert "the zip file is damaged" in refused(path)


def test_a_truncated_zip_is_refused(package: Path, tmp_path: Path) -> None:
    path = zipped(package, tmp_path / "package.zip")
    path.write_bytes(path.read_bytes()[:-100])
    assert "the zip file is damaged" in refused(path)


# What the cells hold


def test_other_columns_are_named(own: Path) -> None:
    replace(own / ALIASES, "unit_text,unit_id,note", "unit_text,unit,note")
    text = refused(own)
    assert "missing unit_id; unknown unit" in text
    assert ALIASES in text


def test_columns_in_another_order_are_refused(own: Path) -> None:
    replace(own / ALIASES, "unit_text,unit_id,note", "unit_id,unit_text,note")
    assert "in another order" in refused(own)


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        (TARGETS, "exact,95.5", 'exact,"95,5"', "'95,5' is no number"),
        (TARGETS, "exact,95.5", "exact,nan", "'nan' is no number"),
        (TARGETS, "exact,95.5", "exact,1_0", "'1_0' is no number"),
        (TARGETS, "1,2025", "1,2025.0", "'2025.0' is no integer"),
        (TARGETS, ",false,", ",no,", "'no' is no boolean"),
        ("data/plan/tasks.csv", "2024-01-01", "1/1/2024", "'1/1/2024' is no date"),
        ("data/plan/tasks.csv", "2024-01-01", "20240101", "'20240101' is no date"),
        (TARGETS, "1,2025,stated", "1,2025,", "an empty cell in a required field"),
    ],
)
def test_a_bad_value_is_named_with_its_line_and_column(
    own: Path, file: str, old: str, new: str, what: str
) -> None:
    replace(own / file, old, new)
    text = refused(own)
    assert what in text
    assert f"{file}, line 2, column" in text


def test_bad_values_are_named_all_at_once(own: Path) -> None:
    replace(own / TARGETS, "1,2025", "1,x")
    replace(own / ALIASES, "%,percent", "%,")
    text = refused(own)
    assert "'x' is no integer" in text
    assert "an empty cell" in text


def test_only_the_first_of_many_faults_are_shown(own: Path) -> None:
    path = own / TARGETS
    path.write_text(path.read_text(encoding="utf-8").replace(",false,", ",no,"), encoding="utf-8")
    assert "and 200 more of the kind" in refused(own)


# Where it is looked for


def test_without_a_source_the_nearest_package_upwards_is_loaded(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(own / "data" / "plan")
    monkeypatch.setenv("PLAN155_DATA", "/nowhere")
    assert load().root == own


def test_a_package_of_another_name_is_passed_over(
    own: Path, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace(own / "datapackage.json", "plan-155-quang-ninh", "plan-156-quang-ninh")
    monkeypatch.chdir(own)
    monkeypatch.setenv("PLAN155_DATA", str(package))
    assert load().root == package


def test_else_the_checkout_that_holds_the_code_is_loaded(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = tmp_path / "checkout/src/analysis/package/origins.py"
    monkeypatch.setattr(origins, "__file__", str(code))
    monkeypatch.delenv("PLAN155_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(package, tmp_path / "checkout")
    assert load().root == tmp_path / "checkout"


def test_where_there_is_none_the_ways_to_name_one_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(origins, "__file__", str(tmp_path / "a/b/c/d.py"))
    monkeypatch.delenv("PLAN155_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PackageError, match=r"no data package found(.|\n)*PLAN155_DATA"):
        load()


# What it costs


def test_importing_the_room_imports_nothing_heavy() -> None:
    heavy = "{'pandas', 'numpy', 'frictionless', 'jsonschema', 'yaml', 'rich'}"
    code = f"import sys, analysis.package; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_a_zip_is_read_without_unpacking_it(package: Path, tmp_path: Path) -> None:
    path = zipped(package, tmp_path / "package.zip")
    load(path)
    assert list(tmp_path.iterdir()) == [path]


# What is kept


def test_a_package_that_is_kept_is_not_read_again(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = keep(own)
    monkeypatch.setattr("analysis.package.loading._read", None)
    assert_same(load(own), kept)


def test_a_kept_package_is_read_again_once_a_file_is_changed(own: Path) -> None:
    kept = keep(own)
    replace(own / "data" / "plan" / "indicator_groups.csv", "\n1,", "\n99,")
    changed = load(own)["indicator_groups"]["group_id"]
    assert 99 in list(changed)
    assert 99 not in list(kept["indicator_groups"]["group_id"])


def test_what_is_done_to_a_frame_does_not_change_what_is_kept(own: Path) -> None:
    keep(own)
    frame = load(own)["indicator_groups"]
    frame.loc[0, "name_vi"] = "khác"
    frame["new"] = 1
    again = load(own)["indicator_groups"]
    assert "khác" not in list(again["name_vi"])
    assert "new" not in again.columns
