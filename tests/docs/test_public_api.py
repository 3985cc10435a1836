"""What users may import, told the same way by code, stubs and docs."""

import ast
import doctest
import inspect
import io
import subprocess
import sys
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

import alignwatch

ROOT = Path(__file__).parents[2]
HEAVY = ["httpx", "lxml", "numpy", "pyarrow", "rensa", "spacy", "trafilatura"]


def _load_tool(name):
    spec = spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


reference = _load_tool("make_reference")
PACKAGES = reference.list_packages()
NAMES = [(package, name) for package in PACKAGES for name in reference.list_names(package)]


def _sort_key(name):
    """Constants, then classes, then functions, as ruff sorts them."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


@pytest.mark.parametrize("package", PACKAGES)
def test_names_are_sorted(package):
    """A reader finds a name, and two changes seldom meet in one line."""
    names = import_module(package).__all__

    assert list(names) == sorted(names, key=_sort_key)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("package", PACKAGES)
def test_every_name_exists(package):
    """`from package import *` must work, and completion must not lie."""
    module = import_module(package)

    for name in module.__all__:
        assert getattr(module, name) is not None
        assert name in dir(module)


@pytest.mark.parametrize("package", PACKAGES)
def test_what_is_public_is_in_all(package):
    """A name that can be imported and is not promised will be relied upon."""
    public = set()
    for node in ast.parse(reference.find_file(package).read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{package}."):
            public |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            public.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            public |= {target.id for target in targets if isinstance(target, ast.Name)}

    promised = set(import_module(package).__all__)
    assert {name for name in public if not name.startswith("_")} <= promised


@pytest.mark.parametrize(("package", "name"), NAMES)
def test_every_public_name_is_explained(package, name):
    """`help(name)` is the documentation that everybody has."""
    value = getattr(import_module(package), name)
    found = reference.find_source(package, name)

    docstring = inspect.getdoc(value) if found is None else found[1]
    assert docstring, f"{package}.{name} has no docstring"


def test_type_checkers_see_what_users_import():
    """The stub of the lazy package names the same as `__all__`."""
    stub = ast.parse((ROOT / "src/alignwatch/__init__.pyi").read_text("utf-8"))
    imported = {
        alias.asname or alias.name
        for node in stub.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }

    assert imported == set(alignwatch.__all__)
    assert reference.list_names("alignwatch") == list(alignwatch.__all__)


def test_the_package_is_typed():
    """Without py.typed mypy ignores every annotation of ours."""
    assert (Path(alignwatch.__file__).parent / "py.typed").exists()


def test_the_import_is_light():
    """A notebook or a shell completion imports us; it must not wait for lxml."""
    code = (
        "import sys, alignwatch; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()

    assert "alignwatch" in loaded
    assert set(loaded).isdisjoint(HEAVY)


def test_the_reference_lists_every_name():
    """What is not in the docs does not exist for a reader."""
    for package, name in NAMES:
        page = (reference.FOLDER / f"{package}.md").read_text("utf-8")
        assert f"\n### `{name}`\n" in page or f"\n- [`{name}`](" in page, f"{package}.{name}"


def test_the_reference_is_up_to_date():
    """After a change of docstrings or names: python tools/make_reference.py."""
    pages = reference.render_pages()

    assert {path for path in pages if path.parent == reference.FOLDER} == set(
        reference.FOLDER.glob("*.md")
    )
    assert [path.name for path, text in pages.items() if path.read_text("utf-8") != text] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_every_page_of_the_reference_says_what_for_and_shows_how(package):
    """Signatures are in the editor; when to take what is only here."""
    page = (reference.FOLDER / f"{package}.md").read_text("utf-8")
    opening, _, _ = page.partition("\n## Names\n")

    assert len(opening.split()) > 60
    assert "**Example**" in opening
    assert ">>> " in opening


def _list_examples():
    for package in PACKAGES:
        yield package, "", reference.describe_package(package)
        for name in reference.list_names(package):
            found = reference.find_source(package, name)
            if found and reference.find_home(package, name) == package:
                yield package, name, found[1]


@pytest.mark.parametrize(
    ("package", "name", "docstring"),
    [one for one in _list_examples() if ">>> " in one[2]],
    ids=lambda value: value[:40],
)
def test_an_example_of_the_reference_gives_what_it_shows(package, name, docstring):
    """Examples are copied, from the page and from `help()`."""
    for module in ("pyarrow", "hypothesis"):
        if f"import {module}" in docstring or f"from {module}" in docstring:
            pytest.importorskip(module, reason=f"{module} is not installed")
    module = import_module(package)
    given = {one: getattr(module, one) for one in module.__all__}
    flags = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL | doctest.NORMALIZE_WHITESPACE
    example = doctest.DocTestParser().get_doctest(docstring, given, f"{package}.{name}", None, 0)
    told = io.StringIO()

    assert doctest.DocTestRunner(optionflags=flags).run(example, out=told.write).failed == 0, (
        told.getvalue()
    )
