from __future__ import annotations

import numpy as np
import pytest

from analysis.measures import Targets
from analysis.measures.targets import clip, dist, edge, met, side
from tests.measures.helpers import targets
from tests.measures.reference import Target

UP = Target(mode="up", lo=95)
DOWN = Target(mode="down", hi=7)
BAND = Target(mode="band", lo=85, hi=90)
LEVEL = Target(mode="level", lo=3)
RANK = Target(mode="level", hi=5)


@pytest.mark.parametrize(
    ("target", "value", "gap", "end", "reached"),
    [
        (UP, 91, 4, 95, False),
        (UP, 95, 0, 95, True),
        (UP, 94.96, 0.04, 95, False),
        (DOWN, 9.4, 2.4, 7, False),
        (DOWN, 7, 0, 7, True),
        (BAND, 84, 1, 85, False),
        (BAND, 93, 3, 90, False),
        (BAND, 90, 0, np.nan, True),
        (LEVEL, 2, 1, 3, False),
        (RANK, 7, 2, 5, False),
        (RANK, 4, 0, 5, True),
        (UP, np.nan, np.nan, 95, False),
    ],
)
def test_gap_edge_and_met(
    target: Target, value: float, gap: float, end: float, reached: bool
) -> None:
    aim, values = targets(target), np.array([value], dtype=float)
    assert dist(aim, values)[0] == pytest.approx(gap, nan_ok=True)
    assert edge(aim, values)[0] == pytest.approx(end, nan_ok=True)
    assert met(aim, values)[0] == reached


def test_a_value_on_a_strict_end_has_no_gap_and_does_not_meet() -> None:
    aim = targets(
        Target(mode="up", lo=95, lo_strict=True), Target(mode="down", hi=7, hi_strict=True)
    )
    on_it = np.array([95.0, 7.0])
    assert dist(aim, on_it).tolist() == [0, 0]
    assert met(aim, on_it).tolist() == [False, False]
    assert met(aim, np.array([95.1, 6.9])).tolist() == [True, True]


def test_floating_point_noise_is_no_gap() -> None:
    aim = targets(Target(mode="up", lo=0.3), Target(mode="down", hi=0.3))
    values = np.array([0.3 - 1e-16, 0.1 + 0.2])
    assert dist(aim, values).tolist() == [0, 0]
    assert met(aim, values).all()


def test_floating_point_noise_beside_zero_is_measured_by_the_displayed_unit() -> None:
    aim = targets(Target(mode="down", hi=0, step=0.1), Target(mode="down", hi=0))
    assert met(aim, np.array([1e-14, 1e-14])).tolist() == [True, False]


def test_sides_of_a_band() -> None:
    aim = targets(BAND, BAND, BAND, BAND)
    assert side(aim, np.array([84, 87, 91, np.nan])).tolist() == [-1, 0, 1, 0]


def test_values_are_clipped_to_the_natural_limits_that_exist() -> None:
    aim = targets(*[Target(lo=1, natural_min=0, natural_max=100)] * 3, Target(lo=1, natural_min=0))
    assert clip(aim, np.array([-1, 101, np.nan, 101]))[[0, 1, 3]].tolist() == [0, 100, 101]
    assert np.isnan(clip(aim, np.array([-1, 101, np.nan, 101]))[2])


def test_a_target_without_the_end_that_its_mode_needs_cannot_be_read() -> None:
    aim = targets(
        Target(mode="up", hi=5), Target(mode="down", lo=5), Target(mode="band", lo=5),
        Target(mode="level"), UP, RANK,
    )  # fmt: skip
    assert aim.readable.tolist() == [False, False, False, False, True, True]


def test_an_unknown_mode_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="unknown mode 'sideways': use one of up, down"):
        targets(Target(mode="sideways", lo=1))


def test_all_faults_are_told_at_once() -> None:
    fields = vars(targets(UP))
    own = {name: fields[name] for name in Targets.__dataclass_fields__}
    with pytest.raises(ValueError, match=r"different lengths.*unknown mode 'x'"):
        Targets(**{**own, "mode": np.array(["x", "up"])})
