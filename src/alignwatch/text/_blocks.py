"""A page's tree -> its blocks: what stands by itself on the page, in its order, with what it is in.

One walk, no recursion: the depth of a page is its author's choice.
"""

from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from alignwatch.text._blocks_names import families_of, families_of_tag
from alignwatch.text._blocks_tables import HIDING, names_table, read_grid

__all__ = ["HIDDEN_BY_STYLE", "Block", "Frame", "read_blocks"]

_SKIPPED = frozenset(
    {
        *("script", "style", "template", "noscript", "head", "svg", "math", "iframe", "object"),
        *("embed", "applet", "canvas", "audio", "video", "select", "datalist", "textarea"),
        *("input", "map", "meter", "progress", "title", "meta", "link", "noframes", "param"),
    }
)
_INLINE = frozenset(
    {
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn"),
        *("em", "font", "i", "ins", "kbd", "mark", "nobr", "q", "rb", "rp", "rt", "ruby", "s"),
        *("samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var"),
        *("wbr", "img", "picture", "source", "label"),
    }
)
# what a tag is to the walk; one that is not listed is a frame
_FRAME, _BREAK, _SKIP, _PLAIN, _LINK, _STRONG, _IMAGE = range(7)
_SORTS = {
    **dict.fromkeys(_SKIPPED, _SKIP),
    **dict.fromkeys(_INLINE, _PLAIN),
    "a": _LINK,
    "b": _STRONG,
    "br": _BREAK,
    "img": _IMAGE,
    "strong": _STRONG,
}
HIDDEN_BY_STYLE, HIDDEN_BY_ARIA = 1, 2
"""What says that a frame is not shown; the bits of `Frame.hidden`."""


_LONGEST_NAME = 200
_LISTS = frozenset({"ol", "ul"})
_NAMING = frozenset(
    {"aria-label", "class", "data-component", "data-testid", "id", "itemprop", "role"}
)


class Frame:
    """An element that is not inline: what blocks and other frames stand in.

    `own` are the families of names on it, `near` those on it and the two around it, `mask` those
    on all around it. The sums are for whoever lays out the page. `node` is None for the page and
    its body.
    """

    __slots__ = (
        "blocks",
        "bullet",
        "chars",
        "hidden",
        "images",
        "index",
        "key",
        "level",
        "link_chars",
        "lists",
        "mask",
        "near",
        "node",
        "own",
        "paragraph_chars",
        "parent",
        "pre",
        "tag",
    )

    def __init__(self, tag: str, parent: "Frame | None", index: int) -> None:
        self.tag = self.key = tag
        self.parent = parent
        self.index = index
        self.node: HtmlElement | None = None
        self.own = self.near = self.mask = 0
        self.chars = self.link_chars = self.paragraph_chars = self.blocks = self.images = 0
        self.bullet = tag == "li"
        if parent is None:
            self.level = self.lists = self.hidden = 0
            self.pre = False
        else:
            self.level = parent.level + 1
            self.lists = parent.lists + (tag in _LISTS)
            self.hidden = parent.hidden
            self.pre = parent.pre or tag == "pre"

    def name(self, node: HtmlElement) -> None:
        """Read what the attributes of the element say."""
        self.node = node
        own = families_of_tag(self.tag)
        for name, value in node.items():
            if name in _NAMING:
                own |= families_of(value[:_LONGEST_NAME])
                if name == "class":
                    self.key = f"{self.tag} {value[:_LONGEST_NAME]}"
            elif name == "hidden" or (name == "style" and HIDING.search(value)):
                self.hidden |= HIDDEN_BY_STYLE
            elif name == "aria-hidden" and value == "true":
                self.hidden |= HIDDEN_BY_ARIA
        self.own = self.near = self.mask = own
        parent = self.parent
        if parent is not None:
            self.near |= parent.own | (parent.parent.own if parent.parent is not None else 0)
            self.mask |= parent.mask


