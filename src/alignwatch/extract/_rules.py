"""The default extractor: lexicon and frames propose, a small ranker on structure decides."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import reduce
from itertools import combinations
from operator import add

import attrs

from alignwatch.extract._actors import Gazetteer
from alignwatch.extract._charges import find_charges, find_warnings
from alignwatch.extract._coreference import Context, resolve
from alignwatch.extract._denials import Denial, find_denials
from alignwatch.extract._frames import Candidate, propose
from alignwatch.extract._groups import Group, find_groups
from alignwatch.extract._lexicon import Lexicon, load_lexicon
from alignwatch.extract._people import find_people
from alignwatch.extract._ranker import (
    Key,
    Ranker,
    Scale,
    describe,
    find_keys,
    load_ranker,
    to_chance,
)
from alignwatch.extract._scene import Scene
from alignwatch.extract._sentences import Sentence, split_sentences
from alignwatch.extract._tokens import Name, Token, read_tokens, sort_table
from alignwatch.extract._topics import mark_topics
from alignwatch.extract._triggers import find_triggers
from alignwatch.extract._voice import Hearing, Voice
from alignwatch.model import Document, Kind, Status

__all__ = ["Draft", "Reader", "read_day"]


@attrs.define(kw_only=True, eq=False)
class Draft:
    """A claim before it is weighed against the others of its article.

    `keys` and `telling` stand for its features, see `describe`. Its voice is heard when it is first
    asked for.
    """

    source: str
    target: str
    over: str | None
    kind: Kind
    negated: bool
    start: int
    chance: float
    place: int
    sentence: Sentence
    scene: Scene
    candidate: Candidate
    hearing: Hearing
    keys: Sequence[Key]
    telling: Key
    _voice: Voice | None = attrs.field(default=None, init=False)
    _features: tuple[str, ...] = attrs.field(default=(), init=False)

    @property
    def voice(self) -> Voice:
        """How the sentence tells it."""
        if self._voice is None:
            self._voice = self.hearing.hear(self.candidate)
        return self._voice

    @voice.setter
    def voice(self, voice: Voice) -> None:
        self._voice = voice

    @property
    def features(self) -> tuple[str, ...]:
        """Names of what the ranker looks at."""
        if not self._features:
            self._features = tuple(describe([*self.keys, self.telling]))
        return self._features

    @property
    def end(self) -> int:
        """Where its sentence ends."""
        return self.sentence.end

    @property
    def trigger(self) -> str:
        """The word of the lexicon that tells it."""
        return self.candidate.trigger.entry.lemma


def read_day(document: Document) -> date | None:
    """Give the day of publication, None where the document has none."""
    try:
        return date.fromisoformat((document.published or "")[:10])
    except ValueError:
        return None


class Reader:
    """Reads the sentences of documents into drafts of claims; holds no state between documents."""

    def __init__(
        self, gazetteer: Gazetteer, lexicon: Lexicon | None = None, ranker: Ranker | None = None
    ) -> None:
        self._gazetteer = gazetteer
        self._lexicon = lexicon or load_lexicon()
        self._table = sort_table(self._lexicon)
        words = self._lexicon.words
        self._denying = words.union("verbs.denying", "verbs.naming", "status.denials")
        self._scale = Scale((ranker or load_ranker()).weights)

    def read(self, document: Document) -> list[Draft]:
        """Give every proposed claim of *document* in the order of its text."""
        text = document.text
        mentions = self._gazetteer.find(text, on=read_day(document))
        names = [
            Name(start=m.start, end=m.end, actors=(m.actor_id,), form=m.form) for m in mentions
        ]
        context = Context(speaker=document.speaker)
        drafts: list[Draft] = []
        earlier: list[Draft] = []
        at = 0
        for sentence in split_sentences(text):
            while at < len(names) and names[at].start < sentence.start:
                at += 1
            stop = at
            while stop < len(names) and names[stop].end <= sentence.end:
                stop += 1
            found, denials = self._read_sentence(text, sentence, names[at:stop], context)
            if sentence.form == "heading":
                earlier = []
            _deny(earlier, denials, sentence)
            drafts += found
            earlier = [*earlier[-_RECENT:], *found]
            at = stop
        return drafts

    def _read_sentence(
        self, text: str, sentence: Sentence, names: list[Name], context: Context
    ) -> tuple[list[Draft], Sequence[Denial]]:
        if not names and context.speaker is None and not context.pair:
            return [], ()
        if sentence.end - sentence.start > _LONGEST or len(names) > _MOST_NAMES:
            self._pass_over(sentence)
            return [], ()
        tokens = read_tokens(text, sentence.start, sentence.end, names, self._table)
        tokens = resolve(tokens, context, self._lexicon)
        if not context.pair and not any(token.name for token in tokens):
            return [], ()
        groups = find_groups(tokens, self._lexicon)
        if len(groups) > _MOST_PHRASES:
            if len(names) > _PIECE:
                return self._read_pieces(text, sentence, names, context)
            groups = groups[:_MOST_PHRASES]
        mark_topics(tokens, groups, self._lexicon.words)
        scene = self._set_scene(tokens, groups, sentence, context)
        scene.text, scene.told_by = text, context.told_by
        context.people |= find_people(tokens, groups, text, self._lexicon.words)
        scene.people = context.people
        drafts: list[Draft] = []
        told_by: tuple[str, ...] = ()
        if scene.triggers and tokens[-1].low != "?":
            hearing = Hearing(scene)
            drafts = list(self._propose(scene, sentence, hearing))
            told_by = hearing.told_by()
        context.remember_teller(told_by)
        context.remember(groups, is_heading=sentence.form == "heading")
        ties = _told_ties(drafts)
        if ties:
            context.remember_tie(ties[0])
        context.remember_ties(ties)
        denies = not self._denying.isdisjoint(scene.word_set())
        return drafts, find_denials(scene) if denies else ()

    def _read_pieces(
        self, text: str, sentence: Sentence, names: list[Name], context: Context
    ) -> tuple[list[Draft], Sequence[Denial]]:
        """Read a sentence of very many actors piece by piece, cut at commas between them."""
        drafts: list[Draft] = []
        denials: list[Denial] = []
        start = sentence.start
        for first in range(0, len(names), _PIECE):
            piece = names[first : first + _PIECE]
            end = sentence.end
            if first + _PIECE < len(names):
                following = names[first + _PIECE].start
                end = max(piece[-1].end, text.rfind(",", piece[-1].end, following))
            part = attrs.evolve(sentence, start=start, end=end)
            found, denied = self._read_sentence(text, part, piece, context)
            drafts += found
            denials += denied
            start = end
        return drafts, denials

    def _pass_over(self, sentence: Sentence) -> None:
        """Nothing, unless somebody wants to know of a "sentence" that is none."""

    def _set_scene(
        self,
        tokens: list[Token],
        groups: list[Group],
        sentence: Sentence,
        context: Context,
    ) -> Scene:
        """The sentence with who is meant unnamed; without triggers where no tie can be told."""
        named = {actor for group in groups for actor in group.actors}
        known = author = None
        if context.speaker is not None:
            author = _unnamed((context.speaker,), "author")
        elif len(named) < 2:
            known = self._known_pair(tokens, context, named)
        sides = named | {context.speaker} if context.speaker else named
        tied = known is not None or len(sides) >= 2
        triggers = find_triggers(tokens, self._lexicon) if tied else []
        return Scene(
            tokens=tokens,
            groups=groups,
            triggers=triggers,
            lexicon=self._lexicon,
            form=sentence.form,
            speaker=context.speaker,
            author=author,
            known=known,
        )

    def _known_pair(self, tokens: list[Token], context: Context, named: set[str]) -> Group | None:
        """The pair that the text before has named, for a sentence that names no pair itself."""
        pair = context.heading or context.pair
        if not pair or not named <= set(pair):
            return None
        cues = self._lexicon.words["context.tie_cues"]
        cued = not cues.isdisjoint([token.low for token in tokens])
        if not cued and not context.heading:
            return None
        return _unnamed(
            pair, f"{'heading' if context.heading else 'before'}{'-cued' if cued else ''}"
        )

    def _propose(self, scene: Scene, sentence: Sentence, hearing: Hearing) -> Iterator[Draft]:
        weigh_key = self._scale.__getitem__
        found = propose(scene)
        found += [*find_charges(scene, hearing.reports), *find_warnings(scene, found)]
        for candidate in found:
            entry = candidate.trigger.entry
            teller = hearing.is_teller(candidate)
            if teller and candidate.doer.rank and entry.frame != "judge":
                continue  # somebody nearer does what this one tells
            if hearing.is_barred(candidate):
                continue
            negated = hearing.is_negated(candidate)
            keys = self._find_keys(scene, candidate)
            weight = reduce(add, map(weigh_key, keys), 0.0)
            place = scene.tokens[candidate.trigger.first].start
            over = candidate.over.group.actors[0] if candidate.over is not None else None
            for source, target in _pairs(candidate):
                if over is not None and over in {source, target}:
                    continue
                ours = _ours(scene.speaker, source, target)
                telling = ("telling", negated, teller, ours, entry.frame)
                yield Draft(
                    source=source,
                    target=target,
                    over=over,
                    kind=candidate.kind,
                    negated=negated,
                    start=sentence.start,
                    chance=to_chance(weight + weigh_key(telling)),
                    place=place,
                    sentence=sentence,
                    scene=scene,
                    candidate=candidate,
                    hearing=hearing,
                    keys=keys,
                    telling=telling,
                )

    def _find_keys(self, scene: Scene, candidate: Candidate) -> list[Key]:
        """Give what the ranker is told of *candidate*; a key ("further", ...) names features."""
        return find_keys(scene, candidate)


def _unnamed(actors: tuple[str, ...], form: str) -> Group:
    return Group(
        actors=actors,
        first=-1,
        core=-1,
        last=-1,
        head="agent",
        form=form,
        implied=True,
        listed=len(actors) > 1,
    )


def _ours(speaker: str | None, source: str, target: str) -> str:
    """Which side the document's speaker is on."""
    if speaker is None:
        return "none"
    return {source: "source", target: "target"}.get(speaker, "other")


