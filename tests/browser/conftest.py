"""A real browser, and the newsroom's claims as a careful reader found them."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from alignwatch.aggregate import aggregate_claims, find_changes, measure_alignments
from alignwatch.extract import load_gazetteer
from alignwatch.model import Claim, Cluster, Evidence, Kind, Link, LinkReason, Status
from alignwatch.report import render_report
from alignwatch.text import clean_article, parse_html

NEWSROOM = Path(__file__).parents[2] / "examples" / "newsroom"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
ORIGINAL = "http://meridian-wire.example/2026/02/03/seoul-minsk-chassis"
COPY = "http://daybreak-digest.example/story/48117-belarus-chassis-north-korea.html"


def missing(what):
    """Skip for a user who lacks an optional part; CI has to have it."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}; CI has to have it")
    pytest.skip(what)


@pytest.fixture(scope="session")
def browser():
    """Chromium, as Debian has it."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright is not installed (pip install playwright)")
    if CHROMIUM is None:
        missing("Chromium is not installed (Debian: apt install chromium)")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"]
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield running
        running.close()


@pytest.fixture
def open_page(browser, tmp_path):
    """Open a report and give its page; `page.faults` has what went wrong, `page.asked` requests."""
    contexts = []

    def open_it(html, fragment="", *, width=1440, height=900, **options):
        file = tmp_path / "report.html"
        file.write_text(html, encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.faults, page.asked = [], []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda told: page.faults.append(told.text))
        page.on("dialog", lambda dialog: (page.faults.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(file.as_uri() + fragment)
        return page

    yield open_it
    for context in contexts:
        context.close()


def read_truth():
    """Make claims of what was found by hand; their texts are the cleaned pages."""
    listed = json.loads((NEWSROOM / "hosts.json").read_text(encoding="utf-8"))["pages"]
    files = {
        f"http://{p['host']}{p['path']}": NEWSROOM / "hosts" / p["host"] / p["file"] for p in listed
    }
    claims, documents = [], {}
    rows = (NEWSROOM / "truth" / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, rows):
        url = row["doc"]
        document = clean_article(parse_html(files[url].read_bytes(), url=url, article_id=url))
        documents[url] = document
        claims += [make_claim(document, told) for told in row["claims"]]
    return claims, documents


def make_claim(document, told):
    words = re.escape(told["quote"]).replace(r"\ ", r"\s+")
    start, end = re.search(words, document.text).span()
    return Claim(
        article=document.article,
        url=document.url,
        published=document.published,
        extractor="by hand",
        source=told["source"],
        target=told["target"],
        kind=Kind(told["kind"]),
        negated=told["negated"],
        status=Status(told["status"]),
        attributed_to=tuple(sorted(told.get("attributed_to", ()))),
        denied_by=tuple(sorted(told.get("denied_by", ()))),
        over=told.get("over"),
        confidence=0.9,
        evidence=Evidence(
            start=start,
            end=end,
            raw_start=start,
            raw_end=end,
            quote=document.text[start:end],
        ),
    )


@pytest.fixture(scope="session")
def newsroom_report():
    """Give the newsroom's report, made of the claims that a careful reader found."""
    claims, documents = read_truth()
    both = (COPY, ORIGINAL)
    links = (
        Link(articles=both, reason=LinkReason.COPY),
        Link(articles=both, reason=LinkReason.CREDITED, origin="Meridian Wire"),
    )
    clusters = (Cluster(articles=both, links=links),)
    ties = aggregate_claims(claims, clusters=clusters)
    old = [claim for claim in claims if (claim.published or "") < "2026-02-15"]
    return render_report(
        relationships=ties,
        documents=documents,
        clusters=clusters,
        shares={both: 0.84},
        alignments=measure_alignments(claims, clusters=clusters),
        names={actor_id: actor.name for actor_id, actor in load_gazetteer().actors.items()},
        title="The newsroom",
        changes=find_changes(aggregate_claims(old, clusters=clusters), ties),
        since="15 February 2026",
    )
