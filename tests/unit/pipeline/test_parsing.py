import os
import time

import attrs
import pytest

from alignwatch.errors import EmptyTextError, ParseError
from alignwatch.model import Article, Page
from alignwatch.pipeline import PageParser
from alignwatch.sources import PagesSource, SourceInfo

PAGE = Page(
    url="http://ledger.example/1",
    content=b"<html><title>T</title><p>Latvia met Estonia in Riga on Monday for talks.</p></html>",
    media_type="text/html",
)


@attrs.frozen
class Odd:
    """A source that misbehaves as its page's content says."""

    info = SourceInfo(name="odd", contract=1)

    def discover(self, fetcher, *, since):
        yield PAGE

    def parse(self, page):
        match page.content:
            case b"hang":
                time.sleep(60)
            case b"die":
                os._exit(1)
            case b"eat":
                bytearray(8_000_000_000)
            case b"empty":
                raise EmptyTextError("nothing there", url=page.url)
            case b"break":
                raise LookupError("no such tag")
            case b"lie":
                return "not an article"
            case b"print":
                print("a plugin that talks")
        return Article(id=page.url, text="fine")


@pytest.fixture
def parser():
    with PageParser(time_s=60, memory_bytes=2_000_000_000) as made:
        yield made


def ask(parser, content):
    return parser.parse(Odd(), attrs.evolve(PAGE, content=content))


def test_a_page_is_parsed_in_the_child_as_it_would_be_here(parser):
    """The limits must not change what is read."""
    source = PagesSource((PAGE.url,))

    assert parser.parse(source, PAGE) == source.parse(PAGE)


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (b"die", ParseError, "stopped"),
        (b"eat", ParseError, "memory"),
        (b"empty", EmptyTextError, "nothing there"),
        (b"break", ParseError, "LookupError: no such tag"),
        (b"lie", ParseError, "str and not an Article"),
    ],
)
def test_a_bad_page_is_an_error_and_the_next_one_is_read(parser, content, error, words):
    """One bad page never ends a run."""
    with pytest.raises(error, match=words):
        ask(parser, content)

    assert ask(parser, b"ok").text == "fine"


def test_a_page_that_hangs_is_stopped_and_the_next_one_is_read():
    """Four megabytes of <br> hold an HTML parser for most of a minute."""
    with PageParser(time_s=0.3) as parser, pytest.raises(ParseError, match="stopped"):
        ask(parser, b"hang")

    with PageParser(time_s=60) as parser:
        assert ask(parser, b"ok").text == "fine"


def test_what_a_plugin_prints_does_not_mix_with_the_answers(parser):
    """A forgotten print in a plugin is common."""
    assert ask(parser, b"print").text == "fine"


def test_a_source_that_cannot_travel_is_parsed_here(parser):
    """A class made inside a function, as in a notebook, still works."""

    class Local(Odd):
        pass

    assert parser.parse(Local(), PAGE).text == "fine"
    with pytest.raises(ParseError, match="LookupError"):
        parser.parse(Local(), attrs.evolve(PAGE, content=b"break"))


def test_closing_ends_the_child():
    """A library leaves no process behind."""
    parser = PageParser()
    ask(parser, b"ok")
    child = parser._child
    parser.close()

    assert child.poll() is not None
