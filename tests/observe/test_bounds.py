from __future__ import annotations

import pytest

from analysis.observe.bounds import Bound, read_bound
from tests.observe.builders import facts


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("92.60", Bound("exact", "92.60", "92.60")),
        (">90", Bound("more_than", "90", "")),
        (">=95", Bound("at_least", "95", "")),
        ("<4.1", Bound("less_than", "", "4.1")),
        ("<= 7", Bound("at_most", "", "7")),
        ("85-90", Bound("between", "85", "90")),
        ("nhóm 5 địa phương đứng đầu", Bound("at_most", "", "5")),
    ],
)
def test_a_bound_is_read_with_its_numbers_as_printed(text: str, bound: Bound) -> None:
    assert read_bound(text, facts()) == bound


@pytest.mark.parametrize("text", ["Rà soát, hỗ trợ", "khoảng 25", "8.200,5", "> =95", "-5", "90%"])
def test_what_is_no_bound_stays_text(text: str) -> None:
    assert read_bound(text, facts()) == Bound("text")
