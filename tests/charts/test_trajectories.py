"""The small multiples show every observation, target, path and break of their series."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.axes import Axes

from analysis.charts import trajectories
from analysis.charts.trajectories import several_values
from tests.charts.frames import breaks_frame, gap_frame, values_frame


def panels(language: str = "vi") -> list[Axes]:
    chart = trajectories(values_frame(), gap_frame(), breaks_frame(), language)
    return [axes for axes in chart.figure.axes if axes.get_visible()]


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


def test_values_across_a_break_are_not_joined() -> None:
    _, second = panels()
    joined = [tuple(line.get_xdata()) for line in second.lines]
    assert not any(2019 in xs and 2021 in xs for xs in joined)
    assert any(tuple(line.get_xdata()) == (2020.5, 2020.5) for line in second.lines)


def test_targets_stand_at_their_year_and_bound() -> None:
    first, _ = panels()
    marks = {
        (float(line.get_xdata()[0]), float(line.get_ydata()[0]))
        for line in first.lines
        if line.get_marker() == "^"
    }
    assert marks == {(2025, 95.75), (2030, 97.0)}


def test_the_required_path_runs_from_base_to_target() -> None:
    first, _ = panels()
    assert any(
        list(line.get_xdata()) == [2020, 2030] and list(line.get_ydata()) == [95.0, 97.0]
        for line in first.lines
    )


def test_a_range_is_a_block_from_its_lower_to_its_upper_end() -> None:
    values = pd.DataFrame(values_frame().to_dict("records") * 2)
    grdp = values[values["series_id"] == "1"].reset_index(drop=True)
    grdp.loc[0, ["year", "period", "value"]] = [2021, "2021", 7614.0]
    chart = trajectories(grdp, gap_frame(), breaks_frame(), "vi")
    block = chart.figure.axes[0].collections[0].get_paths()[0].get_extents()
    assert (block.y0, block.y1) == (19000.0, 20000.0)
    assert (block.x0, block.x1) == (2029.55, 2030.45)


def test_levels_are_steps_on_whole_numbers() -> None:
    gap = gap_frame().query("series_id == '5.7'").assign(mode="level", kind="level", target_level=3)
    values = values_frame().query("series_id == '5.7'").assign(value=[2.0, 3.0, 3.0])
    axes = trajectories(values, gap, breaks_frame().head(0), "vi").figure.axes[0]
    assert any(line.get_drawstyle() == "steps-post" for line in axes.lines)
    assert all(float(tick).is_integer() for tick in axes.get_yticks())


def test_targets_are_also_said_in_words() -> None:
    first, _ = panels("en")
    said = [text.get_text().replace("\u00a0", " ") for text in first.texts]
    assert "Targets 2025: ≥ 95.75 % · 2030: 97 %" in said
    assert "95.76" in said


def test_the_legend_names_only_what_is_drawn() -> None:
    values = values_frame()
    rising = values[values["series_id"] == "5.7"]
    chart = trajectories(rising, gap_frame(), breaks_frame().head(0), "en")
    legend = [text.get_text() for text in chart.figure.legends[0].get_texts()]
    assert "measure changed" not in legend
    assert "part of the year" not in legend
    assert "preliminary or estimate" in legend


def test_the_text_alternative_gives_first_and_last_value() -> None:
    chart = trajectories(values_frame(), gap_frame(), breaks_frame(), "en")
    alt = chart.alt.replace("\u00a0", " ")
    assert "from 82.4 % (2015) to 95.76 % (2025)" in alt


def test_nothing_to_draw_is_refused() -> None:
    values = values_frame()
    with pytest.raises(ValueError, match="write a sentence instead"):
        trajectories(values[values["series_id"] == "1"], gap_frame(), breaks_frame())


def test_the_picture_is_the_same_twice() -> None:
    once, twice = (
        trajectories(values_frame(), gap_frame(), breaks_frame(), "vi").png() for _ in range(2)
    )
    assert once == twice
