"""Drafts of one article to its claims: each passage that tells a tie, with period and amount."""

from collections.abc import Iterable, Sequence

from alignwatch.extract._details import find_amounts, find_period
from alignwatch.extract._ranker import calibrate
from alignwatch.extract._rules import Draft, read_day
from alignwatch.extract._trend import find_trend
from alignwatch.extract._triggers import Trigger
from alignwatch.model import Claim, Document, Evidence, Kind, Quantity, Span, Status, Trend, When

__all__ = ["find_bar", "fold_drafts"]

_OCCURRENCES = 60
"""Passages that become claims of their own; further ones are mentions of the likeliest."""

_MENTIONS = 20
_SURE = 0.6
"""Part of the likeliest passage's chance from which on a passage may make a claim firmer."""
_BARS = {Status.ASSERTED: 1.0, Status.ALLEGED: 0.8, Status.PROSPECTIVE: 1.1}
"""Parts of the threshold: who alleges is a third actor in the sentence, which lowers the chance;
many sentences look ahead, and few of them tell of a tie."""

_LOWEST_BAR = min(_BARS.values())

_AGAIN, _MENTIONED = 0.5, 0.3
"""Parts of the threshold: for a passage that says again what another one says, for a mention."""

Key = tuple[str, str, Kind, bool, str | None]
_Details = tuple[When | None, tuple[Quantity, ...], Trend | None]


def _key(draft: Draft) -> Key:
    return (draft.source, draft.target, draft.kind, draft.negated, draft.over)


class _Article:
    """Sentences of one document as evidence, and the periods in them: each is looked at once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._published = read_day(document)
        self._evidence: dict[tuple[int, int], Evidence] = {}
        self._details: dict[Trigger, _Details] = {}

    def evidence(self, draft: Draft) -> Evidence:
        """Give the passage of *draft* in the clean and in the raw text."""
        place = (draft.start, draft.end)
        known = self._evidence.get(place)
        if known is None:
            span = Span(start=draft.start, end=draft.end)
            raw = self.document.raw_span(span)
            known = self._evidence[place] = Evidence(
                start=span.start,
                end=span.end,
                raw_start=raw.start,
                raw_end=raw.end,
                quote=span.slice(self.document.text),
            )
        return known

    def details(self, draft: Draft) -> _Details:
        """Give period, amounts and trend of what *draft*'s trigger tells."""
        trigger = draft.candidate.trigger
        known = self._details.get(trigger)
        if known is None:
            sentence = self.document.text[draft.sentence.start : draft.sentence.end]
            at = draft.place - draft.sentence.start
            planned = draft.voice.status is Status.PROSPECTIVE
            known = self._details[trigger] = (
                find_period(sentence, at, self._published, draft.kind, planned=planned),
                find_amounts(sentence, at, draft.kind),
                find_trend(draft.scene, trigger, draft.kind),
            )
        return known


def _best_of_sentences(drafts: list[Draft]) -> list[Draft]:
    """The likeliest draft of each sentence, the likeliest first."""
    if len(drafts) == 1:
        return drafts
    best: dict[int, Draft] = {}
    for draft in drafts:
        known = best.get(draft.start)
        if known is None or draft.chance > known.chance:
            best[draft.start] = draft
    return sorted(best.values(), key=lambda draft: (-draft.chance, draft.start))


def _status(told: Sequence[Draft]) -> Status:
    return min([draft.voice.status for draft in told], key=_rank)


def _rank(status: Status) -> int:
    return status.rank


def find_bar(draft: Draft, threshold: float) -> float:
    """The chance that a draft needs: less for an allegation, more for what only may come."""
    return threshold * _BARS[draft.voice.status]


def _is_enough(told: Sequence[Draft], threshold: float) -> bool:
    least = threshold * _LOWEST_BAR
    for draft in told:
        if draft.chance < least:
            return False
        if draft.chance >= find_bar(draft, threshold):
            return True
    return False


def fold_drafts(
    drafts: Iterable[Draft],
    document: Document,
    *,
    extractor: str,
    threshold: float,
    sure: tuple[float, float] = (1.0, 0.0),
) -> tuple[Claim, ...]:
    """Fold the drafts that reach *threshold* into claims, in the order of their evidence.

    Each passage that tells a tie is a claim of its own, with its own period, amounts and trend.
    All claims of one tie share the firmest status, the names of who denies it, those of who says it
    unless most passages are the article's own word, and the confidence of the likeliest; less
    likely passages are mentions of that one.
    """
    groups: dict[Key, list[Draft]] = {}
    least = threshold * _MENTIONED
    for draft in drafts:
        if draft.chance >= least:
            groups.setdefault(_key(draft), []).append(draft)
    claims: list[Claim] = []
    article = _Article(document)
    for found in groups.values():
        passages = _best_of_sentences(found)
        again = threshold * _AGAIN
        told = [draft for draft in passages if draft.chance >= again][:_OCCURRENCES]
        if _is_enough(passages, threshold):
            others = sorted((draft.start, draft.end) for draft in passages[len(told) :])
            mentions = tuple(Span(start=start, end=end) for start, end in others[:_MENTIONS])
            claims.extend(_claims(told, mentions, article, extractor, sure))
    claims.sort(
        key=lambda c: (
            *(c.evidence.start, c.evidence.end, c.source, c.target, c.kind),
            *(c.negated, c.over or ""),
        )
    )
    return tuple(claims)


def _speakers(told: Sequence[Draft]) -> tuple[str, ...]:
    """Who says so: nobody where the article mostly says it in its own voice."""
    voices = [draft.voice for draft in told]
    own = sum([not v.attributed_to and v.status is Status.ASSERTED for v in voices])
    if own and own * 2 >= len(told):
        return ()
    names = [name for voice in voices for name in voice.attributed_to]
    named = [name for name in names if not name.islower()]  # "SIPRI" says more than "report"
    return tuple(dict.fromkeys(named or names))


def _claims(
    told: Sequence[Draft],
    mentions: tuple[Span, ...],
    article: _Article,
    extractor: str,
    sure: tuple[float, float],
) -> Iterable[Claim]:
    document, confidence = article.document, round(calibrate(told[0].chance, sure), 3)
    sure_from = told[0].chance * _SURE
    surest = [draft for draft in told if draft.chance >= sure_from]
    status = _status(surest)
    attributed = _speakers(surest)
    denied = tuple(dict.fromkeys(name for draft in surest for name in draft.voice.denied_by))
    for draft in told:
        when, quantities, trend = article.details(draft)
        yield Claim(
            article=document.article,
            url=document.url,
            published=document.published,
            extractor=extractor,
            source=draft.source,
            target=draft.target,
            kind=draft.kind,
            negated=draft.negated,
            status=status,
            attributed_to=attributed,
            denied_by=denied,
            over=draft.over,
            trend=trend,
            confidence=confidence,
            when=when,
            quantities=quantities,
            evidence=article.evidence(draft),
            mentions=mentions if draft is told[0] else (),
        )
