"""The suite that a cleaning rule inherits: ours and a user's own."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from alignwatch.model import Document, Edit
from alignwatch.text import Rule, TextRule, clean_text, known_rules

__all__ = ["CLEAN_TEXT", "RuleContract"]

CLEAN_TEXT = """\
The two governments signed the agreement on Monday, officials in both capitals said.

"We have waited for this for years," the minister of trade told reporters at the harbour.

What it costs

Customs fall by a third in the first year, and wholly in the fifth, according to the text.\
"""
"""An article that no rule changes."""

_MIXED_TEXTS = 25
_LITTER = (
    "",
    " ",
    "\n",
    "Read also:",
    "3 min read",
    "| a | b |",
    "|---|---|",
    "\u00a0",
    "**",
    "\u4e2d",
)


class RuleContract:
    """All that a cleaning rule promises, as tests: inherit, and name the rule.

    ::

        class TestSponsorLine(RuleContract):
            rule = SponsorLine()

    `rule` is an object with a `find` (`alignwatch.text.TextRule`), a TOML file together with the
    `name` of one rule in it, or a rule of `alignwatch.text.RULES`. `leaves_alone` are texts that it
    must not change, beside an article of ours.
    """

    rule: ClassVar[TextRule | Path | Rule]
    name: ClassVar[str | None] = None
    leaves_alone: ClassVar[tuple[str, ...]] = ()

    def test_its_reason_tells_a_person_why(self) -> None:
        """It stands behind every passage that `--explain` shows."""
        assert any(edit.reason.strip() for edit in self._own_edits())

    def test_it_changes_its_example(self) -> None:
        """The example is what a user reads to decide whether to turn a rule off."""
        assert self._own_edits()

    def test_it_changes_its_example_alone(self) -> None:
        """A rule that needs others beside it cannot be tried with ``--only``."""
        document = self._clean(self._example(), only=True)

        assert {edit.rule for edit in document.removed} == {self._name()}

    def test_who_keeps_it_does_not_meet_it(self) -> None:
        """``--keep`` turns it off."""
        document = clean_text(self._example(), keep=[self._name()], rules=self._rules())

        assert self._name() not in {edit.rule for edit in document.removed}

    def test_it_leaves_clean_text_alone(self) -> None:
        """Article text that is lost silently is what users do not forgive."""
        for text in (CLEAN_TEXT, *self.leaves_alone):
            found = [edit for edit in self._clean(text).removed if edit.rule == self._name()]

            assert not found

    def test_edits_give_the_raw_text_back(self) -> None:
        """Whoever doubts a removal must be able to see what stood there, to the character."""
        for text in self._mixed():
            assert self._clean(text).restore() == text

    def test_cleaning_clean_text_changes_nothing(self) -> None:
        """A rule that asks for more each time, or undoes another, never comes to rest."""
        for text in self._mixed():
            once = self._clean(text)
            again = self._clean(once.text)

            assert (again.text, again.removed) == (once.text, ())

    def test_results_do_not_depend_on_what_ran_before(self) -> None:
        """A rule keeps nothing: a report must not change with the order of articles."""
        texts = list(self._mixed())
        alone = [self._clean(text) for text in texts]

        assert [self._clean(text) for text in reversed(texts)] == alone[::-1]

    def _name(self) -> str:
        name = self.name or getattr(self.rule, "name", None)
        if not isinstance(name, str) or (isinstance(self.rule, Path) and not self.name):
            pytest.fail("a file may hold several rules: set name to one of them", pytrace=False)
        return name

    def _rules(self) -> tuple[TextRule | Path, ...]:
        return () if isinstance(self.rule, Rule) else (self.rule,)

    def _example(self) -> str:
        example = known_rules(self._rules())[self._name()].example
        if not example:
            pytest.fail(f"{self._name()} needs an example: a text that it changes", pytrace=False)
        return example

    def _clean(self, text: str, *, only: bool = False) -> Document:
        return clean_text(text, only=[self._name()] if only else None, rules=self._rules())

    def _own_edits(self) -> list[Edit]:
        document = self._clean(self._example())
        return [edit for edit in document.removed if edit.rule == self._name()]

    def _mixed(self) -> Iterator[str]:
        """Texts with the example in all kinds of company, the same ones in every run."""
        rng = random.Random(0)  # noqa: S311 - no secret
        pieces = (self._example(), self._example(), CLEAN_TEXT, *CLEAN_TEXT.split("\n\n"), *_LITTER)
        for _ in range(_MIXED_TEXTS):
            drawn = rng.choices(pieces, k=rng.randint(1, 8))
            yield rng.choice(("\n", "\n\n", " ", "")).join(drawn)[: rng.randint(1, 2000)]
