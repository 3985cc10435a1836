"""Which of several leaders of one name is meant, by terms of office and the article's day."""

from collections.abc import Sequence

from alignwatch.extract._meanings import Meaning

__all__ = ["choose_leader", "serving_leader"]

_CHANGEOVER_DAYS = 90
_EARLY_DAYS = 400


def _serves(leader: Meaning, day: int, slack_days: int = 0) -> bool:
    return any(since - slack_days <= day <= until + slack_days for since, until in leader.terms)


def serving_leader(leaders: Sequence[Meaning], day: int | None) -> Meaning | None:
    """Give the one in office on *day* (or within 90 days of it), without a day the latest."""
    if day is None:
        return max(leaders, key=lambda leader: leader.terms[-1], default=None)
    for slack_days in (0, _CHANGEOVER_DAYS):
        for leader in leaders:
            if _serves(leader, day, slack_days):
                return leader
    return None


def choose_leader(leaders: Sequence[Meaning], day: int | None) -> Meaning | None:
    """Give whom a short name means: the one in office, else the last one before.

    None where that leaves leaders of several actors, or where nobody of that name was known yet
    (more than 400 days before a first term).
    """
    if day is None:
        known = [leader for leader in leaders if not leader.is_guarded] or list(leaders)
        alone = len({leader.actor_id for leader in leaders}) == 1 or known != list(leaders)
        return serving_leader(known, None) if alone else None
    serving = [leader for leader in leaders if _serves(leader, day, _CHANGEOVER_DAYS)]
    if serving:
        alone = len({leader.actor_id for leader in serving}) == 1
        return serving_leader(serving, day) if alone else None
    past = [leader for leader in leaders if leader.terms[0][0] - _EARLY_DAYS <= day]
    return past[-1] if len({leader.actor_id for leader in past}) == 1 else None
