"""The style sheet gives every colour of the figures in every look: the palette of the reports."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from analysis.charts.style import CLASS_OF, DARK, LIGHT, Theme, contrast
from analysis.publish.site import figures
from analysis.publish.site.figures import Figure, tokens

STYLES = Path(figures.__file__).parents[1] / "assets" / "css"
SYSTEM = ':root:not([data-look="light"], [data-look="contrast"])'
BLOCKS = {
    "light": ":root",
    "dark": ':root[data-look="dark"]',
    "system": SYSTEM,
    "contrast": ':root[data-look="contrast"]',
}
THEMES = {"light": LIGHT, "dark": DARK, "system": DARK}


def look(name: str) -> dict[str, str]:
    """Return the colours of a look by their names."""
    found: dict[str, str] = {}
    for file in ("00-base.css", "10-figures.css"):
        text = (STYLES / file).read_text(encoding="utf-8")
        pattern = rf"(?ms)^ *{re.escape(BLOCKS[name])} \{{(.*?)\}}"
        block = re.search(pattern, text)
        assert block, (file, name)
        found |= dict(re.findall(r"(--[a-z0-9-]+): (#[0-9a-f]{6});", block[1]))
    return found


def used() -> set[str]:
    plain = (tokens.INK, tokens.QUIET, tokens.RULE, tokens.GRID, tokens.PAPER, tokens.ACCENT,
             tokens.TARGET, tokens.EARLIER, tokens.BAND, tokens.NONE)  # fmt: skip
    steps = [one(number) for one in (tokens.step, tokens.on_step) for number in range(1, 6)]
    verdicts = [one(code) for one in (tokens.verdict, tokens.on_verdict) for code in CLASS_OF]
    return {one.removeprefix("var(").removesuffix(")") for one in (*plain, *steps, *verdicts)}


@pytest.mark.parametrize("name", BLOCKS)
def test_every_token_has_a_colour_in_every_look(name: str) -> None:
    assert used() - set(look(name)) == set()


def test_the_figures_use_no_other_tokens(every_figure: list[Figure]) -> None:
    found = {name for figure in every_figure for svg in (figure.svg, figure.narrow_svg)
             for name in re.findall(r"var\((--[a-z0-9-]+)\)", svg)}  # fmt: skip
    assert found <= used()


def palette(theme: Theme) -> dict[str, str]:
    classes = {tokens.verdict(code): colour for code, colour in theme.verdicts.items()}
    texts = {tokens.on_verdict(code): theme.on(colour) for code, colour in theme.verdicts.items()}
    steps = {tokens.step(n): colour for n, colour in enumerate(theme.ramp, start=1)}
    on_steps = {tokens.on_step(n): theme.on(colour) for n, colour in enumerate(theme.ramp, start=1)}
    plain = {
        tokens.TARGET: theme.target, tokens.EARLIER: theme.earlier, tokens.BAND: theme.accent_soft,
        tokens.NONE: theme.none, tokens.GRID: theme.rule, tokens.PAPER: theme.paper,
        tokens.INK: theme.ink, tokens.QUIET: theme.quiet, tokens.ACCENT: theme.accent,
    }  # fmt: skip
    return {**classes, **texts, **steps, **on_steps, **plain}


@pytest.mark.parametrize("name", THEMES)
def test_the_colours_are_those_of_the_reports(name: str) -> None:
    colours = look(name)
    for token, colour in palette(THEMES[name]).items():
        assert colours[token.removeprefix("var(").removesuffix(")")] == colour, token


@pytest.mark.parametrize("name", BLOCKS)
def test_a_sign_can_be_told_from_its_ground(name: str) -> None:
    colours = look(name)
    pairs = [(tokens.verdict(code), tokens.on_verdict(code)) for code in CLASS_OF]
    pairs += [(tokens.step(number), tokens.on_step(number)) for number in range(1, 6)]
    for ground, sign in pairs:
        one, other = (colours[token[4:-1]] for token in (ground, sign))
        assert contrast(one, other) >= 4.5, ground


@pytest.mark.parametrize(("name", "least"), [("light", 3), ("dark", 3), ("contrast", 7)])
def test_marks_and_texts_can_be_told_from_the_paper(name: str, least: float) -> None:
    colours = look(name)
    for token, paper in product((tokens.ACCENT, tokens.TARGET, tokens.EARLIER, tokens.QUIET),
                                (colours["--paper"],)):  # fmt: skip
        assert contrast(colours[token[4:-1]], paper) >= least, token
