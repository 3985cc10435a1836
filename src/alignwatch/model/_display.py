"""How a notebook shows values: by views that another package registers."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

__all__ = ["Displayed", "register_html_view"]

_VIEWS: dict[type, Callable[[Any], str]] = {}
_HOME = "alignwatch.report"
"""Registers the views when it is imported; by name, since the model knows nothing of it."""


class Displayed:
    """A value that notebooks show as HTML; the view is loaded when the first one is shown."""

    __slots__ = ()

    def _repr_html_(self) -> str | None:
        """Give the view of the value, None where there is none; notebooks call it."""
        if not _VIEWS:
            import_module(_HOME)
        view = next((_VIEWS[one] for one in type(self).__mro__ if one in _VIEWS), None)
        return view and view(self)


def register_html_view(shown: type, view: Callable[[Any], str]) -> None:
    """Let notebooks show values of type *shown* as the HTML that *view* gives.

    A later view takes the place of an earlier one. What *view* gives must have every text escaped.
    """
    _VIEWS[shown] = view
