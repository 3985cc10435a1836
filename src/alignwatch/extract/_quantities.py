"""Amounts in a text: money, percentages, counts with their nouns."""

import re
from functools import cache
from importlib.resources import files

import attrs

from alignwatch.extract._matcher import fold_spaces
from alignwatch.extract._numbers import COUNTING, NUMBER_WORDS, SCALES, parse_number
from alignwatch.model import Comparator, Quantity, Span

__all__ = ["find_quantities"]

_COMPARATORS = {
    Comparator.OVER: (
        "over;more than;above;exceeding;in excess of;upwards of;upward of;greater than;well over"
        ";well above;just over;slightly more than;surpassing;topping;beyond"
    ),
    Comparator.UNDER: (
        "under;less than;fewer than;below;nearly;almost;just under;close to;slightly less than"
        ";just below;well below;nearing;approaching"
    ),
    Comparator.AT_LEAST: "at least;no fewer than;no less than;not less than;a minimum of",
    Comparator.UP_TO: (
        "up to;as many as;as much as;at most;no more than;not more than;a maximum of"
        ";a total of up to"
    ),
    Comparator.ABOUT: (
        "about;around;approximately;roughly;some;an estimated;estimated at;estimated;circa"
    ),
}
_BY_PHRASE = {
    phrase: comparator
    for comparator, several in _COMPARATORS.items()
    for phrase in several.split(";")
}
_LONGEST_FIRST = sorted(_BY_PHRASE, key=lambda phrase: -len(phrase))
# "more than " before an amount
_COMPARED = re.compile(rf"(?<!\w)(?P<phrase>{'|'.join(_LONGEST_FIRST)}) (?:an? )?$", re.IGNORECASE)
# "or more", "or so" behind it
_COMPARED_BEHIND = re.compile(r"(?P<plus>\+)| or (?P<word>more|less|fewer|so)\b")
_BEHIND = {
    "more": Comparator.AT_LEAST,
    "less": Comparator.UP_TO,
    "fewer": Comparator.UP_TO,
    "so": Comparator.ABOUT,
}
_SCALE = rf"(?P<scale>[ -]?(?:{'|'.join(SCALES)})s?\b)?"
_SCALED = re.compile(_SCALE)
# "1,234.5", "12"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PERCENT = re.compile(r" ?%| percentage points?\b| per ?cent(?:age)?\b", re.IGNORECASE)
# "10,000 to 12,000", "5-7"
_UPPER = rf"(?P<sign>[$\u20ac\u00a3])?(?P<digits>{_DIGITS})(?![\w-])"
_RANGE = re.compile(rf"(?: ?- ?| to ){_UPPER}")
# " and 12,000" behind "between 10,000"
_RANGE_AND = re.compile(rf"(?: ?- ?| to | and ){_UPPER}")
# A number that names and does not count: "Article 5", "No. 10", "aged 45", "June 19", "Chapter 7".
_NAMED = re.compile(
    r"(?:\b(?:Articles?|[Rr]esolutions?|Chapter|Section|Title|Flight|Route|Highway|Group of|No\."
    r"|Nos\.|Number"
    r"|Page|pp?\.|Vol\.|Volume|Part|Phase|Level|Covid|COVID|Day|Week|Channel|Annex|Paragraph|para\."
    r"|Apollo|aged?|ages|Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?|version"
    r"|Boeing|Airbus|Tel|Phone|Fax|Fig(?:ure|\.)?|Table|Act of|Order|Executive Order|Directive) "
    r"|#|@|\()$"
)
# A time of day, an age, an ordinal, a date, a span of time: none of them is an amount of goods.
_NOT_COUNTED = re.compile(
    r"(?:st|nd|rd|th)\b|[:/]\d| ?(?:a\.?m\b|p\.?m\b|GMT|UTC|hours GMT|o'clock)|[ -]years?[ -]old"
    r"|,? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b\.?(?= |,|\.|$)|[A-Za-z]\w*\d"
    r"|[- ](?:days?|weeks?|months?|years?|hours?|minutes?|seconds?|decades?|centur(?:y|ies))\b"
    r"|\.\d|-\d"
)
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
# Up to three words between the number and its noun: "11,000 North Korean troops".
_MODIFIERS = (
    r"(?P<gap>(?: (?!(?:of|and|or|in|on|to|by|for|from|at|with|as|per|is|are|was|were|has|had|have"
    r"|days?|weeks?|months?|years?|hours?|minutes?|times)\b)[\w'.-]+){0,3}?)"
)
# A number in between that is no model's: "100 and 20 tanks", not "100 Leopard 2 tanks".
_OTHER_AMOUNT = re.compile(r"[,;:]|(?:^ ?|[^\w\s] ?| [a-z]\w* )\d[\d,.]*(?!-?mm|\w|-\w)")
# A model's number: "Leopard 2".
_MODEL = re.compile(r"[\w,] [A-Z][a-z]+ $")
_FRACTION = re.compile(
    r"(?<!\w)(?P<word>half|one-third|two-thirds|three-quarters|three quarters|two thirds|one third"
    r"|a third|a quarter|one quarter|one-quarter)(?= of\b)|(?<=nearly )half\b|(?<=almost )half\b"
    r"|(?<=about )half\b|(?<=than )half\b",
    re.IGNORECASE,
)
_FRACTIONS = {
    "half": 1 / 2,
    "third": 1 / 3,
    "thirds": 2 / 3,
    "quarter": 1 / 4,
    "quarters": 3 / 4,
}
# matches what a number is made of, "5", and what may be its name, "five"
_DIGIT, _WORD = re.compile(r"\d"), re.compile(r"[a-z]+")
_WINDOW = 30
_BETWEEN = "between "


