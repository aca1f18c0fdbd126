"""A chart is one picture in every form, the same bytes everywhere, and says what it shows."""

from __future__ import annotations

import hashlib
import re
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from analysis.charts import Chart, gap_bars, trajectories
from analysis.charts.style import THEMES, house_style
from tests.charts.frames import breaks_frame, gap_frame, values_frame
from tests.charts.pictures import pixels

SVG = "{http://www.w3.org/2000/svg}"


def bars(language: str = "vi", theme: str = "light") -> Chart:
    return gap_bars(gap_frame(), language, theme)


def lines(language: str = "vi", theme: str = "light") -> Chart:
    return trajectories(values_frame(), gap_frame(), breaks_frame(), language, theme)


BOTH = pytest.mark.parametrize("draw", [bars, lines])


def colours(picture: bytes) -> set[str]:
    return set(re.findall("#[0-9a-f]{6}", picture.decode("utf-8")))


def chunks(png: bytes) -> list[tuple[str, bytes]]:
    """Return the chunks of a PNG: name and content."""
    found, place = [], 8
    while place < len(png):
        length, name = struct.unpack(">I4s", png[place : place + 8])
        found.append((name.decode("ascii"), png[place + 8 : place + 8 + length]))
        place += 12 + length
    return found


@BOTH
def test_the_dark_svg_is_that_of_a_chart_drawn_dark(draw) -> None:
    light, dark = draw(), draw(theme="dark")
    assert light.svg("dark") == dark.svg()
    assert dark.svg("light") == light.svg()


@BOTH
@pytest.mark.parametrize("theme", list(THEMES))
def test_every_colour_of_the_svg_is_one_of_the_theme(draw, theme: str) -> None:
    used = colours(draw("en").svg(theme))
    assert used <= set(THEMES[theme].colours.values())
    assert len(used) > 5


def test_a_colour_from_elsewhere_is_refused() -> None:
    with house_style():
        figure = Figure()
        figure.text(0.5, 0.5, "a", color="#12ab34")
    with pytest.raises(ValueError, match="not colours of the theme 'light': #12ab34"):
        Chart(figure, "A letter.").svg("dark")


def test_an_unknown_theme_is_refused() -> None:
    with pytest.raises(ValueError, match="choose one of light, dark"):
        bars(theme="sepia")
    with pytest.raises(ValueError, match="choose one of light, dark"):
        bars().svg("sepia")


def test_a_figure_of_another_style_is_refused() -> None:
    with pytest.raises(ValueError, match="house style"):
        Chart(Figure(facecolor="#123456"), "Nothing.").png()


@BOTH
def test_the_svg_names_and_describes_itself(draw) -> None:
    chart = draw()
    root = ElementTree.fromstring(chart.svg())
    title, description = root.findall(f"{SVG}title") + root.findall(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == title.get("id")
    assert root.get("aria-describedby") == description.get("id")
    assert description.text == chart.alt
    assert chart.alt.startswith(f"{title.text}.")
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]


def test_signs_of_markup_in_the_text_alternative_stay_text() -> None:
    with house_style():
        chart = Chart(Figure(), r'Targets < 5 & "≥ 7" \1. More.')
    root = ElementTree.fromstring(chart.svg())
    assert root.findtext(f"{SVG}title") == r'Targets < 5 & "≥ 7" \1'
    assert root.findtext(f"{SVG}desc") == chart.alt


@BOTH
def test_letters_of_the_svg_are_outlines_and_need_no_font(draw) -> None:
    picture = draw().svg().decode("utf-8")
    assert "<text" not in picture
    assert "font" not in picture.partition("</desc>")[2].replace("DejaVuSans", "")


@BOTH
def test_ids_of_the_svg_are_unique_and_every_reference_has_its_target(draw) -> None:
    picture = draw().svg().decode("utf-8")
    ids = re.findall(r'\bid="([^"]+)"', picture)
    assert len(ids) == len(set(ids))
    used = re.findall(r'(?:url\(#|href="#)([^)"]+)', picture)
    assert used
    assert set(used) <= set(ids)


@BOTH
def test_neither_clock_nor_machine_nor_version_is_in_the_pictures(draw) -> None:
    chart = draw()
    picture = chart.svg().decode("utf-8")
    assert "metadata" not in picture
    assert mpl.__version__ not in picture
    names = [name for name, _ in chunks(chart.png())]
    assert set(names) == {"IHDR", "iTXt", "pHYs", "IDAT", "IEND"}
    assert names.count("iTXt") == 1


