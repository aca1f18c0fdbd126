from __future__ import annotations

import pytest

from analysis.observe.origins import (
    Origin,
    host_of,
    origin_of,
    resolve,
    source_rows,
    stated_languages,
)
from tests.observe.builders import facts

PAGE = Origin("https://stat.example/a", "A", "Statistics", "2025-01-02")


def named(origin: Origin, *known: Origin) -> Origin:
    return resolve([origin], known)[origin]


def ids(*origins: Origin) -> list[str]:
    return [row["source_id"] for row in source_rows(origins, facts())]


def test_an_id_is_made_of_publisher_and_date() -> None:
    assert ids(PAGE) == ["statistics-2025-01-02"]


def test_an_undated_source_says_so_in_its_id() -> None:
    assert ids(Origin("https://x.example", "A", "Statistics", "")) == ["statistics-nd"]


def test_an_id_leaves_out_what_the_publisher_has_in_brackets() -> None:
    assert ids(Origin("https://x.example", "A", "Paper (English)", "2024")) == ["paper-2024"]


def test_a_taken_id_gets_a_running_number() -> None:
    others = [Origin(f"https://stat.example/{n}", "A", "Statistics", "2024") for n in range(3)]
    assert ids(*others) == ["statistics-2024", "statistics-2024-2", "statistics-2024-3"]


def test_the_same_origin_is_one_source() -> None:
    assert ids(PAGE, PAGE) == ["statistics-2025-01-02"]


def test_another_title_under_the_same_address_is_another_source() -> None:
    other = Origin(PAGE.url, "B", PAGE.publisher, PAGE.published)
    assert ids(PAGE, other) == ["statistics-2025-01-02", "statistics-2025-01-02-2"]


def test_known_sources_come_first_and_keep_their_ids() -> None:
    known = source_rows([PAGE], facts())
    other = Origin("https://stat.example/b", "B", "Statistics", "2025-01-02")
    rows = source_rows([other, PAGE], facts(), known)
    assert rows[0] is known[0]
    assert [row["source_id"] for row in rows] == [
        "statistics-2025-01-02",
        "statistics-2025-01-02-2",
    ]


def test_an_address_is_kept_as_it_is_and_nothing_is_added() -> None:
    row = source_rows([PAGE], facts())[0]
    assert origin_of(row) == PAGE
    assert (row["accessed"], row["licence_note"], row["language"]) == ("", "", "")


def test_a_tier_is_that_of_the_publisher() -> None:
    assert source_rows([PAGE], facts())[0]["tier"] == "official"


def test_a_copy_has_the_tier_of_the_host_that_keeps_it() -> None:
    copy = Origin("https://www.copies.example/gso", "A", "Statistics", "2019")
    assert source_rows([copy], facts())[0]["tier"] == "other"


def test_the_host_stands_for_a_publisher_that_is_not_stated() -> None:
    assert named(Origin("https://www.paper.example/a", "A", "", "")).publisher == "paper.example"


def test_a_publisher_not_stated_is_the_known_one_of_the_same_address_and_title() -> None:
    assert named(Origin(PAGE.url, PAGE.title, "", ""), PAGE) == PAGE


def test_another_title_does_not_take_over_a_known_publisher() -> None:
    assert named(Origin(PAGE.url, "B", "", ""), PAGE).publisher == "stat.example"


def test_a_publisher_stated_by_an_earlier_row_holds_for_a_later_one() -> None:
    later = Origin(PAGE.url, PAGE.title, "", "")
    assert resolve([PAGE, later]) == {PAGE: PAGE, later: PAGE}


def test_a_known_page_with_two_publishers_is_the_first_of_them() -> None:
    second = Origin(PAGE.url, PAGE.title, "Paper (English)", "")
    assert named(Origin(PAGE.url, PAGE.title, "", ""), PAGE, second) == PAGE


@pytest.mark.parametrize("url", ["", "a page", "ftp://x.example/a", "https://", "http://[x"])
def test_what_is_no_address_has_no_host(url: str) -> None:
    assert host_of(url) == ""


def test_a_stated_publisher_is_not_replaced() -> None:
    stated = Origin(PAGE.url, PAGE.title, "Paper (English)", "")
    assert named(stated, PAGE) == stated


def test_a_language_is_read_in_the_title() -> None:
    origin = Origin("https://x.example", "Tin (bản dịch tiếng Đức)", "Statistics", "")
    assert stated_languages(origin, facts()) == ["de"]


def test_a_language_named_without_a_version_is_no_language_of_the_text() -> None:
    origin = Origin("https://x.example", "Dạy tiếng Anh ở tiểu học", "Statistics", "")
    assert stated_languages(origin, facts()) == []


def test_a_language_is_read_in_the_publisher_the_host_and_the_folder() -> None:
    publisher = Origin("https://x.example/a", "A", "Paper (English)", "")
    host = Origin("https://fr.x.example/a", "A", "Statistics", "")
    folder = Origin("https://x.example/de/a", "A", "Statistics", "")
    assert [stated_languages(one, facts()) for one in (publisher, host, folder)] == [
        ["en"],
        ["fr"],
        ["de"],
    ]


def test_a_language_that_nothing_states_stays_empty() -> None:
    assert stated_languages(PAGE, facts()) == []
