"""What is told of a mark that is pointed at: its name, then facts, one a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from analysis.publish.edition import Edition
from analysis.publish.site.figures.evidence import sources
from analysis.publish.site.writer import Writer

if TYPE_CHECKING:
    from analysis.charts.rows import Row


def tip(writer: Writer, title: str, facts: Mapping[str, str]) -> str:
    """Return a title and its facts as lines.

    Parameters
    ----------
    writer
        Who writes.
    title
        The first line.
    facts
        Texts by the name of what they tell (text ``site.figures.tip.…``); empty ones are left out.
    """
    colon = writer.words("colon")
    told = [f"{writer.say(f'figures.tip.{name}')}{colon}{text}" for name, text in facts.items()
            if text]  # fmt: skip
    return "\n".join([title, *told])


def value_tip(writer: Writer, facts: Row, row: Row) -> str:
    """Return what is known of an observed value: period, value, how sure, from where.

    Parameters
    ----------
    writer
        Who writes.
    facts
        What is the same in all rows of the series: ``unit_id, mode, symbol_vi, symbol_en``.
    row
        A row of the current view.
    """
    from analysis.charts.labels import value_text

    words = writer.words
    title = f"{words.period(row['period'])}{words('colon')}"
    title += value_text(facts, row["value"], words, row["text"])
    return tip(
        writer,
        title,
        {
            "status": words(f"status.{row['status']}"),
            "comparability": words(f"comparability.{row['comparability']}"),
            "earlier": "" if row["is_current_segment"] else writer.say("figures.tip.not_used"),
            "source": source_text(writer.edition, row["source_id"]),
        },
    )


def source_text(edition: Edition, source_id: str) -> str:
    """Return a source's publisher and title."""
    source = sources(edition)[source_id]
    return f"{source['publisher']}, “{source['title']}”"
