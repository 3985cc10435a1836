# ruff: noqa: INP001 - a script beside the package, not a part of it
"""Write ``docs/reference.md`` and ``docs/reference/`` from the docstrings.

``python tools/make_reference.py``: a page for each package. It reads the sources without importing
them, so that the pages are the same under every Python. A test tells when one is stale, another
runs the examples.
"""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src"
PAGE = ROOT / "docs" / "reference.md"
FOLDER = ROOT / "docs" / "reference"
HEAD = """\
# Reference

A page for each package: what it is for, when to take it, an example, and every public name.
They are written by `tools/make_reference.py` from the docstrings: change those, not the pages.

| package | what it is |
|---|---|
"""
TAIL = """
Start with [`alignwatch`](reference/alignwatch.md): its names are all that most programs need.
Commands tell of themselves: `alignwatch COMMAND --help`.
Records are told by the [wire format](wire-format.md).
"""
Node = ast.ClassDef | ast.FunctionDef | ast.Assign | ast.AnnAssign


def list_packages() -> list[str]:
    """Name `alignwatch` and every public package in it, and `alignwatch.errors`."""
    folders = sorted((SOURCES / "alignwatch").rglob("__init__.py"))
    names = [".".join(path.parent.relative_to(SOURCES).parts) for path in folders]
    return [name for name in [*names, "alignwatch.errors"] if "._" not in name]


def find_file(module: str) -> Path:
    """Find a module's source; a stub goes first, for it names what a lazy package loads."""
    base = SOURCES.joinpath(*module.split("."))
    places = [base / "__init__.pyi", base / "__init__.py", base.with_suffix(".py")]
    return next(path for path in places if path.exists())


def _read(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _read_code(module: str) -> ast.Module:
    """Read a module itself, and not its stub."""
    base = SOURCES.joinpath(*module.split("."))
    return _read(base / "__init__.py" if base.is_dir() else base.with_suffix(".py"))


def _name_target(node: ast.Assign | ast.AnnAssign) -> str:
    return ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)


def list_names(module: str) -> list[str]:
    """Give a module's ``__all__``."""
    for node in _read_code(module).body:
        if isinstance(node, ast.Assign) and _name_target(node) == "__all__":
            return list(ast.literal_eval(node.value))
    return []


def describe_package(module: str) -> str:
    """Give the docstring of a package: what it is for, and an example."""
    return ast.get_docstring(_read_code(module)) or ""


def find_source(module: str, name: str) -> tuple[Node, str] | None:
    """Find where *name* of *module* is defined, and its docstring; None for a package."""
    found = _trace(module, name)
    return found and found[1:]


def find_home(module: str, name: str) -> str:
    """Name the package whose page tells all of *name*: the one that it is defined in, if public."""
    found = _trace(module, name)
    if found is None:
        return module
    home = ".".join(found[0].split(".")[:2])
    return home if home in list_packages() and name in list_names(home) else module


def _trace(module: str, name: str) -> tuple[str, Node, str] | None:
    body = _read(find_file(module)).body
    for node, after in zip(body, [*body[1:], ast.Pass()], strict=True):
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == name:
            return module, node, ast.get_docstring(node) or ""
        if isinstance(node, ast.Assign | ast.AnnAssign) and _name_target(node) == name:
            told = after.value if isinstance(after, ast.Expr) else None
            return module, node, str(told.value) if isinstance(told, ast.Constant) else ""
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                if (alias.asname or alias.name) == name:
                    return _trace(node.module, alias.name)
    return None


def _list_fields(node: ast.ClassDef) -> str:
    """Give an attrs class's fields as it takes them, or an enum's values."""
    fields = []
    for one in node.body:
        if isinstance(one, ast.AnnAssign) and ast.unparse(one.annotation)[:8] != "ClassVar":
            default = ""
            if isinstance(one.value, ast.Call):
                given = [word.value for word in one.value.keywords if word.arg == "default"]
                default = f" = {ast.unparse(given[0])}" if given else ""
            elif one.value is not None:
                default = f" = {ast.unparse(one.value)}"
            fields.append(f"{ast.unparse(one.target)}: {ast.unparse(one.annotation)}{default}")
    return f"*, {', '.join(fields)}" if fields else ""


def describe_call(name: str, node: Node) -> str:
    """Give how *name* is called."""
    if isinstance(node, ast.FunctionDef):
        returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
        return f"{name}({ast.unparse(node.args)}){returns}"
    if isinstance(node, ast.ClassDef):
        if any(ast.unparse(base) == "StrEnum" for base in node.bases):
            values = [ast.unparse(one.value) for one in node.body if isinstance(one, ast.Assign)]
            return f"{name}: {' | '.join(values)}"
        return f"{name}({_list_fields(node)})" if node.decorator_list else name
    told = ast.unparse(node.value) if node.value else ""
    # how a constant is made is nobody's business; its docstring says what it holds
    is_private = re.search(r"(?<!\w)_[a-z_]", told, re.IGNORECASE) is not None
    return name if is_private or not told else f"{name} = {told}"


