"""Agencies: what the plan gives to each, and what came to it from agencies that ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from analysis.results.grouping import ROLES

ITEMS: Final = ("indicator", "task")
"""What the plan gives to agencies, in the order of its appendices."""

WORK_STANDINGS: Final = ("own", "taken_over", "uncertain")
"""How an agency comes to an item:

- ``own``: the plan names the agency for it;
- ``taken_over``: the plan names a predecessor, all of whose functions are reported to have passed;
- ``uncertain``: the plan names a predecessor, of whose functions only a part has passed, or of
  which this is inferred; whether the item is among them, no source says.
"""

WORK_COLUMNS: Final = (
    "item", "item_id", "counted_id", "role", "named_id", "standing", "inherited", "text_source",
    "text_line", "reading_id", "source_line",
)  # fmt: skip

_COUNTS: Final = (
    *(f"n_indicators_{role}" for role in ROLES),
    *(f"n_series_{role}" for role in ROLES),
    *(f"n_tasks_{role}" for role in ROLES if role != "statistics"),
)

AGENCY_COLUMNS: Final = (
    "agency_id", "name_vi", "name_en", "kind", "in_plan", "source_line", *_COUNTS,
    "predecessor_ids", "inferred_predecessor_ids", "successor_ids", "inferred_successor_ids",
)  # fmt: skip


def agency_frame(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the agencies that can be reported on, and how much the plan gives to each.

    These are, in the order of table ``agencies``: every agency in a row of ``indicator_agencies``
    or ``task_agencies``, whatever its role; and every ``successor_id`` of a row of
    ``agency_successions`` whose ``predecessor_id`` is such an agency, whatever the confidence and
    scope. A successor of a successor is not among them unless one of the two holds for it.

    Parameters
    ----------
    tables
        The package's frames: ``agencies, series, indicator_agencies, task_agencies,
        agency_successions``.

    Returns
    -------
    pandas.DataFrame
        One row an agency, with the columns of :data:`AGENCY_COLUMNS`:

        - ``agency_id, name_vi, name_en, kind, in_plan, source_line`` of table ``agencies``;
        - ``n_indicators_…, n_series_…, n_tasks_…`` by role: what the plan gives under this very
          name; an indicator counts where the agency has the role in any of its series;
        - ``predecessor_ids, inferred_predecessor_ids, successor_ids, inferred_successor_ids``:
          ids separated by spaces, reported ones apart from inferred ones; an agency that kept
          its name is not its own successor.
    """
    agencies, successions = tables["agencies"], tables["agency_successions"]
    assigned = _assigned(tables)
    named = set(assigned["agency_id"])
    heirs = successions.loc[successions["predecessor_id"].isin(named), "successor_id"]
    rows = agencies[agencies["agency_id"].isin(named | set(heirs))].reset_index(drop=True)
    counts = _counts(assigned).reindex(rows["agency_id"], fill_value=0)
    frame = pd.concat([rows, counts.reset_index(drop=True)], axis=1)
    for column, (key, other, confidence) in _RELATIONS.items():
        found = _related(successions, key, other, confidence)
        frame[column] = [found.get(name, "") for name in rows["agency_id"]]
    return frame[list(AGENCY_COLUMNS)]


_RELATIONS: Final = {
    "predecessor_ids": ("successor_id", "predecessor_id", "reported"),
    "inferred_predecessor_ids": ("successor_id", "predecessor_id", "inferred"),
    "successor_ids": ("predecessor_id", "successor_id", "reported"),
    "inferred_successor_ids": ("predecessor_id", "successor_id", "inferred"),
}


