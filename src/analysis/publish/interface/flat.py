"""Documents that are one list: every verdict, every source."""

from __future__ import annotations

from collections import defaultdict

from analysis.publish.interface.library import Library
from analysis.publish.interface.rows import Json
from analysis.publish.interface.shapes import lists, record, whole, worded


def verdict_list(library: Library) -> Json:
    """Return every row of the gap table."""
    return {"verdicts": library.rows("results_gap")}


def source_list(library: Library) -> Json:
    """Return every source, with how many values were read in it and of which series."""
    seen: dict[object, list[str]] = defaultdict(list)
    for row in library.table("observations").records:
        seen[row["source_id"]].append(str(row["series_id"]))
    return {
        "sources": [
            {
                **row,
                "n_observations": len(seen[row["source_id"]]),
                "series_ids": list(dict.fromkeys(seen[row["source_id"]])),
            }
            for row in library.rows("sources")
        ]
    }


def definitions(library: Library) -> dict[str, Json]:
    """Return the JSON Schemas of the bodies of these documents, and of their parts."""
    source = {
        **library.properties("sources"),
        "n_observations": whole("n_observations"),
        "series_ids": worded({"type": "array", "items": {"type": "string"}}, "series_ids"),
    }
    return {
        "source_item": record(source),
        "source_list": record(lists(sources="source_item")),
        "verdict_list": record(lists(verdicts="results_gap")),
    }