def _deny(earlier: Sequence[Draft], denials: Sequence[Denial], sentence: Sentence) -> None:
    """Note who denies what the sentences just before alleged: "Both deny these claims".

    A denial reaches back a few paragraphs, but over no heading.
    """
    for denial in denials:
        if not denial.is_back:
            continue
        for draft in earlier:
            voice = draft.voice
            sides = {draft.source, draft.target}
            if draft.sentence.paragraph < sentence.paragraph - _DENIED_PARAGRAPHS:
                continue
            if voice.status is Status.ALLEGED and not sides.isdisjoint(denial.deniers):
                names = (*voice.denied_by, *denial.deniers)
                draft.voice = attrs.evolve(voice, denied_by=tuple(dict.fromkeys(names)))


# kinds that later sentences take up: "the treaty", "their cooperation"
_TAKEN_UP = frozenset(
    {
        Kind.TREATY,
        Kind.DEFENSE_PACT,
        Kind.PARTNERSHIP,
        Kind.MILITARY_COOPERATION,
        Kind.TRADE,
        Kind.ECONOMIC_COOPERATION,
        Kind.EXERCISE,
        Kind.NORMALIZATION,
    }
)
_TOLD = 0.5
_STATE = 3
"""Length of a state's id: "both countries" never means a bloc."""