def agency_work(tables: Mapping[str, pd.DataFrame], agency_id: str) -> pd.DataFrame:
    """Return everything that an agency answers for, or may answer for.

    Parameters
    ----------
    tables
        The package's frames, as for :func:`agency_frame`, and ``tasks``.
    agency_id
        The agency; one that is unknown or has nothing gives no rows.

    Returns
    -------
    pandas.DataFrame
        One row for each item and role, with the columns of :data:`WORK_COLUMNS`:

        - ``item`` (:data:`ITEMS`); ``item_id``: a ``series_id`` or ``task_id``; ``counted_id``:
          what is counted, the ``indicator_id`` of a series or the ``task_id``; ``role``;
        - ``named_id``: the agency that the plan names; ``standing`` (:data:`WORK_STANDINGS`);
        - ``inherited, text_source, text_line, reading_id, source_line`` of the assignment.

        First what is its own, then what it took over, then what is uncertain; in each indicators,
        then tasks, by role and in plan order. An item that comes to it in one role by several
        ways stands once, by the first of them.
    """
    successions = tables["agency_successions"]
    mine = successions[successions["successor_id"].eq(agency_id)]
    mine = mine[mine["predecessor_id"].ne(agency_id)]
    ways = dict.fromkeys(mine["predecessor_id"], "uncertain")
    ways |= dict.fromkeys(mine.loc[whole(mine), "predecessor_id"], "taken_over")
    ways |= {agency_id: "own"}
    rows = _assigned(tables)
    rows = rows[rows["agency_id"].isin(ways)]
    rows = rows.assign(standing=rows["agency_id"].map(ways)).rename(
        columns={"agency_id": "named_id"}
    )
    order = _order(rows, tables)
    rows = rows.loc[order].drop_duplicates(["item", "item_id", "role"])
    return rows[list(WORK_COLUMNS)].reset_index(drop=True)


def whole(successions: pd.DataFrame) -> pd.Series[bool]:
    """Tell which successions are reported and of all functions.

    Parameters
    ----------
    successions
        Rows of table ``agency_successions``: ``confidence, scope_vi``.
    """
    unlimited = successions["scope_vi"].isna() | successions["scope_vi"].eq("")
    return successions["confidence"].eq("reported") & unlimited


def _assigned(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return both tables of assignments as one, each row with what it is counted by."""
    indicators = tables["series"].set_index("series_id")["indicator_id"]
    series = tables["indicator_agencies"].rename(columns={"series_id": "item_id"})
    tasks = tables["task_agencies"].rename(columns={"task_id": "item_id"})
    return pd.concat(
        [
            series.assign(item="indicator", counted_id=series["item_id"].map(indicators)),
            tasks.assign(item="task", counted_id=tasks["item_id"]),
        ],
        ignore_index=True,
    )


def _order(rows: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> pd.Index:
    """Return the index in order of standing, item, role and place in the plan."""
    places = {
        **tables["series"].set_index("series_id")["position"],
        **tables["tasks"].set_index("task_id")["position"],
    }
    keys = pd.DataFrame(
        {
            "standing": rows["standing"].map(WORK_STANDINGS.index),
            "item": rows["item"].map(ITEMS.index),
            "role": rows["role"].map(ROLES.index),
            "place": rows["item_id"].map(places),
        }
    )
    return keys.sort_values(["standing", "item", "role", "place"], kind="stable").index


def _counts(assigned: pd.DataFrame) -> pd.DataFrame:
    """Count indicators, series and tasks of each agency by role."""
    counted = {
        "indicators": assigned[assigned["item"].eq("indicator")].drop_duplicates(
            ["agency_id", "role", "counted_id"]
        ),
        "series": assigned[assigned["item"].eq("indicator")],
        "tasks": assigned[assigned["item"].eq("task")],
    }
    counts = [
        rows.groupby(["agency_id", "role"]).size().unstack().add_prefix(f"n_{name}_")
        for name, rows in counted.items()
    ]
    frame = pd.concat(counts, axis=1).reindex(columns=list(_COUNTS))
    return frame.fillna(0).astype("int64")


def _related(successions: pd.DataFrame, key: str, other: str, confidence: str) -> dict[str, str]:
    """Return for each agency the other ends of its successions of one confidence."""
    rows = successions[successions["confidence"].eq(confidence)]
    rows = rows[rows[key].ne(rows[other])].drop_duplicates([key, other])
    return {str(name): " ".join(part) for name, part in rows.groupby(key)[other]}
