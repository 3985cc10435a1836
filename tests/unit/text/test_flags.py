"""Flags on a text as a whole: walls, stubs, torn ends, lists, languages."""

import attrs
import pytest

from alignwatch.model import Article
from alignwatch.text import clean_article, clean_text

BODY = (
    "The two governments signed the agreement on Monday, officials in both capitals said.\n"
    "The treaty takes effect next year, a spokesman for the ministry said on Tuesday."
)
LONG = "\n".join(
    f"On day {day} the ministers of both states met again to talk." for day in range(40)
)


@pytest.mark.parametrize(
    "page",
    [
        "Please confirm that you are human before you proceed. Solve the captcha below.",
        "Checking your browser. This takes a moment. DDoS protection is active. Ray ID 1a2b",
        "Are you a robot? We noticed unusual traffic from your network.",
        "Access denied. Your request was blocked by our bot protection.",
    ],
)
def test_a_page_that_asks_whether_one_is_human_is_no_article(page):
    """A run that stores such pages believes that the site has fallen silent."""
    assert "challenge-page" in clean_text(page).flags


@pytest.mark.parametrize(
    "prompt",
    [
        "Subscribe to continue reading. Already a subscriber? Log in.",
        "The rest of this article is for members only. Sign in to read it.",
        "You have reached your limit of free articles. Choose a plan.",
        "Unlock this article. Get unlimited access.",
    ],
)
def test_the_first_lines_before_a_paywall_are_a_stub(prompt):
    """What the article says further down is not known; silence there proves nothing."""
    assert "paywall-stub" in clean_text(f"{BODY}\n\n{prompt}").flags


def test_a_whole_article_with_a_paywall_prompt_is_no_stub():
    """Sites show the prompt below free articles too."""
    text = f"{LONG}\n\nSubscribe to continue reading. Already a subscriber? Log in."

    assert clean_text(text).flags == ()


def test_an_article_about_captchas_is_one():
    """The words of a wall stand in articles on walls."""
    text = f"{LONG}\nThe ministry now asks visitors to solve a captcha and to prove you are human."

    assert clean_text(text).flags == ()


@pytest.mark.parametrize(
    "end",
    [
        "The ministers then agreed on the",
        "Officials in both of the capitals said on Monday that the two ministers would then",
        "The ministers agreed on Monday that...",
        "The ministers agreed on Monday that [\u2026]",
    ],
)
def test_a_text_that_ends_within_a_sentence_is_truncated(end):
    """Feeds and scrapers cut; what is missing may be the denial."""
    assert clean_text(f"{BODY}\n{end}").flags == ("truncated",)


@pytest.mark.parametrize(
    "end",
    [
        "The treaty was \u201csigned by both.\u201d",
        "A Heading That Was Left",
        "Report by the Example Bureau in Riga and the Other Bureau in the City of Vilnius",
    ],
)
def test_a_text_that_ends_otherwise_is_whole(end):
    """A flag on every second article would be ignored on all."""
    assert "truncated" not in clean_text(f"{BODY}\n{end}").flags


def test_a_list_of_titles_is_no_article():
    """Front pages come through feeds as if they were articles."""
    titles = "\n".join(f"Ministers Meet in City {number}" for number in range(12))

    assert clean_text(titles).flags == ("not-an-article",)


@pytest.mark.parametrize(
    ("language", "flags"), [("de", ("language-mismatch",)), ("en", ()), ("en-GB", ()), (None, ())]
)
def test_a_declared_language_that_the_text_does_not_speak_is_told(language, flags):
    """An extractor for English would read a text that only says it is English."""
    article = attrs.evolve(Article(id="a", text=LONG), language=language)

    assert clean_article(article).flags == flags
