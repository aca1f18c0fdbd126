"""The map shows what the coverage report knows: every series, every cell, every target."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.charts.coverage_map import coverage_cells
from analysis.publish import Edition
from analysis.publish.site.figures import Figure, coverage_map, marks, tokens
from analysis.publish.site.writer import Writer
from analysis.reports import CoverageReport
from tests.publish.site.figures.reading import keys, rows


@pytest.fixture(scope="session")
def map_vi(vi: Writer) -> Figure | None:
    return coverage_map(vi)


@pytest.fixture(scope="session")
def known(edition: Edition) -> pd.DataFrame:
    recorded = CoverageReport(edition.plan, "vi", as_of=edition.as_of).recorded
    view = edition.view[edition.view["area_id"].eq("QN")]
    return coverage_cells(view, recorded[~recorded["own"]])


def test_every_series_has_a_row(edition: Edition, map_vi: Figure | None) -> None:
    assert len(rows(map_vi, "names")) == len(edition.plan["series"])


def test_every_year_with_data_from_2010_is_a_cell_of_its_kind(
    known: pd.DataFrame, map_vi: Figure | None
) -> None:
    recent = known[known["year"].ge(2010) & known["year"].le(2026)]
    drawn = {(row["series_id"], row["year"]): row["kind"]
             for row in rows(map_vi, "cells") if row["year"] >= 2010}  # fmt: skip
    assert drawn == {(row.series_id, row.year): row.kind for row in recent.itertuples()}


def test_years_before_2010_share_a_cell_that_says_how_many_they_are(
    known: pd.DataFrame, map_vi: Figure | None
) -> None:
    early = known[known["year"].lt(2010)].groupby("series_id").size()
    assert len(early) > 2
    assert [row["text"] for row in rows(map_vi, "counts")] == [
        str(early[name]) for name in dict.fromkeys(row["series_id"] for row in
                                                   rows(map_vi, "cells")) if name in early
    ]  # fmt: skip


def test_what_is_not_sure_is_open(known: pd.DataFrame, map_vi: Figure | None) -> None:
    unsure = known[known["unsure"] & known["year"].ge(2010)]
    open_ = [row for row in rows(map_vi, "cells") if row["fill"] == row["ground"]]
    assert {(row["series_id"], row["year"]) for row in open_} == set(
        zip(unsure["series_id"], unsure["year"], strict=True)
    )


def test_a_frame_marks_every_stated_target(edition: Edition, map_vi: Figure | None) -> None:
    stated = edition.gap["target_status"].eq("stated").sum()
    assert len(rows(map_vi, "frames")) == stated


def test_every_kind_has_a_shape_and_a_ground_of_its_own(map_vi: Figure | None) -> None:
    looks = {(row["kind"], row["shape"], row["ground"]) for row in rows(map_vi, "cells")}
    assert len(looks) == len({kind for kind, _, _ in looks}) == 5
    assert ("exact", marks.CIRCLE, tokens.step(5)) in looks


def test_cells_stay_inside_the_picture(map_vi: Figure | None) -> None:
    assert map_vi is not None
    for spec in (map_vi.spec, map_vi.narrow):
        for name in ("cells", "frames", "strips"):
            assert max(row["x2"] for row in spec["datasets"][name]) <= spec["width"]
            assert max(row["y2"] for row in spec["datasets"][name]) <= spec["height"]


def test_a_cell_tells_what_is_there(map_vi: Figure | None) -> None:
    told = {(row["series_id"], row["year"]): row["tip"] for row in rows(map_vi, "cells")}
    assert told["5.7", 2020].split("\n") == [
        "5.7 Dân số tham gia BHYT",
        "Năm: 2020",
        "Số liệu: đúng định nghĩa, cả năm; sơ bộ hoặc ước tính",
    ]


def test_the_alternative_counts_series_and_cells_by_group(
    edition: Edition, known: pd.DataFrame, map_vi: Figure | None
) -> None:
    assert map_vi is not None
    assert map_vi.alt.count("Nhóm ") == 11
    of_group = edition.gap.loc[edition.gap["group_id"].eq(5), "series_id"].unique()
    context = known[known["kind"].eq("context") & known["series_id"].isin(of_group)]
    said = next(part for part in map_vi.alt.split("Nhóm ") if part.startswith("5 "))
    assert f"{len(context)} chỉ có số liệu tham khảo" in said


def test_the_legend_explains_cells_frames_and_the_first_column(map_vi: Figure | None) -> None:
    assert len(keys(map_vi)) == 9
    assert keys(map_vi)[-1] == "cột đầu: các năm trước 2010 gộp lại"
