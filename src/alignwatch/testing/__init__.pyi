from alignwatch.testing._contract import WRITE_GOLDEN as WRITE_GOLDEN
from alignwatch.testing._contract import SourceContract as SourceContract

from . import strategies as strategies

__all__ = ["WRITE_GOLDEN", "SourceContract", "strategies"]
