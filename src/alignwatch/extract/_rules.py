"""The default extractor: lexicon and frames propose, a small ranker on structure decides."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

import attrs

from alignwatch.extract._actors import Gazetteer
from alignwatch.extract._coreference import Context, resolve
from alignwatch.extract._frames import Candidate, propose
from alignwatch.extract._groups import Group, find_groups
from alignwatch.extract._lexicon import Lexicon, load_lexicon
from alignwatch.extract._ranker import describe, load_ranker, rate
from alignwatch.extract._sentences import Sentence, split_sentences
from alignwatch.extract._tokens import Name, Token, read_tokens, sort_table
from alignwatch.extract._triggers import find_triggers
from alignwatch.extract._voice import Report, Voice, find_reports, hear
from alignwatch.model import Document, Kind

__all__ = ["Draft", "Reader"]


@attrs.define(kw_only=True, eq=False)
class Draft:
    """A claim before it is weighed against the others of its article."""

    source: str
    target: str
    over: str | None
    kind: Kind
    voice: Voice
    start: int
    end: int
    chance: float
    features: tuple[str, ...]
    trigger: str
    place: int
    sentence: Sentence


def _published_on(document: Document) -> date | None:
    try:
        return date.fromisoformat((document.published or "")[:10])
    except ValueError:
        return None


class Reader:
    """Reads the sentences of documents into drafts of claims; holds no state between documents."""

    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon | None = None) -> None:
        self._gazetteer = gazetteer
        self._lexicon = lexicon or load_lexicon()
        self._table = sort_table(self._lexicon)
        self._weights = load_ranker().weights

    def read(self, document: Document) -> Iterator[Draft]:
        """Give every proposed claim of *document* in the order of its text."""
        text = document.text
        mentions = self._gazetteer.find(text, on=_published_on(document))
        names = [
            Name(start=m.start, end=m.end, actors=(m.actor_id,), form=m.form) for m in mentions
        ]
        context = Context(speaker=document.speaker)
        at = 0
        for sentence in split_sentences(text):
            while at < len(names) and names[at].start < sentence.start:
                at += 1
            stop = at
            while stop < len(names) and names[stop].end <= sentence.end:
                stop += 1
            yield from self._read_sentence(text, sentence, names[at:stop], context)
            at = stop

    def _read_sentence(
        self, text: str, sentence: Sentence, names: list[Name], context: Context
    ) -> Iterator[Draft]:
        if not names and context.speaker is None and not context.pair:
            return
        tokens = read_tokens(text, sentence.start, sentence.end, names, self._table)
        tokens = resolve(tokens, context, self._lexicon)
        if not context.pair and not any(token.name for token in tokens):
            return
        groups = find_groups(tokens, self._lexicon)
        distinct = {actor for group in groups for actor in group.actors}
        author = None
        if context.speaker is not None:
            author = Group(
                actors=(context.speaker,), first=-1, core=-1, last=-1, head="agent", implied=True
            )
        known = None
        if len(distinct) < 2 and context.speaker is None:
            known = self._known_pair(tokens, context, distinct)
        if (
            known is not None
            or len(distinct | ({context.speaker} if context.speaker else set())) >= 2
            and not text[sentence.start : sentence.end].endswith("?")
        ):
            yield from self._propose(tokens, groups, (author, known), sentence, context)
        context.remember([group.actors for group in groups], is_heading=sentence.form == "heading")

    def _known_pair(self, tokens: list[Token], context: Context, named: set[str]) -> Group | None:
        """The pair that the text before has named, for a sentence that names no pair itself."""
        pair = context.heading or context.pair
        if not pair or not named <= set(pair):
            return None
        cues = self._lexicon.words["context.tie_cues"]
        cued = any(token.low in cues for token in tokens)
        if not cued and not context.heading:
            return None
        form = f"{'heading' if context.heading else 'before'}{'-cued' if cued else ''}"
        return Group(
            actors=pair,
            first=-1,
            core=-1,
            last=-1,
            head="self",
            form=form,
            implied=True,
            listed=True,
        )

    def _propose(
        self,
        tokens: list[Token],
        groups: list[Group],
        unnamed: tuple[Group | None, Group | None],
        sentence: Sentence,
        context: Context,
    ) -> Iterator[Draft]:
        triggers = find_triggers(tokens, self._lexicon)
        if not triggers:
            return
        reports: list[Report] | None = None
        for candidate in propose(tokens, groups, triggers, self._lexicon, *unnamed):
            if reports is None:
                reports = find_reports(tokens, groups, self._lexicon)
            voice = hear(tokens, candidate, reports, self._lexicon, context.speaker)
            for source, target in _pairs(candidate):
                ours = "none"
                if context.speaker is not None:
                    ours = (
                        "source"
                        if source == context.speaker
                        else "target"
                        if target == context.speaker
                        else "other"
                    )
                features = describe(
                    tokens,
                    candidate,
                    groups=len(groups),
                    triggers=len(triggers),
                    speaker=context.speaker is not None,
                    form=sentence.form,
                    ours=ours,
                )
                features.append(f"neg={voice.negated}")
                over = None
                if candidate.over is not None:
                    over = candidate.over.group.actors[0]
                    if over in {source, target}:
                        continue
                yield Draft(
                    source=source,
                    target=target,
                    over=over,
                    kind=candidate.kind,
                    voice=voice,
                    start=sentence.start,
                    end=sentence.end,
                    chance=rate(features, self._weights),
                    features=tuple(features),
                    trigger=candidate.trigger.entry.lemma,
                    place=tokens[candidate.trigger.first].start,
                    sentence=sentence,
                )


def _pairs(candidate: Candidate) -> Iterator[tuple[str, str]]:
    """Every pair of actors that the candidate's phrases stand for, symmetric ones sorted."""
    if candidate.source is candidate.target:
        for one, other in combinations(candidate.source.group.actors, 2):
            yield (min(one, other), max(one, other))
        return
    for source in candidate.source.group.actors:
        for target in candidate.target.group.actors:
            if source == target:
                continue
            if candidate.kind.is_symmetric and source > target:
                yield target, source
            else:
                yield source, target
