"""Whether the site in place is that of what is published, so that it need not be made again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from analysis.publish.layout import COPIED_REPORT
from analysis.runs.facts import DESCRIPTOR
from analysis.runs.keys import ROOT, digest_of, files_digest, versions
from analysis.runs.notes import remember, remembered
from analysis.runs.places import RESULTS, Outputs
from analysis.words import LANGUAGES

LIBRARIES: Final = (
    "frictionless",
    "jinja2",
    "markdown-it-py",
    "numpy",
    "pagefind",
    "pandas",
    "polars",
    "rdflib",
    "scipy",
    "vl-convert-python",
    "xlsxwriter",
)
"""Libraries that shape what is published."""

PACKAGE: Final = (
    DESCRIPTOR,
    "data",
    "docs",
    "CITATION.cff",
    "LICENSE",
    "LICENSE-DATA.md",
    "README.md",
)
"""Files and folders beside the code of which the site is made."""

_NOTE: Final = "site"


def state_of(root: Path, outputs: Outputs, base_url: str) -> dict[str, Any]:
    """Return what the site depends on, as digests by name.

    Parameters
    ----------
    root
        The folder of the data package.
    outputs
        Where reports, results and feeds lie.
    base_url
        The address at which the site will stand.
    """
    package = [name for name in PACKAGE if (root / name).exists()]
    reports = (
        path
        for language in LANGUAGES
        for name in COPIED_REPORT
        for path in outputs.root.glob(f"{language}/*/{name}")
    )
    feeds = outputs.root.glob("changes/*")
    return {
        "base_url": base_url,
        "code": files_digest(ROOT, ["."]),
        "libraries": versions(LIBRARIES),
        "package": files_digest(root, package),
        "results": files_digest(outputs.root, [f"{RESULTS}/{DESCRIPTOR}"]),
        "reports": _stamps(outputs.root, reports),
        "feeds": _stamps(outputs.root, feeds),
    }


def is_fresh(outputs: Outputs, state: dict[str, Any]) -> bool:
    """Tell whether the site in place is the one that was made of this state, and is untouched."""
    noted = remembered(outputs).get(_NOTE, {})
    return bool(noted) and noted.get("of") == state and noted.get("is") == _site_stamp(outputs)


def note(outputs: Outputs, state: dict[str, Any]) -> None:
    """Note of what the site in place was made."""
    remember(outputs, **{_NOTE: {"of": state, "is": _site_stamp(outputs)}})


def _site_stamp(outputs: Outputs) -> str:
    return _stamps(outputs.site, _files(outputs.site))


def _files(folder: Path) -> Iterator[Path]:
    for where, _, names in os.walk(folder):
        for name in names:
            yield Path(where) / name


def _stamps(root: Path, paths: Iterable[Path]) -> str:
    """Return a digest of the names, sizes and times of change of files.

    Reading them all would take longer than a run with nothing to do may take.
    """
    found = sorted(
        (path.relative_to(root).as_posix(), status.st_size, status.st_mtime_ns)
        for path in paths
        for status in (path.stat(),)
    )
    return digest_of(found)
