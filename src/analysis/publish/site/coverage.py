"""The section coverage: what is measured, how old, by whom, how comparable, and what is owed."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.publish.site.agencies_tables import shown, to_groups, to_indicators
from analysis.publish.site.coverage_lists import agency_rows, unmeasured
from analysis.publish.site.figures import coverage_map
from analysis.publish.site.groups_tables import told
from analysis.publish.site.page import SitePage
from analysis.publish.site.tasks_links import report_path
from analysis.publish.site.writer import Writer
from analysis.reports import CoverageReport


def pages(writer: Writer) -> Iterator[SitePage]:
    """Give the one page of the section."""
    edition, say = writer.edition, writer.say
    report = CoverageReport(
        edition.plan, writer.language, base_year=edition.base_year, as_of=edition.as_of
    )
    content = {
        **_first(writer, report),
        **_tables(writer, report),
        "report": report_path(writer, "coverage"),
    }
    yield SitePage(
        "coverage.html",
        "coverage.html.j2",
        say("coverage.title"),
        say("coverage.description", n=len(report.coverage)),
        "coverage",
        content,
    )


def _first(writer: Writer, report: CoverageReport) -> dict[str, object]:
    """Return what the page says first: sentences, numbers, and the map."""
    rows, say = report.coverage, writer.say
    valued = rows["n_years"].gt(0)
    facts = [
        (len(rows), say("coverage.fact.series")),
        (int(valued.sum()), say("coverage.fact.valued")),
        (int((~valued).sum()), say("coverage.fact.without")),
        (int(report.recorded["source_id"].nunique()), say("coverage.fact.sources")),
    ]
    return {
        "opening": report.opening().paragraphs,
        "facts": facts,
        "figure": coverage_map(writer),
    }


def _tables(writer: Writer, report: CoverageReport) -> dict[str, object]:
    """Return the tables of the report, and what has to be known to read them."""
    indicators = to_indicators(writer)
    return {
        "by_group": shown(report.glance(), to_groups(writer)),
        "by_agency": agency_rows(writer, report),
        "owed_notes": report.owed_notes(),
        "unmeasured": unmeasured(writer, report),
        "tiers": shown(report.tiers()),
        "publishers": shown(report.publishers()),
        "age": shown(report.age(), indicators),
        "standing": report.standing_note(),
        "fit": shown(report.comparability()),
        "breaks": told(report.break_table(), _links(writer, report)),
        "disagreements": told(report.disagreements(), _links(writer, report)),
        "disagreement_notes": report.disagreement_notes(),
        "method": report.method().paragraphs,
    }


def _links(writer: Writer, report: CoverageReport) -> dict[str, str]:
    """Return the page of every series by its label."""
    target = to_indicators(writer)
    labels = (report.label(row) for row in report.facts.values())
    return {label: target(label) for label in labels}