class Block:
    """A run of text without a break inside, or a whole table.

    `inner` are the families of the names of the inline elements in it; `cut` tells that a line
    break parts it from the block before it, `bullet` that it begins a list item.
    """

    __slots__ = (
        "bold_chars",
        "bullet",
        "chars",
        "cut",
        "frame",
        "inner",
        "link_chars",
        "links",
        "tag",
        "text",
    )

    def __init__(self, text: str, frame: Frame) -> None:
        self.text = text
        self.frame = frame
        self.tag = frame.tag
        self.chars = len(text)
        self.link_chars = self.links = self.bold_chars = self.inner = 0
        self.cut = self.bullet = False


class _Walk:
    """What has been met on the way through the tree."""

    def __init__(self) -> None:
        self.frame = Frame("html", None, 0)
        self.frames = [self.frame]
        self.blocks: list[Block] = []
        self.parts: list[str] = []
        self.link_chars = self.links = self.bold_chars = self.inner = 0
        self.in_link = self.in_bold = 0
        self.cut = False

    def enter(self, node: HtmlElement, tag: str) -> bool:
        """Enter an element that is not inline; False means to pass over what is in it."""
        if self.parts or self.links or self.inner:
            self.flush()
        self.cut = tag == "br"
        if self.cut:
            return True
        self.frame = frame = Frame(tag, self.frame, len(self.frames))
        self.frames.append(frame)
        # names on the body are of the page, not of a part of it
        if tag != "body":
            frame.name(node)
        if tag == "figcaption" and names_table(node):
            return False
        rows = read_grid(node) if tag == "table" else ""
        if rows:
            self.add(rows)
        return not rows

    def leave(self) -> None:
        """Leave an element that is not inline."""
        if self.parts or self.links or self.inner:
            self.flush()
        self.cut = False
        self.frame = self.frame.parent or self.frame

    def open_inline(self, node: HtmlElement, sort: int) -> None:
        if sort == _LINK:
            self.in_link += 1
            self.links += 1
        elif sort == _STRONG:
            self.in_bold += 1
        elif sort == _IMAGE:
            self.frame.images += 1
        name = node.get("class")
        if name:
            self.inner |= families_of(name[:_LONGEST_NAME])

    def close_marked(self, sort: int) -> None:
        if sort == _LINK:
            self.in_link -= 1
        elif sort == _STRONG:
            self.in_bold -= 1

    def count_marked(self, text: str) -> None:
        chars = len(text.strip())
        if self.in_link:
            self.link_chars += chars
        if self.in_bold:
            self.bold_chars += chars

    def flush(self) -> None:
        """End the block that is being gathered, if there is one."""
        raw = "".join(self.parts)
        if raw and not raw.isspace():
            if self.frame.pre:
                text = "\n".join(line.rstrip() for line in raw.splitlines() if line.strip())
            else:
                text = " ".join(raw.split())
            self.add(text)
        self.parts.clear()
        self.link_chars = self.links = self.bold_chars = self.inner = 0

    def add(self, text: str) -> None:
        frame = self.frame
        block = Block(text, frame)
        block.link_chars = min(self.link_chars, block.chars)
        block.bold_chars = min(self.bold_chars, block.chars)
        block.links, block.inner, block.cut = self.links, self.inner, self.cut
        item = frame if frame.bullet else frame.parent
        if item is not None and item.bullet:
            block.bullet, item.bullet = True, False
        self.blocks.append(block)


def read_blocks(tree: HtmlElement) -> tuple[list[Block], list[Frame]]:
    """Give the blocks of a page in its order, and the frames around them, outer before inner."""
    walk = _Walk()
    parts, sort_of = walk.parts, _SORTS.get
    walker = etree.iterwalk(tree, events=("start", "end"))
    for event, node in walker:
        tag: Any = node.tag
        sort = sort_of(tag, _FRAME)
        if event == "start":
            if sort >= _PLAIN:
                walk.open_inline(node, sort)
            elif sort == _SKIP or not walk.enter(node, tag):
                walker.skip_subtree()
                continue
            text = node.text
        else:
            if sort == _FRAME:
                walk.leave()
            elif sort > _PLAIN:
                walk.close_marked(sort)
            text = node.tail
        if text:
            parts.append(text)
            if walk.in_link or walk.in_bold:
                walk.count_marked(text)
    walk.flush()
    return walk.blocks, walk.frames
