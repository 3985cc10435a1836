"""Features of a candidate for the ranker of `syntax`: never a word, only how the parse joins it."""

import attrs

from alignwatch.extract._frames import Candidate
from alignwatch.extract._groups import Group
from alignwatch.extract._scene import Scene
from alignwatch.extract._syntax_parse import Parse
from alignwatch.extract._syntax_roles import (
    Argument,
    Role,
    find_arguments,
    find_role,
    head_word,
)
from alignwatch.extract._triggers import Trigger

__all__ = ["Syntax"]

_PREPS = frozenset({"in", "of", "with", "to", "from", "between", "by", "on", "against", "for"})
_NONE = Role(slot="implied", how="none", depth="none", steps=0, clauses=0)


@attrs.define(eq=False)
class Syntax:
    """The parse of one sentence, with what was asked of it already."""

    parse: Parse
    arguments: dict[tuple[int, int, bool], list[Argument]] = attrs.field(factory=dict)
    roles: dict[tuple[int, int, int, bool], Role] = attrs.field(factory=dict)

    def arguments_of(self, trigger: Trigger) -> list[Argument]:
        key = (trigger.first, trigger.last, trigger.is_verb)
        if key not in self.arguments:
            self.arguments[key] = find_arguments(self.parse, trigger)
        return self.arguments[key]

    def role_of(self, group: Group, trigger: Trigger) -> Role:
        key = (id(group), trigger.first, trigger.last, trigger.is_verb)
        if key not in self.roles:
            found = find_role(self.parse, self.arguments_of(trigger), group, trigger)
            self.roles[key] = found or _NONE
        return self.roles[key]

    def describe(self, scene: Scene, candidate: Candidate) -> list[str]:
        """Name the features of *candidate*."""
        trigger, part = candidate.trigger, candidate.trigger.entry.part
        top = head_word(self.parse, trigger.first, trigger.last)
        tag, label = self.parse.tags[top], self.parse.labels[top]
        found = [
            f"tag={tag}|{part}",
            f"hangs={label}|{part}",
        ]
        if candidate.doer is candidate.other:
            role = self.role_of(candidate.doer.group, trigger)
            name = _name(role)
            return [
                *found,
                f"r.self={name}|{part}",
                f"r.self.way={min(role.steps, 7)}|{min(role.clauses, 2)}",
                f"r.self.k={candidate.kind}|{role.slot != 'none'}",
            ]
        doer = self.role_of(candidate.doer.group, trigger)
        other = self.role_of(candidate.other.group, trigger)
        frame = trigger.entry.frame + part + ("P" if trigger.passive else "")
        two = f"{_coarse(doer)}>{_coarse(other)}"
        fits = (
            self._fit(scene, candidate, doer, _DOING),
            self._fit(scene, candidate, other, _UNDERGOING),
        )
        filled = f"{fits[0]}>{fits[1]}"
        found += [
            f"r.s={_name(doer)}|{part}",
            f"r.t={_name(other)}|{part}",
            f"r.two={two}|{frame}",
            f"r.k={candidate.kind}|{two}",
            f"r.s.agree={candidate.doer.name}|{_coarse(doer)}",
            f"r.t.agree={candidate.other.name}|{_coarse(other)}",
            f"r.s.way={min(doer.steps, 7)}|{min(doer.clauses, 2)}",
            f"r.t.way={min(other.steps, 7)}|{min(other.clauses, 2)}",
            f"r.fit={filled}|{part}",
            f"r.fit.weak={filled}|{part}|{trigger.entry.weak}",
            f"r.fit.rank={filled}|{part}|{candidate.rank}",
            f"r.fit.frame={filled}|{trigger.entry.frame}{part}",
            f"r.s.fit={fits[0]}|{_coarse(doer)}",
            f"r.t.fit={fits[1]}|{_coarse(other)}",
            f"r.clauses={min(doer.clauses + other.clauses, 3)}",
        ]
        return found

    def _fit(self, scene: Scene, candidate: Candidate, role: Role, slots: frozenset[str]) -> str:
        """Who fills the *slots* of a side: the phrase with *role*, others, a thing, nobody."""
        trigger = candidate.trigger
        pair = (candidate.doer.group, candidate.other.group)
        mine = pair[slots is _UNDERGOING]
        rivals = [
            group
            for group in scene.groups
            if group not in pair
            and group.first >= 0
            and _fills(self.role_of(group, trigger), slots)
        ]
        others = any(not {*group.actors} <= {*mine.actors} for group in rivals)
        if _fills(role, slots):
            return "shared" if others else "mine"
        if rivals:
            return "rival" if others else "same"
        return self._filler(trigger, slots)

    def _filler(self, trigger: Trigger, slots: frozenset[str]) -> str:
        """What fills *slots* where no actor does: a pronoun, a thing, nothing."""
        words = [one.word for one in self.arguments_of(trigger) if one.slot in slots]
        if not words:
            return "empty"
        tags, lows = self.parse.tags, self.parse.lows
        if lows[words[0]] in _FIRST_PERSON:
            return "we"
        return "pronoun" if tags[words[0]] == "PRON" else tags[words[0]]


_FIRST_PERSON = frozenset({"we", "us", "our", "i", "my"})
_DOING = frozenset({"agent", "owner", "modifier"})
_UNDERGOING = frozenset({"patient", "to", "with", "against", "on", "for", "of", "between", "from"})


def _fills(role: Role, slots: frozenset[str]) -> bool:
    return role.slot in slots and role.depth in {"self", "list", "part"}


def _coarse(role: Role) -> str:
    known = role.slot in _PREPS or role.slot in _NAMED
    return (role.slot if known else "prep") + _DEPTHS[role.depth]


_NAMED = frozenset({"agent", "patient", "owner", "modifier", "none", "implied", "controller"})
_DEPTHS = {"self": "", "list": "", "none": "", "part": "~", "inner": "~~", "clause": "~~"}


def _name(role: Role) -> str:
    return f"{_coarse(role)}/{role.how}"
