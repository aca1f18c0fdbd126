"""Pieces of JSON Schema: objects whose every property is there, and lists."""

from __future__ import annotations

from analysis.publish.interface.rows import Json, described, reference

TEXT: Json = {
    "type": "object",
    "properties": {"vi": {"type": "string"}, "en": {"type": "string"}},
    "required": ["vi", "en"],
    "additionalProperties": False,
}
"""A text in both languages."""


def record(properties: Json) -> Json:
    """Return the schema of an object that has these properties, all of them and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def listed(schema: Json) -> Json:
    """Return the schema of a list of such values."""
    return {"type": "array", "items": schema}


def worded(schema: Json, name: str) -> Json:
    """Return a schema with what is said of the property: ``copies.api.field.NAME``."""
    return {**schema, **described(f"api.field.{name}")}


def lists(**names: str) -> Json:
    """Return worded properties that are lists of what is defined under a name."""
    return {key: worded(listed(reference(name)), key) for key, name in names.items()}


def whole(name: str) -> Json:
    """Return a worded property that is a count."""
    return worded({"type": "integer", "minimum": 0}, name)


def string(name: str) -> Json:
    """Return a worded property that is a text."""
    return worded({"type": "string"}, name)
