"""What is told without a verb of saying: beliefs, convictions, charges, claims of somebody."""

from collections.abc import Iterator

from alignwatch.extract._report import Report, find_zone_end
from alignwatch.extract._scene import Scene
from alignwatch.extract._speakers import find_subject, is_adverb

__all__ = ["hold_responsible", "is_believed", "tell_belief", "tell_by_noun", "tell_conviction"]

_HOLDING = 8
_TOLD = frozenset({"that", "of", "about"})
_PAST = frozenset({"said", "thought", "understood", "held"})


def is_believed(scene: Scene, at: int) -> bool:
    """Whether a participle tells what others believe: "is believed to", "said to have"."""
    tokens = scene.tokens
    following = scene.lows(at + 1, at + 3)
    if following[:1] == ["of"]:
        return tokens[at].low in {"accused", "suspected"}
    if following[:1] == ["by"] and tokens[at].low in {"accused", "suspected", "blamed"}:
        return True  # "X, accused by Y of ..."
    before = at - 1
    while before >= 0 and is_adverb(tokens[before]):
        before -= 1
    be = before >= 0 and tokens[before].low in scene.lexicon.words["grammar.be"]
    if be:
        return following[:1] in (["to"], ["that"], ["by"], ["for"], ["as"])
    past = tokens[at].low.endswith("ed") or tokens[at].low in _PAST
    return past and following[:1] == ["to"] and following[1:] in (["be"], ["have"])


def tell_belief(scene: Scene, at: int) -> Report:
    agent = next((g for g in scene.groups if g.prep == "by" and at < g.prep_at <= at + 1), None)
    return Report(
        speakers=agent.actors if agent is not None else (),
        first=at + 1 if agent is None else agent.last,
        last=find_zone_end(scene, at + 1),
        alleging=True,
        at=at,
        teller=agent,
    )


def tell_conviction(scene: Scene, at: int) -> Iterator[Report]:
    """What somebody is "convinced that"."""
    subject = find_subject(scene, at)
    if subject is not None:
        yield Report(
            speakers=subject.names,
            first=at + 1,
            last=find_zone_end(scene, at + 1),
            alleging=True,
            at=at,
            teller=subject.group,
        )


def hold_responsible(scene: Scene, at: int) -> Report | None:
    """Who "holds X responsible" for what."""
    for place in range(at - 1, max(0, at - _HOLDING), -1):
        if scene.tokens[place].low in {"hold", "holds", "held", "holding"}:
            subject = find_subject(scene, place)
            if subject is None:
                return None
            last = find_zone_end(scene, at + 1)
            return Report(
                speakers=subject.names,
                first=at + 1,
                last=last,
                alleging=True,
                at=place,
                teller=subject.group,
            )
    return None


def tell_by_noun(scene: Scene, at: int) -> Iterator[Report]:
    """What a noun tells: "X's claim that ...", "reports by X of ..."."""
    following = scene.lows(at + 1, at + 2)
    owner = next((g for g in scene.groups if g.core <= at < max(g.last, g.core + 3)), None)
    names: tuple[str, ...] = ()
    first = at + 1
    if following == ["by"]:
        agent = next((g for g in scene.groups if g.prep_at == at + 1), None)
        if agent is None:
            return
        names, first, owner = agent.actors, agent.last, agent
        following = scene.lows(first, first + 1)
    elif owner is not None and (owner.poss or owner.form == "demonym"):
        between = scene.tokens[owner.core : at]
        if all(token.sort in {"word", "cap"} for token in between):
            names = owner.actors
    if following and following[0] in _TOLD:
        yield Report(
            speakers=names,
            first=first,
            last=find_zone_end(scene, first),
            alleging=True,
            at=at,
            teller=owner if names else None,
        )
