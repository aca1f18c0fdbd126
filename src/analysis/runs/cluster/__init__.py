"""The jobs of a run on many machines: an existing Dask cluster instead of this machine's cores.

The client (:mod:`.dispatch`) gives each worker of the cluster the data package and the notebooks
once, and then one job at a time for each of its threads. Beside each worker a process of its own
(:mod:`.host`) runs the jobs as they run here: in disposable processes, with the same limits and
engines (:mod:`analysis.runs.pool`). A report comes back as the bytes of its folder and is laid
into the folder that its job was given, so that everything after that is the same as in a local
run. No file system needs to be shared.

``parcels``
    what travels: data and notebooks there, reports back;
``likeness``
    a worker must be made of the same code, texts and releases of libraries, or it gets no job;
``dispatch``
    who gets which job, and what happens when a worker is lost;
``connection``
    what the cluster is asked, and how it is told that the scheduler is lost;
``remote``
    what a Dask worker does for a run;
``host``
    the process beside it.

Only ``connection`` imports Dask, which is an optional dependency (extra ``scale``).
"""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from analysis.errors import UserError
from analysis.runs.execute import Order
from analysis.runs.pool import Finish
from analysis.runs.signals import Stop

ADDRESS = re.compile(r"(tcp|tls|ws|wss)://\S+:[0-9]+")


@dataclass(frozen=True)
class Patience:
    """How long the client waits, in seconds.

    Parameters
    ----------
    connection
        For the scheduler to be reached.
    scheduler
        For an answer of the scheduler, once it was reached.
    workers
        For a worker to be there, at the start and whenever all were lost.
    arrival
        For a worker to take in the data and the notebooks.
    """

    connection: float = 10
    scheduler: float = 30
    workers: float = 60
    arrival: float = 300


def run_all(
    orders: Iterable[Order],
    scheduler: str,
    finish: Finish,
    stop: Stop,
    patience: Patience | None = None,
) -> None:
    """Do all jobs on a Dask cluster; call ``finish`` for each with how it ended and its seconds.

    The contract is that of :func:`analysis.runs.pool.run_all`: returns early, with nothing left
    running, if ``stop`` is requested; jobs that were not finished by then are not reported. A job
    whose worker is lost is done again on another, three times at most; then it has failed.

    Parameters
    ----------
    orders
        What to do; each folder exists and is empty, as for the pool.
    scheduler
        The address of the cluster's scheduler: ``tcp://HOST:8786`` or ``tls://HOST:8786``.
    finish
        Called in this thread, when the report lies in the folder of its order.
    stop
        Whether to stop.
    patience
        How long to wait.

    Raises
    ------
    UserError
        Before anything runs: Dask is not installed, the address is none, the scheduler cannot be
        reached, there is no worker, or a worker or the scheduler is not made of what is installed
        here. Later: the scheduler or the last worker was lost; what was finished by then has been
        reported.
    """
    if find_spec("distributed") is None:
        mend = "run `python -m pip install 'plan155[scale]'`, here and on the cluster"
        raise UserError("--scheduler needs Dask, which is not installed", sys.prefix, mend)
    if ADDRESS.fullmatch(scheduler) is None:
        what = f"{scheduler!r} is not the address of a Dask scheduler"
        raise UserError(what, "--scheduler", "write it as tcp://HOST:8786 or tls://HOST:8786")
    orders = tuple(orders)
    if orders:
        work = _work(orders, scheduler, finish, patience or Patience())
        asyncio.run(_unless(stop, work))


async def _work(
    orders: Sequence[Order], scheduler: str, finish: Finish, patience: Patience
) -> None:
    from analysis.runs.cluster.connection import connected
    from analysis.runs.cluster.dispatch import Dispatcher

    async with connected(scheduler, patience) as cluster:
        await Dispatcher(cluster, orders, finish, patience).run()


async def _unless(stop: Stop, work: Coroutine[Any, Any, None]) -> None:
    """Do the work, or break it off if a stop is requested."""
    loop, task = asyncio.get_running_loop(), asyncio.ensure_future(work)

    def break_off() -> None:
        loop.remove_reader(stop.fd)  # once is enough: what is under way is being ended
        task.cancel()

    loop.add_reader(stop.fd, break_off)
    try:
        await task
    except asyncio.CancelledError:
        if not stop.requested:
            raise
    finally:
        loop.remove_reader(stop.fd)