def test_the_png_carries_its_text_alternative() -> None:
    chart = bars()
    ((_, content),) = [chunk for chunk in chunks(chart.png()) if chunk[0] == "iTXt"]
    name, _, rest = content.partition(b"\0")
    compressed, text = rest[0], rest[2:].split(b"\0", 2)[2]
    shown = zlib.decompress(text) if compressed else text
    assert (name, shown.decode("utf-8")) == (b"Description", chart.alt)


@BOTH
def test_the_picture_is_the_same_in_every_process(draw, root: Path) -> None:
    code = (
        "import hashlib; from tests.charts import test_chart as t;"
        f"c = t.{draw.__name__}();"
        "print([hashlib.sha256(b).hexdigest() for b in (c.png(), c.svg(), c.svg('dark'))])"
    )
    chart = draw()
    here = [
        hashlib.sha256(form).hexdigest() for form in (chart.png(), chart.svg(), chart.svg("dark"))
    ]
    there = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": f"{root}:{root / 'src'}"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert there.stdout.strip() == str(here)


def test_the_order_of_the_forms_does_not_matter() -> None:
    one, other = bars(), bars()
    vector, raster = one.svg(), one.png()
    assert (other.png(), other.svg()) == (raster, vector)


def test_settings_of_the_user_do_not_reach_the_files() -> None:
    before = bars().png(), bars().svg()
    own = {"savefig.bbox": "tight", "savefig.facecolor": "#ff0000", "svg.fonttype": "none",
           "text.antialiased": False, "figure.dpi": 40.0, "path.simplify": False}  # fmt: skip
    with mpl.rc_context(own):
        assert (bars().png(), bars().svg()) == before


def test_the_layout_is_solved_once(monkeypatch: pytest.MonkeyPatch) -> None:
    solved = []
    solve = ConstrainedLayoutEngine.execute
    monkeypatch.setattr(
        ConstrainedLayoutEngine, "execute", lambda *args: solved.append(1) or solve(*args)
    )
    chart = bars()
    for _ in range(2):
        chart.png(), chart.svg(), chart.svg("dark")
    assert len(solved) == 1


def test_saving_writes_all_forms_and_returns_their_paths(tmp_path: Path) -> None:
    chart = bars()
    paths = chart.save(tmp_path / "figures" / "gap-05")
    names = ["gap-05.png", "gap-05.svg", "gap-05-dark.svg", "gap-05.txt"]
    assert [path.relative_to(tmp_path / "figures").as_posix() for path in paths] == names
    assert sorted(path.name for path in (tmp_path / "figures").iterdir()) == sorted(names)
    png, svg, dark, text = (path.read_bytes() for path in paths)
    assert (png, svg, dark) == (chart.png(), chart.svg("light"), chart.svg("dark"))
    assert text.decode("utf-8") == f"{chart.alt}\n"


def test_a_dark_chart_is_saved_under_the_same_names(tmp_path: Path) -> None:
    light, dark = bars().save(tmp_path / "light"), bars(theme="dark").save(tmp_path / "dark")
    assert [path.read_bytes() for path in light[1:3]] == [path.read_bytes() for path in dark[1:3]]
    assert light[0].read_bytes() != dark[0].read_bytes()


def test_a_name_with_points_keeps_them(tmp_path: Path) -> None:
    paths = bars().save(tmp_path / "series-5.7")
    assert [path.name for path in paths][0::3] == ["series-5.7.png", "series-5.7.txt"]


def test_an_ending_in_the_name_is_not_doubled(tmp_path: Path) -> None:
    assert bars().save(tmp_path / "gap.png") == bars().save(tmp_path / "gap")


def test_the_ground_of_the_picture_is_the_paper_of_its_theme() -> None:
    for name, theme in THEMES.items():
        corner = pixels(bars(theme=name).png())[0, 0, :3]
        assert "#" + "".join(f"{round(float(part) * 255):02x}" for part in corner) == theme.paper


def test_a_notebook_shows_the_picture_with_its_text_alternative() -> None:
    chart = bars("en")
    data, metadata = chart._repr_mimebundle_()
    assert set(data) == {"image/png", "text/plain"}
    assert metadata["image/png"]["alt"] == chart.alt
