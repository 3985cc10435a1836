"""Read a user's own TOML file, with errors that name it."""

import tomllib
from pathlib import Path
from typing import Any

from alignwatch.errors import DataFileError

__all__ = ["read_toml"]


def read_toml(path: Path, *, what: str) -> dict[str, Any]:
    """Give the content of the TOML file at *path*; *what* names it in messages ("actors file").

    Raises:
        DataFileError: The file cannot be read, or is no TOML in UTF-8.
    """
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        msg = f"{what} {path} cannot be read: {error.strerror}"
        raise DataFileError(msg) from error
    except (ValueError, RecursionError) as error:
        msg = f"{what} {path} is not TOML in UTF-8: {error}"
        raise DataFileError(msg) from error
