#!/usr/bin/env python3
"""Agency sentences with one event each: is its pair of states found, and its PLOVER type?

    agency_events.py [--show develop|held|both|later]

The sentences stand in ``data/agency_events.tsv``: our own, written before the extractor was shown
any of them. Of each type every second one is held back. Those of ``data/agency_events_later.tsv``
are longer, were written a day later, and are held back as a whole; some of them tell no event
(type NONE). Recall counts events, precision counts pairs (for the type: claims) between states, as
a coder of one event a sentence would.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs

from alignwatch.extract import Extractor, load_extractor
from alignwatch.model import Claim, Document, Family, Kind, Status

__all__ = ["Event", "PairScore", "read_events", "types_of", "types_of_kind"]

HALVES = ("develop", "held")
LATER = "later"
_DATA = Path(__file__).parent / "data"
_NONE = "NONE"
_STATE = 3


@attrs.frozen(kw_only=True)
class Event:
    """One sentence, and the event that a coder takes from it."""

    type: str
    source: str
    target: str
    both_ways: bool
    text: str
    half: str


def read_events() -> list[Event]:
    """Read the sentences; of each type the first is for developing, the second held, and so on."""
    later = [
        attrs.evolve(event, half=LATER) for event in read_file(_DATA / "agency_events_later.tsv")
    ]
    return [*read_file(_DATA / "agency_events.tsv"), *later]


def read_file(path: Path) -> list[Event]:
    """Read the sentences of one file, in halves."""
    seen: Counter[str] = Counter()
    events = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, source, target, ways, text = line.split("\t")
        half = HALVES[seen[name] % 2]
        seen[name] += 1
        events.append(
            Event(
                type=name, source=source, target=target, both_ways=ways == "=", text=text, half=half
            )
        )
    return events


def types_of(claim: Claim) -> set[str]:
    """The PLOVER types that *claim* may stand for, its negation and status in mind."""
    return types_of_kind(claim.kind, claim.status, negated=claim.negated)


def types_of_kind(kind: Kind, status: Status, *, negated: bool) -> set[str]:
    """The PLOVER types that a claim of *kind*, told so, may stand for."""
    unkind = {Family.ADVERSE, Family.COMPARISON}
    cooperative = kind.family not in unkind and kind is not Kind.DEMAND
    if negated:
        return {"REJECT"} if cooperative else set()
    found = set(kind.plover_types)
    if status is Status.PROSPECTIVE and cooperative:
        found.add("AGREE")
    return found


def state_claims(extractor: Extractor, text: str) -> list[Claim]:
    """The claims between two states that a type stands for."""
    claims = extractor.extract(Document(article="sentence", text=text))
    return [
        claim
        for claim in claims
        if len(claim.source) == len(claim.target) == _STATE and types_of(claim)
    ]


def is_pair(event: Event, claim: Claim) -> bool:
    """Whether *claim* is of the event's states, in its direction."""
    pair = (claim.source, claim.target)
    turns = event.both_ways or claim.kind.is_symmetric
    return pair == (event.source, event.target) or (turns and pair == (event.target, event.source))


@attrs.define
class PairScore:
    """Counts of events and predictions, found and right."""

    events: int = 0
    found: int = 0
    predicted: int = 0
    right: int = 0

    def add(self, *, found: bool, predicted: int, right: int, events: int = 1) -> None:
        """Count one sentence."""
        self.events += events
        self.found += found
        self.predicted += predicted
        self.right += right

    def __str__(self) -> str:
        p = self.right / self.predicted if self.predicted else 0.0
        r = self.found / self.events if self.events else 0.0
        return f"{p:.3f} | {r:.3f} | {2 * p * r / (p + r) if p + r else 0.0:.3f}"


def score(
    events: Iterable[Event], extractor: Extractor, show: Sequence[str]
) -> dict[tuple[str, str], PairScore]:
    """Score by half and type; a type's own row counts its claims with the type."""
    scores: dict[tuple[str, str], PairScore] = defaultdict(PairScore)
    for event in events:
        have = state_claims(extractor, event.text)
        hits = [claim for claim in have if is_pair(event, claim)]
        typed = [claim for claim in hits if event.type in types_of(claim)]
        pairs = {frozenset((claim.source, claim.target)) for claim in have}
        right = {frozenset((claim.source, claim.target)) for claim in hits}
        told = event.type != _NONE
        scores[event.half, "dyad"].add(
            found=bool(hits), predicted=len(pairs), right=len(right), events=told
        )
        for name in ("dyad and type", event.type):
            scores[event.half, name].add(
                found=bool(typed), predicted=len(have), right=len(typed), events=told
            )
        if event.half in show and ((told and not typed) or (have and not told)):
            got = " ".join(f"{c.source}>{c.target}:{c.kind}" for c in have) or "nothing"
            sys.stdout.write(
                f"{event.type} {event.source}>{event.target} got {got} | {event.text}\n"
            )
    return scores


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--show", choices=[*HALVES, "both", LATER], default="")
    args = parser.parse_args()
    show = HALVES if args.show == "both" else (args.show,)
    events = read_events()
    scores = score(events, load_extractor("rules"), show)
    names = ["dyad", "dyad and type", *sorted({event.type for event in events})]
    sys.stdout.write(
        "| | development half: P | R | F1 | held half: P | R | F1 | later: P | R | F1 |\n"
    )
    sys.stdout.write("|---|---|---|---|---|---|---|---|---|---|\n")
    for name in names:
        cells = " | ".join(str(scores[half, name]) for half in (*HALVES, LATER))
        sys.stdout.write(f"| {name} | {cells} |\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
