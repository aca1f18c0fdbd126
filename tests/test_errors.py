from __future__ import annotations

import pytest

from analysis.errors import UserError, UserErrors, raise_all


def test_an_error_says_what_where_and_how_to_mend() -> None:
    error = UserError("no table", "data/plan", "run `plan155 build`")
    assert str(error) == "no table\n  where: data/plan\n  mend:  run `plan155 build`"


def test_an_error_without_a_place_leaves_that_line_out() -> None:
    assert str(UserError("no table")) == "no table"


def test_errors_are_raised_together() -> None:
    with pytest.raises(UserErrors) as caught:
        raise_all([UserError("first"), UserError("second")])
    assert str(caught.value) == "first\nsecond"
    assert [error.what for error in caught.value.errors] == ["first", "second"]


def test_no_errors_raise_nothing() -> None:
    raise_all([])
