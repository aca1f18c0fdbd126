from __future__ import annotations

import json

import pytest
from rich.console import Console

from analysis.package import Check, Finding, Report, render


def report(*severities: str) -> Report:
    findings = tuple(
        Finding("r", severity, "t.csv, line 2", "[bold]wrong", "mend it")  # type: ignore[arg-type]
        for severity in severities
    )
    return Report((Check("r", "Tên", "Title", 7, findings),))


@pytest.mark.parametrize(
    ("severities", "ok", "code"),
    [((), True, 0), (("warning", "info"), True, 0), (("warning", "error"), False, 1)],
)
def test_only_errors_make_a_report_fail(severities: tuple[str, ...], ok: bool, code: int) -> None:
    assert report(*severities).ok is ok
    assert report(*severities).exit_code == code


def test_the_table_counts_errors_and_warnings_of_each_rule() -> None:
    expected = {"rule": "r", "title_vi": "Tên", "title_en": "Title", "checked": 7}
    assert report("error", "warning", "warning").table() == [
        {**expected, "errors": 1, "warnings": 2}
    ]


def test_the_json_holds_table_and_findings() -> None:
    content = json.loads(report("error").to_json())
    assert content["ok"] is False
    assert content["checks"][0]["errors"] == 1
    assert content["findings"][0]["where"] == "t.csv, line 2"


@pytest.mark.parametrize(("language", "title"), [("vi", "Tên"), ("en", "Title")])
def test_a_report_is_shown_with_where_and_how_to_mend(language: str, title: str) -> None:
    console = Console(width=120, record=True, file=None)
    with console.capture() as capture:
        console.print(render(report("error"), language))
    text = capture.get()
    assert title in text
    assert "[bold]wrong" in text
    assert "where: t.csv, line 2" in text
    assert "mend:  mend it" in text
    assert "not valid: 1 rules, 1 errors, 0 warnings" in text
