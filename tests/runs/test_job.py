from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.runs.job import KINDS, LANGUAGES, Job, all_jobs, parse_folder

JOBS = st.builds(
    Job, st.sampled_from(KINDS), st.integers(min_value=1, max_value=120), st.sampled_from(LANGUAGES)
)


def test_a_job_names_its_folder_by_language_kind_and_two_digits() -> None:
    job = Job("gap", 5, "vi")
    assert (job.id, job.folder) == ("vi-gap-05", "vi/gap-05")


def test_the_plan_in_one_language_makes_twenty_two_jobs() -> None:
    jobs = all_jobs(KINDS, range(1, 12), ["vi"])
    assert len(jobs) == len(set(jobs)) == 22


def test_jobs_come_group_by_group() -> None:
    jobs = all_jobs(["trend", "gap"], [1, 2], ["vi"])
    assert [job.id for job in jobs] == ["vi-trend-01", "vi-gap-01", "vi-trend-02", "vi-gap-02"]


@given(JOBS)
def test_a_folder_reads_back_as_its_job(job: Job) -> None:
    assert parse_folder(job.folder) == job


@pytest.mark.parametrize(
    "folder", ["failed/vi-gap-05", "vi/gap-5", "vi/gap-x", "fr/gap-05", "vi", ""]
)
def test_other_folders_are_no_jobs(folder: str) -> None:
    assert parse_folder(folder) is None


@given(JOBS)
def test_siblings_differ_in_one_thing_only(job: Job) -> None:
    siblings = job.siblings
    assert siblings["kind"].kind != job.kind
    assert siblings["kind"].language == job.language
    assert siblings["language"].language != job.language
    assert siblings["language"].kind == job.kind
    assert {sibling.group_id for sibling in siblings.values()} == {job.group_id}
