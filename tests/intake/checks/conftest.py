"""The tables on which the checks are tried."""

from __future__ import annotations

import pytest

from analysis.api import Plan
from tests.intake.checks.builders import Desk


@pytest.fixture(scope="session")
def desk(plan: Plan) -> Desk:
    """The committed plan, without anything recorded."""
    return Desk(plan.recorded)
