"""The kit stays out of the way until it is used, and draws only values that hold."""

import subprocess
import sys

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

import alignwatch.testing
from alignwatch.model import Document, Kind
from alignwatch.testing import strategies

# what was found is not made smaller, which takes long
FIRST_FOUND = settings(phases=[Phase.generate], max_examples=5000)
VALUES = sorted({*strategies.__all__} - {"spans"})


@pytest.mark.parametrize("name", VALUES)
@given(data=st.data())
def test_every_strategy_draws_values(name, data):
    """A strategy that breaks a law of the model would blame the code under test."""
    assert data.draw(getattr(strategies, name)()) is not None


@given(st.data())
def test_claims_of_a_document_quote_it(data):
    """Who tests a report needs claims that can be found again in their text."""
    document = data.draw(strategies.documents(min_size=1))
    claim = data.draw(strategies.claims(document=document))

    assert claim.article == document.article
    assert claim.evidence.span.slice(document.text) == claim.evidence.quote
    assert document.raw_span(claim.evidence.span).start == claim.evidence.raw_start


@pytest.mark.parametrize(
    "is_found",
    [
        pytest.param(lambda found: any(not edit.original for edit in found.removed), id="inserts"),
        pytest.param(lambda found: len(found.text) == 0 and found.removed, id="empties"),
        pytest.param(
            lambda found: any(
                one.end == two.start
                for one, two in zip(found.removed, found.removed[1:], strict=False)
            ),
            id="side by side",
        ),
        pytest.param(lambda found: any(table.span for table in found.tables), id="table in text"),
    ],
)
def test_documents_reach_the_corners(is_found):
    """Laws that are tried on easy documents alone prove little."""
    assert isinstance(find(strategies.documents(), is_found, settings=FIRST_FOUND), Document)


@pytest.mark.parametrize("is_found", [Kind.PREFERENCE.__eq__, lambda kind: kind.is_symmetric])
def test_claims_reach_the_kinds_with_rules_of_their_own(is_found):
    """An exporter that forgets `over`, or the order of actors, must meet it."""
    assert find(strategies.claims(), lambda claim: is_found(claim.kind), settings=FIRST_FOUND)


def test_the_kit_is_listed_before_it_is_loaded():
    """Completion in a notebook shows what is there."""
    assert "strategies" in dir(alignwatch.testing)
    assert alignwatch.testing.strategies is strategies


def test_an_unknown_name_is_an_attribute_error():
    """`hasattr` must work on the package."""
    with pytest.raises(AttributeError, match="has no attribute 'stategies'"):
        alignwatch.testing.stategies  # noqa: B018 - the look-up is what is tried


def _run(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_the_kit_loads_nothing_by_itself():
    """Hypothesis is slow to import, and few need it."""
    run = _run("import alignwatch.testing, sys; print('hypothesis' in sys.modules)")

    assert run.stdout.strip() == "False", run.stderr


def test_without_hypothesis_the_error_says_what_to_install():
    """`No module named hypothesis` tells nobody which extra it comes with."""
    run = _run(
        "import sys; sys.modules['hypothesis'] = None; import alignwatch.testing as t; t.strategies"
    )

    assert "MissingExtraError: alignwatch.testing.strategies needs hypothesis" in run.stderr
    assert "pip install 'alignwatch[testing]'" in run.stderr
