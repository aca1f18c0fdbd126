from __future__ import annotations

import pytest
from hypothesis import given

from analysis.intake.cells.number_advice import advice
from tests.intake.cells.builders import texts


@pytest.mark.parametrize(
    ("written", "mend"),
    [
        ("không có số liệu", "leave the cell empty"),
        ("Khoảng 90", "status estimate"),
        ("TRÊN 90", "in the note that the source says over or under it"),
        ("90-95", "put the range into the note"),
        ("96/102", "columns of their own"),
        ("1,5 triệu", "write all its digits"),
        ("-  3", "minus sign right before the digits"),
        ("no idea", "write the number alone, in digits"),
    ],
)
def test_the_advice_fits_what_was_written(written: str, mend: str) -> None:
    assert mend in advice(written)[1]


@given(texts)
def test_there_is_advice_for_every_text(written: str) -> None:
    what, mend = advice(written)
    assert what
    assert mend
