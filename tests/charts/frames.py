"""Small result frames for the tests of charts, made by hand."""

from __future__ import annotations

import pandas as pd

NAN = float("nan")

_GAP = {
    "series_id": "5.7",
    "indicator_id": "5.7",
    "group_id": 5,
    "label_vi": "Dân số tham gia BHYT",
    "label_en": "Population with health insurance",
    "unit_id": "percent",
    "symbol_vi": "%",
    "symbol_en": "%",
    "part_vi": None,
    "part_en": None,
    "mode": "up",
    "scale": "none",
    "decimals": 2,
    "target_year": 2025,
    "target_status": "stated",
    "kind": "at_least",
    "low": 95.75,
    "high": NAN,
    "level_id": "none",
    "target_level": 0,
    "text_source": "> =95,75",
    "text_en": "",
    "due": True,
    "latest_year": 2025,
    "latest_value": 95.76,
    "judged_year": 2025,
    "judged_value": 95.76,
    "base_year": 2020,
    "base_value": 95.0,
    "share_covered": 0.38,
    "natural_min": 0.0,
    "natural_max": 100.0,
    "met": True,
    "gap": 0.0,
    "signed_gap": 0.01,
    "relative_gap": 0.0,
    "slope": 0.108,
    "projection": NAN,
    "projection_low": NAN,
    "projection_high": NAN,
    "verdict": "MET",
    "reason": "",
    "value_text": "",
    "value_period": "2025",
}


def gap_row(**changes: object) -> dict[str, object]:
    """Return a gap row of 5.7 for 2025, with changes."""
    return {**_GAP, **changes}


def gap_frame() -> pd.DataFrame:
    """Return gap rows of six series: met, short, down, zero target, range, without value."""
    rows = [
        gap_row(),
        gap_row(
            target_year=2030,
            kind="exact",
            low=97.0,
            high=97.0,
            due=False,
            met=False,
            gap=1.24,
            signed_gap=-1.24,
            relative_gap=1.24 / 97,
            verdict="OFF_TRACK",
            projection=96.3,
        ),
        gap_row(
            series_id="3.2",
            indicator_id="3.2",
            label_vi="Thất nghiệp thành thị",
            label_en="Urban unemployment",
            mode="down",
            kind="less_than",
            low=NAN,
            high=2.5,
            judged_value=2.16,
            latest_value=2.16,
            signed_gap=-0.34,
            verdict="MET",
        ),
        gap_row(
            series_id="3.2",
            indicator_id="3.2",
            label_vi="Thất nghiệp thành thị",
            label_en="Urban unemployment",
            mode="down",
            kind="less_than",
            low=NAN,
            high=2.0,
            target_year=2030,
            due=False,
            met=False,
            gap=0.16,
            signed_gap=0.16,
            relative_gap=0.08,
            judged_value=2.16,
            latest_value=2.16,
            verdict="ON_TRACK",
        ),
        gap_row(
            series_id="6.10",
            indicator_id="6.10",
            label_vi="Hộ nghèo",
            label_en="Poor households",
            mode="down",
            kind="exact",
            low=0.0,
            high=0.0,
            target_year=2030,
            due=False,
            met=False,
            gap=0.36,
            signed_gap=0.36,
            relative_gap=NAN,
            judged_value=0.41,
            latest_value=0.41,
            verdict="ON_TRACK",
        ),
        gap_row(
            series_id="1",
            indicator_id="1",
            label_vi="GRDP bình quân đầu người",
            label_en="GRDP per person",
            unit_id="usd-per-person",
            symbol_vi="USD/người",
            symbol_en="USD/person",
            decimals=0,
            kind="between",
            low=19000.0,
            high=20000.0,
            target_year=2030,
            due=False,
            met=False,
            gap=8598.0,
            signed_gap=-8598.0,
            relative_gap=8598 / 19000,
            judged_value=10402.0,
            latest_value=10402.0,
            base_year=2021,
            base_value=7614.0,
            verdict="NEEDS_ACCELERATION",
        ),
        gap_row(
            series_id="5.3",
            indicator_id="5.3",
            label_vi="Người hưởng lương hưu",
            label_en="Pension coverage",
            judged_value=NAN,
            latest_value=NAN,
            gap=NAN,
            signed_gap=NAN,
            relative_gap=NAN,
            met=False,
            verdict="NO_DATA",
            low=55.0,
        ),
    ]
    return pd.DataFrame(rows)


def values_frame() -> pd.DataFrame:
    """Return the current view of three series: a rise, one with a break, one with one value."""
    columns = (
        "series_id",
        "year",
        "period",
        "part_year",
        "value",
        "status",
        "is_current_segment",
        "segment",
        "text",
    )
    rows = [
        ("5.7", 2015, "2015", False, 82.4, "actual", True, 0, ""),
        ("5.7", 2020, "2020", False, 95.0, "estimate", True, 0, ""),
        ("5.7", 2025, "2025", False, 95.76, "estimate", True, 0, ""),
        ("3.2", 2019, "2019", False, 3.1, "actual", False, 0, ""),
        ("3.2", 2021, "2021", False, 2.23, "actual", True, 1, ""),
        ("3.2", 2024, "2024-06", True, 2.16, "actual", True, 1, ""),
        ("1", 2025, "2025", False, 10402.0, "preliminary", True, 0, ""),
    ]
    return pd.DataFrame(rows, columns=list(columns))


def breaks_frame() -> pd.DataFrame:
    """Return one declared break."""
    return pd.DataFrame({"series_id": ["3.2"], "from_period": ["2021"]})
