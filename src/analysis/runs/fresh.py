"""Which reports need not be made again: what they depend on is the same, and they are intact."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from analysis.runs.accept import is_day
from analysis.runs.job import Job
from analysis.runs.keys import Digests, Surroundings, differing, digest
from analysis.runs.kinds import Kind
from analysis.runs.places import RESULTS, Outputs
from analysis.runs.record import KEPT, KEPT_OF_JOB, RECORD
from analysis.runs.sealed import read_sealed

PAGE: Final = "report.html"
SHOWN_OR_HIDDEN = re.compile(rb' hidden(?:="")?>')
"""In a page, links to reports that may not be there are hidden and shown after it was made."""


@dataclass(frozen=True)
class Made:
    """What a report, or the results, were made of, and what was made.

    Parameters
    ----------
    parts
        Digests of what it depends on, its data aside.
    data
        Digests of the rows that it depends on, by table.
    data_digest
        The digest of the whole package: where it is the same, the rows need not be looked at.
    texts
        The keys of the texts that it was made with.
    texts_of_them, texts_digest
        A digest of those texts, and one of all texts, for the same reason.
    since, until
        The first and the last day of assessment for which it holds.
    outputs
        Digests of its files.
    confirmed
        The day of assessment and the version of the data for which it was last found to hold.
    """

    parts: Mapping[str, str]
    data: Mapping[str, str]
    data_digest: str
    texts: tuple[str, ...]
    texts_of_them: str
    texts_digest: str
    since: str
    until: str
    outputs: Mapping[str, str]
    confirmed: Mapping[str, str]

    @classmethod
    def read(cls, told: Any) -> Made | None:
        """Read what :meth:`as_dict` has written; ``None`` if it is of another form."""
        names = {one.name: one for one in fields(cls)}
        if not isinstance(told, Mapping) or set(told) != set(names):
            return None
        groups = (told["parts"], told["data"], told["outputs"])
        days = (told["since"], told["until"])
        sound = all(isinstance(one, Mapping) for one in groups) and all(map(is_day, days))
        return cls(**{**told, "texts": tuple(told["texts"])}) if sound else None

    def as_dict(self) -> dict[str, Any]:
        """Return what is to be written."""
        return asdict(self)


@dataclass(frozen=True)
class State:
    """Whether something is fresh.

    Parameters
    ----------
    reasons
        Why it is not, as names of what changed; none if it is fresh.
    record
        The record of what was made, if there is one that is whole.
    parts
        Digests of what it depends on now, its data aside, as they were when it was looked at.
    """

    reasons: tuple[str, ...]
    record: Mapping[str, Any] = field(default_factory=dict)
    parts: Digests = field(default_factory=dict)

    @property
    def fresh(self) -> bool:
        """Whether it need not be made again."""
        return not self.reasons


NEVER: Final = ("never made",)
LOOKS: Final = 3
"""How often a report is looked at that another takes the place of meanwhile."""


def page_digest(content: bytes) -> str:
    """Return the digest of a page, whichever of its links are shown."""
    return digest(SHOWN_OR_HIDDEN.sub(b">", content))


def output_digests(folder: Path) -> dict[str, str]:
    """Return the digests of everything in a folder but its record."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != RECORD:
            with suppress(FileNotFoundError):  # it is being replaced
                found[path.relative_to(folder).as_posix()] = _file_digest(path)
    return found


def _file_digest(path: Path) -> str:
    content = path.read_bytes()
    return page_digest(content) if path.name == PAGE else digest(content)


def of_job(
    job: Job,
    kind: Kind,
    parameters: Mapping[str, object],
    around: Surroundings,
    outputs: Outputs,
) -> State:
    """Return whether a report is fresh, and why not."""
    place, day = outputs.place(job), str(parameters["as_of"])
    parts = around.of_job(job, kind, parameters)
    now = Now(parts, lambda: around.data_of_job(job, kind), day, place)

    def look() -> State:
        if not place.exists():
            return State(NEVER, parts=parts)
        record = read_sealed(place / RECORD)
        made = _made(record, KEPT_OF_JOB)
        if record is None or made is None:
            return State((f"output: {RECORD}",), parts=parts)
        return State(tuple(_reasons(made, now, around)), record, parts)

    return _settled(look, place)


def of_results(parameters: Mapping[str, object], around: Surroundings, outputs: Outputs) -> State:
    """Return whether the results are fresh, and why not."""
    place, day = outputs.results, str(parameters["as_of"])
    parts = around.of_results(parameters)
    now = Now(parts, lambda: around.whole_data, day, place)

    def look() -> State:
        record = (read_sealed(outputs.state) or {}).get(RESULTS)
        made = _made(record, KEPT)
        if record is None or made is None or not place.exists():
            return State(NEVER, parts=parts)
        return State(tuple(_reasons(made, now, around)), record, parts)

    return _settled(look, place)


def _made(record: Any, needed: Iterable[str]) -> Made | None:
    """Return what something was made of; ``None`` if its record is of another form."""
    whole = isinstance(record, Mapping) and {"made", *needed} <= set(record)
    return Made.read(record["made"]) if whole else None


def spoilt(place: Path) -> list[str]:
    """Return what in a published report is not as its own record says; empty if it is whole."""
    made = _made(read_sealed(place / RECORD), KEPT_OF_JOB)
    if made is None:
        return [f"output: {RECORD}"]
    return [f"output: {name}" for name in differing(made.outputs, output_digests(place))]


def _settled(look: Callable[[], State], place: Path) -> State:
    """Look again if what is looked at was replaced meanwhile, as a run at work does."""
    for _ in range(LOOKS):
        before, state = _identity(place), look()
        if state.fresh or _identity(place) == before:
            break
    return state


def _identity(place: Path) -> int | None:
    try:
        return place.stat().st_ino
    except OSError:
        return None


@dataclass(frozen=True)
class Now:
    """What something in the outputs is compared with.

    Parameters
    ----------
    parts
        Digests of what it depends on, its data aside.
    data
        Returns the digests of the rows that it depends on, by table.
    day
        The day of assessment.
    place
        Where it lies.
    """

    parts: Digests
    data: Callable[[], Digests]
    day: str
    place: Path


def _reasons(made: Made, now: Now, around: Surroundings) -> Iterator[str]:
    """Tell everything that is not as it was; rows are looked at only if the package is another."""
    yield from differing(made.parts, now.parts)
    if made.data_digest != around.data_digest:
        yield from differing(made.data, now.data())
    others = made.texts_digest != around.texts_digest
    if others and made.texts_of_them != around.digest_of_texts(made.texts):
        yield "texts"
    if not made.since <= now.day <= made.until:
        yield f"day: it holds from {made.since} to {made.until}"
    yield from (f"output: {name}" for name in differing(made.outputs, output_digests(now.place)))


def renewed(
    state: State, around: Surroundings, confirmed: Mapping[str, str]
) -> dict[str, Any] | None:
    """Return the record of something fresh, brought up to the data, texts and day of today.

    What was made is the same, but the digests of everything are others since an unrelated row or
    text changed, or another day is assessed. ``None`` if nothing has to be written.
    """
    made = state.record["made"]
    now = {
        "data_digest": around.data_digest,
        "texts_digest": around.texts_digest,
        "confirmed": dict(confirmed),
    }
    if now.items() <= made.items():
        return None
    return {**state.record, "made": {**made, **now}}
