"""How a run behaved towards each host: proof for a publisher or an ethics board."""

import attrs

__all__ = ["HostLedger"]


@attrs.frozen(kw_only=True)
class HostLedger:
    """What was asked of one host since the fetcher was made.

    Attributes:
        host: Its name.
        requests: Sent in all, robots.txt, redirects and retries included.
        unchanged: Answered with 304.
        doubted: Of those, how many the site's own listing contradicted.
        false_unchanged: Of the doubted, how many were asked for in full and had changed indeed.
        failed: Answered with an error status, or not at all.
        refused: Pages not asked for because robots.txt forbids them or could not be asked.
        reserved: Pages for which text and data mining is reserved, by a header or tdmrep.json.
        received_bytes: Read from the wire.
        delay_s: The longest delay between two requests that was in force.
        waited_s: Time spent waiting before requests, in sum.
        retry_after_s: The longest Retry-After that the host sent, None if it sent none.
        robots: What robots.txt came to, in a few words; None if it was not asked.
    """

    host: str
    requests: int = 0
    unchanged: int = 0
    doubted: int = 0
    false_unchanged: int = 0
    failed: int = 0
    refused: int = 0
    reserved: int = 0
    received_bytes: int = 0
    delay_s: float = 0.0
    waited_s: float = 0.0
    retry_after_s: float | None = None
    robots: str | None = None
