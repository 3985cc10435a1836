"""Decide by its neighbourhood what a phrase that was found means there."""

import re
from collections.abc import Callable

from alignwatch.extract._leaders import choose_leader
from alignwatch.extract._meanings import Meaning
from alignwatch.extract._reading import Hit, Reading

__all__ = ["judge"]

# "Bank of ", "Times of the "
_HEAD = re.compile(r"\b(?P<head>[A-Z]\w+) of (?:the )?$")
# A town before a comma: "Atlanta, ".
_TOWN = re.compile(r"\b(?P<town>[A-Z][a-z]+), $")
# The other half of a firm's name: "Washington & Jefferson".
_PARTNER = re.compile(r" & (?P<word>[A-Z]\w+)")
# A web address up to here: "https://news.example/".
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*$")
# "Russian-American relations"
_RELATION = re.compile(
    r" (?:relations?|ties|talks|treaty|agreement|cooperation|dialogue|summit|trade|friendship"
    r"|alliance|border|war|partnership|rapprochement|tensions?|rivalry|conflict)\b"
)
# What follows a language, nothing that it could describe: "in Russian and", "in French."
_NO_NOUN = re.compile(
    r"(?:[.,;:!?)\"']|$| (?:and|or|with|but|to|at|as|for|by|on|in|from|that|is|was)\b)"
)
# What follows a people: "the French have", "the Dutch,"
_NO_ADJECTIVE = re.compile(
    r"(?:[.,;:!?)\"']|$| (?:and|or|but|have|has|had|are|were|was|is|will|would|can|could|may|might"
    r"|say|said|says|to|in|at|on|with|from|who|also|want|wanted|did|do|must|should)\b)"
)
# "Sino-Russian", "Franco-German"
_HALVES = ("Anglo", "Franco", "Indo", "Russo", "Sino")
_KITCHEN_REACH = 90
_LIST_REACH = 20


def judge(reading: Reading, start: int, end: int, meanings: tuple[Meaning, ...]) -> Meaning | None:
    """Give the meaning that a phrase has at its place, None where it is no actor there."""
    first = meanings[0]
    if first.actor_id is None or reading.skip_at == start:
        return None
    hit = reading.look_around(start, end)
    if reading.text[start - 1 : start] in {"/", ".", "=", "-", "_"} and _ADDRESS.search(
        reading.text, max(0, start - 120), start
    ):
        return None
    if first.form == "leader":
        return _judge_leader(reading, hit, meanings)
    if first.form in {"demonym", "people"}:
        return _judge_people(reading, hit, first)
    if first.form in {"name", "capital"}:
        hidden = _is_hidden_place(reading, hit, first)
    elif first.actor_id == "WEST":
        hidden = _is_compass_west(reading, hit, first)
    else:
        hidden = _is_hidden_body(reading, hit, first)
    return None if hidden else first


def _is_hidden_body(reading: Reading, hit: Hit, meaning: Meaning) -> bool:
    """Whether a bloc's or ministry's name is part of a longer one: "Texas Defense Department"."""
    if meaning.is_guarded:
        return reading.goes_on_as_name(hit) or reading.leads_a_name(hit)
    is_ministry = meaning.form == "ministry" and not reading.is_headline(hit)
    return is_ministry and reading.leads_a_name(hit)


def _is_compass_west(reading: Reading, hit: Hit, meaning: Meaning) -> bool:
    if not meaning.is_guarded:
        return False
    is_led = hit.before.lower() in {"the", "collective", "political"}
    return not is_led or (bool(hit.runs_into) and not reading.is_headline(hit))


def _is_hidden_place(reading: Reading, hit: Hit, meaning: Meaning) -> bool:
    if hit.phrase == "US" and hit.before in reading.words["shout-before"]:
        return True
    is_short = hit.phrase.isupper() and len(hit.phrase) < 6
    is_shouted = hit.phrase.isupper() and hit.after.isupper()
    if not (is_short or is_shouted) and reading.goes_on_as_name(hit, is_guarded=meaning.is_guarded):
        if meaning.is_guarded and hit.after not in reading.words["after-name"]:
            reading.persons.add(hit.phrase)
        return True
    is_plain_capital = meaning.form == "capital" and not reading.is_headline(hit)
    return (
        (is_plain_capital and reading.leads_a_name(hit))
        or _is_venue(reading, hit, meaning)
        or _is_in_a_name(reading, hit, meaning)
        or (meaning.is_guarded and not _keeps_guarded_place(reading, hit))
    )


def _is_venue(reading: Reading, hit: Hit, meaning: Meaning) -> bool:
    """Whether a capital only tells where: "Vienna talks", "London-based", "east Beirut"."""
    if hit.gap == "-":
        return hit.after.startswith("based") or hit.after in reading.words["compound"]
    if meaning.form != "capital":
        return False
    is_venue = hit.gap == " " and not hit.is_own and hit.after in reading.words["venue"]
    return is_venue or (hit.before_gap == " " and hit.before in reading.words["quarter"])


