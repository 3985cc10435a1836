"""The title of an article, out of what its page declares and what it shows."""

from collections.abc import Sequence

from alignwatch.text._draft import words_of

__all__ = ["choose_title", "letters_of"]

_MOST_LABEL_CHARS = 24
_MOST_TITLE_CHARS = 300
_LEAST_ALIKE = 0.3
_LEAST_HEAD_CHARS = 10
_MARKS = (" | ", " - ", " \u2013 ", " \u2014 ", " · ", " :: ", " « ", " » ")


def choose_title(
    declared: Sequence[str], *, headings: Sequence[str], site: str | None
) -> str | None:
    """Give the headline that readers see; what is declared is often cut, or made for search."""
    titles = [_without_site(title[:_MOST_TITLE_CHARS], site) for title in declared]
    shown = [heading for heading in headings if _may_be_title(heading, site)]
    alike = max(shown, key=lambda heading: _likeness(heading, titles), default=None)
    if alike is not None and (_likeness(alike, titles) >= _LEAST_ALIKE or len(shown) == 1):
        # a label before the headline ("Opinion", "Sports |") is none of its words
        bare = (title for title in titles if _is_labelled(alike, title))
        return next(bare, alike)
    return next(iter((*titles, *shown)), None)


def letters_of(text: str) -> str:
    """Give the letters and digits of *text* in lower case, to compare names by."""
    return "".join(char for char in text.casefold() if char.isalnum())


def _is_labelled(heading: str, title: str) -> bool:
    label = len(heading) - len(title)
    return 0 < label <= _MOST_LABEL_CHARS and heading.casefold().endswith(" " + title.casefold())


def _may_be_title(heading: str, site: str | None) -> bool:
    if heading.casefold().endswith(" logo") or len(heading) > _MOST_TITLE_CHARS:
        return False
    return " " in heading and (site is None or letters_of(heading) != letters_of(site))


def _likeness(heading: str, titles: Sequence[str]) -> float:
    """Give the largest share of words that *heading* has in common with a declared title."""
    mine = set(words_of(heading))
    shares = (
        len(mine & theirs) / max(1, min(len(mine), len(theirs)))
        for theirs in (set(words_of(title)) for title in titles)
    )
    return max(shares, default=0.0)


def _without_site(title: str, site: str | None) -> str:
    """Cut the site's name off: "Two States Sign | Example News"."""
    for mark in _MARKS:
        head, found, tail = title.rpartition(mark)
        while found and len(head) >= _LEAST_HEAD_CHARS and _is_site(mark, head, tail, site):
            title = head
            head, found, tail = title.rpartition(mark)
    return title


def _is_site(mark: str, head: str, tail: str, site: str | None) -> bool:
    name, known = letters_of(tail), letters_of(site or "")
    if name and known and (name in known or known in name):
        return True
    return mark == " | " and len(tail) < 0.5 * len(head)
