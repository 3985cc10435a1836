"""Why a text gave the claims that it gave, and why a sentence gave none."""

from collections.abc import Iterator, Sequence

import attrs

from alignwatch.extract._coreference import Context
from alignwatch.extract._fold import find_bar
from alignwatch.extract._frames import Candidate
from alignwatch.extract._groups import Group
from alignwatch.extract._relations import Relation
from alignwatch.extract._rules import Draft, Reader
from alignwatch.extract._scene import Scene
from alignwatch.extract._sentences import Sentence
from alignwatch.extract._tokens import Token
from alignwatch.extract._voice import Hearing, Voice
from alignwatch.model import Claim, Document, Span

__all__ = ["Explanation", "Proposal", "WatchedReader", "explain_drafts"]

_ROLES = {
    "poss": "owner",
    "mod": "adjective",
    "nmod": "noun before it",
    "subj": "subject",
    "sposs": "owner in the subject",
    "lprep": "before it, behind",
    "obj": "object",
    "oposs": "owner in the object",
    "prep": "behind",
    "pposs": "owner behind",
    "accuser": "accuser",
    "by": "agent behind by",
    "implied": "the author",
    "heading": "named in the heading",
    "heading-cued": "named in the heading",
    "before": "named before",
    "before-cued": "named before",
}
_GONE = "\0"


@attrs.frozen(kw_only=True)
class Proposal:
    """A claim that a sentence may make, what speaks for it, and what became of it.

    `trigger` is where the words stand that made the kind (offsets into `Document.text`);
    `source_role` and `target_role` tell how the two actors stand to them, which made the
    direction; `cues` are the places of the words without which the claim would be asserted
    plainly. `chance` is the chance, 0 to 1, that a careful reader would list it. `is_claim` tells
    whether it is one, and `verdict` why or why not.
    """

    source: str
    target: str
    kind: str
    negated: bool
    status: str
    attributed_to: tuple[str, ...]
    denied_by: tuple[str, ...]
    trigger: Span
    source_role: str
    target_role: str
    cues: tuple[Span, ...]
    chance: float
    is_claim: bool
    verdict: str


@attrs.frozen(kw_only=True)
class Explanation:
    """What was seen in one sentence with actors: `span` are offsets into `Document.text`.

    `actors` are pairs of an id and how it stands in the text; somebody who is meant without being
    named stands with the words that mean him. `proposals` come likeliest first. `reason` says why
    the sentence gave no claim, and is None where it gave one.
    """

    span: Span
    actors: tuple[tuple[str, str], ...]
    proposals: tuple[Proposal, ...]
    reason: str | None


@attrs.define
class Seen:
    """What the reader made of one sentence."""

    sentence: Sentence
    scene: Scene
    drafts: list[tuple[Draft, Voice]]


_GIANT = "it is too long, or has too many names, to be prose: it is not read"


class WatchedReader(Reader):
    """A reader that keeps what it saw; for one document, then thrown away."""

    def watch(self, document: Document) -> tuple[list[Draft], list[Seen]]:
        """Read *document*, and give what was seen in each sentence beside the drafts."""
        self._seen: list[Seen] = []
        self.passed_over: list[Sentence] = []
        return self.read(document), self._seen

    def _pass_over(self, sentence: Sentence) -> None:
        self.passed_over.append(sentence)

    def _set_scene(
        self, tokens: list[Token], groups: list[Group], sentence: Sentence, context: Context
    ) -> Scene:
        scene = super()._set_scene(tokens, groups, sentence, context)
        self._seen.append(Seen(sentence, scene, []))
        return scene

    def _propose(self, scene: Scene, sentence: Sentence, hearing: Hearing) -> Iterator[Draft]:
        for draft in super()._propose(scene, sentence, hearing):
            self._seen[-1].drafts.append((draft, draft.voice))
            yield draft


def explain_drafts(
    seen: Sequence[Seen],
    claims: Sequence[Claim],
    document: Document,
    *,
    threshold: float,
    passed_over: Sequence[Sentence] = (),
) -> tuple[Explanation, ...]:
    """Explain each sentence with actors, given the *claims* that came of them all."""
    read = [
        _explain(one, claims, document, threshold)
        for one in seen
        if any(token.name for token in one.scene.tokens)
    ]
    giants = [
        Explanation(span=Span(start=one.start, end=one.end), actors=(), proposals=(), reason=_GIANT)
        for one in passed_over
    ]
    return tuple(sorted([*read, *giants], key=lambda one: (one.span.start, one.span.end)))


