"""The controls: a thin layer of ipywidgets that turns clicks into choices and shows their page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from analysis.charts.labels import label
from analysis.charts.rows import records
from analysis.explore.choice import BASE_YEARS, CHARTS, METHOD_NAMES, Choice
from analysis.explore.page import method_name
from analysis.results.naming import named_series
from analysis.words import LANGUAGES, Words

if TYPE_CHECKING:
    from types import ModuleType

    from analysis.api import Plan

Options = list[tuple[str, Any]]

LABEL_WIDTH: Final = "12em"
CONTROL_WIDTH: Final = "46em"


def library() -> ModuleType | None:
    """Return ipywidgets; nothing where it is not installed."""
    try:
        return import_module("ipywidgets")
    except ImportError:
        return None


class Controls:
    """Controls over a page.

    Parameters
    ----------
    widgets
        The library ipywidgets.
    plan
        Says which groups and series there are.
    choice
        What is chosen at first.
    page
        Makes the HTML of a choice.

    Attributes
    ----------
    choice
        What is chosen now.
    fields
        The controls by the name of the field of :class:`Choice` that they set.
    shown
        The widget that shows the page.
    box
        All of it, to be displayed.
    """

    def __init__(
        self, widgets: ModuleType, plan: Plan, choice: Choice, page: Callable[[Choice], str]
    ) -> None:
        self.choice = choice
        self._plan = plan
        self._page = page
        self._setting = False
        self.fields = {name: _control(widgets, name) for name in _KINDS}
        self.shown = widgets.HTML(layout=widgets.Layout(width="100%"))
        self.box = widgets.VBox([*self.fields.values(), self.shown])
        self._refresh()
        for name, field in self.fields.items():
            field.observe(self._on_change(name), "value")

    def _on_change(self, name: str) -> Callable[[dict[str, Any]], None]:
        def changed(change: dict[str, Any]) -> None:
            if not self._setting:  # a click, not what _refresh has set
                self.choose(name, change["new"])

        return changed

    def choose(self, name: str, value: Any) -> None:
        """Set one field of the choice and show what comes of it; a group has its own series."""
        if getattr(self.choice, name) == value:
            return
        changes = {name: value} | ({"series_id": ""} if name == "group_id" else {})
        self.choice = replace(self.choice, **changes)
        self._refresh()

    def _refresh(self) -> None:
        """Name the controls in the chosen language, offer what the group has, show the page."""
        self._setting = True
        try:
            for name, field in self.fields.items():
                self._set(name, field)
        finally:
            self._setting = False
        self.shown.value = self._page(self.choice)

    def _set(self, name: str, field: Any) -> None:
        words = Words(self.choice.language)
        field.description = words(f"explore.control.{name}")
        if name in _OFFERS:
            options = tuple(_OFFERS[name](self._plan, self.choice, words))
            if tuple(field.options) != options:
                field.options = options
        field.value = getattr(self.choice, name)


def _control(widgets: ModuleType, name: str) -> Any:
    options: dict[str, Any] = {
        "style": {"description_width": LABEL_WIDTH},
        "layout": {"width": CONTROL_WIDTH},
    }
    if name == "base_year":
        options |= {"min": BASE_YEARS[0], "max": BASE_YEARS[-1], "continuous_update": False}
    return getattr(widgets, _KINDS[name])(**options)


def _groups(plan: Plan, _: Choice, words: Words) -> Options:
    rows = records(plan["indicator_groups"])
    return [
        (f"{row['group_id']}. {row[f'name_{words.language}']}", row["group_id"]) for row in rows
    ]


def _series(plan: Plan, choice: Choice, words: Words) -> Options:
    rows = named_series(plan.tables)
    mine = records(rows[rows["group_id"].eq(choice.group_id)])
    every = (words("explore.all_series"), "")
    return [every, *((label(row, words), row["series_id"]) for row in mine)]


def _methods(_: Plan, __: Choice, words: Words) -> Options:
    return [(method_name(name, words), name) for name in METHOD_NAMES]


def _charts(_: Plan, __: Choice, words: Words) -> Options:
    return [(words(f"explore.chart.{name}"), name) for name in CHARTS]


def _languages(_: Plan, __: Choice, ___: Words) -> Options:
    return [(Words(language)("explore.language_name"), language) for language in LANGUAGES]


_KINDS: Final = {
    "group_id": "Dropdown",
    "series_id": "Dropdown",
    "base_year": "IntSlider",
    "include_proxy": "Checkbox",
    "method": "Dropdown",
    "chart": "Dropdown",
    "language": "Dropdown",
}
_OFFERS: Final[dict[str, Callable[[Plan, Choice, Words], Options]]] = {
    "group_id": _groups,
    "series_id": _series,
    "method": _methods,
    "chart": _charts,
    "language": _languages,
}
