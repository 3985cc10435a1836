"""What a store tells: addresses, verdicts, runs and counts."""

from datetime import datetime
from enum import StrEnum

import attrs

from alignwatch.errors import ModelError
from alignwatch.model import Claim, Health, PageRef

__all__ = [
    "Address",
    "AddressState",
    "Counts",
    "Decision",
    "Forgotten",
    "Run",
    "Verdict",
    "Versions",
]


class AddressState(StrEnum):
    """Where an address stands."""

    PENDING = "pending"
    STORED = "stored"
    FAILED = "failed"


class Decision(StrEnum):
    """What a person says of a claim."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"


@attrs.frozen(kw_only=True)
class Address:
    """An address that a source has found, and what became of it.

    `article` is the id of the article that it last gave, kept while a later fetch fails.
    `content_hash` is the SHA-256 of the bytes that were last read, or tried to, in hexadecimal
    digits. `tries`, `retry_at`, `reason` and `message` are those of the last failure; `tries` is 0
    where the last visit was none. `reservations` are those of the page that was last stored.
    """

    url: str
    source: str
    state: AddressState
    title: str | None = None
    published_at: datetime | None = None
    changed_at: datetime | None = None
    article: str | None = None
    content_hash: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    tries: int = 0
    retry_at: datetime | None = None
    reason: str | None = None
    message: str | None = None
    reservations: tuple[str, ...] = ()

    @property
    def ref(self) -> PageRef:
        """The address as its source gave it."""
        return PageRef(
            url=self.url,
            title=self.title,
            published_at=self.published_at,
            changed_at=self.changed_at,
        )


@attrs.frozen(kw_only=True)
class Versions:
    """The cleaner and the extractor that made what is stored."""

    cleaner: str
    extractor: str


@attrs.frozen(kw_only=True)
class Verdict:
    """What a person says of the claim whose id is `claim`.

    `corrected` is the claim as it ought to be, of the same article, and goes with the decision
    ``corrected`` alone. Its id differs where a field differs that the id rests on.
    """

    claim: str
    decision: Decision = attrs.field(converter=Decision)
    note: str | None = None
    corrected: Claim | None = None
    decided_at: datetime | None = None

    def __attrs_post_init__(self) -> None:
        if (self.corrected is not None) != (self.decision is Decision.CORRECTED):
            msg = f"'corrected' goes with a correction and only with it, got {self.decision}"
            raise ModelError(msg)
        if self.decided_at is not None and self.decided_at.tzinfo is None:
            msg = f"decided_at must carry a time zone, got the naive {self.decided_at.isoformat()}"
            raise ModelError(msg)


@attrs.frozen(kw_only=True)
class Run:
    """One run over the sources; `finished_at` is None for one that goes on or was killed."""

    number: int
    started_at: datetime
    finished_at: datetime | None = None
    health: tuple[Health, ...] = ()


@attrs.frozen(kw_only=True)
class Counts:
    """How much a store holds; claims as extracted, before verdicts."""

    pending: int = 0
    stored: int = 0
    failed: int = 0
    articles: int = 0
    documents: int = 0
    claims: int = 0
    verdicts: int = 0
    kept_pages: int = 0


@attrs.frozen(kw_only=True)
class Forgotten:
    """How much was taken down."""

    addresses: int = 0
    kept_pages: int = 0
    articles: int = 0
    documents: int = 0
    claims: int = 0
    verdicts: int = 0
