"""Laws of records: what is written can be read, by us and by anybody."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignwatch.errors import WireError
from alignwatch.model import (
    Alignment,
    Article,
    Change,
    Claim,
    Comparison,
    Document,
    Failure,
    Health,
    Relationship,
    Table,
    from_json,
    from_record,
    to_json,
    to_record,
)
from alignwatch.testing import strategies

RECORDS = [
    (Alignment, strategies.alignments()),
    (Article, strategies.articles()),
    (Document, strategies.documents()),
    (Table, strategies.tables(text="Oslo and Minsk")),
    (Claim, strategies.claims()),
    (Relationship, strategies.relationships()),
    (Change, strategies.changes()),
    (Comparison, strategies.comparisons()),
    (Failure, strategies.failures()),
    (Health, strategies.health()),
]
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=5,
)
every_record = pytest.mark.parametrize(
    ("cls", "values"), [pytest.param(*pair, id=pair[0].__name__) for pair in RECORDS]
)


def _read(cls, record):
    """The value, or the message of the one error that is allowed."""
    try:
        return from_record(cls, record)
    except WireError as error:
        return str(error)


@every_record
@given(data=st.data())
def test_what_is_written_is_read_again(cls, values, data):
    """A store and a file give back what was put in."""
    value = data.draw(values)

    assert from_json(cls, to_json(value)) == value
    assert from_record(cls, to_record(value)) == value


@every_record
@given(data=st.data())
def test_a_line_is_one_line_of_utf_8(cls, values, data):
    """JSON Lines breaks at line ends, and files hold bytes."""
    line = to_json(data.draw(values))

    assert "\n" not in line
    assert json.loads(line.encode())["schema"] == 1


@every_record
@given(data=st.data())
def test_writing_again_gives_the_same_bytes(cls, values, data):
    """A second run must give the same file."""
    line = to_json(data.draw(values))

    assert to_json(from_json(cls, line)) == line


@every_record
@given(data=st.data())
def test_a_field_with_anything_in_it_is_read_or_refused(cls, values, data):
    """Strangers' records end in a value or in a WireError, never in another exception."""
    record = to_record(data.draw(values))
    name = data.draw(st.sampled_from(sorted(record)))
    broken = {**record, name: data.draw(ANY_JSON)}

    found = _read(cls, broken)

    assert isinstance(found, str) or from_json(cls, to_json(found)) == found


@every_record
@given(data=st.data())
def test_a_record_without_a_field_is_read_or_names_it(cls, values, data):
    """What may be missing has a default; for the rest the message says what is, or what it did."""
    record = to_record(data.draw(values))
    name = data.draw(st.sampled_from(sorted(record)))
    del record[name]

    found = _read(cls, record)

    assert isinstance(found, cls) or name in found or "its fields give" in found


@given(ANY_JSON)
def test_any_json_is_read_or_refused(value):
    """Files of other programs are named by mistake."""
    for cls, _ in RECORDS:
        assert isinstance(_read(cls, value), cls | str)
