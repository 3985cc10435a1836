"""One record a line, for every program that reads news evidence."""

import io
import json

import pytest

from alignwatch.errors import WireError
from alignwatch.export import format_jsonl, write_jsonl
from alignwatch.model import Article, Document, Failure


def test_values_of_any_mix_become_one_line_each():
    """Programs downstream split at line ends and nowhere else."""
    stream = io.StringIO()
    values = [Article(id="a", text="one\ntwo\u2028three"), Document(article="a", text="one")]

    count = write_jsonl(values, stream)

    lines = stream.getvalue().split("\n")
    assert count == 2
    assert [json.loads(line)["text"] for line in lines[:-1]] == ["one\ntwo\u2028three", "one"]
    assert lines[-1] == ""


def test_values_are_taken_one_by_one():
    """A million claims must not wait in memory for the first line."""
    taken = []

    def give():
        for name in "ab":
            taken.append(name)
            yield Failure(url=name, source="files", reason="empty", message="nothing there")

    next(format_jsonl(give()))

    assert taken == ["a"]


def test_a_lone_surrogate_can_be_written_as_utf_8():
    """One odd file name must not end an export of thousands."""
    (line,) = format_jsonl([Article(id="caf\udce9.txt", text="x")])

    assert json.loads(line.encode("utf-8"))["id"] == "caf\udce9.txt"


def test_a_value_without_a_record_is_refused():
    """Silence would look like an empty result."""
    with pytest.raises(WireError, match="no record of its own"):
        write_jsonl([object()], io.StringIO())
