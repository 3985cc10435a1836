"""Extractors by name: ours, a plugin's, a broken one; and what each may give."""

from importlib.metadata import EntryPoint

import attrs
import pytest

from alignwatch.errors import ExtractionError, LanguageError, ModelError
from alignwatch.extract import (
    RulesExtractor,
    available_extractors,
    describe_extractors,
    extract_claims,
    load_extractor,
)
from alignwatch.extract import _registry as registry
from alignwatch.model import Document

TEXT = "Norway condemned Chad. Kenya sold drones to Uganda."


class Echo:
    """Gives what the default one gives, in its own name."""

    name = "echo/1"

    def __init__(self, **changes):
        self.changes = changes

    def extract(self, document):
        claims = RulesExtractor().extract(document)
        return [attrs.evolve(claim, extractor=self.name, **self.changes) for claim in claims]


class Failing(Echo):
    def extract(self, document):
        return document.text[10**6]


@pytest.fixture
def plugins(monkeypatch):
    """Installs entry points for one test."""

    def install(**values):
        points = [
            EntryPoint(name=name, value=value, group="alignwatch.extractors")
            for name, value in values.items()
        ]

        def find(*, group, name=None):
            assert group == "alignwatch.extractors"
            return [point for point in points if name in {None, point.name}]

        monkeypatch.setattr(registry, "entry_points", find)
        registry._make.cache_clear()

    yield install
    registry._make.cache_clear()


@pytest.fixture
def document():
    return Document(article="a", text=TEXT, language="en")


def test_the_default_one_is_installed_under_its_name():
    """The name in the entry points is what users write."""
    assert "rules" in available_extractors()
    assert {listing.name: listing.error for listing in describe_extractors()}["rules"] is None


def test_a_plugin_is_found_by_its_entry_point(plugins, document):
    """Others bring extractors of their own."""
    plugins(parrot=f"{__name__}:Echo", bad="no.such.module:Thing")

    assert available_extractors() == ("bad", "parrot")
    assert [one.error is None for one in describe_extractors()] == [False, True]


def test_a_broken_plugin_is_named_with_its_error(plugins):
    """The message goes to whoever installed it."""
    plugins(bad="no.such.module:Thing", number="math:pi", dumb="builtins:dict")

    with pytest.raises(ModelError, match=r"'bad'.*ModuleNotFoundError"):
        load_extractor("bad")
    with pytest.raises(ModelError, match=r"'number'.*called"):
        load_extractor("number")
    with pytest.raises(ModelError, match=r"'dumb'.*extract"):
        load_extractor("dumb")


def test_a_name_that_is_nearly_right_gets_a_hint():
    """Most wrong names are mistyped ones."""
    with pytest.raises(ModelError, match="Did you mean 'rules'"):
        load_extractor("rule")


def test_an_option_that_an_extractor_does_not_take_is_refused(tmp_path):
    """An option that does nothing would be believed to do something."""
    with pytest.raises(ModelError, match=r"takes no model.*actors, lexicon"):
        load_extractor("rules", model="big")


def test_what_a_plugin_gives_in_order_is_taken(document):
    """A check that refuses good claims would be turned off."""
    claims = extract_claims(document, extractor=Echo())

    assert [claim.extractor for claim in claims] == ["echo/1"] * len(claims)
    assert len(claims) >= 2


@pytest.mark.parametrize(
    ("changes", "named"), [({"article": "b"}, "article 'b'"), ({"mentions": None}, "mention")]
)
def test_a_claim_that_is_not_of_the_text_is_refused(document, changes, named):
    """A quote that nobody wrote is the worst that evidence can be."""
    if "mentions" in changes:
        span = document.text and attrs.evolve(
            RulesExtractor().extract(document)[0].evidence.span, end=10**6
        )
        changes = {"mentions": (span,)}

    with pytest.raises(ExtractionError, match=named):
        extract_claims(document, extractor=Echo(**changes))


def test_a_quote_that_is_not_in_the_text_is_refused(document):
    """Offsets of another text slice something else."""

    class Elsewhere(Echo):
        def extract(self, document):
            longer = attrs.evolve(document, text=f"Oh. {document.text}")
            return super().extract(longer)

    with pytest.raises(ExtractionError, match="quote"):
        extract_claims(document, extractor=Elsewhere())


def test_claims_out_of_order_are_refused(document):
    """What reads claims side by side with the text relies on their order."""

    class Backwards(Echo):
        def extract(self, document):
            return super().extract(document)[::-1]

    with pytest.raises(ExtractionError, match="order"):
        extract_claims(document, extractor=Backwards())


def test_a_plugin_that_fails_loses_one_text_only(document):
    """The run goes on and counts it."""
    with pytest.raises(ExtractionError, match="IndexError"):
        extract_claims(document, extractor=Failing())


def test_an_error_on_purpose_stays_what_it_is():
    """A text in another language is no failure of the extractor."""

    class Strict(Echo):
        def extract(self, document):
            raise LanguageError("no", url=None)

    with pytest.raises(LanguageError):
        extract_claims(Document(article="a", text=TEXT), extractor=Strict())
