"""Sources as a form names them."""

from __future__ import annotations

from analysis.intake.cells.read import Read
from analysis.intake.forms.sources import Notes, Source, day_first, own_source, read_source
from analysis.intake.model import Cell, Finding, Place
from tests.intake.forms.books import Written, cell

ISSUERS = {"Sở Y tế": ("Sở Y tế", "Department of Health", "so-y-te")}
FIELDS = ("title", "issuer", "published", "address")


def cells(**written: Written) -> dict[str, Cell]:
    return {
        key: cell(Place("f.xlsx", "Hướng dẫn", at, 2), written.get(key))
        for at, key in enumerate(FIELDS, 9)
    }


def read(**written: Written) -> tuple[Source, list[Finding]]:
    notes = Notes()
    return read_source(cells(**written), ISSUERS, notes), notes.findings


def test_a_source_is_read_into_the_columns_of_an_entry() -> None:
    source, findings = read(
        title="Báo cáo  12", issuer="department of health", published="15/1/2026",
        address="https://soyte.example.vn/bc",
    )  # fmt: skip
    assert source.row() == {
        "source_title": "Báo cáo 12",
        "publisher": "Sở Y tế",
        "published": "2026-01-15",
        "source_url": "https://soyte.example.vn/bc",
    }
    assert source.at()["published"].cell == "B11"
    assert (source.missing, findings) == ((), [])


def test_a_month_or_year_is_enough_for_a_date_of_issue() -> None:
    assert read(published="2025")[0].texts["published"] == "2025"
    assert read(published="6/2025")[0].texts["published"] == "2025-06"


def test_an_empty_source_lacks_everything_but_the_address() -> None:
    source, findings = read()
    assert source.missing == ("title", "issuer", "published")
    assert findings == []


def test_what_is_refused_is_not_missing_as_well() -> None:
    source, findings = read(title="Báo cáo", issuer="Sở Y tế", published="32/1/2026",
                            address="soyte")  # fmt: skip
    assert source.missing == ()
    assert [one.code for one in findings] == ["not-a-date", "not-an-address"]


def test_an_issuer_that_is_no_agency_is_refused() -> None:
    source, [finding] = read(title="x", issuer="Báo Quảng Ninh", published="2025")
    assert (source.texts["issuer"], finding.code) == ("", "unknown-choice")


def test_a_row_that_names_no_source_has_none_of_its_own() -> None:
    common, _ = read(title="x", issuer="Sở Y tế", published="2025")
    notes = Notes()
    assert own_source(cells(), ISSUERS, notes, common) is None
    own = own_source(cells(title="y", published="2026"), ISSUERS, notes, common)
    assert own is not None
    assert own.texts["issuer"] == "Sở Y tế"
    assert notes.findings == []


def test_a_date_that_two_peoples_read_in_two_ways_has_the_day_first() -> None:
    place = Place("f.xlsx", "Hướng dẫn", 11, 2)
    asks = Finding("two-readings", "question", "which", place)
    told = Finding("x", "notice", "told", place)
    read_twice = Read("", (asks, told), ("2026-04-03", "2026-03-04"))
    assert day_first(read_twice) == Read("2026-04-03", (told,))
    assert day_first(Read("2026-04-03")) == Read("2026-04-03")
