"""``index.html``: one page, in both languages, that leads to everything the outputs hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from analysis.runs.accept import LOG, NOTEBOOK, REQUIRED, read_marker
from analysis.runs.facts import DESCRIPTOR, PackageFacts, Subject
from analysis.runs.html import stylesheet, template_folder
from analysis.runs.job import Job, all_jobs
from analysis.runs.kinds import Kind
from analysis.runs.places import RESULTS, Outputs
from analysis.runs.publish import PAGE
from analysis.runs.record import read_json, read_record, write_text
from analysis.runs.wording import text
from analysis.words import LANGUAGES, Words
from analysis.words.catalogue import catalogue

ORDER_ON_PAGE = ("gap", "trend")
JUDGING = "gap"  # the kind of report whose counts are of verdicts on targets
SHORT = "verdict_short."


@dataclass(frozen=True)
class Bar:
    """Counts of verdicts, drawn as one bar; ``year`` is empty if they are not of a target year."""

    year: str
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Report:
    """What the page says of one report in one language."""

    job: Job
    made: bool
    failed: bool
    has_notebook: bool
    other_basis: dict[str, str] | None

    @property
    def page(self) -> str:
        """Link to the report's page."""
        return f"{self.job.folder}/{PAGE}"

    @property
    def files(self) -> dict[str, str]:
        """Links to the files beside it, by name."""
        return {name: f"{self.job.folder}/{name}" for name in (*REQUIRED, NOTEBOOK)}

    @property
    def evidence(self) -> dict[str, str]:
        """Links to what a failed job left behind, by the key of their wording."""
        links = {"index.log": f"failed/{self.job.id}/{LOG}"}
        if self.has_notebook:
            links = {"index.evidence": f"failed/{self.job.id}/{NOTEBOOK}", **links}
        return links


@dataclass(frozen=True)
class Topic:
    """One kind of report of one group, in every language in use."""

    kind: str
    reports: tuple[Report, ...]
    sentence: Mapping[str, str]
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Card:
    """One indicator group."""

    group: Subject
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class DataFile:
    """One table of the results: what it is called, its rows, and links by format."""

    titles: Mapping[str, str]
    rows: int
    links: Mapping[str, str]


@dataclass(frozen=True)
class Data:
    """The results as data.

    Parameters
    ----------
    tables
        The tables that are there; none if they were never made.
    descriptor, log
        Links to ``datapackage.json`` and to the log of a failure; empty if there is none.
    other_basis
        Day and version of the data, if they are not those of the page.
    """

    tables: tuple[DataFile, ...]
    descriptor: str
    log: str
    other_basis: dict[str, str] | None


def write_index(outputs: Outputs, facts: PackageFacts, kinds: Sequence[Kind], as_of: str) -> None:
    """Write the page for what the outputs hold now.

    Parameters
    ----------
    outputs
        The outputs.
    facts
        The data package of the last run: names of subjects, version.
    kinds
        The kinds of report that there are.
    as_of
        The day of assessment of the last run.
    """
    write_text(outputs.index, render(outputs, facts, kinds, as_of))


