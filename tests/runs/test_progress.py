from __future__ import annotations

from io import StringIO

from analysis.runs.failure import Failure
from analysis.runs.job import Job
from analysis.runs.progress import Progress
from analysis.runs.record import DONE, FAILED, JobRecord

GOOD = JobRecord(Job("gap", "1", "vi"), DONE, seconds=4.25)
BAD = JobRecord(
    Job("gap", "2", "vi"), FAILED, seconds=1, failure=Failure("cell", "ValueError: x", 7)
)


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def shown(stream: StringIO) -> str:
    with Progress(10, stream) as progress:
        progress.ended(GOOD)
        progress.ended(BAD)
    return stream.getvalue()


def test_without_a_terminal_each_job_has_one_plain_line() -> None:
    assert shown(StringIO()).splitlines() == [
        "[ 1/10] done   vi-gap-01  4.2 s",
        "[ 2/10] failed vi-gap-02  1.0 s  cell 7: ValueError: x",
    ]


def test_on_a_terminal_there_is_a_bar_and_a_line_for_failures_only() -> None:
    text = shown(Terminal())
    assert "2/10" in text
    assert "vi-gap-01" not in text
    assert "failed vi-gap-02" in text
