"""What a descriptor says of its package, as every vocabulary of the catalogue needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Licence:
    """A licence: its identifier in the list of SPDX, its address, its titles by language."""

    name: str
    path: str
    titles: Mapping[str, str]


@dataclass(frozen=True)
class Origin:
    """A document that the data are made from.

    Parameters
    ----------
    titles
        By language.
    path
        Its file in the package.
    number, day
        Number and date (ISO) of the document.
    """

    titles: Mapping[str, str]
    path: str
    number: str
    day: str


@dataclass(frozen=True)
class Record:
    """The facts of a package.

    Parameters
    ----------
    descriptor
        The content of its ``datapackage.json``.
    """

    descriptor: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The name, the only identifier that the package has."""
        return str(self.descriptor["name"])

    @property
    def version(self) -> str:
        """The version."""
        return str(self.descriptor["version"])

    @property
    def profile(self) -> str:
        """The address of the standard that the descriptor follows."""
        return str(self.descriptor["$schema"])

    @property
    def created(self) -> str:
        """The moment of this version, in ISO 8601 with its time zone."""
        return str(self.descriptor["created"])

    @property
    def day(self) -> str:
        """The day of this version, in ISO 8601."""
        return self.created[: len("2026-11-25")]

    @property
    def modified(self) -> str:
        """The day of its content: for results that of the assessment, if it is the later one."""
        return max(self.day, str(self.descriptor.get("assessedOn", "")))

    @property
    def titles(self) -> Mapping[str, str]:
        """The title by language."""
        return texts(self.descriptor, "title")

    @property
    def descriptions(self) -> Mapping[str, str]:
        """The description by language, in Markdown."""
        return texts(self.descriptor, "description")

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the texts, the first one first."""
        return tuple(self.descriptor["languages"])

    @property
    def keywords(self) -> tuple[str, ...]:
        """All keywords, of both languages."""
        return tuple(self.descriptor["keywords"])

    def keywords_in(self, language: str) -> tuple[str, ...]:
        """Return the keywords of one language.

        The descriptor does not part them. Those with a letter outside ASCII are Vietnamese, since
        no English one has any.
        """
        return tuple(word for word in self.keywords if word.isascii() == (language == "en"))

    @property
    def licence(self) -> Licence:
        """The licence."""
        one = self.descriptor["licenses"][0]
        return Licence(one["name"], one["path"], texts(one, "title"))

    @property
    def creator(self) -> Mapping[str, str]:
        """The name of who made the package, by language."""
        return texts(self._contributors("creator")[0], "title")

    @property
    def contact(self) -> Mapping[str, Any] | None:
        """Who answers questions, with an address of mail; None if the descriptor names nobody."""
        known = [one for one in self._contributors("contact") if one.get("email")]
        return known[0] if known else None

    def _contributors(self, role: str) -> list[Mapping[str, Any]]:
        return [one for one in self.descriptor["contributors"] if role in one.get("roles", ())]

    @property
    def origin(self) -> Origin | None:
        """The document that the data are made from: the first source that names its version."""
        for one in self.descriptor.get("sources", ()):
            number, comma, day = str(one.get("version", "")).partition(", ")
            if comma:
                return Origin(texts(one, "title"), one["path"], number, day)
        return None

    @property
    def resources(self) -> tuple[Mapping[str, Any], ...]:
        """The tables as the descriptor describes them."""
        return tuple(self.descriptor["resources"])

    def field(self, resource: str, name: str) -> Mapping[str, Any]:
        """Return the description of a column."""
        for one in self.resources:
            if one["name"] == resource:
                return next(field for field in one["schema"]["fields"] if field["name"] == name)
        raise KeyError(f"the package has no table {resource!r}")


def texts(described: Mapping[str, Any], what: str) -> Mapping[str, str]:
    """Return ``title`` or ``description`` of a package, table or column, by language."""
    found: Mapping[str, str] = described[f"{what}s"]
    return found
