"""Following the plan from run to run: what has changed, and what the run came to.

After the results of a run are published, what they say is noted and compared with what was noted
before. Each difference is told once, in feeds that can be subscribed to::

    outputs/run.md, run.en.md          the run as a letter
    outputs/changes/feed.vi.atom, feed.en.atom, feed.vi.json, feed.en.json
    outputs/changes/history.json       every change that was ever told; only added to
    outputs/changes/snapshot.json      what the plan said when it was noted last

They are written in the order history, feeds, snapshot: a run that is killed between two of them
compares again, and finds what it had told already. A file that cannot be read is kept under another
name, and the feed says that something is missing. A run with nothing to do leaves all of them as
they are, the letter too: what it told of still stands.
"""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from analysis.runs.accept import LOG
from analysis.runs.digest import (
    BEGAN,
    COMPARED,
    FILES,
    FOLDER,
    HISTORY,
    INDEX,
    NOT_COMPARED,
    Digest,
    Told,
)
from analysis.runs.facts import DESCRIPTOR, PackageFacts
from analysis.runs.job import parse_folder
from analysis.runs.keys import digest
from analysis.runs.parameters import Selection
from analysis.runs.places import Outputs
from analysis.runs.publish import PAGE
from analysis.runs.record import DONE, FAILED, FRESH, read_json, write_text
from analysis.runs.summary import SOME_FAILED, RunRecord
from analysis.words import LANGUAGES, Words

if TYPE_CHECKING:
    from analysis.api import Plan
    from analysis.runs.changes import Change
    from analysis.runs.history import History
    from analysis.runs.snapshot import Snapshot

SNAPSHOT: Final = "snapshot.json"
FEEDS: Final = tuple(f"feed.{name}.{form}" for name in LANGUAGES for form in ("atom", "json"))

HEAD: Final = 1000
"""How many bytes of a snapshot hold what stands before its states."""

T = TypeVar("T")


def follow(
    outputs: Outputs, facts: PackageFacts, selection: Selection, result: RunRecord
) -> RunRecord:
    """Tell what has changed since the last run, and what this one came to.

    Parameters
    ----------
    outputs
        The outputs, with the reports and the results of the run in place.
    facts
        The data package.
    selection
        What was run.
    result
        What came of it.

    Returns
    -------
    RunRecord
        The same; with exit code 1, if it was 0, where the feed could not be made. Then the reason
        is on standard error, in the letter and in ``failed/changes/log.txt``.
    """
    follower = Follower(outputs, facts, result)
    if follower.nothing_to_do:
        return result
    told = follower.told()
    for language, name in FILES.items():
        letter = Digest(result.content, selection.as_of, told, selection.kinds, Words(language))
        _write(outputs.root / name, letter.text())
    if told.outcome != FAILED:
        return result
    print(f"failed: change feed: {told.failure}", file=sys.stderr)
    return replace(result, exit_code=result.exit_code or SOME_FAILED)


