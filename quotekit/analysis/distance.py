"""Signed distances between tokens as a few buckets: exact when near, coarser with distance."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["BUCKETS", "FARTHEST", "bucket_table"]

BUCKETS = 64
FARTHEST = 512


def bucket_table() -> npt.NDArray[np.int64]:
    """The bucket of each distance from -FARTHEST to +FARTHEST, as an array to index with `distance + FARTHEST`.

    >>> table = bucket_table()
    >>> int(table[FARTHEST]), int(table[FARTHEST + 3]), int(table[FARTHEST - 3])
    (32, 35, 29)
    """
    distance = np.arange(-FARTHEST, FARTHEST + 1)
    size = np.abs(distance).astype(np.float64)
    half, near = BUCKETS // 2, BUCKETS // 4
    coarse = near + np.log2(np.maximum(size, near) / near) * (half - near) / np.log2(FARTHEST / near)
    steps = np.where(size < near, size, coarse).astype(np.int64)
    return np.clip(half + np.sign(distance) * steps, 0, BUCKETS - 1)
