"""The coverage map shows what is there of every series and year, and nothing that is not."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection, QuadMesh
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from analysis.api import Plan
from analysis.charts import Chart, coverage_map
from analysis.charts.coverage_map import KINDS, cell_counts, coverage_cells
from analysis.charts.style import DARK, DOTS_PER_INCH, LIGHT
from analysis.results import coverage_frame

_VALUE = {
    "comparability": "exact",
    "status": "actual",
    "part_year": False,
    "is_current_segment": True,
}


def value(series_id: str, year: int, **changes: object) -> dict[str, object]:
    return {"series_id": series_id, "year": year, **_VALUE, **changes}


def view() -> pd.DataFrame:
    rows = [
        value("3.1", 2008, is_current_segment=False),
        value("3.1", 2009, is_current_segment=False),
        value("3.1", 2019, status="estimate", is_current_segment=False),
        value("3.1", 2020),
        value("3.1", 2024, comparability="close", status="preliminary"),
        value("3.1", 2025, comparability="close", part_year=True),
        value("3.2", 2021),
    ]
    return pd.DataFrame(rows)


def context() -> pd.DataFrame:
    pairs = [("3.1", "2024"), ("3.2", "2016-2018"), ("3.2", "2025-06"), ("3.2", "2025-H1")]
    return pd.DataFrame(pairs, columns=["series_id", "period"])


def gap() -> pd.DataFrame:
    series = [("3.1", 3, "Thất nghiệp"), ("3.2", 3, "Thành thị"), ("5.3", 5, "Lương hưu")]
    rows = [
        {"series_id": name, "indicator_id": name, "group_id": group, "label_vi": text,
         "label_en": f"Series {name}", "target_year": year,
         "target_status": "not_stated" if (name, year) == ("3.2", 2025) else "stated"}
        for name, group, text in series
        for year in (2025, 2030)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def groups() -> pd.DataFrame:
    names = {"name_vi": ["Việc làm", "Bảo hiểm"], "name_en": ["Employment", "Insurance"]}
    return pd.DataFrame({"group_id": [3, 5], **names})


def drawn(language: str = "vi", theme: str = "light") -> Chart:
    return coverage_map(view(), context(), gap(), groups(), language, theme, last_year=2026)


def panels(chart: Chart) -> list[Axes]:
    return chart.figure.axes[1:]  # the first one is the legend


def columns(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.get_xticklabels()]


def fills(axes: Axes) -> dict[tuple[int, str], str]:
    """The colour of every cell, by row and name of its column."""
    (mesh,) = [part for part in axes.collections if isinstance(part, QuadMesh)]
    values = mesh.get_array()
    assert values is not None
    shown = mesh.cmap(mesh.norm(values))
    places = [int(place) for place in axes.get_xticks()]
    return {
        (row, name): to_hex(shown[row, place])
        for row in range(values.shape[0])
        for name, place in zip(columns(axes), places, strict=True)
        if not values.mask[row, place]
    }


def marks(axes: Axes) -> dict[tuple[int, int], bool]:
    """Where marks stand, by row and column, and whether they are filled."""
    found = {}
    for dots in axes.collections:
        if isinstance(dots, PathCollection):
            filled = bool((dots.get_facecolor()[0] == dots.get_edgecolor()[0]).all())
            for x, y in dots.get_offsets():
                found[int(y), int(x)] = filled
    return found


def test_every_year_is_told_by_what_is_there() -> None:
    cells = coverage_cells(view(), context())
    found = {(row.series_id, row.year): (row.kind, row.unsure) for row in cells.itertuples()}
    assert found == {
        ("3.1", 2008): ("before_break", False),
        ("3.1", 2009): ("before_break", False),
        ("3.1", 2019): ("before_break", True),
        ("3.1", 2020): ("exact", False),
        ("3.1", 2024): ("close", True),
        ("3.1", 2025): ("part_year", False),
        ("3.2", 2016): ("context", False),
        ("3.2", 2017): ("context", False),
        ("3.2", 2018): ("context", False),
        ("3.2", 2021): ("exact", False),
        ("3.2", 2025): ("context", False),
    }


def test_a_proxy_that_stands_in_the_view_is_context_still() -> None:
    cells = coverage_cells(pd.DataFrame([value("3.1", 2020, comparability="proxy")]), context()[:0])
    assert cells["kind"].tolist() == ["context"]


def test_cells_are_counted_by_group_and_kind() -> None:
    counts = cell_counts(coverage_cells(view(), context()), gap())
    assert counts.loc[3].to_dict() == {
        "n_series": 2, "n_with_value": 2, "n_nothing": 0, "exact": 2, "close": 1, "part_year": 1,
        "before_break": 3, "context": 4,
    }  # fmt: skip
    assert counts.loc[5].to_dict() == {
        "n_series": 1, "n_with_value": 0, "n_nothing": 1, **dict.fromkeys(KINDS, 0),
    }  # fmt: skip


def test_there_is_a_panel_a_group_a_row_a_series_and_a_column_a_year() -> None:
    chart = drawn()
    employment, insurance = panels(chart)
    assert [text.get_text() for text in employment.get_yticklabels()] == [
        "3.1 Thất nghiệp",
        "3.2 Thành thị",
    ]
    assert [text.get_text() for text in insurance.get_yticklabels()] == ["5.3 Lương hưu"]
    years = [str(year) for year in range(2010, 2027)]
    assert sorted(columns(employment)) == sorted(["≤2009", *years, "2030"])
    titles = [text.get_text() for text in employment.texts if text.get_text() not in ("2",)]
    assert titles[-2:] == ["3. Việc làm", "2/2 dòng có giá trị dùng được"]


@pytest.mark.parametrize(("theme", "look"), [("light", LIGHT), ("dark", DARK)])
def test_the_colour_of_a_cell_says_what_it_holds(theme: str, look: object) -> None:
    ramp, none = (getattr(look, name) for name in ("ramp", "none"))
    cells = fills(panels(drawn(theme=theme))[0])
    assert cells[0, "2020"] == ramp[4]
    assert cells[0, "2024"] == ramp[3]
    assert cells[0, "2025"] == ramp[2]
    assert cells[0, "2019"] == cells[0, "≤2009"] == ramp[1]
    assert cells[1, "2017"] == cells[1, "2025"] == ramp[0]
    assert cells[1, "2010"] == cells[0, "2026"] == none
    assert (0, "2030") not in cells


def test_every_cell_that_holds_something_has_a_mark_open_if_it_is_not_final() -> None:
    employment, insurance = panels(drawn())
    column = dict(zip(columns(employment), map(int, employment.get_xticks()), strict=True))
    assert marks(employment) == {
        (0, column["≤2009"]): True,
        (0, column["2019"]): False,
        (0, column["2020"]): True,
        (0, column["2024"]): False,
        (0, column["2025"]): True,
        (1, column["2016"]): True,
        (1, column["2017"]): True,
        (1, column["2018"]): True,
        (1, column["2021"]): True,
        (1, column["2025"]): True,
    }
    assert marks(insurance) == {}


def test_earlier_years_share_a_column_that_says_how_many_they_are() -> None:
    employment, _ = panels(drawn())
    assert "2" in [text.get_text() for text in employment.texts]


def test_without_earlier_values_there_is_no_column_for_them() -> None:
    late = view()[view()["year"] >= 2010]
    chart = coverage_map(late, context(), gap(), groups(), last_year=2026)
    assert "≤2009" not in columns(panels(chart)[0])
    legend = " ".join(text.get_text() for text in chart.figure.axes[0].texts)
    assert "gộp một ô" not in legend


def test_stated_targets_are_framed_and_no_others() -> None:
    employment, _ = panels(drawn())
    column = dict(zip(columns(employment), map(int, employment.get_xticks()), strict=True))
    framed = {
        (int(patch.get_y()), int(patch.get_x()))
        for patch in employment.patches
        if isinstance(patch, Rectangle)
    }
    assert framed == {(0, column["2025"]), (0, column["2030"]), (1, column["2030"])}
    colours = {text.get_text(): text.get_color() for text in employment.get_xticklabels()}
    assert colours["2025"] == colours["2030"] == LIGHT.target
    assert colours["2024"] == LIGHT.quiet


def test_the_text_alternative_counts_what_is_drawn_in_vietnamese() -> None:
    assert drawn("vi").alt == (
        "Bản đồ số liệu: 3 dòng số liệu theo 2 nhóm, mỗi năm một ô từ 2010 đến 2026. Màu và dấu "
        "của ô cho biết năm đó có số liệu gì. Nhóm 3 (Việc làm): 2 trong 2 dòng có giá trị dùng "
        "được, 0 dòng không có số liệu nào; số ô theo năm: 2 đúng định nghĩa, 1 gần đúng, 1 chưa "
        "trọn năm, 3 trước khi thay đổi cách đo hoặc địa bàn và 4 chỉ có số liệu tham khảo. Nhóm 5 "
        "(Bảo hiểm): 0 trong 1 dòng có giá trị dùng được, 1 dòng không có số liệu nào; số ô theo "
        "năm: không có ô nào."
    )


def test_the_text_alternative_says_the_same_in_english() -> None:
    assert drawn("en").alt == (
        "Map of the data: 3 series in 2 groups, one cell a year from 2010 to 2026. Colour and mark "
        "of a cell say what data there are for that year. Group 3 (Employment): usable values in 2 "
        "of 2 series, no data at all in 0; cells by year: 2 exact, 1 close, 1 for part of the "
        "year, 3 before the measure or territory changed and 4 with context only. Group 5 "
        "(Insurance): usable values in 0 of 1 series, no data at all in 1; cells by year: no cells."
    )


def test_the_legend_names_only_what_is_drawn() -> None:
    chart = coverage_map(view()[3:4], context()[:0], gap(), groups(), "en", last_year=2026)
    assert [text.get_text() for text in chart.figure.axes[0].texts] == [
        "exact, whole year",
        "no data",
        "frame: the plan states a target for this year",
    ]


def test_later_years_than_the_last_one_are_not_shown() -> None:
    chart = coverage_map(view(), context(), gap(), groups(), "en", last_year=2023)
    assert "2024" not in columns(panels(chart)[0])
    assert "1 close" not in chart.alt


def test_without_any_series_there_is_nothing_to_map() -> None:
    with pytest.raises(ValueError, match="nothing to map"):
        coverage_map(view(), context(), gap()[:0], groups())


def test_the_same_frames_give_the_same_picture_in_both_themes() -> None:
    one, two = drawn(), drawn()
    assert one.png() == two.png()
    assert one.svg("dark") == two.svg("dark") != one.svg("light")


# The committed package


@pytest.fixture(scope="module")
def frames(plan: Plan, as_of: date) -> tuple[pd.DataFrame, ...]:
    seen, known = plan.view(as_of=as_of), plan["observations"]
    proxies = known[known["area_id"].eq("QN") & known["comparability"].eq("proxy")]
    return seen[seen["area_id"].eq("QN")], proxies, plan.gap(as_of=as_of)


def test_counts_are_those_of_the_coverage_table(
    plan: Plan, as_of: date, frames: tuple[pd.DataFrame, ...]
) -> None:
    seen, proxies, rows = frames
    counts = cell_counts(coverage_cells(seen, proxies), rows)
    table = plan.coverage("group", as_of=as_of).set_index("group_id")
    assert counts["n_series"].tolist() == table["n_series"].tolist()
    assert counts["n_with_value"].tolist() == table["n_series_with_value"].tolist()
    left = table["n_years_0"] - table["n_only_before_break"] - table["n_only_proxies"]
    assert counts["n_nothing"].tolist() == left.tolist()
    series = coverage_frame(plan.tables, plan.view(as_of=as_of), as_of=as_of).groupby("group_id")
    used = counts["exact"] + counts["close"] + counts["part_year"]
    assert used.tolist() == series["n_years"].sum().tolist()
    assert counts["before_break"].tolist() == series["n_years_before_break"].sum().tolist()


def test_known_observations_stand_in_their_cells(frames: tuple[pd.DataFrame, ...]) -> None:
    cells = coverage_cells(frames[0], frames[1]).set_index(["series_id", "year"])
    assert tuple(cells.loc[("5.7", 2025)]) == ("exact", True)
    assert tuple(cells.loc[("5.7", 2018)]) == ("part_year", False)
    assert tuple(cells.loc[("4.3", 2016)]) == ("before_break", True)
    assert tuple(cells.loc[("4.3", 2025)]) == ("close", True)
    assert tuple(cells.loc[("6.12", 2017)]) == ("context", False)
    assert ("5.3", 2025) not in cells.index


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_text_of_the_whole_plan_is_cut_off_or_covered(
    plan: Plan, frames: tuple[pd.DataFrame, ...], language: str
) -> None:
    seen, proxies, rows = frames
    chart = coverage_map(seen, proxies, rows, plan["indicator_groups"], language, last_year=2026)
    chart.figure.dpi = DOTS_PER_INCH
    chart.figure.draw_without_rendering()
    page = chart.figure.bbox
    for axes in panels(chart):
        names = [text.get_window_extent() for text in axes.get_yticklabels()]
        years = [text.get_window_extent() for text in axes.get_xticklabels()]
        titles = [text.get_window_extent() for text in axes.texts[-2:]]
        assert all(page.x0 <= box.x0 and box.x1 <= page.x1 for box in [*names, *years, *titles])
        assert all(box.x1 <= axes.get_window_extent().x0 for box in names)
        assert titles[0].x1 < titles[1].x0
        ordered = sorted(years, key=lambda box: box.x0)
        assert all(a.x1 < b.x0 for a, b in pairwise(ordered))
        assert min(title.y0 for title in titles) > max(box.y1 for box in years)
