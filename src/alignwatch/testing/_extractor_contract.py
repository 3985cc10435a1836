"""The suite that an extractor inherits: ours and a plugin's."""

import re
from collections.abc import Iterable
from datetime import date
from importlib.metadata import entry_points
from typing import ClassVar

import pytest

from alignwatch.conformance import NetworkUsedError, offline
from alignwatch.errors import ExtractionError, LanguageError, PageError
from alignwatch.extract import Extractor, check_claims, extract_claims
from alignwatch.model import Article, Claim, Document, from_json, to_json
from alignwatch.text import clean_article

__all__ = ["ExtractorContract"]

_NAME = re.compile(r"[a-z][a-z0-9_-]*/[0-9][\w.+-]*")  # matches "rules/5"

_NAMES_ALONE = (
    "Kenya, Uganda, Norway and Chad.",
    "Kenya and Uganda",
    "| Kenya | Uganda |\n|---|---|\n| Norway | Chad |",
)
"""Texts that name states, and tell nothing of them."""

_ODD = (
    "",
    " \n\n ",
    ".",
    "Kenya",
    "Kenya " * 3_000,
    "(" * 2_000 + "Kenya sold drones to Uganda" + ")" * 2_000,
    "Kenya sold drones to Uganda. " * 300,
    "\u202eKenya\u202c \u200bsold\u00ad drones\ufeff to \U0001f1fa\U0001f1ec Uganda \u0000.",
    "Kenya\u2019s \u201csale\u201d \u2014 of arms \u2026\u00a0to Uganda\u2028Norway condemned it.",
)
"""Texts that no editor would print."""

_FOREIGN = (
    "Die Regierung hat am Montag mit dem Nachbarland ein Abkommen \u00fcber den Handel "
    "geschlossen, wie das Ministerium in der Hauptstadt mitteilte. Beide Staaten wollen ihre "
    "Z\u00f6lle senken."
)


class ExtractorContract:
    """All that an extractor promises, as tests: inherit, and name it and what it should find.

    ::

        class TestMine(ExtractorContract):
            extractor = MyExtractor()
            installed_as = "mine"
            tells = ("Kenya sold drones to Uganda.",)

    `tells` are texts of which each gives a claim at least; without them nothing else is proved.
    `tells_nothing` give none, beside lists of names of ours. `foreign` is a text in a language that
    the extractor does not read, None if it reads all. `installed_as` is the name of its entry
    point, None for one that is not installed.
    """

    extractor: ClassVar[Extractor]
    tells: ClassVar[tuple[str, ...]] = ()
    tells_nothing: ClassVar[tuple[str, ...]] = ()
    foreign: ClassVar[str | None] = _FOREIGN
    installed_as: ClassVar[str | None] = None

    def test_its_entry_point_leads_to_it(self) -> None:
        """A watchlist names it, and finds this class and no other."""
        if self.installed_as is None:
            pytest.skip("installed_as is not set")
        found = entry_points(group="alignwatch.extractors", name=self.installed_as)
        classes = {point.load() for point in found}

        assert classes == {type(self.extractor)}, (
            f"the entry point {self.installed_as!r} leads to {classes or 'nothing'}"
        )

    def test_its_name_carries_a_version(self) -> None:
        """Claims of another version may differ: the store says which one made them."""
        assert _NAME.fullmatch(self.extractor.name), "a name is like 'mine/1'"

    def test_it_finds_what_it_is_for(self) -> None:
        """One that gives nothing passes every other check."""
        if not self.tells:
            pytest.fail("name texts in tells that give a claim", pytrace=False)
        for text in self.tells:
            assert self._claims(text), f"gives no claim of {text!r}"

    def test_quotes_are_what_stands_there(self) -> None:
        """A claim without a quotable source is what users do not forgive."""
        for document in self._documents():
            claims = self.extractor.extract(document)
            try:
                check_claims(document, claims, self.extractor)
            except ExtractionError as error:
                pytest.fail(str(error), pytrace=False)

    def test_claims_can_be_written_and_read_again(self) -> None:
        """They go through JSON Lines into the store and to other programs."""
        for document in self._documents():
            for claim in self.extractor.extract(document):
                assert from_json(Claim, to_json(claim)) == claim

    def test_ids_differ_within_a_text(self) -> None:
        """A verdict finds its claim by the id."""
        for document in self._documents():
            ids = [claim.id for claim in self.extractor.extract(document)]

            assert len(ids) == len(set(ids)), f"two claims of {document.text!r} have one id"

    def test_no_claim_rests_on_names_alone(self) -> None:
        """Two states in one list are no tie: a claim needs a word that tells of one."""
        for text in (*_NAMES_ALONE, *self.tells_nothing):
            assert not self._claims(text), f"gives a claim of {text!r}"

    def test_the_same_text_gives_the_same_claims(self) -> None:
        """A second run must give the same bytes, whatever was read before."""
        documents = list(self._documents())
        first = [self._bytes(document) for document in documents]

        assert [self._bytes(document) for document in reversed(documents)] == first[::-1]

    def test_claims_are_of_the_article_that_was_read(self) -> None:
        """One text under two names gives claims of each."""
        for text in self.tells:
            for name in ("one", "two/b.txt"):
                claims = self.extractor.extract(_document(text, name))

                assert {claim.article for claim in claims} == {name}

    def test_another_language_is_refused(self) -> None:
        """No claims of a text that it cannot read, and it says so."""
        if self.foreign is None:
            pytest.skip("foreign is None: it reads every language")
        with pytest.raises(LanguageError):
            extract_claims(_document(self.foreign), extractor=self.extractor)

    def test_it_asks_nobody(self) -> None:
        """What is read stays on this machine, and a run does not depend on somebody's service."""
        try:
            with offline():
                for text in self.tells:
                    self._claims(text)
        except NetworkUsedError as error:
            pytest.fail(str(error).replace("the source", "the extractor"), pytrace=False)

    def test_odd_texts_end_in_claims_or_a_page_error(self) -> None:
        """One bad text must not end a run."""
        for text in _ODD:
            document = _document(text)
            try:
                claims = self.extractor.extract(document)
            except PageError:
                continue
            except Exception as error:  # noqa: BLE001 - whatever it raises is told
                told = f"{type(error).__name__}: {error}"
                pytest.fail(f"{text[:60]!r} raised {told}; raise a PageError", pytrace=False)
            check_claims(document, claims, self.extractor)

    def _claims(self, text: str) -> tuple[Claim, ...]:
        return tuple(extract_claims(_document(text), extractor=self.extractor))

    def _bytes(self, document: Document) -> str:
        return "\n".join(map(to_json, self.extractor.extract(document)))

    def _documents(self) -> Iterable[Document]:
        """The texts one by one and as one, also among things that cleaning removes."""
        for text in (*self.tells, "\n\n".join(self.tells)):
            yield _document(text)
            yield _document(f"3 min read\n\n**{text}**\n\nLeave a Comment")


def _document(text: str, name: str = "text") -> Document:
    day = date(2026, 5, 4).isoformat()
    return clean_article(Article(id=name, text=text, published=day))
