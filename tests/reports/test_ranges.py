"""Numbers of indicators that follow each other are written as a range."""

from __future__ import annotations

import pytest

from analysis.reports.ranges import ranges


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["6.1", "6.2", "6.3", "6.5"], ["6.1–6.3", "6.5"]),
        (["6.1", "6.2", "6.4"], ["6.1", "6.2", "6.4"]),
        (["5.11", "6.1", "6.2"], ["5.11", "6.1", "6.2"]),
        (["8.3", "8.4 (Số dược sĩ)", "8.5", "8.6", "8.7"], ["8.3", "8.4 (Số dược sĩ)", "8.5–8.7"]),
        (["1", "2"], ["1", "2"]),
        ([], []),
    ],
)
def test_neighbours_are_written_as_a_range(names: list[str], shown: list[str]) -> None:
    assert ranges(names) == shown
