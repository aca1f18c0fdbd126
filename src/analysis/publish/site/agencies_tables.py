"""Sections of reports on a page of the site, their tables linked to other pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analysis.publish.site.groups_tables import ShownTable
from analysis.publish.site.writer import Writer
from analysis.reports.prose import Prose
from analysis.reports.table import Table

Target = Callable[[str], str]
"""What gives the path of the page that a text names; empty: there is none."""


@dataclass(frozen=True)
class Block:
    """A section of a report on a page: heading, notes, a table, and what stands below it.

    Attributes
    ----------
    anchor
        By what the section is reached in its page.
    heading, notes, after
        Plain texts.
    table
        The table, if there is one.
    """

    anchor: str
    heading: str
    notes: tuple[str, ...] = ()
    table: ShownTable | None = None
    after: tuple[str, ...] = ()


def shown(table: Table, target: Target | None = None) -> ShownTable:
    """Return a table of a report for a page.

    Parameters
    ----------
    table
        The table.
    target
        Where the first cells of its rows lead to.
    """
    if target is None:
        return ShownTable(table)
    pairs = ((row[0].text, target(row[0].text)) for row in table.rows)
    return ShownTable(table, {text: path for text, path in pairs if path})


def block(anchor: str, section: tuple[object, ...], target: Target | None = None) -> Block | None:
    """Return a section of a report for a page; nothing if the report has nothing to say.

    Parameters
    ----------
    anchor
        By what the section is reached in its page.
    section
        A heading, then a table, then paragraphs, of which the latter two may be missing.
    target
        Where the first cells of the rows lead to.
    """
    if not section:
        return None
    head, *after = [part for part in section if isinstance(part, Prose)]
    tables = [shown(part, target) for part in section if isinstance(part, Table)]
    return Block(
        anchor,
        head.heading,
        head.paragraphs,
        tables[0] if tables else None,
        tuple(text for part in after for text in part.paragraphs),
    )


def to_indicators(writer: Writer) -> Target:
    """Return what leads from ``5.7 …`` to the page of indicator 5.7."""
    known = set(writer.edition.plan["indicators"]["indicator_id"])

    def target(text: str) -> str:
        number = text.partition(" ")[0]
        return f"indicators/{number}.html" if number in known else ""

    return target


def to_tasks(writer: Writer) -> Target:
    """Return what leads from ``IV.1 …`` to that task in the page of its group."""
    rows = writer.edition.plan["tasks"]
    groups = dict(zip(rows["task_id"], rows["task_group_id"], strict=True))

    def target(text: str) -> str:
        number = text.partition(" ")[0]
        return f"tasks/{groups[number]}.html#{number}" if number in groups else ""

    return target


def to_agencies(writer: Writer) -> Target:
    """Return what leads from the name of an agency to its page; a name of several leads nowhere."""
    rows = writer.edition.plan["agencies"]
    name = f"name_{writer.language}"
    single = rows[~rows[name].duplicated(keep=False)]
    pages = dict(zip(single[name], single["agency_id"], strict=True))
    return lambda text: f"agencies/{pages[text]}.html" if text in pages else ""


def to_groups(writer: Writer) -> Target:
    """Return what leads from ``5. …`` to the page of indicator group 5."""
    known = {str(number) for number in writer.edition.plan["indicator_groups"]["group_id"]}

    def target(text: str) -> str:
        number, point, _ = text.partition(". ")
        return f"groups/{number}.html" if point and number in known else ""

    return target
