"""Records are what other programs see: exact when written, forgiving of more, strict on less."""

import json
from datetime import UTC, date, datetime

import pytest

from alignwatch.errors import WireError
from alignwatch.model import (
    Article,
    Claim,
    Document,
    Edit,
    Evidence,
    Failure,
    Health,
    Kind,
    Precision,
    Quantity,
    Relationship,
    Span,
    Standing,
    Status,
    Table,
    When,
    from_json,
    from_record,
    to_json,
    to_record,
)

QUOTE = "Tehran is said to sell Ankara over a million barrels"
CLAIM = Claim(
    article="seed.txt",
    published="2025-07-02",
    extractor="rules/1",
    source="IRN",
    target="TUR",
    kind=Kind.ENERGY,
    status=Status.ALLEGED,
    attributed_to=("USA",),
    confidence=0.8,
    when=When(start=date(2024, 1, 1), end=date(2024, 12, 31), precision=Precision.YEAR),
    quantities=(Quantity(value=1_000_000, unit="barrel", text="over a million barrels"),),
    evidence=Evidence(start=0, end=52, raw_start=5, raw_end=57, quote=QUOTE),
    mentions=(Span(start=60, end=70),),
)
CLAIM_LINE = (
    '{"schema": 1, "id": "17f08613563c40e47e13", "article": "seed.txt", "url": null, '
    '"published": "2025-07-02", "extractor": "rules/1", "source": "IRN", "target": "TUR", '
    '"kind": "energy", "negated": false, "status": "alleged", "attributed_to": ["USA"], '
    '"denied_by": [], "over": null, "trend": null, "plover": "COOPERATE", "confidence": 0.8, '
    '"when": {"start": "2024-01-01", "end": "2024-12-31", "precision": "year"}, '
    '"quantities": [{"value": 1000000, "unit": "barrel", "comparator": null, '
    '"text": "over a million barrels"}], '
    '"evidence": {"start": 0, "end": 52, "raw_start": 5, "raw_end": 57, '
    f'"quote": "{QUOTE}"}}, "mentions": [[60, 70]]}}'
)


def test_a_claim_is_written_like_this():
    """Other programs read these bytes, and a second run must give them again."""
    assert to_json(CLAIM) == CLAIM_LINE
    assert from_json(Claim, CLAIM_LINE) == CLAIM


def test_a_document_is_written_like_this():
    """The receipt is read by scorers and by people."""
    removed = Edit(start=4, end=13, original=" Comments", rule="comment-prompt", reason="a label")
    document = Document(
        article="a", text="Oslo", flags=("fake-author",), removed=(removed,), tables=()
    )

    assert to_record(document) == {
        "schema": 1,
        "article": "a",
        "text": "Oslo",
        "url": None,
        "title": None,
        "authors": [],
        "published": None,
        "language": None,
        "speaker": None,
        "tables": [],
        "flags": ["fake-author"],
        "removed": [
            {
                "start": 4,
                "end": 13,
                "original": " Comments",
                "replacement": "",
                "rule": "comment-prompt",
                "reason": "a label",
            }
        ],
    }


def test_a_failure_is_written_like_this():
    """Who repairs a source reads its failures by program."""
    at = datetime(2025, 7, 2, 9, 30, tzinfo=UTC)
    failure = Failure(url="u", source="rss", reason="too-large", message="m", retry_at=at)

    assert to_json(failure) == (
        '{"schema": 1, "url": "u", "source": "rss", "reason": "too-large", "message": "m", '
        '"tries": 1, "retry_at": "2025-07-02T09:30:00+00:00", "name": null}'
    )


def test_the_claims_of_a_relationship_have_ids():
    """A verdict on a claim is given from a relationship's page."""
    tie = Relationship(
        source="IRN",
        target="TUR",
        kind=Kind.ENERGY,
        standing=Standing.ALLEGED,
        claims=(CLAIM,),
        article_count=1,
        independent_count=1,
    )

    record = to_record(tie)

    assert record["claims"] == [{k: v for k, v in to_record(CLAIM).items() if k != "schema"}]
    assert from_record(Relationship, record) == tie


