"""What the tests of the forms share: the committed package, and forms made of it once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analysis.intake.forms import write_forms
from analysis.intake.forms.answering import Answering, answering
from analysis.intake.model import Book
from analysis.intake.reading import read_book
from analysis.observe.standing import standing
from analysis.package import Tables, load

YEAR = 2025


@pytest.fixture(scope="session")
def tables(root: Path) -> Tables:
    """The committed package, with the rows that stand."""
    return standing(load(root))


@pytest.fixture(scope="session")
def forms(tables: Tables, as_of: date, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The forms of all agencies, by agency."""
    folder = tmp_path_factory.mktemp("forms")
    written = write_forms(tables, folder, agency_id="all", year=YEAR, as_of=as_of)
    return {path.stem.removeprefix("plan155-").removesuffix(f"-{YEAR}"): path for path in written}


@pytest.fixture(scope="session")
def health(forms: dict[str, Path]) -> Book:
    """The empty form of Sở Y tế as it is read."""
    return read_book(forms["so-y-te"])


@pytest.fixture(scope="session")
def schools(forms: dict[str, Path]) -> Book:
    """The empty form of Sở Giáo dục và Đào tạo as it is read."""
    return read_book(forms["so-giao-duc-va-dao-tao"])


@pytest.fixture(scope="session")
def finance(forms: dict[str, Path]) -> Book:
    """The empty form of Sở Tài chính, a small one with rows that it took over."""
    return read_book(forms["so-tai-chinh"])


@pytest.fixture(scope="session")
def everybody(tables: Tables, as_of: date) -> tuple[Answering, ...]:
    """All agencies that are asked."""
    return answering(tables, "all", as_of=as_of)
