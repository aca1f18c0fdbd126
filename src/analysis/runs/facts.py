"""What a run must know of the data package: version, digest, and what reports can be about.

Read with the standard library alone, so that a command with nothing to do stays fast.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import UserError

DESCRIPTOR = "datapackage.json"
BUILD_HINT = "run `plan155 build`, or name another package with --data"
PATTERNS = {
    "group_id": re.compile(r"[1-9][0-9]*"),
    "task_group_id": re.compile(r"[IVXLC]+"),
    "agency_id": re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"),
}
"""What ids look like: they become names of folders."""


@dataclass(frozen=True)
class Subject:
    """Something a report can be about, and its names.

    Parameters
    ----------
    subject_id
        As the data write it: ``5``, ``IV``, ``so-y-te``.
    name_vi, name_en
        Its names.
    """

    subject_id: str
    name_vi: str
    name_en: str

    def name(self, language: str) -> str:
        """Return the name in ``vi`` or ``en``."""
        return self.name_vi if language == "vi" else self.name_en


@dataclass(frozen=True)
class PackageFacts:
    """The data package of a run.

    Parameters
    ----------
    root
        The folder that holds ``datapackage.json``.
    name, version
        As the descriptor says; empty if it does not.
    sha256
        Digest of the descriptor, which itself holds the digest of every table.
    subjects
        What reports can be about, by parameter and in the order of the data: ``group_id``,
        ``task_group_id``, ``agency_id``. None of a table that the package does not have.
    """

    root: Path
    name: str
    version: str
    sha256: str
    subjects: Mapping[str, tuple[Subject, ...]]

    def subject(self, parameter: str, subject_id: str) -> Subject:
        """Return a subject; one that the package lacks has its id for a name."""
        for subject in self.subjects.get(parameter, ()):
            if subject.subject_id == subject_id:
                return subject
        return Subject(subject_id, subject_id, subject_id)

    @property
    def subject_ids(self) -> dict[str, tuple[str, ...]]:
        """The ids of the subjects, by parameter."""
        return {
            parameter: tuple(subject.subject_id for subject in subjects)
            for parameter, subjects in self.subjects.items()
        }


def read_facts(root: Path) -> PackageFacts:
    """Read the facts of the package in a folder.

    Raises
    ------
    UserError
        If the folder has no descriptor, or the descriptor or its table of groups cannot be read.
    """
    path = root / DESCRIPTOR
    if not path.is_file():
        raise UserError(f"no data package: there is no {DESCRIPTOR}", str(root), BUILD_HINT)
    raw = path.read_bytes()
    descriptor = _parse(raw, path)
    return PackageFacts(
        root=root,
        name=str(descriptor.get("name", "")),
        version=str(descriptor.get("version", "")),
        sha256=hashlib.sha256(raw).hexdigest(),
        subjects=_subjects(Reader(root, descriptor)),
    )


def _parse(raw: bytes, path: Path) -> dict[str, Any]:
    try:
        descriptor = json.loads(raw)
    except ValueError as error:
        raise UserError(
            f"the descriptor is not JSON: {error}", str(path), "run `plan155 build`"
        ) from None
    if not isinstance(descriptor, dict):
        raise UserError("the descriptor is not an object", str(path), "run `plan155 build`")
    resources = descriptor.get("resources", [])
    if not isinstance(resources, list) or not all(isinstance(one, dict) for one in resources):
        what = "the resources of the descriptor are no list of objects"
        raise UserError(what, str(path), "run `plan155 build`")
    return descriptor


@dataclass(frozen=True)
class Reader:
    """Reads tables of the package as rows of text."""

    root: Path
    descriptor: Mapping[str, Any]

    def rows(self, name: str) -> list[dict[str, str]]:
        """Return the rows of a table; none if the package does not have it.

        Raises
        ------
        UserError
            If the package has it, but it cannot be read.
        """
        for resource in self.descriptor.get("resources", []):
            if resource.get("name") == name:
                return self._read(self.root / str(resource.get("path")), name)
        return []

    def _read(self, table: Path, name: str) -> list[dict[str, str]]:
        try:
            with table.open(encoding="utf-8", newline="") as lines:
                return list(csv.DictReader(lines, strict=True))
        except (OSError, ValueError, csv.Error) as error:
            what = f"the table {name} cannot be read: {error!r}"
            raise UserError(what, str(table), "run `plan155 check`") from None


def _subjects(reader: Reader) -> dict[str, tuple[Subject, ...]]:
    if not reader.rows("indicator_groups"):
        where = str(reader.root / DESCRIPTOR)
        raise UserError("the package has no resource indicator_groups", where, BUILD_HINT)
    agencies = _answering(reader)
    return {
        "group_id": _named(reader, "indicator_groups", "group_id"),
        "task_group_id": _named(reader, "task_groups", "task_group_id"),
        "agency_id": tuple(
            agency
            for agency in _named(reader, "agencies", "agency_id")
            if agency.subject_id in agencies
        ),
    }


def _columns(reader: Reader, table: str, *names: str) -> list[tuple[str, ...]]:
    """Return some columns of a table, row by row."""
    try:
        return [tuple(str(row[name] or "") for name in names) for row in reader.rows(table)]
    except KeyError as error:
        what = f"the table {table} cannot be read: it has no column {error}"
        raise UserError(what, table, "run `plan155 check`") from None


def _named(reader: Reader, table: str, key: str) -> tuple[Subject, ...]:
    rows = _columns(reader, table, key, "name_vi", "name_en")
    subjects = tuple(Subject(*row) for row in rows)
    for subject in subjects:
        if PATTERNS[key].fullmatch(subject.subject_id) is None:
            what = f"the table {table} cannot be read: {subject.subject_id!r} is no {key}"
            raise UserError(what, table, "run `plan155 check`")
    return subjects


def _answering(reader: Reader) -> set[str]:
    """Return the agencies that the plan names for something, and those that took over from them.

    The same rule in frames is :func:`analysis.results.agency_frame`.
    """
    named: set[str] = set()
    for table in ("indicator_agencies", "task_agencies"):
        named.update(agency for (agency,) in _columns(reader, table, "agency_id"))
    pairs = _columns(reader, "agency_successions", "predecessor_id", "successor_id")
    return named | {successor for predecessor, successor in pairs if predecessor in named}
