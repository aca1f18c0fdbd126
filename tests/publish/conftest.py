"""One edition of the real data, assessed on a fixed day, for all tests of publishing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analysis.api import load
from analysis.publish import Edition, open_edition
from analysis.runs.places import Outputs

ROOT = Path(__file__).parents[2]
AS_OF = date(2026, 11, 25)
BASE_YEAR = 2020


@pytest.fixture(scope="session")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    """Outputs that hold the results of the real data, and no reports."""
    made = Outputs(tmp_path_factory.mktemp("outputs"))
    load(ROOT).write_results(made.results, base_year=BASE_YEAR, as_of=AS_OF)
    return made


@pytest.fixture(scope="session")
def edition(outputs: Outputs) -> Edition:
    """The edition of those results."""
    return open_edition(ROOT, outputs)
