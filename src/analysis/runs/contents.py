"""What the outputs hold, as the index tells it: reports by subject, and results as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.runs.accept import LOG, NOTEBOOK, REQUIRED, read_marker
from analysis.runs.facts import DESCRIPTOR, PackageFacts, Subject
from analysis.runs.job import Job, all_jobs
from analysis.runs.kinds import SUBJECTS, Kind
from analysis.runs.places import RESULTS, Outputs
from analysis.runs.publish import PAGE
from analysis.runs.record import read_json, read_record
from analysis.runs.sealed import read_sealed
from analysis.words import LANGUAGES
from analysis.words.catalogue import catalogue
from analysis.words.collation import collation

LISTED = "agency_id"  # subjects so many that only their names are listed, in alphabetical order
SHORT = "verdict_short."
"""The wording of a verdict in a few words is called this, and its code."""


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
    has_log: bool
    other_basis: dict[str, str] | None

    @property
    def page(self) -> str:
        """Link to the report's page."""
        return f"{self.job.folder}/{PAGE}"

    @property
    def evidence(self) -> dict[str, str]:
        """Links to what a failed job left behind, by the key of their wording."""
        links = {"index.log": f"failed/{self.job.id}/{LOG}"} if self.has_log else {}
        if self.has_notebook:
            links = {"index.evidence": f"failed/{self.job.id}/{NOTEBOOK}", **links}
        return links


@dataclass(frozen=True)
class Topic:
    """One kind of report on one subject, in every language in use."""

    kind: Kind
    reports: tuple[Report, ...]
    sentence: Mapping[str, str]
    bars: tuple[Bar, ...]

    @property
    def titles(self) -> dict[str, str]:
        """The short name of the kind, by language."""
        return {language: self.kind.title(language) for language in LANGUAGES}

    @property
    def pages(self) -> dict[str, str]:
        """Links to the reports that are there, by language."""
        return {report.job.language: report.page for report in self.reports if report.made}

    @property
    def files(self) -> dict[str, str]:
        """Links to the files beside the first report: the values are the same in all languages."""
        made = [report.job.folder for report in self.reports if report.made]
        return {name: f"{made[0]}/{name}" for name in (*REQUIRED, NOTEBOOK)} if made else {}

    @property
    def touched(self) -> bool:
        """Whether a report was made, or was to be made and failed."""
        return any(report.made or report.failed for report in self.reports)


@dataclass(frozen=True)
class Card:
    """One subject with its reports; of the whole plan, the subject has no id."""

    subject: Subject
    topics: tuple[Topic, ...]

    @property
    def names(self) -> dict[str, str]:
        """The name of the subject, by language."""
        return {language: self.subject.name(language) for language in LANGUAGES}


@dataclass(frozen=True)
class Section:
    """All reports on subjects of one sort: the whole plan, the groups, the agencies."""

    parameter: str
    cards: tuple[Card, ...]

    @property
    def name(self) -> str:
        """The section's address on the page, and the key of its wording."""
        return self.parameter.removesuffix("_id") or "plan"

    @property
    def listed(self) -> bool:
        """Whether subjects are listed by their names only."""
        return self.parameter == LISTED

    @property
    def topics(self) -> tuple[Topic, ...]:
        """All topics of the section."""
        return tuple(topic for card in self.cards for topic in card.topics)

    @property
    def touched(self) -> bool:
        """Whether anything was made, or failed, in the section."""
        return any(topic.touched for topic in self.topics)


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


@dataclass(frozen=True)
class Shelf:
    """Where reports stand, which languages are in use, and what those of the page rest on."""

    outputs: Outputs
    languages: tuple[str, ...]
    basis: Mapping[str, str]


def read_sections(
    outputs: Outputs, facts: PackageFacts, kinds: Sequence[Kind], basis: Mapping[str, str]
) -> list[Section]:
    """Return what there is on the whole plan, the groups, the task groups and the agencies.

    Parameters
    ----------
    outputs
        The outputs.
    facts
        The data package: names of subjects.
    kinds
        The kinds of report that there are.
    basis
        ``as_of`` and ``version`` of the page; a report with another says so.
    """
    shelf = Shelf(outputs, _languages_in_use(outputs, facts, kinds), basis)
    return [_section(shelf, facts, kinds, parameter) for parameter in ("", *SUBJECTS)]


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


