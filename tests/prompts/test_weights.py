"""What `make weights` promises, the same data the same file to the byte, hangs on (#7)."""

import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from bench import exactly
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]

STANCE = "from prompts.stance import Motion, entries; made = entries(Motion(M).subject, T)"
QUALITY = "from prompts.quality import entries; made = entries(M, T)"
SAID = "M, T = 'We should ban whaling', 'Whaling is cruel, and nobody needs it any more today'"


@pytest.mark.parametrize("model", [STANCE, QUALITY])
def test_the_features_of_a_text_come_in_the_same_order_in_every_process(model: str) -> None:
    one, other = (_printed(f"{SAID}; {model}; print(list(made))", seed) for seed in "12")
    assert one == other
    assert len(one) > 300


def _printed(program: str, seed: str) -> str:
    env = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    asked = [sys.executable, "-c", program]
    return subprocess.run(asked, env=env, check=True, capture_output=True, text=True).stdout


@given(st.lists(st.floats(-700, 700), min_size=1, max_size=70))
def test_sums_and_odds_are_what_they_are_called(given: list[float]) -> None:
    row = np.array(given)
    assert exactly.total(row) == pytest.approx(math.fsum(given), abs=1e-9)
    shares, logs = exactly.odds(row)
    for x, share, log in zip(given, shares, logs, strict=True):
        low = math.exp(-abs(x))
        assert share == pytest.approx((1 if x >= 0 else low) / (1 + low), rel=1e-9)
        assert log == pytest.approx(max(x, 0) + math.log1p(low), rel=1e-9, abs=1e-300)
