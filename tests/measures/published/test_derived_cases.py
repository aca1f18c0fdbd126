"""The derived cases of the methods paper, each by the method that it names."""

from __future__ import annotations

import json
import math
from collections.abc import Callable

import numpy as np
import pytest

from analysis.measures.published.escap import weighted_line
from analysis.measures.published.reduction import log_slope, rate_of
from tests.measures.helpers import number, rows_of
from tests.measures.published.helpers import close, codes, judged

CASES = {row["case_id"]: row for row in rows_of("derived_cases_published_methods.csv")}

METHOD = {
    "Eurostat with target (2017-2025 editions)": "eurostat_target_2017",
    "Eurostat without target (2017-2022 editions: 1%/0/-1%)": "eurostat_trend_2017",
    "UNSD Progress Chart 2022 (CR 0.95/0.5/-0.1)": "unsd_2022",
    "UNSD Progress Chart 2023 with target (share 0.95/0.10)": "unsd_2023",
    "UNSD Progress Chart 2023 without target (2%/0.5%)": "unsd_2023",
    "ESCAP Current Status Index (0-10)": "escap_status",
    "ESCAP Anticipated Progress Index (gap P in % of needed progress)": "escap_anticipated",
    "SDSN SDG Index trend arrow (linear, 1.0/0.5/0)": "sdsn_arrows",
    "OECD standardised distance (sd of peer group)": "oecd_distance",
    "Destatis weather symbols (linear mean of last 5 changes; 5%/20% of remaining gap)": (
        "destatis_weather"
    ),
    "Istat/Astat no-target CAGR classes (5%/1%/-1%/-5%)": "istat_classes",
    "CAGR with 0 target replaced by eps (StatCan rule uses 0.001)": "statistics_canada",
    "CAGR is not invariant to complement (100-y); linear ratio is": "statistics_canada",
}
FORMULAS = {
    "ESCAP time-weighted linear regression, w_i=(tau-t_1)/(tau-t_i)",
    "UNICEF/WHO AARR (OLS of ln y on year)",
}

# Names of the cases, and of the inputs.
NAMES = {
    "value": "current",
    "sd_peers": "peer_sd",
    "predicted_2030": "predicted",
    "score_start": "base",
    "start_year": "base_year",
    "score_end": "current",
    "end_year": "current_year",
    "green_threshold": "target",
    "polarity": "direction",
}

# Wording of the cases that is not the code with spaces for underscores.
WORDING = {
    "unsd_2022": {"fair progress but acceleration needed": "fair_progress"},
    "unsd_2023": {
        "3 target met or on track": "met_or_on_track",
        "2 fair progress, acceleration needed": "fair_progress",
        "1 stagnation or regression": "stagnation_or_regression",
        "3": "met_or_on_track",
        "2": "fair_progress",
        "1": "stagnation_or_regression",
    },
    "escap_anticipated": {
        "will be met (0<=p<=10)": "achieve",
        "accelerate (10<p<100)": "accelerate",
        "reverse trend (p>=100)": "reverse",
    },
    "sdsn_arrows": {"on track / maintaining sdg achievement": "on_track"},
    "statistics_canada": {
        "on track": "substantial_progress",
        "acceleration": "moderate_progress",
        "limited": "limited_progress",
    },
}

# Cells in which a case says something else than the text of the methods; the text holds.
AGAINST_THE_TEXT = {
    # 1.1: a target reached has the class of R >= 0.95; the editions have no class of its own.
    ("DV006", "expected_class"): "significant_progress",
    # 1.7: the rate is 6.47 %; the source cuts the decimals off, and printed to one they are 6.5.
    ("DV084", "expected_class"): "6.5 %",
}


def cells_of(case: dict[str, str]) -> dict[str, object]:
    """Translate the inputs of a case."""
    given = json.loads(case["inputs"])
    cells = {NAMES.get(name, name): cell for name, cell in given.items()}
    years, values = cells.pop("years", []), cells.pop("values", [])
    cells |= {f"y{int(year)}": value for year, value in zip(years, values, strict=True)}
    if "cagr" in cells:
        cells |= {"base": 1.0, "base_year": 2020, "current_year": 2021}
        cells["current"] = 1.0 + cells.pop("cagr")
    if METHOD[case["method"]] == "sdsn_arrows":
        cells["direction"] = 1
    return cells


