"""Laws of export: what is written can be read, and nothing in a table can run."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from alignwatch.export import format_csv, format_jsonl, read_articles, read_claims
from alignwatch.model import Article, Claim, Evidence, Kind

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
names = texts.filter(bool)


@st.composite
def make_claims(draw):
    quote = draw(names)
    start = draw(st.integers(0, 9))
    return Claim(
        article=draw(names),
        url=draw(st.none() | texts),
        published=draw(st.none() | texts),
        extractor="rules/1",
        source="KEN",
        target="TCD",
        kind=draw(st.sampled_from([Kind.AID, Kind.TRADE])),
        negated=draw(st.booleans()),
        attributed_to=tuple(draw(st.lists(texts, max_size=2))),
        confidence=draw(st.floats(0, 1)),
        evidence=Evidence(
            start=start, end=start + len(quote), raw_start=start, raw_end=start + 1, quote=quote
        ),
    )


@given(st.lists(make_claims(), max_size=4))
def test_written_claims_are_read_back_the_same(claims):
    """JSON Lines are the format without loss."""
    written = "".join(format_jsonl(claims)).encode()

    assert list(read_claims(io.BytesIO(written))) == claims


@given(st.lists(st.builds(Article, id=names, text=texts, title=st.none() | texts), max_size=4))
def test_written_articles_are_read_back_the_same(articles):
    """Line separators inside a text are not line ends."""
    written = "".join(format_jsonl(articles)).encode()

    assert list(read_articles(io.BytesIO(written))) == articles


@given(st.lists(make_claims(), max_size=4))
def test_every_claim_is_one_row_and_no_cell_starts_a_formula(claims):
    """Whatever a page contains, a spreadsheet shows it and does not run it."""
    rows = list(csv.reader(io.StringIO("".join(format_csv(claims)), newline="")))

    assert len(rows) == len(claims) + 1
    assert len({len(row) for row in rows}) == 1
    assert not any(cell.lstrip().startswith(tuple("=+-@")) for row in rows for cell in row)
    assert not any(cell.startswith(("\t", "\r")) for row in rows for cell in row)
