"""The explorer: with controls, and by itself without."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from analysis.api import Plan
from analysis.charts import Chart
from analysis.errors import UserErrors
from analysis.explore import Explorer, Findings
from analysis.explore.explorer import WIDGET
from analysis.words import Words
from tests.explore.blocking import BLOCK

HINT = Words("vi")("explore.hint")


@pytest.fixture
def explorer(plan: Plan, as_of: date) -> Explorer:
    return Explorer(plan, as_of=as_of, base_year=2019)


def test_a_notebook_is_given_the_controls_and_a_page_that_stands_alone(explorer: Explorer) -> None:
    shown = explorer._repr_mimebundle_()
    assert set(shown) == {WIDGET, "text/html", "text/plain"}
    assert explorer.controls is not None
    assert shown[WIDGET]["model_id"] == explorer.controls.box.model_id
    assert HINT in shown["text/html"]
    assert HINT in shown["text/plain"] == repr(explorer)
    assert HINT not in explorer.controls.shown.value
    json.dumps(shown)


def test_what_is_chosen_now_can_be_gone_on_with(explorer: Explorer) -> None:
    assert explorer.controls is not None
    before = explorer.found.verdicts
    explorer.controls.fields["base_year"].value = 2020
    assert explorer.choice.is_default
    after = explorer.found.verdicts
    assert before["changed"].any()
    assert not after["changed"].any()
    assert "2019" not in explorer.page.chosen()[0]


def test_a_page_is_drawn_once(explorer: Explorer, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[object] = []
    picture = Findings.picture

    def counted(found: Findings) -> Chart | None:
        drawn.append(found.choice)
        return picture(found)

    monkeypatch.setattr(Findings, "picture", counted)
    explorer._repr_mimebundle_()
    assert drawn == [explorer.choice]


def test_frames_alone_draw_nothing_and_make_no_controls(
    explorer: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(Findings, "picture")
    assert len(explorer.found.verdicts) > 0
    assert "controls" not in vars(explorer)


def test_what_cannot_be_chosen_is_refused(plan: Plan) -> None:
    with pytest.raises(UserErrors, match="unknown group_id 12"):
        Explorer(plan, group_id=12)


def test_without_ipywidgets_the_same_call_shows_the_page_alone(root: Path) -> None:
    code = f"""{BLOCK}
import json
from datetime import date
import analysis
from analysis import explore

explorer = explore.Explorer(analysis.load({str(root)!r}), as_of="2026-11-25", base_year=2019)
shown = explorer._repr_mimebundle_()
print(json.dumps([sorted(shown), shown["text/html"], explorer.controls is None]))
print(len(explorer.found.verdicts))
"""
    environment = os.environ | {"PYTHONPATH": str(root / "src")}
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    first, second = result.stdout.splitlines()
    kinds, html, without = json.loads(first)
    assert kinds == ["text/html", "text/plain"]
    assert without
    assert HINT in html
    assert "base_year=2019" in html
    assert int(second) > 0


def test_the_block_of_the_tests_is_a_real_one() -> None:
    code = f"{BLOCK}\nimport ipywidgets"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert "ModuleNotFoundError: No module named 'ipywidgets'" in result.stderr
