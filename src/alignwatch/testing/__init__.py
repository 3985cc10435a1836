"""The kit for those who build on alignwatch: what their tests can draw from.

It needs ``pip install "alignwatch[testing]"`` where it draws values, and nothing to be imported.
"""

from importlib import import_module
from types import ModuleType

__all__ = ["strategies"]


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
