"""How near reading the newsroom comes to what a careful reader found in it by hand."""

import json
from pathlib import Path

import pytest

from alignwatch.extract import extract_claims
from alignwatch.text import clean_article, parse_html

HERE = Path(__file__).parents[2] / "examples" / "newsroom"
# What still slips through is a caption or menu that stands there once, and tags told as sentences.
GONE = {
    *("byline", "comment_prompt", "contents_heading", "disclaimer", "email", "fake_author"),
    *("headline", "references", "related", "share_prompt"),
}


def read_truth(name):
    lines = (HERE / "truth" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["doc"]: row[name] for row in map(json.loads, lines)}


@pytest.fixture(scope="module")
def documents():
    """The clean documents of the newsroom's English articles, by address."""
    listed = json.loads((HERE / "hosts.json").read_text(encoding="utf-8"))["pages"]
    files = {
        f"http://{p['host']}{p['path']}": HERE / "hosts" / p["host"] / p["file"] for p in listed
    }
    return {
        url: clean_article(parse_html(files[url].read_bytes(), url=url))
        for url in read_truth("claims")
    }


def squeeze(text):
    return " ".join(text.split())


def key(claim):
    return (claim["source"], claim["target"], claim["kind"], claim["negated"])


def test_cleaning_takes_the_junk_that_was_marked_by_hand(documents):
    """A byline or an invented author in the text becomes false evidence."""
    left = []
    for url, marks in read_truth("junk").items():
        lines = [line.lstrip("-•* ") for line in documents[url].text.splitlines()]
        for mark in marks:
            kept = 1 if mark["class"] == "headline" else 0  # the first copy stays
            left += [
                (url, line)
                for line in mark["quote"].splitlines()
                if mark["class"] in GONE and line.strip() and lines.count(line) > kept
            ]

    assert not left


def test_cleaning_keeps_every_passage_that_a_claim_rests_on(documents):
    """Article text must never be lost silently."""
    for url, claims in read_truth("claims").items():
        text = squeeze(documents[url].text)

        assert not [claim["quote"] for claim in claims if squeeze(claim["quote"]) not in text], url


def test_claims_are_mostly_right_and_many_are_found(documents):
    """A floor under what we have, well below it: F1 of source, target, kind and negation."""
    truth = read_truth("claims")
    wanted = {(url, *key(claim)) for url, claims in truth.items() for claim in claims}
    found = {
        (url, claim.source, claim.target, str(claim.kind), claim.negated)
        for url, document in documents.items()
        for claim in extract_claims(document)
    }
    hits = len(wanted & found)

    assert 2 * hits / (len(wanted) + len(found)) >= 0.4
    assert hits / len(found) >= 0.5


def test_no_allegation_of_the_newsroom_is_shown_as_a_fact(documents):
    """The one thing that users will not forgive: what was found and is alleged, is alleged."""
    alleged = {
        (url, *key(claim))
        for url, claims in read_truth("claims").items()
        for claim in claims
        if claim["status"] == "alleged"
    }
    found = {
        (url, claim.source, claim.target, str(claim.kind), claim.negated): str(claim.status)
        for url, document in documents.items()
        for claim in extract_claims(document)
    }
    shown = {place: found[place] for place in alleged & found.keys()}

    assert len(shown) >= 4
    assert not {place for place, status in shown.items() if status == "asserted"}
