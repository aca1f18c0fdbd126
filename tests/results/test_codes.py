from __future__ import annotations

import numpy as np

from analysis.results.codes import joined_codes


def test_the_codes_that_hold_are_joined_in_alphabetical_order() -> None:
    holds = {"STATUS": np.array([True, True, False]), "PERIOD": np.array([True, False, False])}
    assert joined_codes(holds).tolist() == ["PERIOD STATUS", "STATUS", ""]
