"""Optional libraries, with a message that names the extra."""

from importlib import import_module
from typing import Any

from alignwatch.errors import MissingExtraError

__all__ = ["require"]


def require(module: str, *, extra: str, use: str) -> Any:
    """Import an optional library.

    Args:
        module: What to import.
        extra: The extra of alignwatch that brings it.
        use: What needs it, for the message.

    Raises:
        MissingExtraError: It is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        msg = f"{use} needs {package}, which is not installed: pip install 'alignwatch[{extra}]'"
        raise MissingExtraError(msg) from error
