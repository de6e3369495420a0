"""Logistic regression, small enough to need no other library."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["logistic"]

Doubles = npt.NDArray[np.float64]

MOST_STEPS = 50
SMALLEST_STEP = 1e-8


def logistic(
    inputs: Doubles, labels: npt.NDArray[np.bool_], *, prior: float, counts: Doubles | None = None
) -> tuple[tuple[float, ...], float]:
    """The weights of the features and the constant under which the labels are likeliest, by Newton's method.

    A row of `inputs` is the features of one example, and `counts` says how many examples it stands for. The weights of
    the standardized features are held to zero as strongly as `prior` says.

    >>> (weight,), constant = logistic(np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([0, 0, 1, 1], bool), prior=0.1)
    >>> weight > 0 > constant
    True
    """
    mean, spread = inputs.mean(0), inputs.std(0) + 1e-9
    scaled = np.hstack([(inputs - mean) / spread, np.ones((len(inputs), 1))])
    shares = np.ones(len(inputs)) if counts is None else counts
    held = np.diag([*[prior] * inputs.shape[1], 0.0])
    found = np.zeros(scaled.shape[1])
    for _ in range(MOST_STEPS):
        likely = 1 / (1 + np.exp(-scaled @ found))
        slope = scaled.T @ (shares * (likely - labels)) + held @ found
        bend = (scaled * (shares * likely * (1 - likely))[:, None]).T @ scaled + held
        step = np.linalg.solve(bend, slope)
        found = found - step
        if np.abs(step).max() < SMALLEST_STEP:
            break
    features = found[:-1] / spread
    return tuple(map(float, features)), float(found[-1] - features @ mean)
