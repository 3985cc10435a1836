"""Union-find."""

__all__ = ["Groups"]


class Groups:
    """Places that were joined, each group known by its least place."""

    def __init__(self, count: int) -> None:
        self._leader = list(range(count))

    def first_of(self, place: int) -> int:
        """Give the least place of the group of *place*."""
        leader = self._leader
        while leader[place] != place:
            leader[place] = place = leader[leader[place]]
        return place

    def is_apart(self, one: int, other: int) -> bool:
        """Tell whether nothing joined them yet."""
        return self.first_of(one) != self.first_of(other)

    def join(self, one: int, other: int) -> None:
        """Make one group of the groups of both."""
        first, second = sorted((self.first_of(one), self.first_of(other)))
        self._leader[second] = first
