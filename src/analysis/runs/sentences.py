"""Changes in words: a title and a few lines, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from analysis.runs.changes import Change
from analysis.runs.plain import clean
from analysis.runs.snapshot import Snapshot, State
from analysis.words import Words

LONGEST_NAME: Final = 160
"""How much of the name of a task, or of the title of a source, stands in a sentence."""

_DAY: Final = len("2026-01-01")


@dataclass(frozen=True)
class Teller:
    """Says what has changed between two snapshots.

    Parameters
    ----------
    before, now
        The snapshots; of a notice both can be that of now.
    words
        The wording.
    """

    before: Snapshot
    now: Snapshot
    words: Words

    def title(self, change: Change) -> str:
        """Return a headline."""
        return clean(getattr(self, f"_{change.kind}_title")(change))

    def lines(self, change: Change) -> list[str]:
        """Return what has changed, what it comes from, and for which day and data it is said."""
        sentence = f"{getattr(self, f'_{change.kind}')(change)}."
        told = [sentence, *self._cause(change), *self._later(change)]
        return [clean(line) for line in [*told, self._basis()]]

    def _basis(self) -> str:
        day = self.words.date(self.now.as_of)
        return self.words("change.basis", as_of=day, version=self.now.data["version"])

    def _cause(self, change: Change) -> list[str]:
        if change.cause == "data":
            return []
        values = {
            "day": self.words.date(self.now.as_of),
            "day_before": self.words.date(self.before.as_of),
            "year": self.now.base_year,
            "year_before": self.before.base_year,
        }
        return [self.words(f"change.cause.{change.cause}", **values)]

    def _later(self, change: Change) -> list[str]:
        """Return the verdicts that changed beside a value, but for another cause than it."""
        others = [one for one in change.verdicts if one.cause != change.cause]
        lines = ([f"{self._verdict(one)}.", *self._cause(one)] for one in others)
        return [line for part in lines for line in part]

    def _label(self, series_id: str) -> str:
        state = self.now.series.get(series_id) or self.before.series.get(series_id)
        return str(state["label"][self.words.language]) if state else series_id

    def _shown(self, state: State) -> str:
        return str(state["shown"][self.words.language])

    def _described(self, state: State) -> str:
        """Return a value with its period, and with what is not usual about it."""
        words = self.words
        parts = [words.period(state["period"])]
        if state.get("area"):
            parts.append(str(state["area"][words.language]))
        if state.get("measure"):
            parts.append(words("change.measure", measure=state["measure"]))
        if state["status"] != "actual":
            parts.append(words(f"status.{state['status']}"))
        if state["comparability"] != "exact":
            parts.append(words(f"comparability.{state['comparability']}"))
        return words("change.detailed", text=self._shown(state), detail=", ".join(parts))

    def _source_line(self, source_id: str) -> str:
        """Return publisher and day of a source."""
        source = self._source_of(source_id)
        publisher = str(source.get("publisher") or source_id)
        published = source.get("published")
        if not published:
            return publisher
        whole = len(published) == _DAY
        day = self.words.date(published) if whole else self.words.period(published)
        return self.words("change.dated", publisher=publisher, date=day)

    def _source_of(self, source_id: str) -> State:
        return self.now.sources.get(source_id) or self.before.source(source_id)

    # A new value

    def _value_case(self, change: Change) -> str:
        before, after = change.before, change.after
        if after is None:
            return "none"
        if before is None:
            return "first"
        if (before["period"], before["value"]) != (after["period"], after["value"]):
            return "older" if after["period"][:4] < before["period"][:4] else "newer"
        return "standing" if _standings(before, after) else "source"

    def _standing(self, state: State | None, names: list[str]) -> str:
        if state is None:
            return ""
        return ", ".join(self.words(f"{name}.{state[name]}") for name in names)

    def _value_parts(self, change: Change) -> dict[str, str]:
        before, after, case = change.before, change.after, self._value_case(change)
        standings = _standings(before, after) if before and after else []
        # What stands in the sentence for itself is not also put into brackets.
        described = self._dated if case in ("standing", "source") else self._described
        return {
            "label": self._label(change.subject_id),
            "before": self._described(before) if before else "",
            "after": described(after) if after else "",
            "source": self._source_line(after["source_id"]) if after else "",
            "source_before": self._source_line(before["source_id"]) if before else "",
            "standing": self._standing(after, standings),
            "standing_before": self._standing(before, standings),
        }

    def _dated(self, state: State) -> str:
        period = self.words.period(state["period"])
        return self.words("change.detailed", text=self._shown(state), detail=period)

    def _value(self, change: Change) -> str:
        case, parts = self._value_case(change), self._value_parts(change)
        joined = [one for one in change.verdicts if one.cause == change.cause]
        verdicts = [self._verdict_at_the_same_time(one) for one in joined]
        return "; ".join([self.words(f"change.value.{case}", **parts), *verdicts])

    def _value_title(self, change: Change) -> str:
        case, parts = self._value_case(change), self._value_parts(change)
        return self.words(f"change.value_title.{case}", **parts)

    # Another verdict

    def _judged(self, change: Change, state: State | None) -> str:
        """Return a verdict with its reason, and with its grade where that is another one."""
        if state is None or change.before is None or change.after is None:
            return ""
        words = self.words
        verdict, details = words(f"verdict.{state['verdict']}"), []
        if state["reason"]:
            details.append(words(f"reason.{state['reason']}"))
        if state["grade"] and change.before["grade"] != change.after["grade"]:
            name = words(f"grade.{state['grade']}")
            details.append(words("change.verdict.grade", grade=state["grade"], name=name))
        if not details:
            return verdict
        return words("change.detailed", text=verdict, detail="; ".join(details))

    def _verdict_parts(self, change: Change) -> dict[str, str]:
        return {
            "label": self._label(change.subject_id),
            "year": change.field,
            "target": self._shown(change.after) if change.after else "",
            "before": self._judged(change, change.before),
            "after": self._judged(change, change.after),
        }

    def _verdict_at_the_same_time(self, change: Change) -> str:
        return self.words("change.verdict.same_time", **self._verdict_parts(change))

    def _verdict(self, change: Change) -> str:
        return self.words("change.verdict.alone", **self._verdict_parts(change))

    def _verdict_title(self, change: Change) -> str:
        return self.words("change.verdict.title", **self._verdict_parts(change))

    # Another target

    def _target(self, change: Change) -> str:
        shown = {
            name: self._shown(state)
            for name, state in (("before", change.before), ("after", change.after))
            if state
        }
        label = self._label(change.subject_id)
        return self.words("change.target", label=label, year=change.field, **shown)

    _target_title = _target

    # A record that came, went or was corrected

    def _observation_parts(self, change: Change) -> tuple[str, dict[str, str]]:
        before, after = change.before, change.after
        state = after or before or {}
        case = "corrected" if before and after else "added" if after else "withdrawn"
        return case, {
            "label": self._label(state["series_id"]),
            "before": self._described(before) if before else "",
            "after": self._described(after) if after else "",
            "source": self._source_line(state["source_id"]),
        }

    def _observation(self, change: Change) -> str:
        case, parts = self._observation_parts(change)
        return self.words(f"change.observation.{case}", **parts)

    def _observation_title(self, change: Change) -> str:
        case, parts = self._observation_parts(change)
        return self.words(f"change.observation_title.{case}", **parts)

    # A source that came or went

    def _source_parts(self, change: Change) -> tuple[str, dict[str, str]]:
        state = change.after or change.before or {}
        name = shortened(str(state.get("title") or state.get("publisher") or change.subject_id))
        publisher = self._source_line(change.subject_id)
        tier = self.words(f"tier.{state['tier']}") if state.get("tier") else ""
        whose = "; ".join(filter(None, (publisher, tier)))
        case = "added" if change.after else "withdrawn"
        return case, {"title": name, "publisher": whose}

    def _source(self, change: Change) -> str:
        case, parts = self._source_parts(change)
        sentence = self.words(f"change.source.{case}", **parts)
        return f"{sentence}; {self._cited(change.subject_id)}" if change.after else sentence

    def _cited(self, source_id: str) -> str:
        """Return what rests on a source."""
        records = [
            state for state in self.now.observations.values() if state["source_id"] == source_id
        ]
        if not records:
            return self.words("change.source.cited_none")
        cited = {state["series_id"] for state in records}
        series = [one for name, one in self.now.series.items() if name in cited]
        names = dict.fromkeys(str(one["indicator_id"]) for one in series)
        listed = self.words.listing(names, most=6)
        return self.words("change.source.cited", n=len(records), list=listed)

    def _source_title(self, change: Change) -> str:
        case, parts = self._source_parts(change)
        return self.words(f"change.source_title.{case}", **parts)

    # Another status of a task

    def _task_standing(self, state: State | None) -> str:
        if state is None:
            return ""
        standing = self.words(f"task.standing.{state['standing']}")
        if state["cycle"] is None:
            return standing
        return self.words("change.task.cycle", standing=standing, year=state["cycle"])

    def _task(self, change: Change) -> str:
        before, after = map(self._task_standing, (change.before, change.after))
        name = self.now.tasks[change.subject_id]["name"][self.words.language]
        parts = {"id": change.subject_id, "name": shortened(name), "before": before, "after": after}
        key = "repeated" if before == after else "changed"
        return "; ".join([self.words(f"change.task.{key}", **parts), *self._reported(change.after)])

    def _reported(self, state: State | None) -> list[str]:
        if state is None or not state["status_date"]:
            return []
        sources = self.words.listing(map(self._source_line, state["source_ids"]))
        day = self.words.date(state["status_date"])
        return [self.words("change.task.reported", date=day, source=sources)]

    def _task_title(self, change: Change) -> str:
        after = self._task_standing(change.after)
        return self.words("change.task.title", id=change.subject_id, after=after)

    # What could not be compared

    def _notice(self, change: Change) -> str:
        return self.words(f"change.notice.{change.field}", file=change.subject_id).rstrip(".")

    def _notice_title(self, change: Change) -> str:
        return self.words(f"change.notice_title.{change.field}")


def _standings(before: State, after: State) -> list[str]:
    """Return in what the standing of a value differs: its status, its comparability."""
    return [name for name in ("status", "comparability") if before[name] != after[name]]


def shortened(text: str) -> str:
    """Return a text that is not too long for a sentence, cut between two words."""
    line = clean(text)
    if len(line) <= LONGEST_NAME:
        return line
    return f"{line[:LONGEST_NAME].rpartition(' ')[0] or line[:LONGEST_NAME]} …"
