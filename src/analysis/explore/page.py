"""A page: what was found, told in sentences, tables and a chart, for the screen of a notebook."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, Template

from analysis.api import DEFAULT_BASE_YEAR
from analysis.charts.labels import difference_symbol, given, label, target_text, value_text
from analysis.charts.rows import Row, absent, first, records
from analysis.explore.choice import OWN, Choice
from analysis.explore.findings import Findings
from analysis.measures import METHODS
from analysis.reports.table import Cell, Table, cells
from analysis.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from analysis.charts import Chart

NO_DATA = ("NO_DATA", "NO_TARGET")
_COLUMNS = ("series", "target_year", "target", "value", "default", "chosen", "change")
_AREA_COLUMNS = ("series", "year", "province", "country", "difference", "better", "notes")


@dataclass(frozen=True)
class Page:
    """The page of one choice in its language.

    Attributes
    ----------
    found
        What came of the choice.
    """

    found: Findings

    @property
    def choice(self) -> Choice:
        """What was chosen."""
        return self.found.choice

    @cached_property
    def words(self) -> Words:
        """The language of the page."""
        return Words(self.choice.language)

    @cached_property
    def shown(self) -> pd.DataFrame:
        """The verdicts that rest on a value, by default or as chosen."""
        rows = self.found.verdicts
        empty = rows["verdict"].isin(NO_DATA) & rows["default_verdict"].isin(NO_DATA)
        return rows[~empty]

    def title(self) -> str:
        """Return the name of the group, or of the series."""
        groups = self.found.plan["indicator_groups"]
        group = first(groups[groups["group_id"].eq(self.choice.group_id)])
        name = f"{self.choice.group_id}. {group[f'name_{self.choice.language}']}"
        if not self.choice.series_id:
            return self.words("explore.title", name=name)
        return self.words("explore.title", name=label(first(self.found.gap), self.words))

    def chosen(self) -> tuple[str, ...]:
        """Return what was chosen, and what it is compared with."""
        return (self._choice(), self.words("explore.default", base_year=DEFAULT_BASE_YEAR))

    def _choice(self) -> str:
        choice, words = self.choice, self.words
        return words(
            "explore.choice",
            base_year=choice.base_year,
            proxies=words("explore.proxies.in" if choice.include_proxy else "explore.proxies.out"),
            method=method_name(choice.method, words),
            as_of=words.date(choice.as_of.isoformat()),
            version=self.found.plan.tables.version,
        )

    def sentences(self) -> tuple[str, ...]:
        """Return how many verdicts changed, and what has to be known to read them."""
        words, rows = self.words, self.found.verdicts
        changed = int(self.shown["changed"].fillna(False).sum())
        said = [words("explore.counts", n=changed, of=len(self.shown))]
        silent = int(self.shown["change"].eq("not_judged").sum())
        supposed = int(rows.loc[rows["what_if"], "series_id"].nunique())
        missing = len(rows) - len(self.shown)
        notes = {
            "explore.not_judged": silent,
            "explore.no_data": missing,
            "explore.supposed": supposed,
            "explore.unused": len(self.found.unused),
        }
        said += [words(key, n=n) for key, n in notes.items() if n]
        if self.choice.method != OWN:
            said.append(words("explore.published"))
        if self.choice.is_default and not supposed:
            said.append(words("explore.is_default"))
        return tuple(said)

    def changes(self) -> tuple[str, ...]:
        """Return one line for each verdict that is another one than by default."""
        rows = self.shown[self.shown["changed"].fillna(False)]
        return tuple(
            self.words(
                "explore.changed_row",
                label=label(row, self.words),
                year=row["target_year"],
                before=self.words(f"verdict.{row['default_verdict']}"),
                after=self._judged(row),
            )
            for row in records(rows)
        )

    def _judged(self, row: Row) -> str:
        """Return the judgement as chosen, in the words of its method."""
        if self.choice.method == OWN:
            return self.words(f"verdict.{row['verdict']}")
        if not row["category"]:
            return self.words("explore.no_category")
        method = METHODS[self.choice.method]
        names = {one.code: getattr(one, self.words.language) for one in method.categories}
        return str(names[row["category"]])

    def verdict_table(self) -> Table | None:
        """Return the verdicts before and after; nothing where no target can be judged."""
        if self.shown.empty:
            return None
        body = [self._verdict_row(row) for row in records(self._with_sources(self.shown))]
        return self._table("verdicts", _COLUMNS, body)

    def _with_sources(self, rows: pd.DataFrame, column: str = "value_source_id") -> pd.DataFrame:
        sources = self.found.plan["sources"][["source_id", "url", "publisher"]]
        sources = sources.add_prefix(column.removesuffix("source_id"))
        return rows.merge(sources, on=column, how="left", validate="many_to_one")

    def _verdict_row(self, row: Row) -> tuple[Cell, ...]:
        words = self.words
        change = words(f"explore.change.{row['change']}")
        own = self.choice.method == OWN
        return cells(
            [
                label(row, words),
                str(row["target_year"]),
                target_text(row, words),
                self._value(row, "judged_value", "value"),
                self._verdict(row, "default_"),
                self._verdict(row, "") if own else Cell(self._judged(row), self._why(row, "")),
                Cell(change, kind="changed" if row["changed"] is True else ""),
            ]
        )

    def _verdict(self, row: Row, side: str) -> Cell:
        code = row[f"{side}verdict"]
        return Cell(self.words(f"verdict.{code}"), self._why(row, side), kind=f"verdict-{code}")

    def _why(self, row: Row, side: str) -> tuple[str, ...]:
        """Return why there is no judgement, and from which year an open way is counted."""
        words, reason, year = self.words, given(row[f"{side}reason"]), row[f"{side}base_year"]
        key = f"reason.{reason}"
        lines = [words(key) if words.has(key) else words(f"explore.{key}")] if reason else []
        if not absent(year) and not row["due"]:
            lines.append(words("explore.base", year=int(year)))
        return tuple(lines)

    def _value(self, row: Row, column: str, side: str) -> Cell:
        """Return a value with its period, who published it, and the address."""
        if absent(row[column]):
            return Cell(self.words("no_value"))
        period = self.words.period(row[f"{side}_period"])
        details = (period, given(row[f"{side}_publisher"]))
        text = value_text(row, row[column], self.words, self._level(row, row[column]))
        return Cell(text, details, href=given(row[f"{side}_url"]), kind="number")

    def _level(self, row: Row, value: float) -> str:
        levels = self.found.plan["levels"]
        known = levels[levels["scale"].eq(row["scale"]) & levels["ordinal"].eq(int(value))]
        return "" if row["scale"] == "none" else str(first(known)[f"label_{self.words.language}"])

    def country_table(self) -> Table | None:
        """Return the province beside the country; nothing where they share no year."""
        rows = self.found.country
        if rows.empty:
            return None
        for side in ("province", "country"):
            rows = self._with_sources(rows, f"{side}_source_id")
        return self._table("country", _AREA_COLUMNS, [self._area_row(row) for row in records(rows)])

    def _area_row(self, row: Row) -> tuple[Cell, ...]:
        words = self.words
        notes = [words(f"explore.note.{code}") for code in given(row["definition_note"]).split()]
        apart = words("dash")
        if row["mode"] != "level":
            unit = difference_symbol(row, words)
            apart = words.quantity(round(row["difference"], 6), unit, signed=True)
        return cells(
            [
                label(row, words),
                str(row["year"]),
                self._value(row, "province_value", "province"),
                self._value(row, "country_value", "country"),
                Cell(apart, kind="number"),
                words(f"explore.better.{row['better']}"),
                "; ".join(notes) or words("dash"),
            ]
        )

    def _table(self, key: str, names: tuple[str, ...], body: list[tuple[Cell, ...]]) -> Table:
        columns = tuple(self.words(f"explore.column.{name}") for name in names)
        caption = self.words(f"explore.caption.{key}")
        return Table(caption, columns, tuple(body), self.words.language)

    def hint(self) -> str:
        """Return how to choose otherwise where nothing can be clicked."""
        return self.words("explore.hint")

    def call(self) -> str:
        """Return the call that makes this page, to be changed in a cell."""
        choice = self.choice
        named = {"group_id": choice.group_id, "series_id": choice.series_id}
        named |= {name: getattr(choice, name) for name in ("base_year", "include_proxy", "method")}
        named |= {"chart": choice.chart, "language": choice.language}
        named |= {"as_of": choice.as_of.isoformat()}
        options = ", ".join(f"{name}={value!r}" for name, value in named.items())
        return f"explore.Explorer(plan, {options})"

    @cached_property
    def chart(self) -> Chart | None:
        """The chart of the choice; nothing where there is nothing to draw."""
        return self.found.picture()

    def html(self) -> str:
        """Return the page as HTML for the controls, every text from data escaped.

        The chart comes in both themes, and the notebook's theme shows one of them.
        """
        return self._html({"light": _svg(self.chart, "light"), "dark": _svg(self.chart, "dark")})

    def plain_html(self) -> str:
        """Return the page as HTML that stands alone, with the hint; the chart is one picture."""
        picture = _address("image/png", self.chart.png()) if self.chart else ""
        return self._html({"only": picture}, hint=True)

    def _html(self, pictures: Mapping[str, str], *, hint: bool = False) -> str:
        tables = [self.verdict_table(), self.country_table()]
        return _template().render(
            page=self,
            words=self.words,
            pictures=pictures,
            hint=hint,
            style=_style(),
            tables=[table and table._repr_html_() for table in tables],
        )

    def text(self) -> str:
        """Return the page as plain text, with the hint."""
        tables = [repr(table) for table in (self.verdict_table(), self.country_table()) if table]
        lines = [self.title(), *self.chosen(), *self.sentences(), *self.changes()]
        return "\n".join([*lines, *tables, self.hint(), self.call()])


def method_name(name: str, words: Words) -> str:
    """Return the title of a method."""
    if name == OWN:
        return words("explore.own_method")
    return str(getattr(METHODS[name], f"title_{words.language}"))


def _svg(chart: Chart | None, theme: str) -> str:
    return _address("image/svg+xml", chart.svg(theme)) if chart else ""


def _address(kind: str, content: bytes) -> str:
    """Return a picture as an address that holds it."""
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_resource("page.html.j2"))


@cache
def _style() -> str:
    return _resource("page.css")


def _resource(name: str) -> str:
    return files("analysis.explore").joinpath(name).read_text(encoding="utf-8")
