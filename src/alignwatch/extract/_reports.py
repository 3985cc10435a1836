"""Reported speech: who says or alleges what in a sentence."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from alignwatch.extract._beliefs import (
    hold_responsible,
    is_believed,
    tell_belief,
    tell_by_noun,
    tell_conviction,
)
from alignwatch.extract._report import Report, find_zone_end
from alignwatch.extract._scene import Scene
from alignwatch.extract._speakers import (
    Subject,
    find_cited,
    find_proper_name,
    find_subject,
    is_adverb,
)
from alignwatch.extract._tokens import Token

__all__ = ["Report", "find_reports", "find_zone_end"]

_TAIL = 14
"""Tokens from the verb to the end within which ", X said" closes a sentence."""

_OPENING = 8
"""Tokens within which "X:" opens a quote."""

_CLAUSE, _HOLDING, _ADDRESSED = 14, 8, 8
_WHEN = frozenset({"on", "last", "earlier", "yesterday", "today", "this", "late", "early", "in"})
_QUOTES = frozenset('\u201c\u201d"')
_LATER = (["next"], ["same"], ["following"], ["day"], ["week"])
_OBJECTS = frozenset({"det", "actor", "poss", "num"})
_ADDRESSING = frozenset({"told", "tells", "informed", "informs", "assured", "notified"})
_FINITE = frozenset({"aux", "verb"})
_RELEASES = frozenset({"release", "statement", "readout", "communique", "transcript", "text"})


def find_reports(scene: Scene) -> list[Report]:
    """Find who says what: "X says that ...", "..., X said", "according to X", "X: ...".

    The phrases of speakers that stand beside what is told are marked as tellers (`Group.tells`).
    """
    words, tokens = scene.lexicon.words, scene.tokens
    verbs = words.union("verbs.telling", "verbs.accusing", "verbs.condemning")
    citing, openers = words["status.citing"], words["status.citing_openers"]
    convictions = words["status.convictions"]
    nouns, believed = words["status.charge_nouns"], words["verbs.believed"]
    found: list[Report] = []
    for at, token in enumerate(tokens):
        low = token.low
        if low in openers and (size := _citing_size(scene.lows(at, at + 4), citing)):
            found.extend(_cited(scene, at, at + size))
        if low in believed and is_believed(scene, at):
            found.append(tell_belief(scene, at))
        elif low in verbs and _tells(scene, at):
            found.extend(_told_by_verb(scene, at))
        if low in nouns:
            found.extend(tell_by_noun(scene, at))
        if low in convictions and scene.lows(at + 1, at + 2) == ["that"]:
            found.extend(tell_conviction(scene, at))
        if low == "responsible" and (report := hold_responsible(scene, at)) is not None:
            found.append(report)
    found.extend(_told_by_colon(scene))
    found.extend(_goes_on(scene, found))
    _mark_addressed(scene)
    for report in found:
        if report.is_around and report.teller is not None:
            report.teller.tells = True
    return found


def _mark_addressed(scene: Scene) -> None:
    """Leave out who is only told: "X told Y that Z had sent"."""
    tokens = scene.tokens
    for group in scene.groups:
        at = group.first - 1
        at -= at > 0 and tokens[at].sort == "det"
        told = at >= 0 and tokens[at].low in _ADDRESSING and group.last < len(tokens)
        if told and tokens[group.last].low == "that":
            group.tells = True


def _goes_on(scene: Scene, found: Sequence[Report]) -> Iterator[Report]:
    """A quote that goes on after "X said" in the sentence before."""
    quoted = bool(scene.tokens) and scene.tokens[0].low in _QUOTES
    if quoted and scene.told_by and not any(report.speakers for report in found):
        last = len(scene.tokens)
        yield Report(
            speakers=scene.told_by, first=0, last=last, alleging=True, at=0, is_around=True
        )


def _tells(scene: Scene, at: int) -> bool:
    """Whether a verb may tell: no name, and of condemning only "condemned X for -ing"."""
    token = scene.tokens[at]
    if token.capital and at and scene.form != "heading":
        return False
    return token.low not in scene.lexicon.words["verbs.condemning"] or _charges(scene, at)


def _citing_size(lows: list[str], citing: frozenset[str]) -> int:
    """How many of *lows* open the name of a source: "according to", "in the view of"."""
    return next((n for n in range(len(lows), 0, -1) if " ".join(lows[:n]) in citing), 0)


def _has_clause(scene: Scene, at: int) -> bool:
    """Whether what stands behind the verb at *at* is a clause or a quote."""
    tokens = scene.tokens
    place = at + 1
    while place < len(tokens) and is_adverb(tokens[place]):
        place += 1
    if place >= len(tokens):
        return False
    first = tokens[place]
    lows = scene.lows(place + 1, place + _ADDRESSED)
    if first.low == "to" or (first.low in _WHEN and "that" in lows[:4]):
        return "that" in lows  # "complained to the council that", "reported last week that"
    if first.low == "that" or first.low in _QUOTES or first.low == ":":
        return True
    seen = False
    for token in tokens[place : place + _CLAUSE]:
        if token.sort in {"comma", "strong", "rel"} or token.low in {"to", "."}:
            return False
        seen = seen or token.sort in {"actor", "pron", "word", "cap"}
        if seen and (token.sort in _FINITE or (token.sort == "word" and token.low[-2:] == "ed")):
            return token is not first
    return False


def _told_by_verb(scene: Scene, at: int) -> Iterator[Report]:
    tokens, words = scene.tokens, scene.lexicon.words
    low = tokens[at].low
    accuses = low in words["verbs.accusing"] or _charges(scene, at)
    alleging = low not in words["verbs.vouching"]
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    inverted = _told_behind(scene, at)
    if inverted is not None and not accuses:
        yield _around(inverted, at, at, alleging=alleging)
        return
    subject = find_subject(scene, at) or (_late_subject(scene, at) if accuses else None)
    if subject is None:
        open_clause = after is not None and (
            after.low in {"that", "whether", "nor", "or"} or after.low[-3:] == "ing"
        )
        if open_clause and _is_negated(tokens, at) and not alleging:
            last = find_zone_end(scene, at + 1)  # "has not confirmed that"
            yield Report(speakers=(), first=at + 1, last=last, alleging=True, at=at)
        return
    apart = _is_apart(tokens, subject.first)
    is_parenthesis = apart and after is not None and after.sort == "comma"
    closes = apart and len(tokens) - at <= _TAIL and (after is None or after.low != "that")
    if after is not None and after.sort in _OBJECTS and low in words["verbs.clausal"]:
        closes = closes and scene.lows(at + 2, at + 3) in _LATER  # "..., X recalled its envoy"
    if not accuses and (is_parenthesis or closes):
        last = len(tokens) if is_parenthesis else subject.first
        yield _around(subject, at, last, alleging=alleging)
    elif low not in words["verbs.clausal"] or accuses or _has_clause(scene, at):
        yield Report(
            speakers=subject.names,
            first=at + 1,
            last=find_zone_end(scene, at + 1),
            alleging=alleging,
            at=at,
            teller=subject.group,
        )


def _late_subject(scene: Scene, at: int) -> Subject | None:
    """Who does what opens a sentence: "Accusing Y of ..., X recalled its envoy"."""
    if at or not scene.tokens[at].low.endswith("ing"):
        return None
    comma = next(
        (n for n, token in enumerate(scene.tokens) if token.sort == "comma"), len(scene.tokens)
    )
    group = next((g for g in scene.groups if comma < g.first <= comma + 2 and g.prep is None), None)
    return None if group is None else Subject(names=group.actors, first=0, group=group)


def _is_apart(tokens: Sequence[Token], first: int) -> bool:
    """Whether a comma or quote stands before a subject: ", two senior X officials (said)"."""
    for at in range(first - 1, max(-1, first - 5), -1):
        if tokens[at].sort == "comma" or tokens[at].low in _QUOTES:
            return True
        if tokens[at].sort not in {"det", "num", "word", "cap"} or tokens[at].low[-2:] == "ed":
            return at == first - 1 and at > 0 and tokens[at - 1].sort == "comma"
    return False


def _charges(scene: Scene, at: int) -> bool:
    """Whether "charged X with -ing" or "condemned X for -ing" stands there."""
    low = scene.tokens[at].low
    condemns = low in scene.lexicon.words["verbs.condemning"]
    if not condemns and not low.startswith("charg"):
        return False
    links = {"for", "over"} if condemns else {"with"}
    lows = scene.lows(at + 1, at + _HOLDING)
    return any(low in links and following[-3:] == "ing" for low, following in pairwise(lows))


def _is_negated(tokens: Sequence[Token], at: int) -> bool:
    before = tokens[max(0, at - 2) : at]
    return any(
        token.sort == "neg" or token.low in {"neither", "nor"} or token.low.endswith("n't")
        for token in before
    )


def _around(subject: Subject, at: int, last: int, *, alleging: bool) -> Report:
    return Report(
        speakers=subject.names,
        first=0,
        last=last,
        alleging=alleging,
        at=at,
        is_around=True,
        teller=subject.group,
    )


def _told_behind(scene: Scene, at: int) -> Subject | None:
    """Who is named behind the verb at *at* where it follows what is told: "..., said X"."""
    tokens = scene.tokens
    if not at or not (tokens[at - 1].sort == "comma" or tokens[at - 1].low in _QUOTES):
        return None
    for group in scene.groups:
        if not at < group.first <= at + 4 or group.head == "thing":
            continue
        between = tokens[at + 1 : group.first]
        if any(token.sort not in {"det", "cap", "word", "num"} for token in between):
            continue
        if group.last < len(tokens) and tokens[group.last].sort in _FINITE:
            return None  # "Y's envoy, Z, said X had ...": X begins what is told
        names = group.actors
        if any(token.low == "former" for token in between):  # he speaks for himself
            told = scene.text[tokens[group.first].start : tokens[group.last - 1].end]
            names = (told.split()[-1].lower(),)
        return Subject(names=names, first=group.first, group=group)
    return _named_behind(scene, at)


def _named_behind(scene: Scene, at: int) -> Subject | None:
    """Who is named behind the verb at *at* and is no actor: "..., said officials"."""
    tokens = scene.tokens
    short = scene.lexicon.words["status.short_names"]
    for place in range(at + 1, min(len(tokens), at + 6)):
        token = tokens[place]
        if token.low in short:
            around = next((g for g in scene.groups if g.first <= place < g.last), None)
            return Subject(names=(token.low,), first=at + 1, group=around)
        if token.sort not in {"det", "word", "cap", "actor", "num"}:
            break
    end = at + 1
    while end < len(tokens) and tokens[end].sort == "cap":
        end += 1
    return find_proper_name(scene, end) if end > at + 1 else None


def _cited(scene: Scene, at: int, behind: int) -> Iterator[Report]:
    """Who is cited behind "according to": the phrase that ends at the next comma or clause."""
    tokens = scene.tokens
    cited = find_cited(scene, behind)
    names = cited.names if cited is not None else ()
    teller = cited.group if cited is not None else None
    if not names and tokens[at].low != "according":
        return  # "citing pests", "in view of the weather"
    aside = any(
        one.sort == "comma" and other.sort in _FINITE
        for one, other in pairwise(tokens[behind : behind + _TAIL])
    )  # "X, according to Y, has sold"
    last = at if at and not aside and len(tokens) - at <= _TAIL + 4 else len(tokens)
    plain = not names and not _RELEASES.isdisjoint(scene.lows(behind, behind + _HOLDING))
    yield Report(
        speakers=names,
        first=0,
        last=last,
        alleging=not plain,
        at=at,
        is_around=True,
        teller=teller,
    )


def _told_by_colon(scene: Scene) -> Iterator[Report]:
    tokens: Sequence[Token] = scene.tokens
    name = tokens[0].name if tokens else None
    lows = scene.lows(0, _OPENING)
    if name is not None and ":" in lows[1:]:
        at = lows.index(":", 1)
        group = next((g for g in scene.groups if g.first == 0 and g.last >= at), None)
        yield Report(
            speakers=name.actors,
            first=at + 1,
            last=len(tokens),
            alleging=scene.form == "heading" and group is not None,
            at=at,
            teller=group,
        )
