"""The history of changes: every change that was ever told, as it was told; only added to.

Beside each change stand its sentences in both languages as they were published, so that neither
another wording nor a package that no longer holds its subject alters what was said.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from analysis.runs.changes import KINDS, Change
from analysis.runs.job import Job
from analysis.runs.sentences import Teller
from analysis.runs.snapshot import Snapshot, State, UnreadableError
from analysis.words import LANGUAGES, Words

FORMAT: Final = "plan155-changes/1"
"""Name and version of the format; the number changes when a reader of the old one would err."""

Entry = Mapping[str, Any]

_TEXTS: Final = ("id", "kind", "field", "cause", "at", "as_of", "report")
_OBJECTS: Final = ("subject", "data", "texts")
_LISTS: Final = ("touched", "sources")


@dataclass(frozen=True)
class History:
    """All changes that were told.

    Parameters
    ----------
    began
        When the history began: a time in UTC, ISO 8601.
    entries
        The changes, earliest first. Each holds ``id`` (a URN that it has in every feed's making),
        ``kind, field, cause`` and ``before, after`` (see :class:`analysis.runs.changes.Change`);
        ``subject`` (ids of what it is about, of its group and its lead agencies); ``verdicts``
        (those that changed with a value); ``touched``; ``at`` (the time of the run in UTC);
        ``as_of, base_year`` and the same with ``_before``; ``data`` (name, version, digest);
        ``report`` (the name of the report to see, without its language); ``sources`` (``source_id,
        title, publisher, url``); ``texts`` (by language: ``title, lines``).
    """

    began: str
    entries: tuple[Entry, ...] = ()

    def as_text(self) -> str:
        """Return the history as it is written: one change a line."""
        lines = ",".join(f"\n  {json.dumps(one, ensure_ascii=False)}" for one in self.entries)
        closed = f"{lines}\n]" if lines else "]"
        head = f'"format": {json.dumps(FORMAT)},\n"began": {json.dumps(self.began)}'
        return f'{{\n{head},\n"entries": [{closed}\n}}\n'

    @classmethod
    def read(cls, content: Any) -> History:
        """Return the history in the content of its file.

        Raises
        ------
        UnreadableError
            If it is none of this format, or an entry of it is damaged.
        """
        sound = isinstance(content, dict) and content.get("format") == FORMAT
        if not sound or not _is_time(content.get("began")):
            raise _unreadable(f"its format is not {FORMAT}")
        entries = content.get("entries")
        if not isinstance(entries, list):
            raise _unreadable("it has no entries")
        for place, entry in enumerate(entries, start=1):
            if not _is_entry(entry):
                raise _unreadable(f"entry {place} is damaged")
        return cls(content["began"], tuple(entries))

    def with_changes(
        self, changes: Iterable[Change], before: Snapshot, now: Snapshot, at: str
    ) -> History:
        """Return the history with changes added that it does not yet end with.

        Parameters
        ----------
        changes
            In the order in which they are to stand.
        before, now
            The snapshots between which they lie.
        at
            The time of the run in UTC, ISO 8601.
        """
        known = {entry["id"] for entry in self.entries}
        last = {tuple(key): one["id"] for one in self.entries for key in one["touched"]}
        sha256, added = now.data["sha256"], []
        for change in changes:
            occurrence = 1
            while (name := change.id(sha256, occurrence)) in known:
                if last.get(change.touched[0]) == name:
                    break
                occurrence += 1
            else:
                known.add(name)
                last |= dict.fromkeys(change.touched, name)
                added.append(_entry(change, name, before, now, at))
        return replace(self, entries=(*self.entries, *added))


def _unreadable(what: str) -> UnreadableError:
    mend = "keep the file aside; the next run begins a new one"
    return UnreadableError(f"not a history of changes: {what}", "history.json", mend)


def _is_entry(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and all(isinstance(entry.get(name), str) for name in _TEXTS)
        and all(isinstance(entry.get(name), dict) for name in _OBJECTS)
        and all(isinstance(entry.get(name), list) for name in _LISTS)
        and entry["kind"] in KINDS
        and _is_urn(entry["id"])
        and _is_time(entry["at"])
        and all(isinstance(key, list) for key in entry["touched"])
        and all(isinstance(one, dict) and "source_id" in one for one in entry["sources"])
        and all(_is_told(entry["texts"].get(language)) for language in LANGUAGES)
    )


def _is_time(text: Any) -> bool:
    try:
        return datetime.fromisoformat(text).utcoffset() is not None
    except (TypeError, ValueError):
        return False


def _is_urn(text: str) -> bool:
    try:
        return UUID(text).urn == text
    except ValueError:
        return False


def _is_told(told: Any) -> bool:
    return (
        isinstance(told, dict)
        and isinstance(told.get("title"), str)
        and isinstance(told.get("lines"), list)
        and all(isinstance(line, str) for line in told["lines"])
    )


def _entry(change: Change, name: str, before: Snapshot, now: Snapshot, at: str) -> Entry:
    tellers = {language: Teller(before, now, Words(language)) for language in LANGUAGES}
    return {
        "id": name,
        "kind": change.kind,
        "subject": _subject(change, before, now),
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "cause": change.cause,
        "verdicts": [_verdict(one) for one in change.verdicts],
        "touched": [list(key) for key in change.touched],
        "at": at,
        "as_of_before": before.as_of,
        "as_of": now.as_of,
        "base_year_before": before.base_year,
        "base_year": now.base_year,
        "data": dict(now.data),
        "report": _report(change, before, now),
        "sources": _sources(change, before, now),
        "texts": {
            language: {"title": teller.title(change), "lines": teller.lines(change)}
            for language, teller in tellers.items()
        },
    }


def _verdict(change: Change) -> dict[str, Any]:
    return {
        "target_year": change.field,
        "before": change.before,
        "after": change.after,
        "cause": change.cause,
    }


def _subject(change: Change, before: Snapshot, now: Snapshot) -> dict[str, Any]:
    """Return the ids of what a change is about, and of the wholes that it belongs to."""
    name = change.subject_id
    if change.kind == "task":
        state = now.tasks[name]
        group = {"task_group_id": state["task_group_id"], "agency_ids": state["agency_ids"]}
        return {"task_id": name, **group}
    if change.kind in ("source", "notice"):
        return {"source_id" if change.kind == "source" else "file": name}
    own = {"observation_id": name} if change.kind == "observation" else {}
    series_id = _series_of(change)
    series = now.series.get(series_id) or before.series.get(series_id) or {}
    parts = ("indicator_id", "group_id", "agency_ids")
    return {**own, "series_id": series_id, **{part: series.get(part) for part in parts}}


def _series_of(change: Change) -> str:
    state = change.after or change.before or {}
    return str(state["series_id"]) if change.kind == "observation" else change.subject_id


def _report(change: Change, before: Snapshot, now: Snapshot) -> str:
    """Return the name of the report to see; of a notice there is none."""
    subject = _subject(change, before, now)
    if "task_group_id" in subject:
        return Job("tasks", subject["task_group_id"], LANGUAGES[0]).name
    if "source_id" in subject:
        return Job("coverage", "", LANGUAGES[0]).name
    group = subject.get("group_id")
    return Job("gap", str(group), LANGUAGES[0]).name if group else ""


def _sources(change: Change, before: Snapshot, now: Snapshot) -> list[dict[str, Any]]:
    """Return the sources that a change rests on."""
    if change.kind == "source":
        ids = [change.subject_id]
    else:
        ids = _source_ids(change.after or change.before or {})
    found = {name: now.sources.get(name) or before.source(name) for name in ids}
    return [
        {"source_id": name, **{part: one.get(part) for part in ("title", "publisher", "url")}}
        for name, one in found.items()
    ]


def _source_ids(state: State) -> list[str]:
    one = state.get("source_id")
    return [one] if one else list(state.get("source_ids", ()))


def keep_aside(path: Path) -> str:
    """Move a file that cannot be read out of the way, under a name that is free; return that."""
    for number in range(1, 10_000):
        aside = path.with_name(f"{path.stem}.unreadable-{number}{path.suffix}")
        if not aside.exists():
            path.rename(aside)
            return aside.name
    raise UnreadableError(
        f"too many unreadable files: {path.name}", str(path.parent), "remove some"
    )
