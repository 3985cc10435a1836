"""Claims from cleaned text: actors, words, frames, amounts and dates."""

from alignwatch.extract._actors import Gazetteer, Mention, load_gazetteer
from alignwatch.extract._extractor import (
    EXTRACTOR_VERSION,
    Extractor,
    RulesExtractor,
    extract_claims,
    load_extractor,
)

__all__ = [
    "EXTRACTOR_VERSION",
    "Extractor",
    "Gazetteer",
    "Mention",
    "RulesExtractor",
    "extract_claims",
    "load_extractor",
    "load_gazetteer",
]
