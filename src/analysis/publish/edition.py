"""What is published: one state of the data, its assessment on one day, and the reports of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from analysis.api import load
from analysis.errors import UserError
from analysis.runs.facts import DESCRIPTOR
from analysis.runs.places import Outputs

if TYPE_CHECKING:
    import pandas as pd

    from analysis.api import Plan


@dataclass(frozen=True)
class Edition:
    """One edition of the plan, from which site, copies and catalogue are made.

    Its frames are those of the results that lie in the outputs: the same day of assessment, the
    same base year, the same data.

    Parameters
    ----------
    plan
        The plan.
    root
        The folder of the data package.
    outputs
        Where reports, results and feeds lie.
    as_of
        The day of assessment.
    base_year
        The base year of the paths to the targets.
    base_url
        The address at which the site will stand, with a slash at its end; empty: not known, and
        all links are relative.
    """

    plan: Plan
    root: Path
    outputs: Outputs
    as_of: date
    base_year: int
    base_url: str = ""

    @property
    def version(self) -> str:
        """The version of the data package."""
        return self.plan.tables.version

    @property
    def name(self) -> str:
        """The name of the data package, from which files take theirs."""
        return str(self.descriptor["name"])

    @property
    def descriptor(self) -> Mapping[str, Any]:
        """The content of the package's ``datapackage.json``."""
        return self.plan.tables.descriptor

    @cached_property
    def results_descriptor(self) -> Mapping[str, Any]:
        """The content of the descriptor of the results."""
        return MappingProxyType(_results_descriptor(self.outputs))

    @cached_property
    def gap(self) -> pd.DataFrame:
        """One row for each series and target year (:func:`analysis.results.gap_frame`)."""
        return self.plan.gap(as_of=self.as_of, base_year=self.base_year)

    @cached_property
    def trend(self) -> pd.DataFrame:
        """One row for each series (:func:`analysis.results.trend_frame`)."""
        return self.plan.trend(as_of=self.as_of)

    @cached_property
    def view(self) -> pd.DataFrame:
        """The current view (:meth:`analysis.api.Plan.view`)."""
        return self.plan.view(as_of=self.as_of)

    @cached_property
    def tasks(self) -> pd.DataFrame:
        """One row for each task (:func:`analysis.results.task_frame`)."""
        return self.plan.task_status(as_of=self.as_of)

    @cached_property
    def sensitivity(self) -> pd.DataFrame:
        """The verdicts under every scenario (:func:`analysis.results.sensitivity_frame`)."""
        return self.plan.sensitivity(as_of=self.as_of, base_year=self.base_year)

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """What has been observed, by series (:func:`analysis.results.coverage_frame`)."""
        return self.plan.coverage("series", as_of=self.as_of)

    @cached_property
    def areas(self) -> pd.DataFrame:
        """The province beside the country (:func:`analysis.results.area_frame`)."""
        return self.plan.compare_areas(as_of=self.as_of)

    @cached_property
    def other_targets(self) -> pd.DataFrame:
        """Targets of other documents (:func:`analysis.results.document_frame`)."""
        return self.plan.compare_targets(as_of=self.as_of, base_year=self.base_year)


def open_edition(root: Path, outputs: Outputs, base_url: str = "") -> Edition:
    """Return the edition that a run has left in the outputs.

    Parameters
    ----------
    root
        The folder of the data package.
    outputs
        The outputs of a run of that package.
    base_url
        The address at which the site will stand.

    Raises
    ------
    UserError
        If there are no results, or they are of other data than those in ``root``.
    """
    told, plan = _results_descriptor(outputs), load(root)
    if told["basedOn"]["sha256"] != plan.tables.sha256:
        what = "the results are of other data than the package: they were made before it changed"
        raise UserError(what, str(outputs.results), "run `plan155 run`")
    day, year = date.fromisoformat(told["assessedOn"]), int(told["baseYear"])
    return Edition(plan, root, outputs, day, year, folder_address(base_url))


def folder_address(base_url: str) -> str:
    """Return the address of a folder, with a slash at its end; empty if none is given.

    Raises
    ------
    UserError
        If it is no address of the web.
    """
    parts = urlsplit(base_url)
    if not base_url:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        mend = "give the address of the site's folder, such as https://example.org/plan155/"
        raise UserError("not the address of a folder", base_url, mend)
    return base_url if base_url.endswith("/") else f"{base_url}/"


def _results_descriptor(outputs: Outputs) -> dict[str, Any]:
    path = outputs.results / DESCRIPTOR
    if not path.is_file():
        raise UserError("there are no results to publish", str(path), "run `plan155 run`")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
