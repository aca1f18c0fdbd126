"""Values that are corrected and taken back, as the plan is judged by them afterwards."""

from __future__ import annotations

import pytest

import analysis
from analysis.errors import UserError
from analysis.intake.recorded import Recorded
from analysis.intake.vintages import vintages
from tests.intake.folder import Folder
from tests.intake.papers import Row, value

SERIES, PERIOD = "8.4-beds", "2026"
LATER = {"source_title": "Báo cáo số 13/BC-SYT", "published": "2026-11-20"}


def current(folder: Folder) -> tuple[float, str] | None:
    """The number that stands, and how firm it is."""
    found = folder.current(SERIES, PERIOD)
    return (found["value"], found["status"]) if found else None


def kinds(folder: Folder, *rows: Row) -> list[str]:
    return [line.kind for line in folder.look(*rows).lines]


def test_a_value_is_corrected_replaced_and_taken_back_step_by_step(folder: Folder) -> None:
    """Each step back leads to what stood before it, down to the first collection."""
    final = value(value="60.1", status="actual", **LATER)
    assert current(folder) is None

    folder.add(value())
    assert current(folder) == (59.5, "preliminary")

    assert kinds(folder, value(value="59.6")) == ["revision"]
    folder.add(value(value="59.6"))
    assert current(folder) == (59.6, "preliminary")

    assert kinds(folder, final) == ["revision"]
    folder.add(final)
    assert current(folder) == (60.1, "actual")
    assert folder.current(SERIES, PERIOD)["n_candidates"] == 1  # type: ignore[index]

    revisions = Recorded.read(folder.root).rows["revisions"]
    assert [tuple(row.values()) for row in revisions] == [
        ("obs-0550", "obs-0549"), ("obs-0551", "obs-0550"),
    ]  # fmt: skip

    assert folder.undo("a slip").addition_id == "add-0004"
    assert current(folder) == (59.6, "preliminary")
    assert folder.undo().addition_id == "add-0003"
    assert current(folder) == (59.5, "preliminary")
    assert folder.undo().addition_id == "add-0002"
    assert current(folder) is None
    with pytest.raises(UserError, match="only the first collection stands"):
        folder.undo()

    told = [one.state for one in vintages(folder.root, SERIES, "QN") if not one.stands]
    assert told == ["taken back on 2026-11-30"] * 2 + ["taken back on 2026-11-30: a slip"]

    assert kinds(folder, value()) == ["new"]
    assert folder.add(value()).addition_id == "add-0005"
    assert current(folder) == (59.5, "preliminary")
    assert folder.current(SERIES, PERIOD)["observation_id"] == "obs-0552"  # type: ignore[index]
    assert Recorded.read(folder.root).rows["sources"][-1]["published"] == LATER["published"]
    assert folder.is_sound


def test_values_that_contradict_each_other_are_all_kept(folder: Folder) -> None:
    """Two reports of one office in one go: neither replaces the other, nor is either replaced."""
    folder.add(value(), value(value="60.1", **LATER))
    assert current(folder) == (60.1, "preliminary")  # published later

    third = value(value="60.3", source_title="Niên giám", published="2026-11-25")
    found = folder.look(third)
    assert [(one.code, one.severity) for one in found.findings] == [("several-earlier", "warning")]
    batch = folder.add(third)
    assert batch.count("revisions") == 0
    assert current(folder) == (60.3, "preliminary")
    assert folder.current(SERIES, PERIOD)["n_candidates"] == 3  # type: ignore[index]

    paper = value(value="61", publisher="Báo Quảng Ninh", source_title="Tin",
                  source_url="https://baoquangninh.vn/tin")  # fmt: skip
    assert [(one.code, one.severity) for one in folder.look(paper).findings] == [
        ("conflict", "notice")
    ]
    assert folder.add(paper).count("revisions") == 0
    assert current(folder) == (60.3, "preliminary")  # the better source


def test_what_was_recorded_first_can_be_corrected_too(folder: Folder) -> None:
    """A row of the first collection, whose source gives a mended number."""
    before = folder.current("5.7", "2024")
    assert before is not None
    [source] = [
        row
        for row in Recorded.read(folder.root).rows["sources"]
        if row["source_id"] == before["source_id"]
    ]
    mended = value(
        indicator_code="5.7", part="", unit="%", period="2024", value="95.31", status="actual",
        source_url=source["url"], source_title=source["title"], publisher=source["publisher"],
        published=source["published"],
    )  # fmt: skip
    assert kinds(folder, mended) == ["revision"]
    folder.add(mended)
    after = folder.current("5.7", "2024")
    assert after is not None
    assert (before["value"], after["value"]) == (95.3, 95.31)
    assert after["source_id"] == before["source_id"]
    plan = analysis.load(folder.root)
    assert before["observation_id"] not in set(plan.tables["observations"]["observation_id"])
    folder.undo()
    assert folder.current("5.7", "2024") == before
