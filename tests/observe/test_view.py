from __future__ import annotations

from datetime import date
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.observe.rows import Row
from analysis.observe.view import RULES, VIEW_TYPES, current_view, history
from tests.observe.builders import breaks, levels, observation, observations, sources

DAY = date(2026, 11, 25)


def view_of(*rows: Row, as_of: date = DAY, include_proxy: bool = False) -> pd.DataFrame:
    return current_view(
        observations(*rows),
        sources(early="2024", late="2024-02", undated=""),
        breaks(),
        levels(),
        as_of=as_of,
        include_proxy=include_proxy,
    )


def chosen(*rows: Row, as_of: date = DAY, include_proxy: bool = False) -> list[tuple[object, ...]]:
    view = view_of(*rows, as_of=as_of, include_proxy=include_proxy)
    columns = ["observation_id", "decided_by", "set_aside"]
    return [tuple(row) for row in view[columns].itertuples(index=False)]


# Who is a candidate


def test_a_single_value_is_chosen_as_it_is() -> None:
    [row] = view_of(observation(1, note="x")).to_dict("records")
    assert pd.isna(row.pop("level"))
    assert row == {
        "series_id": "5.7",
        "area_id": "QN",
        "year": 2024,
        "period": "2024",
        "part_year": False,
        "value": 95.3,
        "level_id": "none",
        "text": "",
        "status": "actual",
        "comparability": "exact",
        "source_id": "press",
        "observation_id": "obs-0001",
        "decided_by": "only",
        "set_aside": "",
        "n_candidates": 1,
        "segment": 0,
        "is_current_segment": True,
    }


def test_a_related_measure_is_never_chosen() -> None:
    related = observation(1, measure="Người bệnh nội trú", comparability="proxy")
    assert chosen(related, include_proxy=True) == []


def test_a_proxy_is_not_chosen_unless_asked_for() -> None:
    proxy = observation(1, comparability="proxy")
    assert chosen(proxy) == []
    assert chosen(proxy, include_proxy=True) == [("obs-0001", "only", "")]


@pytest.mark.parametrize("rule", ["unit_not_convertible", "not_cumulative"])
def test_a_proxy_in_another_unit_is_never_chosen(rule: str) -> None:
    count = observation(1, comparability="proxy", comparability_rule=rule)
    assert chosen(count, include_proxy=True) == []


def test_words_without_number_or_level_are_never_chosen() -> None:
    words = observation(1, value="", text="30/63", comparability="proxy",
                        comparability_rule="level_unreadable")  # fmt: skip
    assert chosen(words, include_proxy=True) == []


def test_a_span_of_years_belongs_to_no_year() -> None:
    assert chosen(observation(1, period="2016-2020")) == []


def test_series_areas_and_years_are_kept_apart_and_sorted() -> None:
    rows = [
        observation(1, series_id="5.8"),
        observation(2, area_id="VN"),
        observation(3, period="2025"),
        observation(4),
    ]
    view = view_of(*rows)
    assert view[["series_id", "area_id", "year"]].to_numpy().tolist() == [
        ["5.7", "QN", 2024],
        ["5.7", "QN", 2025],
        ["5.7", "VN", 2024],
        ["5.8", "QN", 2024],
    ]


def test_a_level_is_judged_by_its_ordinal() -> None:
    [row] = view_of(observation(1, value="", level_id="education-3", text="Mức độ 3")).to_dict(
        "records"
    )
    assert (row["value"], row["level"], row["level_id"]) == (3.0, 3, "education-3")
    assert row["text"] == "Mức độ 3"


# The day of the view


@pytest.mark.parametrize(
    ("period", "day", "counts"),
    [
        ("2025", date(2024, 12, 31), False),
        ("2025", date(2025, 1, 1), True),
        ("2025-06", date(2025, 5, 31), False),
        ("2025-06", date(2025, 6, 1), True),
        ("2025-H2", date(2025, 6, 30), False),
        ("2025-H2", date(2025, 7, 1), True),
    ],
)
def test_a_period_counts_once_it_has_begun(period: str, day: date, counts: bool) -> None:
    assert bool(chosen(observation(1, period=period), as_of=day)) is counts


