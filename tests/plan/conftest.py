"""The real sources, the tables made from them, and a way to build from an altered text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.plan.build import build_from
from analysis.plan.errors import PlanError
from analysis.plan.sources import Sources, read_sources
from analysis.plan.tables import Rows

ROOT = Path(__file__).parents[2]
Find = Callable[..., dict[str, str]]


@pytest.fixture(scope="session")
def source_dir() -> Path:
    return ROOT / "data" / "source"


@pytest.fixture(scope="session")
def plan_dir() -> Path:
    return ROOT / "data" / "plan"


@pytest.fixture(scope="session")
def sources(source_dir: Path) -> Sources:
    return read_sources(source_dir)


@pytest.fixture(scope="session")
def tables(sources: Sources) -> dict[str, Rows]:
    return build_from(sources)


@pytest.fixture(scope="session")
def find(tables: dict[str, Rows]) -> Find:
    """Return the one row of a table with the given values."""

    def find_row(table: str, **values: str) -> dict[str, str]:
        rows = [row for row in tables[table] if values.items() <= row.items()]
        assert len(rows) == 1, f"{len(rows)} rows of {table} have {values}"
        return rows[0]

    return find_row


@pytest.fixture
def alter(sources: Sources) -> Callable[[int, str, str], Sources]:
    """Return the sources with one line of the text (counted from 1) replaced."""

    def alter_line(number: int, old: str, new: str) -> Sources:
        lines = sources.text.split("\n")
        assert lines[number - 1] == old
        lines[number - 1] = new
        return replace(sources, text="\n".join(lines))

    return alter_line


@pytest.fixture
def fault() -> Callable[[Sources], str]:
    """Return everything that a build which must fail says."""

    def fault_of(broken: Sources) -> str:
        with pytest.raises(PlanError) as raised:
            build_from(broken)
        return str(raised.value)

    return fault_of
