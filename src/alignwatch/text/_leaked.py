"""Style and script text that leaked out of a page into its article."""

import re
from collections.abc import Iterator

from alignwatch.text._draft import Change, Draft

__all__ = ["find_leaked_code"]

_RULE = "leaked-code"
_MOST_LEAKED = 3
_LONGEST_LINE = 5_000
_END = frozenset(";{})]")
# beginnings: a name of the browser's, a variable, a function that calls itself
_SCRIPT = re.compile(
    r"(?:(?:window|document|googletag|dataLayer|jQuery|self)\s?[.(\[=]"
    r"|(?:var|let|const) [\w$]{1,40} ?=|[(!]?function\s?[\w$]{0,40}\()"
)
# beginnings: a selector with its first property, a rule for a kind of screen
_STYLE = re.compile(
    r"(?:@(?:media|import|font-face|keyframes|charset)\b|[^{}]{1,80}\{\s{0,9}[\w-]{2,40}\s?:)"
)


def find_leaked_code(draft: Draft) -> Iterator[Change]:
    """Drop lines of script or style; a text with several of them is about code, and keeps them."""
    if "(" not in draft.text and "{" not in draft.text and "=" not in draft.text:
        return
    found = [at for at, line in enumerate(draft.lines) if _is_code(line.text)]
    if len(found) <= _MOST_LEAKED and 2 * len(found) <= len(draft.lines):
        for at in found:
            yield draft.remove(_RULE, at)


def _is_code(text: str) -> bool:
    if text[-1:] not in _END or len(text) > _LONGEST_LINE:
        return False
    return _SCRIPT.match(text) is not None or (text[-1] == "}" and _STYLE.match(text) is not None)
