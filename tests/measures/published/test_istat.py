from __future__ import annotations

import pytest

from tests.measures.published.helpers import NONE, category, close, judged, rate


@pytest.mark.parametrize(
    ("growth", "name"),
    [
        (0.0501, "clear_improvement"),
        (0.05, "slight_improvement"),
        (0.0101, "slight_improvement"),
        (0.01, "stable"),
        (-0.0099, "stable"),
        (-0.01, "slight_worsening"),
        (-0.0499, "slight_worsening"),
        (-0.05, "clear_worsening"),
    ],
)
@pytest.mark.parametrize("direction", [1, -1])
def test_a_class_has_its_upper_limit(growth: float, name: str, direction: int) -> None:
    found = judged("istat_classes", **rate(growth * direction, direction))
    assert found["category"] == name
    assert close(found["value"], growth * direction)


@pytest.mark.parametrize("gap", [{"base": 0.0}, {"current": NONE}, {"direction": NONE}])
def test_without_a_rate_or_a_direction_there_is_no_class(gap: dict[str, object]) -> None:
    assert category("istat_classes", **(rate(0.02) | gap)) == "not_available"
