"""Documents about indicators, their series and their groups."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.publish.interface.library import Library
from analysis.publish.interface.rows import Json, reference
from analysis.publish.interface.series import series_body, verdicts
from analysis.publish.interface.shapes import lists, record, string, whole, worded

Documents = Iterator[tuple[str, Json]]
"""Pairs of an id and the body of its document."""


def indicator_list(library: Library) -> Json:
    """Return all indicators, each with its verdicts."""
    return {"indicators": [_item(library, row) for row in library.rows("indicators")]}


def _item(library: Library, row: Json) -> Json:
    key = row["indicator_id"]
    series = library.table("series").where("indicator_id", key)
    return {
        **row,
        "path": f"indicators/{key}.json",
        "series_ids": [one["series_id"] for one in series],
        "verdicts": verdicts(library, "indicator_id", key),
    }


def indicators(library: Library) -> Documents:
    """Give each indicator with everything that is known of it."""
    for row in library.rows("indicators"):
        key = row["indicator_id"]
        series = library.table("series").where("indicator_id", key)
        yield (
            key,
            {
                "indicator": row,
                "group": library.row("indicator_groups", "group_id", row["group_id"]),
                "series": [series_body(library, str(one["series_id"])) for one in series],
            },
        )


def series(library: Library) -> Documents:
    """Give each series with its indicator."""
    for row in library.table("series").records:
        key = str(row["series_id"])
        indicator = library.row("indicators", "indicator_id", row["indicator_id"])
        yield key, {"indicator": indicator, "series": series_body(library, key)}


def group_list(library: Library) -> Json:
    """Return all groups, each with how many of its targets have which verdict."""
    return {"groups": [_group(library, row) for row in library.rows("indicator_groups")]}


def _group(library: Library, row: Json) -> Json:
    key = row["group_id"]
    parts = [one for one in library.rows("results_rollup", "part_id", str(key)) if _by_group(one)]
    return {
        **row,
        "path": f"groups/{key}.json",
        "n_indicators": len(library.table("indicators").where("group_id", key)),
        "rollup": parts,
    }


def _by_group(row: Json) -> bool:
    return bool(row["by"] == "group")


def groups(library: Library) -> Documents:
    """Give each group with its indicators."""
    for row in library.rows("indicator_groups"):
        key = row["group_id"]
        parts = library.rows("results_coverage_parts", "part_id", str(key))
        (coverage,) = [one for one in parts if _by_group(one)]
        yield (
            str(key),
            {
                "group": _group(library, row),
                "coverage": coverage,
                "indicators": [
                    _item(library, one) for one in library.rows("indicators", "group_id", key)
                ],
            },
        )


def definitions(library: Library) -> dict[str, Json]:
    """Return the JSON Schemas of the bodies of these documents, and of their parts."""
    item = {
        **library.properties("indicators"),
        "path": string("path"),
        "series_ids": worded({"type": "array", "items": {"type": "string"}}, "series_ids"),
        **lists(verdicts="verdict"),
    }
    group = {
        **library.properties("indicator_groups"),
        "path": string("path"),
        "n_indicators": whole("n_indicators"),
        **lists(rollup="results_rollup"),
    }
    named = worded(reference("indicators"), "indicator")
    whose = worded(reference("indicator_groups"), "group")
    one = worded(reference("series_body"), "one_series")
    return {
        "indicator_item": record(item),
        "group_item": record(group),
        "indicator_list": record(lists(indicators="indicator_item")),
        "indicator": record({"indicator": named, "group": whose, **lists(series="series_body")}),
        "one_series": record({"indicator": named, "series": one}),
        "group_list": record(lists(groups="group_item")),
        "group": record(
            {
                "group": worded(reference("group_item"), "group"),
                "coverage": worded(reference("results_coverage_parts"), "coverage"),
                **lists(indicators="indicator_item"),
            }
        ),
    }
