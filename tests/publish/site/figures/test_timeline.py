"""Every task stands in its time, in the look of what is reported of it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis.charts.task_gantt import LOOKS
from analysis.publish import Edition
from analysis.publish.site.figures import Figure, marks, task_timeline, tokens
from analysis.publish.site.figures.timeline_bars import year_of
from analysis.publish.site.writer import Writer
from tests.publish.site.figures.reading import keys, rows


def bars(figure: Figure | None, task_id: str) -> list[tuple[float, float, str]]:
    found = [*rows(figure, "bars"), *rows(figure, "broken")]
    return [(row["start"], row["end"], row["standing"]) for row in found
            if row["task_id"] == task_id]  # fmt: skip


def with_tasks(edition: Edition, **changes: object) -> Writer:
    """Write about the same plan with other facts of task IV.3, which has a period."""
    frame = edition.tasks.copy()
    for name, value in changes.items():
        frame.loc[frame["task_id"].eq("II.4"), name] = value
    other = replace(edition)
    other.__dict__["tasks"] = frame
    return Writer(other, "en")


def test_every_task_of_a_group_has_a_row_that_leads_to_it(edition: Edition, vi: Writer) -> None:
    tasks = edition.tasks[edition.tasks["task_group_id"].eq("VI")]["task_id"].tolist()
    drawn = rows(task_timeline(vi, "VI"), "rows")
    assert [row["task_id"] for row in drawn] == tasks
    assert drawn[0]["href"] == f"tasks/VI.html#{tasks[0]}"


def test_all_tasks_stand_under_the_names_of_their_groups(edition: Edition, vi: Writer) -> None:
    figure = task_timeline(vi)
    assert len(rows(figure, "rows")) == len(edition.tasks) == 41
    heads = [" ".join(row["text"]) for row in rows(figure, "heads")]
    groups = [vi.task_group(name).text for name in edition.plan["task_groups"]["task_group_id"]]
    assert [head for head in heads if head in groups] == groups


def test_a_yearly_task_has_a_cell_for_every_year(edition: Edition, vi: Writer) -> None:
    row = edition.tasks.set_index("task_id").loc["I.1"]
    known = row["cycle_standings"].split()
    assert row["schedule"] == "yearly"
    assert [standing for _, _, standing in bars(task_timeline(vi, "I"), "I.1")] == [
        *known,
        *[""] * (7 - len(known)),
    ]


@pytest.mark.parametrize("task_id", ["II.4", "VI.5.2", "VI.2.1"])
def test_a_bar_is_the_time_that_the_plan_states(edition: Edition, vi: Writer, task_id: str) -> None:
    row = edition.tasks.set_index("task_id").loc[task_id]
    start, end = year_of(row["start"]), year_of(row["end"], after=1)
    ((left, right, _),) = bars(task_timeline(vi, row["task_group_id"]), task_id)
    assert (left, right) == pytest.approx((max(start, 2024), end), abs=1e-3)


def test_a_day_lies_in_its_year_by_its_share_of_it() -> None:
    assert year_of(pd.Timestamp("2025-01-01")) == 2025
    assert year_of(pd.Timestamp("2025-12-31"), after=1) == 2026
    assert year_of(pd.Timestamp("2024-07-01")) == pytest.approx(2024 + 182 / 366)


def test_a_task_without_a_date_says_so_and_has_no_bar(edition: Edition, vi: Writer) -> None:
    schedules = edition.tasks.set_index("task_id")["schedule"]
    assert (schedules["I.2"], schedules["IV.1"]) == ("milestone", "not_stated")
    assert bars(task_timeline(vi, "I"), "I.2") == []
    assert [row["text"] for row in rows(task_timeline(vi, "I"), "dateless")] == ["không nêu ngày"]
    assert [row["text"] for row in rows(task_timeline(vi, "IV"), "dateless")] == [
        "không nêu thời gian"
    ]


def test_a_task_without_a_report_is_not_filled(edition: Edition, vi: Writer) -> None:
    assert set(edition.tasks["standing"]) == {"unreported", "past_unreported"}
    assert {row["fill"] for row in rows(task_timeline(vi), "bars")} == {tokens.PAPER}


@pytest.mark.parametrize("standing", list(LOOKS))
def test_every_standing_has_colour_sign_and_an_entry_in_the_legend(
    edition: Edition, standing: str
) -> None:
    figure = task_timeline(with_tasks(edition, standing=standing), "II")
    (bar,) = [row for row in rows(figure, "bars") if row["task_id"] == "II.4"]
    colour = tokens.verdict(LOOKS[standing].verdict)
    assert bar["stroke"] == colour
    assert bar["fill"] == (colour if LOOKS[standing].filled else tokens.PAPER)
    words = Writer(edition, "en").words
    assert words(f"task.short.{standing}") in keys(figure)


def test_standings_of_one_colour_have_different_signs(edition: Edition) -> None:
    signs = set()
    for standing in LOOKS:
        figure = task_timeline(with_tasks(edition, standing=standing), "II")
        number = [row["task_id"] for row in rows(figure, "bars") if row["standing"]].index("II.4")
        sign = rows(figure, "signs")[number]
        signs.add((sign["shape"], sign["fill"] == tokens.CLEAR, bar_fill(figure)))
    assert len(signs) == len(LOOKS)


def bar_fill(figure: Figure | None) -> str:
    (bar,) = [row for row in rows(figure, "bars") if row["task_id"] == "II.4"]
    return str(bar["fill"])


def test_an_open_end_is_an_arrow(edition: Edition, vi: Writer) -> None:
    (row,) = edition.tasks.query("schedule == 'open_ended'").to_dict("records")
    figure = task_timeline(vi, row["task_group_id"])
    ((_, end, _),) = bars(figure, row["task_id"])
    assert end == 2031
    assert len(rows(figure, "arrows")) == 1
    assert "không nêu khi nào kết thúc" in keys(figure)


def test_an_open_start_is_a_broken_line(edition: Edition, vi: Writer) -> None:
    (row,) = edition.tasks.query("schedule == 'until'").to_dict("records")
    figure = task_timeline(vi, row["task_group_id"])
    assert [bar["task_id"] for bar in rows(figure, "broken")] == [row["task_id"]]
    assert "không nêu khi nào bắt đầu" in keys(figure)


def test_the_day_of_assessment_is_drawn_and_named_once(edition: Edition, vi: Writer) -> None:
    days = rows(task_timeline(vi), "day")
    (year,) = {row["year"] for row in days}
    assert year == pytest.approx(year_of(pd.Timestamp(edition.as_of)), abs=1e-3)
    assert [row["text"] for row in days if row["text"]] == ["ngày 25/11/2026"]


def test_a_long_name_is_shortened_in_the_picture_and_whole_when_asked(
    edition: Edition, vi: Writer
) -> None:
    longest = max(edition.tasks.to_dict("records"), key=lambda row: len(row["name_vi"]))
    figure = task_timeline(vi, longest["task_group_id"])
    assert any(row["text"][-1].endswith("…") for row in rows(figure, "names"))
    (told,) = [row["tip"] for row in rows(figure, "rows") if row["task_id"] == longest["task_id"]]
    assert longest["name_vi"] in told


def test_the_alternative_names_every_task_with_its_standing(edition: Edition, en: Writer) -> None:
    figure = task_timeline(en, "VI")
    assert figure is not None
    for row in edition.tasks[edition.tasks["task_group_id"].eq("VI")].to_dict("records"):
        assert f"{row['task_id']} {row['name_en']}" in figure.alt
    assert en.words("task.short.past_unreported") in figure.alt


def test_marks_have_shapes(vi: Writer) -> None:
    assert {row["shape"] for row in rows(task_timeline(vi), "signs")} == {
        marks.CIRCLE,
        marks.DASH,
    }
