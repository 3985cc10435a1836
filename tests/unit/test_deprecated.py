"""What goes, goes with a warning that says what to write instead."""

import warnings

import pytest

from alignwatch._deprecated import deprecated, warn_deprecated


@deprecated(since="0.2", instead="alignwatch.count_pages")
def number_pages(pages, *, twice=False):
    """Count pages."""
    return len(pages) * (2 if twice else 1)


def test_a_deprecated_function_does_its_work_and_warns_the_line_that_calls_it():
    """A warning that points into a library is passed over."""
    with pytest.warns(DeprecationWarning, match="number_pages") as caught:
        assert number_pages("abc", twice=True) == 6

    assert str(caught[0].message) == (
        "number_pages() is deprecated since alignwatch 0.2 and will go: use alignwatch.count_pages"
    )
    assert caught[0].filename == __file__


def test_a_deprecated_function_is_described_as_before():
    """`help()` and editors go on to show what it does."""
    assert number_pages.__doc__ == "Count pages."
    assert number_pages.__name__ == "number_pages"


def test_a_deprecated_parameter_warns_who_passes_it():
    """Most of what goes is a part of something that stays."""

    def count(pages, *, doubled=None):
        if doubled is not None:
            warn_deprecated("count(doubled=)", since="0.2", instead="count(twice=)")
        return len(pages)

    with pytest.warns(
        DeprecationWarning, match=r"count\(doubled=\).*use count\(twice=\)"
    ) as caught:
        count("abc", doubled=True)
    assert caught[0].filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        count("abc")
