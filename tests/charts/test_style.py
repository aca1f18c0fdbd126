"""The house style is readable by everyone, in both themes, and leaves a user's settings alone."""

from __future__ import annotations

import re
import unicodedata
import warnings
from itertools import combinations, pairwise
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from colorspacious import cspace_convert
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font

from analysis.charts import style
from analysis.charts.style import CLASS_OF, CLASSES, DARK, LIGHT, MARKS, THEMES, Theme, contrast
from analysis.measures.verdict import VERDICTS
from analysis.words.catalogue import catalogue

BOTH = pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
SIGHT = pytest.mark.parametrize("sight", ["full", "deuteranomaly", "protanomaly", "tritanomaly"])
ROWS = [names[0] for names in CLASSES.values()]
MARKED_LETTERS = "aăâeêioôơuưy"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def seen(colour: str, sight: str) -> np.ndarray:
    """Return a colour in CAM02-UCS as someone with this sight sees it (severity 100)."""
    shown = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    if sight != "full":
        space = {"name": "sRGB1+CVD", "cvd_type": sight, "severity": 100}
        shown = np.clip(cspace_convert(shown, space, "sRGB1"), 0, 1)
    return np.asarray(cspace_convert(shown, "sRGB1", "CAM02-UCS"))


def apart(one: str, other: str, sight: str) -> float:
    return float(np.linalg.norm(seen(one, sight) - seen(other, sight)))


def vietnamese_letters() -> str:
    toned = [
        unicodedata.normalize("NFC", letter + tone) for letter in MARKED_LETTERS for tone in TONES
    ]
    lower = "abcdefghijklmnopqrstuvwxyzđ" + MARKED_LETTERS + "".join(toned)
    return "".join(dict.fromkeys(lower + lower.upper()))


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


@BOTH
@pytest.mark.parametrize("role", ["ink", "quiet", "accent", "target"])
def test_text_colours_reach_the_contrast_for_small_text(theme: Theme, role: str) -> None:
    assert contrast(getattr(theme, role), theme.paper) >= 4.5


@BOTH
def test_text_on_every_ground_reaches_the_contrast_for_small_text(theme: Theme) -> None:
    low = {
        role for role, ground in theme.grounds.items() if contrast(theme.on(ground), ground) < 4.5
    }
    assert low == set()


@BOTH
def test_marks_reach_the_contrast_for_graphics(theme: Theme) -> None:
    marks = {code: theme.verdicts[code] for code in CLASS_OF} | {"earlier": theme.earlier}
    assert {name for name, colour in marks.items() if contrast(colour, theme.paper) < 3.0} == set()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@SIGHT
def test_neighbours_among_the_verdicts_stay_apart_for_every_sight(theme: Theme, sight: str) -> None:
    near = {
        (one, other): round(apart(theme.verdicts[one], theme.verdicts[other], sight), 1)
        for one, other in pairwise(ROWS)
    }
    assert {pair: distance for pair, distance in near.items() if distance < 15.0} == {}


@BOTH
@SIGHT
def test_no_two_classes_of_verdicts_have_the_same_colour_for_any_sight(
    theme: Theme, sight: str
) -> None:
    close = {
        (one, other)
        for one, other in combinations(ROWS, 2)
        if apart(theme.verdicts[one], theme.verdicts[other], sight) < 8.0
    }
    assert close == set()


def test_a_palette_that_fails_is_seen_to_fail() -> None:
    assert apart("#ff0000", "#00ff00", "full") > 60
    assert apart("#a05a00", "#5f7a00", "deuteranomaly") < 15


def test_every_class_has_a_mark_of_its_own() -> None:
    marks = [MARKS[code] for code in ROWS]
    assert len({(mark.marker, mark.filled) for mark in marks}) == len(marks)
    assert len({mark.symbol for mark in marks}) == len(marks)


@BOTH
def test_lightness_falls_from_the_middle_of_the_scale_to_both_ends(theme: Theme) -> None:
    met, on_track, accelerate, off_track, worse = (
        seen(theme.verdicts[code], "full")[0] for code in ROWS[:5]
    )
    assert met + 8 < on_track < accelerate
    assert accelerate > off_track + 8 > worse + 16


@BOTH
@SIGHT
def test_the_ramp_goes_one_way_in_steps_that_can_be_told_apart(theme: Theme, sight: str) -> None:
    steps = [seen(colour, sight)[0] for colour in theme.ramp]
    rises = np.diff(steps) * (1 if theme is DARK else -1)
    assert (rises > 6).all()


@BOTH
def test_an_empty_cell_is_none_of_the_steps(theme: Theme) -> None:
    assert apart(theme.none, theme.ramp[0], "full") > 4


