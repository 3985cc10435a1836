"""Triggers that tell of somebody else than the actors around them."""

from collections.abc import Sequence

from alignwatch.extract._groups import Group
from alignwatch.extract._relations import Relation
from alignwatch.extract._scene import Scene
from alignwatch.extract._triggers import Trigger
from alignwatch.model import Kind

__all__ = ["find_asked", "has_outer_side", "is_company"]

_OBJECTS = frozenset({"obj", "oposs"})


def is_company(scene: Scene, trigger: Trigger) -> bool:
    """Whether the trigger names unnamed others: "the United States and its allies"."""
    tokens, first, last = scene.tokens, trigger.first, trigger.last
    return (
        trigger.entry.part == "n"
        and trigger.kind in _COMPANY
        and first > 2
        and tokens[first - 1].low in {"its", "their"}
        and tokens[first - 2].low in {"and", "or"}
        and tokens[first - 3].sort == "actor"
        and (last >= len(tokens) or tokens[last].sort not in {"actor", "prep"})
    )


_COMPANY = frozenset({Kind.PARTNERSHIP, Kind.SUPPORT, Kind.RIVALRY})


def has_outer_side(scene: Scene, trigger: Trigger, relations: Sequence[Relation]) -> bool:
    """Whether a list opposes somebody together: "X and Y's challenge to Z", "X and Y oppose Z"."""
    if trigger.kind is not Kind.RIVALRY:
        return False
    if trigger.is_verb:
        return any(
            relation.name in _OBJECTS and relation.distance <= 1 and not relation.barriers
            for relation in relations
        )
    tokens, last = scene.tokens, trigger.last
    ends = tokens[last - 1].low in _AGAINST
    return ends or (last < len(tokens) and tokens[last].low in _AGAINST)


_AGAINST = frozenset({"to", "for", "against", "towards", "toward"})


_NEAR = 3
"""Tokens between who is asked and the word that asks."""

_ASKING = frozenset({Kind.DEMAND, Kind.THREAT})


def find_asked(scene: Scene, trigger: Trigger) -> Group | None:
    """Who is asked to do what the trigger tells: "X urged Y to lift sanctions on Z"."""
    at = trigger.first - 1
    if not trigger.is_verb or at < 1 or scene.tokens[at].low != "to":
        return None
    for group in scene.groups:
        if group.last == at:
            asks = (t.kind in _ASKING and 0 <= group.first - t.last < _NEAR for t in scene.triggers)
            return group if any(asks) else None
    return None
