"""The methods page in both languages: its numbers, its sums, its words, and what it promises."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from analysis.api import Plan
from analysis.measures import FLAGS, GRADES, KINDS, REASONS, VERDICTS, Targets, assess
from analysis.measures.published import METHODS
from analysis.observe.view import RULES
from analysis.words import Words
from tests.docs.facts import HAND, Book, Teller
from tests.docs.fragments import (
    CLOSING,
    OPENING,
    filled,
    fragments,
    shown,
    stale,
    sums,
    typed,
    wrong_sums,
)
from tests.docs.refresh import PAGES

LANGUAGES = tuple(PAGES)
EXPLAINED = {"verdict": VERDICTS, "reason": REASONS[1:], "grade": GRADES[1:], "flag": FLAGS}
# What may be typed in a worked line: constants of the formulas, step 7, and the target years.
CONSTANTS = {"1", "2", "6", "7", "80", "2025", "2030"}


@pytest.fixture(scope="module")
def book(plan: Plan, as_of: date, root: Path) -> Book:
    return Book(plan, as_of, root)


@pytest.fixture(scope="module")
def tellers(book: Book) -> Mapping[str, Teller]:
    return {language: Teller(book, language) for language in LANGUAGES}


@pytest.fixture(scope="module")
def pages() -> Mapping[str, str]:
    return {language: path.read_text(encoding="utf-8") for language, path in PAGES.items()}


def section(page: str, number: int) -> str:
    """Return a section without its heading."""
    return re.split(rf"^## {number}\. .*\n", page, flags=re.MULTILINE)[1].split("\n## ")[0]


def rows(text: str) -> list[list[str]]:
    """Return the rows of all tables, heads included."""
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.split("\n")
        if line.startswith("|") and not line.startswith("|---")
    ]


def headings(page: str) -> list[str]:
    """Return the level, and the number if there is one, of every heading."""
    prose = re.sub(r"^```.*?^```", "", page, flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"^#+(?: [0-9.]+[0-9a-z.-]*)?", prose, flags=re.MULTILINE)


def bare(cell: str) -> str:
    """Return the words of a cell without the code behind them."""
    return re.sub(r"(?: \(`[A-Z_]+`\)|, [^,`]+ `[A-Z_]+`)$", "", cell)


def blocks(page: str) -> list[str]:
    """Return the lines that a Markdown reader would take for a block of HTML."""
    begins = re.compile(r"\s*(?:>\s*|(?:[*+-]|[0-9]+[.)])\s+)?<!--")
    return [line for line in page.split("\n") if begins.match(line)]


def numbers(text: str) -> set[str]:
    return set(re.findall(r"[0-9]+(?:[.,][0-9]+)*(?:-[a-z]+)?", text))


# Fragments


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fragment_says_what_is_computed(
    language: str, pages: Mapping[str, str], tellers: Mapping[str, Teller]
) -> None:
    wrong = stale(pages[language], tellers[language])
    advice = f"{PAGES[language].name}: run python -m tests.docs.refresh, then read what is around"
    assert wrong == [], "\n".join([advice, *wrong])


def test_a_fragment_that_is_wrong_is_found_with_what_it_should_say(
    tellers: Mapping[str, Teller],
) -> None:
    page = "Pace\n<!-- gap 5.7 2030 pace_ratio :.2 -->0.99<!--/--> then"
    right = tellers["en"]("gap 5.7 2030 pace_ratio :.2")
    assert stale(page, tellers["en"]) == [
        f"line 2: gap 5.7 2030 pace_ratio :.2: write {right!r} in place of '0.99'"
    ]
    assert stale(filled(page, tellers["en"]), tellers["en"]) == []
    assert shown(filled(page, tellers["en"])) == f"Pace\n{right} then"


@pytest.mark.parametrize(
    "spec",
    [
        "gap 5.7 2031 pace_ratio :.2",
        "gap 5.7 2030 speed :.2",
        "gap 5.7 2030",
        "hand 5.7 2030 luck :.2",
        "word verdict.LUCKY",
        "guess 5.7",
    ],
)
def test_a_fragment_that_asks_for_nothing_known_is_refused(
    spec: str, tellers: Mapping[str, Teller]
) -> None:
    with pytest.raises(ValueError, match=re.escape(spec)):
        tellers["en"](spec)


def test_a_fragment_without_a_value_is_refused(tellers: Mapping[str, Teller]) -> None:
    with pytest.raises(ValueError, match="no such value"):
        tellers["en"]("gap 2 2030 gap :.2")


def test_a_number_whose_form_is_not_said_is_refused(tellers: Mapping[str, Teller]) -> None:
    with pytest.raises(ValueError, match="how the number is written"):
        tellers["en"]("gap 5.7 2030 pace_ratio")


@pytest.mark.parametrize(
    ("spec", "english", "vietnamese"),
    [
        ("limit SMALL_SHARE :0%", "1\N{NO-BREAK SPACE}%", "1\N{NO-BREAK SPACE}%"),
        ("limit ON_TRACK_FROM :.2", "0.95", "0,95"),
        ("limit TOO_OLD_AFTER :+.1", "+5.0", "+5,0"),
        ("limit LAST_ATTAIN_YEAR :d", "2055", "2055"),
        ("limit LAST_ATTAIN_YEAR :.1y", "2055.0", "2055,0"),
        ("limit LAST_ATTAIN_YEAR :n", "2,055", "2.055"),
        ("word flag.BASELINE_SHIFTED", "no value for the base year …; … is used", None),
    ],
)
def test_numbers_and_words_are_written_as_each_language_does(
    spec: str, english: str, vietnamese: str | None, tellers: Mapping[str, Teller]
) -> None:
    assert tellers["en"](spec) == english
    assert vietnamese is None or tellers["vi"](spec) == vietnamese


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fragment_is_closed_on_its_line(language: str, pages: Mapping[str, str]) -> None:
    page = pages[language]
    found = len(fragments(page))
    assert len(OPENING.findall(page)) == len(CLOSING.findall(page)) == found > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_begins_with_a_comment(language: str, pages: Mapping[str, str]) -> None:
    assert blocks(pages[language]) == [], "a reader of Markdown shows such a line as it is typed"


def test_a_line_that_begins_with_a_comment_would_be_found() -> None:
    lines = ["<!-- a -->b<!--/-->", "* <!-- a -->b<!--/-->", "  <!-- a -->b<!--/-->"]
    fine = ["| <!-- a -->b<!--/--> |", "*<!-- a -->b<!--/-->*", "**A** <!-- a -->b<!--/-->"]
    assert blocks("\n".join([*lines, *fine])) == lines


def test_both_languages_have_the_same_fragments_and_headings(pages: Mapping[str, str]) -> None:
    english, vietnamese = (
        Counter(each.spec for each in fragments(pages[language])) for language in ("en", "vi")
    )
    assert english - vietnamese == vietnamese - english == Counter()
    assert headings(pages["en"]) == headings(pages["vi"])
    assert len(headings(pages["en"])) > 20


def test_both_languages_have_the_same_tables_and_formulas_in_code(pages: Mapping[str, str]) -> None:
    shapes = [[len(row) for row in rows(shown(pages[each]))] for each in LANGUAGES]
    assert shapes[0] == shapes[1]
    codes = [
        Counter(re.findall(r"`([A-Z_]{2,}|[a-z_]+)`", shown(pages[each]))) for each in LANGUAGES
    ]
    assert codes[0] == codes[1]


# Sums


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_written_sum_can_be_done_with_a_pocket_calculator(
    language: str, pages: Mapping[str, str]
) -> None:
    assert wrong_sums(pages[language], language) == []


def test_both_languages_write_the_same_number_of_sums(pages: Mapping[str, str]) -> None:
    assert sums(pages["en"]) == sums(pages["vi"]) >= 40


@pytest.mark.parametrize(
    ("page", "language"),
    [
        ("the gap is 97 − 95.76 = 1.25", "en"),
        ("19.000 − 10.402 = 8.599", "vi"),
        ("pace (1 − 0.24 ÷ 2) ÷ 0.5 = 1.77", "en"),
        ("over\nthe line √(4 × (5 +\n5² ÷ 5)) = 6.36", "en"),
        ("<!-- a :.2 -->1.5<!--/--> × <!-- b :.2 -->3<!--/--> = <!-- c -->4.7<!--/-->", "en"),
    ],
)
def test_a_wrong_sum_is_found(page: str, language: str) -> None:
    assert len(wrong_sums(page, language)) == 1


@pytest.mark.parametrize(
    ("page", "language"),
    [
        ("97 − 95.76 = 1.24, and (0.1² ÷ 6 = 0.0017).", "en"),
        ("19.000 − 10.402 = 8.598", "vi"),
        ("(1 − 0.24 ÷ 2) ÷ 0.5 = 1.76", "en"),
        ("√(4 × (5 + 5² ÷ 5)) = 6.32", "en"),
    ],
)
def test_a_right_sum_is_accepted(page: str, language: str) -> None:
    assert sums(page) >= 1
    assert wrong_sums(page, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_number_of_a_worked_line_is_typed_by_hand(
    language: str, pages: Mapping[str, str]
) -> None:
    assert numbers(typed(section(pages[language], 9))) <= CONSTANTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_number_of_an_example_of_a_target_is_typed_by_hand(
    language: str, pages: Mapping[str, str], book: Book
) -> None:
    examples = "\n".join(row[-1] for row in rows(section(pages[language], 2))[1:])
    assert numbers(typed(examples)) <= {*book.trend.index, "2025", "2030"}


def test_a_number_typed_by_hand_would_be_found() -> None:
    page = "* **2030**: <!-- gap 5.7 2030 gap :.2 -->1.24<!--/--> of 97,5 in `x 3` [y](z4.md)"
    assert numbers(typed(page)) == {"97,5"}


# Words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "code"), [(kind, code) for kind, codes in EXPLAINED.items() for code in codes]
)
def test_every_code_is_explained_in_the_words_of_the_catalogue(
    language: str, kind: str, code: str, pages: Mapping[str, str]
) -> None:
    explaining = section(pages[language], 7 if kind in {"grade", "flag"} else 6)
    words = f"<!-- word {kind}.{code} -->"
    assert any(words in line and f"`{code}`" in line for line in explaining.split("\n"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_target_and_every_rule_of_choice_is_on_the_page(
    language: str, pages: Mapping[str, str]
) -> None:
    kinds, rules = section(pages[language], 2), section(pages[language], 3)
    assert [kind for kind in KINDS if f"(`{kind}`)" not in kinds] == []
    assert [row[0].strip("`") for row in rows(rules)[1:]] == list(RULES)


# What the page promises


def test_worked_by_hand_every_row_of_the_plan_comes_out_the_same(book: Book) -> None:
    frame = book.gap
    columns = ["verdict", "reason", "grade", "flags"]
    by_hand = {key: [case.row()[column] for column in columns] for key, case in book.cases.items()}
    measured = {
        key: list(row) for key, row in zip(frame.index, frame[columns].to_numpy(), strict=True)
    }
    assert by_hand == measured


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_stands_in_the_table_at_the_step_that_gave_it(
    language: str, pages: Mapping[str, str], book: Book
) -> None:
    words = Words(language)
    table = rows(shown(section(pages[language], 6)))
    told = {(row[0], bare(row[2]), bare(row[3])) for row in table if len(row) == 4}
    given = set()
    for case in book.cases.values():
        verdict, reason, _ = case.verdict
        said = words(f"reason.{reason}") if reason else ""
        given.add((str(HAND["step"](case)), words(f"verdict.{verdict}"), said))
    assert given - told == set()


def test_what_the_page_says_is_not_in_the_plan_is_not_there(book: Book) -> None:
    stated = book.gap[book.gap["target_status"] == "stated"]
    found = set(zip(stated["kind"], stated["mode"], strict=True))
    assert {("between", "down"), ("between", "band"), ("at_most", "down")}.isdisjoint(found)
    assert ("at_most", "level") in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_of_the_page_leads_to_a_file(language: str, pages: Mapping[str, str]) -> None:
    links = set(re.findall(r"\]\(([^)#]+)\)", pages[language]))
    local = {link for link in links if "://" not in link}
    assert local
    assert [link for link in sorted(local) if not (PAGES[language].parent / link).exists()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_published_method_is_named_with_its_sources(
    language: str, pages: Mapping[str, str]
) -> None:
    text = section(pages[language], 10)
    families = {name.partition("_")[0] for name in METHODS}
    named = {spec.split(" ")[1] for spec in (each.spec for each in fragments(text)) if " " in spec}
    assert families <= {name.partition("_")[0] for name in named}
    sources = {source for method in METHODS.values() for source in method.sources}
    assert [source for source in sorted(sources) if f"]({source})" not in text] == []


def test_the_sections_that_the_code_cites_are_on_the_page(
    pages: Mapping[str, str], root: Path
) -> None:
    cited: set[str] = set()
    for path in (root / "src").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for found in re.finditer(
            r"\bmethods ([1-3](?:\.\d)?(?:(?:, | and | to )[1-3](?:\.\d)?)*)", text
        ):
            cited |= set(re.findall(r"[1-3](?:\.\d)?", found[1]))
    table = " ".join(row[0] for row in rows(section(pages["en"], 12)))
    listed = set(re.findall(r"[1-3](?:\.\d)?", table)) | {f"1.{part}" for part in range(1, 8)}
    assert "2.1" in cited
    assert cited <= listed


SIMULATED = 8_000
AHEAD = 5


def held(steps: str, n: int) -> float:
    """Return the share of simulated outcomes that the 80 % interval holds, five years ahead."""
    generator = np.random.default_rng(20_260)
    surprises = generator.normal(0.0, 10.0, (SIMULATED, n + AHEAD))
    noise = surprises.cumsum(axis=1) if steps == "walk" else surprises
    values = 2.0 * np.arange(n + AHEAD) + noise
    none = np.full(SIMULATED, np.nan)
    aim = Targets(
        mode=np.full(SIMULATED, "up"),
        year=np.full(SIMULATED, 2020 + n - 1 + AHEAD),
        lo=np.full(SIMULATED, 1e6),
        hi=none,
        lo_strict=np.zeros(SIMULATED, np.bool_),
        hi_strict=np.zeros(SIMULATED, np.bool_),
        step=none,
        natural_min=none,
        natural_max=none,
        base_year=np.full(SIMULATED, 2020),
        clear=np.ones(SIMULATED, np.bool_),
        stated=np.ones(SIMULATED, np.bool_),
    )
    frame = assess(np.arange(2020, 2020 + n), values[:, :n], aim, 2020 + n - 1)
    outcome = values[:, -1]
    inside = (frame["projection_low"] <= outcome) & (outcome <= frame["projection_high"])
    return float(inside.mean())


@pytest.mark.parametrize("n", [4, 5, 8, 12])
def test_the_interval_holds_four_of_five_outcomes_of_a_random_walk(n: int) -> None:
    assert held("walk", n) == pytest.approx(0.80, abs=0.03)


@pytest.mark.parametrize("n", [4, 5, 8, 12])
def test_the_interval_holds_more_where_values_scatter_about_a_line(n: int) -> None:
    assert held("line", n) > 0.90
