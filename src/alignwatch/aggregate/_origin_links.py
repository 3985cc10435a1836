"""Which articles rest on the same stated origin."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import blake2b

import attrs

from alignwatch.aggregate._origins import find_origins, is_aggregated, lead_of, name_host
from alignwatch.model import Claim, Document, Kind, Link, LinkReason

__all__ = ["ORIGINS_VERSION", "link_origins"]

ORIGINS_VERSION = "origins/1"
"""What says that the same documents and claims give the same links."""

NEAR_DAYS = 3
"""Days between two articles that may tell one story of a day."""

ALIKE = 0.4
ALIKE_UNDATED = 0.5
_ALIKE_FACT = 0.15
_LEAST_WORDS = 6
_LEAD_CHARS = 700
_LEAST_CONFIDENCE = 0.25
_LEAST_AMOUNT = 10
_BITS = 512
_NEVER = 10**9
# "barrels", "54", "Kenya"; words of less than four letters say little
_TOKEN = re.compile(r"\d{2,}|[^\W\d_]{4,}")
_STEM_CHARS = 6
_LITTLE = frozenset(
    "about after also been before being between could from have into more most much only over said "  # noqa: SIM905 - a list of words
    "says than that their them then there these they this those through under until very were what "
    "when where which while will with would your according reports".split()
)


@attrs.frozen(kw_only=True, eq=False)
class _Told:
    """What matters of one article."""

    article: str
    urls: tuple[str, ...]
    host: str
    day: int
    origins: dict[str, str]
    is_aggregated: bool
    stems: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    facts: frozenset[tuple[object, ...]]
    lead_facts: frozenset[tuple[object, ...]]
    names_sources: bool


def link_origins(documents: Iterable[Document], claims: Iterable[Claim] = ()) -> tuple[Link, ...]:
    """Link the articles that say that they rest on the same story, or that one of them is it.

    Careful, for all that a wire sends in a year is not one story. Two articles are linked if

    - they bear the same url, name the same page as the one that they are a copy of, or one of them
      names the other;
    - both credit their story to the same outlet, or one credits it to the outlet that published
      the other; they are at most `NEAR_DAYS` days apart; and their leads have two fifths of their
      words in common (a half, where one has no date), and where claims are known of both, a pair
      of actors;
    - one credits its story to an outlet or says that it was gathered and not reported, and the
      other, which names no source at all, leads with the same comparison of two actors or the
      same amount.

    What links two articles depends on the two alone. Orders do not matter.
    """
    told: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        told[claim.article].append(claim)
    read = [_read(document, told[document.article]) for document in documents]
    found: dict[tuple[str, str], Link] = {}
    for links in (_same_page(read), _same_credit(read), _credited(read), _retold(read)):
        for link in links:
            found.setdefault(link.articles, link)
    return tuple(found[articles] for articles in sorted(found))


def _read(document: Document, claims: Sequence[Claim]) -> _Told:
    facts = [(claim.evidence.start, fact) for claim in claims for fact in _facts(claim)]
    return _Told(
        article=document.article,
        urls=tuple(dict.fromkeys(url for url in (document.url, document.canonical) if url)),
        host=name_host(document),
        day=_day(document.published),
        origins={origin.key: origin.name for origin in find_origins(document)},
        is_aggregated=is_aggregated(document),
        stems=_stems(lead_of(document)),
        pairs=frozenset(claim.pair for claim in claims),
        facts=frozenset(fact for _, fact in facts),
        lead_facts=frozenset(fact for start, fact in facts if start < _LEAD_CHARS),
        names_sources=any(claim.attributed_to or claim.denied_by for claim in claims),
    )


def _day(published: str | None) -> int:
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return _NEVER


def _stems(text: str) -> frozenset[str]:
    words = _TOKEN.findall(text.casefold())
    return frozenset(word[:_STEM_CHARS] for word in words if word not in _LITTLE)


def _facts(claim: Claim) -> Iterator[tuple[object, ...]]:
    """Give what few articles say: a comparison of two actors, a tie with its amount."""
    if claim.confidence < _LEAST_CONFIDENCE or claim.negated:
        return
    tie = (claim.source, claim.target, claim.kind)
    if claim.kind is Kind.PREFERENCE:
        yield (*tie, claim.over)
    for quantity in claim.quantities:
        if abs(quantity.value) >= _LEAST_AMOUNT:
            yield (*tie, quantity.value, quantity.unit)


def _link(one: _Told, other: _Told, reason: LinkReason, origin: str | None) -> Link:
    first, second = sorted((one.article, other.article))
    return Link(articles=(first, second), reason=reason, origin=origin)


def _is_near(one: _Told, other: _Told) -> bool:
    return _NEVER in (one.day, other.day) or abs(one.day - other.day) <= NEAR_DAYS


def _measure_alike(one: _Told, other: _Told) -> float:
    """Give the share of the shorter lead's words that both have."""
    least = min(len(one.stems), len(other.stems))
    return len(one.stems & other.stems) / least if least >= _LEAST_WORDS else 0.0


