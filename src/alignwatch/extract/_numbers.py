"""Numbers in digits and words, with scale words."""

import re

__all__ = ["COUNTING", "NUMBER_WORDS", "SCALES", "parse_number"]

SCALES: dict[str, float] = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "lakh": 1e5,
    "crore": 1e7,
    "dozen": 12,
    "mn": 1e6,
    "bn": 1e9,
    "tn": 1e12,
    "m": 1e6,
    "k": 1e3,
    "K": 1e3,
    "M": 1e6,
    "B": 1e9,
}
"""What a word or letter behind a number multiplies it by."""

_ENGLISH = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_SMALL = {word: value for value, word in enumerate(_ENGLISH, start=1)}
_TENS = {
    word: value
    for value, word in zip(
        range(20, 100, 10),
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
        strict=True,
    )
}
_ONES = "|".join([*_TENS, *_SMALL])
_BIG = "hundred|thousand|million|billion|trillion|dozen|lakh|crore"
_VAGUE = {
    "dozens": 12.0,
    "scores": 20.0,
    "hundreds": 1e2,
    "thousands": 1e3,
    "tens of thousands": 1e4,
    "hundreds of thousands": 1e5,
    "millions": 1e6,
    "tens of millions": 1e7,
    "hundreds of millions": 1e8,
    "billions": 1e9,
    "tens of billions": 1e10,
    "hundreds of billions": 1e11,
    "trillions": 1e12,
}
# "twenty-five thousand", "a million", "half a million", "tens of thousands", "two dozen", "three"
_SPELLED = (
    rf"(?:{'|'.join(sorted(_VAGUE, key=lambda words: -len(words)))})(?= of\b)"
    rf"|half a (?:million|billion|trillion|dozen)"
    rf"|(?:an?|{_ONES})(?:-(?:{_ONES}))?(?: (?:{_BIG}))+(?: and (?:{_ONES})(?:-(?:{_ONES}))?)?"
    rf"|(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_SMALL)}))?|(?:{'|'.join(_SMALL)})"
)
NUMBER_WORDS = rf"(?i:{_SPELLED})"
"""A pattern of spelled numbers: "two dozen", "tens of thousands", "Half a million"."""


COUNTING = frozenset({*_TENS, *_SMALL, *_BIG.split("|"), *_VAGUE, "half", "third", "thirds"}) | {
    *("quarter", "quarters"),
}
"""One of these words stands in every spelled number and every fraction."""


def parse_number(number: str, scale: str | None = None) -> tuple[float, bool]:
    """Give the value of a number in digits or words, and whether it is vague ("thousands").

    Args:
        number: As `NUMBER_WORDS` matches it, or digits with commas.
        scale: A scale word behind it, or None.

    Example:
        >>> parse_number("244.8", " billion"), parse_number("two dozen")
        ((244800000000.0, False), (24.0, False))
    """
    factor = 1.0
    if scale:
        word = scale.strip(" -")
        factor = SCALES.get(word) or SCALES[word.removesuffix("s")]
    if number[0].isdigit():
        return round(float(number.replace(",", "")) * factor, 6), False
    folded = number.lower()
    if folded in _VAGUE:
        return _VAGUE[folded], True
    return _sum_words(folded) * factor, False


def _sum_words(words: str) -> float:
    total, part = 0.0, 0.0
    for word in re.split(r"[ -]", words):
        if word in {"a", "an", "and"}:
            part = part if word == "and" or part else 1.0
        elif word == "half":
            part = 0.5
        elif word in SCALES:
            if SCALES[word] >= 1e3:
                total, part = total + (part or 1) * SCALES[word], 0.0
            else:
                part = (part or 1) * SCALES[word]
        else:
            part += _SMALL.get(word) or _TENS[word]
    return total + part
