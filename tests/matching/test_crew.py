"""Work spread over processes gives what it gives in one, and a lost process is told."""

from __future__ import annotations

import math
import os

import pytest

from quotekit.errors import InputError
from quotekit.matching.crew import crew


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_tasks(workers: int) -> None:
    """Whoever is done first."""
    with crew(workers) as hands:
        assert list(hands.start(math.factorial, [2000, 3, 1000, 1])) == [math.factorial(n) for n in (2000, 3, 1000, 1)]


def test_error_of_the_work_is_raised() -> None:
    """As it was, where the result is asked for."""
    with pytest.raises(ValueError, match="not defined for negative"), crew(2) as hands:
        list(hands.start(math.factorial, [1, -1, 2]))


def test_lost_process_is_an_input_error() -> None:
    """The message says what may be the reason."""
    with pytest.raises(InputError, match=r"expected worker processes to stay.*__main__"), crew(2) as hands:
        list(hands.start(os._exit, [3]))