def render(outputs: Outputs, facts: PackageFacts, kinds: Sequence[Kind], as_of: str) -> str:
    """Return the page. It holds no clock: the same outputs give the same bytes."""
    basis = {"as_of": as_of, "version": facts.version}
    languages = _languages_in_use(outputs, facts, kinds)
    cards = [
        Card(group, tuple(_topic(outputs, kind, group, languages, basis) for kind in ORDER_ON_PAGE))
        for group in facts.subjects["group_id"]
    ]
    topics = [topic for card in cards for topic in card.topics]
    judged = [topic for topic in topics if topic.kind == JUDGING and topic.bars]
    reports = [report for topic in topics for report in topic.reports]
    return (
        _environment()
        .get_template("index.html.j2")
        .render(
            cards=cards,
            basis=basis,
            totals=_totals(judged),
            counted=len(judged),
            made=sum(report.made for report in reports),
            failed=sum(report.failed for report in reports),
            expected=len(reports),
            data=_data(outputs, basis),
            stylesheet=Markup(stylesheet()),
        )
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(template_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(say=_say, verdict_name=verdict_name)
    environment.filters["day"] = lambda day, language: Words(language).date(day)
    environment.filters["number"] = lambda n, language: Words(language).number(n, 0)
    return environment


def _say(key: str, language: str, **values: object) -> Markup:
    return Markup(text(key, language)).format(**values)


def verdict_name(code: str, language: str) -> str:
    """Return the short name of a verdict; a code without one stands for itself."""
    words = Words(language)
    key = f"{SHORT}{code}"
    return words(key) if words.has(key) else code


def _languages_in_use(
    outputs: Outputs, facts: PackageFacts, kinds: Sequence[Kind]
) -> tuple[str, ...]:
    """Return the languages of which anything is there; Vietnamese if nothing is."""
    used = {
        job.language
        for job in all_jobs(kinds, facts.subject_ids, LANGUAGES)
        if outputs.place(job).exists() or outputs.failed(job).exists()
    }
    return tuple(name for name in LANGUAGES if name in used) or LANGUAGES[:1]


def _data(outputs: Outputs, basis: dict[str, str]) -> Data:
    place = outputs.results / DESCRIPTOR
    told = read_json(place) or {}
    made_on = {
        "as_of": str(told.get("assessedOn", "")),
        "version": str(told.get("basedOn", {}).get("version", "")),
    }
    log = outputs.failed_results / LOG
    return Data(
        tables=tuple(_data_file(outputs, one) for one in told.get("resources", ())),
        descriptor=f"{RESULTS}/{DESCRIPTOR}" if told else "",
        log=f"failed/{RESULTS}/{LOG}" if log.is_file() else "",
        other_basis=made_on if told and made_on != basis else None,
    )


def _data_file(outputs: Outputs, told: Mapping[str, Any]) -> DataFile:
    names = {"CSV": told["path"], "JSON": f"{told['name']}.json"}
    return DataFile(
        titles=told["titles"],
        rows=told["rowCount"],
        links={
            form: f"{RESULTS}/{name}"
            for form, name in names.items()
            if (outputs.results / name).is_file()
        },
    )


def _topic(
    outputs: Outputs, kind: str, group: Subject, languages: Sequence[str], basis: dict[str, str]
) -> Topic:
    jobs = [Job(kind, group.subject_id, language) for language in languages]
    markers = [read_marker(outputs.place(job)) or {} for job in jobs]
    summary: dict[str, Any] = next((one["summary"] for one in markers if one.get("summary")), {})
    return Topic(
        kind=kind,
        reports=tuple(_report(outputs, job, basis) for job in jobs),
        sentence=summary.get("sentence", {}),
        bars=tuple(_bars(summary.get("counts", {}))),
    )


def _report(outputs: Outputs, job: Job, basis: dict[str, str]) -> Report:
    record = read_record(outputs.place(job))
    made_on = {
        "as_of": str(record.get("parameters", {}).get("as_of", "")),
        "version": str(record.get("data", {}).get("version", "")),
    }
    return Report(
        job=job,
        made=(outputs.place(job) / PAGE).is_file(),
        failed=outputs.failed(job).is_dir(),
        has_notebook=(outputs.failed(job) / NOTEBOOK).is_file(),
        other_basis=made_on if record and made_on != basis else None,
    )


def _bars(counts: Mapping[str, Any]) -> Iterator[Bar]:
    """Read counts of verdicts, by target year or at once, without the empty ones."""
    by_year = {key: value for key, value in counts.items() if isinstance(value, Mapping)}
    flat = {key: value for key, value in counts.items() if key not in by_year}
    for year, one in ({"": flat} | by_year).items():
        parts = tuple((code, int(n)) for code, n in one.items() if n)
        if parts:
            yield Bar(year, parts)


def _totals(topics: Sequence[Topic]) -> tuple[Bar, ...]:
    """Add the counts of all groups up, year by year."""
    sums: dict[str, dict[str, int]] = {}
    for bar in (bar for topic in topics for bar in topic.bars):
        year = sums.setdefault(bar.year, {})
        for code, n in bar.parts:
            year[code] = year.get(code, 0) + n
    return tuple(Bar(year, _in_order(parts)) for year, parts in sorted(sums.items()))


def _in_order(parts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return counts in the order of the wording: best first, then what could not be judged."""
    known = [key.removeprefix(SHORT) for key in catalogue(LANGUAGES[0]) if key.startswith(SHORT)]
    order = [code for code in known if code in parts]
    return tuple((code, parts[code]) for code in (*order, *sorted(set(parts) - set(known))))
