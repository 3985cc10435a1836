"""Generated author profiles: found by evidence, cut off anywhere; real people are left alone."""

import json
import tomllib
from pathlib import Path

import pytest

from alignwatch.model import Article
from alignwatch.text import clean_article, clean_text

REAL = Path(__file__).parents[3] / "benchmarks" / "data" / "real_profiles.toml"

BODY = "The two governments signed the agreement on Monday, officials in both capitals said."
FIELDS = (
    ("Name", "Ada Roe DVM"),
    ("Username", "roe.ada"),
    ("Email", "ada@example.org"),
    ("Birthdate", "1991-02-15"),
    ("Address", "7 Mill Lane, Fairhaven, OH 44000"),
    ("Phone", "1-555-010-0199"),
    ("Company", "Roe and Sons"),
    ("Job", "Bridge Inspector"),
    ("Bio", "Nemo quaerat sint et dolorem vero harum."),
)
LAYOUTS = {
    "bullets": "Detail Author:\n\n" + "\n".join(f"  \u2022 {k} : {v}" for k, v in FIELDS),
    "lines": "Author Profile\n" + "\n".join(f"{k}: {v}" for k, v in FIELDS),
    "bold": "### Author Details\n\n" + "\n".join(f"- **{k}:** {v}" for k, v in FIELDS),
    "table": "| Field | Value |\n|---|---|\n" + "\n".join(f"| {k} | {v} |" for k, v in FIELDS),
    "run on": "Detail Author: " + " ".join(f"{k} : {v}" for k, v in FIELDS),
    "in turn": "About the Author\n\n" + "\n".join(f"{k}\n{v}" for k, v in FIELDS),
}
LAYOUTS |= {
    "json": json.dumps(dict(FIELDS), indent=2),
    "json in a line": json.dumps(dict(FIELDS)),
    "spaced": "Author Profile\n\n" + "\n\n".join(f"{k} \u2013 {v}" for k, v in FIELDS),
    "wide table": "\n".join(
        f"| {' | '.join(row)} |"
        for row in (
            [k for k, _ in FIELDS],
            ["---"] * len(FIELDS),
            [v for _, v in FIELDS],
        )
    ),
    "wrapped": "About the Author Address: 7 Mill Lane\nFairhaven, OH 44000, "
    + ", ".join(f"{k}: {v}" for k, v in FIELDS if k != "Address"),
    "German": "Name: J\u00fcrgen Ufer\nBenutzername: weiss.ada\nE-Mail: lena7@example.org\n"
    "Geburtsdatum: 15. Februar 1991\nTelefon: +49 30 555 0100",
    "Russian": "\u0418\u043c\u044f: \u0410\u043d\u043d\u0430 \u0420\u043e\u0443\n"
    "\u041b\u043e\u0433\u0438\u043d: petrov77\n\u041f\u043e\u0447\u0442\u0430: lev@example.org",
    "Chinese": "\u59d3\u540d\uff1a\u738b\u4e3d\n\u7528\u6237\u540d\uff1aguiying77\n"
    "\u90ae\u7bb1\uff1atchao@example.org\n\u51fa\u751f\u65e5\u671f\uff1a1975\u5e744\u67084\u65e5",
}
SOCIALS = (
    "\n\nSocials\n\ntiktok:\n\n  \u2022 url : https://example.org/@roe\n  \u2022 followers : 2022"
)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_generated_profile_goes_in_any_layout(layout):
    """A text with an invented author is not to be trusted, and its author is nobody."""
    document = clean_text(f"{BODY}\n\n{LAYOUTS[layout]}{SOCIALS}")

    assert (document.text, document.flags, document.authors) == (BODY, ("fake-author",), ())


@pytest.mark.parametrize("chars", range(32, len(LAYOUTS["bullets"]), 17))
def test_a_profile_that_is_cut_off_is_still_one(chars):
    """Scrapers cut texts at a length, wherever that falls."""
    document = clean_text(f"{BODY}\n\n{LAYOUTS['bullets'][:chars]}")

    assert (document.text, document.flags) == (BODY, ("fake-author",))


@pytest.mark.parametrize(
    "block",
    [
        "Jane Doe is a reporter in Riga. Follow her on her own site. She was born in 1980.",
        "Contact:\nName: Jane Doe\nPhone: +371 555 0100\nEmail: jane@example.org\nCompany: Doe",
        "Name: Republic of Aland\nCapital: Mariehamn\nCurrency: Euro\nPopulation: 30,000",
        "Born: 15 February 1961\nOccupation: Diplomat\nWebsite: https://example.org",
        "Location: Riga\nDate: 2025-07-02\nOrganization: The Baltic Forum\nPhone: +371 555 0100",
    ],
)
def test_a_real_person_or_infobox_is_not_flagged(block):
    """Calling a real author invented would be worse than missing an invented one."""
    assert clean_text(f"{BODY}\n\n{block}\n\n{BODY.upper()}").flags == ()


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_profile_goes_wherever_it_stands(place):
    """Templates put the block above, into and below the article."""
    paragraphs = [BODY, "The treaty takes effect next year, a spokesman said on Tuesday."]
    text = "\n\n".join([*paragraphs[:place], LAYOUTS["lines"], *paragraphs[place:]])

    document = clean_text(text)

    assert (document.text, document.flags) == ("\n\n".join(paragraphs), ("fake-author",))


@pytest.mark.parametrize("block", tomllib.loads(REAL.read_text(encoding="utf-8"))["blocks"])
def test_no_card_of_real_people_is_taken_for_a_generated_one(block):
    """Press contacts, infoboxes, sheets, forms and notices share labels with the profiles."""
    texts = (f"{block}\n\n{BODY}", f"{BODY}\n\n{block}\n\n{BODY.upper()}", f"{BODY}\n\n{block}")

    assert not [text for text in texts if "fake-author" in clean_text(text).flags]


def test_the_invented_name_is_no_author_even_if_the_page_says_so():
    """Sites that generate profiles put the name into their metadata too."""
    text = f"{BODY}\n\n{LAYOUTS['lines']}"
    article = Article(id="a", text=text, authors=("Ada Roe", "Tom Reed"))

    assert clean_article(article).authors == ("Tom Reed",)
