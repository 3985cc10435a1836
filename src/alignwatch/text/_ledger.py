"""Rounds of changes to a text, told as edits of the raw text."""

from collections.abc import Iterable, Iterator, Sequence

import attrs

from alignwatch.model import Edit

__all__ = ["Ledger", "Order"]


@attrs.frozen
class Order:
    """A change of the current text that is decided, with the rule that asked for it."""

    start: int
    end: int
    replacement: str
    rule: str
    reason: str


@attrs.frozen
class _Piece:
    """A stretch of the raw text, and what stands for it now (None: it stands as it was)."""

    start: int
    end: int
    now: str | None
    rule: str = ""
    reason: str = ""

    def __len__(self) -> int:
        return self.end - self.start if self.now is None else len(self.now)


class Ledger:
    """The raw text, the text that it has become, and how.

    `text` is the raw text with all that was applied.
    """

    def __init__(self, raw: str) -> None:
        self.text = raw
        self._raw = raw
        self._pieces: list[_Piece] = [_Piece(0, len(raw), None)]

    def apply(self, orders: Sequence[Order]) -> None:
        """Apply *orders*, sorted and apart, whose offsets count in `text`."""
        parts, at = [], 0
        for order in orders:
            parts += [self.text[at : order.start], order.replacement]
            at = order.end
        parts.append(self.text[at:])
        self._pieces = list(_rewrite(self._pieces, orders))
        self.text = "".join(parts)

    def edits(self) -> tuple[Edit, ...]:
        """Give the edits that turn the raw text into `text`, each as small as it can be."""
        made: list[Edit] = []
        group: list[Edit] = []
        for piece in self._pieces:
            if piece.now is None:
                continue
            original = self._raw[piece.start : piece.end]
            edit = _trim(piece.start, original, piece.now, piece)
            if edit is None:
                continue
            if group and not _belongs(edit, group):
                _close(group, made)
                group = []
            group.append(edit)
        _close(group, made)
        return tuple(made)


def _belongs(edit: Edit, group: Sequence[Edit]) -> bool:
    """Whether the edit goes on where *group* ends, as an insertion or for the same reason."""
    if group[-1].end != edit.start:
        return False
    return edit.start == edit.end or (group[0].rule == edit.rule and not edit.replacement)


def _close(group: Sequence[Edit], made: list[Edit]) -> None:
    """Add the edits of *group* to *made* as one; together they may leave less to tell, or none."""
    if len(group) > 1:
        original = "".join(edit.original for edit in group)
        now = "".join(edit.replacement for edit in group)
        group = [edit for edit in (_trim(group[0].start, original, now, group[0]),) if edit]
    for edit in group:
        if made and made[-1].end == edit.start == edit.end:
            _close([made.pop(), edit], made)
        else:
            made.append(edit)


def _trim(start: int, original: str, now: str, why: _Piece | Edit) -> Edit | None:
    """Give the edit without what stays the same at its ends, None where that is all of it."""
    first, last, limit = 0, 0, min(len(original), len(now))
    while first < limit and original[first] == now[first]:
        first += 1
    while last < limit - first and original[-1 - last] == now[-1 - last]:
        last += 1
    original, now = original[first : len(original) - last], now[first : len(now) - last]
    if not original and not now:
        return None
    return Edit(
        start=start + first,
        end=start + first + len(original),
        original=original,
        replacement=now,
        rule=why.rule,
        reason=why.reason,
    )


def _rewrite(pieces: Iterable[_Piece], orders: Sequence[Order]) -> Iterator[_Piece]:
    """Walk pieces and orders side by side; both are sorted, so each is met once."""
    queue = iter(pieces)
    piece = next(queue, None)
    at = 0  # where `piece` begins in the current text
    raw_end = 0
    for order in orders:
        while (
            piece is not None
            and at + len(piece) <= order.start
            and (len(piece) or at < order.start)
        ):
            yield piece
            raw_end = piece.end
            at += len(piece)
            piece = next(queue, None)
        if piece is not None and at < order.start:
            left, piece = _split(piece, order.start - at)
            yield left
            raw_end = left.end
            at = order.start
        met: list[_Piece] = []
        while piece is not None and at + len(piece) <= order.end and (len(piece) or at < order.end):
            met.append(piece)
            at += len(piece)
            piece = next(queue, None)
        if piece is not None and at < order.end:
            left, piece = _split(piece, order.end - at)
            met.append(left)
            at = order.end
        raw_start = piece.start if piece is not None and not met else raw_end
        raw_end = met[-1].end if met else raw_end
        yield from _replace(met, order, raw_start)
    while piece is not None:
        yield piece
        piece = next(queue, None)


def _split(piece: _Piece, at: int) -> tuple[_Piece, _Piece]:
    if piece.now is None:
        middle = piece.start + at
        return _Piece(piece.start, middle, None), _Piece(middle, piece.end, None)
    # the raw stretch goes with the first half: the second becomes an insertion behind it
    return (
        _Piece(piece.start, piece.end, piece.now[:at], piece.rule, piece.reason),
        _Piece(piece.end, piece.end, piece.now[at:], piece.rule, piece.reason),
    )


def _replace(met: list[_Piece], order: Order, at: int) -> Iterator[_Piece]:
    if not order.replacement:
        for piece in met:
            if piece.now == "" and piece.start < piece.end:
                yield piece
            elif piece.start < piece.end:
                yield _Piece(piece.start, piece.end, "", order.rule, order.reason)
        return
    start, end = (met[0].start, met[-1].end) if met else (at, at)
    yield _Piece(start, end, order.replacement, order.rule, order.reason)
