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
        for piece in self._pieces:
            edit = self._to_edit(piece)
            if edit is None:
                continue
            before = made[-1] if made else None
            if (
                before is not None
                and before.end == edit.start
                and (edit.start == edit.end or (before.rule == edit.rule and not edit.replacement))
            ):
                made[-1] = attrs.evolve(
                    before,
                    end=edit.end,
                    original=before.original + edit.original,
                    replacement=before.replacement + edit.replacement,
                )
            else:
                made.append(edit)
        return tuple(made)

    def _to_edit(self, piece: _Piece) -> Edit | None:
        if piece.now is None:
            return None
        start, end, now = piece.start, piece.end, piece.now
        limit = min(end - start, len(now))
        same = 0
        while same < limit and self._raw[start + same] == now[same]:
            same += 1
        start, now, limit = start + same, now[same:], limit - same
        same = 0
        while same < limit and self._raw[end - 1 - same] == now[len(now) - 1 - same]:
            same += 1
        end, now = end - same, now[: len(now) - same]
        if start == end and not now:
            return None
        return Edit(
            start=start,
            end=end,
            original=self._raw[start:end],
            replacement=now,
            rule=piece.rule,
            reason=piece.reason,
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
