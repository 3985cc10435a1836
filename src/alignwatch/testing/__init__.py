"""The kit for those who build on alignwatch: what their tests inherit, draw from and run against.

It needs ``pip install "alignwatch[testing]"`` where it runs tests or draws values, and nothing to
be imported. It is no pytest plugin: nothing happens in a test run that does not name it.

Inherit `SourceContract` for a source, `ExtractorContract` for an extractor, `RuleContract` for a
cleaning rule: a few lines that say what is yours bring the whole suite. `HostileSite` is a server
that does what servers do on bad days, for who writes a client; `strategies` draw values for laws
of your own.

Example:
    >>> from alignwatch.testing import RuleContract
    >>> class SponsorLine:
    ...     name, reason, example = "sponsor", "a sponsor is named", "Sponsored by Example Bank"
    ...
    ...     def find(self, draft):
    ...         for at, line in enumerate(draft.lines):
    ...             if draft.is_edge(at) and line.head[:2] == ("sponsored", "by"):
    ...                 yield draft.remove(self.name, at)
    >>> class TestSponsorLine(RuleContract):
    ...     rule = SponsorLine()
    ...     leaves_alone = ("Sponsored by both states, the draft passed on Monday.",)
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