@pytest.mark.parametrize(
    ("written", "value"),
    [("5", 5.0), ("0.1", 0.1), ("1e+300", 1e300), ("9007199254740991", 2.0**53 - 1)],
)
def test_amounts_are_written_as_people_write_them(written, value):
    """Whole numbers have no point, so that every producer writes the same bytes."""
    line = to_json(_claim_with(Quantity(value=value, text="t")))

    assert f'"value": {written},' in line


def _claim_with(quantity):
    record = {**to_record(CLAIM), "quantities": []}
    made = from_record(Claim, record)
    return Claim(
        **{f: getattr(made, f) for f in ("article", "extractor", "source", "target", "kind")},
        confidence=1,
        evidence=made.evidence,
        quantities=(quantity,),
    )


def test_keys_that_nobody_knows_are_ignored():
    """A newer version may add keys, and users add their own."""
    assert from_json(Article, '{"id": "a", "text": "t", "colour": "red"}').text == "t"


def test_a_missing_schema_means_this_one():
    """Users write `id` and `text` by hand."""
    assert from_record(Article, {"id": "a", "text": "t"}) == Article(id="a", text="t")


ARTICLE = {"id": "a", "text": "t"}
TABLE = {"header": ["Year"]}
FAILURE = {"url": "u", "source": "s", "reason": "r", "message": "m"}
SIMPLE = {
    "article": "a",
    "extractor": "rules/1",
    "source": "IRN",
    "target": "TUR",
    "kind": "energy",
    "confidence": 1,
    "evidence": {"start": 0, "end": 1, "raw_start": 0, "raw_end": 1, "quote": "x"},
}
KINDS = ", ".join(Kind)


@pytest.mark.parametrize(
    ("cls", "record", "problem"),
    [
        (Article, {"id": "a"}, "text is missing"),
        (Article, {}, "id is missing; text is missing"),
        (Article, {**ARTICLE, "id": 5}, "id: expected a text, got 5"),
        (
            Article,
            {**ARTICLE, "id": ""},
            "an article needs an id: its url, its file's name, or any stable name",
        ),
        (Article, {**ARTICLE, "authors": "Bo"}, "authors: expected a list, got 'Bo'"),
        (Article, {**ARTICLE, "tags": ["a", None]}, "tags[1]: expected a text, got None"),
        (
            Article,
            {**ARTICLE, "text": "Oslo \ud83d"},
            r"text: expected Unicode, half a character stands at 5, got 'Oslo \ud83d'",
        ),
        (Table, {"header": None}, "header: expected a list, got None"),
        (Table, {**TABLE, "rows": ["2024"]}, "rows[0]: expected a list, got '2024'"),
        (
            Table,
            {**TABLE, "rows": [["1", "2"]]},
            "row 1 has 2 cells, the header has 1",
        ),
        (Table, {**TABLE, "span": [1]}, "span: expected [start, end], got [1]"),
        (Table, {**TABLE, "span": {"start": 1}}, "span: expected [start, end], got {'start': 1}"),
        (Table, {**TABLE, "span": [1, 2.5]}, "span: expected a whole number, got 2.5"),
        (Table, {**TABLE, "span": [2, 1]}, "span: a span needs 0 <= start <= end, got 2..1"),
        (Health, {"source": "s", "fetched": True}, "fetched: expected a whole number, got True"),
        (
            Failure,
            {**FAILURE, "retry_at": "soon"},
            "retry_at: expected a time like 2025-07-02T09:30:00+00:00, got 'soon'",
        ),
        (
            Failure,
            {**FAILURE, "retry_at": "2025-07-02"},
            "retry_at must carry a time zone, got the naive 2025-07-02T00:00:00",
        ),
        (Claim, {**SIMPLE, "kind": "war"}, f"kind: expected one of {KINDS}, got 'war'"),
        (Claim, {**SIMPLE, "trend": ["up"]}, "trend: expected one of up, down, got ['up']"),
        (Claim, {**SIMPLE, "negated": "no"}, "negated: expected true or false, got 'no'"),
        (Claim, {**SIMPLE, "confidence": "high"}, "confidence: expected a number, got 'high'"),
        (Claim, {**SIMPLE, "confidence": True}, "confidence: expected a number, got True"),
        (
            Claim,
            {**SIMPLE, "confidence": 10**400},
            f"confidence: expected a number below 1.8e308, got 1{'0' * 17}...{'0' * 19}",
        ),
        (Claim, {**SIMPLE, "confidence": 2}, "confidence is a chance from 0 to 1, got 2.0"),
        (Claim, {**SIMPLE, "evidence": []}, "evidence: expected an object, got []"),
        (
            Claim,
            {**SIMPLE, "evidence": {"start": 0, "end": 1, "quote": "x"}},
            "evidence.raw_start is missing; evidence.raw_end is missing",
        ),
        (
            Claim,
            {**SIMPLE, "quantities": [{"value": "5", "text": "5"}]},
            "quantities[0].value: expected a number, got '5'",
        ),
        (
            Claim,
            {**SIMPLE, "quantities": [{"value": float("inf"), "text": "all"}]},
            "quantities[0]: a quantity is a finite number, got inf for 'all'",
        ),
        (
            Claim,
            {**SIMPLE, "when": {"start": "2024-1-1", "end": "20240101", "precision": "day"}},
            (
                "when.start: expected a date like 2025-07-02, got '2024-1-1'; "
                "when.end: expected a date like 2025-07-02, got '20240101'"
            ),
        ),
        (
            Claim,
            {**SIMPLE, "id": "0123"},
            "it says id '0123', its fields give '80e2f04827d554c81d67'",
        ),
        (Relationship, {"claims": [{}]}, "source is missing; target is missing; kind is missing"),
    ],
)
def test_a_wrong_record_names_the_field(cls, record, problem):
    """Who sends a thousand lines must see which field of which is wrong."""
    with pytest.raises(WireError) as caught:
        from_record(cls, record)

    assert str(caught.value) == f"{cls.__name__.lower()} record cannot be read: {problem}"


