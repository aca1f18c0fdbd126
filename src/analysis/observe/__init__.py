"""Observed values: how collected rows become tables, and which value stands for a year.

``ingest``
    Read a folder of collected rows into observations, sources, targets of other documents and
    agency successions.
``current_view``
    Choose one value per series, area and year by stated rules.
``history``
    Everything ever recorded for one series, with its sources.
``standing``
    The rows that were neither taken back nor corrected.
"""

from __future__ import annotations

from analysis.observe.collected import CollectedError, Ingested, ingest, write
from analysis.observe.standing import standing
from analysis.observe.view import VIEW_COLUMNS, current_view, history

__all__ = [
    "VIEW_COLUMNS",
    "CollectedError",
    "Ingested",
    "current_view",
    "history",
    "ingest",
    "standing",
    "write",
]
