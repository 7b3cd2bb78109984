"""Processes behind `concurrent.futures.Executor` that are replaced when they are lost.

The standard pool is broken for good by one dead process, and cannot end one that hangs. Here every process
has a pipe of its own and a thread that waits for it: what it was working on fails with WorkerLost, a new
process takes its place, and the others do not notice.

This module imports nothing that takes long: a process can be started before the rest is imported (`prepare`).
"""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from threading import Event, Thread
from typing import Any, ParamSpec, TypeAlias, TypeVar

from pipeline.batch.lean import without_pandas

P = ParamSpec("P")
T = TypeVar("T")
_SPAWN = get_context("spawn")
_FEW = 8  # calls: a process that has served fewer holds little, and starting another takes a second


# What is to be set, the call, and how often processes were to be renewed before it.
_Queued: TypeAlias = "tuple[Future[Any], _Call, int]"


class WorkerLost(Exception):
    """The process ended before its work did; `signal` is what ended it, 0 where it ended by itself."""

    def __init__(self, exitcode: int | None) -> None:
        self.signal = -exitcode if exitcode is not None and exitcode < 0 else 0
        super().__init__(f"signal {self.signal}" if self.signal else f"exit code {exitcode}")


class Workers(Executor):
    """`count` processes, each with at most `memory_bytes` of address space.

    They start with the first call: who comes later finds them there. One can be started before (`start`).
    """

    def __init__(self, count: int, memory_bytes: int, rehearse: Callable[[], None] | None = None) -> None:
        self.memory_bytes = memory_bytes
        self.rehearse = rehearse
        self.calls: SimpleQueue[_Queued | None] = SimpleQueue()
        self.wanted = [Event() for _ in range(count)]
        self.asked = self.ending = False
        self.stopping = False
        self.renewed = 0
        self.threads = [Thread(target=self._serve, args=(w,), daemon=True) for w in self.wanted]
        for thread in self.threads:
            thread.start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Queue a call. Its future raises WorkerLost where the process is lost, or its own StoreError."""
        future: Future[T] = Future()
        self.asked = True
        self.calls.put((future, _Call(fn, args, kwargs), self.renewed))
        self._want(self.wanted)
        return future

    def start(self) -> None:
        """Let one process start and rehearse before there is anything to do.

        Only one: whoever finds out what there is to do needs a processor, too.
        """
        self._want(self.wanted[:1])

    @staticmethod
    def _want(wanted: list[Event]) -> None:
        for event in wanted:
            event.set()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes when they have done what is queued, or at once with `cancel_futures`."""
        self.stopping = cancel_futures
        for _ in self.threads:
            self.calls.put(None)
        self.ending = True
        self._want(self.wanted)
        for thread in self.threads if wait else ():
            thread.join()

    def renew(self) -> None:
        """Let processes be replaced before a call that is queued from now on, and what they hold be free."""
        self.renewed += 1

    def _serve(self, wanted: Event) -> None:
        wanted.wait()
        child = None if self.ending else self._first()
        renewed = 0
        while (item := self._next(child)) is not None:
            future, call, wanted_anew = item
            if self.stopping:
                future.cancel()
            if not future.set_running_or_notify_cancel():
                continue
            if child and renewed < wanted_anew and (child.rehearsed or child.served >= _FEW):
                child.end()
                child = None
            renewed = wanted_anew
            child = child or _Child(self.memory_bytes)
            try:
                value = child.call(call, lambda: self.stopping)
            except WorkerLost as e:
                child = None
                future.set_exception(e)
            else:
                done = child.rehearsed and self.calls.empty()
                _settle(future, value)
                if done:  # it holds much that only what it rehearsed needs: the next is made ready meanwhile
                    child.end()
                    child = _Child(self.memory_bytes)
        if child:
            child.end()

    def _next(self, child: _Child | None) -> _Queued | None:
        """The next call, once the process can begin with it: until then others take what there is."""
        if child:
            child.get_ready(lambda: self.ending)
        return self.calls.get()

    def _first(self) -> _Child:
        """The process that is prepared, or a new one that rehearses where nothing has been asked for yet."""
        try:
            child = _prepared.pop()
        except IndexError:
            child = _Child(rehearse=None if self.asked else self.rehearse)
        child.limit(self.memory_bytes)
        return child