def asked(case: dict[str, str]) -> tuple[float, str]:
    """Return value and class that the method gives."""
    cells = cells_of(case)
    options = {"zero": cells.pop("eps")} if "eps" in cells else {}
    found = judged(METHOD[case["method"]], options, **cells)
    return float(found["value"]), str(found["category"])


def computed(case: dict[str, str]) -> tuple[float, str]:
    """Return what the formulas give whose cases stand without a target."""
    given = json.loads(case["inputs"])
    if "b" in given:
        share = float(rate_of(np.array([given["b"]]))[0])
        return 100 * share, f"{100 * share:.1f} %"
    years, values = np.array(given["years"]), np.array([given["values"]])
    if "tau" in given:
        return float(weighted_line(years, values, np.array([given["tau"]]))[0]), ""
    return float(rate_of(log_slope(years, values))[0]), ""


def class_of(case: dict[str, str]) -> str:
    """Return the code of the class that a case expects."""
    words = case["expected_class"].casefold()
    method = METHOD.get(case["method"], "")
    if method == "escap_status":
        return status_of(words)
    return WORDING.get(method, {}).get(words, words.replace(" ", "_") if method else words)


def status_of(words: str) -> str:
    """Return the class of the Current Status Index, for which the cases state the progress."""
    if words == "progress 100% of the way":
        return "reached"
    return "progressed" if words.startswith("progress ") else words


def faults(case: dict[str, str], wanted_class: str) -> set[str]:
    """Return the cells of a case that are not reproduced."""
    answer: Callable[[dict[str, str]], tuple[float, str]]
    answer = computed if case["method"] in FORMULAS else asked
    value, code = answer(case)
    wrong = set() if close(value, number(case["value"])) else {"value"}
    return wrong if code == wanted_class else wrong | {"expected_class"}


def test_every_case_has_its_method() -> None:
    assert len(CASES) == 93
    assert {row["method"] for row in CASES.values()} == {*METHOD, *FORMULAS}


@pytest.mark.parametrize("case_id", CASES)
def test_a_derived_case_is_reproduced(case_id: str) -> None:
    case = CASES[case_id]
    wanted = AGAINST_THE_TEXT.get((case_id, "expected_class"), class_of(case))
    assert faults(case, wanted) == set()


@pytest.mark.parametrize(("case_id", "cell"), AGAINST_THE_TEXT)
def test_a_listed_contradiction_is_still_one(case_id: str, cell: str) -> None:
    case = CASES[case_id]
    assert faults(case, class_of(case)) == {cell}


@pytest.mark.parametrize("case_id", [id_ for id_ in CASES if CASES[id_]["method"] in METHOD])
def test_the_class_of_a_case_is_one_of_its_method(case_id: str) -> None:
    case = CASES[case_id]
    wanted = AGAINST_THE_TEXT.get((case_id, "expected_class"), class_of(case))
    assert wanted in codes(METHOD[case["method"]])


@pytest.mark.parametrize("case_id", [f"DV{n:03d}" for n in range(39, 46)])
def test_the_words_of_a_status_index_say_its_value(case_id: str) -> None:
    case = CASES[case_id]
    value, _ = asked(case)
    said = f"progress {10 * value:.0f}% of the way" if value >= 0 else "regressed"
    assert case["expected_class"] == said


@pytest.mark.parametrize("case_id", [f"DV{n:03d}" for n in range(85, 90)])
def test_the_linear_ratio_does_not_need_a_number_in_place_of_zero(case_id: str) -> None:
    cells = cells_of(CASES[case_id])
    cells.pop("eps")
    assert close(judged("sdsn_arrows", **cells)["value"], 1.2)


@pytest.mark.parametrize(("one", "other"), [("DV090", "DV091"), ("DV092", "DV093")])
def test_the_linear_ratio_is_the_same_for_the_complement(one: str, other: str) -> None:
    ratios = [judged("sdsn_arrows", **cells_of(CASES[each]))["value"] for each in (one, other)]
    assert math.isclose(*ratios, rel_tol=1e-12)


def test_the_weighted_line_differs_from_the_unweighted_one() -> None:
    given = json.loads(CASES["DV052"]["inputs"])
    slope, start = np.polyfit(given["years"], given["values"], 1)
    assert f"{start + slope * given['tau']:.6f}" in CASES["DV052"]["note"]
