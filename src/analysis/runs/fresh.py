"""Which reports need not be made again: what they depend on is the same, and they are intact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from analysis.runs.job import Job
from analysis.runs.keys import Digests, Surroundings, differing, digest
from analysis.runs.kinds import Kind
from analysis.runs.places import RESULTS, Outputs
from analysis.runs.record import RECORD
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
    def read(cls, told: Mapping[str, Any]) -> Made:
        """Read what :meth:`as_dict` has written."""
        return cls(**{**told, "texts": tuple(told["texts"])})

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
    """

    reasons: tuple[str, ...]
    record: Mapping[str, Any] = field(default_factory=dict)

    @property
    def fresh(self) -> bool:
        """Whether it need not be made again."""
        return not self.reasons


NEVER = State(("never made",))


def page_digest(content: bytes) -> str:
    """Return the digest of a page, whichever of its links are shown."""
    return digest(SHOWN_OR_HIDDEN.sub(b">", content))


def output_digests(folder: Path) -> dict[str, str]:
    """Return the digests of everything in a folder but its record."""
    return {
        path.relative_to(folder).as_posix(): _file_digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != RECORD
    }


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
    place = outputs.place(job)
    if not place.exists():
        return NEVER
    record = read_sealed(place / RECORD)
    if record is None or "made" not in record:
        return State((f"output: {RECORD}",))
    made = Made.read(record["made"])
    parts = around.of_job(job, kind, parameters)
    day = str(parameters["as_of"])
    data = None if made.data_digest == around.data_digest else around.data_of_job(job, kind)
    return State(tuple(_reasons(made, parts, data, day, place, around)), record)


def of_results(parameters: Mapping[str, object], around: Surroundings, outputs: Outputs) -> State:
    """Return whether the results are fresh, and why not."""
    record = (read_sealed(outputs.state) or {}).get(RESULTS)
    if record is None or not outputs.results.exists():
        return NEVER
    made = Made.read(record["made"])
    day = str(parameters["as_of"])
    data = None if made.data_digest == around.data_digest else around.whole_data
    parts = around.of_results(parameters)
    return State(tuple(_reasons(made, parts, data, day, outputs.results, around)), record)


def _reasons(
    made: Made,
    parts: Digests,
    data: Digests | None,
    day: str,
    place: Path,
    around: Surroundings,
) -> Iterator[str]:
    """Tell everything that is not as it was: ``data`` only where the package is another."""
    yield from differing(made.parts, parts)
    if data is not None:
        yield from differing(made.data, data)
    others = made.texts_digest != around.texts_digest
    if others and made.texts_of_them != around.digest_of_texts(made.texts):
        yield "texts"
    if not made.since <= day <= made.until:
        yield f"day: it holds from {made.since} to {made.until}"
    yield from (f"output: {name}" for name in differing(made.outputs, output_digests(place)))


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
