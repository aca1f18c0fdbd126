"""``index.html``: one page, in both languages, that leads to everything the outputs hold."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from analysis.runs.contents import SHORT, read_changes, read_data, read_sections, totals
from analysis.runs.facts import PackageFacts
from analysis.runs.html import stylesheet, template_folder
from analysis.runs.kinds import Kind
from analysis.runs.places import Outputs
from analysis.runs.record import write_text
from analysis.runs.wording import text
from analysis.words import Words

JUDGING = "gap"  # the kind of report whose counts are of verdicts on targets


def write_index(outputs: Outputs, facts: PackageFacts, kinds: Sequence[Kind], as_of: str) -> None:
    """Write the page for what the outputs hold now.

    Parameters
    ----------
    outputs
        The outputs.
    facts
        The data package of the last run: names of subjects, version.
    kinds
        The kinds of report that there are.
    as_of
        The day of assessment of the last run.
    """
    write_text(outputs.index, render(outputs, facts, kinds, as_of))


def render(outputs: Outputs, facts: PackageFacts, kinds: Sequence[Kind], as_of: str) -> str:
    """Return the page. It holds no clock: the same outputs give the same bytes."""
    basis = {"as_of": as_of, "version": facts.version}
    sections = read_sections(outputs, facts, kinds, basis)
    topics = [topic for section in sections for topic in section.topics]
    judging = [topic for topic in topics if topic.kind.name == JUDGING]
    judged = [topic for topic in judging if topic.bars]
    reports = [report for topic in topics for report in topic.reports]
    counts = totals(judged)
    return (
        _environment()
        .get_template("index.html.j2")
        .render(
            sections=[one for one in sections if one.cards or (one.name == "plan" and counts)],
            basis=basis,
            totals=counts,
            counted=len(judged),
            countable=len(judging),
            made=sum(report.made for report in reports),
            failed=sum(report.failed for report in reports),
            expected=len(reports),
            data=read_data(outputs, basis),
            changes=read_changes(outputs),
            stylesheet=Markup(stylesheet()),
        )
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(template_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(say=_say, verdict_name=verdict_name)
    environment.filters["day"] = lambda day, language: Words(language).date(day)
    environment.filters["number"] = lambda n, language: Words(language).number(n, 0)
    return environment


def _say(key: str, language: str, **values: object) -> Markup:
    return Markup(text(key, language)).format(**values)


def verdict_name(code: str, language: str) -> str:
    """Return the short name of a verdict; a code without one stands for itself."""
    words = Words(language)
    key = f"{SHORT}{code}"
    return words(key) if words.has(key) else code
