from alignwatch.testing._contract import WRITE_GOLDEN as WRITE_GOLDEN
from alignwatch.testing._contract import SourceContract as SourceContract
from alignwatch.testing._extractor_contract import ExtractorContract as ExtractorContract
from alignwatch.testing._hostile import HostileSite as HostileSite
from alignwatch.testing._hostile import HostileSource as HostileSource
from alignwatch.testing._hostile_cases import CASES as CASES
from alignwatch.testing._hostile_cases import STORED as STORED
from alignwatch.testing._hostile_cases import HostileCase as HostileCase
from alignwatch.testing._rule_contract import CLEAN_TEXT as CLEAN_TEXT
from alignwatch.testing._rule_contract import RuleContract as RuleContract

from . import strategies as strategies

__all__ = [
    "CASES",
    "CLEAN_TEXT",
    "STORED",
    "WRITE_GOLDEN",
    "ExtractorContract",
    "HostileCase",
    "HostileSite",
    "HostileSource",
    "RuleContract",
    "SourceContract",
    "strategies",
]
