"""What a process imports once, so that the notebooks forked from it need not.

The order matters: first the settings that libraries read when they are imported, then the shell
(:mod:`.kernel`), then the libraries. A process with threads must not be forked.
"""

from __future__ import annotations

import gc
import os
from contextlib import suppress
from datetime import date
from pathlib import Path

from analysis.runs.settings import (
    CHILD_ENVIRONMENT,
    KEPT_DATA,
    KEPT_DAY,
    PERSONAL_ENVIRONMENT,
)

TASKS = Path("/proc/self/task")

READY = False
"""Whether this process, or the one that it was forked from, was made ready."""

WHY_NOT = "it was never asked to be"


def make_ready() -> None:
    """Import everything; a fault is kept for those that are forked, which then do without."""
    global READY, WHY_NOT  # noqa: PLW0603 # what a fork inherits is what is global
    data, day = (os.environ.pop(name, "") for name in (KEPT_DATA, KEPT_DAY))
    try:
        _import_all()
    except Exception as error:
        WHY_NOT = f"{type(error).__name__}: {error}"
        return
    with suppress(Exception):  # data that cannot be read: each notebook will say so itself
        _keep_data(data, day)
    threads = len(list(TASKS.iterdir()))
    READY, WHY_NOT = threads == 1, f"it has {threads} threads"
    gc.collect()
    gc.freeze()  # what all share is left alone by the collectors, so that it stays shared


def _import_all() -> None:
    for name in PERSONAL_ENVIRONMENT:
        os.environ.pop(name, None)
    os.environ.update(CHILD_ENVIRONMENT)
    from analysis.runs.engine.kernel import own

    own()
    import bs4  # noqa: F401
    import great_tables  # noqa: F401
    import matplotlib.pyplot  # noqa: F401
    import pandas  # noqa: F401
    import papermill  # noqa: F401
    import seaborn  # noqa: F401

    import analysis.reports
    import analysis.runs.execute  # noqa: F401
    from analysis.runs.engine.rehearsal import rehearse
    from analysis.runs.html import exporter
    from analysis.words import LANGUAGES, Words

    for language in LANGUAGES:
        exporter(language)
        Words(language)
    rehearse()


def _keep_data(data: str, day: str) -> None:
    """Read the package that the notebooks will ask for; theirs if no file is changed until then."""
    if data and day:
        from analysis.api import keep

        keep(data, as_of=date.fromisoformat(day))


def freshen() -> None:
    """Give a fork what it must not share with the others: numpy's state of chance."""
    import numpy as np

    np.random.seed()
