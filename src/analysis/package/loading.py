"""``load()``: a package from a folder, a zip file or an address, as typed frames."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import UserError
from analysis.package import keeping
from analysis.package.changing import reading
from analysis.package.describing import FALSE, TRUE, sha256
from analysis.package.faults import refuse_all
from analysis.package.origins import DESCRIPTOR, Folder, Origin, is_safe, open_origin
from analysis.package.raw import RawTable, parse_csv, parse_descriptor
from analysis.package.tables import Tables

if TYPE_CHECKING:
    import pandas as pd

FETCH = "fetch the package again, or run `plan155 build` if it is your own"
_INTEGER = re.compile(r"[-+]?\d+")


def load(source: str | Path | None = None) -> Tables:
    """Load the data package.

    Parameters
    ----------
    source
        A folder, its ``datapackage.json``, a zip file, or the http(s) address of one of the last
        two. Without it: the nearest package of this name from the working directory upwards,
        else what the environment variable ``PLAN155_DATA`` names, else the checkout that holds
        this code.

    Returns
    -------
    Tables
        One typed frame per resource; :class:`Tables` says which types.

    Raises
    ------
    PackageError
        If there is no package, a file is missing or (from a zip file or address) not the one the
        descriptor describes, columns are not those of the schema, or a cell is not of its type.
        All faults of one kind are named at once.
    """
    origin = open_origin(source)
    with _held(origin):
        return keeping.recall(origin) or _read(origin)


def keep(source: str | Path) -> Tables:
    """Load the package in a folder, and keep it for later calls of :func:`load`.

    They get it without reading it anew, in this process and in those that are forked from it, as
    long as no file of it is changed. Parameters and errors are those of :func:`load`.
    """
    origin = open_origin(source)
    with _held(origin):
        before = _stamp(origin)
        tables = _read(origin)
        keeping.keep(origin, before, tables)
    return tables


def _held(origin: Origin) -> AbstractContextManager[None]:
    """Keep a folder as it is while it is read."""
    return reading(origin.place) if isinstance(origin, Folder) else nullcontext()


def _stamp(origin: Origin) -> keeping.Stamp:
    if not isinstance(origin, Folder):
        return ()
    paths = (resource["path"] for resource in _descriptor(origin)["resources"])
    return keeping.stamp(origin, [DESCRIPTOR, *paths])


def _read(origin: Origin) -> Tables:
    descriptor = _descriptor(origin)
    files = _files(origin, descriptor)
    tables = _parsed(descriptor, files)
    frames = _frames(descriptor, tables)
    digest = sha256(origin.read(DESCRIPTOR) or b"").removeprefix("sha256:")
    return Tables(frames, descriptor, origin.place, digest)


def _descriptor(origin: Origin) -> dict[str, Any]:
    errors: list[UserError] = []
    data = origin.read(DESCRIPTOR)
    if data is None:
        errors.append(UserError(f"no {DESCRIPTOR} here", str(origin.place), FETCH))
    found = {} if data is None else parse_descriptor(data, str(origin.place), errors)
    for resource in found.get("resources", ()):
        errors += _incomplete(resource, str(origin.place))
    refuse_all(errors)
    return found


def _incomplete(resource: Any, place: str) -> list[UserError]:
    """Return a fault if a resource cannot be read safely by its description."""
    if not isinstance(resource, dict):
        return [UserError("a resource is no mapping", place, FETCH)]
    path, name = resource.get("path"), resource.get("name")
    if not isinstance(name, str) or not isinstance(path, str) or not is_safe(path):
        return [UserError(f"resource {name!r} has an unsafe path {path!r}", place, FETCH)]
    if not resource.get("schema", {}).get("fields"):
        return [UserError(f"resource {name!r} has no fields", place, FETCH)]
    return []


def _files(origin: Origin, descriptor: Mapping[str, Any]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    errors: list[UserError] = []
    for resource in descriptor["resources"]:
        data = origin.read(resource["path"])
        where = f"{origin.place}, {resource['path']}"
        if data is None:
            errors.append(UserError("a file of the package is missing", where, FETCH))
        elif not origin.trusted and resource.get("hash") != sha256(data):
            errors.append(UserError("not the file that was published (wrong hash)", where, FETCH))
        else:
            files[resource["name"]] = data
    refuse_all(errors)
    return files


def _parsed(descriptor: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, RawTable]:
    errors: list[UserError] = []
    tables: dict[str, RawTable] = {}
    for resource in descriptor["resources"]:
        name, path = resource["name"], resource["path"]
        table = tables[name] = parse_csv(files[name], name, path, errors)
        wanted = tuple(field["name"] for field in resource["schema"]["fields"])
        if table.columns and table.columns != wanted:
            errors.append(_other_columns(table, wanted))
    refuse_all(errors)
    return tables


def _other_columns(table: RawTable, wanted: tuple[str, ...]) -> UserError:
    missing = [name for name in wanted if name not in table.columns]
    extra = [name for name in table.columns if name not in wanted]
    parts = [f"missing {', '.join(missing)}"] if missing else []
    parts += [f"unknown {', '.join(extra)}"] if extra else []
    what = "; ".join(parts) or "in another order"
    mend = f"the columns are {', '.join(wanted)}"
    return UserError(f"the columns are not those of the schema: {what}", table.path, mend)


def _frames(
    descriptor: Mapping[str, Any], tables: Mapping[str, RawTable]
) -> dict[str, pd.DataFrame]:
    import pandas as pd

    errors: list[UserError] = []
    frames: dict[str, pd.DataFrame] = {}
    for resource in descriptor["resources"]:
        table = tables[resource["name"]]
        columns = {
            field["name"]: _column(table, field, errors) for field in resource["schema"]["fields"]
        }
        frames[table.name] = pd.DataFrame(columns)
    refuse_all(errors)
    return frames


def _column(table: RawTable, field: Mapping[str, Any], errors: list[UserError]) -> pd.Series[Any]:
    """Return one column, typed; cells that are not of the type are noted."""
    import pandas as pd

    name = field["name"]
    kind = field.get("type", "string")
    required = bool(field.get("constraints", {}).get("required"))
    convert, wanted = _CONVERTERS.get(kind, _CONVERTERS["string"])
    values: list[Any] = []
    for row in table.rows:
        value = convert(row[name]) if row[name] else None
        if row[name] and value is None:
            errors.append(UserError(f"{row[name]!r} is no {kind}", row.at(name), wanted))
        elif required and value is None:
            errors.append(UserError("an empty cell in a required field", row.at(name), wanted))
        values.append(value)
    column: pd.Series[Any] = pd.Series(values, dtype=object if errors else _dtype(kind, required))
    return column


def _dtype(kind: str, required: bool) -> Any:
    always, maybe = {
        "integer": ("int64", "Int64"),
        "number": ("float64", "float64"),
        "boolean": ("bool", "boolean"),
        "date": ("datetime64[s]", "datetime64[s]"),
    }.get(kind, ("str", "str"))
    return always if required else maybe


def _integer(text: str) -> int | None:
    return int(text) if _INTEGER.fullmatch(text) else None


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and "_" not in text else None


def _boolean(text: str) -> bool | None:
    return {TRUE: True, FALSE: False}.get(text)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


_CONVERTERS: dict[str, tuple[Callable[[str], Any], str]] = {
    "string": (str, "write a text"),
    "integer": (_integer, "write a whole number such as 12"),
    "number": (_number, "write a number such as 95.76"),
    "boolean": (_boolean, f"write {TRUE} or {FALSE}"),
    "date": (_date, "write a day such as 2024-06-19"),
}
