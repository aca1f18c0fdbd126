"""What Statistics Canada published of its own indicators: inputs, value, score and status."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.measures import compare
from tests.measures.helpers import METHODS as FOLDER
from tests.measures.published.helpers import close

PAIRS = pd.read_csv(FOLDER / "published_pairs.csv", index_col="case_id", dtype={"status": "str"})
INPUTS = PAIRS.rename(columns={"base_value": "base", "current_value": "current"})
FOUND = compare(INPUTS, "statistics_canada")


def test_all_published_pairs_are_there() -> None:
    assert len(PAIRS) == 308
    assert PAIRS["status"].nunique() == 6


@pytest.mark.parametrize("case_id", PAIRS.index)
def test_a_published_pair_is_reproduced(case_id: str) -> None:
    found, wanted = FOUND.loc[case_id], PAIRS.loc[case_id]
    assert found["category"] == wanted["status"]
    assert close(found["value"], wanted["progress_value"])
    assert close(found["score"], wanted["score"])


def test_every_published_deterioration_is_a_decline_of_the_linear_ratio_too() -> None:
    linear = compare(INPUTS, "sdsn_arrows")
    aimed = PAIRS["target"].notna() & PAIRS["status"].eq("deterioration")
    assert aimed.sum() == 25
    assert set(linear.loc[aimed, "category"]) == {"decreasing"}


def test_a_wrong_direction_reproduces_no_pair_with_a_rate() -> None:
    turned = compare(INPUTS.assign(direction=-INPUTS["direction"]), "statistics_canada")
    moved = PAIRS["progress_value"].fillna(0) != 0
    assert not np.isclose(turned["value"], PAIRS["progress_value"])[moved].any()
