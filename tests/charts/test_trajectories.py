"""The small multiples show every observation, target, path, outlook and break of their series."""

from __future__ import annotations

import math
from itertools import combinations

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D

from analysis.charts import Chart, trajectories
from analysis.charts.style import DARK, LIGHT, contrast
from analysis.charts.trajectories import several_values
from tests.charts.frames import NAN, breaks_frame, gap_frame, gap_row, values_frame
from tests.charts.pictures import cut_off

# Steps 2, 1, 3 about their mean 2: q = 2 / 2; seven years ahead of three: t(0.90, 2) sqrt(7 + 49/3)
HALF_OF_2030 = 1.885618 * math.sqrt(7 + 49 / 3)


def panels(language: str = "vi", theme: str = "light") -> list[Axes]:
    chart = trajectories(values_frame(), gap_frame(), breaks_frame(), language, theme)
    return shown(chart)


def shown(chart: Chart) -> list[Axes]:
    return [axes for axes in chart.figure.axes if axes.get_visible()]


def rising(language: str = "en", theme: str = "light") -> Chart:
    """Return a chart of a series with steps of 2, 1 and 3 a year, and a target of 40 in 2030."""
    values = pd.concat([values_frame().head(1)] * 4, ignore_index=True).assign(
        year=[2020, 2021, 2022, 2023], value=[10.0, 12.0, 13.0, 16.0], status="actual"
    )
    row = gap_row(target_year=2030, low=40.0, due=False, met=False, gap=24.0, signed_gap=-24.0,
                  latest_year=2023, latest_value=16.0, base_year=2020, base_value=10.0, slope=2.0,
                  projection=30.0, projection_low=30.0 - HALF_OF_2030,
                  projection_high=30.0 + HALF_OF_2030, natural_max=NAN, decimals=1,
                  verdict="OFF_TRACK")  # fmt: skip
    return trajectories(values, pd.DataFrame([row]), breaks_frame().head(0), language, theme)


def legend(chart: Chart) -> list[str]:
    return [text.get_text() for text in chart.figure.legends[0].get_texts()]


def lines(axes: Axes, name: str) -> list[Line2D]:
    return [line for line in axes.lines if line.get_label() == name]


def ends(line: Line2D) -> list[tuple[float, float]]:
    return [tuple(map(float, xy)) for xy in line.get_xydata()]


def fan(axes: Axes) -> PolyCollection:
    (found,) = [one for one in axes.collections if one.get_label() == "interval"]
    assert isinstance(found, PolyCollection)
    return found


def points(axes: Axes) -> set[tuple[float, float]]:
    return {tuple(map(float, xy)) for dots in axes.collections for xy in dots.get_offsets()}


def test_only_series_with_two_values_are_drawn() -> None:
    assert several_values(values_frame(), gap_frame()) == ["5.7", "3.2"]
    assert [axes.get_title(loc="left").strip() for axes in panels()] == [
        "5.7 Dân số tham gia BHYT",
        "3.2 Thất nghiệp thành thị",
    ]


def test_every_observation_is_a_mark_at_its_year_and_value() -> None:
    first, second = panels()
    assert {(2015, 82.4), (2020, 95.0), (2025, 95.76)} <= points(first)
    assert {(2019, 3.1), (2021, 2.23), (2024, 2.16)} <= points(second)


def test_a_preliminary_value_is_open_and_a_part_of_a_year_is_square() -> None:
    first, second = panels("vi", "dark")
    fills = {
        tuple(map(float, xy)): to_hex(dots.get_facecolor()[0])
        for dots in first.collections
        for xy in dots.get_offsets()
    }
    assert fills[2015, 82.4] == DARK.accent
    assert fills[2025, 95.76] == DARK.paper
    corners = {
        tuple(map(float, dots.get_offsets()[0])): len(dots.get_paths()[0].vertices)
        for dots in second.collections
    }
    assert corners[2024, 2.16] == 5  # four corners and back


def test_values_across_a_break_are_not_joined() -> None:
    _, second = panels()
    joined = [tuple(line.get_xdata()) for line in second.lines]
    assert not any(2019 in xs and 2021 in xs for xs in joined)
    (broken,) = lines(second, "break")
    assert list(broken.get_xdata()) == [2020.5, 2020.5]


def test_values_before_a_break_are_paler_but_can_be_seen() -> None:
    _, second = panels()
    (old,) = lines(second, "earlier")
    assert to_hex(old.get_color()) == LIGHT.earlier
    assert contrast(LIGHT.earlier, LIGHT.paper) < contrast(LIGHT.accent, LIGHT.paper)