# The rules, one by one: the second row wins over the first, for the reason named


@pytest.mark.parametrize(
    ("worse", "better", "rule"),
    [
        ({"comparability": "close"}, {"comparability": "exact"}, "comparability"),
        ({"period": "2024-12"}, {"period": "2024"}, "coverage"),
        ({"period": "2024-06"}, {"period": "2024-09"}, "coverage"),
        ({"period": "2024-H1"}, {"period": "2024-Q3"}, "coverage"),
        ({"status": "preliminary"}, {"status": "actual"}, "status"),
        ({"status": "estimate"}, {"status": "preliminary"}, "status"),
        ({"source_id": "state_press"}, {"source_id": "official"}, "tier"),
        ({"source_id": "press"}, {"source_id": "state_press"}, "tier"),
        ({"source_id": "other"}, {"source_id": "press"}, "tier"),
        ({"recorded_on": "2026-11-25"}, {"recorded_on": "2026-12-01"}, "recorded_on"),
        ({"source_id": "early"}, {"source_id": "late"}, "published"),
        ({"source_id": "undated"}, {"source_id": "early"}, "published"),
    ],
)
def test_a_rule_decides(worse: dict[str, str], better: dict[str, str], rule: str) -> None:
    after = [("obs-0002", rule, "obs-0001")]
    assert chosen(observation(1, **worse), observation(2, **better)) == after
    swapped = [("obs-0001", rule, "obs-0002")]
    assert chosen(observation(1, **better), observation(2, **worse)) == swapped


def test_close_wins_over_proxy_when_proxies_are_asked_for() -> None:
    rows = [observation(1, comparability="proxy"), observation(2, comparability="close")]
    assert chosen(*rows, include_proxy=True) == [("obs-0002", "comparability", "obs-0001")]


def test_where_nothing_else_differs_the_value_recorded_first_stays() -> None:
    rows = [observation(2, value="96"), observation(1, value="95")]
    assert chosen(*rows) == [("obs-0001", "observation_id", "obs-0002")]


def test_ids_are_compared_as_numbers() -> None:
    rows = [observation(10000), observation(9999)]
    assert chosen(*rows) == [("obs-9999", "observation_id", "obs-10000")]


BETTER = {
    "comparability": {"comparability": "exact"},
    "coverage": {"period": "2024"},
    "status": {"status": "actual"},
    "tier": {"source_id": "official"},
    "recorded_on": {"recorded_on": "2026-12-01"},
    "published": {"source_id": "late"},
}
WORSE = {
    "comparability": {"comparability": "close"},
    "coverage": {"period": "2024-H1"},
    "status": {"status": "estimate"},
    "tier": {"source_id": "early"},
    "recorded_on": {"recorded_on": "2026-11-25"},
    "published": {"source_id": "early"},
}


@pytest.mark.parametrize(("first", "second"), list(pairwise(RULES[:-1])))
def test_an_earlier_rule_prevails_over_the_next(first: str, second: str) -> None:
    loser = BETTER[second] | WORSE[first]
    winner = WORSE[second] | BETTER[first]
    [(winner_id, rule, _)] = chosen(observation(1, **loser), observation(2, **winner))
    assert (winner_id, rule) == ("obs-0002", first)


def test_those_set_aside_are_named_best_first() -> None:
    rows = [
        observation(1, status="estimate"),
        observation(2, comparability="close"),
        observation(3, period="2024-06"),
        observation(4),
    ]
    view = view_of(*rows)
    assert view["set_aside"].tolist() == ["obs-0001 obs-0003 obs-0002"]
    assert view["n_candidates"].tolist() == [4]
    assert view["decided_by"].tolist() == ["status"]


# Breaks


@pytest.mark.parametrize(
    ("period", "begins", "current"),
    [
        ("2024", "2025", False),
        ("2025", "2025", True),
        ("2025-01", "2025", True),
        ("2024-12", "2025", False),
        ("2025-06", "2025-07", False),
        ("2025-07", "2025-07", True),
        ("2025-H1", "2025-07", False),
        ("2025", "2025-07", True),
    ],
)
def test_a_value_is_after_a_break_that_begins_by_the_end_of_its_period(
    period: str, begins: str, current: bool
) -> None:
    view = current_view(
        observations(observation(1, period=period)),
        sources(),
        breaks(("5.7", begins)),
        levels(),
        as_of=DAY,
    )
    assert view["is_current_segment"].tolist() == [current]
    assert view["segment"].tolist() == [int(current)]


