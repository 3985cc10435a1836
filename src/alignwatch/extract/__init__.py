"""Claims from cleaned text: actors, words, frames, amounts and dates."""

from alignwatch.extract._actors import Gazetteer, load_gazetteer
from alignwatch.extract._contract import Extractor, check_claims
from alignwatch.extract._dates import find_dates
from alignwatch.extract._explain import Explanation, Proposal
from alignwatch.extract._extractor import (
    EXTRACTOR_VERSION,
    RulesExtractor,
    explain_claims,
    extract_claims,
)
from alignwatch.extract._lexicon import Entry, Example, Lexicon, load_lexicon
from alignwatch.extract._lexicon_tests import ExampleResult, find_idle_words, run_examples
from alignwatch.extract._mention import Mention
from alignwatch.extract._quantities import find_quantities
from alignwatch.extract._registry import (
    ExtractorListing,
    available_extractors,
    describe_extractors,
    load_extractor,
)
from alignwatch.extract._sentences import Sentence, split_sentences
from alignwatch.extract._syntax import SyntaxExtractor

__all__ = [
    "EXTRACTOR_VERSION",
    "Entry",
    "Example",
    "ExampleResult",
    "Explanation",
    "Extractor",
    "ExtractorListing",
    "Gazetteer",
    "Lexicon",
    "Mention",
    "Proposal",
    "RulesExtractor",
    "Sentence",
    "SyntaxExtractor",
    "available_extractors",
    "check_claims",
    "describe_extractors",
    "explain_claims",
    "extract_claims",
    "find_dates",
    "find_idle_words",
    "find_quantities",
    "load_extractor",
    "load_gazetteer",
    "load_lexicon",
    "run_examples",
    "split_sentences",
]
