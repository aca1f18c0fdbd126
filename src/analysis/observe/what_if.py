"""What if: hypothetical values laid beside the observed ones, told apart from them everywhere.

A what-if never touches the package. Its values get sources and numbers of their own
(``what-if…``), the version of the data says ``+what-if``, and they stand for their years whatever
else is known of them, since a what-if is asked to see its effect.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from analysis.errors import UserError, raise_all
from analysis.observe.checks import is_number
from analysis.observe.periods import is_period
from analysis.observe.terms import COMPARABILITIES, STATUSES
from analysis.observe.view import KEY
from analysis.package.tables import Tables
from analysis.words import LANGUAGES, Words

if TYPE_CHECKING:
    import pandas as pd

WHAT_IF: Final = "what-if"
"""Source of the hypothetical values, and how the numbers of their records begin."""

RULE: Final = "what_if"
"""What decided: the ``comparability_rule`` of the records, and ``decided_by`` in the view."""

COLUMNS: Final = (
    "series_id", "period", "value", "level", "area_id", "unit", "status", "comparability", "note",
    "source_title",
)  # fmt: skip

_NEEDED: Final = ("series_id", "period")
_DEFAULTS: Final = {"area_id": "QN", "status": "estimate", "comparability": "exact", "note": ""}
_NO_LEVEL: Final = "none"

Cells: TypeAlias = Mapping[str, Any]
"""One row as given: column → cell; empty cells are left out."""

Fault: TypeAlias = tuple[str, str, str]
"""Column, what is wrong with it, and how to mend it."""


@dataclass(frozen=True)
class _Known:
    """What a row may name.

    Attributes
    ----------
    series
        Series → its row.
    areas
        The areas.
    units
        A unit as it may be written, in small letters → the units it can mean.
    levels
        Scale → level → its ordinal.
    """

    series: Mapping[str, Cells]
    areas: tuple[str, ...]
    units: Mapping[str, frozenset[str]]
    levels: Mapping[str, Mapping[str, int]]


def with_what_if(tables: Tables, rows: pd.DataFrame | Iterable[Cells]) -> Tables:
    """Return tables that hold hypothetical values as well; the given ones stay as they are.

    Parameters
    ----------
    tables
        The tables of a package, possibly with hypothetical values already.
    rows
        The values, as :meth:`analysis.api.Plan.with_observations` describes them.

    Returns
    -------
    Tables
        New frames throughout. ``observations`` has a row more for each value: its
        ``observation_id`` and ``source_id`` begin with ``what-if``, its ``comparability_rule`` is
        ``what_if``, and ``recorded_on`` is empty, since nothing was recorded. ``sources`` has a
        row more for each title. The version ends with ``+what-if``; there is no digest.

    Raises
    ------
    UserErrors
        All faults of all rows together.
    """
    given = _given(rows)
    known = _known(tables)
    raise_all([*_column_faults(given), *_row_faults(given, known)])
    raise_all(_repeats(given, tables["observations"]))
    sources = _sources(given, tables["sources"])
    records = _records(given, known, sources, tables["observations"])
    frames = {name: tables[name].copy(deep=False) for name in tables}
    frames["observations"] = _appended(tables["observations"], records)
    frames["sources"] = _appended(tables["sources"], _new_sources(sources, tables["sources"]))
    version = f"{tables.version.partition('+')[0]}+{WHAT_IF}"
    return Tables(frames, {**tables.descriptor, "version": version}, tables.root)


def hypothetical(observations: pd.DataFrame) -> pd.DataFrame:
    """Return the hypothetical ones among the rows of table ``observations``."""
    return observations[observations["observation_id"].str.startswith(WHAT_IF)]


def preferred(view: pd.DataFrame, supposed: pd.DataFrame) -> pd.DataFrame:
    """Let hypothetical values stand for their series, area and year.

    Parameters
    ----------
    view
        The current view of all values (:func:`analysis.observe.current_view`).
    supposed
        The current view of the hypothetical values alone, for the same day.

    Returns
    -------
    pandas.DataFrame
        The first view with the rows of the second in their places. ``decided_by`` is ``what_if``
        where another value was set aside for it, ``set_aside`` names those.
    """
    import pandas as pd

    if supposed.empty:
        return view
    found = supposed.merge(view, on=KEY, suffixes=("", "_of_all"), validate="one_to_one")
    found = found.assign(
        set_aside=[_others(row) for row in found.to_dict("records")],
        n_candidates=found["n_candidates_of_all"],
    )
    displaces = found["set_aside"].str.contains(rf"(?:^| )(?!{WHAT_IF})", regex=True)
    found["decided_by"] = found["decided_by"].mask(displaces & found["set_aside"].ne(""), RULE)
    taken = pd.MultiIndex.from_frame(view[KEY]).isin(pd.MultiIndex.from_frame(found[KEY]))
    rows = pd.concat([view[~taken], found[view.columns]], ignore_index=True)
    return rows.sort_values(KEY, ignore_index=True).astype(view.dtypes.to_dict())


def _others(row: Mapping[Any, Any]) -> str:
    """Return the candidates of all values but the chosen one, best first."""
    names = f"{row['observation_id_of_all']} {row['set_aside_of_all']}".split()
    return " ".join(name for name in names if name != row["observation_id"])


def _given(rows: pd.DataFrame | Iterable[Cells]) -> list[dict[str, Any]]:
    """Return the rows as mappings without their empty cells."""
    import pandas as pd

    records = rows.to_dict("records") if isinstance(rows, pd.DataFrame) else list(rows)
    filled: list[dict[str, Any]] = []
    for row in records:
        cells = {str(name): _stripped(cell) for name, cell in row.items()}
        filled.append({name: cell for name, cell in cells.items() if not _empty(cell)})
    return filled


def _stripped(cell: Any) -> Any:
    return cell.strip() if isinstance(cell, str) else cell


def _empty(cell: Any) -> bool:
    import pandas as pd

    return cell is None or cell is pd.NaT or cell is pd.NA or cell == "" or cell != cell  # noqa: PLR0124 - NaN


def _known(tables: Tables) -> _Known:
    rows = tables["series"].to_dict("records")
    levels: dict[str, dict[str, int]] = {}
    for level in tables["levels"].to_dict("records"):
        levels.setdefault(str(level["scale"]), {})[str(level["level_id"])] = int(level["ordinal"])
    return _Known(
        series={str(row["series_id"]): {str(name): row[name] for name in row} for row in rows},
        areas=tuple(tables["areas"]["area_id"]),
        units=_unit_names(tables),
        levels=levels,
    )


def _unit_names(tables: Tables) -> dict[str, frozenset[str]]:
    names: dict[str, frozenset[str]] = {}
    units, aliases = tables["units"], tables["unit_aliases"]
    written = [(aliases["unit_text"], aliases["unit_id"])]
    columns = ("unit_id", "label_vi", "label_en", "symbol_vi", "symbol_en")
    written += [(units[name], units["unit_id"]) for name in columns]
    for texts, ids in written:
        for text, unit in zip(texts, ids, strict=True):
            if isinstance(text, str):
                names[text.casefold()] = names.get(text.casefold(), frozenset()) | {str(unit)}
    return names


# Faults


def _column_faults(rows: list[dict[str, Any]]) -> Iterator[UserError]:
    if not rows:
        yield UserError("there are no rows", "the what-if", "give at least one value")
    for name in dict.fromkeys(name for row in rows for name in row):
        if name not in COLUMNS:
            mend = _near(name, COLUMNS) or f"the columns are {', '.join(COLUMNS)}"
            yield UserError(f"unknown column {name!r}", "the what-if", mend)


def _row_faults(rows: list[dict[str, Any]], known: _Known) -> Iterator[UserError]:
    for number, row in enumerate(rows, 1):
        for check in _CHECKS:
            for column, what, mend in check(row, known):
                yield UserError(what, f"row {number}, column {column}", mend)


def _near(name: str, names: Iterable[str]) -> str:
    near = get_close_matches(name, list(names))
    return f"did you mean {', '.join(near)}?" if near else ""


def _needed(row: Cells, _: _Known) -> Iterator[Fault]:
    for column in _NEEDED:
        if column not in row:
            yield column, "an empty cell", f"every row needs {' and '.join(_NEEDED)}"
    if "value" not in row and "level" not in row:
        yield "value", "neither a value nor a level", "give one of the two"
    if "value" in row and "level" in row:
        yield "level", "a value and a level as well", "give one of the two"


def _series(row: Cells, known: _Known) -> Iterator[Fault]:
    name = row.get("series_id")
    if name is not None and _facts(row, known) is None:
        parts = [one for one in known.series if one.startswith(f"{name}-")]
        near = f"did you mean {', '.join(parts)}?" if parts else _near(str(name), known.series)
        text = "" if isinstance(name, str) else 'write the code as text, such as "5.10"; '
        yield "series_id", f"the plan has no series {name!r}", f"{text}{near or 'see the series'}"


def _facts(row: Cells, known: _Known) -> Cells | None:
    """Return what the plan says of the row's series; nothing if it has no such series."""
    name = row.get("series_id")
    return known.series.get(name) if isinstance(name, str) else None