_MOST_PHRASES = 80
"""Phrases of actors beyond which a sentence is read in pieces; time grows with their cube."""

_PIECE = 40
"""Names in each piece of such a sentence."""

_DENIED_PARAGRAPHS = 3
_MOST_NAMES = 400
"""Names beyond which a "sentence" is a list: not even its words are read."""

_LONGEST = 6000
"""Characters beyond which a "sentence" is no prose: about a thousand words."""

_RECENT = 60
"""Drafts of the sentences before that a denial may reach."""


def _told_ties(drafts: Sequence[Draft]) -> list[tuple[str, str]]:
    """The pairs of the lasting ties that a sentence told of, that of the likeliest one first."""
    told = [
        draft
        for draft in drafts
        if draft.chance >= _TOLD
        and draft.kind in _TAKEN_UP
        and len(draft.source) == len(draft.target) == _STATE
    ]
    told.sort(key=lambda draft: -draft.chance)
    pairs = dict.fromkeys(
        (d.source, d.target) if d.source < d.target else (d.target, d.source) for d in told
    )
    return list(pairs)


def _pairs(candidate: Candidate) -> list[tuple[str, str]]:
    """Every pair of actors that the candidate's phrases stand for, symmetric ones sorted."""
    symmetric = candidate.kind.is_symmetric
    pairs: list[tuple[str, str]] = []
    if candidate.source is candidate.target:
        group = candidate.source.group
        for one, other in combinations(group.actors, 2):
            if group.form == "tie" and one != group.actors[0]:
                break  # "these alliances": those of the first one with each other
            pairs.append((one, other) if one < other else (other, one))
            if not symmetric:
                pairs.append((other, one) if one < other else (one, other))
        return pairs
    for source in candidate.source.group.actors:
        for target in candidate.target.group.actors:
            if source != target:
                swaps = symmetric and source > target
                pairs.append((target, source) if swaps else (source, target))
    return pairs
