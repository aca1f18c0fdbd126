"""What is published as it lies there: the data package, the results, the reports, the feeds."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from analysis.publish.layout import CHANGES, COPIED_REPORT, REPORTS, RESULTS
from analysis.runs.facts import DESCRIPTOR
from analysis.runs.job import parse_folder
from analysis.runs.publish import PAGE, published
from analysis.words import LANGUAGES

if TYPE_CHECKING:
    from analysis.publish.edition import Edition

SOURCE: Final = "data/source"
HISTORY: Final = "history.json"
HOME: Final = 'href="../../index.html"'
"""The link by which the page of a report leads to the list of all."""


def copy_all(edition: Edition, site: Path) -> None:
    """Copy the data package, the results, the reports and the feeds into the site.

    Every file stays byte for byte what it is, except that the pages of the reports lead to the
    site, and the feeds to its pages.
    """
    copy_package(edition, site)
    shutil.copytree(edition.outputs.results, site / RESULTS)
    copy_reports(edition, site)
    copy_feeds(edition, site)


def copy_package(edition: Edition, site: Path) -> None:
    """Copy the descriptor, every file that it names, and the source of the plan."""
    names = [DESCRIPTOR, *(resource["path"] for resource in edition.descriptor["resources"])]
    source = edition.root / SOURCE
    names += [path.relative_to(edition.root).as_posix() for path in sorted(source.glob("*"))]
    _copy(edition.root, names, site)


def copy_feeds(edition: Edition, site: Path) -> None:
    """Write the feeds of changes with addresses that fit the site, and copy their history.

    Outputs in which no change was ever looked for have no feeds.
    """
    from analysis.runs.feeds import Feed, atom, json_feed
    from analysis.runs.history import History

    path = edition.outputs.root / CHANGES / HISTORY
    if not path.is_file():
        return
    history = History.read(json.loads(path.read_text(encoding="utf-8")))
    (site / CHANGES).mkdir()
    shutil.copyfile(path, site / CHANGES / HISTORY)
    for language in LANGUAGES:
        feed = Feed(history, language, partial(_page_of, site), edition.base_url)
        for form, text in (("atom", atom(feed)), ("json", json_feed(feed))):
            target = site / CHANGES / feed.file(form)
            target.write_text(text, encoding="utf-8", newline="\n")


def _page_of(site: Path, report: str, language: str) -> str:
    """Return the page of a report in a language, else in another, else the home page."""
    for name in sorted(LANGUAGES, key=lambda one: one != language):
        page = f"{REPORTS}/{name}/{report}/{PAGE}"
        if parse_folder(f"{name}/{report}") is not None and (site / page).is_file():
            return page
    return f"{language}/index.html"


def copy_reports(edition: Edition, site: Path) -> None:
    """Copy the reports that are in place; their way home leads to the site's list of reports."""
    root, target = edition.outputs.root, site / REPORTS
    for job in published(edition.outputs):
        _copy(root, [f"{job.folder}/{name}" for name in COPIED_REPORT], target)
        page = target / job.folder / PAGE
        text = page.read_text(encoding="utf-8")
        home = f'href="../../../{job.language}/reports.html"'
        page.write_text(text.replace(HOME, home, 1), encoding="utf-8", newline="\n")


def _copy(source: Path, names: Iterable[str], target: Path) -> None:
    """Copy files that are there, each to the same place below another folder."""
    for name in names:
        path = source / PurePosixPath(name)
        if path.is_file():
            place = target / PurePosixPath(name)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
