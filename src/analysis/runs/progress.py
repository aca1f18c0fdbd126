"""One progress bar for the whole run, or a plain line for each job where there is no terminal."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TextIO

from tqdm import tqdm

from analysis.runs.record import DONE, JobRecord


class Progress:
    """Shows how far the run is, on standard error.

    Parameters
    ----------
    total
        Number of jobs.
    stream
        Where to write; standard error if left out.
    """

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._total = total
        self._ended = 0
        self._bar = tqdm(
            total=total,
            unit="report",
            desc="Reports",
            file=self._stream,
            disable=not self._stream.isatty(),
            dynamic_ncols=True,
        )

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.close()

    def ended(self, record: JobRecord) -> None:
        """Note the end of a job; on a terminal only failures get a line of their own."""
        self._ended += 1
        line = f"{record.status:6} {record.job.id}  {record.seconds:.1f} s"
        if record.failure is not None:
            line += f"  {record.failure}"
        if self._bar.disable:
            width = len(str(self._total))
            print(f"[{self._ended:{width}}/{self._total}] {line}", file=self._stream, flush=True)
        elif record.status != DONE:
            self._bar.write(line, file=self._stream)
        self._bar.update()
