"""The house style is readable, and leaves a user's own settings alone."""

from __future__ import annotations

import matplotlib as mpl
import pytest

from analysis.charts.style import ACCENT, INK, PAPER, QUIET, TARGET, VERDICT_COLOURS, house_style
from analysis.words.catalogue import catalogue


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", [INK, QUIET, ACCENT, TARGET])
def test_text_colours_reach_the_contrast_for_small_text(colour: str) -> None:
    assert contrast(colour, PAPER) >= 4.5


def test_every_verdict_has_a_colour_and_a_word() -> None:
    words = {key.split(".")[1] for key in catalogue("en") if key.startswith("verdict.")}
    assert set(VERDICT_COLOURS) == words


def test_good_and_bad_verdicts_differ_in_lightness_too() -> None:
    lightness = {name: luminance(VERDICT_COLOURS[name]) for name in
                 ("MET", "ON_TRACK", "NEEDS_ACCELERATION", "NOT_MET")}  # fmt: skip
    assert lightness["ON_TRACK"] > 2 * lightness["NOT_MET"]
    assert lightness["NEEDS_ACCELERATION"] > 1.3 * lightness["ON_TRACK"]


def test_the_users_settings_are_left_alone() -> None:
    before = dict(mpl.rcParams)
    with house_style():
        assert mpl.rcParams["font.size"] == 9.0
    assert dict(mpl.rcParams) == before
