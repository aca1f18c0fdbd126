"""The distances are those of the gap frame, in the same rows and scale as the report's figure."""

from __future__ import annotations

import pytest

from analysis.charts import relative_distance
from analysis.charts.gap_bars import drawable
from analysis.publish import Edition
from analysis.publish.site.figures import gap_dots, marks, tokens
from analysis.publish.site.writer import Writer
from tests.publish.site.figures.reading import keys, layer, rows

GROUPS = (3, 5, 7, 8, 10, 11)


@pytest.mark.parametrize("group_id", GROUPS)
def test_every_distance_is_that_of_the_report(edition: Edition, vi: Writer, group_id: int) -> None:
    gap = edition.gap[edition.gap["group_id"].eq(group_id)]
    frame = drawable(gap)
    frame = frame.assign(distance=relative_distance(frame)).dropna(subset="distance")
    expected = {
        (row.series_id, row.target_year): pytest.approx(min(max(row.distance, -100), 100), abs=1e-3)
        for row in frame.itertuples()
    }
    bars = {(row["series_id"], row["year"]): row["distance"]
            for row in rows(gap_dots(vi, group_id), "bars")}  # fmt: skip
    assert bars == expected


def test_a_bar_has_colour_and_shape_of_its_verdict(edition: Edition, vi: Writer) -> None:
    verdicts = edition.gap.set_index(["series_id", "target_year"])["verdict"]
    bars = rows(gap_dots(vi, 8), "bars")
    assert {verdicts[row["series_id"], row["year"]] for row in bars} >= {"MET", "NOT_MET"}
    for row in bars:
        code = verdicts[row["series_id"], row["year"]]
        assert (row["shape"], row["stroke"]) == (marks.VERDICTS[code], tokens.verdict(code))
        assert row["fill"] == (tokens.PAPER if code == "NOT_ASSESSABLE" else tokens.verdict(code))


def test_a_target_that_is_not_met_lies_to_the_left_whichever_way_is_better(
    edition: Edition, vi: Writer
) -> None:
    met = edition.gap.set_index(["series_id", "target_year"])["met"]
    modes = edition.gap.drop_duplicates("series_id").set_index("series_id")["mode"]
    bars = rows(gap_dots(vi, 3), "bars")
    assert "down" in {modes[row["series_id"]] for row in bars}
    for row in bars:
        assert (row["distance"] >= 0) == bool(met[row["series_id"], row["year"]])


def test_levels_and_directions_have_no_distance(edition: Edition, vi: Writer) -> None:
    drawn = {row["series_id"] for row in rows(gap_dots(vi, 7), "bars")}
    modes = edition.gap.set_index("series_id")["mode"]
    assert drawn
    assert "level" not in {modes[name].iloc[0] for name in drawn}


def test_a_group_without_any_distance_has_no_picture(vi: Writer) -> None:
    assert gap_dots(vi, 2) is None


def test_a_year_without_a_distance_says_why(edition: Edition, vi: Writer) -> None:
    said = {row["text"] for row in rows(gap_dots(vi, 11), "texts") if row["weight"] == "normal"}
    assert said <= {vi.words(f"verdict_short.{code}") for code in edition.gap["verdict"].unique()}


def test_what_is_lacking_stands_beside_the_bar(vi: Writer) -> None:
    details = [" ".join(row["text"]) for row in rows(gap_dots(vi, 5), "details")]
    assert "còn thiếu 1,24\u00a0điểm\u00a0%" in details


def test_zero_is_drawn_and_lies_where_the_target_is(vi: Writer) -> None:
    figure = gap_dots(vi, 8)
    zero = [row for row in rows(figure, "grid") if row["distance"] == 0]
    assert {row["stroke"] for row in zero} == {tokens.INK}
    assert layer(figure, "bar")["encoding"]["x2"] == {"datum": 0}


def test_the_legend_names_the_verdicts_that_are_drawn(vi: Writer) -> None:
    codes = {row["verdict"] for row in rows(gap_dots(vi, 8), "bars")}
    assert set(keys(gap_dots(vi, 8))) == {vi.words(f"verdict_short.{code}") for code in codes}


def test_the_alternative_gives_value_target_and_outcome(vi: Writer, en: Writer) -> None:
    figures = gap_dots(vi, 5), gap_dots(en, 5)
    texts = [figure.alt for figure in figures if figure]
    assert "mục tiêu 2030 là 97\u00a0%, giá trị 95,76\u00a0%: Cần đẩy nhanh" in texts[0]
    assert "target 2030 97\u00a0%, value 95.76\u00a0%" in texts[1]


def test_a_row_leads_to_its_indicator(vi: Writer) -> None:
    assert {row["href"] for row in rows(gap_dots(vi, 5), "rows")} == {
        f"indicators/5.{number}.html" for number in (1, 7, 10)
    }
