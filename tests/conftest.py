"""What all tests share: the committed data package, loaded once."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from analysis.api import Plan, load
from tests.runs import light

ROOT = Path(__file__).resolve().parents[1]
AS_OF = date(2026, 11, 25)
PATHS = (str(ROOT / "src"), str(ROOT))

# What is started in this process runs these sources, and small notebooks in a light process.
os.environ["PYTHONPATH"] = os.pathsep.join([*PATHS, *filter(None, [os.environ.get("PYTHONPATH")])])
light.use()

os.environ.setdefault("PLAN155_SITE", "no")  # the site has tests of its own, which ask for it

settings.register_profile("any machine", deadline=None)  # a busy one is no fault
settings.load_profile("any machine")


SHOWN = ("browser", "test_whole_site.py")
"""Where tests stand that look at the outputs of one whole run (tests/browser/reports.py)."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one test have the whole run made at once, and those that look at it come last.

    So no worker waits for it. What takes long comes early, so that all workers end together.
    """
    shown = [item for item in items if {item.path.name, item.path.parent.name} & set(SHOWN)]
    others = [item for item in items if item not in set(shown)]
    long = [item for item in others if item.get_closest_marker("e2e")]
    short = [item for item in others if item not in set(long)]
    items[:] = [*shown[-1:], *long, *short, *shown[:-1]]


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
