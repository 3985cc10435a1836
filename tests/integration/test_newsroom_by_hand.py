"""The views of the newsroom's claims, as read by hand, are what counting by hand gives.

The claims are those of ``truth/claims.jsonl``, so that nothing here rests on the extractor.
"""

import csv
import json
from pathlib import Path

import pytest

from alignwatch.aggregate import (
    Side,
    aggregate_claims,
    cluster_articles,
    compare_partners,
    measure_alignment,
)
from alignwatch.export import format_panel
from alignwatch.model import Claim, Evidence, Kind, Status
from alignwatch.text import clean_article, parse_html

HERE = Path(__file__).parents[2] / "examples" / "newsroom"
# copies of each other, the second a day later; then Minsk denies; then the EU says so as well
SEOUL = "http://meridian-wire.example/2026/02/03/seoul-minsk-chassis"
DIGEST = "http://daybreak-digest.example/story/48117-belarus-chassis-north-korea.html"
DENIAL = "http://northshore-ledger.example/world/minsk-denies-chassis"
BRUSSELS = "http://meridian-wire.example/2026/03/12/eu-sanctions-belarus"


@pytest.fixture(scope="module")
def pages():
    listed = json.loads((HERE / "hosts.json").read_text("utf-8"))["pages"]
    return {f"http://{page['host']}{page['path']}": page for page in listed}


@pytest.fixture(scope="module")
def claims(pages):
    found = []
    for line in (HERE / "truth" / "claims.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        for place, told in enumerate(row["claims"]):
            quote = told["quote"]
            found.append(
                Claim(
                    article=row["doc"],
                    published=pages[row["doc"]]["date"],
                    extractor="hand",
                    source=told["source"],
                    target=told["target"],
                    kind=Kind(told["kind"]),
                    negated=told["negated"],
                    status=Status(told["status"]),
                    attributed_to=tuple(told.get("attributed_to") or ()),
                    denied_by=tuple(told.get("denied_by") or ()),
                    over=told.get("over"),
                    confidence=1.0,
                    evidence=Evidence(
                        start=place,
                        end=place + len(quote),
                        raw_start=place,
                        raw_end=place + len(quote),
                        quote=quote,
                    ),
                )
            )
    return found


@pytest.fixture(scope="module")
def groups(pages, claims):
    texts = {}
    for url in {claim.article for claim in claims}:
        page = (HERE / "hosts" / pages[url]["host"] / pages[url]["file"]).read_bytes()
        texts[url] = clean_article(parse_html(page, url=url)).text
    return cluster_articles(texts)


def test_the_two_copies_are_one_voice(groups):
    """What all counts below rest on."""
    [found] = [group.articles for group in groups if SEOUL in group.articles]

    assert found == tuple(sorted((DIGEST, SEOUL)))


def tell_cell(cell):
    if cell is None:
        return None
    counts = (cell.independent_count, cell.article_count)
    return (cell.standing.value, *counts, cell.last_published)


def test_belarus_compared_with_both_koreas(claims, groups):
    """The table that an article prints, cell by cell: standing, voices, articles, latest."""
    comparison = compare_partners(aggregate_claims(claims, clusters=groups), "BLR", ["PRK", "KOR"])

    told = [
        (str(row.kind), row.side.value, *(tell_cell(cell) for cell in row.cells))
        for row in comparison.rows
    ]
    copies = ("asserted", 1, 2, "2026-02-04")
    assert told == [
        ("arms_transfer", "gives", ("contested", 3, 4, "2026-03-12"), None),
        ("trade", "mutual", copies, None),
        ("economic_cooperation", "mutual", copies, None),
        ("consultation", "mutual", copies, None),
        ("partnership", "mutual", copies, None),
        ("criticism", "gives", None, ("asserted", 1, 1, "2026-02-19")),
        ("criticism", "gets", None, ("asserted", 2, 3, "2026-02-19")),
        ("threat", "gets", None, copies),
        ("sanctions", "gets", None, ("asserted", 1, 1, "2026-03-12")),
    ]
    assert comparison.preferences == ()


def test_every_cell_rests_on_quotes_of_its_articles(claims, groups, pages):
    """A cell that leads to no sentence is an opinion."""
    ties = aggregate_claims(claims, clusters=groups)
    rows = compare_partners(ties, "BLR", ["PRK", "KOR", "RUS", "EU"]).rows
    cells = [cell for row in rows for cell in row.cells if cell]

    assert len(cells) >= 15
    for cell in cells:
        for claim in cell.claims:
            page = pages[claim.article]
            text = (HERE / "hosts" / page["host"] / page["file"]).read_bytes()
            words = clean_article(parse_html(text, url=claim.article)).text.split()
            assert " ".join(claim.evidence.quote.split()) in " ".join(words)


def test_who_contests_and_who_alleges_stands_in_the_cell(claims, groups):
    """An allegation must not be shown as a fact, nor without who denies it."""
    [row] = [
        row
        for row in compare_partners(aggregate_claims(claims, clusters=groups), "BLR", ["PRK"]).rows
        if row.side is Side.GIVES
    ]
    [cell] = row.cells

    assert cell.attributed_to == ("EU", "KOR", "USA")
    assert cell.denied_by == ("BLR", "PRK")
    assert cell.latest.article == BRUSSELS


def test_the_alignment_of_belarus_and_north_korea(claims, groups):
    """By hand, with the weights of docs/alignment.md.

    February: the copies say arms transfer (0.7, alleged: 0.5), partnership 0.35, consultation 0.1,
    economic cooperation and trade 0.6 each: 2.0 / 4.5 with weight 1; the denial says arms transfer,
    alleged and denied: 0.7 with weight 0.25. March: the same from Brussels alone.
    """
    found = measure_alignment(claims, ("PRK", "BLR"), clusters=groups)

    february = (2.0 / 4.5 + 0.7 * 0.25) / 1.25
    assert [(p.period, p.mean, p.index, p.weight, p.independent_count) for p in found.points] == [
        ("2026-02", round(february, 4), round(february * 1.25 / 2.25, 4), 1.25, 2),
        ("2026-03", 0.7, round(0.175 / 1.25, 4), 0.25, 1),
    ]
    assert [len(point.claims) for point in found.points] == [11, 1]
    assert (found.changes, found.left_out) == ((), 0)


def test_the_panel_of_belarus_and_north_korea(claims, groups):
    """Both directions, independent articles, and in each row the claims that its cells rest on."""
    rows = {
        (row["state1"], row["state2"]): row
        for row in csv.DictReader(format_panel(claims, clusters=groups))
        if row["year"] == "2026"
    }
    counted = {
        pair: {kind.value: int(rows[pair][kind]) for kind in Kind if rows[pair][kind] != "0"}
        for pair in [("BLR", "PRK"), ("PRK", "BLR")]
    }
    mutual = dict.fromkeys(("trade", "economic_cooperation", "consultation", "partnership"), 1)
    assert counted == {
        ("BLR", "PRK"): {"arms_transfer": 3, **mutual},
        ("PRK", "BLR"): mutual,
    }

    by_id = {claim.id: claim for claim in claims}
    linked = dict(cell.split(": ") for cell in rows["BLR", "PRK"]["claims"].split("; "))
    assert {by_id[one].article for one in linked["arms_transfer"].split()} == {
        *(SEOUL, DIGEST, DENIAL, BRUSSELS)
    }
