"""Province and country stand side by side with what each has, and nothing is made up between."""

from __future__ import annotations

import pytest

from analysis.publish import Edition
from analysis.publish.site.figures import country_line, marks, tokens
from analysis.publish.site.writer import Writer
from tests.publish.site.figures.reading import keys, rows

SERIES = ("5.7", "6.10", "8.1", "8.4-doctors")


@pytest.mark.parametrize("series_id", SERIES)
@pytest.mark.parametrize(("side", "area"), [("province", "QN"), ("country", "VN")])
def test_every_value_of_both_areas_is_a_mark(
    edition: Edition, vi: Writer, series_id: str, side: str, area: str
) -> None:
    view = edition.view
    frame = view[view["series_id"].eq(series_id) & view["area_id"].eq(area)].sort_values("year")
    drawn = [row for row in rows(country_line(vi, series_id), "observed") if row["side"] == side]
    assert [(row["year"], row["value"]) for row in drawn] == list(
        zip(frame["year"], frame["value"], strict=True)
    )


def test_the_areas_differ_by_shape_and_not_by_colour_alone(vi: Writer) -> None:
    looks = {row["side"]: (row["shape"], row["stroke"])
             for row in rows(country_line(vi, "5.7"), "observed")}  # fmt: skip
    assert looks == {
        "province": (marks.CIRCLE, tokens.ACCENT),
        "country": (marks.SQUARE, tokens.INK),
    }


def test_no_line_crosses_a_break(edition: Edition, vi: Writer) -> None:
    view = edition.view
    mine = view[view["series_id"].eq("6.10")]
    segments = {(row.value, row.year): row.segment for row in mine.itertuples()}
    links = rows(country_line(vi, "6.10"), "links")
    assert links
    for link in links:
        assert segments[link["value"], link["year"]] == segments[link["value2"], link["year2"]]


def test_a_value_that_is_not_sure_or_of_part_of_a_year_is_open(
    edition: Edition, vi: Writer
) -> None:
    view = edition.view
    mine = view[view["series_id"].eq("5.7") & view["area_id"].eq("QN")].sort_values("year")
    open_ = (mine["status"].ne("actual") | mine["part_year"]).tolist()
    assert {True, False} == set(open_)
    drawn = [row for row in rows(country_line(vi, "5.7"), "observed") if row["side"] == "province"]
    assert [row["fill"] == tokens.PAPER for row in drawn] == open_
    assert "dấu rỗng: sơ bộ, ước tính hoặc chưa trọn năm" in keys(country_line(vi, "5.7"))


def test_both_lines_are_named_with_their_last_value_apart_from_each_other(vi: Writer) -> None:
    figure = country_line(vi, "5.7")
    assert figure is not None
    low, high = rows(figure, "ends")
    assert {low["text"], high["text"]} == {"cả nước 95,15", "tỉnh 95,76"}
    span = figure.spec["encoding"]["y"]["scale"]["domain"]
    pixels = (high["place"] - low["place"]) * figure.spec["height"] / (span[1] - span[0])
    assert pixels >= 16


def test_without_a_value_of_one_of_the_areas_there_is_no_picture(
    edition: Edition, vi: Writer
) -> None:
    areas = edition.view.groupby("series_id")["area_id"].agg(set)
    alone = [name for name, found in areas.items() if found != {"QN", "VN"}]
    assert len(alone) > 20
    assert [name for name in alone if country_line(vi, str(name))] == []


def test_the_caption_says_in_which_years_the_values_differ_in_more_than_the_area(
    edition: Edition, vi: Writer
) -> None:
    notes = edition.areas[edition.areas["series_id"].eq("6.10")].set_index("year")
    assert "PERIOD" in notes.loc[2021, "definition_note"].split()
    figure = country_line(vi, "6.10")
    assert figure is not None
    assert "Lưu ý năm 2021: kỳ số liệu khác nhau." in figure.caption
    assert "giá trị thấp hơn là tốt hơn" in figure.caption


def test_the_caption_says_if_no_year_is_common(edition: Edition, vi: Writer) -> None:
    assert "3.1" not in set(edition.areas["series_id"])
    figure = country_line(vi, "3.1")
    assert figure is not None
    assert "Không có năm nào" in figure.caption


def test_the_alternative_gives_both_series_of_values(edition: Edition, en: Writer) -> None:
    figure = country_line(en, "5.7")
    assert figure is not None
    view = edition.view[edition.view["series_id"].eq("5.7")]
    assert set(view["area_id"]) == {"QN", "VN"}
    for row in view.itertuples():
        assert f"{row.year}: {en.words.number(row.value)}\u00a0%" in figure.alt
