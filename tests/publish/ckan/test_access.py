"""Addresses and tokens that are refused before anything is sent."""

from __future__ import annotations

import pytest

from analysis.errors import UserError
from analysis.publish.ckan.access import TOKEN, portal_address, read_token


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://data.example.org", "https://data.example.org"),
        (" https://data.example.org/ ", "https://data.example.org"),
        ("https://example.org:8443/portal/", "https://example.org:8443/portal"),
        ("http://127.0.0.1:5000", "http://127.0.0.1:5000"),
        ("http://127.8.8.8/", "http://127.8.8.8"),
        ("http://localhost:5000/", "http://localhost:5000"),
        ("http://[::1]:5000", "http://[::1]:5000"),
        ("HTTPS://Data.Example.Org", "https://Data.Example.Org"),
    ],
)
def test_the_address_of_a_portal_is_its_front_page(given: str, address: str) -> None:
    assert portal_address(given) == address


@pytest.mark.parametrize(
    "given",
    [
        "http://data.example.org",
        "http://10.0.0.1",
        "http://127.0.0.1.example.org",
        "http://0.0.0.0",
    ],
)
def test_a_token_is_not_sent_unencrypted_to_another_machine(given: str) -> None:
    with pytest.raises(UserError, match="unencrypted"):
        portal_address(given)


@pytest.mark.parametrize(
    "given",
    ["", "data.example.org", "ftp://data.example.org", "https://", "https://[::1", "https://a:b"],
)
def test_what_is_no_address_is_told_with_an_example(given: str) -> None:
    with pytest.raises(UserError, match="not the address of a portal") as refused:
        portal_address(given)
    assert "https://data.example.org" in refused.value.mend


@pytest.mark.parametrize("given", ["https://me:pass155@example.org", "https://pass155@example.org"])
def test_an_address_with_a_password_is_refused_without_showing_it(given: str) -> None:
    with pytest.raises(UserError, match="password") as refused:
        portal_address(given)
    assert "pass155" not in str(refused.value)


@pytest.mark.parametrize("given", ["https://example.org/?a=1", "https://example.org/#top"])
def test_one_page_of_a_portal_is_not_the_portal(given: str) -> None:
    with pytest.raises(UserError, match="one page"):
        portal_address(given)


@pytest.mark.parametrize("environment", [{}, {TOKEN: ""}, {TOKEN: " \n"}])
def test_a_missing_token_is_told_with_the_variable(environment: dict[str, str]) -> None:
    with pytest.raises(UserError, match="no token") as refused:
        read_token(environment)
    assert refused.value.where == TOKEN


def test_the_end_of_a_line_is_no_part_of_a_token() -> None:
    assert read_token({TOKEN: "abc.DEF-1_2\n"}) == "abc.DEF-1_2"


@pytest.mark.parametrize("token", ["two words", "a\r\nX-Other: b", "mã", "a\x00b"])
def test_what_cannot_be_a_token_is_refused_without_showing_it(token: str) -> None:
    with pytest.raises(UserError, match="cannot be one") as refused:
        read_token({TOKEN: token})
    assert token not in str(refused.value)
