"""Pages: which of their blocks are the article, and how tables and lists are written down."""

import numpy as np
import pytest
from lxml import html

from alignwatch.errors import ParseError
from alignwatch.text import parse_html, read_html
from alignwatch.text._blocks import read_blocks
from alignwatch.text._content import find_hopeless
from alignwatch.text._content_features import APART
from alignwatch.text._extraction import choose_text

PARAGRAPHS = (
    "The foreign ministers of Aland and Bland signed a treaty on trade in Riga on Monday.",
    "Under the agreement both states will lift their tariffs on grain before the year ends.",
    "A spokesman said that the treaty also covers the ports on the northern coast of Aland.",
    "Bland has denied that the treaty contains a secret clause on the defence of the border.",
)
SHORT = (
    f"<p>{PARAGRAPHS[0][:-1]}, officials in both capitals said.</p>"
    "<p>Both governments said that the talks had gone well, and that they would go on.</p>"
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def _read(body: str) -> str:
    page = f"<html lang=en><head><title>Two States Sign</title></head><body>{body}</body></html>"
    return parse_html(page, url="https://desk.example/a").text


def _article(more: str) -> str:
    return f"<article><h1>Two States Sign</h1>{BODY}{more}</article>"


def _between(table: str) -> str:
    return f"<article><h1>Two States Sign</h1>{BODY}{table}{BODY.replace('a', 'o')}</article>"


TABLE = (
    "<table><caption>Exports</caption><tr><th>State<th colspan=2>Grain"
    "<tr><td rowspan=2>Aland<td>1990<td>12<tr><td>1991<td>13<ul><li>wheat</li><li>rye</li></ul>"
    "</table>"
)


def test_merged_cells_keep_the_columns_in_line():
    """A number under the wrong year is worse than none."""
    lines = _read(_article(TABLE)).splitlines()
    rows = [line for line in lines if line.startswith("|")]

    assert rows == [
        "| State | Grain |  |",
        "|---|---|---|",
        "| Aland | 1990 | 12 |",
        "|  | 1991 | 13; wheat; rye |",
    ]
    assert lines[lines.index(rows[0]) - 1] == "Exports"


def test_a_table_in_a_cell_is_read_in_its_cell():
    """Its numbers belong to the row that it stands in."""
    inner = "<table><tr><td>cod<td>12</tr><tr><td>eel<td>13</tr></table>"
    outer = (
        f"<table><tr><th>Year<th>Catch</tr><tr><td>2024<td>{inner}</tr><tr><td>2025<td>7</table>"
    )

    assert "| 2024 | cod 12; eel 13 |" in _read(_between(outer)).splitlines()


@pytest.mark.parametrize("place", ["{caption}{table}", "{table}{caption}"])
def test_the_caption_of_a_figure_names_its_table(place):
    """Of a column of numbers only its caption tells what was counted."""
    table = "<table><tr><th>Year<th>Catch</tr><tr><td>2024<td>3</tr><tr><td>2025<td>7</table>"
    caption = "<figcaption>Catch in tons</figcaption>"

    text = _read(_between(f"<figure>{place.format(caption=caption, table=table)}</figure>"))

    assert "\nCatch in tons\n| Year | Catch |\n" in text
    assert text.count("Catch in tons") == 1


@pytest.mark.parametrize("credit", ["Source: own count", "\u00a9 Harbour Press", "Quelle : Amt"])
def test_a_credit_is_no_caption_of_a_table(credit):
    """It tells whose the numbers are, and not what they count."""
    table = "<table><tr><th>Year<th>Catch</tr><tr><td>2024<td>3</tr><tr><td>2025<td>7</table>"
    figure = f"<figure>{table}<figcaption>{credit}</figcaption></figure>"

    assert f"{credit}\n| Year" not in _read(_between(figure))


@pytest.mark.parametrize(
    "cell",
    [
        "<time datetime=2021-03-03>3 March</time>",
        "<table><tr><td>3 March</table>",
    ],
)
def test_no_word_of_a_cell_is_lost_where_the_model_is_in_doubt(cell):
    """A short page is read by rules that pass over some elements in cells."""
    rows = "<tr><th>Day<th>Event<th>Tons</tr><tr><td>{}<td>Opening<td>1</tr>"
    table = f"<table>{rows.format(cell)}<tr><td>2022-04-05<td>Close<td>2</tr></table>"

    assert "3 March" in _read(f"<article><h1>Two States Sign</h1>{table}{SHORT}</article>")


def test_a_page_is_never_run_together_into_one_line():
    """The rules of the finder give up that way; lines are what bylines are known by."""
    byline = "<p class=byline>By Staff Reporter; Email the Author</p>"

    text = _read(f"<article><h1>Two States Sign</h1>{byline}{SHORT}</article>")

    assert len(text.splitlines()) > 1


def test_a_page_laid_out_in_a_table_is_text():
    """Old sites hold their article in one cell; it is not one row of data."""
    menu = "<td><a href=/>Home</a><br><a href=/w>World</a></td>"

    text = _read(f"<table><tr>{menu}<td>{BODY}</td></tr></table>")

    assert text.splitlines() == list(PARAGRAPHS)


def test_a_menu_set_as_a_table_is_no_table():
    """One cell a row is a list of links."""
    menu = "<table><tr><td><a href=/a>World</a></td></tr><tr><td>Sport</td></tr></table>"

    assert "|" not in _read(menu + _article(""))


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>var xyzzy = 1;</script>",
        "<style>p { xyzzy: 1 }</style>",
        "<template><p>xyzzy words in a template that nobody sees</p></template>",
        "<p style='display: none'>xyzzy words that the page's own style does not show</p>",
        "<div hidden><p>xyzzy words under an attribute that says that they are hidden</p></div>",
        "<table><tr><td>a<td>b<tr style='display:none'><td>xyzzy<td>c<tr><td>d<td>e</table>",
    ],
)
def test_what_is_not_shown_is_not_read(unseen):
    """No reader of the page has seen it."""
    assert "xyzzy" not in _read(_article(unseen))


