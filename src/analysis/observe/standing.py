"""Which recorded rows stand: what was taken back or corrected is kept, but not judged by.

Nothing that was recorded is ever changed or deleted. A row of ``withdrawals`` takes back a whole
addition; a row of ``revisions`` says which observation replaces which earlier one. A revision whose
own addition was taken back is void, and the earlier value stands again.
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
    frames["observations"] = _unrevised(frames["observations"], tables["revisions"])
    cited = {source for name in _CITING for source in frames[name]["source_id"]}
    sources = frames["sources"]
    frames["sources"] = sources[sources["source_id"].isin(cited)].reset_index(drop=True)
    return Tables(frames, tables.descriptor, tables.root, tables.sha256)


def _without(frame: pd.DataFrame, column: str, values: set[str]) -> pd.DataFrame:
    return frame[~frame[column].isin(values)].reset_index(drop=True)


def _unrevised(observations: pd.DataFrame, revisions: pd.DataFrame) -> pd.DataFrame:
    valid = revisions["observation_id"].isin(observations["observation_id"])
    return _without(observations, "observation_id", set(revisions.loc[valid, "revises_id"]))