@BOTH
def test_no_two_roles_share_a_colour(theme: Theme) -> None:
    assert len(set(theme.colours.values())) == len(theme.colours)
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in theme.colours.values())


def test_the_themes_have_the_same_roles() -> None:
    assert list(LIGHT.colours) == list(DARK.colours)


@given(st.integers(min_value=0, max_value=0xFFFFFF))
def test_text_can_be_read_on_any_ground(number: int) -> None:
    ground = f"#{number:06x}"
    assert contrast(LIGHT.on(ground), ground) >= 4.2  # 4.58 less the tint


def test_every_verdict_has_a_colour_a_mark_and_a_word() -> None:
    words = {key.split(".")[1] for key in catalogue("en") if key.startswith("verdict.")}
    assert set(LIGHT.verdicts) == set(DARK.verdicts) == set(MARKS) == {*VERDICTS, "NOT_APPLICABLE"}
    assert set(MARKS) <= words


@pytest.mark.parametrize("weight", ["normal", "bold"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_font_has_every_vietnamese_letter(weight: str, form: str) -> None:
    with style.house_style():
        font = get_font(findfont(mpl.font_manager.FontProperties(weight=weight)))
    assert "DejaVu" in font.family_name
    letters = unicodedata.normalize(form, vietnamese_letters())
    needed = letters + "".join(mark.symbol for mark in MARKS.values()) + "₫‰≥≤–−·²"
    assert [letter for letter in needed if not font.get_char_index(ord(letter))] == []


def test_every_vietnamese_letter_is_drawn_without_a_warning() -> None:
    assert len(vietnamese_letters()) == 2 * (27 + 6 + 60)
    with style.house_style(), warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = Figure()
        figure.text(0, 0, vietnamese_letters())
        figure.draw_without_rendering()


def test_a_letter_without_a_glyph_would_be_noticed() -> None:
    with style.house_style():
        figure = Figure()
        figure.text(0, 0, "\U0001f300")
        with pytest.warns(UserWarning, match="missing from font"):
            figure.draw_without_rendering()


def test_the_users_settings_are_left_alone() -> None:
    before = dict(mpl.rcParams)
    with style.house_style():
        assert mpl.rcParams["font.size"] == style.TEXT
    assert dict(mpl.rcParams) == before


def test_the_users_settings_do_not_reach_a_chart() -> None:
    with mpl.rc_context({"font.size": 40.0, "lines.linewidth": 9.0}), style.house_style():
        assert mpl.rcParams["font.size"] == style.TEXT
        assert mpl.rcParams["lines.linewidth"] == 1.5


def test_the_active_theme_is_the_innermost() -> None:
    with style.house_style("dark"):
        with style.house_style("light"):
            assert style.look() is LIGHT
        assert style.look() is DARK


def test_outside_the_house_style_there_is_no_theme() -> None:
    with pytest.raises(RuntimeError, match="house_style"):
        style.look()


def test_a_theme_is_left_even_if_drawing_fails() -> None:
    with pytest.raises(ZeroDivisionError), style.house_style():
        raise ZeroDivisionError
    with pytest.raises(RuntimeError):
        style.look()


def test_an_unknown_theme_is_refused_with_the_known_ones() -> None:
    with (
        pytest.raises(ValueError, match="'sepia': choose one of light, dark"),
        style.house_style("sepia"),
    ):
        pass  # pragma: no cover


def page_colours(root: Path) -> dict[str, dict[str, str]]:
    """Return the variables of the pages' style sheet, by theme; the dark one adds to the light."""
    text = (root / "src/analysis/runs/template/page.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", text, re.DOTALL)[:2]
    light, dark = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block)) for block in blocks)
    return {"light": light, "dark": light | dark}


@BOTH
def test_marks_can_be_seen_on_the_ground_of_the_pages_too(theme: Theme, root: Path) -> None:
    ground = page_colours(root)[theme.name]["ground"]
    low = {code for code, colour in theme.verdicts.items() if contrast(colour, ground) < 3.0}
    assert low == set()


@BOTH
def test_pages_have_the_colours_of_the_charts(theme: Theme, root: Path) -> None:
    page = page_colours(root)[theme.name]
    names = {"met": "met", "on_track": "on-track", "accelerate": "accelerate",
             "off_track": "off-track", "worse": "worse", "unclear": "unclear",
             "no_data": "no-data"}  # fmt: skip
    wanted = {names[CLASS_OF[code]]: colour for code, colour in theme.verdicts.items()}
    wanted |= {role: getattr(theme, role) for role in ("ink", "quiet", "rule", "paper", "accent")}
    assert {name: page[name] for name in wanted} == wanted
