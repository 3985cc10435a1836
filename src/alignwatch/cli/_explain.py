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
        if edit.original:
            gone = _plain(edit.original)
            told.append(gone if colours else f"[-{gone}-]", "red strike")
        if edit.replacement:
            new = _plain(edit.replacement)
            told.append(new if colours else f"[+{new}+]", "green")
        told.append(f"{{{edit.rule}: {edit.reason}}}", "dim")
        at = edit.end
    told.append(_plain(raw[at:]).rstrip("\n"))
    if colours:
        console.print(told)
    else:
        sys.stdout.write(told.plain + "\n")


def _plain(text: str) -> str:
    return text.translate(_CONTROLS)
