"""The explorer: controls where they work, and otherwise the same page without them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from analysis.explore.choice import choose
from analysis.explore.findings import Findings
from analysis.explore.page import Page
from analysis.explore.widget import Controls, library

if TYPE_CHECKING:
    from datetime import date

    from analysis.api import Plan
    from analysis.explore.choice import Choice

WIDGET: Final = "application/vnd.jupyter.widget-view+json"


class Explorer:
    """Choose group, series, base year, data and method, and see which verdicts change.

    A notebook that ends a cell with an explorer shows controls above the page. Where ipywidgets
    is not installed, or what shows the notebook knows no widgets (a viewer, an export, a file
    opened later), the page stands there alone and says how to choose otherwise: by the
    parameters of the call. Nobody has to choose between the two.

    Parameters
    ----------
    plan
        The plan or a what-if.
    as_of
        The day of assessment, as a date or as text; empty for today.
    **options
        The fields of :class:`analysis.explore.Choice`: ``group_id, series_id, base_year,
        include_proxy, method, chart, language``.

    Raises
    ------
    analysis.errors.UserErrors
        All unknown options and names together.

    Examples
    --------
    >>> explore.Explorer(plan, group_id=5, base_year=2019, language="en")
    """

    def __init__(self, plan: Plan, *, as_of: date | str = "", **options: Any) -> None:
        self.plan = plan
        self.first = choose(plan, as_of=as_of, **options)
        self._last: Page | None = None

    @property
    def choice(self) -> Choice:
        """What is chosen now."""
        shown: Controls | None = self.__dict__.get("controls")  # not made if nobody looks at them
        return shown.choice if shown else self.first

    @property
    def found(self) -> Findings:
        """What comes of the choice: frames to go on with."""
        return Findings(self.plan, self.choice)

    @property
    def page(self) -> Page:
        """The page of the choice."""
        return self._page(self.choice)

    @cached_property
    def controls(self) -> Controls | None:
        """The controls; nothing where ipywidgets is not installed."""
        widgets = library()
        return None if widgets is None else Controls(widgets, self.plan, self.first, self._html)

    def _html(self, choice: Choice) -> str:
        return self._page(choice).html()

    def _page(self, choice: Choice) -> Page:
        """Return the page of a choice; the last one is kept, so that it is drawn once."""
        if self._last is None or self._last.choice != choice:
            self._last = Page(Findings(self.plan, choice))
        return self._last

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Show the controls, and beside them the page for whatever cannot show controls."""
        page = self.page
        shown: dict[str, Any] = {"text/html": page.plain_html(), "text/plain": page.text()}
        if self.controls is None:
            return shown
        view = self.controls.box._repr_mimebundle_()[WIDGET]
        return {**shown, WIDGET: view}

    def __repr__(self) -> str:
        return self.page.text()