def _explain(
    seen: Seen, claims: Sequence[Claim], document: Document, threshold: float
) -> Explanation:
    best: dict[tuple[object, ...], tuple[Draft, Voice]] = {}
    for draft, voice in seen.drafts:
        key = (draft.source, draft.target, draft.kind, draft.voice.negated, draft.over)
        if key not in best or draft.chance > best[key][0].chance:
            best[key] = (draft, voice)
    ranked = sorted(best.values(), key=lambda pair: (-pair[0].chance, pair[0].place))
    proposals = tuple(
        _proposal(draft, voice, seen.scene, claims, threshold) for draft, voice in ranked
    )
    given = any(proposal.is_claim for proposal in proposals)
    return Explanation(
        span=Span(start=seen.sentence.start, end=seen.sentence.end),
        actors=tuple(
            (actor, document.text[token.start : token.end])
            for token in seen.scene.tokens
            if token.name
            for actor in token.name.actors
        ),
        proposals=proposals,
        reason=None if given else _why_nothing(seen, proposals),
    )


def _why_nothing(seen: Seen, proposals: Sequence[Proposal]) -> str:
    scene = seen.scene
    if proposals:
        return f"no reading is likely enough: {proposals[0].verdict}"
    if scene.tokens[-1].low == "?":
        return "a question tells of nothing"
    named = {actor for group in scene.groups for actor in group.actors}
    if not named:
        return "its actors have no part in what it tells"
    if len({*named, scene.speaker} - {None}) < 2 and scene.known is None:
        return f"{min(named)} stands alone, and nothing says who the other side is"
    if not scene.triggers:
        return "no word of the lexicon tells of a tie"
    words = dict.fromkeys(trigger.entry.lemma for trigger in scene.triggers)
    return f"no two actors stand where these words want them: {', '.join(words)}"


def _proposal(
    draft: Draft, voice: Voice, scene: Scene, claims: Sequence[Claim], threshold: float
) -> Proposal:
    trigger = draft.candidate.trigger
    is_claim, verdict = _judge(draft, claims, threshold)
    return Proposal(
        source=draft.source,
        target=draft.target,
        kind=str(draft.kind),
        negated=voice.negated,
        status=str(draft.voice.status),
        attributed_to=draft.voice.attributed_to,
        denied_by=draft.voice.denied_by,
        trigger=_words(scene, trigger.first, trigger.last),
        source_role=_role(draft.candidate.source),
        target_role=_role(draft.candidate.target),
        cues=tuple(_words(scene, at, at + 1) for at in _find_cues(scene, draft.candidate, voice)),
        chance=round(draft.chance, 3),
        is_claim=is_claim,
        verdict=verdict,
    )


def _words(scene: Scene, first: int, last: int) -> Span:
    return Span(start=scene.tokens[first].start, end=scene.tokens[last - 1].end)


def _role(relation: Relation) -> str:
    role = _ROLES.get(relation.name, relation.name)
    return f"{role} {relation.prep}" if role.endswith("behind") else role


def _judge(draft: Draft, claims: Sequence[Claim], threshold: float) -> tuple[bool, str]:
    same = [
        claim
        for claim in claims
        if (claim.source, claim.target, claim.kind) == (draft.source, draft.target, draft.kind)
        and (claim.negated, claim.over) == (draft.voice.negated, draft.over)
    ]
    for claim in same:
        if (claim.evidence.start, claim.evidence.end) == (draft.start, draft.end):
            return True, "a claim"
    for claim in same:
        if any((span.start, span.end) == (draft.start, draft.end) for span in claim.mentions):
            return False, f"mentioned by the claim {claim.id}, which tells the same"
    if same:
        return False, f"{draft.chance:.2f}; the claim {same[0].id} tells the same"
    return False, f"{draft.chance:.2f} is below {find_bar(draft, threshold):.2f}"


def _find_cues(scene: Scene, candidate: Candidate, voice: Voice) -> list[int]:
    """Tokens without which the voice would be plain: a smallest set, found by leaving words out."""
    plain = [
        at
        for at, token in enumerate(scene.tokens)
        if token.name is None and not candidate.trigger.first <= at < candidate.trigger.last
    ]
    gone = set(plain)
    aim = _hear_without(scene, candidate, gone)
    if aim == _sound(voice):
        return []
    # small words come back first, so that the telling ones stay: "believed" of "is believed to"
    for at in sorted(plain, key=lambda at: (scene.tokens[at].sort in {"word", "verb"}, at)):
        if _hear_without(scene, candidate, gone - {at}) == aim:
            gone.remove(at)
    return sorted(gone)


def _hear_without(scene: Scene, candidate: Candidate, gone: set[int]) -> tuple[object, ...]:
    tokens = [
        attrs.evolve(token, low=_GONE, sort="word") if at in gone else token
        for at, token in enumerate(scene.tokens)
    ]
    return _sound(Hearing(attrs.evolve(scene, tokens=tokens)).hear(candidate))


def _sound(voice: Voice) -> tuple[object, ...]:
    return (voice.negated, voice.status, voice.denied_by)
