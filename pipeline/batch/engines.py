"""How many processes, and where → a `concurrent.futures.Executor`, and the faults that mean a lost worker."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, ParamSpec, TypeVar

from pipeline.batch.work import guarded_batch, work_batch
from pipeline.batch.workers import WorkerLost, Workers
from pipeline.notes import Failure
from pipeline.rules.batch import BatchLimits
from pipeline.store import StoreError

P = ParamSpec("P")
T = TypeVar("T")
_KILLED: Final = "killed by signal {0}; the system does so where memory runs out"


@dataclass(frozen=True, slots=True)
class Engine:
    """An executor, what it runs on a batch of files, and the exceptions that say that a worker is lost.

    `close` ends it; True drops what has not been done yet. `start` says that work will come, `renew` gives
    the memory of its processes back.
    """

    executor: Executor
    work: Callable[..., Any]
    slots: int
    close: Callable[[bool], None]
    lost: tuple[type[Exception], ...] = ()
    start: Callable[[], None] = lambda: None
    renew: Callable[[], None] = lambda: None


@contextmanager
def engine(
    workers: int, scheduler: str | None, limits: BatchLimits, rehearse: Callable[[], None] | None = None
) -> Iterator[Engine]:
    """Open what the run is spread over: this process (0 workers), processes, or a Dask scheduler.

    `rehearse` is what a process of ours may do while there is nothing to do yet.
    """
    opened = _dask(scheduler) if scheduler else _own(workers, limits, rehearse) if workers else _here()
    stopped = True
    try:
        yield opened
        stopped = False
    except CancelledError as e:  # Dask gives up all that it was asked for when its scheduler is gone
        raise StoreError(f"the Dask scheduler at {scheduler} is gone; run again: what is done is kept") from e
    finally:
        opened.close(stopped)


def failure_of(fault: Exception, limits: BatchLimits) -> Failure:
    """Why a file that lost its worker is quarantined."""
    ended_by = fault.signal if isinstance(fault, WorkerLost) else 0
    if ended_by == signal.SIGALRM:
        return Failure("TIMEOUT", f"more than {limits.seconds:g} s")
    return Failure("WORKER_LOST", _KILLED.format(ended_by) if ended_by else str(fault)[:200])


def _own(workers: int, limits: BatchLimits, rehearse: Callable[[], None] | None) -> Engine:
    pool = Workers(workers, limits.memory_bytes, rehearse)
    return Engine(
        pool, guarded_batch, workers, lambda stopped: pool.shutdown(cancel_futures=stopped), (WorkerLost,),
        pool.start, pool.renew,
    )  # fmt: skip


def _here() -> Engine:
    return Engine(Here(), work_batch, 1, lambda _: None)


def _dask(address: str) -> Engine:
    try:
        import distributed  # noqa: PLC0415  # only where a cluster is used
    except ImportError as e:
        raise StoreError("--scheduler needs Dask: install nianbao[cluster]") from e
    dask: Any = distributed
    try:
        client = dask.Client(address, timeout=20)
    except OSError as e:
        raise StoreError(f"no Dask scheduler answers at {address} ({e}); check --scheduler") from e
    slots = sum(client.nthreads().values())
    executor = client.get_executor(pure=False)

    def close(stopped: bool) -> None:
        executor.shutdown(wait=not stopped)
        client.close()

    return Engine(executor, guarded_batch, max(1, slots), close, (dask.KilledWorker,))


class Here(Executor):
    """Calls run at once in the caller's own process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run the call; an exception is raised here, not kept."""
        future: Future[T] = Future()
        future.set_result(fn(*args, **kwargs))
        return future
