"""What all tests share: the committed data package, loaded once."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from analysis.api import Plan, load

ROOT = Path(__file__).resolve().parents[1]
AS_OF = date(2026, 11, 25)

os.environ.setdefault("PLAN155_SITE", "no")  # the site has tests of its own, which ask for it

settings.register_profile("any machine", deadline=None)  # a busy one is no fault
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def as_of() -> date:
    """The day on which the committed observations are judged in tests."""
    return AS_OF


@pytest.fixture(scope="session")
def plan() -> Plan:
    """The committed data package."""
    return load(ROOT)
