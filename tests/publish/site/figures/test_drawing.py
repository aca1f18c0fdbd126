"""A picture is the same in every process, and has nothing that does not show."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from analysis.publish.site.figures.drawing import drawn, plain
from analysis.publish.site.figures.runtime import write_runtime
from analysis.publish.site.figures.size import NARROW
from analysis.publish.site.figures.spec import Frame, Padding, constant, layer, pointed, raw, texts

MARK = {"x": 4, "y": 5, "fill": "var(--met)", "text": "Đạt <b>", "tip": "x"}


def spec(language: str = "vi") -> dict[str, object]:
    frame = Frame(NARROW, 40, Padding(0, 0, 2, 4), language)
    at = {"x": raw("x"), "y": raw("y")}
    dot = layer("dots", {"type": "point", "size": 30}, {**at, "fill": "fill"})
    return frame.spec(
        [dot, *texts("dots", at), pointed("dots", {"type": "rect"}, {**at, "x2": constant(9)})],
        {"dots": [MARK], "none": []},
    )


def test_the_same_spec_gives_the_same_bytes_in_another_process() -> None:
    code = "from tests.publish.site.figures.test_drawing import *; print(drawn(spec()), end='')"
    root = Path(__file__).parents[4]
    run = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=root,
        env={"PYTHONPATH": f"{root}:{root / 'src'}", "PYTHONHASHSEED": "7"},
    )
    assert run.stdout == drawn(spec())


def test_a_text_is_escaped() -> None:
    assert "Đạt &lt;b&gt;</text>" in drawn(spec())


def test_what_only_a_pointer_finds_is_not_in_the_picture() -> None:
    assert "transparent" not in drawn(spec())


def test_a_picture_is_hidden_from_those_who_are_told_its_alternative() -> None:
    assert drawn(spec()).startswith('<svg width="320" height="46" viewBox="0 0 320 46" ')
    assert 'aria-hidden="true" focusable="false"' in drawn(spec())


def test_what_does_not_show_is_taken_away() -> None:
    found = plain(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" class="marks">'
        '<g transform="translate(0,0)" role="x"><path class="background" d="M0,0h1"/>'
        '<g><path d="" fill="red"/><path d="M0.12345,-0.5L1e-7,2" fill="var(--ink)"/></g></g></svg>'
    )
    assert found == (
        '<svg width="9" height="9" aria-hidden="true" focusable="false">'
        '<path d="M0.12,-.5L1e-7,2" fill="var(--ink)" /></svg>'
    )


def test_the_script_that_draws_has_the_same_bytes_every_time(tmp_path: Path) -> None:
    first = write_runtime(tmp_path).read_bytes()
    assert write_runtime(tmp_path).read_bytes() == first
    assert first.count(b"window.vegaEmbed") == 1
    assert b"vendor/LICENSES.txt" in first[:200]


def test_the_licences_of_the_script_lie_where_it_says() -> None:
    from analysis.publish.site import figures

    folder = Path(figures.__file__).parents[1] / "assets"
    text = (folder / "vendor" / "LICENSES.txt").read_text(encoding="utf-8")
    assert "University of Washington Interactive Data Lab" in text
    assert "Mike Bostock" in text
