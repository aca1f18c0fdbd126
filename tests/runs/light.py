"""A warm process for small notebooks, without the libraries that the real reports are made with.

It is made and forked as the real one is, and its forks run their cells in the same way; but it is
there after a second instead of six. A small notebook that wants pandas imports it itself.

Imported as a module it changes nothing. Imported by the process from which workers are forked, in
the place of the project's own (:func:`use`), it makes that process warm.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from typing import Final

from analysis.runs import pool
from analysis.runs.engine import warm
from analysis.runs.settings import CHILD_ENVIRONMENT, PERSONAL_ENVIRONMENT

PRELOADED: Final = ["tests.runs.light_server"]


def use() -> None:
    """Have the workers of this process forked from a light process, whatever runs the cells.

    The folder that holds ``tests`` must be on ``PYTHONPATH`` when that process is started.
    """
    pool.PRELOADED.update(dict.fromkeys(pool.PRELOADED, PRELOADED))
    if pool.METHOD == "forkserver":
        multiprocessing.get_context(pool.METHOD).set_forkserver_preload(PRELOADED)


def serve() -> None:
    """Make this process warm, as :func:`analysis.runs.engine.warm.make_ready` does."""
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type] # a second of grammar
    warm._import_all = _import_few
    warm.make_ready()


def _import_few() -> None:
    for name in PERSONAL_ENVIRONMENT:
        os.environ.pop(name, None)
    os.environ.update(CHILD_ENVIRONMENT)
    from analysis.runs.engine.kernel import own

    own()
    import nbformat
    import papermill  # noqa: F401

    import analysis.runs.execute
    import analysis.runs.kernel  # noqa: F401
    from analysis.runs.html import Page, to_html
    from analysis.runs.job import Job
    from analysis.words import unasked

    page = Page(Job("gap", "1", "vi"), "", {"gap": "gap"}, (), "", "", {})
    cells = [nbformat.v4.new_markdown_cell("# 1"), nbformat.v4.new_code_cell("1")]
    with unasked():
        to_html(nbformat.v4.new_notebook(cells=cells), page)
