"""Sources by name, from the entry points of what is installed."""

import difflib
import inspect
from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points
from typing import cast

import attrs

from alignwatch.errors import SourceContractError, SourceError, SourceNotFoundError
from alignwatch.sources._contract import CONTRACT_VERSION, Source, SourceInfo

__all__ = [
    "SourceListing",
    "SourceOption",
    "available_sources",
    "describe_source",
    "describe_sources",
    "load_source",
    "required_options",
]

_GROUP = "alignwatch.sources"


@attrs.frozen(kw_only=True)
class SourceOption:
    """One option of a source; `default` is None where it must be given."""

    name: str
    type_name: str
    default: str | None = None


@attrs.frozen(kw_only=True)
class SourceListing:
    """One installed source; `error` says why it cannot be used, and is None if it can.

    `distribution` and `version` are those of the package that brings it; `about` is what its class
    says of itself.
    """

    name: str
    distribution: str
    version: str
    info: SourceInfo | None = None
    error: str | None = None
    about: str = ""
    options: tuple[SourceOption, ...] = ()


def available_sources() -> tuple[str, ...]:
    """Give the names of the installed sources, sorted; imports none of them."""
    return tuple(sorted({point.name for point in entry_points(group=_GROUP)}))


def describe_sources() -> tuple[SourceListing, ...]:
    """Give all installed sources by name, the broken ones with what is wrong with them."""
    return tuple(_describe(point) for name in available_sources() for point in _points(name))


def describe_source(name: str) -> SourceListing:
    """Give the installed source *name* with its options, or with what is wrong with it.

    Raises:
        SourceNotFoundError: No source of that name is installed.
        SourceContractError: It is installed twice.
    """
    return _describe(_find(name))


def load_source(name: str, **options: object) -> Source:
    """Make the source *name* with *options*; only this one plugin is imported.

    Raises:
        SourceNotFoundError: No source of that name is installed.
        SourceContractError: The plugin is broken, or speaks another contract version.
        SourceError: An option is unknown, missing, or cannot be used.
    """
    point = _find(name)
    make = _load(point)
    _check_options(name, make, options)
    try:
        made = make(**options)
    except Exception as error:
        msg = f"the source {name!r} cannot be made with {options}: {error}"
        raise SourceError(msg) from error
    if not isinstance(made, Source):
        raise _broken(point, "it does not offer info, discover and parse")
    return made


def required_options(name: str) -> tuple[str, ...]:
    """Give the options without which the source *name* cannot be made, in their order.

    Raises:
        SourceNotFoundError: No source of that name is installed.
        SourceContractError: The plugin is broken, or speaks another contract version.
    """
    return tuple(
        option.name
        for option in _options(_load(_find(name)))
        if option.default is inspect.Parameter.empty
    )


def _find(name: str) -> EntryPoint:
    found = _points(name)
    if not found:
        known = ", ".join(available_sources()) or "none"
        near = difflib.get_close_matches(name, available_sources(), n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        msg = f"no source named {name!r} is installed (installed: {known}).{hint}"
        raise SourceNotFoundError(msg)
    if len(found) > 1:
        who = " and ".join(_distribution(point)[0] for point in found)
        msg = f"the source {name!r} is installed twice, by {who}: uninstall one of them"
        raise SourceContractError(msg)
    return found[0]


def _points(name: str) -> tuple[EntryPoint, ...]:
    # One distribution that is found twice on the path (a checkout and its build) counts once.
    found = {
        (_distribution(point)[0], point.value): point
        for point in entry_points(group=_GROUP, name=name)
    }
    return tuple(found.values())


def _load(point: EntryPoint) -> Callable[..., object]:
    # Whatever a plugin's import raises, the other sources must still work.
    try:
        made = point.load()
    except Exception as error:
        raise _broken(point, f"{type(error).__name__}: {error}") from error
    info = getattr(made, "info", None)
    if not callable(made) or not isinstance(info, SourceInfo):
        raise _broken(point, "it is no class with an `info` that is a SourceInfo")
    if info.contract != CONTRACT_VERSION:
        side = "alignwatch" if info.contract > CONTRACT_VERSION else _distribution(point)[0]
        why = (
            f"it speaks version {info.contract} of the contract and this alignwatch speaks "
            f"{CONTRACT_VERSION}: update {side}"
        )
        raise _broken(point, why)
    if info.name != point.name:
        raise _broken(point, f"it calls itself {info.name!r}")
    return cast("Callable[..., object]", made)


def _options(make: Callable[..., object]) -> list[inspect.Parameter]:
    return [
        parameter
        for parameter in inspect.signature(make).parameters.values()
        if parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
    ]


def _check_options(name: str, make: Callable[..., object], options: dict[str, object]) -> None:
    known = [option.name for option in _options(make)]
    for option in options:
        if option not in known:
            near = difflib.get_close_matches(option, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"it has: {', '.join(known) or 'none'}"
            msg = f"the source {name!r} has no option {option!r}; {hint}"
            raise SourceError(msg)


def _describe(point: EntryPoint) -> SourceListing:
    distribution, version = _distribution(point)
    listing = SourceListing(name=point.name, distribution=distribution, version=version)
    try:
        make = _load(point)
        options = tuple(map(_describe_option, _options(make)))
    except SourceContractError as error:
        return attrs.evolve(listing, error=str(error))
    return attrs.evolve(
        listing,
        info=getattr(make, "info", None),
        about=inspect.cleandoc(make.__doc__ or ""),
        options=options,
    )


def _describe_option(option: inspect.Parameter) -> SourceOption:
    is_required = option.default is option.empty
    is_made = type(option.default).__module__.startswith("attr")  # a factory's stand-in
    default = "made anew" if is_made else repr(option.default)
    kind = "any" if option.annotation is option.empty else option.annotation
    return SourceOption(
        name=option.name,
        type_name=kind if isinstance(kind, str) else inspect.formatannotation(kind),
        default=None if is_required else default,
    )


def _distribution(point: EntryPoint) -> tuple[str, str]:
    if point.dist is None:
        return "an unknown distribution", "?"
    return point.dist.name, point.dist.version


def _broken(point: EntryPoint, why: str) -> SourceContractError:
    distribution, version = _distribution(point)
    msg = f"the source {point.name!r} of {distribution} {version} cannot be used: {why}"
    return SourceContractError(msg)
