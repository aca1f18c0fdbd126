"""Forms are written whole or not at all, and always the same."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from analysis.errors import UserError
from analysis.intake.forms import write_forms
from analysis.package import Tables


def write(tables: Tables, folder: Path, agency_id: str = "so-tu-phap", year: int = 2025) -> Path:
    [path] = write_forms(tables, folder, agency_id=agency_id, year=year, as_of=date(2026, 11, 25))
    return path


def test_a_form_has_the_name_of_its_agency_and_year(tables: Tables, tmp_path: Path) -> None:
    path = write(tables, tmp_path / "new" / "forms")
    assert path == tmp_path / "new" / "forms" / "plan155-so-tu-phap-2025.xlsx"
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_the_same_data_give_the_same_bytes(tables: Tables, tmp_path: Path) -> None:
    one, other = (write(tables, tmp_path / name).read_bytes() for name in ("a", "b"))
    assert one == other
    assert write(tables, tmp_path / "c", year=2024).read_bytes() != one


def test_all_forms_are_written_in_the_order_of_the_agencies(
    forms: dict[str, Path], tables: Tables
) -> None:
    order = [name for name in tables["agencies"]["agency_id"] if name in forms]
    assert list(forms) == order
    assert len(forms) == 19


def test_a_form_replaces_an_older_one_of_its_name(tables: Tables, tmp_path: Path) -> None:
    (tmp_path / "plan155-so-tu-phap-2025.xlsx").write_text("old")
    assert write(tables, tmp_path).stat().st_size > 5000


@pytest.mark.parametrize("year", [2027, 1825, 0])
def test_a_year_without_figures_is_refused(year: int, tables: Tables, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=f"no form can be made for {year}"):
        write(tables, tmp_path, year=year)
    assert not list(tmp_path.iterdir())


def test_a_refused_agency_leaves_no_folder(tables: Tables, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no agency"):
        write(tables, tmp_path / "forms", "so-y")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_a_file_is_refused(tables: Tables, tmp_path: Path) -> None:
    (tmp_path / "forms").write_text("x")
    with pytest.raises(UserError, match="the form cannot be written"):
        write(tables, tmp_path / "forms")


def test_a_write_that_fails_leaves_the_older_form_and_nothing_else(
    tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tables, tmp_path)
    before = path.read_bytes()

    def full(self: Path, data: bytes) -> int:
        with self.open("wb") as file:
            file.write(data[:100])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UserError, match="No space left on device"):
        write(tables, tmp_path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_library_is_named_with_what_installs_it(
    tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(UserError, match="XlsxWriter") as refused:
        write(tables, tmp_path / "forms")
    assert "plan155[intake]" in refused.value.mend
    assert not list(tmp_path.iterdir())
