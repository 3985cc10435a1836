"""The shipped schemas are a promise to programs in other languages."""

import json
from importlib.resources import files

import attrs
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from alignwatch.model import (
    Alignment,
    Article,
    Change,
    Claim,
    Comparison,
    Document,
    Failure,
    Health,
    Kind,
    Relationship,
    Table,
    to_record,
)
from alignwatch.model._schema import json_schema, write_schemas
from alignwatch.testing import strategies

SCHEMAS = files("alignwatch.model") / "schemas"
RECORDS = {
    Alignment: strategies.alignments(),
    Article: strategies.articles(),
    Document: strategies.documents(),
    Table: strategies.tables(text="Oslo and Minsk"),
    Claim: strategies.claims(),
    Relationship: strategies.relationships(),
    Change: strategies.changes(),
    Comparison: strategies.comparisons(),
    Failure: strategies.failures(),
    Health: strategies.health(),
}
NAMES = [cls.__name__.lower() for cls in RECORDS]
CLAIM = {
    "article": "a",
    "extractor": "rules/1",
    "source": "IRN",
    "target": "TUR",
    "kind": "energy",
    "confidence": 1,
    "evidence": {"start": 0, "end": 1, "raw_start": 0, "raw_end": 1, "quote": "x"},
}


def _validator(cls):
    checker = jsonschema.FormatChecker()
    return Draft202012Validator(json_schema(cls), format_checker=checker)


def test_the_shipped_schemas_are_up_to_date(tmp_path):
    """After a change of the model: python -m alignwatch.model._schema."""
    write_schemas(tmp_path / "schemas")

    made = {path.name: path.read_bytes() for path in (tmp_path / "schemas").iterdir()}
    assert made == {path.name: path.read_bytes() for path in SCHEMAS.iterdir()}
    assert sorted(made) == sorted(f"{name}.json" for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_schema_is_one(name):
    """A validator of any language must accept the schema itself."""
    schema = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))

    Draft202012Validator.check_schema(schema)
    assert schema["title"] == name
    assert schema["description"]


@pytest.mark.parametrize("cls", RECORDS, ids=NAMES)
@given(data=st.data())
def test_what_we_write_is_valid(cls, data):
    """Who checks our records must not throw good ones away."""
    _validator(cls).validate(to_record(data.draw(RECORDS[cls])))


@pytest.mark.parametrize("cls", RECORDS, ids=NAMES)
@given(data=st.data())
def test_every_written_key_is_described(cls, data):
    """A key that the schema does not know is a key that nobody can rely on."""
    described = list(json_schema(cls)["properties"])
    written = list(to_record(data.draw(RECORDS[cls])))

    later = {"published_from", "canonical"}
    left_out = later & (set(described) - set(written))
    assert written == [key for key in described if key not in left_out]


@pytest.mark.parametrize("cls", RECORDS, ids=NAMES)
@given(data=st.data())
def test_a_record_without_a_required_field_is_not_valid(cls, data):
    """The schema knows what must be there."""
    record = to_record(data.draw(RECORDS[cls]))
    del record[data.draw(st.sampled_from(json_schema(cls)["required"]))]

    assert not _validator(cls).is_valid(record)


def test_what_may_be_missing_when_read_may_be_missing_in_the_schema():
    """Users write `id` and `text` by hand."""
    _validator(Article).validate({"id": "a", "text": "Oslo", "colour": "red"})
    _validator(Claim).validate(CLAIM)


@pytest.mark.parametrize(
    ("cls", "record"),
    [
        (Article, {"id": "", "text": ""}),
        (Article, {"id": "a", "text": None}),
        (Article, {"id": "a", "text": "t", "authors": "Bo"}),
        (Article, {"id": "a", "text": "t", "schema": 2}),
        (Table, {"header": ["Year"], "span": [1]}),
        (Table, {"header": ["Year"], "span": [-1, 1]}),
        (Health, {"source": "s", "fetched": "1"}),
        (Failure, {"url": "u", "source": "s", "reason": "r", "message": 5}),
        (Claim, {**CLAIM, "kind": "war"}),
        (Claim, {**CLAIM, "status": None}),
        (Claim, {**CLAIM, "over": "USA"}),
        (Claim, {**CLAIM, "kind": "preference"}),
        (Claim, {**CLAIM, "confidence": 1.5}),
        (Claim, {**CLAIM, "id": "0123"}),
        (Claim, {**CLAIM, "plover": "WAR"}),
        (Claim, {**CLAIM, "evidence": {**CLAIM["evidence"], "quote": ""}}),
        (Claim, {**CLAIM, "evidence": None}),
        (Claim, {**CLAIM, "quantities": [{"value": "5", "text": "5"}]}),
        (
            Claim,
            {**CLAIM, "when": {"start": "2024", "end": "2024-12-31", "precision": "year"}},
        ),
        (
            Relationship,
            {
                **{name: CLAIM[name] for name in ("source", "target", "kind")},
                "standing": "asserted",
                "claims": [],
                "article_count": 1,
                "independent_count": 1,
            },
        ),
    ],
)
def test_a_broken_record_is_not_valid(cls, record):
    """What we refuse to read, the schema refuses, as far as a schema can."""
    assert not _validator(cls).is_valid(record)


def test_a_preference_says_over_whom():
    """A law between two fields that a schema can tell."""
    _validator(Claim).validate({**CLAIM, "kind": str(Kind.PREFERENCE), "over": "USA"})


def test_descriptions_are_the_docstrings():
    """One text says what a field means, for Python and for all others."""
    claim = json_schema(Claim)

    assert "the chance, 0 to 1, that a careful reader" in claim["description"]
    assert "20 hexadecimal digits" in claim["properties"]["id"]["description"]


@pytest.mark.parametrize("cls", RECORDS, ids=NAMES)
def test_required_are_the_fields_without_a_default(cls):
    """The schema and the class must agree on what may be left out."""
    required = [one.name for one in attrs.fields(cls) if one.default is attrs.NOTHING]

    assert json_schema(cls)["required"] == required