def test_a_break_before_the_first_value_is_neither_drawn_nor_explained() -> None:
    breaks = pd.DataFrame({"series_id": ["5.7"], "from_period": ["2009"]})
    chart = trajectories(values_frame().head(3), gap_frame(), breaks, "en")
    assert lines(shown(chart)[0], "break") == []
    assert "measure changed" not in legend(chart)


def test_targets_stand_at_their_year_and_bound_and_point_to_the_right_side() -> None:
    first, second = panels()
    marks = [
        [(*ends(line)[0], line.get_marker()) for line in lines(axes, "target")]
        for axes in (first, second)
    ]
    assert marks == [[(2025, 95.75, "^"), (2030, 97.0, "^")], [(2025, 2.5, "v"), (2030, 2.0, "v")]]


def test_a_target_can_be_seen_where_the_line_has_reached_it() -> None:
    first, _ = panels()
    (target, *_), (line,) = lines(first, "target"), lines(first, "observed")
    assert target.get_zorder() > line.get_zorder()


def test_the_required_path_runs_from_base_to_target() -> None:
    (path,) = lines(panels()[0], "path")
    assert ends(path) == [(2020, 95.0), (2030, 97.0)]


def test_there_is_no_required_path_from_a_base_that_had_met_the_target() -> None:
    gap = gap_frame().assign(share_covered=NAN)
    chart = trajectories(values_frame(), gap, breaks_frame(), "en")
    assert lines(shown(chart)[0], "path") == []
    assert not any("path" in text for text in legend(chart))


def test_the_trend_is_continued_from_the_last_value_to_the_projection() -> None:
    (trend,) = lines(shown(rising())[0], "projection")
    assert ends(trend)[0] == (2023, 16.0)
    assert ends(trend)[-1] == (2030, 30.0)


def test_the_interval_opens_like_a_fan_and_ends_at_its_limits() -> None:
    (path,) = fan(shown(rising())[0]).get_paths()
    corners = path.vertices
    at = {year: corners[corners[:, 0] == year][:, 1] for year in (2023.0, 2024.0, 2030.0)}
    assert set(at[2023.0]) == {16.0}
    one_year = 1.885618 * math.sqrt(1 + 1 / 3)
    assert at[2024.0].max() == pytest.approx(18.0 + one_year, abs=1e-5)
    assert at[2030.0].min() == pytest.approx(30.0 - HALF_OF_2030, abs=1e-5)
    assert at[2030.0].max() == pytest.approx(30.0 + HALF_OF_2030, abs=1e-5)


def test_the_interval_has_an_edge_that_can_be_seen() -> None:
    for theme in (LIGHT, DARK):
        edge = to_hex(fan(shown(rising(theme=theme.name))[0]).get_edgecolor()[0])
        assert contrast(edge, theme.paper) >= 3.0


def test_the_axis_holds_everything_that_is_drawn() -> None:
    (axes,) = shown(rising())
    low, high = axes.get_ylim()
    assert low < 10.0
    assert high > 30.0 + HALF_OF_2030
    assert axes.get_xlim() == (2019.3, 2030.9)


def test_nothing_is_ticked_beyond_the_natural_limits() -> None:
    gap = gap_frame().query("series_id == '5.7'").assign(low=100.0, latest_value=100.0)
    values = values_frame().head(3).assign(value=100.0)
    ticks = shown(trajectories(values, gap, breaks_frame(), "vi"))[0].get_yticks()
    assert len(ticks) >= 2
    assert max(ticks) == 100.0


def test_nothing_is_continued_from_a_value_that_is_too_old() -> None:
    gap = gap_frame().assign(reason="STALE")
    first, _ = shown(trajectories(values_frame(), gap, breaks_frame(), "vi"))
    assert lines(first, "path") == lines(first, "projection") == []


def test_a_range_is_a_block_from_its_lower_to_its_upper_end() -> None:
    values = pd.DataFrame(values_frame().to_dict("records") * 2)
    grdp = values[values["series_id"] == "1"].reset_index(drop=True)
    grdp.loc[0, ["year", "period", "value"]] = [2021, "2021", 7614.0]
    chart = trajectories(grdp, gap_frame(), breaks_frame(), "vi")
    (block,) = [
        one.get_paths()[0].get_extents()
        for one in shown(chart)[0].collections
        if one.get_label() == "target_range"
    ]
    assert (block.y0, block.y1) == (19000.0, 20000.0)
    assert (block.x0, block.x1) == (2029.55, 2030.45)
    assert "mục tiêu (khoảng)" in legend(chart)


