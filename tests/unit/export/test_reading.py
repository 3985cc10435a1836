"""JSON Lines come in from anywhere; a bad line is named, and none is misread."""

import io
import json

import pytest

from alignwatch.errors import WireError
from alignwatch.export import (
    _reading,
    read_articles,
    read_claims,
    read_documents,
    read_texts,
    write_jsonl,
)
from alignwatch.model import Article, Claim, Document, Evidence, Kind

CLAIM = Claim(
    article="a.txt",
    extractor="rules/1",
    source="KEN",
    target="TCD",
    kind=Kind.AID,
    confidence=0.5,
    evidence=Evidence(start=0, end=4, raw_start=0, raw_end=4, quote="Kenb"),
)


def test_claims_come_back_as_they_were_written(tmp_path):
    """Exports are also how claims travel between people."""
    stream = io.StringIO()
    write_jsonl([CLAIM], stream)
    path = tmp_path / "claims.jsonl"
    path.write_text(stream.getvalue(), encoding="utf-8")

    for source in (path, str(path), io.StringIO(stream.getvalue()), io.BytesIO(path.read_bytes())):
        assert list(read_claims(source)) == [CLAIM]


def test_an_article_needs_an_id_and_a_text():
    """The rest may be missing, or known."""
    lines = [
        '{"id": "a", "text": "x"}',
        """
        {"id": "b", "text": "y", "url": "https://e.org", "title": "T", "published": "2025",
         "language": "en", "speaker": "KEN", "unknown": [1]}
        """,
    ]

    assert list(read_articles(lines)) == [
        Article(id="a", text="x"),
        Article(
            id="b",
            text="y",
            url="https://e.org",
            title="T",
            published="2025",
            language="en",
            speaker="KEN",
        ),
    ]


def test_articles_and_documents_may_be_mixed():
    """`extract` reads raw articles and what `clean` prints alike."""
    lines = ['{"id": "a", "text": "x"}', '{"article": "a", "text": "x"}']

    assert list(read_texts(lines)) == [
        Article(id="a", text="x"),
        Document(article="a", text="x"),
    ]
    assert list(read_documents(lines[1:])) == [Document(article="a", text="x")]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not a line of JSON"),
        ("[1]", "a record is a JSON object, got list"),
        ('{"text": "x"}', "id is missing"),
        ('{"id": "a"}', "text is missing"),
        ('{"id": 7, "text": "x"}', "expected a text, got 7"),
        ('{"id": "", "text": "x"}', "needs an id"),
        ('{"id": "a", "text": "x", "schema": 9}', "schema 9"),
        ("[" * 100_000, "not a line of JSON"),
        ('{"id": "a", "text": "\\ud800", "z": ' + "[" * 990 + "]" * 990 + "}", "recursion"),
    ],
)
def test_a_bad_line_is_named_by_its_number(line, message):
    """Line 48,000 of a file that somebody else wrote: say where, and what would work."""
    lines = ['{"id": "a", "text": "x"}', "", line]

    with pytest.raises(WireError, match=r"^line 3: ") as raised:
        list(read_articles(lines))

    assert message in str(raised.value)


def test_a_reader_who_listens_for_errors_gets_the_other_lines():
    """One bad record is counted; the run goes on."""
    heard = []
    stream = io.BytesIO(b'{"id": "a", "text": "x"}\n\xff\xfe\nnull\n{"id": "b", "text": "y"}')

    articles = list(read_articles(stream, on_error=heard.append))

    assert [article.id for article in articles] == ["a", "b"]
    assert [str(error).split(";")[0] for error in heard] == [
        "line 2: not UTF-8 at byte 0 of the line",
        "line 3: a record is a JSON object, got NoneType",
    ]


@pytest.mark.parametrize(
    "source",
    [
        io.BytesIO(b'\xef\xbb\xbf{"id": "a", "text": "x"}\r\n'),
        io.StringIO('\ufeff{"id": "a", "text": "x"}'),
        ["\ufeff \n", ' {"id": "a", "text": "x"}\n'],
    ],
)
def test_a_byte_order_mark_and_blank_lines_are_passed_over(source):
    """Editors on Windows add the one, people the others."""
    assert list(read_articles(source)) == [Article(id="a", text="x")]


def test_half_characters_become_replacement_characters():
    """Cut strings from social media must not break the store later; pairs are one character."""
    (article,) = read_articles(['{"id": "a", "text": "cut \\ud83d here, whole \\ud83d\\ude00"}'])

    assert article.text == "cut \ufffd here, whole \N{GRINNING FACE}"


def test_a_claim_whose_half_character_was_mended_is_still_read():
    """Its id was made of the broken name; the claim is given the id of the mended one."""
    stream = io.StringIO()
    write_jsonl([json_claim("caf\udce9")], stream)
    stream.seek(0)

    (claim,) = read_claims(stream)

    assert claim.article == "caf\N{REPLACEMENT CHARACTER}"


def json_claim(article):
    return Claim(
        article=article,
        extractor="rules/1",
        source="KEN",
        target="TCD",
        kind=Kind.AID,
        confidence=0.5,
        evidence=CLAIM.evidence,
    )


def test_a_claim_that_was_changed_by_hand_is_refused():
    """Evidence that no longer fits its id would be quoted wrongly."""
    stream = io.StringIO()
    write_jsonl([CLAIM], stream)
    record = json.loads(stream.getvalue())
    record["target"] = "MLI"

    with pytest.raises(WireError, match=r"^line 1: .*id"):
        list(read_claims([json.dumps(record)]))


@pytest.mark.parametrize("stream", [io.BytesIO, lambda data: io.StringIO(data.decode())])
def test_an_endless_line_is_refused_and_the_next_one_read(stream, monkeypatch):
    """A disk image named .jsonl must not fill the memory."""
    monkeypatch.setattr(_reading, "LINE_LIMIT_BYTES", 40)
    heard = []
    lines = stream(b"x" * 100 + b'\n{"id": "a", "text": "x"}\n' + b"y" * 41)

    articles = list(read_articles(lines, on_error=heard.append))

    assert [article.id for article in articles] == ["a"]
    assert [str(error)[:20] for error in heard] == ["line 1: longer than ", "line 3: longer than "]


def test_a_missing_file_is_the_callers_to_explain(tmp_path):
    """Only the caller knows where the path came from."""
    with pytest.raises(FileNotFoundError):
        list(read_claims(tmp_path / "no.jsonl"))
