"""Work over texts that were made to hold a cleaner up: counted in calls, not in seconds."""

import importlib.util
import sys
from pathlib import Path

import pytest

from alignwatch.text import clean_text

_PATH = Path(__file__).parents[3] / "benchmarks" / "hostile_texts.py"
_SPEC = importlib.util.spec_from_file_location("hostile_texts", _PATH)
hostile = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(hostile)

# a text cut elsewhere may take a round more; a square would make four of two
_MOST_GROWTH = 3.2


def _count_calls(text):
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        clean_text(text)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("name", hostile.CASES)
def test_twice_the_text_is_at_most_twice_the_work(name):
    """One page that takes an hour ends a night's run."""
    make = hostile.CASES[name]
    clean_text(make(3000))  # whatever is loaded once

    once, twice = _count_calls(make(5000)), _count_calls(make(10_000))

    assert twice <= _MOST_GROWTH * once + 2000


def test_there_are_forty_of_them():
    """A page of links is not the only way to hold a cleaner up."""
    assert len(hostile.CASES) >= 40
