"""Near-copies are one voice; two reports of one event are two."""

import subprocess
import sys

import pytest

from alignwatch.aggregate import _sketches, cluster_articles
from alignwatch.model import Cluster

STORY = """\
Latvia and Kenya agreed on Tuesday to train coast guard crews together, the two governments said \
in Riga.
The first course is to begin in March with sixty cadets, and a second one will follow in Mombasa \
after the rains.
Defence Minister Ilze Kalnina told reporters that patrol boats were not part of the deal, \
although both sides had talked about them in the spring.
Kenya has lost three fishing vessels to pirates this year and wants radar stations along its \
northern shore.
Opposition members in Riga called the plan expensive and asked who would pay for the fuel.
"""
EDITED = (
    STORY.replace("on Tuesday", "this week")
    .replace("expensive", "far too expensive")
    .replace("Kenya has lost three", "KENYA has lost four")
    + "Read our full coverage of the Baltic states."
)
OTHER_REPORT = """\
Sixty Kenyan cadets will learn seamanship from Latvian instructors under an accord reached in \
the Latvian capital.
Officials on both sides described the arrangement as modest. It leaves out ships and weapons, \
which Nairobi had hoped for.
Piracy off the Lamu archipelago has grown since last summer, and insurers have raised their \
premiums twice.
Critics in the Saeima doubt that the budget can bear the costs of a programme so far from home.
"""


def groups(texts):
    return [cluster.articles for cluster in cluster_articles(texts)]


def test_two_lightly_edited_copies_are_one_voice():
    """A wire story on five sites must not look like five witnesses."""
    assert groups({"b": EDITED, "a": STORY}) == [("a", "b")]


def test_two_reports_of_one_event_are_two_voices():
    """Independent reporting is what makes a claim stronger."""
    assert groups({"a": STORY, "b": OTHER_REPORT}) == [("a",), ("b",)]


def test_a_shortened_copy_is_the_same_story():
    """Sites cut wire stories from the end."""
    lines = STORY.splitlines()

    assert groups({"whole": STORY, "cut": "\n".join(lines[:2])}) == [("cut", "whole")]


def test_moved_paragraphs_do_not_hide_a_copy():
    """Editors reorder, and call it their own."""
    lines = STORY.splitlines()

    assert len(groups({"a": STORY, "b": "\n".join(lines[2:] + lines[:2])})) == 1


def test_case_and_punctuation_do_not_hide_a_copy():
    """One site prints headlines in capitals, another curls its quotes."""
    assert len(groups({"a": STORY, "b": STORY.upper().replace(",", " -- ")})) == 1


def test_copies_of_copies_belong_together():
    """Who copied from whom is not known; that all tell one story is."""
    lines = STORY.splitlines()
    start, end = "\n".join(lines[:3]), "\n".join(lines[2:])

    assert groups({"end": end, "start": start, "whole": STORY}) == [("end", "start", "whole")]


@pytest.mark.parametrize(
    ("one", "other", "copies"),
    [
        ("Riga and Nairobi talk", "riga and nairobi TALK!", True),
        ("Two dead in border clash, Chad says", "Nine dead in border clash, Chad says", False),
        ("Kenya", "Kenya", True),
        ("Kenya", "Latvia", False),
        ("", "", False),
        ("...", "\n\n", False),
    ],
)
def test_short_texts_are_copies_only_if_nearly_the_same(one, other, copies):
    """In a line of news one word is the news; a text without words copies nothing."""
    assert len(groups({"a": one, "b": other})) == (1 if copies else 2)


def test_every_article_is_in_exactly_one_cluster():
    """Who is lost here would not be counted at all."""
    texts = {"e": "", "d": OTHER_REPORT, "c": EDITED, "b": STORY, "a": "Latvia"}

    assert cluster_articles(texts) == (
        Cluster(articles=("a",)),
        Cluster(articles=("b", "c")),
        Cluster(articles=("d",)),
        Cluster(articles=("e",)),
    )


def test_nothing_gives_nothing():
    """A first run may find no articles at all."""
    assert cluster_articles({}) == ()


def test_importing_the_package_does_not_load_rensa():
    """`import alignwatch` has to stay fast."""
    program = "import alignwatch.aggregate, sys; sys.exit('rensa' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_vocabulary_beyond_all_bounds_changes_nothing(monkeypatch):
    """Words are remembered for speed alone."""
    plain = cluster_articles({"a": STORY, "b": EDITED, "c": OTHER_REPORT})
    monkeypatch.setattr(_sketches, "_MOST_WORDS", 3)

    assert cluster_articles({"a": STORY, "b": EDITED, "c": OTHER_REPORT}) == plain