def _summarise(docstring: str) -> str:
    return " ".join(docstring.partition("\n\n")[0].replace("``", "`").split())


def find_notice(node: Node) -> str | None:
    """Say since when a function is deprecated and what is to be used instead, None if it is not."""
    for mark in getattr(node, "decorator_list", ()):
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "deprecated":
            told = {word.arg: ast.literal_eval(word.value) for word in mark.keywords}
            return f"Deprecated since {told['since']}: use `{told['instead']}`."
    return None


def list_members(node: Node) -> str:
    """List a class's public methods and properties, with what each promises."""
    lines = []
    for one in node.body if isinstance(node, ast.ClassDef) else []:
        if isinstance(one, ast.FunctionDef) and not one.name.startswith("_"):
            told = _summarise(ast.get_docstring(one) or "")
            is_property = any("property" in ast.unparse(mark) for mark in one.decorator_list)
            call = one.name if is_property else f"{one.name}({_list_arguments(one)})"
            lines.append(f"- `{call}`: {told}")
    return "\n".join([*lines, ""]) if lines else ""


def _list_arguments(node: ast.FunctionDef) -> str:
    return ast.unparse(node.args).removeprefix("self").removeprefix(", ")


def to_markdown(docstring: str) -> str:
    """Give a Google docstring as Markdown: sections as lists, examples and trees as code."""
    text = docstring.replace("``", "`")
    # what stands deeper behind "Example:" or "::" is shown as it is
    text = re.sub(
        r"^(Example:|::)\n+((?:(?: {4}.*)?\n)*(?: {4}.*))$", _fence, text, flags=re.MULTILINE
    )
    text = re.sub(r"^(Args|Returns|Yields|Raises):$", r"**\1**\n", text, flags=re.MULTILINE)
    # an entry "    name: what it means", its further lines deeper
    text = re.sub(r"^ {4}(\w+): ", r"- `\1`: ", text, flags=re.MULTILINE)
    return re.sub(r"^ {4}(?! )", "", text, flags=re.MULTILINE)


def _fence(found: re.Match[str]) -> str:
    # what is fenced is put a column deeper than what is unindented after this
    lines = [line.removeprefix("    ") for line in found[2].rstrip().splitlines()]
    code = "\n".join(_GUARD + line if line.startswith("    ") else line for line in lines)
    title, kind = ("**Example**\n\n", "pycon") if found[1] == "Example:" else ("", "text")
    return f"{title}```{kind}\n{code}\n```"


_GUARD = "\0"
"""Keeps what stands deeper in a fence from being taken for an entry; removed at the end."""


def link_packages(text: str, package: str) -> str:
    """Lead from the name of another package in running prose to its page."""
    for other in sorted(set(list_packages()) - {package}, key=len, reverse=True):
        text = re.sub(rf"(?<!\[)`{re.escape(other)}`(?!\]|\n)", f"[`{other}`]({other}.md)", text)
    return text


def render_package(package: str) -> str:
    """Give the page of one package."""
    title, _, prose = describe_package(package).partition("\n\n")
    parts = [f"# `{package}`\n", f"{title}\n", f"{to_markdown(prose)}\n", "## Names\n"]
    elsewhere = []
    for name in list_names(package):
        home = find_home(package, name)
        found = find_source(package, name)
        if found is None:
            parts.append(f"### `{name}`\n\nA package of its own.\n")
        elif home != package:
            elsewhere.append(f"- [`{name}`]({home}.md#{name.lower()}): {_summarise(found[1])}")
        else:
            node, docstring = found
            call = describe_call(name, node)
            parts.append(f"### `{name}`\n\n```py\n{call}\n```\n\n{to_markdown(docstring)}\n")
            if notice := find_notice(node):
                parts.append(f"**{notice}**\n")
            if members := list_members(node):
                parts.append(members)
    if elsewhere:
        told = "These stand here, too, and are told where they are at home.\n\n"
        parts.append(told + "\n".join(elsewhere) + "\n")
    return link_packages("\n".join(parts), package).replace(_GUARD, "")


def render_pages() -> dict[Path, str]:
    """Give all pages, by where each stands."""
    rows = [
        f"| [`{package}`](reference/{package}.md) | {_summarise(describe_package(package))} |"
        for package in list_packages()
    ]
    pages = {PAGE: HEAD + "\n".join(rows) + "\n" + TAIL}
    pages |= {FOLDER / f"{package}.md": render_package(package) for package in list_packages()}
    return pages


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    wanted = render_pages()
    for stale in set(FOLDER.glob("*.md")) - wanted.keys():
        stale.unlink()
    for path, text in wanted.items():
        path.write_text(text, "utf-8")
