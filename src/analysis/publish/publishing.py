"""Making the whole site and putting it in place, all of it or nothing."""

from __future__ import annotations

import shutil
import traceback
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from analysis.errors import UserError
from analysis.package.changing import reading
from analysis.publish import freshness
from analysis.publish.edition import Edition, folder_address, open_edition
from analysis.publish.layout import API, DOWNLOADS
from analysis.runs.accept import LOG
from analysis.runs.places import SITE, Outputs
from analysis.runs.publish import exclusive, put_in_place
from analysis.runs.record import write_text

NEEDED: Final = ("markdown_it", "pagefind", "polars", "rdflib", "vl_convert", "xlsxwriter")
"""What the extras ``site`` and ``publish`` install."""


@dataclass(frozen=True)
class Published:
    """What came of publishing.

    Parameters
    ----------
    site
        The folder of the site.
    made
        Whether it was made; else it was fresh.
    """

    site: Path
    made: bool


def missing() -> tuple[str, ...]:
    """Return the libraries that publishing needs and that are not installed."""
    return tuple(name for name in NEEDED if find_spec(name) is None)


def publish(root: Path, outputs: Outputs, *, base_url: str = "", force: bool = False) -> Published:
    """Make the site of what a run has left in the outputs, unless the one in place is of just that.

    Parameters
    ----------
    root
        The folder of the data package.
    outputs
        The outputs of a run of that package.
    base_url
        The address at which the site will stand; empty: not known.
    force
        Make it in any case.

    Raises
    ------
    UserError
        If something is not installed, or there is nothing to publish. The site in place stays.
    analysis.runs.publish.LockedError
        If a run is at work on the same outputs.
    """
    if missing():
        what = f"publishing needs {', '.join(missing())}, which are not installed"
        mend = "run `python -m pip install 'plan155[publish,site]'`"
        raise UserError(what, "plan155 publish", mend)
    with exclusive(outputs), reading(root):
        address = folder_address(base_url)
        state = freshness.state_of(root, outputs, address)
        if not force and freshness.is_fresh(outputs, state):
            return Published(outputs.site, made=False)
        new = outputs.work / SITE
        build(open_edition(root, outputs, address), new)
        put_in_place(new, outputs.site, outputs.retired_site)
        freshness.note(outputs, state)
    return Published(outputs.site, made=True)


def attempt(root: Path, outputs: Outputs, base_url: str = "") -> str:
    """Publish after a run; return what went wrong, which never undoes what the run has made.

    What was raised is kept in ``failed/site/log.txt``. Parameters are those of :func:`publish`.
    """
    log = outputs.root / "failed" / SITE / LOG
    try:
        publish(root, outputs, base_url=base_url)
    except Exception as error:
        with suppress(OSError):  # where nothing can be written, no log can be either
            log.parent.mkdir(parents=True, exist_ok=True)
            write_text(log, traceback.format_exc())
        first, *_ = str(error).splitlines() or [""]
        return f"{type(error).__name__}: {first}"
    shutil.rmtree(log.parent, ignore_errors=True)
    return ""


def build(edition: Edition, site: Path) -> None:
    """Make the site in a folder that does not exist.

    The order matters: copies first, pages that tell their sizes next, then what is made of all.
    """
    from analysis.publish.catalogue import write_catalogue
    from analysis.publish.copies import write_copies
    from analysis.publish.copying import copy_all
    from analysis.publish.interface import write_interface
    from analysis.publish.site import write_site

    site.mkdir()
    try:
        copy_all(edition, site)
        write_copies(edition, site / DOWNLOADS)
        write_interface(edition, site / API)
        write_site(edition, site)
        write_catalogue(edition, site)
    except BaseException:
        shutil.rmtree(site, ignore_errors=True)
        raise