def test_levels_are_steps_on_whole_numbers() -> None:
    gap = gap_frame().query("series_id == '5.7'").assign(mode="level", kind="level", target_level=3)
    values = values_frame().query("series_id == '5.7'").assign(value=[2.0, 3.0, 3.0])
    axes = trajectories(values, gap, breaks_frame().head(0), "vi").figure.axes[0]
    (steps,) = lines(axes, "observed")
    assert steps.get_drawstyle() == "steps-post"
    assert all(float(tick).is_integer() for tick in axes.get_yticks())
    assert lines(axes, "path") == lines(axes, "projection") == []


def test_targets_are_also_said_in_words() -> None:
    first, _ = panels("en")
    said = [text.get_text().replace("\u00a0", " ") for text in first.texts]
    assert said == ["Targets 2025: ≥ 95.75 % · 2030: 97 %", "95.76"]


def test_the_last_value_stands_below_a_falling_line_and_above_another() -> None:
    last = {axes.get_title(loc="left")[:3]: axes.texts[-1] for axes in panels()}
    assert (last["5.7"].get_text(), last["5.7"].get_va()) == ("95,76", "bottom")
    assert (last["3.2"].get_text(), last["3.2"].get_va()) == ("2,16", "top")


def test_the_legend_explains_everything_that_is_drawn() -> None:
    chart = trajectories(values_frame(), gap_frame(), breaks_frame(), "en")
    assert legend(chart) == [
        "value used", "preliminary or estimate", "part of the year", "before the measure changed",
        "measure changed", "target (minimum)", "target (maximum)",
        "path required from the base year", "trend continued",
    ]  # fmt: skip
    assert legend(rising())[-1] == "80 % interval"


def test_the_legend_names_only_what_is_drawn() -> None:
    assert legend(rising("vi")) == [
        "giá trị dùng để đánh giá", "mục tiêu (mức tối thiểu)", "đường cần đi từ năm gốc",
        "kéo dài xu hướng", "khoảng 80 %",
    ]  # fmt: skip


def test_no_text_overlaps_another_or_is_cut_off() -> None:
    chart = trajectories(values_frame(), gap_frame(), breaks_frame(), "vi")
    assert cut_off(chart) == []
    for axes in shown(chart):
        boxes = [(text.get_text(), text.get_window_extent()) for text in axes.texts]
        assert [
            (a, b) for (a, one), (b, other) in combinations(boxes, 2) if one.overlaps(other)
        ] == []


def test_the_text_alternative_gives_values_targets_and_outlook() -> None:
    alt = rising("en").alt.replace("\u00a0", " ")
    low, high = (f"{30.0 + side * HALF_OF_2030:.1f}" for side in (-1, 1))
    assert "from 10 % (2020) to 16 % (2025)" not in alt
    assert "from 10 % (2020) to 16 % (2023); targets 2030: ≥ 40 %; if the trend continues," in alt
    assert f"30.0 % in 2030 (80 % interval: {low} to {high})." in alt


def test_the_text_alternative_keeps_values_before_a_break_apart() -> None:
    alt = trajectories(values_frame(), gap_frame(), breaks_frame(), "en").alt.replace("\u00a0", " ")
    assert "from 82.4 % (2015) to 95.76 % (2025)" in alt
    assert "from 2.23 % (2021) to 2.16 % (2024)" in alt
    assert "; 1 more value from before the measure changed" in alt


def test_the_text_alternative_of_one_value_since_a_break_names_it_once() -> None:
    values = values_frame()
    values = values[~(values["series_id"].eq("3.2") & values["year"].eq(2021))]
    earlier = {**values[values["series_id"].eq("3.2")].iloc[0].to_dict(), "year": 2019,
               "period": "2019", "is_current_segment": False}  # fmt: skip
    values = pd.concat([values, pd.DataFrame([earlier])], ignore_index=True)
    alt = trajectories(values, gap_frame(), breaks_frame(), "en").alt.replace("\u00a0", " ")
    assert "3.2" in alt
    assert "to 2.16 % (2024)" not in alt
    assert ": 2.16 % (2024); targets" in alt


def test_nothing_to_draw_is_refused() -> None:
    values = values_frame()
    with pytest.raises(ValueError, match="write a sentence instead"):
        trajectories(values[values["series_id"] == "1"], gap_frame(), breaks_frame())
