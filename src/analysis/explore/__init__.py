"""Explore: ask the plan what if, and see which verdicts change, in a notebook.

``Explorer``
    Controls over a page: group, series, base year, data, method, language.
``verdicts``
    The verdicts by default and as chosen, side by side, as a frame.
``country``
    The province beside the country.
``export``
    What was found, as files in a folder.

Hypothetical values come in through :meth:`analysis.api.Plan.with_observations`.
"""

from __future__ import annotations

from analysis.explore.choice import BASE_YEARS, CHARTS, METHOD_NAMES, Choice, choose
from analysis.explore.explorer import Explorer
from analysis.explore.export import export
from analysis.explore.findings import Findings, country
from analysis.explore.page import Page
from analysis.explore.verdicts import CHANGES, VERDICT_COLUMNS, unused, verdicts

__all__ = [
    "BASE_YEARS",
    "CHANGES",
    "CHARTS",
    "METHOD_NAMES",
    "VERDICT_COLUMNS",
    "Choice",
    "Explorer",
    "Findings",
    "Page",
    "choose",
    "country",
    "export",
    "unused",
    "verdicts",
]
