"""The pictures of the READMEs are those of today's data, small, and explained."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from analysis.api import Plan
from analysis.charts import Chart
from tests.docs.gallery import FOLDER, WIDEST, gallery, small

READMES = {"en": "README.md", "vi": "README.vi.md"}
NAMES = ["country", "coverage", "gap", "scenarios", "tasks", "trend", "verdicts"]
LARGEST = 60_000
"""Bytes."""


@pytest.fixture(scope="module")
def charts(plan: Plan) -> dict[str, tuple[Chart, bytes]]:
    return gallery(plan)


@pytest.fixture(scope="module")
def drawn(charts: dict[str, tuple[Chart, bytes]]) -> dict[str, bytes]:
    return {name: picture for name, (_, picture) in charts.items()}


def pixels(picture: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"), dtype=float)


def differ(one: np.ndarray, other: np.ndarray) -> bool:
    """Tell whether more differs than the smoothing of edges may: a digit has some twenty pixels."""
    if one.shape != other.shape:
        return True
    return int((np.abs(one - other).max(axis=-1) > 32).sum()) > 10


def links(readme: Path) -> Iterator[tuple[str, str]]:
    """Yield text alternative and address of every picture of a page."""
    found = re.findall(r"!\[([^\]]*)\]\((docs/gallery/[^)]+)\)", readme.read_text(encoding="utf-8"))
    yield from found


def test_the_pictures_are_those_that_the_data_give(drawn: dict[str, bytes]) -> None:
    stale = [
        name
        for name, picture in drawn.items()
        if not (FOLDER / name).exists()
        or differ(pixels((FOLDER / name).read_bytes()), pixels(picture))
    ]
    assert stale == [], "to mend: make gallery"


def test_nothing_else_is_in_the_folder(drawn: dict[str, bytes]) -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(drawn)
    assert sorted(drawn) == sorted(
        f"{name}.{language}.png" for name in NAMES for language in READMES
    )


def test_another_value_would_be_noticed(drawn: dict[str, bytes]) -> None:
    one = pixels(drawn["gap.en.png"])
    other = one.copy()
    other[49:58, 308:314] = 255.0  # one digit
    assert differ(one, other)
    assert differ(one, pixels(drawn["gap.vi.png"]))
    assert not differ(one, one + 5.0)


def test_every_picture_is_small() -> None:
    pictures = {path.name: path.stat().st_size for path in FOLDER.iterdir()}
    assert {name: size for name, size in pictures.items() if size > LARGEST} == {}
    assert {Image.open(path).width for path in FOLDER.iterdir()} == {WIDEST}


def test_every_picture_says_what_makes_it_and_what_it_shows(
    charts: dict[str, tuple[Chart, bytes]],
) -> None:
    made = "Made by `make gallery`. Do not edit."
    for name, (chart, _) in charts.items():
        text = Image.open(FOLDER / name).text
        assert text == {"Comment": made, "Description": chart.alt}


def test_the_same_chart_gives_the_same_bytes(charts: dict[str, tuple[Chart, bytes]]) -> None:
    chart, picture = charts["gap.vi.png"]
    assert small(chart, "vi") == picture


@pytest.mark.parametrize("language", READMES)
def test_the_readme_shows_every_picture_of_its_language(root: Path, language: str) -> None:
    shown = [address for _, address in links(root / READMES[language])]
    assert sorted(shown) == [f"docs/gallery/{name}.{language}.png" for name in NAMES]


@pytest.mark.parametrize("language", READMES)
def test_every_picture_of_the_readme_has_a_text_alternative(root: Path, language: str) -> None:
    alternatives = [alternative for alternative, _ in links(root / READMES[language])]
    assert all(len(alternative) > 40 for alternative in alternatives)
    assert len(set(alternatives)) == len(alternatives)


def test_make_knows_the_command(root: Path) -> None:
    rule = re.search(r"^gallery:.*\n\t@(.*)$", (root / "Makefile").read_text(), re.MULTILINE)
    assert rule is not None
    assert rule[1] == "$(BIN)/python -m tests.docs.gallery"
