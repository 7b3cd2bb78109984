"""Processes that are killed, hang or eat memory are replaced; what they worked on fails, the rest goes on."""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psutil
import pyarrow as pa
import pytest

from pipeline.batch.workers import WorkerLost, Workers, prepare
from pipeline.store import StoreError

GIB = 1 << 30


@pytest.fixture
def pool() -> Iterator[Workers]:
    workers = Workers(2, 2 * GIB)
    yield workers
    workers.shutdown(cancel_futures=True)


def double(n: int) -> int:
    return 2 * n


def die(by: int) -> None:
    os.kill(os.getpid(), by)
    time.sleep(10)


def hang() -> None:
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    while True:  # as a loop in C would: no signal handler in Python would run between bytecodes of it
        pass


def eat(n: int) -> int:
    return len(b"x" * n)


def refuse() -> None:
    raise StoreError("no room")


def test_calls_come_back_whatever_happens_to_others(pool: Workers) -> None:
    futures = [pool.submit(die, signal.SIGKILL) if n % 3 == 0 else pool.submit(double, n) for n in range(9)]
    outcomes = [f.exception() or f.result() for f in futures]
    assert [o if isinstance(o, int) else o.signal for o in outcomes] == [9, 2, 4, 9, 8, 10, 9, 14, 16]


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGTERM])
def test_a_lost_process_says_which_signal_ended_it(pool: Workers, by: int) -> None:
    with pytest.raises(WorkerLost) as fault:
        pool.submit(die, by).result()
    assert fault.value.signal == by


def test_a_process_that_hangs_is_ended_by_its_alarm(pool: Workers) -> None:
    with pytest.raises(WorkerLost) as fault:
        pool.submit(hang).result()
    assert fault.value.signal == signal.SIGALRM


def test_memory_beyond_the_limit_is_refused_and_the_process_lives(pool: Workers) -> None:
    with pytest.raises(WorkerLost):
        pool.submit(eat, 3 * GIB).result()
    assert pool.submit(eat, 1 << 20).result() == 1 << 20


def slow_pid() -> int:
    time.sleep(0.1)
    return os.getpid()


def pids(pool: Workers, calls: int) -> set[int]:
    return {f.result() for f in [pool.submit(slow_pid) for _ in range(calls)]}


def test_processes_are_replaced_when_told_to(pool: Workers) -> None:
    before = pids(pool, 40)
    pool.renew()
    assert before.isdisjoint(pids(pool, 40))


def test_a_process_that_has_served_few_calls_is_not_replaced() -> None:
    pool = Workers(1, 2 * GIB)
    before = pids(pool, 1)
    pool.renew()
    assert pids(pool, 1) == before
    pool.shutdown()


def test_calls_that_were_queued_before_are_served_by_the_process_that_is_there() -> None:
    pool = Workers(1, 2 * GIB)
    before = [pool.submit(slow_pid) for _ in range(10)]
    pool.renew()
    after = pool.submit(slow_pid)
    assert len({f.result() for f in before}) == 1
    assert after.result() not in {f.result() for f in before}
    pool.shutdown()


def test_all_processes_start_with_the_first_call_and_none_before(pool: Workers) -> None:
    before = spawned()
    pool.submit(double, 1).result()
    until = time.monotonic() + 60
    while len(spawned() - before) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    assert len(spawned() - before) == 2


def test_one_process_can_start_before_there_is_a_call_and_rehearses(tmp_path: Path) -> None:
    before, mark = spawned(), tmp_path / "rehearsed"
    workers = Workers(2, 2 * GIB, partial(rehearse, mark))
    workers.start()
    until = time.monotonic() + 60
    while not mark.exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert mark.exists() and len(spawned() - before) == 1
    (early,) = spawned() - before
    assert workers.submit(os.getpid).result() == early  # the rehearsal failed, and nothing is amiss
    assert workers.submit(os.getpid).result() != early  # what it holds is given back
    workers.shutdown()
    assert not spawned() - before


def test_a_process_that_was_prepared_is_the_first_of_a_pool_and_has_its_limit() -> None:
    before = spawned()
    prepare()
    (early,) = spawned() - before
    workers = Workers(1, 2 * GIB)
    workers.start()
    assert workers.submit(pid_and_limit).result() == (early, 2 * GIB)
    workers.shutdown()
    assert not spawned() - before


def test_a_process_that_nothing_is_asked_of_ends_at_once() -> None:
    before = spawned()
    workers = Workers(1, 2 * GIB, partial(time.sleep, 60))
    workers.start()
    until = time.monotonic() + 60
    while not spawned() - before and time.monotonic() < until:
        time.sleep(0.01)
    (early,) = spawned() - before
    workers.shutdown()
    assert not psutil.pid_exists(early)


def pid_and_limit() -> tuple[int, int]:
    return os.getpid(), resource.getrlimit(resource.RLIMIT_AS)[0]


def rehearse(mark: Path) -> None:
    mark.touch()
    raise ValueError("rules that cannot be read")


def spawned() -> set[int]:
    return {c.pid for c in psutil.Process().children() if "spawn_main" in " ".join(c.cmdline())}


def test_a_worker_does_without_pandas(pool: Workers) -> None:
    assert pool.submit(arrow_and_pandas).result() == (3, False)


def arrow_and_pandas() -> tuple[int, bool]:
    return len(pa.array([1, 2, None])), "pandas" in sys.modules


def test_a_fault_of_the_store_travels_to_the_caller(pool: Workers) -> None:
    with pytest.raises(StoreError, match="no room"):
        pool.submit(refuse).result()


def test_the_pool_ends_at_once_when_told_to() -> None:
    workers = Workers(1, 2 * GIB)
    futures = [workers.submit(time.sleep, 30) for _ in range(3)]
    time.sleep(1)
    start = time.monotonic()
    workers.shutdown(cancel_futures=True)
    assert time.monotonic() - start < 20
    assert all(f.done() for f in futures)
