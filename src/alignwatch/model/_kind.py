"""What a claim can say, and how firmly."""

from enum import StrEnum

__all__ = ["Family", "Kind", "Status"]


class Family(StrEnum):
    """The coarse groups of kinds."""

    TREATY = "treaty"
    MILITARY = "military"
    ECONOMIC = "economic"
    DIPLOMATIC = "diplomatic"
    ADVERSE = "adverse"
    COMPARISON = "comparison"


class Status(StrEnum):
    """How firmly a text makes a claim, firmest first."""

    ASSERTED = "asserted"
    ALLEGED = "alleged"
    PROSPECTIVE = "prospective"

    @property
    def rank(self) -> int:
        """0 for the firmest; where a text speaks in several voices, the lowest rank counts."""
        return _RANKS[self]


_RANKS = {status: rank for rank, status in enumerate(Status)}


class Kind(StrEnum):
    """The 27 kinds of tie between a source (gives, does, says) and a target (receives, undergoes).

    For a kind with `is_symmetric` the two actor ids stand in alphabetical order instead.
    """

    TREATY = "treaty"
    DEFENSE_PACT = "defense_pact"
    ARMS_TRANSFER = "arms_transfer"
    TECHNOLOGY = "technology"
    TROOPS = "troops"
    LABOR = "labor"
    EXERCISE = "exercise"
    MILITARY_COOPERATION = "military_cooperation"
    INTELLIGENCE = "intelligence"
    TRADE = "trade"
    ENERGY = "energy"
    INVESTMENT = "investment"
    AID = "aid"
    ECONOMIC_COOPERATION = "economic_cooperation"
    SUPPORT = "support"
    CONSULTATION = "consultation"
    NORMALIZATION = "normalization"
    CONCESSION = "concession"
    PARTNERSHIP = "partnership"
    DEMAND = "demand"
    DISTANCING = "distancing"
    CRITICISM = "criticism"
    THREAT = "threat"
    SANCTIONS = "sanctions"
    ATTACK = "attack"
    RIVALRY = "rivalry"
    PREFERENCE = "preference"

    @property
    def is_symmetric(self) -> bool:
        """Whether both actors stand on the same footing."""
        return self in _SYMMETRIC

    @property
    def family(self) -> Family:
        """The coarse group that the kind belongs to."""
        return _FAMILY[self]

    @property
    def plover_types(self) -> tuple[str, ...]:
        """PLOVER event types that the kind may stand for, the one to export first; may be empty.

        Source: the PLOVER ontology, openeventdata (https://github.com/openeventdata/PLOVER).
        """
        return _PLOVER[self]


_SYMMETRIC = frozenset(
    {
        Kind.TREATY,
        Kind.DEFENSE_PACT,
        Kind.EXERCISE,
        Kind.MILITARY_COOPERATION,
        Kind.INTELLIGENCE,
        Kind.TRADE,
        Kind.ECONOMIC_COOPERATION,
        Kind.CONSULTATION,
        Kind.NORMALIZATION,
        Kind.PARTNERSHIP,
        Kind.RIVALRY,
    }
)

_MEMBERS: dict[Family, str] = {
    Family.TREATY: "treaty defense_pact",
    Family.MILITARY: "arms_transfer technology troops exercise military_cooperation intelligence",
    Family.ECONOMIC: "labor trade energy investment aid economic_cooperation",
    Family.DIPLOMATIC: "support consultation normalization concession partnership demand",
    Family.ADVERSE: "distancing criticism threat sanctions attack rivalry",
    Family.COMPARISON: "preference",
}
_FAMILY = {Kind(kind): family for family, kinds in _MEMBERS.items() for kind in kinds.split()}

_PLOVER: dict[Kind, tuple[str, ...]] = {
    Kind.TREATY: ("AGREE", "SUPPORT", "COOPERATE"),
    Kind.DEFENSE_PACT: ("AGREE", "SUPPORT"),
    Kind.ARMS_TRANSFER: ("AID", "COOPERATE"),
    Kind.TECHNOLOGY: ("COOPERATE", "AID"),
    Kind.TROOPS: ("AID", "MOBILIZE", "COOPERATE"),
    Kind.LABOR: ("COOPERATE", "AID"),
    Kind.EXERCISE: ("COOPERATE", "MOBILIZE"),
    Kind.MILITARY_COOPERATION: ("COOPERATE",),
    Kind.INTELLIGENCE: ("COOPERATE",),
    Kind.TRADE: ("COOPERATE",),
    Kind.ENERGY: ("COOPERATE",),
    Kind.INVESTMENT: ("AID", "COOPERATE"),
    Kind.AID: ("AID",),
    Kind.ECONOMIC_COOPERATION: ("COOPERATE",),
    Kind.SUPPORT: ("SUPPORT",),
    Kind.CONSULTATION: ("CONSULT",),
    Kind.NORMALIZATION: ("SUPPORT", "AGREE", "COOPERATE", "CONCEDE"),
    Kind.CONCESSION: ("CONCEDE", "RETREAT"),
    Kind.PARTNERSHIP: ("SUPPORT", "COOPERATE"),
    Kind.DEMAND: ("REQUEST",),
    Kind.DISTANCING: ("REJECT", "SANCTION"),
    Kind.CRITICISM: ("ACCUSE", "PROTEST"),
    Kind.THREAT: ("THREATEN", "MOBILIZE"),
    Kind.SANCTIONS: ("SANCTION", "COERCE"),
    Kind.ATTACK: ("ASSAULT", "COERCE"),
    Kind.RIVALRY: (),
    Kind.PREFERENCE: (),
}
