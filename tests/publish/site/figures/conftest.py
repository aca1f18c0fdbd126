"""Writers in both languages, every figure of the real data, and a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from analysis.publish import Edition
from analysis.publish.site import figures
from analysis.publish.site.figures import Figure
from analysis.publish.site.writer import Writer
from analysis.results import agency_frame
from tests.browser.conftest import browser

__all__ = ["browser"]


@pytest.fixture(scope="session")
def vi(edition: Edition) -> Writer:
    """Writes Vietnamese."""
    return Writer(edition, "vi")


@pytest.fixture(scope="session")
def en(edition: Edition) -> Writer:
    """Writes English."""
    return Writer(edition, "en")


@pytest.fixture(scope="session")
def every_figure(vi: Writer, en: Writer) -> list[Figure]:
    """All figures that the site can show, in both languages."""
    return [one for writer in (vi, en) for one in _figures(writer) if one]


def _figures(writer: Writer) -> Iterator[Figure | None]:
    plan = writer.edition.plan
    for series_id in plan["series"]["series_id"]:
        yield figures.trajectory(writer, series_id)
        yield figures.country_line(writer, series_id)
        yield figures.method_strip(writer, series_id)
    for group_id in plan["indicator_groups"]["group_id"]:
        yield figures.gap_dots(writer, int(group_id))
    for by in ("group", "agency"):
        yield figures.verdict_bars(writer, by, 2025)
        yield figures.verdict_bars(writer, by, 2030)
    for task_group_id in (None, *plan["task_groups"]["task_group_id"]):
        yield figures.task_timeline(writer, task_group_id)
    yield figures.coverage_map(writer)
    for agency_id in agency_frame(plan.tables)["agency_id"]:
        yield figures.agency_bars(writer, agency_id)
