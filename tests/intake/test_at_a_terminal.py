"""The commands as somebody types them who sits at a terminal and is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.intake.recorded import Recorded
from tests.intake.papers import COLUMNS, digest, project, value, values_file, workbook
from tests.intake.processes import Server, terminal


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which nothing is taken in; that is asserted."""
    return project(tmp_path_factory.mktemp("untouched"))


def test_it_is_asked_before_anything_is_done(root: Path, tmp_path: Path, server: Server) -> None:
    good = values_file(tmp_path / "good.csv", value())
    odd = values_file(tmp_path / "odd.csv", value(value="82"))
    before = digest(root)
    with terminal(server, "add", good, "--root", root) as typed:
        assert "8.4-beds" in typed.until("Take it in? [y/N]: ")
        typed.type("n")
        assert typed.end() == 1
        assert "nothing was changed" in typed.text
    with terminal(server, "add", odd, "--yes", "--root", root) as typed:
        assert "8.4-beds, Số giường bệnh" in typed.until("Take it in, with warnings (1)? [y/N]: ")
        typed.type("")
        assert typed.end() == 1
    with terminal(server, "add", good, "--root", root) as typed:
        typed.until("Take it in? [y/N]: ")
        typed.type("\x03")
        assert typed.end() == 1
    with terminal(server, "undo", "--root", root) as typed:
        assert typed.end() == 2
    assert digest(root) == before


def test_what_can_be_read_in_two_ways_is_asked_and_the_answers_are_taken(
    tmp_path: Path, server: Server
) -> None:
    root = project(tmp_path / "project")
    said = {"part": "", "unit": "%", "value": "90", "status": "actual"}
    rows = [
        value(**said, period=period, published=published)
        for period, published in (("2024", "03/04/2026"), ("2025", "2026-04-03"))
    ]
    cells: list[list[object]] = [[5.1, *list(row.values())[1:]] for row in rows]
    file = workbook(tmp_path / "a.xlsx", one=[COLUMNS, *cells])
    questions = [
        ("5.1, 5.10", "5.10"),
        ("2026-04-03, 2026-03-04", "2026-04-03"),
        ("5.1, 5.10", "5.10"),
    ]
    with terminal(server, "add", file, "--root", root, unchecked=True) as typed:
        for choices, answer in questions:
            typed.until(f"which is meant ({choices}): ")
            typed.type(answer)
        typed.until("Take it in? [y/N]: ")
        typed.type("y")
        assert typed.end() == 0
        assert "recorded as add-0002: values: 2" in typed.text
    recorded = Recorded.read(root)
    assert [row["series_id"] for row in recorded.rows["observations"][-2:]] == ["5.10", "5.10"]
    assert recorded.rows["sources"][-1]["published"] == "2026-04-03"

    with terminal(server, "undo", "--root", root, unchecked=True) as typed:
        assert "obs-0550 5.10, QN, 2025: 90" in typed.until("Take it back? [y/N]: ")
        typed.type("y")
        assert typed.end() == 0
        assert "add-0002 is taken back" in typed.text
    assert list(Recorded.read(root).withdrawn) == ["add-0002"]