def _is_in_a_name(reading: Reading, hit: Hit, meaning: Meaning) -> bool:
    """Whether the phrase ends or begins a name of several words: "Bank of X", "X, Texas"."""
    text = reading.text
    if text.startswith(", ", hit.end):
        state = reading.words.pattern("us-state").match(text, hit.end + 2)
        if state and not (meaning.form == "name" and state[0] == "Georgia"):
            return True
    partner = _PARTNER.match(text, hit.end) if meaning.form == "capital" else None
    if partner is not None and partner["word"] not in reading.words.plain_words:
        return True
    if hit.before_gap == " " and hit.before in reading.words["before-name"]:
        return True
    if not text.endswith((" of ", " of the "), 0, hit.start):
        return False
    head = _HEAD.search(text, max(0, hit.start - 40), hit.start)
    return head is not None and head["head"] in reading.words["head-of"]


def _keeps_guarded_place(reading: Reading, hit: Hit) -> bool:
    if reading.leads_a_name(hit):
        reading.persons.add(hit.phrase)
        return False
    if hit.phrase in reading.persons and hit.before.lower() not in {"in", "to", "from"}:
        return False
    rule = _NAMESAKES.get(hit.phrase)
    return rule is None or rule(reading, hit)


def _is_georgia_the_state(reading: Reading, hit: Hit) -> bool:
    if reading.count_cues("state-cue") > reading.count_cues("country-cue"):
        return False
    if hit.after in reading.words["american"]:
        return False
    town = _TOWN.search(reading.text, max(0, hit.start - 30), hit.start)
    is_listed = town is not None and town["town"] in reading.words.plain_words
    return town is None or is_listed or reading.end >= hit.start - 2


def _is_turkey_the_state(reading: Reading, hit: Hit) -> bool:
    return not _is_near(reading, hit, "kitchen", _KITCHEN_REACH)


def _is_washington_the_seat(reading: Reading, hit: Hit) -> bool:
    return not _is_near(reading, hit, "us-state", _LIST_REACH)


def _is_near(reading: Reading, hit: Hit, cues: str, reach: int) -> bool:
    near = (max(0, hit.start - reach), hit.end + reach)
    return reading.words.pattern(cues).search(reading.text, *near) is not None


def _is_south_korea(reading: Reading, _: Hit) -> bool:
    return "North Korea" not in reading.text or "South Korea" in reading.text


def _is_iran(reading: Reading, hit: Hit) -> bool:
    return not reading.text.startswith(" of ", hit.end)


def _is_half_of_two(_: Reading, hit: Hit) -> bool:
    """Whether a learned first half stands before a second: "Sino-Russian", not "Franco"."""
    return hit.gap == "-" and hit.after[:1].isupper()


_NAMESAKES: dict[str, Callable[[Reading, Hit], bool]] = {
    "Georgia": _is_georgia_the_state,
    "Georgian": _is_georgia_the_state,
    "Georgians": _is_georgia_the_state,
    "Turkey": _is_turkey_the_state,
    "Washington": _is_washington_the_seat,
    "Korea": _is_south_korea,
    "Korean": _is_south_korea,
    "Koreans": _is_south_korea,
    "Islamic Republic": _is_iran,
    **dict.fromkeys(_HALVES, _is_half_of_two),
}


def _judge_people(reading: Reading, hit: Hit, meaning: Meaning) -> Meaning | None:
    if _is_compound(reading, hit) or _is_no_state(reading, hit, meaning):
        return None
    if meaning.is_guarded and not _keeps_guarded_place(reading, hit):
        return None
    is_people = hit.before.lower() == "the" and _NO_ADJECTIVE.match(reading.text, hit.end)
    if meaning.form == "demonym" and is_people:
        return Meaning(actor_id=meaning.actor_id, form="people")
    return meaning


def _is_compound(reading: Reading, hit: Hit) -> bool:
    """Whether a hyphen makes it somebody's descent or tongue: "Irish-American", "French-born"."""
    second = hit.after.split("-")[0]
    if hit.gap != "-" or second not in reading.words["compound"] or hit.phrase in _HALVES:
        return False
    if second[0].isupper() and _RELATION.match(reading.text, hit.end + 1 + len(second)):
        return False
    reading.skip_at = hit.end + 1
    return True


def _is_no_state(reading: Reading, hit: Hit, meaning: Meaning) -> bool:
    """Whether an adjective means a language, a dish, a firm, an ethnic group."""
    words = reading.words
    if hit.gap == " " and not hit.is_own and hit.after in words["noun-after"]:
        return True
    if hit.runs_into and (
        (hit.after in words["after-name"] and hit.after != "United")
        or (meaning.actor_id == "WEST" and not reading.is_headline(hit))
    ):
        return True
    if hit.before.lower() == "ethnic" or (hit.before == "non" and hit.before_gap == "-"):
        return True
    is_tongue = meaning.form == "demonym" and hit.before in words["tongue"]
    return is_tongue and _NO_NOUN.match(reading.text, hit.end) is not None


def _judge_leader(reading: Reading, hit: Hit, meanings: tuple[Meaning, ...]) -> Meaning | None:
    full = reading.note_leader(meanings)
    if full is not None:
        return full
    is_titled = hit.before in reading.words["officer"]
    is_shouted = hit.phrase.isupper() and len(hit.phrase) > 2
    if reading.goes_on_as_name(hit) or (
        is_shouted and not (hit.after.isupper() or hit.before.isupper())
    ):
        return None
    if not is_titled and (hit.phrase in reading.persons or reading.leads_a_name(hit)):
        return None
    known = reading.named.get(hit.phrase)
    if known is not None:
        return known
    leaders = [meaning for meaning in meanings if meaning.form == "leader"]
    if not is_titled:
        leaders = [leader for leader in leaders if not leader.is_guarded]
    return choose_leader(leaders, reading.day)
