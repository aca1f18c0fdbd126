"""From an executed notebook to a page that stands alone: no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.runs import dom
from analysis.runs.job import Job
from analysis.runs.wording import say
from analysis.words import LANGUAGES

if TYPE_CHECKING:
    from nbformat import NotebookNode

TEMPLATE = "plan155-report"
DOWNLOADS = ("results.csv", "results.json", "report.ipynb")
FIGURES = "figures"
SHOWN = ("text/html", "image/png", "text/markdown", "text/plain")
"""What is shown of an output, the first that it has: nothing that needs a script."""

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
    dark = dom.dark_figures(notebook.parent / FIGURES)
    page_file.write_text(to_html(node, page, dark), encoding="utf-8")


def to_html(notebook: NotebookNode, page: Page, dark: Mapping[str, bytes] | None = None) -> str:
    """Return the page of an executed notebook: no code, no prompts, its parameters at the foot.

    Parameters
    ----------
    notebook
        The notebook with its outputs.
    page
        What the page says besides.
    dark
        Figures for readers whose screen is dark: SVG by the digest of the PNG in the notebook
        (:func:`analysis.runs.dom.dark_figures`).
    """
    from bs4 import BeautifulSoup
    from nbconvert.exporters.templateexporter import TemplateExporter

    # Not HTMLExporter's own: it parses and writes the whole page once more, as is done below.
    body, _ = TemplateExporter.from_notebook_node(
        exporter(page.job.language), notebook, {"page": page, "stylesheet": stylesheet()}
    )
    soup = BeautifulSoup(body, "html.parser")
    dom.leave_out_notebook_styles(soup)
    dom.let_tables_scroll(soup, lambda number: page.say("table", n=number))
    dom.describe_images(soup, page.say("no_alt"))
    dom.show_figures(soup, dark or {}, lambda heading: page.say("figure", heading=heading))
    dom.add_contents(soup, page.say("contents"))
    return f"{str(soup).strip()}\n"


@cache
def exporter(language: str) -> Any:
    """Return what turns a notebook into the body of a page, with its templates read."""
    from nbconvert.exporters.html import HTMLExporter
    from traitlets.config import Config

    config = Config()
    config.NbConvertBase.display_data_priority = list(SHOWN)
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = set(HIDDEN_TAGS) | _others(language)
    made = HTMLExporter(  # type: ignore[no-untyped-call]
        config=config,
        template_name=TEMPLATE,
        extra_template_basedirs=[str(template_folder())],
        language_code=language,
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )
    # The templates name it, though no code is shown.
    made.register_filter("highlight_code", str.strip)  # type: ignore[no-untyped-call]
    assert made.template is not None  # looking for it reads and compiles it
    return made


def _others(language: str) -> set[str]:
    return {f"lang-{name}" for name in LANGUAGES if name != language}
