from alignwatch.testing._contract import WRITE_GOLDEN as WRITE_GOLDEN
from alignwatch.testing._contract import SourceContract as SourceContract
from alignwatch.testing._hostile import HostileSite as HostileSite
from alignwatch.testing._hostile import HostileSource as HostileSource
from alignwatch.testing._hostile_cases import CASES as CASES
from alignwatch.testing._hostile_cases import STORED as STORED
from alignwatch.testing._hostile_cases import HostileCase as HostileCase

from . import strategies as strategies

__all__ = [
    "CASES",
    "STORED",
    "WRITE_GOLDEN",
    "HostileCase",
    "HostileSite",
    "HostileSource",
    "SourceContract",
    "strategies",
]
