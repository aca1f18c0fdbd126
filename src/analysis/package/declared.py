"""Declared facts: what people say about the package, its resources and its fields.

They stand in ``facts/``: ``package.yaml``, ``common.yaml`` (fields that several tables share) and
one file per resource. What can be read off the files (bytes, hashes, counts, column order) is not
declared but inferred, see :mod:`analysis.package.describing`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from analysis.errors import UserError
from analysis.package.faults import refuse_all

FACTS = Path(__file__).parent / "facts"

LANGUAGES = ("vi", "en")
FIELD_TYPES = ("string", "integer", "number", "boolean", "date")
CONSTRAINTS = ("required", "unique", "pattern", "minimum", "maximum")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")

Text = Mapping[str, str]
"""A text in Vietnamese and English: ``{"vi": …, "en": …}``."""

CodeLists = Mapping[str, Mapping[str, Text]]
"""Codes with their meanings, by the name of the list."""


@dataclass(frozen=True)
class FieldFacts:
    """What is declared of one column.

    Attributes
    ----------
    references
        ``(resource, field)`` that every value must be found in, or ``None``.
    enum_labels
        Each allowed code with its meaning; empty where the values are open.
    unit
        What the numbers are counted in, or ``None`` where that does not apply.
    separator
        What stands between several codes in one cell; empty where a cell holds one.
    """

    name: str
    type: str
    title: Text
    description: Text
    example: str
    constraints: Mapping[str, Any]
    enum_labels: Mapping[str, Text]
    unit: Text | None
    references: tuple[str, str] | None
    separator: str = ""


@dataclass(frozen=True)
class ResourceFacts:
    """What is declared of one table."""

    name: str
    path: str
    title: Text
    description: Text
    sources: tuple[Mapping[str, Any], ...]
    primary_key: tuple[str, ...]
    fields: tuple[FieldFacts, ...]


@dataclass(frozen=True)
class Facts:
    """What is declared of the whole package; ``resources`` are in the order of publication."""

    name: str
    version: str
    created: str
    title: Text
    description: Text
    keywords: tuple[str, ...]
    licenses: tuple[Mapping[str, Any], ...]
    sources: Mapping[str, Mapping[str, Any]]
    contributors: tuple[Mapping[str, Any], ...]
    resources: tuple[ResourceFacts, ...]


@dataclass
class _Reader:
    """Reads parsed YAML and gathers every fault, each with the file and place of it."""

    code_lists: CodeLists = field(default_factory=dict)
    errors: list[UserError] = field(default_factory=list)

    def fault(self, what: str, where: str, mend: str) -> None:
        self.errors.append(UserError(what, where, mend))

    def keys(
        self, value: Any, where: str, needed: Iterable[str], optional: Iterable[str] = ()
    ) -> dict[str, Any]:
        """Return the mapping, with faults noted for unknown and missing keys."""
        if not isinstance(value, dict):
            self.fault("a mapping is expected here", where, "write `key: value` lines")
            return {}
        needed, known = list(needed), [*needed, *optional]
        for key in [str(key) for key in value if key not in known]:
            near = get_close_matches(key, known, n=1)
            hint = f"write `{near[0]}`" if near else f"known keys: {', '.join(known)}"
            self.fault(f"unknown key `{key}`", where, hint)
        for key in [key for key in needed if key not in value]:
            self.fault(f"missing key `{key}`", where, f"add `{key}: …`")
        return value

    def text(self, value: Any, where: str) -> Text:
        """Return a bilingual text, with a fault noted for an empty language."""
        pair = self.keys(value, where, LANGUAGES)
        for language in LANGUAGES:
            if language in pair and not str(pair[language] or "").strip():
                self.fault(f"empty text in `{language}`", where, "write the text")
        return {language: str(pair.get(language) or "").strip() for language in LANGUAGES}

    def labels(self, value: Any, where: str) -> Mapping[str, Text]:
        """Return codes with their meanings, those of a list taken over (``like: NAME``) first."""
        codes = dict(self.keys(value, where, (), value))
        name = codes.pop("like", None)
        if name is not None and name not in self.code_lists:
            known = ", ".join(self.code_lists) or "none here"
            self.fault(f"`like: {name}` names no list of codes", where, f"known lists: {known}")
        listed = {} if name is None else self.code_lists.get(name, {})
        own = {code: self.text(label, f"{where}, {code}") for code, label in codes.items()}
        return {**listed, **{str(code): label for code, label in own.items()}}


@cache
def declared() -> Facts:
    """Return the facts of this package.

    Raises
    ------
    PackageError
        If a file in ``facts/`` has unknown or missing keys; all faults are named at once.
    """
    return read_facts(FACTS)


def read_facts(
    folder: Path, *, base: Facts | None = None, code_lists: CodeLists | None = None
) -> Facts:
    """Read the declared facts from a folder of YAML files.

    Parameters
    ----------
    folder
        Holds ``package.yaml``, ``common.yaml`` and ``RESOURCE.yaml`` for each resource that
        ``package.yaml`` lists.
    base
        Another package on which this one rests. Version, day, licences and contributors are
        its; a field is taken over from it with ``like: RESOURCE.FIELD`` (its references and its
        uniqueness are not).
    code_lists
        Codes that are declared in the code, each list taken over with
        ``enumLabels: {like: NAME}``.

    Raises
    ------
    PackageError
        If a file is missing or has unknown or missing keys; all faults are named at once.
    """
    reader = _Reader(code_lists or {})
    common = {**_common(reader, folder), **_fields_of(base)}
    needed = [key for key in _PACKAGE_KEYS if base is None or key not in _OF_THE_BASE]
    package = reader.keys(_yaml(reader, folder / "package.yaml"), "package.yaml", needed)
    names = [str(name) for name in package.get("resources", [])]
    for path in sorted(folder.glob("*.yaml")):
        if path.stem not in {"package", "common", *names}:
            reader.fault("resource not listed", path.name, "list it in package.yaml, `resources`")
    resources = tuple(_resource(reader, folder, name, common) for name in names)
    _check_references(reader, resources)
    facts = _package(reader, _with_day(package, base), resources)
    refuse_all(reader.errors)
    if base is None:
        return facts
    return replace(facts, licenses=base.licenses, contributors=base.contributors)


_PACKAGE_KEYS = (
    "name",
    "version",
    "created",
    "title",
    "description",
    "keywords",
    "licenses",
    "sources",
    "contributors",
    "resources",
)
_OF_THE_BASE = ("version", "created", "licenses", "contributors")
_RESOURCE_KEYS = ("name", "path", "title", "description", "sources", "primaryKey", "fields")
_FIELD_NEEDED = ("name", "type", "title", "description", "example")
_FIELD_OPTIONAL = ("constraints", "enumLabels", "unit", "references", "separator")


def _yaml(reader: _Reader, path: Path) -> Any:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    if not path.is_file():
        reader.fault("file of facts missing", path.name, f"write {path}")
        return {}
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)


def _common(reader: _Reader, folder: Path) -> dict[str, Any]:
    fields = _yaml(reader, folder / "common.yaml")
    return reader.keys(fields, "common.yaml", (), fields) if fields else {}


def _fields_of(base: Facts | None) -> dict[str, Any]:
    """Return the fields of another package as they would be written here."""
    resources = () if base is None else base.resources
    return {f"{one.name}.{each.name}": _written(each) for one in resources for each in one.fields}


def _written(facts: FieldFacts) -> dict[str, Any]:
    """Return a field as YAML has it, without what holds in its own package only."""
    constraints = {key: value for key, value in facts.constraints.items() if key != "unique"}
    written = {
        "name": facts.name,
        "type": facts.type,
        "title": dict(facts.title),
        "description": dict(facts.description),
        "example": facts.example,
        "constraints": constraints,
        "enumLabels": {code: dict(label) for code, label in facts.enum_labels.items()},
    }
    return written if facts.unit is None else {**written, "unit": dict(facts.unit)}


def _with_day(package: Mapping[str, Any], base: Facts | None) -> Mapping[str, Any]:
    if base is None:
        return package
    return {**package, "version": base.version, "created": base.created}


def _package(
    reader: _Reader, raw: Mapping[str, Any], resources: tuple[ResourceFacts, ...]
) -> Facts:
    where = "package.yaml"
    created = str(raw.get("created", ""))
    if not _TIME.fullmatch(created):
        reader.fault(f"`created: {created}` is no time", where, 'write "2026-01-31T00:00:00Z"')
    sources = reader.keys(raw.get("sources"), f"{where}, sources", (), raw.get("sources", {}))
    return Facts(
        name=str(raw.get("name", "")),
        version=str(raw.get("version", "")),
        created=created,
        title=reader.text(raw.get("title"), f"{where}, title"),
        description=reader.text(raw.get("description"), f"{where}, description"),
        keywords=tuple(map(str, raw.get("keywords", ()))),
        licenses=tuple(
            _titled(reader, one, f"{where}, licenses", ("name", "path"))
            for one in raw.get("licenses", ())
        ),
        sources={
            key: _titled(reader, one, f"{where}, sources, {key}", (), ("path", "version"))
            for key, one in sources.items()
        },
        contributors=tuple(
            _titled(reader, one, f"{where}, contributors", ("roles",), ("path",))
            for one in raw.get("contributors", ())
        ),
        resources=resources,
    )


def _titled(
    reader: _Reader,
    raw: Any,
    where: str,
    needed: tuple[str, ...],
    optional: tuple[str, ...] = (),
) -> Mapping[str, Any]:
    entry = dict(reader.keys(raw, where, ("title", *needed), optional))
    return {**entry, "title": reader.text(entry.get("title"), f"{where}, title")}


def _resource(reader: _Reader, folder: Path, name: str, common: Mapping[str, Any]) -> ResourceFacts:
    where = f"{name}.yaml"
    raw = reader.keys(_yaml(reader, folder / where), where, _RESOURCE_KEYS)
    if raw and raw.get("name") != name:
        reader.fault(f"`name` is not `{name}`", where, "give file and resource the same name")
    fields = tuple(_field(reader, one, where, common) for one in raw.get("fields", ()))
    keys = tuple(map(str, raw.get("primaryKey", ())))
    for key in [key for key in keys if key not in {one.name for one in fields}]:
        reader.fault(f"primary key `{key}` is no field", where, f"declare a field `{key}`")
    return ResourceFacts(
        name=name,
        path=str(raw.get("path", "")),
        title=reader.text(raw.get("title"), f"{where}, title"),
        description=reader.text(raw.get("description"), f"{where}, description"),
        sources=tuple(
            _source_part(reader, one, f"{where}, sources") for one in raw.get("sources", ())
        ),
        primary_key=keys,
        fields=fields,
    )


def _source_part(reader: _Reader, raw: Any, where: str) -> Mapping[str, Any]:
    entry = dict(reader.keys(raw, where, ("source",), ("part",)))
    if "part" in entry:
        entry["part"] = reader.text(entry["part"], f"{where}, part")
    return entry


def _field(reader: _Reader, raw: Any, file: str, common: Mapping[str, Any]) -> FieldFacts:
    name = str(raw.get("name", "?")) if isinstance(raw, dict) else "?"
    where = f"{file}, field {name}"
    entry = reader.keys(
        _with_common(reader, raw, where, common), where, _FIELD_NEEDED, _FIELD_OPTIONAL
    )
    kind = str(entry.get("type", ""))
    if entry and kind not in FIELD_TYPES:
        reader.fault(f"unknown type `{kind}`", where, f"choose one of {', '.join(FIELD_TYPES)}")
    unit = entry.get("unit")
    return FieldFacts(
        name=name,
        type=kind,
        title=reader.text(entry.get("title"), f"{where}, title"),
        description=reader.text(entry.get("description"), f"{where}, description"),
        example=str(entry.get("example", "")),
        constraints=reader.keys(
            entry.get("constraints", {}), f"{where}, constraints", (), CONSTRAINTS
        ),
        enum_labels=reader.labels(entry.get("enumLabels", {}), f"{where}, enumLabels"),
        unit=None if unit is None else reader.text(unit, f"{where}, unit"),
        references=_reference(reader, entry.get("references"), where),
        separator=str(entry.get("separator", "")),
    )


def _with_common(reader: _Reader, raw: Any, where: str, common: Mapping[str, Any]) -> Any:
    """Return the field with what it takes over (``like: NAME``) from ``common.yaml``."""
    if not isinstance(raw, dict) or "like" not in raw:
        return raw
    own = {key: value for key, value in raw.items() if key != "like"}
    if raw["like"] not in common:
        reader.fault(
            f"`like: {raw['like']}` names no common field", where, "declare it in common.yaml"
        )
        return own
    return {**common[raw["like"]], **own}


def _reference(reader: _Reader, raw: Any, where: str) -> tuple[str, str] | None:
    if raw is None:
        return None
    resource, dot, name = str(raw).partition(".")
    if not dot:
        reader.fault(f"`references: {raw}` is not readable", where, "write `resource.field`")
    return resource, name


def _check_references(reader: _Reader, resources: tuple[ResourceFacts, ...]) -> None:
    known = {(one.name, key) for one in resources for key in one.primary_key}
    for resource in resources:
        for one in resource.fields:
            if one.references is not None and one.references not in known:
                reader.fault(
                    f"`references: {'.'.join(one.references)}` names no primary key",
                    f"{resource.name}.yaml, field {one.name}",
                    "name the key of a declared resource",
                )