@dataclass(frozen=True)
class Follower:
    """One run that is followed.

    Parameters
    ----------
    outputs, facts, result
        As for :func:`follow`.
    base
        The address at which the outputs will be; empty: not known.
    """

    outputs: Outputs
    facts: PackageFacts
    result: RunRecord
    base: str = ""

    @property
    def folder(self) -> Path:
        """Where history, snapshot and feeds lie."""
        return self.outputs.root / FOLDER

    @property
    def nothing_to_do(self) -> bool:
        """Whether everything was fresh, and what was noted is of these very results."""
        content = self.result.content
        parts = [content["results"], *content["jobs"]]
        if any(part["status"] != FRESH for part in parts):
            return False
        names = [f"{FOLDER}/{name}" for name in (HISTORY, *FEEDS)]
        there = all((self.outputs.root / name).is_file() for name in (*names, *FILES.values()))
        return there and self._is_noted()

    def _is_noted(self) -> bool:
        """Tell whether the snapshot is of the results in place, which its head says."""
        path = self.folder / SNAPSHOT
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return f'"results": "{self.results}"'.encode() in file.read(HEAD)

    @cached_property
    def published(self) -> dict[str, Any]:
        """The descriptor of the results in place; empty if they are not those of this run."""
        told = read_json(self.outputs.results / DESCRIPTOR) or {}
        good = self.result.content["results"]["status"] in (DONE, FRESH)
        return told if good and {"assessedOn", "baseYear"} <= set(told) else {}

    @cached_property
    def results(self) -> str:
        """The digest of that descriptor, which holds the digest of every result table."""
        path = self.outputs.results / DESCRIPTOR
        return digest(path.read_bytes()) if path.is_file() else ""

    def told(self) -> Told:
        """Look for changes and publish them; a failure is told, never raised."""
        if not self.published:
            return Told(NOT_COMPARED)
        log = self.outputs.root / "failed" / FOLDER / LOG
        try:
            told = self._publish()
        except Exception as error:
            log.parent.mkdir(parents=True, exist_ok=True)
            write_text(log, traceback.format_exc())
            first, *_ = str(error).splitlines() or [""]
            return Told(FAILED, failure=f"{type(error).__name__}: {first}")
        log.unlink(missing_ok=True)
        if log.parent.is_dir():
            log.parent.rmdir()
        return told

    def _publish(self) -> Told:
        from analysis.runs.history import History

        self.folder.mkdir(parents=True, exist_ok=True)
        at = str(self.result.content["finished"])
        notices: list[Change] = []
        history = self._read(HISTORY, History.read, notices)
        before = self._before(history, notices)
        now = self._now(before)
        known = history or History(at)
        changes = [*notices, *(self._changes(before, now) if before else ())]
        whole = known.with_changes(changes, before or now, now, at)
        if history is None or whole != history:
            _write(self.folder / HISTORY, whole.as_text())
        self.write_feeds(whole)
        _write(self.folder / SNAPSHOT, now.as_text())
        outcome = BEGAN if before is None and not notices else COMPARED
        return Told(outcome, whole.entries[len(known.entries) :], now)

    def _read(self, name: str, parse: Callable[[Any], T], notices: list[Change]) -> T | None:
        """Return what a file holds; keep aside what cannot be read, and note that."""
        from analysis.runs.changes import Change
        from analysis.runs.history import keep_aside
        from analysis.runs.snapshot import UnreadableError

        path = self.folder / name
        if not path.is_file():
            return None
        try:
            return parse(json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, RecursionError, UnreadableError):
            notices.append(Change("notice", keep_aside(path), path.stem))
            return None

    def _before(self, history: History | None, notices: list[Change]) -> Snapshot | None:
        """Return what was noted last; that it is gone is a notice if anything was ever told."""
        from analysis.runs.changes import Change
        from analysis.runs.snapshot import Snapshot

        absent = not (self.folder / SNAPSHOT).is_file()
        before = self._read(SNAPSHOT, Snapshot.read, notices)
        if absent and history is not None:
            notices.append(Change("notice", SNAPSHOT, "snapshot_absent"))
        return before

    def _now(self, before: Snapshot | None) -> Snapshot:
        if before is not None and before.results == self.results:
            return before
        told = self.published
        return self._take(date.fromisoformat(told["assessedOn"]), int(told["baseYear"]))

    @cached_property
    def _plan(self) -> Plan:
        from analysis.api import load

        return load(self.facts.root)

    def _take(self, as_of: date, base_year: int) -> Snapshot:
        from analysis.runs.taking import take

        return take(self._plan, as_of=as_of, base_year=base_year, results=self.results)

    def _changes(self, before: Snapshot, now: Snapshot) -> tuple[Change, ...]:
        from analysis.runs.changes import Comparison

        day = date.fromisoformat(before.as_of)
        return Comparison(before, now, lambda: self._take(day, before.base_year)).changes()

    def write_feeds(self, history: History) -> None:
        """Write the feeds in both languages; a feed that would be the same is not touched."""
        from analysis.runs.feeds import Feed, atom, json_feed

        for language in LANGUAGES:
            feed = Feed(history, language, self.find, self.base)
            _write(self.folder / feed.file("atom"), atom(feed))
            _write(self.folder / feed.file("json"), json_feed(feed))

    def find(self, report: str, language: str) -> str:
        """Return the page of a report in a language, else in the other, else the index."""
        for folder in self._folders(report, language):
            if (self.outputs.root / folder / PAGE).is_file():
                return f"{folder}/{PAGE}"
        return INDEX

    def _folders(self, report: str, language: str) -> Iterator[str]:
        for name in sorted(LANGUAGES, key=lambda one: one != language):
            folder = f"{name}/{report}"
            if parse_folder(folder) is not None:
                yield folder


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all, and only if it would be another."""
    if not path.is_file() or path.read_bytes() != text.encode():
        write_text(path, text)