def test_a_changed_claim_is_found_inside_of_a_relationship():
    """A verdict must not reach another claim than the one that was read."""
    record = {
        "source": "IRN",
        "target": "TUR",
        "kind": "energy",
        "standing": "asserted",
        "claims": [SIMPLE, {**SIMPLE, "id": "0123"}],
        "article_count": 1,
        "independent_count": 1,
    }

    with pytest.raises(WireError, match=r"read: claims\[1\]: it says id '0123'"):
        from_record(Relationship, record)


@pytest.mark.parametrize("schema", [2, 0, "1", None, True, [1]])
def test_a_record_of_another_schema_is_refused(schema):
    """What a later version means by the same words is not known."""
    with pytest.raises(WireError) as caught:
        from_record(Article, {**ARTICLE, "schema": schema})

    assert str(caught.value) == f"article record has schema {schema!r}; this version reads 1"


@pytest.mark.parametrize("record", [None, [], "a", 5])
def test_a_record_is_an_object(record):
    """A file of arrays is told so on its first line."""
    with pytest.raises(WireError) as caught:
        from_record(Article, record)

    assert str(caught.value) == f"a record of kind article is a JSON object, got {record!r}"


@pytest.mark.parametrize(
    "line", ["", "{", '{"id": "a"', "[" * 100_000, "9" * 5_000], ids=lambda line: line[:9]
)
def test_a_line_that_is_no_json_is_refused(line):
    """One torn line must not end a run with a traceback."""
    with pytest.raises(WireError, match="not a line of JSON"):
        from_json(Article, line)


def test_a_huge_wrong_value_gives_a_short_message():
    """A message of 50 MB would fill the log, and the store's failures."""
    deep = json.loads("[" * 500 + "]" * 500)

    with pytest.raises(WireError) as caught:
        from_record(Article, {"id": deep, "text": ["x" * 10**6], "authors": [1] * 10**4})

    assert len(str(caught.value)) < 400


def test_values_without_a_record_say_so():
    """A span means nothing without its text."""
    known = (
        "known: Article, Document, Table, Claim, Relationship, Change, Alignment, Comparison, "
        "Failure, Health"
    )
    with pytest.raises(WireError) as caught:
        to_record(Span(start=0, end=1))
    with pytest.raises(WireError) as caught_too:
        from_record(Span, [0, 1])

    assert str(caught.value) == f"a Span has no record of its own ({known})"
    assert str(caught_too.value) == str(caught.value)
