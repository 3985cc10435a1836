"""Characters, marks and spaces: what is set right, and what only looks wrong."""

import pytest

from alignwatch.text import clean_text

BODY = "The two governments signed the agreement on Monday, officials in both capitals said."
END = "The treaty takes effect next year, a spokesman for the ministry said on Tuesday."


def clean_between(line):
    """Give what becomes of a line between two paragraphs."""
    return clean_text(f"{BODY}\n{line}\n{END}").text.removeprefix(BODY).removesuffix(END)[1:-1]


@pytest.mark.parametrize(
    "line",
    [
        "می‌خواهم به خانه بروم و کتاب‌ها را بخوانم.",
        "The family 👨‍👩‍👧‍👦 met the pilot 👩🏽‍🚀 under the flag 🏴‍☠️ there.",
        "क्‍ष ज्‍ञ क्‌ष",
        "ภาษา\u200bไทย\u200bไม่มี\u200bช่องว่าง",
        "A line with עברית‎ (Hebrew) in it.",
        "東京　大阪　名古屋",
        "ＡＢＣ株式会社は１２３億円を投資した。",
        "We saw, e.g. Ships and i.e. Boats in the U.S.Navy yard.",
        "Dr.Smith met Mr.Jones, and J.R.R.Tolkien wrote at 5 p.m.The end",
        "Visit example.com.The site is at www.The-Site.com or Example.Com/The page",
        "It is 3.14, or 1.234,56, or 2.5.Then",
        "He uses node.js.Express and report.final.Doc.txt here",
        "Bonjour ! Comment ça va ? « Oui » ; c'est vrai : oui.",
        "İstanbul'da ışık ve ilişki; IĞDIR.",
        "x = a&b; y = c && d; AT&T and R&D, Johnson&Johnson",
        "https://example.org/?a=1&copy=2&lang=en",
        "SÃO PAULO É LINDA, A «IRMû DISSE, Ñandú, Ðà Nẵng, À quel prix",
        "snake_case_name and __init__.py and **kwargs in def f(*args, **kwargs):",
        "2 ** 3 ** 4 is 8, and a * b * c is not, says `code **not bold** here`",
        "footnote* and dagger** and #hashtag and C# and $5 *each*",
        "```\n# a comment\nx = a__b__c ** 2 ** y\n---\n```",
    ],
)
def test_what_only_looks_wrong_stays(line):
    """A cleaner that mends what is whole breaks quotes."""
    assert clean_between(line) == line


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("It ended.Der Anfang war gut.", "It ended. Der Anfang war gut."),
        ("Das war das Ende.Die Minister gingen.", "Das war das Ende. Die Minister gingen."),
        ("C'est la fin.Les ministres ont signé.", "C'est la fin. Les ministres ont signé."),
        ("Es el final.Los ministros firmaron.", "Es el final. Los ministros firmaron."),
        ("Это конец.Министры уехали.", "Это конец. Министры уехали."),
        ("“So it ended.”The minister left.", "“So it ended.” The minister left."),
        ("François et Renée".encode().decode("cp1252"), "François et Renée"),
        ("aus München".encode().decode("cp1252"), "aus München"),
        ("Привет".encode().decode("latin-1"), "Привет"),
        ("Łódź".encode().decode("latin-1"), "Łódź"),
        ("costs £5".encode().decode("cp1252"), "costs £5"),
        ("it’s “fine” — yes".encode().decode("cp1252", "replace"), None),
        ("&rsquo;s &ldquo;x&rdquo; &mdash; &#8217; &amp;amp; &Eacute;tat", "’s “x” — ’ & État"),
        ("a\u200b b\u200ec al\u00adliance \ufb01rst 10\u202f000", "a bc alliance first 10 000"),
        ("Write to [email\u00a0protected] now", "Write to now"),
    ],
)
def test_what_is_wrong_is_set_right(line, clean):
    """Lexicons match words; a mark inside a word hides it."""
    if clean is None:
        assert "’" in clean_between(line)
    else:
        assert clean_between(line) == clean
