"""The engine as papermill sees it. papermill must be imported before this module."""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode
from papermill.engines import Engine, NotebookExecutionManager
from papermill.utils import remove_args


class InProcessEngine(Engine):  # type: ignore[misc] # papermill is not typed
    """Runs a notebook's cells in this process; one notebook a process, see :mod:`.kernel`."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        log_output: bool = False,
        **options: Any,
    ) -> Any:
        """Run all cells.

        Parameters
        ----------
        nb_man
            The notebook, with papermill's record of its execution.
        kernel_name
            Stands in the notebook; there is no other kernel than this process.
        log_output
            Whether what is written also goes to papermill's log.
        **options
            Those of papermill's own engine; ``on_cell`` is called with the position of each cell
            before it runs.
        """
        from analysis.runs.engine.client import InProcessClient

        on_cell = options.pop("on_cell", None)
        kept = remove_args(_OF_A_KERNEL_PROCESS, **options)
        client = InProcessClient(
            nb_man, kernel_name=kernel_name, log_output=log_output, before_cell=on_cell, **kept
        )
        return client.execute()

    @classmethod
    def execute_notebook(
        cls, nb: NotebookNode, kernel_name: str, output_path: str | None = None, **options: Any
    ) -> NotebookNode:
        """Run a notebook, saving it now and then instead of twice a cell."""
        kept = {name: options.pop(name) for name in _OF_A_RECORD if name in options}
        record = SparingRecord(nb, output_path=output_path, **kept)
        record.notebook_start()
        try:
            log_output = bool(kept.get("log_output"))
            cls.execute_managed_notebook(record, kernel_name, log_output=log_output, **options)
        finally:
            record.cleanup_pbar()
            record.notebook_complete()
        done: NotebookNode = record.nb
        return done


class SparingRecord(NotebookExecutionManager):  # type: ignore[misc] # papermill is not typed
    """papermill's record of an execution; it saves at the start, at the end, and now and then."""

    def save(self, **options: Any) -> None:
        """Save the notebook, unless it was saved a moment ago and more is to come."""
        ends = self.end_time is not None
        first = not hasattr(self, "saved")
        if ends or first or (self.now() - self.last_save_time).total_seconds() >= SAVE_EVERY:
            self.saved = True
            super().save(**options)


SAVE_EVERY = 2.0
"""Seconds between two savings."""

_OF_A_RECORD = ("autosave_cell_every", "log_output", "progress_bar")
_OF_A_KERNEL_PROCESS = (
    "execution_timeout", "input_path", "kernel_manager_class", "shutdown_kernel", "start_timeout",
    "startup_timeout", "stderr_file", "stdout_file", "timeout",
)  # fmt: skip
"""Options of an engine with a kernel of its own, without meaning here."""
