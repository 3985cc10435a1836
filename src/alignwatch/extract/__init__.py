"""Claims from cleaned text: actors, words, frames, amounts and dates.

`alignwatch.extract` (the function) is all that most programs need. Come here to know why a
sentence gave what it gave (`explain_claims`), to look at one step alone (`find_dates`,
`find_quantities`, `split_sentences`, the `Gazetteer` of actors, the `Lexicon` of words), or to
write an extractor of your own: a class with ``name`` and ``extract``, whose claims go through
`check_claims` whoever made them.

Words are data: further actors and words come from TOML files, not from code.

Example:
    >>> from datetime import date
    >>> from alignwatch.extract import find_dates, find_quantities, load_gazetteer
    >>> text = "Kyiv got 54 tanks last Monday."
    >>> [(mention.actor_id, mention.form) for mention in load_gazetteer().find(text)]
    [('UKR', 'capital')]
    >>> [amount.text for _, amount in find_quantities(text)]
    ['54 tanks']
    >>> [str(when.start) for _, when in find_dates(text, published=date(2026, 5, 7))]
    ['2026-05-04']
"""

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
