"""Whether a cluster is made of what is installed here; if not, its reports could be others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Final

from analysis.errors import UserError
from analysis.runs.keys import ROOT, Digests, Surroundings, files_digest

CARRIERS: Final = ("cloudpickle", "dask", "distributed")
"""Libraries that carry the jobs; other releases may not understand each other."""

NAMED: Final = 3
"""How many workers are named one by one."""

MEND: Final = (
    "install the same release of plan155 and of all its libraries (extra `scale`) there, and "
    "start it anew"
)


def made_of() -> dict[str, str]:
    """Return what this process is made of: digests of code and texts, releases of libraries.

    Beyond what the reports depend on, the code of the run itself and the libraries that carry the
    jobs must be the same.
    """
    around = Surroundings(Path(), Path())
    return {
        **around.shared,
        **{f"library: {name}": version(name) for name in CARRIERS},
        "code: runs": files_digest(ROOT, ["runs"]),
        "code: words, texts": around.texts_digest,
    }


def of_carriers(made_of: Digests) -> dict[str, str]:
    """Return what a scheduler must be made of, which runs no job but passes them on."""
    names = [f"library: {name}" for name in CARRIERS]
    return {name: made_of[name] for name in (*names, "code: runs")}


def refusals(here: Digests, there: Mapping[str, Digests | BaseException]) -> list[UserError]:
    """Return an error for each way in which processes differ; none if all are alike.

    Parameters
    ----------
    here
        What they must be made of; whatever else they are made of does not matter.
    there
        By address: what a worker, or the scheduler, is made of, or why it could not say.
    """
    alike: dict[str, list[str]] = defaultdict(list)
    for address, found in there.items():
        what = difference(here, found)
        if what:
            alike[what].append(address)
    return [UserError(what, _named(where), MEND) for what, where in alike.items()]


def difference(here: Digests, there: Digests | BaseException) -> str:
    """Say how a worker, or the scheduler, differs from this machine; empty if it does not."""
    if isinstance(there, BaseException):
        return f"it cannot tell its release of plan155, if it has any: {there or repr(there)}"
    told = [
        f"{name}: {_short(there.get(name, 'none'))} there, {_short(value)} here"
        for name, value in sorted(here.items())
        if there.get(name) != value
    ]
    return f"it is not made of what is installed here: {'; '.join(told)}" if told else ""


def _short(found: str) -> str:
    """Return a release as it is, a digest by its beginning."""
    return found[:12] if len(found) == 64 else found


def _named(addresses: list[str]) -> str:
    shown = ", ".join(sorted(addresses)[:NAMED])
    more = len(addresses) - NAMED
    return f"{shown} and {more} more" if more > 0 else shown
