"""How sources are doing, judged by their own past."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from itertools import groupby

import attrs

from alignwatch.model import Health
from alignwatch.store import Run

__all__ = ["Diagnosis", "SourceState", "judge_health"]

_LOOKED_BACK = 20
"""Runs of a source that count as its past."""
_ENOUGH = 3
"""Runs that make a habit."""


class SourceState(StrEnum):
    """How a source is doing."""

    OK = "ok"
    QUIET = "quiet"
    BLOCKED = "blocked"
    BROKEN = "broken"
    WAITING = "waiting"


@attrs.frozen(kw_only=True)
class Diagnosis:
    """How one source did in its last run, and why it is said to have."""

    source: str
    state: SourceState
    why: str


def judge_health(runs: Iterable[Run]) -> tuple[Diagnosis, ...]:
    """Tell of each source in *runs*, oldest first, how it is doing; by name.

    - ``blocked``: at least half of what was asked for was refused: by robots.txt or a reservation,
      or by a challenge, a paywall or a ban, whatever the status.
    - ``broken``: at least half of what was asked for failed otherwise, and more than was usual; or
      nothing was found, where something was found in each of three runs or more before.
    - ``quiet``: nothing new, without a failure that would explain it.
    - ``waiting``: nothing was asked for, for want of a budget or because it rests after failures.
    - ``ok``: something new was stored.

    Only runs that ended count, and the last twenty of each source before its last one are its past.
    """
    by_source: dict[str, list[Health]] = {}
    for run in runs:
        for health in run.health if run.finished_at is not None else ():
            by_source.setdefault(health.source, []).append(health)
    return tuple(
        _judge(by_source[name][-1], by_source[name][-_LOOKED_BACK - 1 : -1])
        for name in sorted(by_source)
    )


def _judge(last: Health, past: Sequence[Health]) -> Diagnosis:
    for judge in (_is_blocked, _is_broken, _is_waiting, _is_quiet):
        state, why = judge(last, past)
        if why:
            return Diagnosis(source=last.source, state=state, why=why)
    return Diagnosis(source=last.source, state=SourceState.OK, why=f"{last.stored} new")


def _read(health: Health) -> int:
    return health.stored + health.unchanged


def _is_blocked(last: Health, past: Sequence[Health]) -> tuple[SourceState, str]:
    turned_away = last.blocked + last.refused
    asked = _read(last) + last.failed
    if turned_away and 2 * turned_away >= asked:
        usual = _usual_share(past, lambda health: health.blocked + health.refused)
        before = "" if usual is None else f", {usual:.0%} were usual before"
        by_whom = f"({last.blocked} by the site, {last.refused} by rule)"
        why = f"{turned_away} of {asked} pages were refused {by_whom}{before}"
        return SourceState.BLOCKED, why
    return SourceState.BLOCKED, ""


def _is_broken(last: Health, past: Sequence[Health]) -> tuple[SourceState, str]:
    state = SourceState.BROKEN
    asked = _read(last) + last.failed
    if last.failed and 2 * last.failed >= asked:
        usual = _usual_share(past, lambda health: health.failed)
        if usual is None or last.failed / asked > 1.5 * usual:
            before = "" if usual is None else f", {usual:.0%} were usual before"
            empty = f", {last.empty} of them without text" if last.empty else ""
            return state, f"{last.failed} of {asked} failed{empty}{before}"
    # a listing that says that nothing changed says nothing of how much it lists
    found = [
        health.discovered
        for health in past
        if not health.postponed and not health.unchanged_listings
    ]
    is_silent = not (last.discovered or last.failed or last.postponed or last.unchanged_listings)
    if is_silent and len(found) >= _ENOUGH and min(found) > 0:
        return state, f"nothing was found, and at least {min(found)} in each run before"
    return state, ""


def _usual_share(past: Sequence[Health], count: Callable[[Health], int]) -> float | None:
    """Give the middle of the shares that *count* tells, None where no run asked for anything."""
    shares = sorted(
        count(health) / (_read(health) + health.failed)
        for health in past
        if _read(health) + health.failed
    )
    return shares[len(shares) // 2] if shares else None


def _is_waiting(last: Health, _: Sequence[Health]) -> tuple[SourceState, str]:
    is_waiting = last.postponed and not (_read(last) or last.failed)
    return SourceState.WAITING, f"{last.postponed} left for another run" if is_waiting else ""


def _is_quiet(last: Health, past: Sequence[Health]) -> tuple[SourceState, str]:
    if last.stored:
        return SourceState.QUIET, ""
    silences = [
        len(tuple(run))
        for has_news, run in groupby((*past, last), key=lambda health: health.stored > 0)
        if not has_news
    ]
    why = "nothing new" + (f" in {silences[-1]} runs" if silences[-1] > 1 else "")
    if len(silences) > 1 and silences[-1] > 2 * max(silences[:-1]):
        why += f", and never for more than {max(silences[:-1])} before: look at it"
    return SourceState.QUIET, why
