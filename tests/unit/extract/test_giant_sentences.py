"""Sentences that nobody wrote: read in bounded time, and their neighbours as ever."""

import pytest

from alignwatch.extract import load_extractor, load_gazetteer
from alignwatch.extract._rules import Reader
from alignwatch.model import Document

NEAR = "Norway sold arms to Chad."
GIANTS = [
    "Kenya and Peru sold arms " * 2_000,
    "Kenya and Peru " + "condemned attacked sold arms " * 2_000,
    "Kenya and Peru, which if " * 2_000,
    "Kenya met Peru on 5 May 2020, " * 2_000,
    "Kenya, " * 100_000,
    "Kenya met Peru " + "a_" * 100_000,
    "Kenya met Peru " + "x" * 1_000_000,
    "Kenya said that " * 5_000,
    "Kenya met Peru (" * 5_000,
]


@pytest.mark.parametrize("giant", GIANTS, ids=lambda giant: giant[:24])
def test_a_giant_sentence_gives_nothing_and_hides_nothing(giant):
    """One broken page must hold up no run, nor cost what stands beside it."""
    text = f"{NEAR}\n\n{giant}.\n\n{NEAR}"

    drafts = Reader(load_gazetteer()).read(Document(article="a", text=text))

    assert {draft.start for draft in drafts} == {0, text.rindex(NEAR)}


def test_a_sentence_that_is_passed_over_is_told():
    """Somebody who misses a claim must be able to find out that its sentence was never read."""
    text = "Kenya sold drones to Uganda. " + "Chad and Peru and " * 500 + "met."
    document = Document(article="a", text=text, language="en")
    reasons = [one.reason for one in load_extractor().explain(document)]

    assert reasons[0] is None
    assert any("not read" in (reason or "") for reason in reasons)
