r"""Bytes -> text: the encoding that is named, proved or plain to see; never a guess."""

import codecs
import re

from alignwatch.errors import EncodingError, NotTextError

__all__ = ["decode_text", "with_plain_breaks"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# First bytes of formats that are not text: PDF, ZIP (and docx, epub), GIF, PNG, JPEG, gzip, ...
_MAGIC = (
    *(b"%PDF-", b"PK\x03\x04", b"GIF8", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"BZh"),
    *(b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!", b"\x7fELF", b"SQLite format 3\x00", b"OggS", b"ID3"),
    *(b"\xd0\xcf\x11\xe0", b"RIFF", b"wOFF", b"wOF2", b"\x28\xb5\x2f\xfd", b"PAR1", b"MZ\x90"),
)
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1a\x1b")
# <meta charset="windows-1251">  <?xml version="1.0" encoding="koi8-r"?>
_DECLARED = re.compile(
    rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})""", re.IGNORECASE
)
# Browsers read these labels as the larger set that contains them (WHATWG Encoding Standard).
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "tis-620": "cp874",
}
# Asian encodings leave bytes that are not theirs undecodable, so success is a proof of sorts.
_MULTIBYTE = ("euc_jp", "cp932", "cp949", "gb18030", "big5")
_LATIN = re.compile(rb"[A-Za-z][\xc0-\xff]|[\xc0-\xff][a-z]|[\x91-\x97\xa0\xab\xbb]")


def decode_text(content: bytes, *, charset: str | None = None) -> str:
    r"""Give the text that *content* encodes, line ends as ``\n``, without a byte order mark.

    Tried in order: byte order mark, UTF-8 (a text that is valid UTF-8 and not plain ASCII is
    UTF-8, whatever a server says), *charset*, the encoding that the markup declares, and a legacy
    encoding whose letters make words. UTF-8 with single broken bytes is read with U+FFFD for each.

    Raises:
        NotTextError: The bytes are an image, an archive or another binary.
        EncodingError: No encoding is named and none is plain to see.
    """
    return with_plain_breaks(_decode(content, charset).removeprefix("\ufeff"))


def with_plain_breaks(text: str) -> str:
    r"""Give *text* with line ends as ``\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _decode(content: bytes, charset: str | None) -> str:
    for mark, codec in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(codec, "replace")
    if wide := _wide_encoding(content):
        return content.decode(wide, "replace")
    _refuse_binary(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(content[:4096])
    labels = [charset, declared[1].decode("ascii") if declared else None]
    for label in labels:
        name = _known(label)
        if name is not None and name != "utf-8":
            text = content.decode(name, "replace")
            # a label that fits badly is a wrong label
            if text.count("\ufffd") * 200 <= len(text):
                return text
    return _decode_undeclared(content)


def _known(label: str | None) -> str | None:
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip("\"' ")).name
    except (LookupError, ValueError):
        return None
    try:
        if not isinstance(b"a".decode(name), str):
            return None
    except (LookupError, UnicodeError):  # "hex", "rot13": codecs that are no encodings
        return None
    return _SUPERSETS.get(name, name)


def _wide_encoding(content: bytes) -> str | None:
    """Recognise UTF-16 without a mark: every other byte of Latin text is zero."""
    head = content[:2000]
    if len(head) < 8 or b"\x00" not in head:
        return None
    half = len(head) // 2
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        others = head[::2] if name == "utf-16-le" else head[1::2]
        if zeros.count(0) > 0.7 * half and others.count(0) < 0.02 * half:
            return name
    return None


def _refuse_binary(content: bytes) -> None:
    head = content[:65536]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if content.startswith(_MAGIC) or head.count(0) > 2 or controls > 8 + len(head) // 100:
        msg = f"these {len(content):,} bytes are not text: they begin with {content[:8]!r}"
        raise NotTextError(msg)


def _decode_undeclared(content: bytes) -> str:
    lenient = content.decode("utf-8", "replace")
    broken = lenient.count("\ufffd") - content.count(b"\xef\xbf\xbd")
    whole = sum(1 for char in lenient if char > "\x7f") - lenient.count("\ufffd")
    if whole >= 10 * broken or (broken == 1 and lenient.endswith("\ufffd")):
        return lenient
    high = [byte for byte in content if byte > 0x7F]
    latin = sum(len(found) > 1 for found in _LATIN.findall(content))
    if latin * 3 > len(high):
        try:
            return content.decode("cp1252")
        except UnicodeDecodeError:
            pass
    for legacy in ("cp1251", "koi8_r", *_MULTIBYTE, "cp1256"):
        plausible = _decode_plausibly(content, legacy)
        if plausible is not None:
            return plausible
    msg = (
        f"the {len(content):,} bytes are not UTF-8 and name no encoding; "
        "give charset=..., for example charset='windows-1252'"
    )
    raise EncodingError(msg)


# Letters that make up about half of any running text in the script.
_FREQUENT = {
    "cp1251": "оеаинтсрвл",
    "koi8_r": "оеаинтсрвл",
    "cp1256": "ابتيلمنره",
    "euc_jp": "のにはをたがでてとしれさいなる、。",
    "cp932": "のにはをたがでてとしれさいなる、。",
    "cp949": "이다의는에을가고를은로한",
    "gb18030": "的一是不了在人有我他这中大来上国和地到,。",
    "big5": "的一是不了在人有我他這中大來上國和地到,。",
}


def _decode_plausibly(content: bytes, name: str) -> str | None:
    try:
        text = content.decode(name)
    except UnicodeDecodeError:
        return None
    strange = [char for char in text if char > "\x7f"]
    frequent = sum(char in _FREQUENT[name] for char in strange)
    least = 0.35 if name in {"cp1251", "koi8_r", "cp1256"} else 0.08
    return text if len(strange) >= 20 and frequent >= least * len(strange) else None
