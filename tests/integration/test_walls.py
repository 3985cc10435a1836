"""Challenges and paywalls that come with status 200 are no articles, and are counted."""

import pytest
from servers import answer, serve

import alignwatch as aw
from alignwatch.cli import main
from alignwatch.pipeline import judge_health

STORY = "Japan signed a trade agreement with Vietnam in Hanoi on Monday. " * 12
CHALLENGE = """<!doctype html><html lang=en><head><title>Just a moment...</title></head><body>
<h1>news.example</h1><p>Checking your browser before you go on to news.example. This takes a few
seconds.</p><p>Please enable JavaScript and cookies to continue.</p><p>Ray ID: 0a1b2</p></body>"""
EMPTY_CHALLENGE = """<!doctype html><html><head><title>Just a moment...</title>
<script>var challenge = "Japan and Vietnam";</script></head><body><div id=x>
<noscript><span>Enable JavaScript and cookies to continue</span></noscript></div></body></html>"""
STUB = """<!doctype html><html lang=en><head><title>Quay</title></head><body><article>
<p>Japan signed a trade agreement with Vietnam in Hanoi on Monday, and more will follow.</p>
<p>Subscribe to continue reading. Already a subscriber? Log in to read the full article.</p>
</article></body></html>"""
NAMES = ("a", "b", "c", "d")


def page(text):
    return f"<!doctype html><html lang=en><head><title>T</title></head><body><p>{text}</p></body>"


@pytest.fixture
def watch(tmp_path):
    """Watch four pages that answer as told; give the result."""

    def run(body):
        with serve() as site:
            site.routes |= {f"/{name}": answer(body) for name in NAMES}
            return aw.watch(
                [f"http://news.example/{name}" for name in NAMES],
                store=tmp_path / "s.db",
                resolve={"news.example": site.address},
                delay_s=0,
            )

    return run


@pytest.mark.parametrize("body", [CHALLENGE, EMPTY_CHALLENGE])
def test_a_challenge_is_a_failure_and_the_source_is_blocked(watch, tmp_path, capsys, body):
    """Stored as an article it would look like a quiet day, and its ETag like a known page."""
    result = watch(body)

    assert {failure.reason for failure in result.failures} == {"walled"}
    assert [health.blocked for health in result.health] == [1] * len(NAMES)
    assert main(["sources", "health", "--store", str(tmp_path / "s.db"), "--strict"]) == 3
    told = capsys.readouterr().out
    assert "blocked" in told
    assert "1 of 1 pages" in told


def test_a_challenge_never_takes_the_place_of_an_article(watch, tmp_path):
    """What was read once must not be lost to a bad day of the site."""
    watch(page(STORY))
    with aw.open_store(tmp_path / "s.db", read_only=True) as store:
        before = [article.text for article in store.articles()]
    watch(CHALLENGE)
    watch(STUB)

    with aw.open_store(tmp_path / "s.db", read_only=True) as store:
        assert [article.text for article in store.articles()] == before
        assert {failure.reason for failure in store.failures()} == {"walled"}


def test_what_a_paywall_lets_through_is_kept_and_counted(watch, tmp_path):
    """The first sentence is evidence too, and somebody shall know why there is no more."""
    result = watch(STUB)

    assert result.stored == len(NAMES)
    assert [(health.blocked, health.failed) for health in result.health] == [(1, 0)] * len(NAMES)
    with aw.open_store(tmp_path / "s.db", read_only=True) as store:
        assert {one.state for one in judge_health(store.runs())} == {"blocked"}


def test_an_article_about_challenges_is_an_article(watch):
    """The words alone are no wall."""
    told = "The firm sells bot protection, and asks visitors to verify that they are human. "
    result = watch(page(STORY + told + STORY))

    assert (result.stored, [health.blocked for health in result.health]) == (4, [0] * 4)
    assert all(health.parsed == 1 for health in result.health)
