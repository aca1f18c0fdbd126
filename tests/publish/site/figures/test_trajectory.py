"""A trajectory shows every observation, target, path, outlook and break of its series."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.publish import Edition
from analysis.publish.site.figures import marks, tokens, trajectory
from analysis.publish.site.writer import Writer
from tests.publish.site.figures.reading import ends, keys, layer, points, rows, shown

BROKEN, PROXIED, LEVELS, RANK, RANGE = "4.3", "7.12", "7.15", "4.1", "1"


def observed(edition: Edition, series_id: str) -> pd.DataFrame:
    view = edition.view
    rows = view[view["series_id"].eq(series_id) & view["area_id"].eq("QN")]
    return rows.sort_values("year")


def gap(edition: Edition, series_id: str, year: int) -> pd.Series:
    frame = edition.gap
    return frame[frame["series_id"].eq(series_id) & frame["target_year"].eq(year)].iloc[0]


@pytest.mark.parametrize("series_id", ["5.7", "8.1", BROKEN, LEVELS, RANK, RANGE, "6.10"])
def test_every_observation_is_a_mark_at_its_year_and_value(
    edition: Edition, vi: Writer, series_id: str
) -> None:
    frame = observed(edition, series_id)
    expected = list(zip(frame["year"], frame["value"], strict=True))
    assert points(trajectory(vi, series_id)) == expected


def test_a_series_without_any_value_has_no_picture(vi: Writer) -> None:
    assert trajectory(vi, "2") is None


def test_a_series_with_a_direction_only_and_no_value_has_no_picture(vi: Writer) -> None:
    assert trajectory(vi, "8.10") is None


def test_a_target_that_is_a_direction_only_is_not_drawn(edition: Edition, vi: Writer) -> None:
    assert gap(edition, "10.2", 2025)["kind"] == "text"
    assert [row["year"] for row in rows(trajectory(vi, "10.2"), "targets")] == [2030]


def test_a_value_that_is_not_sure_is_open(edition: Edition, vi: Writer) -> None:
    frame, drawn = observed(edition, "5.7"), rows(trajectory(vi, "5.7"), "observed")
    sure = frame["status"].eq("actual").tolist()
    assert {True, False} == set(sure)
    fills = [tokens.ACCENT if one else tokens.PAPER for one in sure]
    assert [row["fill"] for row in drawn] == fills


def test_a_value_for_part_of_a_year_is_a_square(edition: Edition, vi: Writer) -> None:
    frame, drawn = observed(edition, "5.7"), rows(trajectory(vi, "5.7"), "observed")
    shapes = [marks.SQUARE if part else marks.CIRCLE for part in frame["part_year"]]
    assert marks.SQUARE in shapes
    assert [row["shape"] for row in drawn] == shapes


def test_values_before_a_break_are_grey(edition: Edition, vi: Writer) -> None:
    frame, drawn = observed(edition, BROKEN), rows(trajectory(vi, BROKEN), "observed")
    used = frame["is_current_segment"].tolist()
    assert {True, False} == set(used)
    colours = [tokens.ACCENT if one else tokens.EARLIER for one in used]
    assert [row["stroke"] for row in drawn] == colours


def test_no_line_crosses_a_break(edition: Edition, vi: Writer) -> None:
    segments = observed(edition, BROKEN).set_index("year")["segment"]
    joined = ends(trajectory(vi, BROKEN))
    assert joined
    assert all(segments[before] == segments[after] for before, after in joined)


def test_a_break_stands_between_the_values_that_it_parts(vi: Writer) -> None:
    figure = trajectory(vi, BROKEN)
    assert [row["year"] for row in rows(figure, "breaks")] == [2019.5, 2024.5]
    assert "đổi cách đo" in keys(figure)


def test_a_line_across_years_without_a_value_is_thin(vi: Writer) -> None:
    widths = {(row["year"], row["year2"]): row["thick"]
              for row in rows(trajectory(vi, "5.7"), "links")}  # fmt: skip
    assert widths[2016, 2017] > widths[2018, 2020]
    assert {width for (before, after), width in widths.items() if after - before > 1} == {
        widths[2020, 2024]
    }


def test_proxies_are_crosses_that_no_line_joins(vi: Writer) -> None:
    figure = trajectory(vi, PROXIED)
    assert len(rows(figure, "context")) > 10
    assert {row["shape"] for row in rows(figure, "context")} == {marks.CROSS}
    assert rows(figure, "observed") == rows(figure, "links") == []
    assert "số liệu chỉ để tham khảo" in keys(figure)


def test_a_proxy_shows_only_where_there_is_no_better_value(vi: Writer) -> None:
    figure = trajectory(vi, "6.10")
    years = {year for year, _ in points(figure)}
    assert years
    assert years.isdisjoint(year for year, _ in points(figure, "context"))


@pytest.mark.parametrize(("series_id", "year"), [("5.7", 2025), ("5.7", 2030), ("6.10", 2030)])
def test_a_target_stands_at_its_bound(
    edition: Edition, vi: Writer, series_id: str, year: int
) -> None:
    row = gap(edition, series_id, year)
    bound = row["high"] if row["mode"] == "down" else row["low"]
    drawn = {row["year"]: row["value"] for row in rows(trajectory(vi, series_id), "targets")}
    assert drawn[year] == bound


def test_the_mark_of_a_target_points_to_the_side_on_which_it_is_met(vi: Writer) -> None:
    assert {row["shape"] for row in rows(trajectory(vi, "5.7"), "target_marks")} == {marks.UP}
    assert {row["shape"] for row in rows(trajectory(vi, "6.10"), "target_marks")} == {marks.DOWN}
    assert rows(trajectory(vi, "8.1"), "target_marks") == []  # to be kept: no side


def test_a_range_is_a_block_from_its_low_to_its_high_end(edition: Edition, vi: Writer) -> None:
    row = gap(edition, RANGE, 2030)
    (target,) = rows(trajectory(vi, RANGE), "targets")
    assert (target["low"], target["high"]) == (row["low"], row["high"]) == (19000, 20000)


def test_levels_are_named_and_hold_until_the_next_is_reached(vi: Writer) -> None:
    figure = trajectory(vi, LEVELS)
    assert [row["text"] for row in rows(figure, "levels")] == [
        f"Phổ cập giáo dục mức độ {number}" for number in (1, 2, 3)
    ]
    slanted = [row for row in rows(figure, "links")
               if row["year"] != row["year2"] and row["value"] != row["value2"]]  # fmt: skip
    assert slanted == []
    assert any(row["value"] != row["value2"] for row in rows(figure, "links"))


def test_the_path_goes_from_the_base_value_to_the_target(edition: Edition, vi: Writer) -> None:
    row = gap(edition, "5.7", 2030)
    assert points(trajectory(vi, "5.7"), "path") == [
        (row["base_year"], row["base_value"]),
        (2030, row["low"]),
    ]


def test_the_outlook_ends_at_the_projection_and_its_interval(edition: Edition, vi: Writer) -> None:
    row, figure = gap(edition, "5.7", 2030), trajectory(vi, "5.7")
    assert points(figure, "projection")[-1] == pytest.approx((2030, row["projection"]))
    last = rows(figure, "interval")[-1]
    assert (last["low"], last["high"]) == pytest.approx(
        (row["projection_low"], row["projection_high"]), abs=1e-3
    )


def test_nothing_is_carried_on_where_there_is_no_projection(edition: Edition, vi: Writer) -> None:
    assert pd.isna(gap(edition, BROKEN, 2030)["projection"])
    assert rows(trajectory(vi, BROKEN), "projection") == []


def test_a_mark_tells_its_value_how_sure_it_is_and_its_source(
    edition: Edition, vi: Writer, en: Writer
) -> None:
    last = observed(edition, "5.7").iloc[-1]
    source = edition.plan["sources"].set_index("source_id").loc[last["source_id"]]
    told = rows(trajectory(vi, "5.7"), "observed")[-1]["tip"].split("\n")
    assert told[0] == "2025: 95,76\u00a0%"
    assert "Tình trạng: ước tính" in told
    assert f"Nguồn: {source['publisher']}, “{source['title']}”" in told
    english = rows(trajectory(en, "5.7"), "observed")[-1]["tip"].split("\n")
    assert english[:2] == ["2025: 95.76\u00a0%", "Status: estimate"]


def test_a_target_tells_its_verdict_and_what_the_plan_prints(edition: Edition, vi: Writer) -> None:
    row = gap(edition, "5.7", 2030)
    told = rows(trajectory(vi, "5.7"), "targets")[-1]["tip"]
    assert vi.words(f"verdict.{row['verdict']}") in told
    assert f"“{row['text_source']}”" in told


def test_numbers_have_the_marks_of_the_language(vi: Writer, en: Writer) -> None:
    figures = trajectory(vi, "8.1"), trajectory(en, "8.1")
    axes = [shown(figure.svg) for figure in figures if figure]
    assert "2,4" in axes[0]
    assert "2.4" not in axes[0]
    assert "2.4" in axes[1]
    assert "2,4" not in axes[1]


def test_the_alternative_names_every_value_and_target(edition: Edition, vi: Writer) -> None:
    figure = trajectory(vi, BROKEN)
    assert figure is not None
    for row in observed(edition, BROKEN).itertuples():
        assert f"{row.year}: {vi.words.number(row.value)}\u00a0%" in figure.alt
    assert "Mục tiêu 2025: 52\u00a0%; 2030: >\u00a055\u00a0%." in figure.alt
    assert figure.alt.count("trước khi đổi cách đo") == 12


def test_an_english_page_has_no_vietnamese_value(en: Writer) -> None:
    figure = trajectory(en, RANK)
    assert figure is not None
    assert "rank 6" in figure.alt
    assert "Thứ" not in figure.alt


def test_the_legend_has_what_is_drawn_and_nothing_else(vi: Writer) -> None:
    assert keys(trajectory(vi, LEVELS)) == [
        "giá trị dùng để đánh giá, số chính thức",
        "chưa trọn năm",
        "mục tiêu (mức cần đạt hoặc giữ)",
    ]


def test_the_axis_of_years_reaches_the_last_target(vi: Writer) -> None:
    figure = trajectory(vi, "8.1")
    assert figure is not None
    low, high = figure.spec["encoding"]["x"]["scale"]["domain"]
    assert low < 2005
    assert high > 2030
    assert 2030 in figure.spec["encoding"]["x"]["axis"]["values"]


def test_no_tick_lies_beyond_what_the_series_can_have(edition: Edition, vi: Writer) -> None:
    most = gap(edition, "5.7", 2030)["natural_max"]
    figure = trajectory(vi, "5.7")
    assert figure is not None
    assert figure.spec["encoding"]["y"]["scale"]["domain"][1] > most
    assert max(figure.spec["encoding"]["y"]["axis"]["values"]) <= most


def test_texts_of_breaks_are_left_out_where_it_is_narrow(vi: Writer) -> None:
    figure = trajectory(vi, BROKEN)
    assert layer(figure, "breaks_text")
    assert figure is not None
    assert "breaks_text" not in [one["name"] for one in figure.narrow["layer"]]
