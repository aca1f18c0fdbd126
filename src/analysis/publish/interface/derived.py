"""Tables that no file holds, described as if one did: the current view, and an agency's work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from analysis.observe.view import RULES, VIEW_TYPES
from analysis.publish.copies.about import Text, both
from analysis.publish.copies.tables import Content, Field, Table, table_of
from analysis.results.agencies import WORK_COLUMNS, WORK_STANDINGS, agency_work
from analysis.words import LANGUAGES, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from analysis.publish.edition import Edition

_TYPES: Final[Mapping[str, str]] = {
    "str": "string",
    "int64": "integer",
    "Int64": "integer",
    "float64": "number",
    "bool": "boolean",
}
_MAY_MISS: Final = ("value", "level", "text", "set_aside")
_REFERENCES: Final[Mapping[str, tuple[str, str]]] = {"named_id": ("agencies", "agency_id")}


def current_view(edition: Edition, content: Content) -> Table:
    """Return the current view of an edition, described as a table."""
    fields = [_view_field(name, kind, content) for name, kind in VIEW_TYPES.items()]
    return table_of(_resource("current_view", fields), _emptied(edition.view))


def _view_field(name: str, kind: str, content: Content) -> Field:
    """Return a field of the view: that of the observations, where it is one of theirs."""
    own = next((one for one in content["observations"].fields if one["name"] == name), None)
    if own is not None:
        rules = {key: rule for key, rule in own.get("constraints", {}).items() if key != "unique"}
        return {**own, "constraints": rules}
    field = {**_worded(name, _TYPES[kind]), "constraints": {"required": name not in _MAY_MISS}}
    return {**field, **_codes(_decisions())} if name == "decided_by" else field


def _decisions() -> dict[str, Text]:
    return {
        code: {language: Words(language)(f"decided_by.{code}") for language in LANGUAGES}
        for code in ("only", *RULES)
    }


def work(content: Content, frames: Mapping[str, pd.DataFrame], agency_id: str) -> Table:
    """Return what an agency answers for, or may answer for, described as a table.

    Parameters
    ----------
    content
        All tables of the edition.
    frames
        The package's frames, see :func:`analysis.results.agencies.agency_work`.
    agency_id
        The agency.
    """
    fields = [_work_field(name, content) for name in WORK_COLUMNS]
    return table_of(_resource("work", fields), _emptied(agency_work(frames, agency_id)))


def _work_field(name: str, content: Content) -> Field:
    known = {field["name"]: field for field in content["indicator_agencies"].fields}
    if name in known:
        return known[name]
    field = {**_worded(name, "string"), "constraints": {"required": True}}
    if name == "standing":
        labels = {code: both(f"api.standing.{code}") for code in WORK_STANDINGS}
        return {**field, **_codes(labels)}
    return field


def _worded(name: str, kind: str) -> dict[str, Any]:
    text = both(f"api.field.{name}")
    return {"name": name, "type": kind, "titles": text, "descriptions": text}


def _codes(labels: Mapping[str, Text]) -> dict[str, Any]:
    return {"enumLabels": labels, "constraints": {"required": True, "enum": list(labels)}}


def _resource(name: str, fields: Sequence[Field]) -> dict[str, Any]:
    names = [field["name"] for field in fields]
    keys = [
        {"fields": [name], "reference": {"resource": table, "fields": [key]}}
        for name, (table, key) in _REFERENCES.items()
        if name in names
    ]
    return {"name": name, "schema": {"fields": list(fields), "foreignKeys": keys}}


def _emptied(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame in which an empty text is a missing one, as in the files."""
    return frame.replace("", None)
