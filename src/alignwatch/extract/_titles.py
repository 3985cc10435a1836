"""Grow a state's word to the whole name of an office: "Russian President Vladimir Putin"."""

import re
from functools import cache

import attrs

from alignwatch.extract._meanings import read_word_sets

__all__ = ["Office", "OfficeFinder", "load_office_finder"]

_NOT_NAMES = (
    "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June"
    "|July|August|September|October|November|December|In|On|At|The|But|And|A|He|She|It|They"
)
# A person's name behind a title: " Li Keqiang", " Mohammed bin Salman", " George W. Bush".
_PERSON = re.compile(
    rf"(?: (?!(?:{_NOT_NAMES})\b)[^\W\d_a-zß-öø-ÿ](?:\.|[\w-]+(?:'(?!s\b)[\w-]+)*)"
    r"| (?:al|el|Al|El)-[A-Z][\w-]+"
    r"| (?:al|el|bin|bint|ibn|ben|von|van|der|den|de|da|di|do|dos|la|le|ould|abu|ul|zu|arap|wa)"
    r"(?= ))"
    r"{1,6}(?<!\b(?:bin|van|der)\b)"
)
# Where an envoy is sent: " to the United Nations", " for North Korea".
_POSTING = re.compile(r" (?:to|for) (?:the )?[A-Z][\w.]+(?: (?:(?:and|of|the) )*[A-Z][\w.]*\w)*")
# Nouns that describe another noun more often than not: "Russia's military industry".
_ALSO_ADJECTIVES = frozenset({"military", "intelligence", "general", "army", "navy", "air force"})
# What follows when they stand for themselves: " said", ", ", " and".
_NO_NOUN = re.compile(
    r"(?:$|[^\w\s-]|'s|\s(?:(?:and|or|but|have|has|had|are|were|was|is|will|would|can|could|may|might"
    r"|says?|to|in|at|on|with|from|for|by|of|as|who|which|that|also|must|should|did|does|do|not|after"
    r"|before|during|began|shot|struck|fired|took|found|over|into|near|against|while|when|still|now"
    r"|sent|held|seized|fought|told|wants?|needs?|continues?|remains?|if|since|until|because|then"
    r"|through|across|under|behind|between|out|itself|alone|[a-z]+ed)\b|[A-Z]|$))"
)
_LEADER_NAME_TITLES = frozenset({"leader", "official"})


@attrs.frozen(kw_only=True)
class Office:
    """An office found beside a state's word: where it ends or begins, and its form."""

    start: int
    end: int
    form: str
    is_former: bool = False


# The word behind a state's: " foreign", "'s former".
_FOLLOWING = re.compile(r"(?:'s|')? ([^\W_]+)")
_OPENING = re.compile(r"[^\W_]+")


def _opener(phrase: str) -> str:
    """The first word of a phrase, up to a space or hyphen."""
    first = _OPENING.match(phrase)
    assert first is not None, phrase
    return first[0]


def _any_of(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: -len(word)))


class OfficeFinder:
    """Find the office that belongs to a state's word, behind it or before "of" it.

    Args:
        words: The sets of ``titles.tsv``: ``before``, and one set of nouns for each form.
    """

    def __init__(self, words: dict[str, tuple[str, ...]]) -> None:
        self._forms = {
            noun.lower(): form
            for form, nouns in words.items()
            for noun in nouns
            if form != "before"
        }
        nouns = _any_of(tuple(self._forms))
        before = _any_of(words["before"])
        # "'s former foreign minister", " Foreign Ministry", " military"
        self._behind = re.compile(
            rf"(?:'s|')?(?P<before>(?: (?:{before}))*) (?P<noun>{nouns})(?![\w-])", re.IGNORECASE
        )
        # "former president of the ", "Government of "
        self._of = re.compile(
            rf"(?<![\w-])(?P<before>(?:(?:{before}) )*)(?P<noun>{nouns}) of (?:the )?$",
            re.IGNORECASE,
        )
        self._openers = frozenset(
            _opener(phrase).lower() for phrase in (*self._forms, *words["before"])
        )
        leaders = _any_of(words["leader"] + words["official"])
        # "former President ", "Crown Prince ", "Foreign Ministry spokesman "
        self._title = re.compile(
            rf"(?<![\w-])(?P<before>(?:(?:{before}|(?:foreign|defen[cs]e) ministry) )*)"
            rf"(?P<noun>{leaders}),? $",
            re.IGNORECASE,
        )

    def find_behind(self, text: str, end: int) -> Office | None:
        """Find the office whose name goes on at *end*, the end of a state's word."""
        following = _FOLLOWING.match(text, end)
        if following is None or following[1].lower() not in self._openers:
            return None  # most words behind a state's open no office
        stop, form, former = end, "", False
        place = end
        for _ in range(4):
            found = self._behind.match(text, place)
            if found is None:
                break
            place = found.end()
            if found["noun"].lower() in _ALSO_ADJECTIVES and not _NO_NOUN.match(text, place):
                continue
            form = self._forms[found["noun"].lower()]
            former = former or _is_former(found["before"])
            stop = place
        if not form:
            return None
        stop = self._person_end(text, stop, form)
        return Office(start=end, end=stop, form=form, is_former=former)

    @staticmethod
    def _person_end(text: str, stop: int, form: str) -> int:
        if form not in _LEADER_NAME_TITLES:
            return stop
        if form == "official":
            posting = _POSTING.match(text, stop)
            stop = (
                posting.end() if posting and text[:stop].endswith(("ador", "voy", "tive")) else stop
            )
        if text[stop - 1 : stop] == "s" and not text[:stop].endswith(("affairs", "arms")):
            return stop
        gap = 1 if text.startswith(", ", stop) and text[:stop].endswith("counterpart") else 0
        person = _PERSON.match(text, stop + gap)
        return person.end() if person else stop

    def find_before(self, text: str, start: int, end: int, floor: int) -> Office | None:
        """Find the office that ends in "of" before a state's name at *start*, after *floor*."""
        if " of " not in text[max(0, start - 8) : start]:
            return None
        found = self._of.search(text, max(floor, start - 70), start)
        if found is None:
            return None
        form = self._forms[found["noun"].lower()]
        stop = self._person_end(text, end, form)
        return Office(
            start=found.start(), end=stop, form=form, is_former=_is_former(found["before"])
        )

    def find_title(self, text: str, start: int, floor: int) -> Office | None:
        """Find the title right before a leader's name at *start*, after *floor*."""
        found = self._title.search(text, max(floor, start - 60), start)
        if found is None:
            return None
        former = _is_former(found["before"])
        return Office(start=found.start(), end=start, form="leader", is_former=former)


def _is_former(words: str) -> bool:
    return any(
        word in {"former", "then", "late", "ousted", "deposed"} for word in words.lower().split()
    )


@cache
def load_office_finder() -> OfficeFinder:
    """Give the finder for the built-in titles; it is made once."""
    return OfficeFinder(read_word_sets("titles.tsv"))
