"""What tests of pages share: each language in turn, and its words."""

from __future__ import annotations

import pytest

from analysis.words import LANGUAGES, Words


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """The language of the pages."""
    return str(request.param)


@pytest.fixture(scope="module")
def words(language: str) -> Words:
    """The words of that language."""
    return Words(language)
