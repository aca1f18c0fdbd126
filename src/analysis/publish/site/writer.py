"""What the pages of one language are written with: the edition, its words, and links."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.publish.edition import Edition
from analysis.publish.site.page import Link
from analysis.words import Words

if TYPE_CHECKING:
    import pandas as pd


class Writer:
    """Writes about one edition in one language.

    Parameters
    ----------
    edition
        What is published.
    language
        ``vi`` or ``en``.
    site
        The site's folder, if what the pages link to lies there already: they tell its size then.
    """

    def __init__(self, edition: Edition, language: str, site: Path | None = None) -> None:
        self.edition = edition
        self.language = language
        self.site = site
        self.words = Words(language)

    def say(self, key: str, **values: object) -> str:
        """Return a text of the site: ``say("nav.home")`` is the text ``site.nav.home``."""
        return self.words(f"site.{key}", **values)

    def name(self, row: Any, field: str = "name") -> str:
        """Return what a row says in this language: ``name_vi`` or ``name_en``."""
        return str(row[f"{field}_{self.language}"])

    def group(self, group_id: int) -> Link:
        """Return the link to a group."""
        name = self._names("indicator_groups", "group_id")[group_id]
        return Link(f"groups/{group_id}.html", f"{group_id}. {name}")

    def indicator(self, indicator_id: str) -> Link:
        """Return the link to an indicator."""
        name = self._names("indicators", "indicator_id")[indicator_id]
        return Link(f"indicators/{indicator_id}.html", f"{indicator_id}. {name}")

    def agency(self, agency_id: str) -> Link:
        """Return the link to an agency."""
        name = self._names("agencies", "agency_id")[agency_id]
        return Link(f"agencies/{agency_id}.html", name)

    def task_group(self, task_group_id: str) -> Link:
        """Return the link to a group of tasks."""
        name = self._names("task_groups", "task_group_id")[task_group_id]
        return Link(f"tasks/{task_group_id}.html", f"{task_group_id}. {name}")

    def date(self, day: object) -> str:
        """Write a date as this language does."""
        return self.words.date(str(day))

    @cached_property
    def as_of(self) -> str:
        """The day of assessment, as this language writes it."""
        return self.date(self.edition.as_of)

    def _names(self, table: str, key: str) -> dict[Any, str]:
        if table not in self._tables:
            frame: pd.DataFrame = self.edition.plan[table]
            names = frame[f"name_{self.language}"]
            self._tables[table] = dict(zip(frame[key], names, strict=True))
        return self._tables[table]

    @cached_property
    def _tables(self) -> dict[str, dict[Any, str]]:
        return {}
