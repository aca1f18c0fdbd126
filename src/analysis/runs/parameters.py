"""Checking what was asked for, before anything starts.

papermill itself only warns of a parameter that a notebook does not have, and guesses types
(``007`` becomes 7). Here every name, type and range is checked first, all faults are told
together, and near misses get a suggestion.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from analysis.errors import UserError, raise_all
from analysis.runs.facts import PackageFacts
from analysis.runs.job import Job, all_jobs
from analysis.runs.kinds import Kind
from analysis.words import LANGUAGES

BASE_YEARS = range(2010, 2026)
SUBJECT_OPTIONS = {"group_id": "--group", "task_group_id": "--task-group", "agency_id": "--agency"}
SET_BY_THE_RUN = {
    **SUBJECT_OPTIONS,
    "language": "--language",
    "data": "--data",
    "results": "--outputs",
}
NOUNS = {"group_id": "indicator group", "task_group_id": "task group", "agency_id": "agency"}
STANDARD = ("language", "base_year", "as_of", "data", "results")

Value = str | int | float | bool
T = TypeVar("T")
Defaults = Mapping[str, object]


@dataclass(frozen=True)
class Request:
    """What was asked for, as it was typed.

    Parameters
    ----------
    kinds
        Names; empty means all, or those about the subjects that are named.
    subjects
        What the reports are to be about, by parameter; empty or absent means all.
    language
        ``vi``, ``en`` or ``all``.
    base_year
        The declared base year; empty means the notebook's own default.
    as_of
        The day of assessment (ISO 8601); empty means today.
    extra
        Further parameters as pairs of name and value.
    """

    kinds: tuple[str, ...] = ()
    subjects: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    language: str = "vi"
    base_year: str = ""
    as_of: str = ""
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Selection:
    """What will be run: jobs, and the parameters that they have in common.

    Parameters
    ----------
    jobs
        In the order of language, subject, kind.
    parameters
        By kind: the checked values that each notebook of the kind is given.
    kinds
        Every kind of report that there is, also those of which nothing is run.
    """

    jobs: tuple[Job, ...]
    parameters: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    kinds: tuple[Kind, ...] = ()

    def kind(self, name: str) -> Kind:
        """Return a kind of report by its name."""
        return next(kind for kind in self.kinds if kind.name == name)

    @property
    def as_of(self) -> str:
        """The day of assessment."""
        return str(next(iter(self.parameters.values()))["as_of"])


def select(
    request: Request,
    facts: PackageFacts,
    kinds: Sequence[Kind],
    notebooks: Path,
    today: date,
) -> Selection:
    """Turn a request into jobs and checked parameters.

    Parameters
    ----------
    request
        What was asked for.
    facts
        The data package; it says which subjects exist.
    kinds
        The kinds of report that there are (:func:`analysis.runs.kinds.read_kinds`).
    notebooks
        The folder of their notebooks.
    today
        The day of assessment if none was named.

    Raises
    ------
    UserErrors
        All faults of the request together.
    """
    faults: list[UserError] = []
    chosen = _chosen_kinds(request, kinds, faults)
    subjects = _chosen_subjects(request, facts, chosen, faults)
    languages = _languages(request.language, faults)
    named = _named(request, faults)
    as_of = _checked(_iso_date, named.pop("as_of"), today.isoformat(), faults)
    base_year = _checked(_base_year, named.pop("base_year"), None, faults)
    parameters: dict[str, dict[str, Value]] = {}
    for kind in chosen or kinds:
        path = notebooks / f"{kind.name}.ipynb"
        defaults = _defaults(path, kind, faults)
        parameters[kind.name] = _typed(named, defaults, path.name, faults)
        parameters[kind.name] |= _year(base_year, defaults) | {"as_of": as_of}
    raise_all(faults)
    return Selection(all_jobs(chosen, subjects, languages), parameters, tuple(kinds))


def _chosen_kinds(
    request: Request, kinds: Sequence[Kind], faults: list[UserError]
) -> tuple[Kind, ...]:
    """Return the kinds asked for; without a name, those about the subjects that are named."""
    names = _known(request.kinds, [kind.name for kind in kinds], "--kind", "kind of report", faults)
    about = {name for name, ids in request.subjects.items() if ids}
    chosen = tuple(kind for kind in kinds if kind.name in names)
    if about and not request.kinds:
        chosen = tuple(kind for kind in kinds if kind.subject in about)
    for name in sorted(about - {kind.subject for kind in chosen}):
        fitting = ", ".join(kind.name for kind in kinds if kind.subject == name) or "none"
        what = f"no report that is asked for is about one {NOUNS[name]}"
        faults.append(UserError(what, SUBJECT_OPTIONS[name], f"name its kind: {fitting}"))
    return chosen


def _chosen_subjects(
    request: Request, facts: PackageFacts, kinds: Sequence[Kind], faults: list[UserError]
) -> dict[str, tuple[str, ...]]:
    used = dict.fromkeys(kind.subject for kind in kinds if kind.subject)
    return {
        name: _known(
            request.subjects.get(name, ()),
            facts.subject_ids.get(name, ()),
            SUBJECT_OPTIONS[name],
            NOUNS[name],
            faults,
        )
        for name in used
    }


def _known(
    asked: Sequence[str],
    known: Sequence[str],
    option: str,
    noun: str,
    faults: list[UserError],
) -> tuple[str, ...]:
    """Return what was asked for in the order of ``known``; all of it if nothing was."""
    for name in asked:
        if name not in known:
            mend = _suggestion(name, known)
            faults.append(UserError(f"there is no {noun} {name!r}", option, mend))
    return tuple(name for name in known if not asked or name in asked)


def _languages(asked: str, faults: list[UserError]) -> tuple[str, ...]:
    choices = (*LANGUAGES, "all")
    if asked not in choices:
        mend = _suggestion(asked, choices)
        faults.append(UserError(f"there is no language {asked!r}", "--language", mend))
    return LANGUAGES if asked == "all" else (asked,)


def _suggestion(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, n=1)
    first = f"did you mean {near[0]!r}? " if near else ""
    return f"{first}choose from {', '.join(known)}"


def _named(request: Request, faults: list[UserError]) -> dict[str, str]:
    """Return the values that were given by name; a name given twice is a fault."""
    values = {"base_year": request.base_year, "as_of": request.as_of}
    for name, value in request.extra:
        if name in SET_BY_THE_RUN:
            mend = f"use {SET_BY_THE_RUN[name]}"
            faults.append(UserError(f"{name} is set by the run itself", f"-p {name}", mend))
        elif values.get(name):
            faults.append(UserError(f"{name} is given twice", f"-p {name}", "give it once"))
        else:
            values[name] = value
    return values


def _checked(check: Callable[[str], T], text: str, default: T, faults: list[UserError]) -> T:
    if not text:
        return default
    try:
        return check(text)
    except UserError as fault:
        faults.append(fault)
        return default


def _iso_date(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        what = f"as_of is not a date of the calendar: {text!r}"
        raise UserError(what, "--as-of", "write it as YYYY-MM-DD, for example 2026-06-30")
    return text


def _base_year(text: str) -> int:
    if not text.isdecimal() or int(text) not in BASE_YEARS:
        what = f"base_year is not a year that can be used: {text!r}"
        mend = f"give a year from {BASE_YEARS[0]} to {BASE_YEARS[-1]}"
        raise UserError(what, "--base-year", mend)
    return int(text)


def _year(asked: int | None, defaults: Defaults) -> dict[str, Value]:
    """Return the base year that applies, so that the record of the run names it."""
    year = defaults.get("base_year") if asked is None else asked
    return {"base_year": year} if isinstance(year, int) else {}


def _defaults(path: Path, kind: Kind, faults: list[UserError]) -> Defaults:
    """Return the parameters that a notebook has, with their defaults."""
    standard = [name for name in (kind.subject, *STANDARD) if name]
    try:
        defaults = inspect(path)
    except UserError as fault:
        faults.append(fault)
        return dict.fromkeys(standard)
    missing = [name for name in standard if name not in defaults]
    if missing:
        what = f"the notebook does not have the parameters {', '.join(missing)}"
        mend = "add them, with defaults, to its cell tagged `parameters`"
        faults.append(UserError(what, str(path), mend))
    return defaults


def inspect(path: Path) -> dict[str, object]:
    """Return the parameters of a notebook and their defaults, as papermill sees them.

    They are read from the cell tagged ``parameters`` without running it, and without papermill,
    whose import alone takes longer than a run with nothing to do.

    Raises
    ------
    UserError
        If there is no such notebook, or it cannot be read.
    """
    if not path.is_file():
        raise UserError("there is no such notebook", str(path), "check --notebooks and --kind")
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in cells if _is_of_parameters(cell)]
        return dict(_assigned(ast.parse("\n".join(sources[:1]))))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, SyntaxError) as error:
        what = f"the notebook cannot be read: {error!r}"
        raise UserError(what, str(path), "open and save it with Jupyter") from error


def _is_of_parameters(cell: Mapping[str, Any]) -> bool:
    return cell["cell_type"] == "code" and "parameters" in cell["metadata"].get("tags", ())


def _assigned(module: ast.Module) -> Iterator[tuple[str, object]]:
    for line in module.body:
        if isinstance(line, ast.AnnAssign) and line.value is not None:
            targets: list[ast.expr] = [line.target]
            value = line.value
        elif isinstance(line, ast.Assign):
            targets, value = line.targets, line.value
        else:
            continue
        for target in targets:
            if isinstance(target, ast.Name):
                yield target.id, _literal(value)


def _literal(value: ast.expr) -> object:
    try:
        found: object = ast.literal_eval(value)
    except ValueError:
        return None
    return found


def _typed(
    named: Mapping[str, str], defaults: Defaults, notebook: str, faults: list[UserError]
) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name, text in named.items():
        if name not in defaults:
            free = [known for known in defaults if known not in SET_BY_THE_RUN]
            what = f"{notebook} has no parameter {name!r}"
            faults.append(UserError(what, f"-p {name}", _suggestion(name, free)))
            continue
        try:
            values[name] = convert(text, defaults[name])
        except ValueError:
            noun = type(defaults[name]).__name__
            mend = f"give a value of type {noun}, as its default {defaults[name]!r} is"
            what = f"{name} cannot be {text!r} in {notebook}"
            faults.append(UserError(what, f"-p {name}", mend))
    return values


def convert(text: str, default: object) -> Value:
    """Read a value as the type of its default; text stays as it was typed (``007`` too).

    Raises
    ------
    ValueError
        If it cannot be read so, or the default is of a type that cannot be typed on a command
        line.
    """
    if default is None or isinstance(default, str):
        return text
    if isinstance(default, bool):
        return _bool(text)
    if isinstance(default, int):
        return int(text)
    if isinstance(default, float):
        return float(text)
    raise ValueError(text)


def _bool(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise ValueError(text)
    return text.lower() == "true"
