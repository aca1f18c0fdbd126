"""From an executed notebook to a page that stands alone: no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.runs.job import Job
from analysis.runs.wording import say
from analysis.words import LANGUAGES

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from nbformat import NotebookNode

TEMPLATE = "plan155-report"
DOWNLOADS = ("results.csv", "results.json", "report.ipynb")
HIDDEN_TAGS = frozenset({"about", "parameters", "injected-parameters", "not-in-report"})


@dataclass(frozen=True)
class Page:
    """What a report's page says besides its notebook.

    Parameters
    ----------
    job
        Which report.
    subject
        What it is about, with its name in the report's language; empty for the whole plan.
    kinds
        The short names of all kinds of report that can stand beside it, by kind: its own, those
        about the same subject, and those about the whole plan.
    whole_plan
        Those of ``kinds`` that are about the whole plan.
    data_name, data_version
        The data package.
    parameters
        What the notebook was given, for the line at the foot.
    """

    job: Job
    subject: str
    kinds: Mapping[str, str]
    whole_plan: tuple[str, ...]
    data_name: str
    data_version: str
    parameters: Mapping[str, object]

    def say(self, key: str, **values: object) -> str:
        """Return a text in the report's language."""
        return say(key, self.job.language, **values)

    @property
    def title(self) -> str:
        """The title of the page: subject, kind, plan."""
        kind = self.kinds[self.job.kind]
        head = f"{self.subject}: {kind}" if self.subject else kind
        return f"{head} – {self.say('document')}"

    @property
    def foot(self) -> str:
        """The line that says of what and how the report was made."""
        shown = (f"{name} = {value}" for name, value in self.parameters.items() if value != "")
        return self.say(
            "made_with",
            name=self.data_name,
            version=self.data_version,
            parameters=", ".join(shown),
        )

    @property
    def links(self) -> list[dict[str, str]]:
        """Links to other kinds of report and to the other language; hidden until they exist."""
        job = self.job
        beside = [
            (Job(kind, "" if kind in self.whole_plan else job.subject, job.language), title)
            for kind, title in self.kinds.items()
            if kind != job.kind
        ]
        other = next(name for name in LANGUAGES if name != job.language)
        languages = [(job.in_language(other), say("language", other))]
        return [
            {"href": sibling_href(one), "text": text, "lang": one.language}
            for one, text in (*beside, *languages)
        ]

    @property
    def downloads(self) -> list[dict[str, str]]:
        """Links to the files beside the page."""
        return [{"href": name, "text": self.say(f"file.{name}")} for name in DOWNLOADS]


def sibling_href(job: Job) -> str:
    """Return the link to a report from the page of another."""
    return f"../../{job.folder}/report.html"


def stylesheet() -> str:
    """Return the one stylesheet that all pages carry inside them."""
    return template_folder().joinpath("page.css").read_text(encoding="utf-8")


def template_folder() -> Path:
    """Return the folder of the templates."""
    return Path(str(files("analysis.runs").joinpath("template")))


def write_page(notebook: Path, page_file: Path, page: Page) -> None:
    """Export an executed notebook to a page."""
    import nbformat

    node: NotebookNode = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    page_file.write_text(to_html(node, page), encoding="utf-8")


def to_html(notebook: NotebookNode, page: Page) -> str:
    """Return the page of an executed notebook: no code, no prompts, its parameters at the foot."""
    from bs4 import BeautifulSoup

    exporter = _exporter(page)
    body, _ = exporter.from_notebook_node(notebook, {"page": page, "stylesheet": stylesheet()})
    soup = BeautifulSoup(body, "html.parser")
    _let_tables_scroll(soup, page)
    return f"{str(soup).strip()}\n"


def _exporter(page: Page) -> Any:
    from nbconvert.exporters.html import HTMLExporter
    from traitlets.config import Config

    config = Config()
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = set(HIDDEN_TAGS) | _other_language(page)
    return HTMLExporter(  # type: ignore[no-untyped-call]
        config=config,
        template_name=TEMPLATE,
        extra_template_basedirs=[str(template_folder())],
        language_code=page.job.language,
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )


def _other_language(page: Page) -> set[str]:
    return {f"lang-{name}" for name in LANGUAGES if name != page.job.language}


def _let_tables_scroll(soup: BeautifulSoup, page: Page) -> None:
    """Put each table into a box of its own that scrolls, and can be reached with the keyboard."""
    for number, table in enumerate(soup.find_all("table"), start=1):
        if table.parent is not None and table.parent.get("role") == "region":
            continue
        caption = table.find("caption")
        text = caption.get_text(" ") if caption else page.say("table", n=number)
        name = " ".join(text.split())
        box = soup.new_tag(
            "div", attrs={"class": "scroll", "role": "region", "tabindex": "0", "aria-label": name}
        )
        table.wrap(box)
        del table["border"]
