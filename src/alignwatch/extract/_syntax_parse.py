"""Dependency parses of sentences, by a spaCy pipeline that the user names."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import attrs

from alignwatch.errors import MissingExtraError, ModelError
from alignwatch.extract._tokens import Token

__all__ = ["DEFAULT_MODEL", "Parse", "load_pipeline", "name_pipeline", "parse_tokens"]

DEFAULT_MODEL = "en_core_web_sm"
_UNUSED = ("ner", "lemmatizer", "senter", "attribute_ruler")
_LONGEST = 400
"""Tokens of the longest sentence that is parsed."""


@attrs.frozen(kw_only=True)
class Parse:
    """What each word of a sentence hangs on, and as what.

    `place` gives the word of each token. `heads` are words, a root's is itself; `labels` are those
    of the ClearNLP scheme, `tags` coarse parts of speech, `lows` the words in lower case.
    `below` lists the words that hang on each word, in order.
    """

    place: Sequence[int]
    heads: Sequence[int]
    labels: Sequence[str]
    tags: Sequence[str]
    lows: Sequence[str]
    below: Sequence[Sequence[int]]


@cache
def load_pipeline(model: str) -> Any:
    """Give the spaCy pipeline of that name, without the parts that are not used.

    Raises:
        MissingExtraError: spaCy or the model is not installed, or the model has no parser.
        ModelError: The model is one of another language.
    """
    try:
        import spacy  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        msg = "the extractor 'syntax' needs spaCy: pip install 'alignwatch[spacy]'"
        raise MissingExtraError(msg) from error
    try:
        pipeline = spacy.load(model, exclude=list(_UNUSED))
    except (OSError, ValueError) as error:
        installed = ", ".join(sorted(spacy.util.get_installed_models())) or "none is"
        msg = (
            f"spaCy cannot load the model {model!r}: python -m spacy download {model} gets it, or "
            f"name another one with a parser, a package or a folder (installed: {installed})"
        )
        raise MissingExtraError(msg) from error
    if not hasattr(pipeline, "memory_zone"):
        msg = "the extractor 'syntax' needs spaCy 3.8 or later: pip install 'alignwatch[spacy]'"
        raise MissingExtraError(msg)
    if pipeline.lang != "en":
        msg = f"the model {model!r} is one of {pipeline.lang!r}; the lexicon is English"
        raise ModelError(msg)
    if "parser" not in pipeline.pipe_names:
        msg = f"the model {model!r} has no parser; {DEFAULT_MODEL!r} has one"
        raise MissingExtraError(msg)
    return pipeline


def name_pipeline(pipeline: Any) -> str:
    """Name a pipeline and its version, such as ``en_core_web_sm-3.8.0``."""
    told = f"{pipeline.lang}_{pipeline.meta.get('name')}-{pipeline.meta.get('version')}"
    return re.sub(r"[^\w.-]", "_", told)


def parse_tokens(pipeline: Any, tokens: Sequence[Token], text: str) -> Parse | None:
    """Parse a sentence as it was read: each actor is one word; None for one that is too long.

    One sentence at a time, so that no other one of the text has a part in what comes out.
    """
    if len(tokens) > _LONGEST:
        return None
    from spacy.tokens import Doc  # noqa: PLC0415 - an optional extra

    words: list[str] = []
    spaces: list[bool] = []
    place: list[int] = []
    for number, token in enumerate(tokens):
        if token.joined:
            words.append("-")
            spaces.append(False)
        place.append(len(words))
        follows = number + 1 < len(tokens)
        spaced = follows and not tokens[number + 1].joined and tokens[number + 1].start > token.end
        parts = _words_of(token, text)
        words += parts
        spaces += [False] * (len(parts) - 1) + [spaced]
    told = pipeline(Doc(pipeline.vocab, words=words, spaces=spaces))
    heads = [word.head.i for word in told]
    below: list[list[int]] = [[] for _ in heads]
    for at, head in enumerate(heads):
        if head != at:
            below[head].append(at)
    return Parse(
        place=place,
        heads=heads,
        labels=[word.dep_ for word in told],
        tags=[_coarse(word.tag_) for word in told],
        lows=[word.lower() for word in words],
        below=below,
    )


def _coarse(tag: str) -> str:
    """The universal part of speech of a tag of the Penn Treebank, verbs and auxiliaries as one."""
    return _COARSE.get(tag) or _COARSE.get(tag[:2]) or "X"


_COARSE = {
    **dict.fromkeys(("VB", "MD"), "VERB"),
    **dict.fromkeys(("NN", "AF", "FW"), "NOUN"),
    **dict.fromkeys(("NNP", "NNPS"), "PROPN"),
    **dict.fromkeys(("PRP", "WP", "EX"), "PRON"),
    **dict.fromkeys(("DT", "PRP$", "WP$", "WDT", "PDT"), "DET"),
    **dict.fromkeys(("IN", "RP"), "ADP"),
    **dict.fromkeys(("TO", "POS"), "PART"),
    **dict.fromkeys((".", ",", ":", "``", "''", "-L", "-R", "HY", "NF"), "PUNCT"),
    "JJ": "ADJ",
    "RB": "ADV",
    "WR": "ADV",
    "CD": "NUM",
    "CC": "CCONJ",
}


def _words_of(token: Token, text: str) -> list[str]:
    """The words that the model knows a token as: "hasn't" is two, a name its last one."""
    word = text[token.start : token.end]
    if token.name is not None:
        return [word.split()[-1].lstrip("#@") or word]
    if token.low.endswith("n't") and len(word) > len("n't"):
        return [word[:-3], word[-3:]]
    return [word]
