"""Which language a text is in: by script, then by its little words, then by a trained model."""

import functools
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files

from alignwatch.errors import DataFileError

__all__ = ["count_little_words", "detect_language", "is_little_word"]

_SAMPLE = 6000
_WORD = re.compile(r"[^\W\d_]+")
_LEAST_WORDS = 3
# Scripts that (nearly) one language alone writes; Han alone means Chinese, with kana Japanese.
_SCRIPTS = (
    ("ja", re.compile(r"[\u3041-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7a3\u1100-\u11ff]")),
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ka", re.compile(r"[\u10a0-\u10ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
)
_ARABIC = re.compile(r"[\u0620-\u06d3\ufb50-\ufefc]")
_URDU = re.compile(r"[\u0679\u0688\u0691\u06ba\u06be\u06c1\u06d2]")
_ONLY_ARABIC = re.compile(r"[\u0629\u0643\u0649\u064a\u0625]")
_ONLY_PERSIAN = re.compile(r"[\u067e\u0686\u0698\u06a9\u06af\u06cc]")
_NO_ASCII = re.compile(r"[^\x00-\x7f]")
# three stretches of a long text that all speak one language plainly spare a look at the rest
_PROBE = 700
_PROBES = (0, _SAMPLE // 2, _SAMPLE - _PROBE)
_SURE_SHARE = 0.25
_SURE_AHEAD = 5.0
_LETTER = re.compile(r"[^\W\d_]")
_PLAIN = bytes(range(128))
_NO_PLAIN_LETTERS = bytes(code for code in range(256) if code > 127 or not chr(code).isalpha())
# lower case, and a space for whatever is no letter
_FOLD = bytes(ord(chr(code).lower()) if chr(code).isalpha() else 32 for code in range(128)) + bytes(
    128
)


def detect_language(text: str) -> str | None:
    """Give the ISO 639-1 code of the language that *text* is written in, None when unsure.

    Deterministic and offline. Looks at the first 6,000 characters; needs three words at least.
    """
    sample = text[:_SAMPLE]
    raw = sample.encode("utf-8", "surrogatepass")
    plain = len(raw.translate(None, _NO_PLAIN_LETTERS))
    # all the scripts are beyond ASCII, and little is left to search in most texts
    rest = raw.translate(None, _PLAIN).decode("utf-8", "surrogatepass")
    letters = plain + len(_LETTER.findall(rest))
    if not letters:
        return None
    found = _by_script(rest, letters)
    if found is not None:
        return found
    if len(sample) == _SAMPLE:
        probes = "\n".join(sample[at : at + _PROBE] for at in _PROBES)
        found = _by_little_words(_words_of(probes), enough=_SURE_SHARE, ahead=_SURE_AHEAD)
        if found is not None:
            return found
    words = _words_of(sample)
    if len(words) < _LEAST_WORDS:
        return None
    return _by_little_words(words) or _by_model(sample, len(words))


def _words_of(text: str) -> list[str]:
    for mark in {mark for mark in _NO_ASCII.findall(text) if not mark.isalnum()}:
        text = text.replace(mark, " ")
    if text.isascii():
        return text.encode("ascii").translate(_FOLD).decode("ascii").split()
    return _WORD.findall(text.casefold())


def is_little_word(word: str) -> bool:
    """Whether *word*, in lower case, is a function word of some language: a sentence goes on."""
    return word in _little_words()


def count_little_words(words: Iterable[str]) -> int:
    """Count those of *words*, in lower case, that are function words of some language."""
    return sum(map(_little_words().__contains__, words))


def _by_script(sample: str, letters: int) -> str | None:
    if not sample:
        return None
    shares = {code: len(script.findall(sample)) / letters for code, script in _SCRIPTS}
    # Japanese mixes kana with Han; one kana in ten letters is never Chinese
    if shares["ja"] > 0.1 and shares["ja"] + shares["zh"] > 0.5:
        return "ja"
    best = max(shares, key=lambda code: shares[code])
    if shares[best] > 0.5:
        return best
    return _in_arabic_script(sample) if len(_ARABIC.findall(sample)) > 0.5 * letters else None


def _in_arabic_script(sample: str) -> str | None:
    """Tell Arabic, Persian and Urdu apart by the letters that only one of them has."""
    if _URDU.search(sample):
        return "ur"
    arabic, persian = len(_ONLY_ARABIC.findall(sample)), len(_ONLY_PERSIAN.findall(sample))
    if arabic == persian:
        return None
    return "ar" if arabic > persian else "fa"


def _by_little_words(words: list[str], *, enough: float = 0.12, ahead: float = 2.5) -> str | None:
    """Decide by function words, only where one language has far more of them than any other."""
    scores: Counter[str] = Counter()
    different: Counter[str] = Counter()
    table = _little_words()
    for word, times in Counter(filter(table.__contains__, words)).items():
        for code in table[word]:
            scores[code] += times
            different[code] += 1
    ranked = scores.most_common(2)
    if not ranked:
        return None
    code, best = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0
    # one word again and again shows no language: "a" is English and Portuguese
    found = best >= _LEAST_WORDS and best >= enough * len(words) and different[code] > 1
    return code if found and best >= ahead * second else None


@functools.cache
def _little_words() -> Mapping[str, tuple[str, ...]]:
    source = files("alignwatch.text") / "data" / "stopwords.toml"
    lists = tomllib.loads(source.read_text(encoding="utf-8"))
    table: dict[str, tuple[str, ...]] = {}
    for code, words in sorted(lists.items()):
        if not isinstance(words, str):
            msg = f"stopwords.toml: {code!r} must be a string of words, got {type(words).__name__}"
            raise DataFileError(msg)
        for word in words.split():
            table[word] = (*table.get(word, ()), code)
    return table


@functools.cache
def _model() -> Callable[[str], tuple[str, float]]:
    # a model of our own: the package's shared one can be narrowed by anybody in the process
    from py3langid.langid import (  # noqa: PLC0415 - numpy and the model take 0.3 s
        MODEL_FILE,
        LanguageIdentifier,
    )

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    classify: Callable[[str], tuple[str, float]] = identifier.classify
    return classify


def _by_model(sample: str, words: int) -> str | None:
    code, chance = _model()(sample)
    # short texts must be plain cases
    least = 0.5 if words >= 30 else 0.8
    return code if chance >= least and len(code) == 2 else None