@attrs.frozen(kw_only=True)
class _Vocabulary:
    """Compiled word lists: what is counted, and with what money."""

    amount: re.Pattern[str]
    money_behind: re.Pattern[str]
    noun: re.Pattern[str]
    signs: dict[str, str]
    money: dict[str, str]
    singulars: dict[str, str]
    only_singular: frozenset[str]


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def _load_vocabulary() -> _Vocabulary:
    folder = files("alignwatch.extract") / "data" / "quantities"
    signs: dict[str, str] = {}
    money: dict[str, str] = {}
    for line in (folder / "currencies.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            code, before, behind = line.split("\t")
            signs.update(dict.fromkeys(before.split(";"), code))
            money.update(dict.fromkeys(behind.split(";"), code))
    singulars: dict[str, str] = {}
    for line in (folder / "units.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            for entry in line.split("\t")[1].split(";"):
                plural, _, singular = entry.partition("=")
                singulars[plural.lower()] = singular or plural.removesuffix("s")
    plurals = frozenset(singulars)
    for singular in tuple(singulars.values()):
        singulars.setdefault(singular.lower(), singular)
    nouns = _either(list(singulars))
    # "$244.8 billion", "Rs 500", "two dozen", "tens of thousands", "a million"
    amount = (
        rf"(?<![\w.,:/-])(?:(?P<sign>{_either(list(signs))}) ?)?"
        rf"(?P<digits>{_DIGITS})(?![\w]*\d){_SCALE}"
        rf"|(?<![\w-])(?P<words>{NUMBER_WORDS})(?![\w])"
    )
    return _Vocabulary(
        amount=re.compile(amount),
        money_behind=re.compile(rf"[ -](?P<word>{_either(list(money))})(?!\w)"),
        noun=re.compile(
            rf"\+?(?:-strong)?(?: of)?{_MODIFIERS} (?:(?:{nouns}) )*"
            rf"(?P<noun>{nouns}|(?-i:[A-Z][a-z]+(?:ans|ians|is|ese)))(?![\w-])",
            re.IGNORECASE,
        ),
        signs=signs,
        money=money,
        singulars=singulars,
        only_singular=frozenset(singulars) - plurals,
    )


def find_quantities(text: str) -> tuple[tuple[Span, Quantity], ...]:
    """Find the amounts in *text*, in text order, without overlap.

    An amount is money (unit: ISO 4217 code), a percentage (``percent``), a count with its noun
    ("11,000 troops", unit ``troop``), a fraction ("half of", no unit), or a number of thousands and
    more or with a comparator, without unit. `Quantity.text` is the exact slice: comparator, number,
    scale and unit, without what stands between a count and its article. A range is its upper end
    with ``up_to``; "thousands of" is 1000 with ``at_least``. Years, dates, times, ages, spans of
    time, article numbers and model names ("Su-35") are no amounts.
    """
    if _DIGIT.search(text) is None and COUNTING.isdisjoint(_WORD.findall(text.lower())):
        return ()
    vocabulary = _load_vocabulary()
    plain = fold_spaces(text)
    found: list[tuple[Span, Quantity]] = []
    done = 0
    for match in vocabulary.amount.finditer(plain):
        if match.start() < done:
            continue
        amount = _read_amount(plain, match, vocabulary, done)
        if amount is not None:
            span, quantity = amount
            found.append((span, attrs.evolve(quantity, text=text[span.start : span.end])))
            done = span.end
    found.extend(_find_fractions(text, plain, found))
    return tuple(sorted(found, key=lambda pair: pair[0].start))


@attrs.define(kw_only=True)
class _Amount:
    """An amount while it is being read."""

    start: int
    end: int
    value: float
    unit: str | None = None
    comparator: Comparator | None = None
    is_large: bool = False
    is_spelled: bool = False


def _read_amount(
    text: str, match: re.Match[str], vocabulary: _Vocabulary, floor: int
) -> tuple[Span, Quantity] | None:
    if len(match[0]) == 1 and _MODEL.search(text, max(0, match.start() - _WINDOW), match.start()):
        return None
    amount = _read_number(text, match)
    number_end = amount.end
    if match["sign"]:
        amount.unit = vocabulary.signs[match["sign"]]
    else:
        amount.end, amount.unit = _read_unit(text, amount, vocabulary)
        if _is_no_amount(text, match, amount):
            return None
    _compare(text, amount, floor, number_end)
    if amount.unit is None and amount.comparator is None and not amount.is_large:
        return None
    return Span(start=amount.start, end=amount.end), Quantity(
        value=amount.value,
        unit=amount.unit,
        comparator=amount.comparator,
        text=text[amount.start : amount.end],
    )


def _read_number(text: str, match: re.Match[str]) -> _Amount:
    start, end = match.span()
    is_spelled = match["words"] is not None
    value, is_vague = parse_number(match["words"] or match["digits"], match["scale"])
    is_large = bool(match["scale"]) or is_vague or "," in match[0] or (is_spelled and value >= 1000)
    comparator = Comparator.AT_LEAST if is_vague else None
    is_between = text[max(0, start - len(_BETWEEN)) : start].lower() == _BETWEEN
    ahead = _RANGE_AND if is_between else _RANGE
    upper = None if is_spelled else ahead.match(text, end)
    if upper is not None:
        scaled = _SCALED.match(text, upper.end())
        highest, _ = parse_number(upper["digits"], scaled["scale"] if scaled else None)
        if highest > value:
            value, end, comparator = highest, (scaled or upper).end(), Comparator.UP_TO
        start -= len(_BETWEEN) if is_between else 0
    return _Amount(
        start=start,
        end=end,
        value=value,
        comparator=comparator,
        is_large=is_large,
        is_spelled=is_spelled,
    )


def _is_no_amount(text: str, match: re.Match[str], amount: _Amount) -> bool:
    """Whether a number without a currency sign only names, dates or times something."""
    if amount.unit is not None:
        is_share = match["words"] in {"one", "One"} and text.startswith(" of", match.end())
        return is_share or _is_year(text, match, amount)
    is_score = amount.comparator is Comparator.UP_TO and not amount.is_large
    if is_score:
        return True
    if amount.is_spelled and not amount.is_large:
        return True
    if not match["scale"] and _NOT_COUNTED.match(text, amount.end):
        return True
    is_named = _NAMED.search(text, max(0, amount.start - _WINDOW), amount.start)
    return is_named is not None or _is_year(text, match, amount)


def _compare(text: str, amount: _Amount, floor: int, number_end: int) -> None:
    """Take the words of comparison before and behind the amount into it."""
    if "+" in text[number_end : amount.end]:
        amount.comparator = Comparator.AT_LEAST
    compared = _COMPARED.search(text, max(floor, amount.start - _WINDOW), amount.start)
    if compared is not None:
        phrase = compared["phrase"].lower()
        is_vague = phrase == "some" and amount.unit is None and not amount.is_large
        if not is_vague:
            amount.start, amount.comparator = compared.start(), _BY_PHRASE[phrase]
    behind = _COMPARED_BEHIND.match(text, amount.end)
    if behind is not None:
        amount.end, amount.comparator = behind.end(), _BEHIND[behind["word"] or "more"]


def _read_unit(text: str, amount: _Amount, vocabulary: _Vocabulary) -> tuple[int, str | None]:
    """Give where the unit ends, and its name; None where the text names none."""
    end = amount.end
    percent = _PERCENT.match(text, end)
    if percent:
        return percent.end(), "percent"
    money = vocabulary.money_behind.match(text, end)
    if money and not text.startswith(" of", money.end()):
        is_weight = money["word"] == "pounds" and not amount.is_large
        return money.end(), "pound" if is_weight else vocabulary.money[money["word"]]
    noun = vocabulary.noun.match(text, end)
    if noun is None or (amount.is_spelled and noun["gap"].count(" ") > 2):
        return end, None
    if _OTHER_AMOUNT.search(noun["gap"]):
        return end, None
    word = noun["noun"]
    if amount.value > 1 and word.lower() in vocabulary.only_singular:
        return end, None
    return noun.end(), vocabulary.singulars.get(word.lower()) or word.removesuffix("s")


def _is_year(text: str, match: re.Match[str], amount: _Amount) -> bool:
    """Whether a number is a year: "the 2024 sanctions", but not "some 2000 sanctions"."""
    digits = match["digits"]
    if digits is None or match["scale"] or not _YEAR.fullmatch(digits):
        return False
    if amount.unit is None:
        return True
    is_counted = text.startswith((" troops", " soldiers", " people"), match.end())
    head = text[max(0, amount.start - _WINDOW) : amount.start]
    return not is_counted and _COMPARED.search(head) is None


def _find_fractions(
    text: str, plain: str, known: list[tuple[Span, Quantity]]
) -> list[tuple[Span, Quantity]]:
    found: list[tuple[Span, Quantity]] = []
    low = plain.lower()
    if "half" not in low and "third" not in low and "quarter" not in low:
        return found
    for match in _FRACTION.finditer(plain):
        start, end = match.span()
        if any(span.start < end and start < span.end for span, _ in known):
            continue
        last = re.split(r"[ -]", match[0].lower())[-1]
        compared = _COMPARED.search(plain, max(0, start - _WINDOW), start)
        comparator = _BY_PHRASE[compared["phrase"].lower()] if compared else None
        start = compared.start() if compared else start
        quantity = Quantity(value=_FRACTIONS[last], comparator=comparator, text=text[start:end])
        found.append((Span(start=start, end=end), quantity))
    return found
