from __future__ import annotations

import math

import pytest

from tests.measures.published.helpers import NONE, category, judged

METHOD = "oecd_distance"


@pytest.mark.parametrize(
    ("current", "name"),
    [
        (96.0, "target_met"),
        (95.0, "target_met"),
        (94.9, "small_distance"),
        (90.0, "medium_distance"),
        (80.0, "medium_distance"),
        (79.9, "long_distance"),
    ],
)
def test_the_distance_has_its_bands(current: float, name: str) -> None:
    cells = {"target": 95.0, "direction": 1, "peer_sd": 10.0}
    assert category(METHOD, current=current, **cells) == name


@pytest.mark.parametrize(
    "gap",
    [{"peer_sd": 0.0}, {"peer_sd": NONE}, {"target": NONE}, {"current": NONE}, {"direction": 0}],
)
def test_without_peers_or_a_target_there_is_no_distance(gap: dict[str, object]) -> None:
    cells = {"current": 90.0, "target": 95.0, "direction": 1, "peer_sd": 10.0} | gap
    found = judged(METHOD, **cells)
    assert found["category"] == "not_available"
    assert math.isnan(found["value"])
