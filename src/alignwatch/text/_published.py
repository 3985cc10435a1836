"""Dates that a page declares, as ISO 8601, as precise as they are given."""

import re
from datetime import date, datetime

__all__ = ["published_from_url", "read_published"]

# 2023-12-22, 2023-12-22T10:05:00.123+0100, 2023/12/22 10:05, 20231222
_ISO = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:([-/.])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))"
    r"(?!\d)"
    r"(?:[T\s]{1,3}(\d\d):(\d\d)(?::(\d\d))?(?:\.\d{1,9})?\s?(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?"
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("january jan januar janvier enero", "february feb februar février febrero"),
            *("march mar märz mars marzo", "april apr avril abril", "may mai mayo"),
            *("june jun juni juin junio", "july jul juli juillet julio"),
            *("august aug août agosto", "september sep sept septembre septiembre"),
            *("october oct oktober okt octobre octubre", "november nov novembre noviembre"),
            "december dec dezember dez décembre diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
# December 22, 2023 / Dec. 22nd 2023
_MONTH_FIRST = re.compile(
    rf"\b({_MONTH})\.?\s{{1,3}}(\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
# 22 December 2023 / 22. Dezember 2023 / 22 de diciembre de 2023
_DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th|\.|er)?\s{{1,3}}(?:de\s)?({_MONTH})\.?,?\s{{1,3}}(?:de\s)?((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
# 22.12.2023 (a dot never stands in the American order)
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)(?!\d)")
# /2023/12/22/  /2023-12-22-  /20231222/
_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")


def read_published(text: str | None) -> str | None:
    """Give the first date in *text* as ISO 8601 (with the time where it is given), else None.

    A date whose order of day and month is unknown ("03/04/2024") is not read.
    """
    if not text:
        return None
    text = text[:300]
    iso = _ISO.search(text)
    if iso:
        return _from_iso(iso)
    named = _MONTH_FIRST.search(text)
    if named:
        return _day(named[3], _MONTHS[named[1].casefold()], named[2])
    named = _DAY_FIRST.search(text)
    if named:
        return _day(named[3], _MONTHS[named[2].casefold()], named[1])
    dotted = _DOTTED.search(text)
    if dotted:
        return _day(dotted[3], int(dotted[2]), dotted[1])
    return None


def published_from_url(url: str | None) -> str | None:
    """Give the day that stands in the path of *url*, as in ``/2023/12/22/story``, else None."""
    found = _IN_URL.search(url or "")
    return _day(found[1], int(found[2]), found[3]) if found else None


def _day(year: str, month: int, day: str) -> str | None:
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return None


def _from_iso(found: "re.Match[str]") -> str | None:
    month, day = (found[3], found[4]) if found[3] else (found[5], found[6])
    on = _day(found[1], int(month), day)
    if on is None or found[7] is None:
        return on
    zone = (found[10] or "").replace("UTC", "Z").replace("GMT", "Z")
    if len(zone) == 5:
        zone = f"{zone[:3]}:{zone[3:]}"
    at = f"{on}T{found[7]}:{found[8]}:{found[9] or '00'}{zone}"
    try:
        datetime.fromisoformat(at)
    except ValueError:
        return on
    return at