def _period(row: Cells, _: _Known) -> Iterator[Fault]:
    if "period" not in row:
        return
    period = period_text(row["period"])
    mend = "write 2027, 2027-06, 2027-Q2 or 2027-H1"
    if not is_period(period):
        yield "period", f"{row['period']!r} is no period", mend
    elif len(period) == len("2016-2020"):
        yield "period", f"{period!r} is more than one year: it would not be judged", mend


def period_text(cell: Any) -> str:
    """Return a period as text, such as ``2027`` for the number 2027."""
    number = _number(cell) if not isinstance(cell, str) else None
    return str(int(number)) if number is not None and number.is_integer() else str(cell)


def _value(row: Cells, known: _Known) -> Iterator[Fault]:
    facts = _facts(row, known)
    if "value" not in row:
        return
    number = _number(row["value"])
    if number is None:
        mend = "write a number such as 95.76, with a decimal point and nothing else"
        yield "value", f"{row['value']!r} is no number", mend
    elif facts is not None and facts["scale"] != _NO_LEVEL:
        yield from _ordinal(number, "value", known.levels[facts["scale"]])
    elif facts is not None:
        yield from _outside(number, facts)


def _number(cell: Any) -> float | None:
    if isinstance(cell, str):
        return float(cell) if is_number(cell) else None
    real = isinstance(cell, numbers.Real) and not isinstance(cell, bool)
    return float(cell) if real and math.isfinite(cell) else None