def _settle(future: Future[Any], value: Any) -> None:
    if isinstance(value, Exception):
        future.set_exception(value)
    else:
        future.set_result(value)


class _Call:
    """A call that travels to a process."""

    def __init__(self, fn: Callable[..., Any], args: Any, kwargs: Any) -> None:
        self.fn, self.args, self.kwargs = fn, args, kwargs

    def __call__(self) -> Any:
        return self.fn(*self.args, **self.kwargs)


class _Ready:
    """What a process says first."""


class _Child:
    """One process and the pipe to it; without a limit of its memory until one is set."""

    def __init__(self, memory_bytes: int | None = None, rehearse: Callable[[], None] | None = None) -> None:
        self.served, self.rehearsed, self.ready = 0, rehearse is not None, False
        self.pipe, theirs = _SPAWN.Pipe()
        self.process = _SPAWN.Process(target=_live, args=(theirs, rehearse), daemon=True)
        self.process.start()
        theirs.close()
        if memory_bytes:
            self.limit(memory_bytes)

    def limit(self, memory_bytes: int) -> None:
        """Refuse it more address space than this in the calls that follow."""
        with suppress(OSError):  # it is gone: the next call says so
            self.pipe.send(memory_bytes)

    def get_ready(self, ending: Callable[[], bool]) -> None:
        """Wait until it has imported what it needs, or is lost, or is no longer needed."""
        while not (self.ready or ending()):
            if wait([self.pipe, self.process.sentinel], timeout=0.05):
                with suppress(EOFError, OSError):  # the next call finds that it is lost
                    self.pipe.recv()
                self.ready = True

    def call(self, call: Callable[[], Any], stopping: Callable[[], bool]) -> Any:
        """The value of the call, worked out in the process, or the StoreError that it raised."""
        self.served += 1
        try:
            self.pipe.send(call)
            value: Any = _Ready()
            while isinstance(value, _Ready):
                while not wait([self.pipe, self.process.sentinel], timeout=0.5):
                    if stopping():
                        self.process.kill()
                value = self.pipe.recv()
        except (EOFError, OSError) as e:
            self.process.join(5)
            self.pipe.close()
            raise WorkerLost(self.process.exitcode) from e
        self.ready = True
        return value

    def end(self) -> None:
        """Let the process go: at once where it was never asked for anything."""
        if not self.served:
            self.process.kill()
        self.pipe.close()
        self.process.join(5)
        self.process.kill()


_prepared: list[_Child] = []


def prepare() -> None:
    """Start a process that rehearses with the usual rules, before it is known what for.

    It gets ready while this process imports what it needs. The first pool that starts takes it.
    """
    _prepared.append(_Child(rehearse=_rehearse_usual))


def _rehearse_usual() -> None:
    from pipeline.batch.work import Job  # noqa: PLC0415  # see above: nothing that takes long

    Job("", "").rehearse()


def _live(pipe: Connection, rehearse: Callable[[], None] | None) -> None:
    """The life of a process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the main process
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with without_pandas():
        import pyarrow as pa  # noqa: PLC0415

        pa.set_memory_pool(pa.system_memory_pool())  # Arrow's own keeps a third more than is in use
        if rehearse:
            with suppress(Exception):  # what is wrong with the rules is said where they are asked for
                rehearse()
        _serve_calls(pipe, pa.default_memory_pool().release_unused)


def _serve_calls(pipe: Connection, give_back: Callable[[], None]) -> None:
    """Calls in, values out, until the other end of the pipe is closed. A number is a limit of memory."""
    from pipeline.store import StoreError  # noqa: PLC0415

    with suppress(OSError):  # the main process is gone, which is found out below
        pipe.send(_Ready())
    while True:
        try:
            call = pipe.recv()
        except (EOFError, OSError):
            os._exit(0)
        if isinstance(call, int):
            resource.setrlimit(resource.RLIMIT_AS, (call, call))
            continue
        try:
            value = call()
        except StoreError as e:
            value = e
        give_back()
        try:
            pipe.send(value)
        except OSError:
            os._exit(0)  # the main process is gone; what is done is in the store
