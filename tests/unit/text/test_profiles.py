"""Generated author profiles: found by evidence, cut off anywhere; real people are left alone."""

import pytest

from alignwatch.text import clean_text

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
