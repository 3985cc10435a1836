"""What the claims of many articles say of one tie, and who copied whom."""

from enum import StrEnum

import attrs

from alignwatch.errors import ModelError
from alignwatch.model._claim import Claim, Trend
from alignwatch.model._display import Displayed
from alignwatch.model._kind import Kind

__all__ = ["Cluster", "Link", "LinkReason", "Relationship", "Standing"]


class Standing(StrEnum):
    """What a tie's claims amount to.

    ``asserted``: an article says so in its own voice and nobody is known to deny it.
    ``alleged``: it rests on somebody's word. ``contested``: somebody denies it, or articles
    contradict each other. ``prospective``: planned, possible or feared. ``ended``: it was, and is
    no more. ``negated``: every article says that the tie does not exist.
    """

    ASSERTED = "asserted"
    ALLEGED = "alleged"
    CONTESTED = "contested"
    PROSPECTIVE = "prospective"
    ENDED = "ended"
    NEGATED = "negated"


class LinkReason(StrEnum):
    """Why two articles count as one voice.

    ``copy``: one has the words of the other. ``same-page``: both name the same page as the one
    that they are a copy of, or one of them names the other. ``same-credit``: both credit their
    story to the same outlet, within days, and tell the same. ``credited``: one of them credits its
    story to the outlet that published the other. ``retold``: one credits its story to an outlet,
    and the other, which names no source of its own, leads with the same.
    """

    COPY = "copy"
    SAME_PAGE = "same-page"
    SAME_CREDIT = "same-credit"
    CREDITED = "credited"
    RETOLD = "retold"


@attrs.frozen(kw_only=True)
class Link:
    """Why two articles, ids sorted, count as one voice.

    `origin` is the outlet or page that they state, as the texts have it; None for copies.
    """

    articles: tuple[str, str]
    reason: LinkReason
    origin: str | None = None

    def __attrs_post_init__(self) -> None:
        if self.articles[0] >= self.articles[1]:
            msg = f"a link joins two articles, ids sorted, got {self.articles}"
            raise ModelError(msg)


@attrs.frozen(kw_only=True)
class Cluster:
    """Articles that tell one story, ids sorted; they count as one voice.

    `links` say why, as far as it was kept: each article is joined to the others by some. Two
    clusters of the same articles are equal, whatever links them.
    """

    articles: tuple[str, ...]
    links: tuple[Link, ...] = attrs.field(default=(), eq=False)

    def __attrs_post_init__(self) -> None:
        if not self.articles or list(self.articles) != sorted(set(self.articles)):
            msg = f"a cluster holds one id or more, sorted and each once, got {self.articles}"
            raise ModelError(msg)


@attrs.frozen(kw_only=True)
class Relationship(Displayed):
    """One tie between two actors, as all claims about it tell it.

    `claims` stand newest evidence first, and of one day the surest first (by publication, then
    confidence, then article, then place in the text).
    `article_count` counts articles, `independent_count` clusters of near-copies. `first_published`
    and `last_published` are ISO dates of articles, None where no article has one.
    """

    source: str
    target: str
    kind: Kind
    standing: Standing
    claims: tuple[Claim, ...]
    article_count: int
    independent_count: int
    first_published: str | None = None
    last_published: str | None = None
    attributed_to: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    trend: Trend | None = None

    def __attrs_post_init__(self) -> None:
        if not self.claims:
            msg = "a relationship rests on at least one claim"
            raise ModelError(msg)
        for claim in self.claims:
            if (claim.source, claim.target, claim.kind) != (self.source, self.target, self.kind):
                msg = (
                    f"a relationship's claims share its actors and kind: {self.source}, "
                    f"{self.target}, {self.kind}; claim {claim.id} has {claim.source}, "
                    f"{claim.target}, {claim.kind}"
                )
                raise ModelError(msg)
        if not 1 <= self.independent_count <= self.article_count:
            msg = (
                f"independent articles must be 1 to {self.article_count}, "
                f"got {self.independent_count}"
            )
            raise ModelError(msg)

    @property
    def latest(self) -> Claim:
        """The claim with the newest evidence."""
        return self.claims[0]

    @property
    def pair(self) -> tuple[str, str]:
        """The two actors in alphabetical order."""
        return (min(self.source, self.target), max(self.source, self.target))
