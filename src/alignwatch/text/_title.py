"""The title of an article, out of what its page declares and what it shows."""

from collections.abc import Sequence

from alignwatch.text._draft import words_of

__all__ = ["choose_title", "keys_of", "letters_of"]

_MARKS = (" | ", " - ", " \u2013 ", " \u2014 ", " · ", " :: ", " « ", " » ")
_MARK_CHARS = "".join(mark.strip() for mark in _MARKS)
_MOST_SECTION_WORDS = 3
_MOST_LABEL_CHARS = 24
_MOST_CHARS = 300
_MOST_HEADING_CHARS = 220
_LEAST_ALIKE = 0.3
_LEAST_HEAD_CHARS = 10


def choose_title(
    declared: Sequence[str], *, headings: Sequence[str], site: str | None, linked: bool = False
) -> str | None:
    """Give the headline that readers see; what is declared is often cut, or made for search.

    The first of *declared* comes from linked data if *linked*: then a short heading that shares
    next to no word with any of them is the name of a section.
    """
    titles = [_without_site(title[:_MOST_CHARS], site) for title in declared]
    shown = [_without_site(one, site) for one in headings if _may_be_title(one, site)]
    alike = max(shown, key=lambda heading: _likeness(heading, titles), default=None)
    if alike is not None and (
        _likeness(alike, titles) >= _LEAST_ALIKE
        or (len(shown) == 1 and not (linked and len(alike.split()) <= _MOST_SECTION_WORDS))
    ):
        # a label before the headline ("Opinion", "Sports |") is none of its words
        sure = titles[:1] if linked else titles
        whole = letters_of(alike) in {letters_of(title) for title in sure}
        bare = (title for title in titles if not whole and _is_labelled(alike, title))
        return next(bare, alike)
    first = next(iter((*titles, *shown)), None)
    # what is cut off in one place often stands whole in another
    longer = (title for title in titles if first and _goes_on(title, first))
    return max(longer, key=len, default=first)


def _goes_on(title: str, first: str) -> bool:
    rest = title[len(first) :].lstrip()
    return title.startswith(first) and rest[:1] not in _MARK_CHARS


def letters_of(text: str) -> str:
    """Give the letters and digits of *text* in lower case, to compare names by."""
    return "".join(char for char in text.casefold() if char.isalnum())


def keys_of(text: str) -> set[str]:
    """Give the words of a headline, or its characters where its script sets no spaces."""
    words = words_of(text)
    return set(words) if len(words) > 2 or text.isascii() else set("".join(words))


def _is_labelled(heading: str, title: str) -> bool:
    label = len(heading) - len(title)
    return 0 < label <= _MOST_LABEL_CHARS and heading.casefold().endswith(" " + title.casefold())


def _may_be_title(heading: str, site: str | None) -> bool:
    if heading.casefold().endswith(" logo") or len(heading) > _MOST_HEADING_CHARS:
        return False
    # one word is a section's name, but for scripts that set no spaces
    is_phrase = " " in heading or (not heading.isascii() and len(heading) >= _LEAST_HEAD_CHARS)
    return is_phrase and (site is None or letters_of(heading) != letters_of(site))


def _likeness(heading: str, titles: Sequence[str]) -> float:
    """Give the largest share of words that *heading* has in common with a declared title."""
    mine = keys_of(heading)
    shares = (
        len(mine & theirs) / max(1, min(len(mine), len(theirs)))
        for theirs in (keys_of(title) for title in titles)
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
