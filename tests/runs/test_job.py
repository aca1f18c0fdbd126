from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.runs.job import Job, all_jobs, parse_folder
from analysis.runs.kinds import Kind
from analysis.words import LANGUAGES

OVERVIEW, GAP, TREND = Kind("overview"), Kind("gap", "group_id", 1), Kind("trend", "group_id", 2)
TASKS, AGENCY = Kind("tasks", "task_group_id", 3), Kind("agency", "agency_id", 4)
KINDS = (OVERVIEW, GAP, TREND, TASKS, AGENCY)
SUBJECTS = {
    "group_id": tuple(str(n) for n in range(1, 12)),
    "task_group_id": ("I", "II"),
    "agency_id": ("so-y-te",),
}
NUMBERS = st.integers(min_value=1, max_value=120).map(str)
WORDS = st.from_regex(r"[a-z][a-z0-9]*(-[a-z0-9]*[a-z][a-z0-9]*)*", fullmatch=True)
JOBS = st.builds(
    Job,
    st.sampled_from([kind.name for kind in KINDS]),
    st.one_of(st.just(""), NUMBERS, WORDS, st.sampled_from(["I", "IV", "IX"])),
    st.sampled_from(LANGUAGES),
)


@pytest.mark.parametrize(
    ("kind", "subject", "name"),
    [
        ("gap", "5", "gap-05"),
        ("trend", "11", "trend-11"),
        ("overview", "", "overview"),
        ("tasks", "IV", "tasks-IV"),
        ("agency", "so-y-te", "agency-so-y-te"),
    ],
)
def test_a_job_names_its_folder_by_language_kind_and_subject(
    kind: str, subject: str, name: str
) -> None:
    job = Job(kind, subject, "vi")
    assert (job.id, job.folder) == (f"vi-{name}", f"vi/{name}")


def test_every_kind_is_made_for_every_one_of_its_subjects() -> None:
    jobs = all_jobs(KINDS, SUBJECTS, ["vi"])
    counts = {kind.name: sum(job.kind == kind.name for job in jobs) for kind in KINDS}
    assert counts == {"overview": 1, "gap": 11, "trend": 11, "tasks": 2, "agency": 1}
    assert len(set(jobs)) == len(jobs)


def test_kinds_with_the_same_subject_come_side_by_side() -> None:
    jobs = all_jobs([OVERVIEW, GAP, TREND], {"group_id": ["1", "2"]}, ["vi"])
    assert [job.id for job in jobs] == [
        "vi-overview", "vi-gap-01", "vi-trend-01", "vi-gap-02", "vi-trend-02",
    ]  # fmt: skip


def test_a_kind_whose_subjects_the_package_lacks_makes_no_job() -> None:
    assert all_jobs([AGENCY], {"group_id": ["1"]}, ["vi"]) == ()


@given(JOBS)
def test_a_folder_reads_back_as_its_job(job: Job) -> None:
    assert parse_folder(job.folder) == job


@pytest.mark.parametrize(
    "folder",
    [
        "failed/vi-gap-05",
        "vi/gap-5",
        "vi/gap-",
        "fr/gap-05",
        "vi/Gap-05",
        "vi/a..b",
        "vi/",
        "vi",
        "",
    ],
)
def test_other_folders_are_no_jobs(folder: str) -> None:
    assert parse_folder(folder) is None


@given(JOBS)
def test_the_same_report_in_another_language_differs_in_nothing_else(job: Job) -> None:
    other = job.in_language("en")
    assert (other.kind, other.subject, other.language) == (job.kind, job.subject, "en")


@given(JOBS)
def test_another_kind_about_the_same_differs_in_nothing_else(job: Job) -> None:
    other = job.of_kind("trend")
    assert (other.kind, other.subject, other.language) == ("trend", job.subject, job.language)
