"""Which extractor reads, as it is told to other processes and machines."""

import hashlib
import json
from functools import cache
from pathlib import Path

import attrs

from alignwatch.extract import Extractor, load_extractor

__all__ = ["Choice"]


@attrs.frozen(kw_only=True)
class Choice:
    """An extractor by its name and options; *actors* and *lexicon* are files at every worker."""

    name: str = "rules"
    actors: str | None = None
    lexicon: str | None = None
    model: str | None = None

    def load(self) -> Extractor:
        """Give the extractor; made once in each process.

        Raises:
            ModelError: None has that name, or it does not take one of the options.
            DataFileError: A file cannot be read or breaks a rule.
            MissingExtraError: It needs an optional part that is not installed.
        """
        return load_extractor(
            self.name,
            actors=Path(self.actors) if self.actors else None,
            lexicon=Path(self.lexicon) if self.lexicon else None,
            model=self.model,
        )

    @property
    def version(self) -> str:
        """Name it and what its files hold: another version may give other claims."""
        return _version(self)

    def pack(self) -> str:
        """Give it as one argument of a command."""
        return json.dumps(attrs.asdict(self))


@cache
def _version(choice: Choice) -> str:
    files = [Path(path).read_bytes() for path in (choice.actors, choice.lexicon) if path]
    digests = [hashlib.sha256(content).hexdigest()[:12] for content in files]
    return " ".join([choice.load().name, *filter(None, [choice.model]), *digests])