def _is_alike(one: _Told, other: _Told) -> bool:
    if one.pairs and other.pairs and not one.pairs & other.pairs:
        return False
    least = ALIKE_UNDATED if _NEVER in (one.day, other.day) else ALIKE
    return _measure_alike(one, other) >= least


def _same_page(read: Iterable[_Told]) -> Iterator[Link]:
    by_url: dict[str, list[_Told]] = {}
    for one in read:
        for url in one.urls:
            by_url.setdefault(url, []).append(one)
    for url, group in by_url.items():
        first, *others = sorted(group, key=lambda one: one.article)
        yield from (_link(first, other, LinkReason.SAME_PAGE, url) for other in others)


def _same_credit(read: Iterable[_Told]) -> Iterator[Link]:
    by_origin: defaultdict[str, list[_Told]] = defaultdict(list)
    for one in read:
        for key in one.origins:
            by_origin[key].append(one)
    for key, group in by_origin.items():
        for one, other in _near_pairs(group):
            name = min(one.origins[key], other.origins[key])
            yield _link(one, other, LinkReason.SAME_CREDIT, name)


def _credited(read: Sequence[_Told]) -> Iterator[Link]:
    by_host: defaultdict[str, list[_Told]] = defaultdict(list)
    for one in read:
        by_host[one.host].append(one)
    for one in read:
        for key, name in one.origins.items():
            for other in by_host.get(re.sub(r"\W|_", "", key), ()):
                if _is_near(one, other) and _is_alike(one, other):
                    yield _link(one, other, LinkReason.CREDITED, name)


def _retold(read: Iterable[_Told]) -> Iterator[Link]:
    tellers: defaultdict[tuple[object, ...], list[_Told]] = defaultdict(list)
    mute: list[_Told] = []
    for one in read:
        if one.origins or one.is_aggregated:
            for fact in one.facts:
                tellers[fact].append(one)
        elif not one.names_sources and one.lead_facts:
            mute.append(one)
    for one in mute:
        for fact in one.lead_facts:
            for teller in tellers.get(fact, ()):
                if _is_near(one, teller) and _measure_alike(one, teller) >= _ALIKE_FACT:
                    origin = min(teller.origins.values(), default=None)
                    yield _link(one, teller, LinkReason.RETOLD, origin)


def _near_pairs(group: Sequence[_Told]) -> Iterator[tuple[_Told, _Told]]:
    """Give the pairs of *group* that are near and alike; looks at all others in one sweep."""
    import numpy as np  # noqa: PLC0415 - keeps `import alignwatch` fast

    told = sorted(group, key=lambda one: (one.day, one.article))
    days = np.array([one.day for one in told])
    sizes = np.array([len(one.stems) for one in told])
    bits = np.zeros((len(told), _BITS // 64), dtype=np.uint64)
    for place, one in enumerate(told):
        for stem in one.stems:
            mark = _hash(stem) % _BITS
            bits[place, mark // 64] |= np.uint64(1 << mark % 64)
    doubles = sizes - np.bitwise_count(bits).sum(axis=1, dtype=np.int64)
    for place, one in enumerate(told):
        is_near = (days <= one.day + NEAR_DAYS) | (days == _NEVER)
        is_near[: place + 1] = False
        others = np.flatnonzero(is_near)
        common = np.bitwise_count(bits[others] & bits[place]).sum(axis=1, dtype=np.int64)
        may = common + np.minimum(doubles[others], doubles[place])
        needed = ALIKE * np.minimum(sizes[others], sizes[place])
        for other in others[may >= needed].tolist():
            if _is_alike(one, told[other]):
                yield one, told[other]


def _hash(stem: str) -> int:
    return int.from_bytes(blake2b(stem.encode("utf-8", "surrogatepass"), digest_size=4).digest())
