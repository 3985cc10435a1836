"""Phrase lists: data that a user can read and extend, checked as strictly as code."""

import tomllib
from importlib.resources import files

import pytest

from alignwatch.errors import DataFileError
from alignwatch.text import RULES, clean_text
from alignwatch.text._phrases import USES, _read, load_phrases

FOLDER = files("alignwatch.text") / "data" / "phrases"
LANGUAGES = sorted(entry.name for entry in FOLDER.iterdir())

BODY = {
    "de": "Die beiden Regierungen unterzeichneten am Montag in Riga das Abkommen über den Handel.",
    "fr": "Les deux gouvernements ont signé lundi à Riga l'accord sur le commerce des céréales.",
    "es": "Los dos gobiernos firmaron el lunes en Riga el acuerdo sobre el comercio de cereales.",
    "ru": "Правительства двух стран подписали в понедельник в Риге соглашение о торговле зерном.",
    "zh": "两国政府星期一在里加签署了粮食贸易协定,双方官员都表示协定将在明年年初正式生效。",
}
JUNK = {
    "de": "Lesen Sie auch\nEine andere Meldung des Tages",
    "fr": "À lire aussi : Une autre nouvelle du jour",
    "es": "Deja un comentario",
    "ru": "Читайте также: Другая новость дня",
    "zh": "相关阅读",
}


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_file_names_rules_and_uses_that_exist(name):
    """A misspelt rule would never be asked, and nobody would notice."""
    tables = tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))

    assert tables.keys() <= RULES.keys()
    assert {use for uses in tables.values() for use in uses} <= USES


def test_the_languages_are_those_that_the_documentation_names():
    """Fourteen languages are promised."""
    codes = "ar de en es fa fr it ja ko pt ru tr uk zh"

    assert [name.removesuffix(".toml") for name in LANGUAGES] == codes.split()


@pytest.mark.parametrize("language", BODY)
def test_furniture_goes_in_other_languages_too(language):
    """The text itself stays in every one of them."""
    assert clean_text(f"{BODY[language]}\n\n{JUNK[language]}").text == BODY[language]


@pytest.mark.parametrize(
    "label",
    [
        "Compartilhe no Facebook",
        "شارك المقال",
        "اشترك في النشرة الإخبارية",
        "عضویت در خبرنامه",
        "订阅我们的通讯",
        "メルマガ登録はこちら",
        "뉴스레터 구독하기",
    ],
)
def test_prompts_go_in_languages_with_short_lists_too(label):
    """Fourteen languages are promised, and not only the five that are easiest to test."""
    assert label not in clean_text(f"{BODY['zh']}\n\n{label}").text


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("leave a reply", True),
        ("leave reply", True),
        ("12 comments", True),
        ("no comments", True),
        ("many comments", False),
        ("leave a reply to the minister", False),
    ],
)
def test_a_phrase_matches_word_by_word(words, whole):
    """Alternatives, gaps and numbers mean what the documentation says."""
    found = load_phrases()["line"].match(words.split(), whole=True)

    assert ("comment-prompt" in found) is whole


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("[related", "is no TOML"),
        ("[related]\nlines = ['x']", "has the key 'lines'"),
        ("[related]\nline = ['* read']", "must begin and end with a word"),
        ("[related]\nstart = ['read *']", "must begin and end with a word"),
    ],
)
def test_a_malformed_file_is_named(source, message):
    """Whoever edits a list must be told where it is wrong."""
    with pytest.raises(DataFileError, match=f"xx.toml.*{message}".replace("*", "\\*", 0)):
        _read("xx.toml", source, {})
