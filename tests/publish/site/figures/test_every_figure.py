"""What holds for every figure of the real data in both languages."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import vl_convert

from analysis.publish.site.figures import Figure
from analysis.publish.site.figures.drawing import VERSION
from tests.publish.site.figures.reading import shown, strings

PAINT = re.compile(r"(?:fill|stroke|.*[cC]olor|ground|edge|ink)$")
TOKEN = re.compile(r"var\(--[a-z0-9-]+\)|transparent")


def specs(figures: list[Figure]) -> Iterator[tuple[str, dict[str, Any]]]:
    for figure in figures:
        yield f"{figure.name}, wide", dict(figure.spec)
        yield f"{figure.name}, narrow", dict(figure.narrow)


def test_there_are_figures_of_every_kind_in_both_languages(every_figure: list[Figure]) -> None:
    kinds = Counter(figure.name.partition("-")[0] for figure in every_figure)
    assert set(kinds) == {
        "trajectory", "country", "methods", "gaps", "verdicts", "tasks", "coverage", "agency",
    }  # fmt: skip
    assert all(n % 2 == 0 for n in kinds.values())
    assert kinds["trajectory"] > 80


def test_a_name_is_that_of_one_figure_and_can_stand_in_a_page(every_figure: list[Figure]) -> None:
    names = Counter(figure.name for figure in every_figure)
    assert set(names.values()) == {2}
    assert all(re.fullmatch(r"[A-Za-z0-9-]+", name) for name in names)


def test_every_whole_spec_compiles_without_a_warning(
    every_figure: list[Figure], capfd: pytest.CaptureFixture[str]
) -> None:
    for _, spec in specs(every_figure):
        vl_convert.vegalite_to_vega(spec, vl_version=VERSION, show_warnings=True)
    said = capfd.readouterr()
    assert (said.out, said.err) == ("", "")


def test_no_two_layers_of_a_spec_share_a_name(every_figure: list[Figure]) -> None:
    for name, spec in specs(every_figure):
        names = [layer["name"] for layer in spec["layer"]]
        assert len(set(names)) == len(names), name


def test_every_layer_draws_rows_that_are_there(every_figure: list[Figure]) -> None:
    for name, spec in specs(every_figure):
        assert {layer["data"]["name"] for layer in spec["layer"]} == set(spec["datasets"]), name
        assert all(spec["datasets"].values()), name


def test_a_spec_is_json_without_gaps_in_its_numbers(every_figure: list[Figure]) -> None:
    for name, spec in specs(every_figure):
        json.dumps(spec, allow_nan=False)
        for rows in spec["datasets"].values():
            numbers = [one for row in rows for one in row.values() if isinstance(one, float)]
            assert all(map(math.isfinite, numbers)), name


def test_colours_are_tokens_of_the_style_sheet(every_figure: list[Figure]) -> None:
    for name, spec in specs(every_figure):
        paints = {text for key, text in strings({**spec, "layer": _marks(spec)})
                  if PAINT.match(key)}  # fmt: skip
        assert paints, name
        assert [text for text in paints if not TOKEN.fullmatch(text)] == [], name


def _marks(spec: dict[str, Any]) -> list[Any]:
    """Return the marks and constants of a spec; in an encoding a colour names a field."""
    return [layer["mark"] for layer in spec["layer"]]


def test_a_picture_has_no_colour_of_its_own(every_figure: list[Figure]) -> None:
    for figure in every_figure:
        for svg in (figure.svg, figure.narrow_svg):
            paints = set(re.findall(r'(?:fill|stroke)="([^"]*)"', svg))
            foreign = [one for one in paints if one != "none" and not TOKEN.fullmatch(one)]
            assert foreign == [], figure.name


def test_a_picture_needs_nothing_that_the_policy_of_the_pages_forbids(
    every_figure: list[Figure],
) -> None:
    for figure in every_figure:
        for svg in (figure.svg, figure.narrow_svg):
            assert not re.search(r"\sstyle=|<style|<script|\son\w+=|href|url\(|class=|id=", svg)


def test_texts_of_a_picture_are_texts(every_figure: list[Figure]) -> None:
    for figure in every_figure:
        assert shown(figure.svg), figure.name
        assert shown(figure.narrow_svg), figure.name


def test_a_picture_stays_inside_its_width(every_figure: list[Figure]) -> None:
    for figure in every_figure:
        for svg, spec in ((figure.svg, figure.spec), (figure.narrow_svg, figure.narrow)):
            width = spec["width"] + spec["padding"]["left"] + spec["padding"]["right"]
            found = re.match(r'<svg width="([\d.]+)"', svg)
            assert found, figure.name
            assert float(found[1]) == pytest.approx(width, abs=1), figure.name


def test_the_narrow_picture_has_the_facts_of_the_wide_one(every_figure: list[Figure]) -> None:
    for figure in every_figure:
        wide, narrow = (
            sorted(row["tip"] for rows in spec["datasets"].values() for row in rows if "tip" in row)
            for spec in (figure.spec, figure.narrow)
        )
        assert wide == narrow, figure.name
        assert wide, figure.name


def test_what_is_told_is_what_a_pointer_finds(every_figure: list[Figure]) -> None:
    for name, spec in specs(every_figure):
        sets = spec["datasets"].items()
        told = {data for data, rows in sets if any("tip" in row for row in rows)}
        found = {layer["data"]["name"] for layer in spec["layer"]
                 if layer["name"].startswith("pointed_")}  # fmt: skip
        assert found - told == set(), name
        assert told - found <= {"projection"}, name  # its end is a row of ``ahead``


def test_every_figure_says_the_same_in_words(every_figure: list[Figure]) -> None:
    for figure in every_figure:
        assert len(figure.alt) > 40, figure.name
        assert figure.caption.endswith("."), figure.name
        said = figure.alt + figure.caption
        assert not re.search(r"\bnan\b|\bNone\b|<NA>|[{}]", said), figure.name


def test_a_legend_has_no_entry_twice(every_figure: list[Figure]) -> None:
    for figure in every_figure:
        texts = [key.text for key in figure.keys]
        assert len(set(texts)) == len(texts), figure.name


def test_the_page_s_data_gives_the_narrow_spec_back(every_figure: list[Figure]) -> None:
    for figure in every_figure:
        wide, brief = figure.data["wide"]["datasets"], figure.data["narrow"]["datasets"]
        whole = {
            name: [{**other, **row} for row, other in zip(rows, wide[name], strict=True)]
            if len(rows) == len(wide.get(name, ()))
            else rows
            for name, rows in brief.items()
        }
        assert whole == figure.narrow["datasets"], figure.name
