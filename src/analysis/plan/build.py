"""The build: data/source in, the tables of data/plan out.

``build`` reads and computes; ``write`` puts the tables on disk, all of them or none.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.plan.agencies import load_agencies
from analysis.plan.appendix1 import Appendix1, parse_appendix1
from analysis.plan.appendix2 import Appendix2, parse_appendix2
from analysis.plan.body import declared_totals, parse_body
from analysis.plan.cells import Cell, Parts, split_parts
from analysis.plan.errors import KEEP_TEXT, Problems
from analysis.plan.facts import FILE as FACTS_FILE
from analysis.plan.facts import Levels, load_facts
from analysis.plan.grammar import Duties, Tools
from analysis.plan.indicator_tables import IndicatorTables
from analysis.plan.inheritance import fill_series, fill_tasks
from analysis.plan.names import Translations
from analysis.plan.readings import ReadingBook, check_unique, load_readings
from analysis.plan.register_tables import agency_rows, check_declared, declared_rows, reading_rows
from analysis.plan.sources import Sources, check_form, read_sources
from analysis.plan.tables import TABLES, Rows
from analysis.plan.task_tables import TaskTables
from analysis.plan.text_tables import citation_places, document_tables, section_rows


def build(source_dir: Path | str) -> dict[str, Rows]:
    """Make the tables of data/plan from a folder like data/source; nothing is written.

    Parameters
    ----------
    source_dir
        The folder with 155-kh-ubnd.txt and its YAML files.

    Returns
    -------
    dict
        ``{table: rows}`` in the order of :data:`~analysis.plan.TABLES`; a row is
        ``{column: text}`` with the table's columns in order, an empty text for a missing value.

    Raises
    ------
    PlanError
        If anything cannot be read or does not agree; it shows every fault that was found.
    """
    return build_from(read_sources(Path(source_dir)))


def build_from(sources: Sources) -> dict[str, Rows]:
    """Make the tables of data/plan from sources in memory; see :func:`build`.

    Raises
    ------
    PlanError
        If anything cannot be read or does not agree; it shows every fault that was found.
    """
    problems = Problems()
    check_form(sources.text, problems)
    check_declared("units", sources.units, "unit_id", problems)
    check_declared("levels", sources.levels, "level_id", problems)
    problems.raise_all()
    tables = _Build(sources, problems).tables()
    problems.raise_all()
    return {name: [_ordered(row, name) for row in tables[name]] for name in TABLES}


def _ordered(row: Mapping[str, str], table: str) -> dict[str, str]:
    columns = TABLES[table].columns
    if set(row) != set(columns):
        raise AssertionError(f"{table}: columns {sorted(set(row) ^ set(columns))} do not agree")
    return {column: row[column] for column in columns}


@dataclass(frozen=True)
class _Parsed:
    parts: Parts
    indicators: Appendix1
    tasks: Appendix2


class _Build:
    """One run of the build, with the helpers that its steps share."""

    def __init__(self, sources: Sources, problems: Problems) -> None:
        self.sources = sources
        self.problems = problems
        self.readings = ReadingBook(load_readings(sources.readings, problems))
        self.registry = load_agencies(sources.agencies, problems)
        self.english = Translations(sources.translations, problems)
        self.levels = Levels(sources.levels)
        units = {str(entry["id"]) for entry in sources.units}
        self.declared = load_facts(sources.series, units, self.levels, problems)

    def tables(self) -> dict[str, Rows]:
        """Make every table; the checks come last, when all readings have had their use."""
        parsed = self._parse()
        tables = {
            **self._indicator_tables(parsed.indicators),
            **self._task_tables(parsed.tasks),
            **self._text_tables(parsed),
            "units": declared_rows("units", "unit_id", self.sources.units),
            "levels": declared_rows("levels", "level_id", self.sources.levels),
            "agencies": self._agencies(parsed),
        }
        self._check(tables, parsed.parts)
        return {**tables, "readings": reading_rows(self.readings)}

    def _parse(self) -> _Parsed:
        parts = split_parts(self.sources.text, self.problems)
        unit_cells = frozenset(self.declared.unit_cells)
        tools = Tools(
            self.readings, self.registry, self.problems, unit_cells, self.declared.part_ids
        )
        indicators = parse_appendix1(parts.appendix1, tools)
        return _Parsed(parts, indicators, parse_appendix2(parts.appendix2, tools))

    def _indicator_tables(self, rows: Appendix1) -> dict[str, Rows]:
        filled = fill_series(rows, self.readings, self.problems)
        maker = IndicatorTables(
            self.declared, self.levels, self.readings, self.english, self.problems
        )
        return maker.make(rows, filled)

    def _task_tables(self, rows: Appendix2) -> dict[str, Rows]:
        filled = fill_tasks(rows.tasks, self.readings, self.problems)
        return TaskTables(self.readings, self.english, self.problems).make(rows, filled)

    def _text_tables(self, parsed: _Parsed) -> dict[str, Rows]:
        sections = parse_body(parsed.parts.body, self.problems)
        places = tuple(citation_places(sections, parsed.parts, parsed.tasks))
        documents = document_tables(places, self.sources.documents, self.readings, self.problems)
        return {"sections": section_rows(sections, self.english), **documents}

    def _agencies(self, parsed: _Parsed) -> Rows:
        indicators, tasks = parsed.indicators, parsed.tasks
        duties = (
            *(group.duties for group in indicators.groups),
            *(series.duties for series in indicators.series),
            *(task.duties for task in tasks.tasks),
        )
        cells = _agency_cells(duties)
        return agency_rows(self.registry, parsed.parts.body, cells, self.problems)

    def _check(self, tables: Mapping[str, Rows], parts: Parts) -> None:
        self.english.check_all_asked()
        check_unique(self.readings, self.problems)
        self.readings.check_used(self.problems)
        for table, total in declared_totals(parts.body, self.problems).items():
            self._check_total(table, len(tables[table]), total, "the body of the plan", KEEP_TEXT)
        self._check_total(
            "series", len(tables["series"]), self.declared.total, FACTS_FILE, f"mend {FACTS_FILE}"
        )
        self._check_keys(tables)

    def _check_total(self, table: str, found: int, total: int, where: str, mend: str) -> None:
        if found != total:
            what = f"{found} {table} were read, {total} are declared"
            self.problems.add(what, where, f"read the other faults first; {mend}")

    def _check_keys(self, tables: Mapping[str, Rows]) -> None:
        for name, rows in tables.items():
            seen: set[tuple[str, ...]] = set()
            for row in rows:
                key = tuple(row[column] for column in TABLES[name].key)
                if key in seen:
                    self.problems.add(f"{key} stands twice", name, "read the other faults first")
                seen.add(key)


def _agency_cells(duties: Iterable[Duties]) -> tuple[Cell, ...]:
    named = (one for each in duties for one in each.all)
    return tuple({Cell(one.text, one.line): None for one in named})


def to_csv(table: str, rows: Rows) -> str:
    """Write one table as CSV: header, commas, LF, minimal quoting, empty for missing."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, TABLES[table].columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def write(tables: Mapping[str, Rows], folder: Path | str) -> tuple[Path, ...]:
    """Write ``folder/<table>.csv`` for every table; return the paths, in the order of the tables.

    All files are written beside the folder first and put in place only when all are complete.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    names = [f"{name}.csv" for name in tables]
    with TemporaryDirectory(dir=folder.parent, prefix=".plan-") as place:
        for name, rows in tables.items():
            content = to_csv(name, rows)
            (Path(place) / f"{name}.csv").write_text(content, encoding="utf-8", newline="\n")
        for name in names:
            (Path(place) / name).replace(folder / name)
    return tuple(folder / name for name in names)
