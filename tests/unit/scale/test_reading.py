"""Batches in, batches out: a row for each row, whatever is in it."""

import pytest

import alignwatch as aw
from alignwatch.errors import ModelError

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")

from alignwatch.scale import (  # noqa: E402 - after the skip
    article_schema,
    documents_from_arrow,
    page_schema,
    read_batches,
    result_schema,
    split_results,
)

TEXT = (
    "Japan signed a defence treaty with Vietnam in Hanoi on 3 May 2025. The two navies will patrol "
    "together, the ministry in Hanoi said.\nKenya condemned Chad over the border closure."
)
HTML = (
    "<html><body><article>" + "".join(f"<p>{line}</p>" for line in TEXT.split("\n")) + "</article>"
)


def _pages(*contents):
    rows = [
        {"url": f"https://news.example/{place}", "content": content, "media_type": "text/html"}
        for place, content in enumerate(contents)
    ]
    return pa.RecordBatch.from_pylist(rows, schema=page_schema())


def _articles(*texts):
    rows = [{"id": f"a{place}", "text": text} for place, text in enumerate(texts)]
    return pa.RecordBatch.from_pylist(rows, schema=article_schema())


def _read(batch):
    [result] = read_batches([batch])
    return result


def test_a_page_gives_its_document_and_its_claims():
    """What a cluster finds must be what a laptop finds."""
    documents, claims, failures = split_results(_read(_pages(HTML.encode())))
    [document] = documents_from_arrow(documents)

    assert document.text == TEXT
    assert claims.num_rows == len(aw.extract(document)) > 0
    assert not failures.num_rows


def test_an_article_gives_the_same_claims_as_in_python():
    """A table of texts is the commonest thing that a research group has."""
    _, claims, _ = split_results(_read(_articles(TEXT)))
    expected = aw.extract(aw.Article(id="a0", text=TEXT))

    assert claims.column("id").to_pylist() == [claim.id for claim in expected]


def test_each_row_gives_one_row_in_order():
    """A page that vanishes between two counts is a page that nobody misses."""
    batch = _pages(
        HTML.encode(),
        b"",
        b"\x00\x01\x02" * 900,
        b"<html>" * 5_000,
        HTML.encode("utf-16"),
        "<p>Das Kabinett beschloss am Montag ein Gesetz über die Wälder des Landes.</p>".encode()
        * 9,
        b"\xff\xfe\xfd",
        HTML.encode(),
    )
    result = _read(batch)

    assert result.schema == result_schema()
    assert result.column("page").to_pylist() == batch.column("url").to_pylist()
    for row in result.to_pylist():
        assert (row["failure"] is None) == (row["document"] is not None)
        assert (row["claims"] is None) == (row["document"] is None)


def test_a_row_that_cannot_be_read_says_why():
    """A failure without a reason cannot be mended."""
    [empty, foreign] = _read(
        _pages(b"", b"Das Kabinett beschloss am Montag ein Gesetz. " * 20)
    ).to_pylist()

    assert empty["failure"]["reason"] == "empty"
    assert foreign["failure"]["reason"] == "unknown-language"


def test_a_row_without_what_is_asked_for_fails_alone():
    """Tables of others hold nulls where there should be none."""
    schema = pa.schema([("id", pa.string()), ("text", pa.string())])
    rows = [{"id": "a", "text": TEXT}, {"id": None, "text": TEXT}, {"id": "c", "text": None}]
    result = _read(pa.RecordBatch.from_pylist(rows, schema=schema))

    assert [row["failure"] is None for row in result.to_pylist()] == [True, False, False]


def test_other_columns_are_refused_by_name():
    """Who renamed a column wants to know which one is missing, before the cluster is paid for."""
    batch = pa.RecordBatch.from_pylist([{"link": "x", "body": "y"}])

    with pytest.raises(ModelError, match=r"link, body"):
        list(read_batches([batch]))


def test_further_columns_are_passed_over():
    """Tables carry what others need."""
    rows = [{"id": "a", "text": TEXT, "crawl": 7}]

    assert _read(pa.RecordBatch.from_pylist(rows)).column("failure").to_pylist() == [None]


def test_an_empty_batch_gives_an_empty_batch():
    """Filters leave empty batches, and engines pass them on."""
    result = _read(_pages())

    assert result.num_rows == 0
    assert result.schema == result_schema()


def test_how_rows_are_cut_into_batches_changes_nothing():
    """Claim ids must not depend on partitions."""
    whole = _read(_articles(TEXT, "Peru sold drones to Chile.", TEXT))
    [first, second] = read_batches(
        [
            _articles(TEXT, "Peru sold drones to Chile.", TEXT).slice(0, 1),
            _articles(TEXT, "Peru sold drones to Chile.", TEXT).slice(1),
        ]
    )

    assert [*first.to_pylist(), *second.to_pylist()] == whole.to_pylist()


def test_documents_come_back_equal():
    """A document that loses its edits on the way cannot be restored."""
    text = TEXT + "\n\nLeave a Comment"
    documents, _, _ = split_results(_read(_articles(text)))
    [document] = documents_from_arrow(documents)

    assert document == aw.clean(aw.Article(id="a0", text=text))
    assert document.restore() == text


def test_half_characters_do_not_stop_a_batch():
    """Arrow cannot hold them; one such page among a million must not end the rest."""
    [row] = _read(_pages((HTML + "<p>Odd \\ud83d sign &#xD83D; here.</p>").encode())).to_pylist()

    assert row["failure"] is None


def test_a_page_whose_publisher_reserves_mining_is_not_read():
    """What `watch` refuses, a cluster must refuse as well."""
    reserved = '<html><head><meta name="tdm-reservation" content="1"></head>' + HTML[6:]
    [row] = _read(_pages(reserved.encode())).to_pylist()

    assert row["failure"]["reason"] == "rights-reserved"
