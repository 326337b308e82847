"""Sums, exponentials and logarithms that come out alike to the last bit on every machine.

Weights are rounded when they are kept, and what lies near a half goes up or down with the last bit
of a sum. A library sums in the order that suits the processor, and its exp is made anew for each
(#7). So all is done here by +, -, *, / of whole rows, which IEEE 754 rounds in one way.
"""

import math

import numpy as np

Array = np.ndarray

LN2 = math.log(2)
POWERS = 14  # of the series of exp, below half of ln 2
ODD = 19  # terms of the series of log, below a third


def dot(a: Array, b: Array) -> float:
    """The sum of products, half added to half until one is left."""
    return total(a * b)


def total(rest: Array) -> float:
    """The sum of a row."""
    while len(rest) > 1:
        if len(rest) % 2:
            rest = np.append(rest, 0.0)
        rest = rest[: len(rest) // 2] + rest[len(rest) // 2 :]
    return float(rest[0]) if len(rest) else 0.0


def exp(x: Array) -> Array:
    """e to the power of each, for x from -700 to 700."""
    twos = np.rint(x / LN2)
    small = x - twos * LN2
    out = np.ones_like(small)
    for power in range(POWERS, 0, -1):
        out = 1 + small / power * out
    return np.ldexp(out, twos.astype(int))


def log1p(x: Array) -> Array:
    """The logarithm of one more than each, for x from 0 to 1."""
    s = x / (2 + x)
    square, out = s * s, np.zeros_like(s)
    for odd in range(2 * ODD - 1, 0, -2):
        out = out * square + 1 / odd
    return 2 * s * out


def odds(total: Array) -> tuple[Array, Array]:
    """Of each sum the probability that it stands for, and log(1 + e^sum)."""
    low = exp(-np.minimum(np.abs(total), 700.0))
    share = np.where(total >= 0, 1.0, low) / (1 + low)
    return share, np.maximum(total, 0) + log1p(low)
