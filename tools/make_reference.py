# ruff: noqa: INP001 - a script beside the package, not a part of it
"""Write ``docs/reference.md`` from the docstrings: ``python tools/make_reference.py``.

It reads the sources without importing them, so that the page is the same under every Python. A test
tells when the page is stale.
"""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src"
PAGE = ROOT / "docs" / "reference.md"
HEAD = """\
# Reference

Every name of `alignwatch`, then what its packages offer beside them.
Written by `tools/make_reference.py` from the docstrings: change them, not this page.
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


def _name_target(node: ast.Assign | ast.AnnAssign) -> str:
    return ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)


def list_names(module: str) -> list[str]:
    """Give a module's ``__all__``."""
    base = SOURCES.joinpath(*module.split("."))
    path = base / "__init__.py" if base.is_dir() else base.with_suffix(".py")
    for node in _read(path).body:
        if isinstance(node, ast.Assign) and _name_target(node) == "__all__":
            return list(ast.literal_eval(node.value))
    return []


def find_source(module: str, name: str) -> tuple[Node, str] | None:
    """Find where *name* of *module* is defined, and its docstring; None for a package."""
    body = _read(find_file(module)).body
    for node, after in zip(body, [*body[1:], ast.Pass()], strict=True):
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == name:
            return node, ast.get_docstring(node) or ""
        if isinstance(node, ast.Assign | ast.AnnAssign) and _name_target(node) == name:
            told = after.value if isinstance(after, ast.Expr) else None
            return node, str(told.value) if isinstance(told, ast.Constant) else ""
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                if (alias.asname or alias.name) == name:
                    return find_source(node.module, alias.name)
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
    return f"{name} = {ast.unparse(node.value)}" if node.value else name


def _summarise(docstring: str) -> str:
    return " ".join(docstring.partition("\n\n")[0].replace("``", "`").split())


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
    """Give a Google docstring as Markdown: its sections as lists, its examples as code."""
    text = docstring.replace("``", "`")
    text = re.sub(r"^(Args|Returns|Yields|Raises):$", r"**\1**\n", text, flags=re.MULTILINE)
    # an entry "    name: what it means", its further lines deeper
    text = re.sub(r"^ {4}(\w+): ", r"- `\1`: ", text, flags=re.MULTILINE)
    text = re.sub(r"^Example:$", r"**Example**\n", text, flags=re.MULTILINE)
    text = re.sub(r"^ {4}(?=>>>|\.\.\.)", "        ", text, flags=re.MULTILINE)
    return re.sub(r"^ {4}(?! )", "", text, flags=re.MULTILINE)


def render_page() -> str:
    """Give the whole page."""
    parts = [HEAD, "## `alignwatch`\n"]
    for name in list_names("alignwatch"):
        found = find_source("alignwatch", name)
        if found is None:
            parts.append(f"### `{name}`\n")
            continue
        node, docstring = found
        call = describe_call(name, node)
        parts.append(f"### `{name}`\n\n```python\n{call}\n```\n\n{to_markdown(docstring)}\n")
        if members := list_members(node):
            parts.append(members)
    for package in list_packages()[1:]:
        parts.append(f"## `{package}`\n")
        lines = []
        for name in list_names(package):
            found = find_source(package, name)
            summary = _summarise(found[1]) if found else ""
            lines.append(f"- `{name}`: {summary}".rstrip(": "))
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(render_page(), "utf-8")
