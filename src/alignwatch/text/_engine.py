"""Finders, round after round, until none asks for anything."""

from collections.abc import Iterable, Mapping, Sequence

import attrs

from alignwatch.model import Article, Edit
from alignwatch.text._draft import Change, Draft
from alignwatch.text._ledger import Ledger, Order
from alignwatch.text._rule import Finder, Rule, Stage

__all__ = ["Cleaned", "apply_rules"]

_MOST_ROUNDS = 24
_BETWEEN_LINES = "blank-lines"


@attrs.frozen(kw_only=True)
class Cleaned:
    """The clean draft, the edits that made it, and the rules that found something.

    `restless` are rules that would not come to rest; then the draft is the raw text.
    """

    draft: Draft
    edits: tuple[Edit, ...] = ()
    used: frozenset[str] = frozenset()
    restless: frozenset[str] = frozenset()


def apply_rules(article: Article, stages: Sequence[Stage], rules: Mapping[str, Rule]) -> Cleaned:
    """Apply the rules until none finds anything.

    Only changes of *rules* are made. A round is all stages in turn, each on the text that the one
    before it left. The result is a fixpoint: applying the rules to it changes nothing. A text on
    which they do not come to rest within 24 rounds (no natural one) is left as it is, and the
    rules that asked in the last round are named.
    """
    ledger = Ledger(article.text)
    used: set[str] = set()
    draft = Draft(ledger.text, article)
    # the text on which each stage found nothing: it would find nothing there again
    rests: list[str | None] = [None] * len(stages)
    asked: set[str] = set()
    for _ in range(_MOST_ROUNDS):
        asked.clear()
        for at, stage in enumerate(stages):
            if rests[at] is draft.text:
                continue
            orders = _ask(draft, stage.finders, rules)
            if not orders:
                rests[at] = draft.text
                continue
            asked.update(order.rule for order in orders)
            ledger.apply(orders)
            before, draft = draft.text, draft.rewritten(ledger.text)
            if all(order.rule == _BETWEEN_LINES for order in orders):
                for other, unmoved in enumerate(stages):
                    if rests[other] is before and not unmoved.sees_blanks:
                        rests[other] = draft.text
        used |= asked
        if all(rest is draft.text for rest in rests):
            return Cleaned(draft=draft, edits=ledger.edits(), used=frozenset(used))
    return Cleaned(draft=Draft(article.text, article), restless=frozenset(asked))


def _ask(draft: Draft, finders: Sequence[Finder], rules: Mapping[str, Rule]) -> list[Order]:
    """Ask every finder once. What an earlier one changes, a later one does not touch."""
    orders: list[Order] = []
    for find in finders:
        wanted = [change for change in find(draft) if change.rule in rules]
        changes = _free(wanted, orders, draft.text) if wanted else wanted
        if not changes:
            continue
        orders += [
            Order(c.start, c.end, c.replacement, c.rule, rules[c.rule].reason) for c in changes
        ]
        orders.sort(key=lambda order: (order.start, order.end))
        draft = draft.without(changes)
    return orders


def _free(changes: Iterable[Change], orders: Sequence[Order], text: str) -> list[Change]:
    """Give the changes that touch no order and no change before them, in the text's order."""
    free: list[Change] = []
    end, at = -1, 0
    for change in sorted(changes, key=lambda change: (change.start, change.end)):
        if text[change.start : change.end] == change.replacement:
            continue
        while at < len(orders) and orders[at].end < change.start:
            at += 1
        if not _clashes(change.start, change.end, end, orders, at):
            free.append(change)
            end = change.end
    return free


def _clashes(start: int, end: int, taken: int, orders: Sequence[Order], at: int) -> bool:
    """Whether a character is wanted twice, or two insertions at one place."""
    if start < taken or start == taken == end:
        return True
    while at < len(orders) and orders[at].start <= end:
        order = orders[at]
        both_wide = order.start < order.end and start < end
        if not both_wide or (order.start < end and start < order.end):
            return True
        at += 1
    return False
