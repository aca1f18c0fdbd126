"""The sentence under a verdict is that of the step which gave it, for every step there is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from analysis.publish import Edition
from analysis.publish.site.indicator_report import SeriesGap, Whole
from analysis.publish.site.indicator_verdict import Card, Judgement
from analysis.publish.site.writer import Writer
from analysis.words import LANGUAGES, Words

# Series, supposed values by year, and the verdict of 2030 that follows from them by the method.
CASES: list[tuple[str, dict[int, float], str, str]] = [
    ("5.7", {2026: 90.0}, "WORSENING", "pace"),
    ("5.7", {2026: 95.2}, "OFF_TRACK", "pace"),
    ("5.7", {2026: 96.7}, "ON_TRACK", "pace"),
    ("5.7", {2026: 98.0}, "MET", "met"),
    ("3.2", {2026: 3.0}, "LOST", "lost"),
    ("3.2", {2026: 2.0}, "MAINTAINED", "maintained"),
    ("4.1", {2020: 10.0, 2026: 7.0}, "ON_TRACK", "levels"),
    ("4.1", {2020: 7.0, 2026: 9.0}, "WORSENING", "levels"),
    ("7.10", {2020: 99.0, 2024: 99.0, 2025: 99.0}, "OFF_TRACK", "still"),
]


def judged(edition: Edition, language: str, series_id: str) -> tuple[Card, Any]:
    """Return the card of 2030, and the gap row that it tells of."""
    report = SeriesGap(Whole(edition, language), series_id)
    card = Judgement(Writer(edition, language), report).cards()[1]
    return card, report.targets[1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("series_id", "values", "verdict", "case"), CASES)
def test_each_step_of_the_method_has_its_sentence(
    edition: Edition,
    series_id: str,
    values: dict[int, float],
    verdict: str,
    case: str,
    language: str,
) -> None:
    rows = [{"series_id": series_id, "period": year, "value": v} for year, v in values.items()]
    supposed = replace(edition, plan=edition.plan.with_observations(rows))
    card, row = judged(supposed, language, series_id)
    words = Words(language)
    assert card.code == row["verdict"] == verdict
    assert card.label == words(f"verdict.{verdict}")
    sentence = card.sentences[0]
    beginning = words.text(f"site.indicator.why.{case}").partition("{")[0]
    assert sentence.startswith(beginning)
    assert row["value_shown"] in sentence
    if case == "pace":
        assert words.number(row["pace_ratio"], 2) in sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_target_that_is_met_without_a_base_value_says_so(edition: Edition, language: str) -> None:
    card, row = judged(edition, language, "3.4")
    assert row["verdict"] == "MET"
    beginning = Words(language).text("site.indicator.why.met_alone").partition("{")[0]
    assert card.sentences[0].startswith(beginning)


@pytest.mark.parametrize("language", LANGUAGES)
def test_projection_interval_and_chance_are_told_where_the_data_allow_them(
    edition: Edition, language: str
) -> None:
    words = Words(language)
    card, row = judged(edition, language, "5.7")
    told = " ".join(card.sentences)
    for column in ("projection", "projection_low", "projection_high"):
        assert words.number(row[column], 1) in told
    assert f"{round(row['p_met'] * 100)}\u00a0%" in told
    assert words("grade.A") in told
    of_two_years = " ".join(judged(edition, language, "3.1")[0].sentences)
    chance = words.text("site.indicator.chance").partition("{")[0].strip()
    assert chance in told
    assert chance not in of_two_years


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_target_in_words_is_quoted_in_a_sentence(edition: Edition, language: str) -> None:
    card, row = judged(edition, language, "7.15")
    assert f"“{row['target_shown']}”" in card.sentences[0]