def _outside(number: float, facts: Cells) -> Iterator[Fault]:
    low, high = (float(facts[name]) for name in ("natural_min", "natural_max"))
    if number < low or number > high:
        bounds = f"at least {low:g}" + (f" and at most {high:g}" if math.isfinite(high) else "")
        yield "value", f"{number:g} is outside the natural limits", f"a value here is {bounds}"


def _level(row: Cells, known: _Known) -> Iterator[Fault]:
    facts = _facts(row, known)
    if "level" not in row or facts is None:
        return
    if facts["scale"] == _NO_LEVEL:
        yield "level", f"{row['series_id']} has no levels", "give a value instead"
        return
    levels = known.levels[facts["scale"]]
    number = _number(row["level"])
    if number is not None:
        yield from _ordinal(number, "level", levels)
    elif str(row["level"]) not in levels:
        yield "level", f"{row['level']!r} is no level of this scale", _levels(levels)


def _ordinal(number: float, column: str, levels: Mapping[str, int]) -> Iterator[Fault]:
    if number not in levels.values():
        yield column, f"{number:g} is no level of this scale", _levels(levels)


def _levels(levels: Mapping[str, int]) -> str:
    return "the levels are " + ", ".join(f"{rank} ({name})" for name, rank in levels.items())


def _unit(row: Cells, known: _Known) -> Iterator[Fault]:
    facts = _facts(row, known)
    if "unit" not in row or facts is None:
        return
    units = known.units.get(str(row["unit"]).casefold(), frozenset())
    own = {str(facts["unit_id"])} | ({"level"} if facts["scale"] != _NO_LEVEL else set())
    mend = f"the unit of this series is {facts['unit_id']}; no value is converted"
    if not units:
        yield "unit", f"unknown unit {row['unit']!r}", mend
    elif not units & own:
        meant = " or ".join(sorted(units))
        yield "unit", f"{row['unit']!r} ({meant}) is not the unit of {row['series_id']}", mend