def test_segments_count_the_breaks_passed() -> None:
    rows = [observation(year, period=str(year)) for year in (2015, 2016, 2021, 2022)]
    cuts = breaks(("5.7", "2022"), ("5.7", "2016"), ("5.8", "2010"))
    view = current_view(observations(*rows), sources(), cuts, levels(), as_of=DAY)
    assert view["segment"].tolist() == [0, 1, 1, 2]
    assert view["is_current_segment"].tolist() == [False, False, False, True]


def test_a_break_cuts_the_area_that_it_names_and_no_other() -> None:
    rows = [observation(1, period="2021"), observation(2, period="2021", area_id="VN")]
    cuts = breaks(("5.7", "2022"), area="VN")
    view = current_view(observations(*rows), sources(), cuts, levels(), as_of=DAY)
    current = dict(zip(view["area_id"], view["is_current_segment"], strict=True))
    assert current == {"QN": True, "VN": False}
    assert view["segment"].tolist() == [0, 0]


def test_a_break_without_later_values_leaves_the_current_segment_empty() -> None:
    rows = observations(observation(1, period="2024"))
    view = current_view(rows, sources(), breaks(("5.7", "2025-07")), levels(), as_of=DAY)
    assert view["is_current_segment"].tolist() == [False]


def test_a_break_that_has_not_begun_cuts_nothing_yet() -> None:
    rows = observations(observation(1, period="2024"))
    cuts = breaks(("5.7", "2025-07"))
    before = current_view(rows, sources(), cuts, levels(), as_of=date(2025, 6, 30))
    after = current_view(rows, sources(), cuts, levels(), as_of=date(2025, 7, 1))
    assert before["is_current_segment"].tolist() == [True]
    assert after["is_current_segment"].tolist() == [False]


# The frame


@pytest.mark.parametrize("rows", [[], [observation(1)], [observation(1), observation(2)]])
def test_the_view_has_its_columns_and_types_whatever_it_holds(rows: list[Row]) -> None:
    view = view_of(*rows)
    assert {name: str(kind) for name, kind in view.dtypes.items()} == VIEW_TYPES
    assert list(view.index) == list(range(len(view)))


