"""The connection to a Dask cluster: everything that Dask is asked, and what it answers."""

from __future__ import annotations

import asyncio
import logging
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, TypeVar
from uuid import uuid4

import distributed
from distributed.scheduler import KilledWorker

from analysis.errors import UserError
from analysis.runs.cluster import Patience, likeness, remote
from analysis.runs.cluster.dispatch import LostError, lost_scheduler
from analysis.runs.cluster.parcels import Answer, Cargo
from analysis.runs.keys import Digests

LOSSES: Final = (remote.NotHereError, CancelledError, KilledWorker, OSError)
"""How a worker, or Dask for it, says that it could not do a job through no fault of the job."""

T = TypeVar("T")


@asynccontextmanager
async def connected(scheduler: str, patience: Patience) -> AsyncIterator[Cluster]:
    """Give the cluster of a scheduler; afterwards nothing of the run is left on it.

    Raises
    ------
    UserError
        If the scheduler cannot be reached.
    """
    with _quiet():
        client = await _client(scheduler, patience)
        cluster = Cluster(client, scheduler, patience)
        try:
            yield cluster
        finally:
            with suppress(UserError, OSError):
                await cluster.leave()
            with suppress(OSError):
                await asyncio.wait_for(client.close(), patience.scheduler)


async def _client(scheduler: str, patience: Patience) -> Any:
    start: Any = distributed.Client
    limit = patience.connection
    try:
        return await start(scheduler, asynchronous=True, set_as_default=False, timeout=limit)
    except (OSError, ValueError, ImportError) as error:
        what = f"the Dask scheduler cannot be reached: {error or type(error).__name__}"
        mend = "start it with `dask scheduler`, or mend the address: --scheduler tcp://HOST:8786"
        raise UserError(what, scheduler, mend) from None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask from telling what is told here: lost connections, releases that differ."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module="distributed")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


@dataclass(eq=False)
class Cluster:
    """A Dask cluster as one run uses it.

    Every method raises a UserError if the scheduler is lost.

    Parameters
    ----------
    client
        Dask's client.
    scheduler
        The address, for people.
    patience
        How long to wait.
    """

    client: Any
    scheduler: str
    patience: Patience
    _run: str = field(default_factory=lambda: uuid4().hex)
    _told: set[str] = field(default_factory=set)

    async def workers(self) -> Mapping[str, int]:
        """Return how many threads each worker has, by its address."""
        return dict(await self._of_scheduler(self.client.nthreads))

    async def scheduler_made_of(self) -> Digests | BaseException:
        """Return what the scheduler's process is made of, or why it cannot say."""
        ask = partial(self.client.run_on_scheduler, likeness.made_of)
        try:
            made_of: Digests = await self._of_scheduler(ask)
        except (UserError, OSError):
            raise
        except Exception as error:
            return error
        return made_of

    async def made_of(self, workers: Iterable[str]) -> Mapping[str, Digests | BaseException]:
        """Return what each worker is made of, or why it cannot say.

        Each is asked by itself, so that one that does not answer is told from the others.
        """
        limit = self.patience.scheduler
        asked = (self._all(limit, [worker], likeness.made_of) for worker in workers)
        answers = await asyncio.gather(*asked)
        return {worker: said for one in answers for worker, said in one.items()}

    async def take_in(
        self, workers: Iterable[str], cargo: Cargo
    ) -> Mapping[str, BaseException | None]:
        """Let workers take in what the jobs read; return for each why it could not, if so."""
        self._told.update(workers)
        return await self._all(
            self.patience.arrival, workers, remote.take_in, run=self._run, cargo=cargo
        )

    async def perform(self, worker: str, name: str, order: bytes) -> Answer:
        """Let a worker do a job.

        Raises
        ------
        LostError
            If the worker is lost, or what it has taken in is.
        """
        future = self.client.submit(
            remote.perform,
            self._run,
            order,
            key=f"plan155-{name}-{uuid4().hex}",
            workers=[worker],
            allow_other_workers=False,
            pure=False,
        )
        try:
            answer: Answer = await future
        except LOSSES as error:
            await self.workers()  # is it the scheduler that is lost?
            raise LostError(str(error)) from error
        finally:
            future.release()
        return answer

    async def leave(self) -> None:
        """End what the workers have begun, and let them clear away what they have taken in."""
        workers = self._told & {*await self.workers()} if self._told else ()
        await self._all(self.patience.scheduler, workers, remote.leave, run=self._run)

    async def _all(
        self, seconds: float, workers: Iterable[str], what: Any, **given: Any
    ) -> dict[str, Any]:
        """Ask all of these workers; return by address the answer, or the exception."""
        asked = [*workers]
        if not asked:
            return {}
        ask = partial(self.client.run, what, workers=asked, on_error="return", **given)
        try:
            return dict(await self._answer(ask, seconds))
        except TimeoutError:
            await self.workers()  # is it the scheduler that is lost?
            return dict.fromkeys(asked, TimeoutError(f"no answer within {seconds:g} s"))

    async def _of_scheduler(self, ask: Callable[[], Awaitable[T]]) -> T:
        """Ask the scheduler itself, which is lost if it does not answer."""
        try:
            return await self._answer(ask, self.patience.scheduler)
        except TimeoutError:
            raise lost_scheduler(self.scheduler, "it does not answer") from None

    async def _answer(self, ask: Callable[[], Awaitable[T]], seconds: float) -> T:
        if self.client.status != "running":
            raise lost_scheduler(self.scheduler, "the connection has ended")
        try:
            return await asyncio.wait_for(ask(), seconds)
        except TimeoutError:
            raise
        except OSError as error:
            raise lost_scheduler(self.scheduler, str(error) or type(error).__name__) from None
