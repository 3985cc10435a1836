"""Which language a text is in."""

import subprocess
import sys

import pytest

from alignwatch.text import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The minister said that the talks on trade will go on in the capital.", "en"),
        ("Der Minister sagte, dass die Gespräche über den Handel in der Stadt weitergehen.", "de"),
        ("Le ministre a dit que les négociations sur le commerce se poursuivent.", "fr"),
        ("El ministro dijo que las negociaciones sobre el comercio siguen en la capital.", "es"),
        ("Министр сказал, что переговоры о торговле продолжатся в столице.", "ru"),
        ("Міністр сказав, що переговори про торгівлю тривають і в столиці.", "uk"),
        ("外務大臣は今日、東京で会見をしました。", "ja"),
        ("外交部发言人今天在北京表示", "zh"),
        ("외교부 장관은 오늘 서울에서 회담을 했다", "ko"),
        ("وقال الوزير إن المحادثات حول التجارة سوف تستمر في العاصمة", "ar"),
    ],
)
def test_running_text_is_recognised(text, language):
    """Extraction reads English and must know what it cannot read."""
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "42", "Riga", "NATO 2024 !!!", "\U0001f600"])
def test_too_little_to_tell_is_none(text):
    """A headline of one name is in no language."""
    assert detect_language(text) is None


def test_the_model_is_loaded_only_when_it_is_needed():
    """`import alignwatch` must stay fast; numpy and the model take a third of a second."""
    code = (
        "import sys; from alignwatch.text import clean_text\n"
        "clean_text('The minister said that the talks will go on in the capital.')\n"
        "heavy = {'py3langid', 'numpy', 'trafilatura', 'lxml'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.stderr == ""


def test_one_small_word_again_and_again_shows_no_language() -> None:
    """A headline with three "a" is no Portuguese: an extractor would refuse to read it."""
    text = "Sailors boarded a tug a league off Dakar and freed a captain."

    assert detect_language(text) != "pt"
