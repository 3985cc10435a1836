"""Claims from cleaned text: actors, words, frames, amounts and dates."""

from alignwatch.extract._actors import Gazetteer, Mention, load_gazetteer

__all__ = ["Gazetteer", "Mention", "load_gazetteer"]
