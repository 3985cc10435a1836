"""One fact told in many voices: the minimal pairs of the benchmarks, with a floor for each form."""

import importlib.util
import sys
from pathlib import Path

import pytest

from alignwatch.extract import load_extractor

_SCRIPT = Path(__file__).parents[3] / "benchmarks" / "minimal_pairs.py"
_FLOOR = 0.85
_LOW = {
    "negated": 0.8,
    "negated nominal": 0.75,
    "lists": 0.75,
    "pronoun": 0.75,
    "quantity": 0.8,
    "preference": 0.5,
    "shared subject": 0.8,
    "third party": 0.75,
    "news: own word": 0.6,
    "more: future": 0.75,
    "more: lists": 0.75,
    "more: preference": 0.4,
    "more: relative": 0.8,
    "more: shared subject": 0.8,
}
"""Forms that fall short of the floor still."""


def _load():
    spec = importlib.util.spec_from_file_location("minimal_pairs", _SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules["minimal_pairs"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def shares():
    """Right sentences and all, by form; the last list is for the benchmark alone."""
    pairs = _load()
    found = {}
    for (half, form), (right, total) in pairs.share_by_form(
        pairs.make_cases(), load_extractor()
    ).items():
        if half == "sealed":
            continue
        known = found.get(form, (0, 0))
        found[form] = (known[0] + right, known[1] + total)
    return found


def test_there_are_enough_of_them(shares):
    """A share of a handful of sentences says nothing."""
    assert sum(total for _, total in shares.values()) >= 400


def test_no_form_falls_below_its_floor(shares):
    """An allegation that turns into a fact must be noticed by the form that broke."""
    low = {
        form: (right, total)
        for form, (right, total) in shares.items()
        if right / total < _LOW.get(form, _FLOOR)
    }

    assert not low


def test_nearly_all_are_right(shares):
    """What the forms hide: all of them a little worse at once."""
    right, total = (sum(column) for column in zip(*shares.values(), strict=True))

    assert right / total >= 0.92
