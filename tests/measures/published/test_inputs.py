from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.measures import compare
from analysis.measures.published.inputs import read
from tests.measures.published.helpers import NONE, one, rate

NEEDS = ("base", "current", "direction")


def frame(**columns: list[object]) -> pd.DataFrame:
    given: dict[str, list[object]] = {"base": [1.0], "current": [2.0], "direction": [1]}
    return pd.DataFrame(given | columns)


def test_missing_columns_are_named_together() -> None:
    with pytest.raises(ValueError, match="no column base, direction: add it, with empty cells"):
        read(pd.DataFrame({"current": [1.0]}), NEEDS, ())


def test_missing_columns_and_years_are_named_together() -> None:
    with pytest.raises(ValueError, match=r"no column base, .* no column named by a year"):
        read(pd.DataFrame({"current": [1.0]}), (*NEEDS, "years"), ())


def test_a_column_that_is_there_twice_is_refused() -> None:
    twice = pd.concat([frame(), frame()[["base"]]], axis=1)
    with pytest.raises(ValueError, match="column base occurs twice: keep one"):
        read(twice, NEEDS, ())


def test_a_year_as_number_and_as_text_is_there_twice() -> None:
    twice = frame().assign(**{"2019": 1.0}).assign(x=2.0).rename(columns={"x": 2019})
    with pytest.raises(ValueError, match="column 2019 occurs twice"):
        read(twice, NEEDS, ("years",))
    assert len(read(twice, NEEDS, ()).base) == 1


def test_cells_that_are_no_numbers_are_named_together() -> None:
    bad = frame(base=["many"], current=["few"])
    with pytest.raises(ValueError, match=r"column base, row 0: cannot read 'many'.*column current"):
        read(bad, NEEDS, ())


def test_a_cell_that_is_no_truth_value_is_refused() -> None:
    with pytest.raises(ValueError, match="column levels, row 0: cannot read 'yes': give true or"):
        read(frame(levels=["yes"]), NEEDS, ("levels",))


def test_a_year_that_holds_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="column 2019, row 0: cannot read 'x'"):
        read(frame().assign(**{"2019": ["x"]}), NEEDS, ("years",))


def test_a_column_that_is_not_looked_at_may_hold_anything() -> None:
    read(frame(levels=["yes"], note=["text"]), NEEDS, ())


def test_a_strange_direction_is_refused_with_its_row() -> None:
    bad = frame(direction=[2]).set_axis(["8.4"])
    with pytest.raises(ValueError, match=r"row '8\.4': 2 is no direction: give 1 .*, -1 .* or 0"):
        read(bad, NEEDS, ())


def test_a_strange_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="2 answers no yes/no question: give 1 or 0"):
        read(frame(binary=[True]), NEEDS, ("binary",))


def test_no_direction_and_nought_are_the_same() -> None:
    found = read(frame(base=[1, 1], current=[2, 2], direction=[0, None]), NEEDS, ())
    assert np.isnan(found.direction).all()


def test_infinite_and_missing_cells_are_no_values() -> None:
    found = read(frame(base=[np.inf, pd.NA], current=[1, 1], direction=[1, 1]), NEEDS, ())
    assert np.isnan(found.base).all()


@pytest.mark.parametrize("cell", [True, 1, np.True_])
def test_truth_has_its_spellings(cell: object) -> None:
    assert read(frame(levels=[cell]), NEEDS, ("levels",)).levels.all()


@pytest.mark.parametrize("cell", [False, 0, None, NONE])
def test_what_is_not_true_is_false(cell: object) -> None:
    assert not read(frame(levels=[cell]), NEEDS, ("levels",)).levels.any()


def test_years_are_put_in_order() -> None:
    given = frame().assign(**{"2021": 3.0, "2019": 1.0}).assign(x=2.0).rename(columns={"x": 2020})
    found = read(given, NEEDS, ("years",))
    assert found.years.tolist() == [2019, 2020, 2021]
    assert found.values.tolist() == [[1, 2, 3]]


@pytest.mark.parametrize("kind", ["Float64", "Int64", "object", "float32"])
def test_numbers_may_have_any_type(kind: str) -> None:
    cells = rate(0.0)
    given = one(**cells).astype(dict.fromkeys(cells, kind))
    assert compare(given, "istat_classes")["category"].tolist() == ["stable"]
