"""Batches of items read in other processes: in order, a few ahead, and no item lost with its process.

Each worker process has a thread of this process that hands it one batch at a time and waits for the documents, so it is
known what a lost process was reading: its batch is read again item by item, in a new process, and the others go on.
"""

from __future__ import annotations

import atexit
import itertools
import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from queue import SimpleQueue
from typing import TypeAlias

from quotekit.document import Document
from quotekit.errors import InputError, QuotekitError
from quotekit.items import Item, unread

__all__ = ["Read", "read_elsewhere"]

AHEAD = 2  # batches a worker: one being read, one ready for it or waiting to be fetched
STARTS = 3  # of a process that is killed before it is ready
GRACE = 5.0  # seconds for a process to end when it is told to

# A process that ends before it can say why did so while it ran the program's own file again, as every new one does.
UNGUARDED = (
    "expected worker processes to start, got one that ended with {status} while it imported the program, and wrote why "
    "to standard error; a script that uses workers must do so under `if __name__ == '__main__':`"
)
KILLED = "expected worker processes to start, got signal {signal} for each of {times}; each holds a model: use fewer"

Read: TypeAlias = Callable[[Sequence[Item]], list[Document]]

_processes = multiprocessing.get_context("spawn")  # a fork would copy the locks of torch's threads as they are


def read_elsewhere(
    batches: Iterator[list[Item]], workers: int, make: Callable[[], Read]
) -> Generator[Document, None, None]:
    """The documents of the items, in order, read by so many processes; each makes its reader by `make` when it starts.

    At most `AHEAD` batches a worker are drawn before they are asked for. An item that its process twice does not
    survive is an `Issue("worker-lost")`. All processes have ended when the iterator has, or is closed.

    Raises what `make` raises on purpose, and `InputError` where a process cannot start, with what it said.
    """
    pool = _Pool(workers, make)
    try:
        waiting = deque(pool.submit(batch) for batch in itertools.islice(batches, AHEAD * workers))
        while waiting:
            documents = waiting.popleft().result()
            waiting.extend(pool.submit(batch) for batch in itertools.islice(batches, 1))
            yield from documents
    finally:
        pool.close()


class _Pool:
    """Some workers, each with a thread that serves it from one queue."""

    def __init__(self, workers: int, make: Callable[[], Read]) -> None:
        self._tasks: SimpleQueue[tuple[Future[list[Document]], list[Item]] | None] = SimpleQueue()
        lock = threading.Lock()
        self._workers = [_Worker(make, lock) for _ in range(workers)]
        self._threads = [threading.Thread(target=self._serve, args=(w,), daemon=True) for w in self._workers]
        for thread in self._threads:
            thread.start()
        atexit.register(self.close)  # for an iterator that is neither at its end nor closed

    def submit(self, batch: list[Item]) -> Future[list[Document]]:
        """The documents of a batch, as soon as a worker has read it."""
        future: Future[list[Document]] = Future()
        self._tasks.put((future, batch))
        return future

    def close(self) -> None:
        """End all processes and threads, whatever they are doing."""
        for worker in self._workers:
            worker.stop()
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join()
        atexit.unregister(self.close)  # last: what an interrupt cuts short is done when the program ends

    def _serve(self, worker: _Worker) -> None:
        while task := self._tasks.get():
            future, batch = task
            try:
                future.set_result(worker.read(batch))
            except BaseException as error:  # it is raised where the documents are asked for
                future.set_exception(error)


class _NotReadError(Exception):
    """A batch came back without documents: the code and message of the issue, should it hold one item."""


class _StoppedError(Exception):
    """The worker was told to stop."""


class _Worker:
    """A process that reads batches: started when the first one comes, and again after it was lost."""

    def __init__(self, make: Callable[[], Read], lock: threading.Lock) -> None:
        """`lock`, shared by a pool, is held where processes start and end."""
        self._make, self._lock = make, lock
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._stopped = False

    def read(self, batch: list[Item]) -> list[Document]:
        """One document an item."""
        try:
            return self._ask(batch)
        except _NotReadError:
            return [self._read_alone(item) for item in batch]

    def stop(self) -> None:
        """End the process now and start no other; to be called from another thread."""
        with self._lock:
            self._stopped = True
            if self._process is not None:
                self._process.terminate()
                _end(self._process)

    def _read_alone(self, item: Item) -> Document:
        try:
            return self._ask([item])[0]
        except _NotReadError as error:
            return unread(item, *error.args)

    def _ask(self, batch: list[Item]) -> list[Document]:
        try:
            message = ForkingPickler.dumps(batch)
        except Exception as error:  # whatever an object raises that does not want to be sent
            raise _NotReadError("bad-item", f"expected an item that other processes can be sent: {error}") from None
        connection = self._connection or self._start()
        try:
            connection.send_bytes(message)
            documents: list[Document] = connection.recv()
            return documents
        except (EOFError, OSError):
            status = self._ended(connection)
            raise _NotReadError("worker-lost", f"the process that read it ended twice, last with {status}") from None

    def _start(self) -> Connection:
        """A new process that is ready to read."""
        for _ in range(STARTS):
            connection = self._spawn()
            try:
                connection.send(self._make)  # not with the process: what goes wrong with it could not be told
                error: Exception | None = connection.recv()
            except (EOFError, OSError):
                status = self._ended(connection)
                if status >= 0:  # it ended by itself, as the next one will
                    raise InputError(UNGUARDED.format(status=status)) from None
                continue
            if error is not None:
                self._ended(connection)  # by itself: it may still be writing its traceback
                raise error
            self._connection = connection
            return connection
        raise InputError(KILLED.format(signal=-status, times=STARTS))

    def _spawn(self) -> Connection:
        ours, theirs = _processes.Pipe()
        process = _processes.Process(target=_work, args=(theirs,), daemon=True)
        with self._lock:
            if self._stopped:
                raise _StoppedError
            with _interrupts_held():
                process.start()
            self._process = process
        theirs.close()
        return ours

    def _ended(self, connection: Connection) -> int:
        """The exit status of a process that no longer answers; below zero, the signal that killed it."""
        connection.close()
        self._connection = None
        with self._lock:
            if self._stopped or self._process is None:
                raise _StoppedError
            return _end(self._process)


def _end(process: BaseProcess) -> int:
    """Wait until a process has ended, kill it where that takes long, and give its exit status."""
    process.join(GRACE)
    if process.exitcode is None:
        process.kill()
        process.join()
    return process.exitcode or 0


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """A process that starts inside is deaf to Ctrl-C from its first moment, where the system can do that."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(connection: Connection) -> None:
    """What a worker process does: until nobody is there to ask, read what comes by the reader that comes first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal; the asking one ends us
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        try:
            read: Read = connection.recv()()
        except QuotekitError as error:
            connection.send(error)
            return
        except Exception as error:
            told = f"{type(error).__name__}: {error}"
            connection.send(InputError(f"expected worker processes to start, got one that ended with {told}"))
            raise  # the traceback goes to standard error
        connection.send(None)
        while True:
            connection.send(read(connection.recv()))