def _area(row: Cells, known: _Known) -> Iterator[Fault]:
    yield from _one_of("area_id", known.areas, row)


def _one_of(column: str, names: tuple[str, ...], row: Cells, _: object = None) -> Iterator[Fault]:
    if column in row and row[column] not in names:
        yield column, f"unknown {column} {row[column]!r}", f"write one of {', '.join(names)}"


_CHECKS: Final[tuple[Callable[[Cells, _Known], Iterator[Fault]], ...]] = (
    _needed,
    _series,
    _period,
    _value,
    _level,
    _unit,
    _area,
    partial(_one_of, "status", STATUSES),
    partial(_one_of, "comparability", COMPARABILITIES),
)


def _repeats(rows: list[dict[str, Any]], observations: pd.DataFrame) -> Iterator[UserError]:
    """Return a fault for each value that is supposed twice: only one of them could be seen."""
    old = hypothetical(observations)
    columns = ("series_id", "area_id", "period")
    seen = dict.fromkeys(zip(*(old[name] for name in columns), strict=True), "an earlier what-if")
    for number, row in enumerate(rows, 1):
        area = row.get("area_id", _DEFAULTS["area_id"])
        key = (row["series_id"], area, period_text(row["period"]))
        if key in seen:
            what = f"{seen[key]} has a value for {', '.join(key)} already"
            mend = "keep one of the two; a plan's .original is without any what-if"
            yield UserError(what, f"row {number}", mend)
        seen.setdefault(key, f"row {number}")


# Records


def _sources(rows: list[dict[str, Any]], sources: pd.DataFrame) -> dict[str, str]:
    """Return the sources of the rows, source title → id; those of an earlier what-if are kept."""
    old = sources[sources["source_id"].str.startswith(WHAT_IF)]
    ids = dict(zip(old["title"], old["source_id"], strict=True))
    for title in dict.fromkeys(_title(row) for row in rows):
        if title not in ids:
            ids[title] = WHAT_IF if title == _title({}) else f"{WHAT_IF}-{len(ids) + 1}"
    return ids


def _title(row: Cells) -> str:
    own = row.get("source_title", "")
    return _in_both("what_if.source") + (f": {own}" if own else "")


def _in_both(key: str) -> str:
    return " · ".join(Words(language)(key) for language in LANGUAGES)


def _new_sources(ids: Mapping[str, str], sources: pd.DataFrame) -> list[dict[str, Any]]:
    known = set(sources["source_id"])
    publisher = _in_both("what_if.publisher")
    return [
        {"source_id": name, "title": title, "publisher": publisher, "tier": "other"}
        for title, name in ids.items()
        if name not in known
    ]


def _records(
    rows: list[dict[str, Any]], known: _Known, sources: Mapping[str, str], observed: pd.DataFrame
) -> list[dict[str, Any]]:
    first = len(hypothetical(observed)) + 1
    return [
        {
            **{name: row.get(name, default) for name, default in _DEFAULTS.items()},
            "observation_id": f"{WHAT_IF}-{number:04}",
            "series_id": row["series_id"],
            "period": period_text(row["period"]),
            **_measured(row, known),
            "unit_id": known.series[row["series_id"]]["unit_id"],
            "unit_source": str(row.get("unit", "")),
            "comparability_rule": RULE,
            "source_id": sources[_title(row)],
            "addition_id": WHAT_IF,
        }
        for number, row in enumerate(rows, first)
    ]


def _measured(row: Cells, known: _Known) -> dict[str, Any]:
    """Return value and level as the table of observations has them: one of the two."""
    scale = known.series[row["series_id"]]["scale"]
    cell = row.get("value", row.get("level"))
    number = _number(cell)
    if scale == _NO_LEVEL:
        return {"value": number, "level_id": _NO_LEVEL}
    names = {rank: name for name, rank in known.levels[scale].items()}
    return {"value": math.nan, "level_id": cell if number is None else names[int(number)]}


def _appended(frame: pd.DataFrame, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return a frame with rows at its end, with the same columns and types."""
    import pandas as pd

    if not rows:
        return frame.copy(deep=False)
    cells = pd.DataFrame(rows).reindex(columns=frame.columns).replace("", None)
    typed = cells.astype(frame.dtypes.to_dict())
    return pd.concat([frame, typed], ignore_index=True)
