r"""alignwatch: evidence about which states are moving together or apart, from the news.

The names that a first-time user needs. Everything else is one level down: `alignwatch.model`,
`alignwatch.text`, `alignwatch.extract`, `alignwatch.sources`, `alignwatch.fetch`,
`alignwatch.store`, `alignwatch.aggregate`, `alignwatch.export`, `alignwatch.report`. As
``aw.extract`` is the function, take names of that package by ``from alignwatch.extract import``.

Start with `clean` and `extract` where you have texts in hand, and with `watch` and
`relationships` where news is to be kept and read again: the first two know no files, the other
two keep all in a store. `alignment` and `diff` ask such a store about time.

Each name is loaded when it is first used, so that the import costs a few milliseconds;
``__init__.pyi`` tells type checkers the same names.

Example:
    >>> import alignwatch as aw
    >>> document = aw.clean("Kenya sold drones to Uganda in May 2024.\n\nLeave a Comment")
    >>> document.text
    'Kenya sold drones to Uganda in May 2024.'
    >>> [(claim.source, claim.kind.value, claim.target) for claim in aw.extract(document)]
    [('KEN', 'arms_transfer', 'UGA')]
"""

import sys
from importlib import import_module
from types import ModuleType

__version__ = "0.1.0"

_HOMES = {
    "errors": "AlignwatchError LanguageError ModelError PageError SourceError StoreError",
    "export": "read_articles read_claims read_documents write_csv write_jsonl",
    "model": (
        "SCHEMA Actor Alignment AlignmentPoint Article Change ChangeKind Claim Document Edit "
        "Evidence Failure Family Health Kind Page PageRef Period Quantity Relationship Span "
        "Standing Status Table Trend When from_json from_record to_json to_record"
    ),
    "pipeline": (
        "Budget WatchResult Watchlist alignment clean diff extract read_watchlist relationships "
        "reprocess watch"
    ),
    "sources": "Source SourceInfo available_sources load_source",
    "store": "Decision Store Verdict open_store",
    "text": "read_html",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    "SCHEMA",
    "Actor",
    "Alignment",
    "AlignmentPoint",
    "AlignwatchError",
    "Article",
    "Budget",
    "Change",
    "ChangeKind",
    "Claim",
    "Decision",
    "Document",
    "Edit",
    "Evidence",
    "Failure",
    "Family",
    "Health",
    "Kind",
    "LanguageError",
    "ModelError",
    "Page",
    "PageError",
    "PageRef",
    "Period",
    "Quantity",
    "Relationship",
    "Source",
    "SourceError",
    "SourceInfo",
    "Span",
    "Standing",
    "Status",
    "Store",
    "StoreError",
    "Table",
    "Trend",
    "Verdict",
    "WatchResult",
    "Watchlist",
    "When",
    "alignment",
    "available_sources",
    "clean",
    "diff",
    "extract",
    "from_json",
    "from_record",
    "load_source",
    "open_store",
    "read_articles",
    "read_claims",
    "read_documents",
    "read_html",
    "read_watchlist",
    "relationships",
    "reprocess",
    "to_json",
    "to_record",
    "watch",
    "write_csv",
    "write_jsonl",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """Keeps ``aw.extract`` the function when the package ``alignwatch.extract`` is imported."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
