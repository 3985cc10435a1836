"""The kit for those who build on alignwatch: what their tests inherit, draw from and run against.

It needs ``pip install "alignwatch[testing]"`` where it runs tests or draws values, and nothing to
be imported. It is no pytest plugin: nothing happens in a test run that does not name it.
"""

from importlib import import_module

__all__ = [
    "CASES",
    "CLEAN_TEXT",
    "STORED",
    "WRITE_GOLDEN",
    "ExtractorContract",
    "HostileCase",
    "HostileSite",
    "HostileSource",
    "RuleContract",
    "SourceContract",
    "strategies",
]

_HOMES = {
    **dict.fromkeys(("SourceContract", "WRITE_GOLDEN"), "_contract"),
    **dict.fromkeys(("CLEAN_TEXT", "RuleContract"), "_rule_contract"),
    "ExtractorContract": "_extractor_contract",
    **dict.fromkeys(("HostileSite", "HostileSource"), "_hostile"),
    **dict.fromkeys(("CASES", "STORED", "HostileCase"), "_hostile_cases"),
}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
