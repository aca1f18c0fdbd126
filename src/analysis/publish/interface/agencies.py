"""Documents about agencies: what the plan gives to each, and what came to it from others."""

from __future__ import annotations

from analysis.publish.interface.indicators import Documents
from analysis.publish.interface.library import Library
from analysis.publish.interface.rows import Json, reference
from analysis.publish.interface.series import verdicts
from analysis.publish.interface.shapes import lists, record, string, whole, worded


def agency_list(library: Library) -> Json:
    """Return all agencies, each with how much the plan gives to it under this very name."""
    return {"agencies": [_item(library, row) for row in library.rows("agencies")]}


def _item(library: Library, row: Json) -> Json:
    key = row["agency_id"]
    return {**row, "path": f"agencies/{key}.json", **_counts(library, key)}


def _counts(library: Library, agency_id: str) -> Json:
    """Return how much the plan gives to an agency under this very name, by role."""
    found = library.agencies.get(agency_id, {})
    return {name: int(found.get(name, 0)) for name in library.agency_counts}


def agencies(library: Library) -> Documents:
    """Give each agency with its indicators and tasks by role, and its successions."""
    for row in library.rows("agencies"):
        key = row["agency_id"]
        work = library.work(key)
        yield (
            key,
            {
                "agency": _item(library, row),
                "predecessors": library.rows("agency_successions", "successor_id", key),
                "successors": library.rows("agency_successions", "predecessor_id", key),
                "indicators": [_of_indicator(library, one) for one in work if _is_series(one)],
                "tasks": [_of_task(library, one) for one in work if not _is_series(one)],
            },
        )


def _is_series(row: Json) -> bool:
    return bool(row["item"] == "indicator")


def _of_indicator(library: Library, row: Json) -> Json:
    (series,) = library.table("series").where("series_id", row["item_id"])
    return {
        **row,
        "item_label": {"vi": series["label_vi"], "en": series["label_en"]},
        "path": f"indicators/{row['counted_id']}.json",
        "verdicts": verdicts(library, "series_id", row["item_id"]),
    }


def _of_task(library: Library, row: Json) -> Json:
    state = library.row("results_tasks", "task_id", row["item_id"])
    label = {"vi": state["name_vi"], "en": state["name_en"]}
    return {**row, "item_label": label, "task_standing": _standing(state)}


def _standing(state: Json) -> Json:
    return {key: state[key] for key in ("standing", "standing_label", "due_on")}


def definitions(library: Library) -> dict[str, Json]:
    """Return the JSON Schemas of the bodies of these documents, and of their parts."""
    state = library.properties("results_tasks")
    item = {
        **library.properties("agencies"),
        "path": string("path"),
        **{name: whole(name) for name in library.agency_counts},
    }
    work = {**library.work_properties, "item_label": worded(reference("text"), "item_label")}
    standing = record({key: state[key] for key in ("standing", "standing_label", "due_on")})
    return {
        "agency_item": record(item),
        "agency_list": record(lists(agencies="agency_item")),
        "agency_indicator": record({**work, "path": string("path"), **lists(verdicts="verdict")}),
        "agency_task": record({**work, "task_standing": worded(standing, "task_standing")}),
        "agency": record(
            {
                "agency": worded(reference("agency_item"), "agency"),
                **lists(
                    predecessors="agency_successions",
                    successors="agency_successions",
                    indicators="agency_indicator",
                    tasks="agency_task",
                ),
            }
        ),
    }
