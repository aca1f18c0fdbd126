"""What has changed between two snapshots, and what each change comes from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from uuid import UUID, uuid5

from analysis.runs.snapshot import Snapshot, State, States

KINDS: Final = ("notice", "value", "verdict", "target", "task", "source", "observation")
"""Kinds of change, in the order in which those of one run are told."""

CAUSES: Final = ("data", "calendar", "base_year", "day_and_base_year", "method")
"""What a change comes from. ``calendar``, ``base_year``, ``day_and_base_year``: the records of its
subject are the same, and the data of now give for the earlier day and base year what was said
before. ``method``: all data are the same and the day does not explain it, so the program says it
otherwise. ``data``: everything else."""

NAMESPACE: Final = UUID("7e0f6b5c-2c5b-5d0e-9a55-155019062024")
"""The namespace of the ids of changes."""

_LANGUAGE_TEXTS: Final = frozenset({"shown", "area", "name", "label"})
"""Parts of a state that are worded: another wording is no change."""

_OF_VERDICT: Final = ("verdict", "reason", "grade")
_OF_TASK: Final = ("status", "status_date", "source_ids", "standing")
_OF_TARGET: Final = ("stated", "shown")
_COMPARED: Final = {"verdict": _OF_VERDICT, "task": _OF_TASK}


@dataclass(frozen=True)
class Change:
    """Something that is not as it was.

    Parameters
    ----------
    kind
        One of :data:`KINDS`.
    subject_id
        The series, task, source or observation; of a notice, the file.
    field
        ``latest`` (value), the target year (verdict, target), ``standing`` (task), else empty; of
        a notice, what it is about.
    before, after
        The states; ``None``: it was not there, or is not there any more.
    cause
        One of :data:`CAUSES`.
    verdicts
        Of a new value: the verdicts of the same series that changed with it.
    """

    kind: str
    subject_id: str
    field: str = ""
    before: State | None = None
    after: State | None = None
    cause: str = "data"
    verdicts: tuple[Change, ...] = ()

    def id(self, sha256: str, occurrence: int = 1) -> str:
        """Return a name that this change has wherever it is seen: ``urn:uuid:…``.

        Parameters
        ----------
        sha256
            The digest of the data with which it was seen.
        occurrence
            Which time it is: what has changed and changed back can change once more.
        """
        states = [self._compared(state) for state in (self.before, self.after)]
        what = [self.kind, self.subject_id, self.field, *states, sha256, occurrence]
        return uuid5(NAMESPACE, json.dumps(what, ensure_ascii=False, sort_keys=True)).urn

    def _compared(self, state: State | None) -> State | None:
        """Return the part of a state that makes this change what it is."""
        names = _COMPARED.get(self.kind)
        return _bare(state) if state is None or names is None else _part(state, names)

    @property
    def touched(self) -> list[tuple[str, str, str]]:
        """Return kind, subject and field of everything that this change tells of."""
        mine = (self.kind, self.subject_id, self.field)
        return [mine, *(key for one in self.verdicts for key in one.touched)]


@dataclass(frozen=True)
class Comparison:
    """Two snapshots side by side.

    Parameters
    ----------
    before, now
        The snapshots.
    look_back
        Returns what the data of now say on the day and with the base year of before. It is asked
        for only where something has changed that depends on them.
    """

    before: Snapshot
    now: Snapshot
    look_back: Callable[[], Snapshot]

    def changes(self) -> tuple[Change, ...]:
        """Return every change, in the order of :data:`KINDS` and of the plan."""
        found = [*self._series(), *self._tasks(), *self._sources(), *self._observations()]
        return tuple(sorted(found, key=lambda change: KINDS.index(change.kind)))

    @cached_property
    def _seen(self) -> Snapshot:
        """What the data of now say on the day of before."""
        before, now = self.before, self.now
        same = (before.as_of, before.base_year) == (now.as_of, now.base_year)
        return now if same else self.look_back()

    def _cause(self, said: Callable[[Snapshot], Any], evidence: Callable[[Snapshot], Any]) -> str:
        """Return what a change comes from.

        Parameters
        ----------
        said
            Returns the part of a snapshot that has changed.
        evidence
            Returns the records of a snapshot that the part rests on. They have to be the same: a
            record that came now can be one that would not yet have counted on the earlier day.
        """
        before, now = self.before, self.now
        if evidence(before) == evidence(now) and said(self._seen) == said(before):
            other_day, other_year = before.as_of != now.as_of, before.base_year != now.base_year
            if other_day and other_year:
                return "day_and_base_year"
            return "calendar" if other_day else "base_year"
        return "method" if before.data["sha256"] == now.data["sha256"] else "data"

    def _series(self) -> Iterator[Change]:
        for name, now in self.now.series.items():
            before = self.before.series.get(name)
            verdicts = () if before is None else tuple(self._verdicts(name, before, now))
            value = self._value(name, (before or {}).get("latest"), now["latest"], verdicts)
            yield from verdicts if value is None else (value,)
            if before is not None:
                yield from _targets(name, before, now)

    def _value(
        self, name: str, before: State | None, now: State | None, verdicts: tuple[Change, ...]
    ) -> Change | None:
        if _bare(before) == _bare(now):
            return None
        cause = self._cause(lambda one: _bare(_latest(one, name)), _records_of(name))
        return Change("value", name, "latest", before, now, cause, verdicts)

    def _verdicts(self, name: str, before: State, now: State) -> Iterator[Change]:
        for year, judged in now["targets"].items():
            was = before["targets"].get(year)
            if was is not None and _part(was, _OF_VERDICT) != _part(judged, _OF_VERDICT):
                cause = self._cause(_verdict_of(name, year), _records_of(name))
                yield Change("verdict", name, year, _told(was), _told(judged), cause)

    def _tasks(self) -> Iterator[Change]:
        for name, now in self.now.tasks.items():
            before = self.before.tasks.get(name)
            if before is not None and _part(before, _OF_TASK) != _part(now, _OF_TASK):
                cause = self._cause(_task_of(name), _reports_of(name))
                yield Change("task", name, "standing", _task(before), _task(now), cause)

    def _sources(self) -> Iterator[Change]:
        before, now = self.before.sources, self.now.sources
        yield from (Change("source", name, "", None, now[name]) for name in _new(before, now))
        yield from (Change("source", name, "", before[name], None) for name in _new(now, before))

    def _observations(self) -> Iterator[Change]:
        before, now = self.before.observations, self.now.observations
        told = self._told_as_values()
        for name in _new(before, now):
            if name not in told:
                yield Change("observation", name, "", None, now[name])
        for name in _new(now, before):
            yield Change("observation", name, "", before[name], None)
        for name, one in now.items():
            was = before.get(name)
            if was is not None and name not in told and _bare(was) != _bare(one):
                yield Change("observation", name, "", was, one)

    def _told_as_values(self) -> set[str]:
        """Return the observations that are told as a new latest value of their series."""
        pairs = [(self.before.series.get(name, {}), one) for name, one in self.now.series.items()]
        return {
            now["latest"]["observation_id"]
            for before, now in pairs
            if now["latest"] and _bare(before.get("latest")) != _bare(now["latest"])
        }


def _latest(snapshot: Snapshot, series_id: str) -> State | None:
    return snapshot.series.get(series_id, {}).get("latest")


def _verdict_of(series_id: str, year: str) -> Callable[[Snapshot], State]:
    return lambda snapshot: _part(
        snapshot.series.get(series_id, {}).get("targets", {}).get(year, {}), _OF_VERDICT
    )


def _task_of(task_id: str) -> Callable[[Snapshot], State]:
    return lambda snapshot: _part(snapshot.tasks.get(task_id, {}), _OF_TASK)


def _records_of(series_id: str) -> Callable[[Snapshot], Any]:
    """Return what of a snapshot can matter to a series: records, sources, breaks, targets."""

    def found(snapshot: Snapshot) -> Any:
        own = {
            name: _bare(one)
            for name, one in snapshot.observations.items()
            if one["series_id"] == series_id
        }
        sources = {str(one["source_id"]): None for one in own.values() if one}
        series = snapshot.series.get(series_id, {})
        stated = {year: one["stated"] for year, one in series.get("targets", {}).items()}
        known = {name: snapshot.sources.get(name) for name in sources}
        return own, known, series.get("breaks"), stated

    return found


def _reports_of(task_id: str) -> Callable[[Snapshot], State]:
    return lambda snapshot: _part(snapshot.tasks.get(task_id, {}), ("schedule", "reports"))


def _targets(name: str, before: State, now: State) -> Iterator[Change]:
    """Return the targets that are stated otherwise: of the plan's text, or its reading."""
    for year, one in now["targets"].items():
        was = before["targets"].get(year)
        if was is not None and was["stated"] != one["stated"]:
            before_and_after = (_part(was, _OF_TARGET), _part(one, _OF_TARGET))
            yield Change("target", name, year, *before_and_after)


def _told(target: State) -> State:
    """Return what is told of a judged target."""
    return {name: part for name, part in target.items() if name != "stated"}


def _task(state: State) -> State:
    return _part(state, (*_OF_TASK, "cycle"))


def _part(state: State, names: tuple[str, ...]) -> State:
    return {name: state.get(name) for name in names}


def _bare(state: State | None) -> State | None:
    """Return a state without its texts in the languages."""
    if state is None:
        return None
    return {name: part for name, part in state.items() if name not in _LANGUAGE_TEXTS}


def _new(before: States, now: States) -> list[str]:
    return [name for name in now if name not in before]
