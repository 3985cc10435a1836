"""Claims from cleaned text: actors, words, frames, amounts and dates."""

from alignwatch.extract._actors import Gazetteer, load_gazetteer
from alignwatch.extract._dates import find_dates
from alignwatch.extract._extractor import (
    EXTRACTOR_VERSION,
    Extractor,
    RulesExtractor,
    extract_claims,
    load_extractor,
)
from alignwatch.extract._mention import Mention
from alignwatch.extract._quantities import find_quantities
from alignwatch.extract._sentences import Sentence, split_sentences

__all__ = [
    "EXTRACTOR_VERSION",
    "Extractor",
    "Gazetteer",
    "Mention",
    "RulesExtractor",
    "Sentence",
    "extract_claims",
    "find_dates",
    "find_quantities",
    "load_extractor",
    "load_gazetteer",
    "split_sentences",
]
