"""Independent streams of chance: each experiment has its own, named by what it is."""

import zlib

import numpy as np


def chance_of(seed: int, *names: object) -> np.random.Generator:
    """Return the stream of one experiment; no other experiment changes it."""
    words = [zlib.crc32(str(name).encode()) for name in names]
    return np.random.default_rng(np.random.SeedSequence([seed, *words]))


def half_width(values: list[float]) -> float:
    """Return how far a 95 % confidence interval of the mean reaches to either side.

    Student's quantile by the first terms of its expansion (Abramowitz and Stegun 26.7.5); not a
    number for fewer than two values.
    """
    freedom = len(values) - 1
    if freedom < 1:
        return float("nan")
    normal = 1.959964
    quantile = (
        normal
        + (normal**3 + normal) / (4 * freedom)
        + (5 * normal**5 + 16 * normal**3 + 3 * normal) / (96 * freedom**2)
        + (3 * normal**7 + 19 * normal**5 + 17 * normal**3 - 15 * normal) / (384 * freedom**3)
    )
    return float(quantile * np.std(values, ddof=1) / np.sqrt(len(values)))