def test_inline_elements_do_not_part_words():
    """A drop capital is a part of its word."""
    drop = "<p><span>T</span>he treaty on <b>trade</b> covers the ports on the coast, it says.</p>"

    assert "The treaty on trade covers" in _read(f"<article>{drop}{BODY}</article>")


def test_lists_and_line_breaks_make_lines():
    """Claims are read sentence by sentence, and a line ends a sentence."""
    more = (
        "<p>The treaty has two parts, and both are long ones:</p><ul>"
        "<li>The first part is on grain and on how it is shipped."
        "<li>The second part is on ports and on who may use them.</ul>"
    )

    lines = _read(_article(more)).splitlines()

    assert "- The first part is on grain and on how it is shipped." in lines


def test_the_furniture_of_a_page_is_left_out():
    """It stands in menus, forms and footers, whatever their text."""
    nav = "<nav><ul><li><a href=/>Home</a></li><li><a href=/w>World</a></li></ul></nav>"
    foot = f"<footer><p>{PARAGRAPHS[0].replace('treaty', 'notice')}</p></footer>"
    consent = (
        "<div id='cookie-consent'><p>We use cookies to make this page what it is now.</p></div>"
    )

    assert _read(nav + _article("") + consent + foot).splitlines()[-4:] == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 10_000 + "The treaty was signed in Riga." + "</div>" * 10_000,
        "<b>" * 10_000 + "The treaty was signed in Riga.",
        "<ul><li>" * 5_000 + "The treaty was signed in Riga.",
        "<table><tr><td>" * 3_000 + "The treaty was signed in Riga.",
        "<br>" * 50_000 + "The treaty was signed in Riga.",
        "<p>word</p>" * 20_000 + "<p>The treaty was signed in Riga.</p>",
        f"<p class='{'a-' * 50_000}'>The treaty was signed in Riga.</p>",
        "<table><tr><td colspan=99999999>The treaty<td rowspan=99999999>was signed<td>in Riga."
        + "<tr><td>a<td>b" * 2_000,
    ],
    ids=["deep", "bold", "lists", "tables", "breaks", "many", "name", "spans"],
)
def test_no_page_is_too_odd_to_be_read(body):
    """The shape of a page is its author's choice; what cannot be read is refused by name."""
    try:
        text = _read(body)
    except ParseError:
        text = "Riga"

    assert text


@pytest.mark.parametrize("content", ["\x00", b"\x00", "<p>\x00</p>"])
def test_a_page_of_a_nul_byte_is_no_article(content):
    """An empty file of a broken disk is a failure, not an article without words."""
    with pytest.raises(ParseError):
        read_html(content)


def test_a_nul_byte_in_a_page_is_passed_over():
    """One broken byte does not cost the article."""
    assert "signed a treaty" in _read(_article("").replace("signed", "sig\x00ned"))


def _hopeless(body, chances):
    tree = html.document_fromstring(f"<html><body>{body}</body></html>")
    blocks, frames = read_blocks(tree)
    rows = np.zeros((len(blocks), 1))
    rows[:, APART] = [chance is None for chance in chances]
    judged = np.array([chance or 0.0 for chance in chances])
    return [node.get("id") for node in find_hopeless(blocks, frames, blocks, judged, rows)]


def test_the_outermost_elements_without_any_chance_are_not_shown_to_the_rules():
    """Most of their time goes into what no article is; what holds a likely block stays whole."""
    body = "<div id=a><p id=b>x</p><p id=c>y</p></div><div id=d><p>z</p><p>w</p></div>"

    assert _hopeless(body, (0.9, 0.01, 0.02, 0.03)) == ["c", "d"]


def test_a_paragraph_that_was_never_judged_is_shown_to_the_rules():
    """Where the model takes the article for furniture, only the rules can find it."""
    body = f"<aside id=a><p>{PARAGRAPHS[0]}</p></aside><aside id=b><p>More</p></aside><p id=c>x</p>"

    assert _hopeless(body, (None, None, 0.9)) == ["b"]


@pytest.mark.parametrize(
    ("ruled", "chosen"),
    [
        ("", "the model's"),
        ("A line.", "the model's"),
        ("| a | row |\n" * 40, "the model's"),
        (BODY, "the model's"),
        (f"{PARAGRAPHS[0]}\n{PARAGRAPHS[1]}", "the rules'"),
    ],
    ids=["nothing", "much less", "rows", "run together", "two paragraphs"],
)
def test_the_rules_are_believed_unless_they_plainly_missed_the_article(ruled, chosen):
    """They are asked where the model is in doubt, and fail in ways of their own."""
    mine = "\n".join(PARAGRAPHS)

    assert choose_text(mine, ruled) == (mine if chosen == "the model's" else ruled)
