"""A snapshot: what the plan says on one day, small enough to be kept and compared with the next.

A change feed needs to know what was said before. The snapshot keeps that as plain values, with
the printed texts of values and targets in both languages beside them, so that a change can be told
even when what it was before is no longer in the data. It holds no clock: the same data, day and
base year give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any, Final

from analysis.errors import UserError

FORMAT: Final = "plan155-snapshot/1"
"""Name and version of the format; the number changes when a reader of the old one would err."""

State = Mapping[str, Any]
States = Mapping[str, State]
Both = dict[str, str]
"""A text in both languages."""


class UnreadableError(UserError):
    """A file of the change feed cannot be read by this version."""


@dataclass(frozen=True)
class Snapshot:
    """What the plan says on one day.

    Parameters
    ----------
    data
        Name, version and SHA-256 digest of the descriptor of the data package.
    as_of
        The day of assessment (ISO 8601).
    base_year
        The declared base year.
    results
        SHA-256 digest of the descriptor of the published results, which names every table's own.
    holds_until
        The last day of assessment for which, with the same data, nothing here changes.
    series
        By series: ``indicator_id, group_id, agency_ids`` (leads), ``label`` (by language),
        ``breaks`` (pairs of area and first period);
        ``latest``: the province's latest comparable value (``observation_id, period, value,
        level_id, status, comparability, source_id, shown``) or ``None``; ``targets``, by target
        year: ``verdict, reason, grade, judged_year, judged_value, observation_id, gap, shown,
        stated`` (``shown``: the target by language; ``stated``: what it is made of).
    sources
        By source: ``title, publisher, url, tier, published``.
    observations
        By observation: ``series_id, measure, area_id, area, period, value, level_id, text,
        unit_id, status, comparability, source_id, shown``.
    tasks
        By task: ``task_group_id, agency_ids, name, source_ids, status, status_date, standing,
        cycle, schedule, phase, due_on, reports`` (day, status, source of all that is reported).
    """

    data: Mapping[str, str]
    as_of: str
    base_year: int
    results: str = ""
    holds_until: str = ""
    series: States = field(default_factory=dict)
    sources: States = field(default_factory=dict)
    observations: States = field(default_factory=dict)
    tasks: States = field(default_factory=dict)

    def as_text(self) -> str:
        """Return the snapshot as it is written: one state a line, so that versions compare."""
        content = {"format": FORMAT, **asdict(self)}
        return _object([_member(name, value) for name, value in content.items()]) + "\n"

    @classmethod
    def read(cls, content: Any) -> Snapshot:
        """Return the snapshot in the content of its file.

        Raises
        ------
        UnreadableError
            If it is none of this format, or something in it is missing or of another type.
        """
        faults = list(_faults(content))
        if faults:
            mend = "keep the file aside; the next run takes a new one"
            raise UnreadableError(f"not a snapshot: {'; '.join(faults)}", "snapshot.json", mend)
        return cls(**{one.name: content[one.name] for one in fields(cls)})

    def source(self, source_id: str) -> State:
        """Return a source; one that is not there has only its id, for a publisher."""
        return self.sources.get(source_id, {"publisher": source_id})


_SECTIONS: Final[Mapping[str, frozenset[str]]] = {
    name: frozenset(keys.split())
    for name, keys in {
        "series": "indicator_id group_id agency_ids label latest breaks targets",
        "sources": "title publisher url tier published",
        "observations": "series_id measure area_id area period value level_id text unit_id status "
        "comparability source_id shown",
        "tasks": "task_group_id agency_ids name source_ids status status_date standing cycle "
        "schedule phase due_on reports",
    }.items()
}
_NAMED = frozenset({"period", "status", "comparability", "source_id"})
_LATEST = _NAMED | {"observation_id", "value", "level_id", "shown"}
_TARGET = frozenset({"verdict", "reason", "grade", "observation_id", "shown", "stated"})
_PLAIN: Final = {"data": dict, "base_year": int, "results": str}


def _faults(content: Any) -> list[str]:
    """Return what keeps some content from being a snapshot that can be compared."""
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        return [f"its format is not {FORMAT}"]
    faults = [name for name, kind in _PLAIN.items() if not isinstance(content.get(name), kind)]
    faults += [name for name in ("as_of", "holds_until") if not _is_day(content.get(name))]
    for name, keys in _SECTIONS.items():
        states = content.get(name)
        if not isinstance(states, dict):
            faults.append(name)
        else:
            faults += [f"{name} {key}" for key, one in states.items() if not _has(one, keys)]
    if not faults:
        for name, sound in (("series", _judged), ("observations", _recorded)):
            faults += [f"{name} {key}" for key, one in content[name].items() if not sound(one)]
    return faults[:5]


def _is_day(text: Any) -> bool:
    try:
        return bool(date.fromisoformat(text).isoformat() == text)
    except (TypeError, ValueError):
        return False


def _recorded(state: State) -> bool:
    """Tell whether a recorded value can be told: it has a period, a standing, a source, texts."""
    told = isinstance(state["shown"], dict) and {"vi", "en"} <= set(state["shown"])
    return told and all(isinstance(state[name], str) for name in _NAMED)


def _has(state: Any, keys: frozenset[str]) -> bool:
    return isinstance(state, dict) and keys <= set(state)


def _judged(state: State) -> bool:
    latest, targets = state["latest"], state["targets"]
    sound = isinstance(targets, dict) and all(_has(one, _TARGET) for one in targets.values())
    return sound and (latest is None or (_has(latest, _LATEST) and _recorded(latest)))


def _member(name: str, value: Any) -> str:
    if name not in _SECTIONS:
        return f"{_json(name)}: {_json(value)}"
    lines = [f"  {_json(key)}: {_json(state)}" for key, state in value.items()]
    return f"{_json(name)}: {_object(lines)}"


def _object(members: list[str]) -> str:
    return "{" + ",".join(f"\n{one}" for one in members) + "\n}" if members else "{}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
