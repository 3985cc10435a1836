"""Extractors by name, from the entry points of what is installed."""

import difflib
import inspect
from collections.abc import Callable
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import attrs

from alignwatch.errors import AlignwatchError, ModelError
from alignwatch.extract._contract import Extractor

__all__ = ["ExtractorListing", "available_extractors", "describe_extractors", "load_extractor"]

_GROUP = "alignwatch.extractors"


@attrs.frozen(kw_only=True)
class ExtractorListing:
    """One installed extractor; `error` says why it cannot be used, and is None if it can.

    `distribution` and `version` are those of the package that brings it; `about` is the first line
    of what it says of itself, `options` are the names that `load_extractor` takes for it.
    """

    name: str
    distribution: str
    version: str
    about: str = ""
    options: tuple[str, ...] = ()
    error: str | None = None


def available_extractors() -> tuple[str, ...]:
    """Give the names of the installed extractors, sorted; imports none of them."""
    return tuple(sorted({point.name for point in entry_points(group=_GROUP)}))


def describe_extractors() -> tuple[ExtractorListing, ...]:
    """Give all installed extractors by name, the broken ones with what is wrong with them."""
    return tuple(_describe(_find(name)) for name in available_extractors())


def load_extractor(
    name: str = "rules",
    *,
    actors: Path | None = None,
    lexicon: Path | None = None,
    model: str | None = None,
) -> Extractor:
    """Give the extractor of that name; it is made once for each set of options.

    Args:
        name: An entry point of the group ``alignwatch.extractors``: "rules", "syntax", or one of
            a plugin. Only this one is imported.
        actors: A file of further actors, see `load_gazetteer`.
        lexicon: A file of further words, see `load_lexicon`.
        model: Name of the model that the extractor is to use, if it uses one.

    Raises:
        ModelError: No extractor has that name, the plugin is broken, or it does not take one of
            the options.
        DataFileError: A file cannot be read or breaks a rule.
        MissingExtraError: The extractor needs an optional part that is not installed.
    """
    options = {"actors": actors, "lexicon": lexicon, "model": model}
    return _make(name, tuple((key, value) for key, value in options.items() if value is not None))


@cache
def _make(name: str, options: tuple[tuple[str, Path | str], ...]) -> Extractor:
    point = _find(name)
    make = _load(point)
    known = _options(make)
    for key, value in options:
        if key not in known:
            msg = f"the extractor {name!r} takes no {key} (here: {value}); it takes: "
            raise ModelError(msg + (", ".join(known) or "nothing"))
    try:
        made = make(**dict(options))
    except AlignwatchError:
        raise
    except Exception as error:
        raise _broken(point, f"{type(error).__name__}: {error}") from error
    if not isinstance(made, Extractor) or not isinstance(made.name, str):
        raise _broken(point, "it does not offer a name and extract(document)")
    return made


def _find(name: str) -> EntryPoint:
    # One distribution that is found twice on the path (a checkout and its build) counts once.
    found = {
        (_distribution(point), point.value): point
        for point in entry_points(group=_GROUP, name=name)
    }
    if not found:
        known = available_extractors()
        near = difflib.get_close_matches(name, known, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        msg = f"no extractor named {name!r} is installed (known: {', '.join(known)}).{hint}"
        raise ModelError(msg)
    if len({value for _, value in found}) > 1:
        who = " and ".join(sorted({" ".join(distribution) for distribution, _ in found}))
        msg = f"the extractor {name!r} is installed twice, by {who}: uninstall one of them"
        raise ModelError(msg)
    return next(iter(found.values()))


def _load(point: EntryPoint) -> Callable[..., object]:
    # Whatever a plugin's import raises, the other extractors must still work.
    try:
        made = point.load()
    except Exception as error:
        raise _broken(point, f"{type(error).__name__}: {error}") from error
    if not callable(made):
        raise _broken(point, "it is nothing that can be called to make an extractor")
    return made  # type: ignore[no-any-return]  # callable() does not tell what is given


def _options(make: Callable[..., object]) -> tuple[str, ...]:
    try:
        signature = inspect.signature(make)
    except ValueError:  # some types written in C tell none
        return ()
    return tuple(
        parameter.name
        for parameter in signature.parameters.values()
        if parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
    )


def _describe(point: EntryPoint) -> ExtractorListing:
    distribution, version = _distribution(point)
    listing = ExtractorListing(name=point.name, distribution=distribution, version=version)
    try:
        make = _load(point)
    except ModelError as error:
        return attrs.evolve(listing, error=str(error))
    about = inspect.cleandoc(make.__doc__ or "").partition("\n")[0]
    return attrs.evolve(listing, about=about, options=_options(make))


def _distribution(point: EntryPoint) -> tuple[str, str]:
    if point.dist is None:
        return "an unknown distribution", "?"
    return point.dist.name, point.dist.version


def _broken(point: EntryPoint, why: str) -> ModelError:
    distribution, version = _distribution(point)
    msg = f"the extractor {point.name!r} of {distribution} {version} cannot be used: {why}"
    return ModelError(msg)
