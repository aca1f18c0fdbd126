"""What the trajectory of a series says in words: text alternative, caption, legend."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from analysis.publish.site.figures import keys as key
from analysis.publish.site.figures import marks, tokens
from analysis.publish.site.figures.history import THICK, THIN, is_open
from analysis.publish.site.figures.keys import Key
from analysis.publish.site.figures.targets import SHAPES
from analysis.publish.site.writer import Writer

if TYPE_CHECKING:
    from analysis.charts.rows import Row
    from analysis.publish.site.figures.trajectory import Story


def alt(writer: Writer, story: Story) -> str:
    """Return every value with what is to be known of it, the targets, and the outlook."""
    from analysis.charts.labels import label, target_text

    words = writer.words
    values = [_said(writer, story, row) for row in story.values]
    context = [_said(writer, story, row) for row in story.context]
    targets = [
        words("chart.targets_part", year=row["target_year"], target=target_text(row, words))
        for row in story.all_targets
    ]
    parts = {"values": values, "context": context, "targets": targets}
    said = [writer.say(f"figures.trajectory.{name}", list="; ".join(texts))
            for name, texts in parts.items() if texts]  # fmt: skip
    if len(story.panel.ahead):
        value, interval = outlook_texts(story)
        name = "ahead_interval" if interval else "ahead"
        facts = {"year": story.all_targets[-1]["target_year"], "value": value}
        said.append(writer.say(f"figures.trajectory.{name}", interval=interval, **facts))
    name = label(story.facts, words)
    return writer.say("figures.trajectory.alt", label=name, rest=" ".join(said))


def _said(writer: Writer, story: Story, row: Row) -> str:
    """Return a value with its year, and in brackets what sets it apart."""
    from analysis.charts.labels import value_text

    words = writer.words
    notes = {
        words("chart.earlier"): not row["is_current_segment"] and row["comparability"] != "proxy",
        words(f"status.{row['status']}"): row["status"] != "actual",
        words("chart.part_year"): bool(row["part_year"]),
        words("comparability.close"): row["comparability"] == "close",
    }
    listed = ", ".join(text for text, true in notes.items() if true)
    value = value_text(story.facts, row["value"], words, row["text"])
    said = words("chart.targets_part", year=row["year"], target=value)
    return f"{said} ({listed})" if listed else said


def outlook_texts(story: Story) -> tuple[str, str]:
    """Return what the continued trend comes to, and its interval; empty where there is none."""
    from analysis.charts.labels import symbol
    from analysis.charts.rows import absent

    row, words = story.panel.opened, story.writer.words
    if row is None:
        return "", ""
    decimals = int(row["decimals"])
    value = words.quantity(row["projection"], symbol(row, words), decimals)
    if absent(row["projection_low"]):
        return value, ""
    low, high = (words.number(row[f"projection_{end}"], decimals) for end in ("low", "high"))
    return value, words("target.between", low=low, high=high)


def caption(writer: Writer, story: Story) -> str:
    """Return how the picture is read, as far as it needs to be said."""
    said = {
        "reading": True,
        "gaps": _has_gaps(story),
        "breaks": bool(story.panel.breaks),
        "context": bool(story.context),
        "no_value": not story.values,
    }
    return " ".join(writer.say(f"figures.trajectory.read.{name}") for name, true in said.items()
                    if true)  # fmt: skip


def _has_gaps(story: Story) -> bool:
    """Tell whether years without a value lie between two values that are joined."""
    return any(
        after["year"] - before["year"] > 1 and after["segment"] == before["segment"]
        for before, after in pairwise(story.values)
    )


def keys(writer: Writer, story: Story) -> tuple[Key, ...]:
    """Return the entries of the marks that the picture has."""
    needed = _needed(story)
    entries = {
        "observed": (key.line(tokens.ACCENT, THICK), key.shape(marks.CIRCLE, tokens.ACCENT)),
        "unsure": (key.shape(marks.CIRCLE, tokens.ACCENT, open_=True),),
        "part_year": (key.shape(marks.SQUARE, tokens.ACCENT),),
        "gap": (key.line(tokens.ACCENT, THIN),),
        "earlier": (key.line(tokens.EARLIER, THIN), key.shape(marks.CIRCLE, tokens.EARLIER)),
        "context": (key.shape(marks.CROSS, tokens.EARLIER),),
        "break": (key.upright(tokens.QUIET, "2 3"),),
        "target_minimum": _target("^"),
        "target_maximum": _target("v"),
        "target_level": _target(""),
        "target_range": ({**key.box(tokens.TARGET), "opacity": "0.6"},),
        "path": (key.line(tokens.QUIET, 1.5, "5 4"),),
        "projection": (key.line(tokens.ACCENT, 2, "1.5 3.5"),),
        "interval": ({**key.box(tokens.BAND), "opacity": "0.55"},),
    }
    return tuple(Key(_name(writer, name), parts) for name, parts in entries.items()
                 if name in needed)  # fmt: skip


def _target(mark: str) -> tuple[key.Part, ...]:
    bar = key.line(tokens.TARGET, 2.4)
    return (bar, key.shape(SHAPES[mark], tokens.TARGET)) if mark else (bar,)


def _name(writer: Writer, name: str) -> str:
    own = f"site.figures.key.{name}"
    return writer.words(own if writer.words.has(own) else f"chart.{name}")


def _needed(story: Story) -> set[str]:
    panel, values = story.panel, story.values
    tests = {
        "observed": any(not is_open(row) and not row["part_year"] for row in story.current),
        "unsure": any(map(is_open, values)),
        "part_year": any(row["part_year"] for row in values),
        "gap": _has_gaps(story),
        "earlier": len(story.current) < len(values),
        "context": bool(story.context),
        "break": bool(panel.breaks),
        "path": bool(panel.path),
        "projection": len(panel.ahead) > 0,
        "interval": bool(panel.ahead["low"].notna().any()),
    }
    return {name for name, true in tests.items() if true} | set(map(_kind, story.targets))


def _kind(row: Row) -> str:
    from analysis.charts.trajectory import mark_of

    if row["kind"] == "between":
        return "target_range"
    names = {"^": "target_minimum", "v": "target_maximum"}
    return names.get(mark_of(row), "target_level")
