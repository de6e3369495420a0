"""Work spread over processes, or done in this one."""

from __future__ import annotations

import contextlib
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from quotekit.errors import InputError

__all__ = ["Crew", "crew"]

Task = TypeVar("Task")
Result = TypeVar("Result")


class Crew:
    """Whoever does the work: the processes of a pool, or this process."""

    def __init__(self, pool: Executor | None = None) -> None:
        self._pool = pool

    def start(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """The results of all tasks, in order; a pool begins with them at once, this process when one is asked for.

        Raises what the work raises, and `InputError` where a process ends before it is done.
        """
        if self._pool is None:
            return map(work, tasks)
        with _losses_told():
            return _results(deque(self._pool.submit(work, task) for task in tasks))


@contextlib.contextmanager
def crew(workers: int) -> Iterator[Crew]:
    """So many processes, which end with the block; with one, the work is done in this process."""
    if workers == 1:
        yield Crew()
        return
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        try:
            yield Crew(pool)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _results(futures: deque[Future[Result]]) -> Iterator[Result]:
    while futures:
        with _losses_told():
            result = futures.popleft().result()
        yield result


@contextlib.contextmanager
def _losses_told() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool:
        raise InputError(
            "expected worker processes to stay until their work is done, got one that ended: a script that uses "
            "workers must do so under `if __name__ == '__main__':`, and the memory must suffice for all of them"
        ) from None
