"""The extractor on parsed sentences: lexicon, actors and voice of `rules`, arguments by syntax."""

from pathlib import Path
from threading import Lock
from typing import Any

import attrs

from alignwatch.extract._actors import Gazetteer
from alignwatch.extract._coreference import Context
from alignwatch.extract._explain import WatchedReader
from alignwatch.extract._extractor import LexiconExtractor
from alignwatch.extract._frames import Candidate
from alignwatch.extract._groups import Group
from alignwatch.extract._lexicon import Lexicon
from alignwatch.extract._ranker import Key, Ranker, load_ranker
from alignwatch.extract._rules import Draft, Reader
from alignwatch.extract._scene import Scene
from alignwatch.extract._sentences import Sentence
from alignwatch.extract._syntax_features import Syntax
from alignwatch.extract._syntax_parse import (
    DEFAULT_MODEL,
    load_pipeline,
    name_pipeline,
    parse_tokens,
)
from alignwatch.extract._tokens import Token
from alignwatch.model import Document

__all__ = ["SYNTAX_VERSION", "SyntaxExtractor", "SyntaxReader"]

SYNTAX_VERSION = "syntax/2"
"""Name and version of the extractor `syntax`; it changes whenever its claims may."""

_parsing = Lock()
"""A pipeline reads one text at a time."""


@attrs.define(kw_only=True, eq=False)
class _ParsedScene(Scene):
    """A sentence that is parsed as soon as something may be told in it."""

    is_parsed: bool = False
    syntax: Syntax | None = None


class SyntaxReader(Reader):
    """A reader that tells its ranker how the parse joins trigger and actors."""

    def __init__(
        self, gazetteer: Gazetteer, lexicon: Lexicon, ranker: Ranker, *, pipeline: Any
    ) -> None:
        super().__init__(gazetteer, lexicon, ranker)
        self._pipeline = pipeline

    def read(self, document: Document) -> list[Draft]:
        """Give every proposed claim of *document* in the order of its text."""
        with _parsing:
            return self._read_in_zone(document)

    def _read_in_zone(self, document: Document) -> list[Draft]:
        """Read, and have the pipeline forget the words of *document* afterwards.

        A zone that an error leaves is never closed by spaCy: the error must wait outside.
        """
        drafts: list[Draft] = []
        failure: BaseException | None = None
        with self._pipeline.memory_zone():
            try:
                drafts = super().read(document)
            except BaseException as error:  # noqa: BLE001 - raised again below, whatever it is
                failure = error
        if failure is not None:
            raise failure
        return drafts

    def _set_scene(
        self, tokens: list[Token], groups: list[Group], sentence: Sentence, context: Context
    ) -> Scene:
        scene = super()._set_scene(tokens, groups, sentence, context)
        return _ParsedScene(
            **{
                field.name: getattr(scene, field.name)
                for field in attrs.fields(Scene)
                if field.init
            }
        )

    def _find_keys(self, scene: Scene, candidate: Candidate) -> list[Key]:
        assert isinstance(scene, _ParsedScene)
        if not scene.is_parsed:
            scene.is_parsed = True
            parse = parse_tokens(self._pipeline, scene.tokens, scene.text)
            scene.syntax = None if parse is None else Syntax(parse)
        found = super()._find_keys(scene, candidate)
        if scene.syntax is None:
            return [*found, ("further", "syntax=none")]
        return [*found, ("further", *scene.syntax.describe(scene, candidate))]


class _WatchedSyntaxReader(WatchedReader, SyntaxReader):
    """The same, keeping what it saw."""


class SyntaxExtractor(LexiconExtractor):
    """Reads like `rules`, and has a spaCy pipeline tell who does what to whom.

    It needs the extra ``alignwatch[spacy]`` and a model of English with a parser, which is a part
    of the extractor's name: ``syntax/2+en_core_web_sm-3.8.0``.

    Args:
        actors: A file of further actors, see `load_gazetteer`.
        lexicon: A file of further words, see `load_lexicon`.
        model: The pipeline's name (an installed package, or a folder); ``en_core_web_sm`` if None.
        threshold: Claims below this chance are not given; None takes the one that was trained.

    Raises:
        MissingExtraError: spaCy or the model is not installed; the message says how to get it.
        ModelError: The model is one of another language.
    """

    def __init__(
        self,
        *,
        actors: Path | None = None,
        lexicon: Path | None = None,
        model: str | None = None,
        threshold: float | None = None,
    ) -> None:
        self._pipeline = load_pipeline(model or DEFAULT_MODEL)
        self.name = f"{SYNTAX_VERSION}+{name_pipeline(self._pipeline)}"
        super().__init__(
            actors=actors,
            lexicon=lexicon,
            threshold=threshold,
            ranker=load_ranker("ranker_syntax"),
        )

    def _make_reader(self) -> Reader:
        return SyntaxReader(self._gazetteer, self._lexicon, self._ranker, pipeline=self._pipeline)

    def _make_watched_reader(self) -> WatchedReader:
        return _WatchedSyntaxReader(
            self._gazetteer, self._lexicon, self._ranker, pipeline=self._pipeline
        )
