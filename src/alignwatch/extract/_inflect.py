"""English inflection by rule, with the irregular verbs that the news uses."""

import re
from functools import cache
from importlib.resources import files

__all__ = ["is_unchanging", "noun_forms", "spellings", "verb_forms"]

_VOWELS = "aeiou"
_HISSES = ("s", "x", "z", "ch", "sh", "o")


@cache
def _irregular() -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """Irregular verbs with their past forms, and verbs whose last consonant is doubled."""
    table = files("alignwatch.extract") / "data" / "lexicon" / "irregular-verbs.tsv"
    rows = [
        line.split("\t")
        for line in table.read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    doubled = frozenset(row[0] for row in rows if len(row) == 1)
    return {row[0]: tuple(row[1:]) for row in rows if len(row) > 1}, doubled


# American and British ends of words: "mobilize" and "mobilise", "labored" and "laboured"
_PAIRS = (
    *(("maneuver", "manoeuvre"), ("program", "programme"), ("paralyze", "paralyse")),
    *(("center", "centre"), ("theater", "theatre"), ("defense", "defence")),
    *(("offense", "offence"), ("aluminum", "aluminium"), ("fulfill", "fulfil")),
)
_OUR = "arm|behavi|clam|col|endeav|fav|harb|hon|lab|neighb|rum|vap|vig"
# verbs and nouns that end in -ise on both sides of the ocean, or in -ize
_SAME = re.compile(
    r"adver|adv|appr|ar|br|caps|chast|comprom|compr|conc|cru|dem|desp|dev|disgu|downs|"
    r"enterpr|exc|exerc|expert|franch|gu|improv|ma|merchand|no|otherw|overs|po|pra|prec|prem|"
    r"pr|prom|ra|res|rev|r|se|s|superv|surpr|surm|telev|treat|up r|upr|w"
)
_ENDS = re.compile(r"(?P<stem>[a-z ]*?)i(?P<letter>[sz])(?P<end>e|es|ed|er|ers|ing|ation|ations)")
_OURS = re.compile(rf"(?P<stem>(?:{_OUR})o)(?P<letter>u?)r(?P<end>|s|ed|ing|er|ers|able|hood|ly)")


@cache
def _respelled(word: str) -> str:
    """Give a word as it is spelled on the other side of the ocean, or the word itself."""
    ends = _ENDS.fullmatch(word)
    if ends and len(ends["stem"]) >= 3 and not _SAME.fullmatch(ends["stem"]):
        return f"{ends['stem']}i{'z' if ends['letter'] == 's' else 's'}{ends['end']}"
    if ours := _OURS.fullmatch(word):
        return f"{ours['stem']}{'' if ours['letter'] else 'u'}r{ours['end']}"
    for american, british in _PAIRS:
        for one, other in ((american, british), (british, american)):
            if word in {one, f"{one}s"}:
                return other + word[len(one) :]
    return word


def spellings(phrase: str) -> tuple[str, ...]:
    """Give *phrase* and, where one differs, its American or British spelling.

    Example:
        >>> spellings("mobilise the defense")
        ('mobilise the defense', 'mobilize the defence')
    """
    other = " ".join(map(_respelled, phrase.split(" ")))
    return (phrase,) if other == phrase else (phrase, other)


@cache
def is_unchanging(verb: str) -> bool:
    """Whether the past of *verb* is as its base: "hit", "cut"."""
    return _irregular()[0].get(verb, ())[:1] == (verb,)


def _is_short(verb: str) -> bool:
    """Whether the last consonant doubles: one syllable, consonant-vowel-consonant ("ban")."""
    if verb in _irregular()[1]:
        return True
    if len(verb) < 3 or verb[-1] in "wxy" + _VOWELS or verb[-2] not in _VOWELS:
        return False
    return verb[-3] not in _VOWELS and sum(letter in _VOWELS for letter in verb) == 1


def _doubles_in_britain(verb: str) -> bool:
    """Whether an l doubles in Britain alone: "cancelled", "fuelled", but "jailed", "repelled"."""
    if len(verb) < _LONG or verb[-1] != "l" or verb[-2] not in _VOWELS or verb in _irregular()[1]:
        return False
    return verb[-3] not in _VOWELS or verb.endswith(("uel", "ial"))


_LONG = 4
"""Letters of the shortest such verb ("fuel", "rival")."""


def verb_forms(verb: str) -> dict[str, str]:
    """Give the forms of *verb* (its first word inflected) and what each is.

    The values are ``base``, ``s``, ``past``, ``part`` (participle; a regular verb's past is
    ``past`` and may be either) and ``ing``.

    Example:
        >>> verb_forms("call on")
        {'call on': 'base', 'calls on': 's', 'calling on': 'ing', 'called on': 'past'}
    """
    head, _, tail = verb.partition(" ")
    tail = f" {tail}" if tail else ""
    if head == "be":
        return {f"{form}{tail}": "s" for form in ("is", "are", "was", "were", "been", "being")}
    if head == "have":
        return {f"{head}{tail}": "base", f"has{tail}": "s", f"had{tail}": "past"}
    stem = head[:-1] if head.endswith("e") and not head.endswith(("ee", "ye", "oe")) else head
    if head.endswith("ie"):
        stem = head[:-2] + "y"
    double = head + head[-1] if _is_short(head) else stem
    if head.endswith(_LIGHT_L) and double == head and head not in _irregular()[0]:
        # "cancelled" and "canceled"
        other = {f"{head}led{tail}": "past", f"{head}ling{tail}": "ing"}
        return {**_plain_forms(head, tail, double), **other}
    return _plain_forms(head, tail, double)


_LIGHT_L = (
    "cel",
    "nel",
    "bel",
    "vel",
    "gnal",
    "val",
    "ral",
    "del",
    "mel",
    "rel",
    "ril",
    "shal",
    "uel",
    "sel",
)
"""Ends of verbs whose last letter the British double though it is not stressed."""


def _plain_forms(head: str, tail: str, double: str) -> dict[str, str]:
    ending_y = head.endswith("y") and head[-2:-1] not in _VOWELS
    if ending_y:
        third = head[:-1] + "ies"
    else:
        third = head + ("es" if head.endswith(_HISSES) and not head.endswith("oo") else "s")
    forms = {head + tail: "base", third + tail: "s", double + "ing" + tail: "ing"}
    if _doubles_in_britain(head):
        forms[head + "ling" + tail] = "ing"
    irregular = _irregular()[0].get(head)
    if irregular is None:
        past = head[:-1] + "ied" if ending_y else (head if head.endswith("ee") else double) + "ed"
        if head.endswith("e"):
            past = head + "d"
        forms.setdefault(past + tail, "past")
        if _doubles_in_britain(head):
            forms[head + "led" + tail] = "past"
    elif len(irregular) == 1:
        forms.setdefault(irregular[0] + tail, "past")
    else:
        forms.setdefault(irregular[0] + tail, "pret")
        forms.setdefault(irregular[1] + tail, "part")
    return forms


def noun_forms(noun: str) -> tuple[str, ...]:
    """Give *noun* and its plural (of the last word, or of the word before "of", "in", "to").

    Example:
        >>> noun_forms("memorandum of understanding")
        ('memorandum of understanding', 'memorandums of understanding')
    """
    words = noun.split()
    at = len(words) - 1
    for place, word in enumerate(words):
        if place and word in {"of", "in", "to", "on", "for", "with", "by", "over", "from", "about"}:
            at = place - 1
            break
    head = words[at]
    if head.endswith("s") and not head.endswith("ss"):
        return (noun,)
    if head.endswith("y") and head[-2:-1] not in _VOWELS:
        plural = head[:-1] + "ies"
    elif head.endswith(("s", "x", "z", "ch", "sh")):
        plural = head + "es"
    else:
        plural = head + "s"
    return (noun, " ".join([*words[:at], plural, *words[at + 1 :]]))
