"""The current view as a JSON-stat 2.0 cube: series by area by year.

A cell without a value is null. What else is known of a value stands under its place in the cube:
in ``status`` the letters of :data:`LETTERS`, in ``extension`` its source, its observation, and its
period if that is not the whole year. JSON-stat knows one language a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from analysis.publish.catalogue.downloads import JSON_STAT
from analysis.publish.catalogue.record import Record
from analysis.publish.catalogue.writing import write_json
from analysis.words import Words

if TYPE_CHECKING:
    import pandas as pd

    from analysis.publish.edition import Edition

DIMENSIONS: Final = ("series", "area", "year")
LETTERS: Final = {
    "status": {"preliminary": "p", "estimate": "e"},
    "comparability": {"close": "d", "proxy": "x"},
}
"""What a letter says, by column and code of the table ``observations``."""

PART_YEAR: Final = "h"
BEFORE_BREAK: Final = "b"
FILES: Final = {"vi": JSON_STAT["jsonstat"], "en": JSON_STAT["jsonstat_en"]}


def write_json_stat(edition: Edition, site: Path) -> list[Path]:
    """Write ``catalogue/observations.jsonstat.json`` and the same with English labels."""
    return [
        write_json(observations_cube(edition, language), site / path)
        for language, path in FILES.items()
    ]


def observations_cube(edition: Edition, language: str) -> dict[str, Any]:
    """Return the current view of an edition as a JSON-stat dataset.

    Parameters
    ----------
    edition
        What is published.
    language
        ``vi`` or ``en``: that of the labels.

    Returns
    -------
    dict
        All series of the plan, the areas that have values, and every year from the first value to
        the last. An ordinal value is the number of its level, as in the view.
    """
    return _Cube(edition, Words(language)).dataset()


@dataclass(frozen=True)
class _Cube:
    edition: Edition
    words: Words

    @cached_property
    def series(self) -> list[dict[str, Any]]:
        return _records(self.edition.plan["series"].sort_values("position"))

    @cached_property
    def areas(self) -> list[dict[str, Any]]:
        areas = self.edition.plan["areas"]
        return _records(areas[areas["area_id"].isin(self.edition.view["area_id"])])

    @cached_property
    def years(self) -> list[int]:
        years = self.edition.view["year"]
        return list(range(int(years.min()), int(years.max()) + 1))

    @cached_property
    def places(self) -> list[tuple[str, dict[str, Any]]]:
        """The values of the view, each with its place in the cube, in that order."""
        series = {row["series_id"]: place for place, row in enumerate(self.series)}
        areas = {row["area_id"]: place for place, row in enumerate(self.areas)}
        found = []
        for row in _records(self.edition.view):
            place = series[row["series_id"]] * len(areas) + areas[row["area_id"]]
            found.append((place * len(self.years) + row["year"] - self.years[0], row))
        return [(str(place), row) for place, row in sorted(found, key=lambda one: one[0])]

    def dataset(self) -> dict[str, Any]:
        record = Record(self.edition.descriptor)
        say, day = self._say, self.words.date(self.edition.as_of.isoformat())
        values: list[float | int | None]
        values = [None] * (len(self.series) * len(self.areas) * len(self.years))
        for place, row in self.places:
            values[int(place)] = _number(row["value"])
        return {
            "version": "2.0",
            "class": "dataset",
            "label": say("observations.title"),
            "source": say("observations.source", name=record.name, version=record.version),
            "updated": record.created,
            "note": [
                say("observations.note.view", as_of=day),
                say("observations.note.levels"),
                say("observations.note.part_year"),
            ],
            "id": list(DIMENSIONS),
            "size": [len(self.series), len(self.areas), len(self.years)],
            "role": {"metric": ["series"], "geo": ["area"], "time": ["year"]},
            "dimension": {
                "series": self._dimension("series", self._series()),
                "area": self._dimension("area", self._areas()),
                "year": self._dimension("year", {"index": [str(year) for year in self.years]}),
            },
            "value": values,
            "status": {place: letters for place, row in self.places if (letters := _letters(row))},
            "extension": self._extension(record),
        }

    def _extension(self, record: Record) -> dict[str, Any]:
        return {
            "package": {"name": record.name, "version": record.version},
            "as_of": self.edition.as_of.isoformat(),
            "license": record.licence.path,
            "status": {"label": self._status_labels(record)},
            "source": {place: row["source_id"] for place, row in self.places},
            "observation": {place: row["observation_id"] for place, row in self.places},
            "period": {place: row["period"] for place, row in self.places if row["part_year"]},
        }

    def _dimension(self, name: str, category: Mapping[str, Any]) -> dict[str, Any]:
        return {"label": self._say(f"dimension.{name}"), "category": category}

    def _areas(self) -> dict[str, Any]:
        names = {row["area_id"]: row[f"name_{self.words.language}"] for row in self.areas}
        return {"index": list(names), "label": names}

    def _series(self) -> dict[str, Any]:
        labels = {row["series_id"]: row[f"label_{self.words.language}"] for row in self.series}
        units = self.edition.plan["units"].set_index("unit_id")
        scales = {
            row["series_id"]: [self._scale(row["scale"])]
            for row in self.series
            if row["scale"] != "none"
        }
        return {
            "index": list(labels),
            "label": labels,
            "unit": {row["series_id"]: self._unit(row, units) for row in self.series},
            "note": scales,
        }

    def _unit(self, series: Mapping[str, Any], units: pd.DataFrame) -> dict[str, Any]:
        unit = units.loc[series["unit_id"]]
        symbol = unit[f"symbol_{self.words.language}"]
        return {
            "decimals": int(series["decimals"]),
            "label": unit[f"label_{self.words.language}"],
            **({"symbol": symbol} if isinstance(symbol, str) and symbol else {}),
        }

    def _scale(self, scale: str) -> str:
        """Return what the numbers of an ordinal scale mean."""
        levels = self.edition.plan["levels"]
        rows = _records(levels[levels["scale"] == scale].sort_values("ordinal"))
        named = [
            self._say(
                "observations.level",
                ordinal=row["ordinal"],
                label=row[f"label_{self.words.language}"],
            )
            for row in rows
        ]
        return self._say("observations.scale", levels="; ".join(named))

    def _status_labels(self, record: Record) -> dict[str, str]:
        """Return what each combination of letters means that the cube has, and each letter."""
        letters = {
            letter: record.field("observations", column)["enumLabels"][code][self.words.language]
            for column, codes in LETTERS.items()
            for code, letter in codes.items()
        }
        letters[PART_YEAR] = self._say("observations.part_year")
        letters[BEFORE_BREAK] = self._say("observations.before_break")
        used = {_letters(row) for _, row in self.places} - {"", *letters}
        joined = {word: "; ".join(letters[letter] for letter in word) for word in sorted(used)}
        return {**letters, **joined}

    def _say(self, key: str, **values: object) -> str:
        return self.words(f"catalogue.{key}", **values)


def _letters(row: Mapping[str, Any]) -> str:
    known = (codes.get(row[column], "") for column, codes in LETTERS.items())
    part_year = PART_YEAR if row["part_year"] else ""
    return "".join(known) + part_year + ("" if row["is_current_segment"] else BEFORE_BREAK)


def _number(value: float) -> float | int:
    return int(value) if value.is_integer() else value


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
