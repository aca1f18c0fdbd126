"""Which recorded rows stand: what was taken back or corrected is kept, but not judged by.

Nothing that was recorded is ever changed or deleted. A row of ``withdrawals`` takes back a whole
addition; a row of ``revisions`` says which observation replaces which earlier one. A revision whose
own addition was taken back is void, and the earlier value stands again, unless a later revision of
the same value stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from analysis.package.tables import Tables

if TYPE_CHECKING:
    import pandas as pd

RECORDS: Final = ("observations", "task_updates")
"""The tables whose rows come in by additions."""

_CITING: Final = (*RECORDS, "agency_successions", "comparison_targets")


def standing(tables: Tables) -> Tables:
    """Return tables without the rows that were taken back or corrected.

    Parameters
    ----------
    tables
        The tables of a package as recorded. One without ``withdrawals`` and ``revisions`` has
        nothing to be left out.

    Returns
    -------
    Tables
        The same tables where everything stands. Else ``observations`` and ``task_updates`` have
        only the rows that stand, and ``sources`` those that anything still comes from.
    """
    if not any(name in tables and len(tables[name]) for name in ("withdrawals", "revisions")):
        return tables
    frames = {name: tables[name] for name in tables}
    withdrawn = set(tables["withdrawals"]["addition_id"])
    for name in RECORDS:
        frames[name] = _without(frames[name], "addition_id", withdrawn)
    replaced = replacements(frames["observations"], tables["revisions"])
    frames["observations"] = _without(frames["observations"], "observation_id", set(replaced))
    cited = {source for name in _CITING for source in frames[name]["source_id"]}
    sources = frames["sources"]
    frames["sources"] = sources[sources["source_id"].isin(cited)].reset_index(drop=True)
    return Tables(frames, tables.descriptor, tables.root, tables.sha256)


def _without(frame: pd.DataFrame, column: str, values: set[str]) -> pd.DataFrame:
    return frame[~frame[column].isin(values)].reset_index(drop=True)


def replacements(observations: pd.DataFrame, revisions: pd.DataFrame) -> dict[str, str]:
    """Return what replaced each earlier observation.

    Parameters
    ----------
    observations
        The observations whose additions were not taken back, in the order of entry.
    revisions
        The table ``revisions``, whole.

    Returns
    -------
    dict
        The id of the earlier observation → the id of the one that replaced it. Where a revision
        was taken back but was itself revised, that later one replaced what it had replaced.
    """
    earlier = dict(zip(revisions["observation_id"], revisions["revises_id"], strict=True))
    ids = observations["observation_id"].tolist()
    kept = set(ids)
    replaced: dict[str, str] = {}
    for name in reversed(ids):  # of two that replace the same, the later one counts
        one = earlier.get(name)
        while one is not None and one not in replaced:
            replaced[one] = name
            one = None if one in kept else earlier.get(one)
    return replaced
