"""Draws the pictures of a form for the documentation: ``python -m tests.docs.form_pictures``.

A tool to be run by hand where LibreOffice and ``pdftoppm`` are installed, and Arial or Liberation
Sans among the fonts; what it draws depends on their versions.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngInfo

from analysis.intake.forms import write_forms
from analysis.observe.standing import standing
from analysis.package import load
from tests.conftest import AS_OF, ROOT
from tests.intake.forms import office

FOLDER = ROOT / "docs" / "images"
COMMAND = "python -m tests.docs.form_pictures"
AGENCY, YEAR = "so-y-te", 2025
PAGES = {
    "form-guide.png": (1, "Trang Hướng dẫn của phiếu số liệu; the first sheet of a form"),
    "form-values.png": (3, "Trang Số liệu của phiếu số liệu; the sheet of values of a form"),
}
"""File → page of the printed form, and what the picture shows."""

DOTS = 130
"""A hundred and thirty dots an inch: small type stays readable."""

WIDEST, COLOURS, MARGIN = 1400, 32, 12
HEAVIEST = 150_000
"""Bytes."""


def main() -> int:
    """Draw the pictures; return 1 if one is too heavy."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        printed = _printed(Path(folder))
        sizes = {name: _draw(printed, name, *page) for name, page in PAGES.items()}
    for name, size in sizes.items():
        print(f"{FOLDER / name}: {size} bytes")
    return int(max(sizes.values()) > HEAVIEST)


def _printed(folder: Path) -> Path:
    """Return a form as LibreOffice prints it."""
    tables = standing(load(ROOT))
    [form] = write_forms(tables, folder, agency_id=AGENCY, year=YEAR, as_of=AS_OF)
    pages = form.with_suffix(".pdf")
    office.work(folder / "office", office.filling(form, [], [pages]))
    return pages


def _draw(printed: Path, name: str, page: int, shows: str) -> int:
    """Draw one page, without its white margins, and return the size of the file."""
    picture = Image.open(io.BytesIO(_page(printed, page))).convert("RGB")
    picture = _cropped(picture)
    if picture.width > WIDEST:
        height = round(picture.height * WIDEST / picture.width)
        picture = picture.resize((WIDEST, height), Image.Resampling.LANCZOS)
    plain = picture.quantize(
        COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE, kmeans=1
    )
    facts = PngInfo()
    facts.add_text("Comment", f"Made by `{COMMAND}`. Do not edit.")
    facts.add_itxt("Description", shows, "vi")
    plain.save(FOLDER / name, optimize=True, pnginfo=facts)
    return (FOLDER / name).stat().st_size


def _page(printed: Path, page: int) -> bytes:
    at = ["-f", str(page), "-l", str(page)]
    command = ["pdftoppm", "-r", str(DOTS), *at, "-png", str(printed)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def _cropped(picture: Image.Image) -> Image.Image:
    """Cut off what is white all around, but for a small margin."""
    white = Image.new("RGB", picture.size, "white")
    left, top, right, bottom = ImageChops.difference(picture, white).getbbox() or (0, 0, 1, 1)
    return picture.crop(
        (
            max(left - MARGIN, 0),
            max(top - MARGIN, 0),
            min(right + MARGIN, picture.width),
            min(bottom + MARGIN, picture.height),
        )
    )


if __name__ == "__main__":
    sys.exit(main())
