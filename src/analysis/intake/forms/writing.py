"""Forms as files: one XLSX file an agency, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from analysis.errors import UserError
from analysis.intake.forms.answering import Answering, answering
from analysis.intake.forms.asking import lists
from analysis.intake.forms.content import Known, known
from analysis.intake.forms.guide import guide
from analysis.intake.forms.wording import both
from analysis.intake.forms.workbook import Parts, form_bytes
from analysis.package.tables import Tables


def write_forms(
    tables: Tables, folder: Path, *, agency_id: str, year: int, as_of: date
) -> tuple[Path, ...]:
    """Write the form of an agency, or the forms of all agencies, and return their paths.

    Parameters
    ----------
    tables
        The package with the rows that stand only (see :func:`analysis.observe.standing`).
    folder
        Where the forms go; it is made if it is not there. A form of the same name is replaced.
    agency_id
        An agency that exists on the day, or ``all``: every one that exists and leads, or collects
        the figures of, at least one series or task.
    year
        The year whose figures are asked for.
    as_of
        The day of which the form shows the state: successions, latest values.

    Returns
    -------
    tuple of pathlib.Path
        ``plan155-AGENCY-YEAR.xlsx``, in the order of table ``agencies``. The same package, year
        and day give the same bytes.

    Raises
    ------
    UserError
        If the agency is unknown, has ended or answers for nothing, if the year has not begun, if
        the folder cannot be written to, or if XlsxWriter is not installed.
    """
    _check_year(year, as_of)
    asked = answering(tables, agency_id, as_of=as_of)
    facts, choices = known(tables, as_of), lists(tables)
    ready = {
        name: form_bytes(_parts(tables, facts, choices, agency, year, as_of, name))
        for agency in asked
        for name in [f"plan155-{agency.agency_id}-{year}.xlsx"]
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(_put(data, folder / name) for name, data in ready.items())
    except OSError as error:
        what = f"the form cannot be written: {error.strerror}"
        raise UserError(what, str(folder), "name a folder in which files can be made") from error


def _check_year(year: int, as_of: date) -> None:
    if not 1900 <= year <= as_of.year:
        raise UserError(
            f"no form can be made for {year}",
            "",
            f"name a year up to {as_of.year}: later ones have no figures yet",
        )


def _parts(
    tables: Tables,
    facts: Known,
    choices: Mapping[str, tuple[str, ...]],
    agency: Answering,
    year: int,
    as_of: date,
    name: str,
) -> Parts:
    return Parts(
        title=both("form.title.guide", year=year),
        agency_id=agency.agency_id,
        agency=agency.name,
        year=year,
        data_version=tables.version,
        data_sha256=tables.sha256,
        guide=guide(agency, year, tables.version, as_of, name),
        rows={"values": facts.groups(agency, "indicator"), "tasks": facts.groups(agency, "task")},
        lists=choices,
        created=datetime.combine(as_of, datetime.min.time()),
    )


def _put(data: bytes, path: Path) -> Path:
    """Write a file beside its place and move it there: nobody meets half a file."""
    beside = path.with_name(f".{path.stem}-{os.getpid()}.part")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path
