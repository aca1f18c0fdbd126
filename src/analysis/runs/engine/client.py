"""papermill's client, with the cells run in this process."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from nbclient.client import timestamp
from nbclient.exceptions import CellExecutionComplete
from nbclient.util import run_sync
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient

from analysis.runs.engine.kernel import Executor
from analysis.runs.engine.recorder import Message

OnCell = Callable[[int], None]


class InProcessClient(PapermillNotebookClient):  # type: ignore[misc] # papermill is not typed
    """Puts what the cells leave into the notebook, by the rules of nbclient.

    Parameters
    ----------
    nb_man
        The notebook, with papermill's record of its execution.
    before_cell
        Called with the position of each cell, from 1, before it runs.
    **options
        Those of papermill's client.
    """

    def __init__(self, nb_man: Any, *, before_cell: OnCell | None = None, **options: Any) -> None:
        super().__init__(nb_man, **options)
        self._before_cell = before_cell
        self._here: tuple[NotebookNode, int] | None = None

    def execute(self, **_: Any) -> NotebookNode:
        """Run all cells up to the first that fails."""
        self.reset_execution_trackers()
        self.log.info("Executing notebook in process %s", self.kernel_name)
        self._executor = Executor(self._arrived)
        try:
            self.papermill_execute_cells()
            self.nb.metadata["language_info"] = self._executor.language_info
            self.set_widgets_metadata()
        finally:
            self._executor.close()
        done: NotebookNode = self.nb
        return done

    def execute_cell(self, cell: NotebookNode, cell_index: int, *_: Any, **__: Any) -> NotebookNode:
        """Run one cell.

        Raises
        ------
        nbclient.exceptions.CellExecutionError
            If it raises.
        """
        if self._before_cell is not None:
            self._before_cell(cell_index + 1)
        if cell.cell_type != "code" or not cell.source.strip():
            return cell
        if self.skip_cells_with_tag in cell.metadata.get("tags", []):
            return cell
        cell.outputs = []
        cell.metadata["execution"] = {}
        self.clear_before_next_output = False
        self._here = (cell, cell_index)
        reply = self._executor.execute(cell.source, cell.get("id", ""))
        self._here = None
        cell.metadata["execution"]["shell.execute_reply"] = timestamp(reply)
        self.code_cells_executed += 1
        run_sync(self._check_raise_for_error)(cell, cell_index, reply)
        self.nb["cells"][cell_index] = cell
        return cell

    def _arrived(self, message: Message) -> None:
        if self._here is None:
            return
        with suppress(CellExecutionComplete):  # how nbclient says that a kernel is idle
            self.process_message(message, *self._here)
