"""Bytes: encodings that are named or plain are read, all else is refused by name."""

import pytest

from alignwatch.errors import EncodingError, NotTextError
from alignwatch.text import decode_text

RUSSIAN = "Министр сказал, что переговоры о торговле продолжатся в столице в понедельник."


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        (RUSSIAN.encode(), None),
        (b"\xef\xbb\xbf" + RUSSIAN.encode(), None),
        (RUSSIAN.encode(), "windows-1251"),
        (RUSSIAN.encode("utf-16"), None),
        (RUSSIAN.encode("cp1251"), "windows-1251"),
        (RUSSIAN.encode("cp1251"), None),
        (RUSSIAN.encode("koi8-r"), "koi8-r"),
        (b'<?xml version="1.0" encoding="koi8-r"?>' + RUSSIAN.encode("koi8-r"), None),
        (b'<meta charset="windows-1251">' + RUSSIAN.encode("cp1251"), "no-such-charset"),
    ],
)
def test_a_text_is_read_however_its_encoding_is_known(content, charset):
    """Old pages of the region are in old encodings, and servers name the wrong ones."""
    assert decode_text(content, charset=charset).endswith(RUSSIAN)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (
            "Die Minister trafen sich \u201eim Schloss\u201c über der Stadt, größer als je.",
            "cp1252",
        ),
        ("外務大臣は今日、東京で会見をしました。そして協定についての説明がありました。", "euc_jp"),
        ("The Minister\u2019s words \u2013 not ours", "utf-16-le"),
    ],
)
def test_plain_cases_need_no_name(text, encoding):
    """A file on a disk has no server that names its encoding."""
    assert decode_text(text.encode(encoding)) == text


def test_line_ends_become_one_kind():
    """Offsets must not depend on the system that wrote the file."""
    assert decode_text(b"a\r\nb\rc\n") == "a\nb\nc\n"


def test_a_single_broken_byte_costs_one_character():
    """A page cut in the middle of a character is still a page."""
    assert decode_text("größer und größer".encode()[:-1] + b"\xff") == "größer und größe\ufffd"


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 x", b"PK\x03\x04zip", b"\x89PNG\r\n", b"a\x00\x01\x00b" * 9]
)
def test_a_binary_is_no_text(content):
    """Feeds link to PDFs and podcasts."""
    with pytest.raises(NotTextError, match="are not text"):
        decode_text(content)


def test_on_doubt_the_error_says_what_to_give():
    """A wrong guess would put wrong words into somebody's mouth."""
    with pytest.raises(EncodingError, match="charset="):
        decode_text(bytes(range(0x80, 0x100)) * 3)
