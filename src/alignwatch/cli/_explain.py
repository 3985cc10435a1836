"""What cleaning removed, shown in the text where it stood."""

import sys

from rich.console import Console
from rich.text import Text

from alignwatch.model import Document

__all__ = ["print_explained"]

# a text must not steer the terminal
_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), "\ufffd")


def print_explained(document: Document) -> None:
    """Print the raw text with each change marked: in colour on a terminal, elsewhere by brackets.

    ``[-gone-]`` was removed, ``[+new+]`` put in its place, ``{rule: reason}`` tells why.
    """
    raw, at = document.restore(), 0
    console = Console(file=sys.stdout, highlight=False, soft_wrap=True)
    colours = console.is_terminal and console.color_system is not None
    told = Text()
    for edit in document.removed:
        told.append(_plain(raw[at : edit.start]))
        # the reason stands in the line that it is about, before the breaks that went with it
        body = edit.original.rstrip("\n")
        breaks = edit.original[len(body) :]
        if colours:
            told.append(_visible(body) if body else "\u23ce" * len(breaks), "red strike")
            told.append(_visible(edit.replacement), "green")
        else:
            told.append(f"[-{_plain(edit.original)}-]" if edit.original else "")
            told.append(f"[+{_plain(edit.replacement)}+]" if edit.replacement else "")
        told.append(f"{{{edit.rule}: {edit.reason}}}", "dim")
        told.append(breaks if colours else "")
        at = edit.end
    told.append(_plain(raw[at:]).rstrip("\n"))
    if colours:
        console.print(told)
    else:
        sys.stdout.write(told.plain + "\n")


def _visible(text: str) -> str:
    """Give white space that stands alone a sign: nobody sees the colour of a space."""
    plain = _plain(text)
    return plain if plain.strip() else plain.replace(" ", "\u2423").replace("\n", "\u23ce\n")


def _plain(text: str) -> str:
    return text.translate(_CONTROLS)
