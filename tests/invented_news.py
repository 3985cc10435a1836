"""Invented news, as large as a test needs it."""

import random

import attrs

from alignwatch.aggregate import aggregate_claims
from alignwatch.model import (
    Claim,
    Cluster,
    Document,
    Evidence,
    Failure,
    Kind,
    Quantity,
    Status,
    Trend,
)

NAMES = {
    "BEN": "Benin",
    "BRA": "Brazil",
    "CHL": "Chile",
    "EU": "European Union",
    "FIN": "Finland",
    "IDN": "Indonesia",
    "KEN": "Kenya",
    "LVA": "Latvia",
    "MNG": "Mongolia",
    "NZL": "New Zealand",
    "PNG": "Papua New Guinea",
    "TCD": "Chad",
    "UN": "United Nations",
    "ARE": "United Arab Emirates",
    "VNM": "Vietnam",
    "STP": "São Tomé and Príncipe",
}
# what is said, of whom (the first gives, the second gets), with an amount or none
SENTENCES = {
    Kind.TREATY: ("{a} and {b} signed a memorandum on inland shipping.", None),
    Kind.DEFENSE_PACT: ("{a} and {b} would come to each other's aid under the pact.", None),
    Kind.ARMS_TRANSFER: ("{a} delivered 40 patrol boats to {b}.", (40, "boat", "40 patrol boats")),
    Kind.TROOPS: ("{a} sent 300 instructors to {b}.", (300, "instructor", "300 instructors")),
    Kind.EXERCISE: ("{a} and {b} held a naval drill in the strait.", None),
    Kind.TRADE: ("Trade of {a} with {b} reached $2.4 billion.", (2.4e9, "USD", "$2.4 billion")),
    Kind.ENERGY: ("{a} pipes more gas to {b} than ever before.", None),
    Kind.AID: ("{a} shipped 60 tonnes of maize to {b}.", (60, "tonne", "60 tonnes of maize")),
    Kind.SUPPORT: ("{a} backed the resolution that {b} had put forward.", None),
    Kind.CONSULTATION: ("The foreign ministers of {a} and {b} met for two hours.", None),
    Kind.CRITICISM: ("{a} accused {b} of overfishing the shared bank.", None),
    Kind.SANCTIONS: ("{a} put tariffs on timber from {b}.", None),
    Kind.ATTACK: ("Hackers working for {a} struck the port authority of {b}.", None),
    Kind.PREFERENCE: ("{a} now counts on {b} more than on its old partners.", None),
}
PADDING = (
    "Officials described the mood as businesslike.",
    "The session ran well past midnight, delegates said, and coffee ran out before tempers did.",
    "Analysts had expected less, given how last spring's talks ended.",
    "Details will be published once translations are ready.",
    "Insurers took note, fishermen shrugged, and the markets barely moved.",
)
EVENTS = ("Talks", "Quarrel", "Deal", "Visit")
CITIES = ("Riga", "Nairobi", "Hanoi", "Brasília")
OUTLETS = ("harbour-gazette.example", "northern-ledger.example", "the-daily-compass.example")


@attrs.frozen(kw_only=True)
class News:
    """All that a report is made of."""

    claims: tuple[Claim, ...]
    documents: dict[str, Document]
    clusters: tuple[Cluster, ...]
    failures: tuple[Failure, ...]

    def arguments(self):
        return {
            "relationships": aggregate_claims(self.claims, clusters=self.clusters),
            "documents": self.documents,
            "clusters": self.clusters,
            "failures": self.failures,
            "names": NAMES,
        }


def invent_news(claim_count, *, seed=1, actors=9):
    """Make articles of five claims each, every fifth a copy of the one before it."""
    rng = random.Random(seed)
    ids = sorted(NAMES)[:actors]
    claims, documents, clusters = [], {}, []
    while len(claims) < claim_count:
        number = len(documents)
        if number % 5 == 4:
            original = documents[f"{number - 1:05}"]
            article, published, text = f"{number:05}", original.published, original.text
            told = [claim for claim in claims if claim.article == original.article]
            clusters.append(Cluster(articles=(original.article, article)))
            url = f"https://mirror.example/{number}"
            claims += [attrs.evolve(claim, article=article, url=url) for claim in told]
        else:
            article = f"{number:05}"
            published = f"2025-{rng.randint(1, 9):02}-{rng.randint(1, 28):02}"
            url = f"https://{rng.choice(OUTLETS)}/2025/{number}"
            text, told = _write(rng, ids, article, url, published)
            claims += told
        documents[article] = Document(
            article=article,
            url=url,
            text=text,
            title=f"{rng.choice(EVENTS)} in {rng.choice(CITIES)} surprises the neighbours",
            published=published,
        )
    failures = (
        Failure(
            url="https://harbour-gazette.example/members/77",
            source="rss",
            reason="robots-refused",
            message="robots.txt of harbour-gazette.example forbids /members/",
        ),
        Failure(
            url="scans/page-3.pdf",
            source="files",
            reason="not-text",
            message="the file is a PDF, not a text; save its text as .txt",
        ),
    )
    return News(
        claims=tuple(claims),
        documents=documents,
        clusters=tuple(clusters),
        failures=failures,
    )


def _write(rng, ids, article, url, published):
    paragraphs, claims, at = [], [], 0
    for _ in range(5):
        kind = rng.choice(list(SENTENCES))
        one, other, third = [*rng.sample(ids, min(3, len(ids))), "UN"][:3]
        if kind.is_symmetric:
            one, other = sorted((one, other))
        form, amount = SENTENCES[kind]
        quote = form.format(a=NAMES[one], b=NAMES[other])
        before, after = " ".join(rng.sample(PADDING, 3)), " ".join(rng.sample(PADDING, 2))
        start = at + len(before) + 1
        status = rng.choices(list(Status), (6, 3, 1))[0]
        alleged = status is Status.ALLEGED
        claims.append(
            Claim(
                article=article,
                url=url,
                published=published,
                extractor="rules/1",
                source=one,
                target=other,
                kind=kind,
                over=third if kind is Kind.PREFERENCE else None,
                negated=rng.random() < 0.06,
                status=status,
                attributed_to=(third,) if alleged else (),
                denied_by=(one,) if alleged and rng.random() < 0.4 else (),
                trend=rng.choice((Trend.UP, Trend.DOWN)) if kind is Kind.TRADE else None,
                confidence=rng.choice((0.55, 0.7, 0.8, 0.95)),
                quantities=(Quantity(value=amount[0], unit=amount[1], text=amount[2]),)
                if amount
                else (),
                evidence=Evidence(
                    start=start,
                    end=start + len(quote),
                    raw_start=start,
                    raw_end=start + len(quote),
                    quote=quote,
                ),
            )
        )
        paragraphs.append(f"{before} {quote} {after}")
        at += len(paragraphs[-1]) + 1
    return "\n".join(paragraphs), claims