def test_missing_values_and_typed_columns_read_the_same_as_text() -> None:
    rows = [observation(1, recorded_on="2026-12-01"), observation(2), observation(3, period="2023")]
    text = observations(*rows)
    typed = text.assign(
        value=pd.to_numeric(text["value"]),
        measure=pd.Series([None] * 3, dtype="str"),
        text=pd.Series([None] * 3, dtype="str"),
        recorded_on=pd.to_datetime(text["recorded_on"]),
    )
    published = sources().assign(published=pd.Series([None] * 4, dtype="str"))
    expected = current_view(text, sources(), breaks(), levels(), as_of=DAY)
    actual = current_view(typed, published, breaks(), levels(), as_of=DAY)
    pd.testing.assert_frame_equal(actual, expected)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"status": "final"}, "unknown status: 'final'"),
        ({"comparability": "good"}, "unknown comparability: 'good'"),
        ({"source_id": "unheard"}, "unknown tier: ''"),
        ({"period": "2024-13"}, "not a period: '2024-13'"),
    ],
)
def test_an_unknown_term_is_refused(cells: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        view_of(observation(1, **cells))


def test_the_frames_given_are_left_as_they_were() -> None:
    rows = observations(observation(2), observation(1))
    copy = rows.copy()
    current_view(rows, sources(), breaks(), levels(), as_of=DAY)
    pd.testing.assert_frame_equal(rows, copy)


# History


def test_history_holds_everything_recorded_with_its_source() -> None:
    rows = observations(
        observation(1, comparability="proxy", measure="x"),
        observation(2, series_id="5.8"),
        observation(3, area_id="VN", source_id="official"),
    )
    found = history(rows, sources(), "5.7")
    assert found["observation_id"].tolist() == ["obs-0001", "obs-0003"]
    assert found["tier"].tolist() == ["press", "official"]


def test_history_of_a_series_without_values_is_empty() -> None:
    assert history(observations(observation(1)), sources(), "9.9").empty


# Whatever the rows


def some_rows() -> st.SearchStrategy[list[Row]]:
    cells = st.fixed_dictionaries(
        {
            "series_id": st.sampled_from(["5.7", "5.8"]),
            "area_id": st.sampled_from(["QN", "VN"]),
            "measure": st.sampled_from(["", "", "", "x"]),
            "period": st.sampled_from(
                ["2023", "2024", "2024-06", "2024-H1", "2024-12", "2024-Q4", "2023-2024", "2027"]
            ),
            "value": st.sampled_from(["1", "2", "2.0", ""]),
            "level_id": st.sampled_from(["none", "education-2"]),
            "status": st.sampled_from(["actual", "preliminary", "estimate"]),
            "comparability": st.sampled_from(["exact", "close", "proxy"]),
            "comparability_rule": st.sampled_from(
                ["as_collected", "unit_not_convertible", "not_cumulative"]
            ),
            "source_id": st.sampled_from(["official", "other", "early", "late", "undated"]),
            "recorded_on": st.sampled_from(["2026-11-25", "2026-12-01"]),
        }
    )
    numbered = st.lists(cells, max_size=25).map(
        lambda rows: [observation(number, **row) for number, row in enumerate(rows, 1)]
    )
    return numbered.flatmap(st.permutations)


def is_candidate(row: Row, *, include_proxy: bool) -> bool:
    return (
        row["measure"] == ""
        and row["comparability_rule"] == "as_collected"
        and (row["value"] != "" or row["level_id"] != "none")
        and row["period"] not in {"2023-2024", "2027"}
        and (include_proxy or row["comparability"] != "proxy")
    )


def merit(row: Row) -> tuple[object, ...]:
    ends = {"2024-06": 6, "2024-H1": 6, "2024-12": 12, "2024-Q4": 12}
    tiers = {"official": 0, "early": 2, "late": 2, "undated": 2, "other": 3}
    published = {"early": -1, "late": -2}
    return (
        ["exact", "close", "proxy"].index(row["comparability"]),
        -ends.get(row["period"], 13),
        ["actual", "preliminary", "estimate"].index(row["status"]),
        tiers[row["source_id"]],
        -int(row["recorded_on"].replace("-", "")),
        published.get(row["source_id"], 0),
        row["observation_id"],
    )


@given(some_rows(), st.booleans())
def test_the_view_agrees_with_the_rules_applied_by_hand(
    rows: list[Row], include_proxy: bool
) -> None:
    view = view_of(*rows, include_proxy=include_proxy)
    groups: dict[tuple[str, str, int], list[Row]] = {}
    for row in sorted(filter(lambda row: is_candidate(row, include_proxy=include_proxy), rows),
                      key=merit):  # fmt: skip
        key = (row["series_id"], row["area_id"], int(row["period"][:4]))
        groups.setdefault(key, []).append(row)
    found = {
        (row["series_id"], row["area_id"], row["year"]): " ".join(
            [row["observation_id"], row["set_aside"]]
        ).split()
        for row in view.to_dict("records")
    }
    assert found == {key: [row["observation_id"] for row in rows] for key, rows in groups.items()}
    assert len(view) == len(groups)


@given(some_rows(), st.booleans())
def test_the_view_holds_one_row_each_and_no_proxy_unasked(
    rows: list[Row], include_proxy: bool
) -> None:
    view = view_of(*rows, include_proxy=include_proxy)
    assert not view.duplicated(["series_id", "area_id", "year"]).any()
    assert include_proxy or "proxy" not in set(view["comparability"])
    assert (view["n_candidates"] == view["set_aside"].str.split().str.len() + 1).all()
    assert ((view["decided_by"] == "only") == (view["n_candidates"] == 1)).all()
    assert view["value"].notna().all()
