"""Every quote stands in its paragraph, and every paragraph is kept once."""

import pytest

from alignwatch.model import Claim, Document, Edit, Evidence, Kind
from alignwatch.report import _paragraphs
from alignwatch.report._paragraphs import fill_shelf

TEXT = "First paragraph.\nBefore it all. Kenya helps Chad. After that, more.\nLast paragraph."


def claim_on(text, quote, article="a"):
    start = text.index(quote)
    end = start + len(quote)
    return Claim(
        article=article,
        extractor="rules/1",
        source="KEN",
        target="TCD",
        kind=Kind.AID,
        confidence=0.5,
        evidence=Evidence(start=start, end=end, raw_start=start, raw_end=end, quote=quote),
    )


def shelve(text, *quotes, **document):
    claims = [claim_on(text, quote) for quote in quotes]
    return fill_shelf(claims, {"a": Document(article="a", text=text, **document)})


def shown(shelf):
    """What a browser would mark: the quote cut out by its places in UTF-16."""
    found = []
    for place in shelf.places:
        units = shelf.texts[place.paragraph].encode("utf-16-le")
        found.append(units[place.start * 2 : place.end * 2].decode("utf-16-le"))
    return found


@pytest.mark.parametrize("quote", ["Kenya helps Chad.", "First paragraph.", "Last paragraph."])
def test_a_quote_stands_in_its_paragraph(quote):
    """The sentence before often says whose word it is."""
    shelf = shelve(TEXT, quote)

    assert shelf.texts == tuple(line for line in TEXT.split("\n") if quote in line)
    assert shown(shelf) == [quote]


def test_quotes_of_one_paragraph_share_it():
    """Ten claims on one paragraph must not make the page ten times as long."""
    shelf = shelve(TEXT, "Kenya helps Chad.", "Before it all.", "Kenya helps")

    assert len(shelf.texts) == 1
    assert shown(shelf) == ["Kenya helps Chad.", "Before it all.", "Kenya helps"]


def test_a_quote_over_two_paragraphs_joins_them():
    """A list is often one sentence over several lines."""
    shelf = shelve(TEXT, "more.\nLast paragraph.", "Kenya helps Chad.")

    assert shelf.texts == (TEXT.split("\n", 1)[1],)
    assert shown(shelf) == ["more.\nLast paragraph.", "Kenya helps Chad."]


def test_copies_of_an_article_share_their_paragraphs():
    """Agency news stands word for word in a dozen papers."""
    claims = [claim_on(TEXT, "Kenya helps Chad.", article) for article in "abc"]
    documents = {article: Document(article=article, text=TEXT) for article in "abc"}

    shelf = fill_shelf(claims, documents)

    assert len(shelf.texts) == 1
    assert len(set(shelf.places)) == 1


def test_places_are_counted_as_a_browser_counts():
    """A flag or a rare letter is two units there; and what hides text is taken out."""
    text = "\U0001f1f0\U0001f1ea Rain\u202e fell. \U00020000 Kenya helps \u200fChad \U0001f600."
    quote = "Kenya helps \u200fChad \U0001f600"

    assert shown(shelve(text, quote)) == ["Kenya helps Chad \U0001f600"]


def test_without_its_document_a_quote_stands_alone():
    """Evidence travels without the store; and a text that was cleaned anew may have moved."""
    claim = claim_on(TEXT, "Kenya helps Chad.")

    for documents in ({}, {"a": Document(article="a", text="Something else entirely.")}):
        shelf = fill_shelf([claim], documents)
        assert shelf.texts == ("Kenya helps Chad.",)
        assert shown(shelf) == ["Kenya helps Chad."]


def test_an_endless_paragraph_is_cut_between_words_around_its_quotes():
    """A page without line breaks is one paragraph; each quote keeps its surroundings."""
    text = f"{'word ' * 3_000}Kenya helps Chad. {'more ' * 3_000}Chad thanks Kenya. End."

    shelf = shelve(text, "Kenya helps Chad.", "Chad thanks Kenya.")

    (paragraph,) = shelf.texts
    assert shown(shelf) == ["Kenya helps Chad.", "Chad thanks Kenya."]
    assert paragraph.startswith("… word word")
    assert "more […] more" in paragraph
    assert paragraph.endswith("Chad thanks Kenya. End.")
    assert len(paragraph) < 13_000


def test_an_endless_quote_is_shortened():
    """A page without full stops is one sentence; a report stays readable."""
    quote = "Kenya " + "word " * 2_000 + "Chad."

    (told,) = shown(shelve(quote, quote))

    assert told.startswith("Kenya word")
    assert told.endswith("word Chad.")
    assert " […] " in told
    assert len(told) < 1_700


def test_a_full_shelf_gives_each_quote_less_room(monkeypatch):
    """Ten thousand claims still have to open at once."""
    monkeypatch.setattr(_paragraphs, "SHELF_BYTES", 20_000)
    texts = {f"{n}": f"{'before ' * 60}Kenya helps Chad {n}. {'after ' * 60}" for n in range(100)}
    claims = [claim_on(text, f"Kenya helps Chad {n}.", n) for n, text in texts.items()]

    shelf = fill_shelf(claims, {n: Document(article=n, text=text) for n, text in texts.items()})

    assert sum(len(text.encode()) for text in shelf.texts) <= 20_000
    assert shown(shelf) == [claim.evidence.quote for claim in claims]
    assert all(text.startswith("… before") for text in shelf.texts)


def test_what_cleaning_took_is_told_where_it_stood():
    """A reader must see what stood around a quote before the text was cleaned."""
    edit = Edit(start=32, end=47, original="Advertisement. ", rule="ad", reason="an advertisement")
    edits = (edit, Edit(start=200, end=206, original="Share!", rule="share"))
    text = f"{TEXT}{'x' * 200}"

    shelf = shelve(text, "Kenya helps Chad.", removed=edits)

    ((change,),) = shelf.changes.values()
    assert (change.original, change.replacement, change.rule) == ("Advertisement. ", "", "ad")
    assert shelf.texts[0][: change.at] == "Before it all. "


def test_changes_of_white_space_alone_are_not_worth_a_word():
    """Nobody wants to read of two hundred line breaks."""
    edit = Edit(start=16, end=18, original=" \n", replacement="\n", rule="blank-lines")

    assert not shelve(TEXT, "Kenya helps Chad.", removed=(edit,)).changes
