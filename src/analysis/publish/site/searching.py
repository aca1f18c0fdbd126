"""The index of the search: made by Pagefind from the pages that lie in the site."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Final

from analysis.errors import UserError
from analysis.words import LANGUAGES

FOLDER: Final = "pagefind"
ENTRY: Final = "pagefind-entry.json"
PAGES: Final = f"{{{','.join(LANGUAGES)}}}/**/*.html"
"""The pages of the site itself: what was copied into it is not read."""

UNUSED: Final = ("*-ui.js", "*-ui.css", "pagefind-highlight.js")
"""Parts of Pagefind that no page of the site loads."""

MEND: Final = "run `python -m pip install 'plan155[site]'`"


def write_index(site: Path) -> Path:
    """Make the index of the search and return its folder.

    There is one index for each language of the pages. Only what stands in an element with
    ``data-pagefind-body`` is found. The same pages give the same bytes.

    Parameters
    ----------
    site
        The site's folder, with its pages.

    Raises
    ------
    UserError
        If Pagefind is not installed, or fails.
    """
    folder = site / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    command = [str(_program()), "--site", str(site), "--glob", PAGES, "--keep-index-url", "--quiet"]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", check=False
        )
    except OSError as error:
        raise UserError(f"Pagefind does not start: {error}", command[0], MEND) from None
    if done.returncode or not (folder / ENTRY).is_file():
        told = (done.stderr or done.stdout).strip()
        raise UserError(f"the index of the search was not made: {told}", str(site), MEND)
    for pattern in UNUSED:
        for path in folder.glob(pattern):
            path.unlink()
    _put_in_order(folder / ENTRY)
    return folder


def _program() -> Path:
    try:
        from pagefind.service import get_executable
    except ImportError:
        raise UserError("Pagefind is not installed", "the search of the site", MEND) from None
    found = get_executable()
    if found is None:
        raise UserError("Pagefind has no program for this system", "the search of the site", MEND)
    return Path(found)


def _put_in_order(entry: Path) -> None:
    """Sort the languages, which Pagefind writes in an order of its own at each run."""
    content = json.loads(entry.read_text(encoding="utf-8"))
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    entry.write_text(text, encoding="utf-8", newline="\n")
