"""The plan's text as tables: a grammar over the text, readings for what it leaves open.

``build``
    data/source in, ``{table: rows}`` out.
``write``
    The tables as CSV, all of them or none.
``TABLES``
    Names, columns and keys of the tables.
``PlanError``
    Everything that a build found wrong.
"""

from __future__ import annotations

from analysis.plan.build import build, write
from analysis.plan.errors import PlanError
from analysis.plan.tables import TABLES

__all__ = ["TABLES", "PlanError", "build", "write"]