def _section(shelf: Shelf, facts: PackageFacts, kinds: Sequence[Kind], parameter: str) -> Section:
    mine = [kind for kind in kinds if kind.subject == parameter]
    subjects = facts.subjects.get(parameter, ()) if parameter else (Subject("", "", ""),)
    if parameter == LISTED:
        subjects = tuple(sorted(subjects, key=lambda subject: collation(subject.name_vi)))
    cards = (
        Card(subject, tuple(_topic(shelf, kind, subject) for kind in mine)) for subject in subjects
    )
    return Section(parameter, tuple(cards) if mine else ())


def _topic(shelf: Shelf, kind: Kind, subject: Subject) -> Topic:
    jobs = [Job(kind.name, subject.subject_id, language) for language in shelf.languages]
    markers = [read_marker(shelf.outputs.place(job)) or {} for job in jobs]
    summary: dict[str, Any] = next((one["summary"] for one in markers if one.get("summary")), {})
    return Topic(
        kind=kind,
        reports=tuple(_report(shelf, job) for job in jobs),
        sentence=summary.get("sentence", {}),
        bars=tuple(_bars(summary.get("counts", {}))),
    )


def _report(shelf: Shelf, job: Job) -> Report:
    place, failure = shelf.outputs.place(job), shelf.outputs.failed(job)
    record = read_record(place)
    made_on = {
        "as_of": str(record.get("parameters", {}).get("as_of", "")),
        "version": str(record.get("data", {}).get("version", "")),
    }
    holds_for = record.get("made", {}).get("confirmed", made_on)
    return Report(
        job=job,
        made=(place / PAGE).is_file(),
        failed=failure.is_dir(),
        has_notebook=(failure / NOTEBOOK).is_file(),
        has_log=(failure / LOG).is_file(),
        other_basis=made_on if record and holds_for != shelf.basis else None,
    )


def _bars(counts: Mapping[str, Any]) -> Iterator[Bar]:
    """Read counts of verdicts, by target year or at once, without the empty ones.

    Counts of something else, such as the standings of tasks, make no bar.
    """
    by_year = {key: value for key, value in counts.items() if isinstance(value, Mapping)}
    flat = {key: value for key, value in counts.items() if key not in by_year}
    for year, one in ({"": flat} | by_year).items():
        parts = tuple((code, int(n)) for code, n in one.items() if n)
        if any(f"{SHORT}{code}" in catalogue(LANGUAGES[0]) for code, _ in parts):
            yield Bar(year, parts)


def totals(topics: Sequence[Topic]) -> tuple[Bar, ...]:
    """Add the counts of topics up, year by year."""
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


def read_data(outputs: Outputs, basis: Mapping[str, str]) -> Data:
    """Return the results as data that the outputs hold."""
    place = outputs.results / DESCRIPTOR
    told = read_json(place) or {}
    made_on = {
        "as_of": str(told.get("assessedOn", "")),
        "version": str(told.get("basedOn", {}).get("version", "")),
    }
    noted = (read_sealed(outputs.state) or {}).get(RESULTS, {})
    holds_for = noted.get("made", {}).get("confirmed", made_on)
    log = outputs.failed_results / LOG
    return Data(
        tables=tuple(_data_file(outputs, one) for one in told.get("resources", ())),
        descriptor=f"{RESULTS}/{DESCRIPTOR}" if told else "",
        log=f"failed/{RESULTS}/{LOG}" if log.is_file() else "",
        other_basis=made_on if told and holds_for != basis else None,
    )


def read_changes(outputs: Outputs) -> dict[str, dict[str, str]]:
    """Return links to what tells of changes, by language and kind, as far as it is there."""
    links = {
        "vi": {"letter": "run.md", "atom": "changes/feed.vi.atom", "json": "changes/feed.vi.json"},
        "en": {
            "letter": "run.en.md", "atom": "changes/feed.en.atom", "json": "changes/feed.en.json",
        },
    }  # fmt: skip
    found = {
        language: {name: href for name, href in some.items() if (outputs.root / href).is_file()}
        for language, some in links.items()
    }
    return {language: some for language, some in found.items() if some}


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
