"""The worked cases of the methods paper, cell by cell."""

from __future__ import annotations

import math

import pytest

from tests.measures.helpers import assessed, number, rows_of
from tests.measures.reference import Case, Target

CASES = {row["case_id"]: row for row in rows_of("design_cases.csv")}

NUMBERS = {
    "n": "n",
    "base_year_used": "base_year",
    "shortfall": "gap",
    "signed_gap": "signed_gap",
    "rel_gap": "relative_gap",
    "share_covered": "share_covered",
    "elapsed": "elapsed",
    "R": "pace_ratio",
    "ts_slope": "slope",
    "required_per_year": "needed_per_year",
    "acceleration": "acceleration",
    "attain_year": "attain_year",
    "projection": "projection",
    "pi80_low": "projection_low",
    "pi80_high": "projection_high",
    "p_met": "p_met",
    "R_trend": "trend_ratio",
}
CODES = {name: name for name in ("verdict", "reason", "grade", "flags")}

# Cells in which the case says something else than the text of the methods; the text holds.
AGAINST_THE_TEXT = {
    ("UD03", "required_per_year"): 2 / 3,  # 1.9, 2.3: needed per year is shown for one value too
    ("UD09", "R"): None,  # 2.3: the pace ratio is shown two years and more after the baseline
    ("UD15", "rel_gap"): None,  # 2.3: never for zero targets
    ("UD15", "pi80_high"): 0.0,  # 2.4: both limits are clipped; the case is below its lower limit
    ("UD15", "flags"): "SCALE_SENSITIVE",  # 2.6: the cases do not exercise this flag
}


def target_of(case: dict[str, str]) -> Target:
    return Target(
        mode=case["mode"].lower(),
        year=int(case["target_year"]),
        lo=number(case["lo"]),
        hi=number(case["hi"]),
        lo_strict=case["lo_strict"] == "True",
        hi_strict=case["hi_strict"] == "True",
        step=number(case["unit"]),
        natural_min=number(case["nat_lo"]),
        natural_max=number(case["nat_hi"]),
        base_year=int(case["declared_base_year"]),
    )


def observed(case: dict[str, str]) -> dict[int, float]:
    pairs = (pair.split(":") for pair in case["observations"].split())
    return {int(year): float(value) for year, value in pairs}


def row_of(case: dict[str, str]) -> dict[str, object]:
    found = assessed(observed(case), int(case["as_of"]), **vars(target_of(case)))
    return dict(found)


def same(found: object, wanted: object) -> bool:
    """Compare with the six decimals that the cases print."""
    if isinstance(wanted, str):
        return found == wanted
    missing = found is None or str(found) in {"<NA>", "nan"}
    if wanted is None or math.isnan(wanted):
        return missing
    return not missing and math.isclose(float(found), wanted, rel_tol=1e-6, abs_tol=1e-6)


def printed(case: dict[str, str], name: str) -> object:
    return number(case[name]) if name in NUMBERS else case[name]


@pytest.mark.parametrize("case_id", CASES)
def test_a_case_of_the_methods_is_reproduced(case_id: str) -> None:
    case, found = CASES[case_id], row_of(CASES[case_id])
    faults = {}
    for name, column in (NUMBERS | CODES).items():
        wanted = AGAINST_THE_TEXT.get((case_id, name), printed(case, name))
        if not same(found[column], wanted):
            faults[name] = (found[column], wanted)
    assert not faults
    assert str(found["met"]) == (case["met_latest"] or "<NA>")


@pytest.mark.parametrize("case_id", CASES)
def test_the_scalar_reference_reproduces_the_case_too(case_id: str) -> None:
    case = CASES[case_id]
    found = Case(observed(case), target_of(case), int(case["as_of"])).row()
    for name, column in (NUMBERS | CODES).items():
        wanted = AGAINST_THE_TEXT.get((case_id, name), printed(case, name))
        assert same(found.get(column), wanted), name


@pytest.mark.parametrize(("case_id", "name"), AGAINST_THE_TEXT)
def test_a_listed_contradiction_is_still_one(case_id: str, name: str) -> None:
    assert not same(AGAINST_THE_TEXT[case_id, name], printed(CASES[case_id], name))


def test_the_pace_that_a_case_prints_too_early_is_share_by_elapsed() -> None:
    found = row_of(CASES["UD09"])
    assert math.isclose(found["share_covered"] / found["elapsed"], number(CASES["UD09"]["R"]))
