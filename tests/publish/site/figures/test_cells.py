"""The cells are the targets of the plan: one each, in the look of its verdict, best first."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from analysis.charts.style import CLASS_OF
from analysis.publish import Edition
from analysis.publish.site.figures import Figure, agency_bars, marks, tokens, verdict_bars
from analysis.publish.site.writer import Writer
from tests.publish.site.figures.reading import keys, rows

HEALTH, COLLECTIVE = "so-y-te", "ubnd-cap-huyen"


def counts(figure: Figure | None) -> Counter[str]:
    return Counter(row["verdict"] for row in rows(figure, "cells"))


@pytest.mark.parametrize("year", [2025, 2030])
def test_every_stated_target_is_one_cell(edition: Edition, vi: Writer, year: int) -> None:
    gap = edition.gap
    stated = gap[gap["target_year"].eq(year) & gap["target_status"].eq("stated")]
    figure = verdict_bars(vi, "group", year)
    cells = rows(figure, "cells")
    assert sorted(row["series_id"] for row in cells) == sorted(stated["series_id"])
    assert counts(figure) == Counter(stated["verdict"])


def test_the_rows_are_the_groups_in_their_order(edition: Edition, vi: Writer) -> None:
    groups = edition.gap.loc[edition.gap["target_status"].eq("stated"), "group_id"].unique()
    names = [row["text"][0] for row in rows(verdict_bars(vi, "group", 2030), "names")]
    assert [name.partition(".")[0] for name in names] == [str(number) for number in groups]


def test_a_group_has_the_counts_of_the_roll_up(edition: Edition, vi: Writer) -> None:
    roll = edition.plan.rollup(
        "group", year=2030, as_of=edition.as_of, base_year=edition.base_year
    ).set_index("group_id")
    figure = verdict_bars(vi, "group", 2030)
    tops = [row["y"] for row in rows(figure, "names")]
    sizes = Counter()
    for cell in rows(figure, "cells"):
        group = edition.gap.set_index("series_id")["group_id"][cell["series_id"]].iloc[0]
        sizes[int(group)] += 1
    assert len(tops) == len(sizes)
    assert dict(sizes) == {int(number): n for number, n in roll["n_stated"].items() if n}


def test_the_best_verdicts_come_first(vi: Writer) -> None:
    codes = list(CLASS_OF)
    by_row: dict[float, list[tuple[float, str]]] = {}
    for row in rows(verdict_bars(vi, "group", 2030), "cells"):
        by_row.setdefault(row["y"], []).append((row["x"], row["verdict"]))
    for cells in by_row.values():
        places = [codes.index(code) for _, code in sorted(cells)]
        assert places == sorted(places)


def test_a_cell_has_colour_and_sign_of_its_verdict(vi: Writer) -> None:
    for row in rows(verdict_bars(vi, "group", 2025), "cells"):
        code = row["verdict"]
        assert row["shape"] == marks.VERDICTS[code]
        if code not in ("NOT_ASSESSABLE", "NO_DATA"):
            assert row["fill"] == tokens.verdict(code)


def test_what_is_not_assessed_does_not_look_like_a_verdict(vi: Writer) -> None:
    fills = {row["verdict"]: row["fill"] for row in rows(verdict_bars(vi), "cells")}
    assert fills["NO_DATA"] == tokens.NONE
    assert fills["NOT_ASSESSABLE"] == tokens.PAPER


def test_the_legend_counts_every_verdict(vi: Writer) -> None:
    figure = verdict_bars(vi)
    numbers = [int(found) for text in keys(figure) for found in re.findall(r"\((\d+)\)", text)]
    assert sorted(numbers) == sorted(counts(figure).values())


def test_a_cell_tells_target_value_and_verdict_and_leads_to_its_indicator(vi: Writer) -> None:
    cells = rows(verdict_bars(vi), "cells")
    (cell,) = [row for row in cells if row["series_id"] == "5.7"]
    told = cell["tip"].split("\n")
    assert told[0] == "5.7 Dân số tham gia BHYT"
    assert "Mục tiêu: 2030: 97\u00a0%" in told
    assert "Giá trị: 95,76\u00a0% (2025, ước tính)" in told
    assert cell["href"] == "indicators/5.7.html"


def test_a_cell_without_a_judgement_tells_why(edition: Edition, vi: Writer) -> None:
    gap = edition.gap
    row = gap[gap["verdict"].eq("NOT_ASSESSABLE") & gap["target_year"].eq(2030)].iloc[0]
    (cell,) = [one for one in rows(verdict_bars(vi), "cells")
               if one["series_id"] == row["series_id"]]  # fmt: skip
    assert f"Lý do: {vi.words('reason.' + row['reason'])}" in cell["tip"]


def test_no_two_cells_overlap(vi: Writer) -> None:
    figure = verdict_bars(vi, "agency", 2030)
    assert figure is not None
    for spec in (figure.spec, figure.narrow):
        corners = [(row["x"], row["y"]) for row in spec["datasets"]["cells"]]
        assert len(set(corners)) == len(corners)
        assert max(row["x2"] for row in spec["datasets"]["cells"]) <= spec["width"]
        assert max(row["y2"] for row in spec["datasets"]["cells"]) <= spec["height"]


def test_a_target_stands_in_the_row_of_each_of_its_lead_agencies(
    edition: Edition, vi: Writer
) -> None:
    led = edition.plan["indicator_agencies"]
    led = led[led["role"].eq("lead")].drop_duplicates(["series_id", "agency_id"])
    gap = edition.gap
    stated = gap[gap["target_year"].eq(2030) & gap["target_status"].eq("stated")]
    assert len(rows(verdict_bars(vi, "agency", 2030), "cells")) == len(
        led[led["series_id"].isin(stated["series_id"])]
    )


def test_rows_of_anything_else_are_refused(vi: Writer) -> None:
    with pytest.raises(KeyError):
        verdict_bars(vi, "district")


def test_an_agency_has_a_row_for_each_target_year(edition: Edition, vi: Writer) -> None:
    roll = edition.plan.rollup("agency", as_of=edition.as_of, base_year=edition.base_year)
    roll = roll[roll["agency_id"].eq(HEALTH)].set_index("target_year")["n_stated"]
    figure = agency_bars(vi, HEALTH)
    years = Counter(row["year"] for row in rows(figure, "cells"))
    assert dict(years) == {int(year): n for year, n in roll.items()}
    assert [row["text"] for row in rows(figure, "names")] == [["Mục tiêu 2025"], ["Mục tiêu 2030"]]


def test_an_agency_that_leads_no_indicator_has_no_picture(edition: Edition, vi: Writer) -> None:
    led = edition.plan["indicator_agencies"].query("role == 'lead'")["agency_id"]
    other = edition.plan["task_agencies"]["agency_id"]
    assert agency_bars(vi, next(name for name in other if name not in set(led))) is None


def test_the_alternative_counts_the_verdicts_of_every_row(vi: Writer) -> None:
    figure = agency_bars(vi, HEALTH)
    assert figure is not None
    assert figure.alt.startswith("Đánh giá các mục tiêu do Sở Y tế chủ trì")
    said = sum(int(found) for found in re.findall(r" (\d+)[,.](?!\d)", figure.alt))
    assert said == len(rows(figure, "cells"))
