"""Linked data (JSON-LD) in a page: the one node that describes the article."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from alignwatch.text._title import keys_of

__all__ = ["Linked", "names_of", "read_linked", "text_of"]

_ARTICLE_TYPES = re.compile(
    r"Article|Posting|Report|Blog|Review|Recipe|HowTo|Analysis|Opinion|NewsStory"
)
_PAGE_TYPES = re.compile(r"WebPage|ItemPage|MedicalWebPage|VideoObject|CreativeWork")
_CONTROL = re.compile(r"[\x00-\x1f]+")
# a comma before a closing bracket, which scripts forgive and JSON does not
_TRAILING = re.compile(r",(?=\s{0,200}[}\]])")
_MOST_CHARS = 3_000_000
_MOST_NODES = 500
_MOST_NAMES = 30
_MOST_HEADLINE_CHARS = 300
_MOST_NAME_CHARS = 2000
_MOST_TEXT_CHARS = 2_000_000
_LEAST_ALIKE = 0.3


@attrs.frozen(kw_only=True)
class Linked:
    """What the linked data says of the article, and of the page where it names no article."""

    article: Mapping[str, Any] = attrs.field(factory=dict)
    page: Mapping[str, Any] = attrs.field(factory=dict)
    by_id: Mapping[str, Mapping[str, Any]] = attrs.field(factory=dict)

    def get(self, name: str) -> object:
        """Give the property *name* of the article, with a reference followed."""
        return self.follow(self.article.get(name))

    def follow(self, value: object) -> object:
        """Give the node that ``{"@id": ...}`` refers to, any other value as it is."""
        if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
            return self.by_id.get(value["@id"], value)
        if isinstance(value, list):
            return [
                item if isinstance(item, list) else self.follow(item)
                for item in value[:_MOST_NAMES]
            ]
        return value


def read_linked(sources: Iterable[str], *, titles: Iterable[str]) -> Linked:
    """Choose among the nodes of all *sources* the one that describes the article.

    A node whose headline has next to no word of the page's *titles* describes another article.
    """
    nodes = [node for source in sources for node in _nodes(_load(source))]
    wanted = [keys_of(title) for title in titles]
    articles = [node for node in nodes if _is_of(node, _ARTICLE_TYPES)]
    pages = [node for node in nodes if _is_of(node, _PAGE_TYPES)]
    return Linked(
        article=_best(articles, wanted),
        page=_best(pages, wanted),
        by_id={
            node["@id"]: node
            for node in nodes
            if isinstance(node.get("@id"), str) and "name" in node
        },
    )


def text_of(value: object) -> str | None:
    """Give *value* if it is a text, or the first text of a list."""
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), None)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if 0 <= value < 10**13 else None
    return _whole(value[:_MOST_TEXT_CHARS]) if isinstance(value, str) else None


def _whole(text: str) -> str:
    """Give *text* with lone halves of characters replaced: nothing can store them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def names_of(value: object, linked: Linked, *, organisations: bool = False) -> list[str]:
    """Give the names in an author's value: texts, nodes, lists of them.

    Nodes that say that they are organisations are left out unless *organisations*.
    """
    return [name for name, is_person in _named(value, linked) if is_person or organisations]


def _named(value: object, linked: Linked) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    stack: list[tuple[object, bool]] = [(value, True)]
    for _ in range(_MOST_NAMES * 4):
        if not stack or len(found) >= _MOST_NAMES:
            break
        item, is_person = stack.pop()
        item = linked.follow(item)
        if isinstance(item, str):
            found.append((_whole(item[:_MOST_NAME_CHARS]), is_person))
        elif isinstance(item, list):
            stack.extend((one, is_person) for one in reversed(item[:_MOST_NAMES]))
        elif isinstance(item, dict):
            named = item.get("name") or _joined(item)
            stack.append(
                (named, is_person and "Organization" not in str(item.get("@type", ""))[:200])
            )
    return found


def _joined(node: Mapping[str, Any]) -> str | None:
    parts = [node.get("givenName"), node.get("familyName")]
    return " ".join(part for part in parts if isinstance(part, str)) or None


def _best(nodes: list[dict[str, Any]], wanted: list[set[str]]) -> dict[str, Any]:
    best: dict[str, Any] = {}
    most = -1
    for node in nodes:
        weight = sum(
            name in node for name in ("headline", "datePublished", "author", "articleBody")
        )
        if weight > most and _may_be_of(node, wanted):
            best, most = node, weight
    return best


def _may_be_of(node: Mapping[str, Any], wanted: list[set[str]]) -> bool:
    mine = keys_of(html.unescape((text_of(node.get("headline")) or "")[:_MOST_HEADLINE_CHARS]))
    shares = (len(mine & theirs) / min(len(mine), len(theirs)) for theirs in wanted if theirs)
    return not mine or not any(wanted) or max(shares) >= _LEAST_ALIKE


def _is_of(node: Mapping[str, Any], types: "re.Pattern[str]") -> bool:
    kind = node.get("@type") or ""
    kinds = kind[:10] if isinstance(kind, list) else [kind]
    return any(isinstance(one, str) and types.search(one[:200]) for one in kinds)


def _load(source: str) -> object:
    if len(source) > _MOST_CHARS:
        return None
    text = source.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    text = text.removeprefix("//<![CDATA[").removeprefix("<![CDATA[").removesuffix("]]>")
    text = _CONTROL.sub(" ", text.strip().removesuffix("//"))
    for mended in (text, _TRAILING.sub("", text)):
        try:
            return json.loads(mended)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: object) -> Iterator[dict[str, Any]]:
    stack, seen = [value], 0
    while stack and seen < _MOST_NODES:
        seen += 1
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item[:_MOST_NODES]))
        elif isinstance(item, dict):
            yield item
            stack.extend(
                item[name]
                for name in ("mainEntity", "mainEntityOfPage", "@graph")
                if isinstance(item.get(name), dict | list)
            )
