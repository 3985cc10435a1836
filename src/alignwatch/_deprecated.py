"""How a name, a parameter or a value goes: with a warning for one minor version at least.

The reference page marks what is decorated here, `tools/release.py` notes it, and a test refuses
that a public name goes which the release before did not mark.
"""

import functools
import warnings
from collections.abc import Callable
from typing import ParamSpec, TypeVar

__all__ = ["deprecated", "warn_deprecated"]

P = ParamSpec("P")
T = TypeVar("T")


def warn_deprecated(what: str, *, since: str, instead: str, stacklevel: int = 2) -> None:
    """Warn who called the function that calls this that *what* will go.

    For what is no function of its own: a parameter, a value of one, a name behind a module's
    ``__getattr__``.

    Args:
        what: As the caller wrote it, such as ``watch(now=)``.
        since: The first version that warns.
        instead: What to write in its place.
        stacklevel: As for `warnings.warn`, counted from the function that calls this.
    """
    told = f"{what} is deprecated since alignwatch {since} and will go: use {instead}"
    warnings.warn(told, DeprecationWarning, stacklevel=stacklevel + 1)


def deprecated(*, since: str, instead: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Mark a public function as one that will go; each call warns, at the line that calls."""

    def mark(function: Callable[P, T]) -> Callable[P, T]:
        @functools.wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> T:
            warn_deprecated(f"{function.__qualname__}()", since=since, instead=instead)
            return function(*args, **kwargs)

        return call

    return mark
