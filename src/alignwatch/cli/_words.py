"""How amounts are told and taken."""

from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

__all__ = ["Sure", "count"]

Sure = Annotated[float, Parameter(validator=Number(gte=0, lte=1))]
"""How sure a claim must be to count."""


def count(number: int, noun: str) -> str:
    """Give *number* with its noun, an s behind all but one: ``1 claim``, ``2,000 claims``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
