"""E-mail addresses that a page hides from programs, put back into its tree."""

from lxml.html import HtmlElement

__all__ = ["reveal_addresses"]

_LINK = "email-protection#"
_MOST_HEX = 512


def reveal_addresses(tree: HtmlElement) -> None:
    """Replace each stub that carries its address in hexadecimal digits by the address.

    The first byte is the key; each further one, xor the key, is a byte of the address. What does
    not decode to an address stays as it is.
    """
    for node in tree.xpath("//*[@data-cfemail]"):
        _replace(node, node.get("data-cfemail"))
    for node in tree.xpath("//a[contains(@href, 'email-protection#')]"):
        if "@" not in (node.text_content() or ""):
            _replace(node, node.get("href").partition(_LINK)[2])


def _replace(node: HtmlElement, code: str) -> None:
    address = _decode(code)
    if address is None or node.getparent() is None:
        return
    words = "".join(node.text_content().split())
    # a link may have words of its own: "Write to the editor"
    if words and words.casefold() != "[emailprotected]":
        return
    for child in list(node):
        node.remove(child)
    node.text = address


def _decode(code: str) -> str | None:
    if len(code) > _MOST_HEX:
        return None
    try:
        key, *rest = bytes.fromhex(code)
        address = bytes(byte ^ key for byte in rest).decode("utf-8")
    except ValueError:
        return None
    name, at, host = address.partition("@")
    return address if at and name and host and address.isprintable() else None
