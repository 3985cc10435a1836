"""Who tells a thing at the end of a sentence has no part in it."""

import pytest

import alignwatch as aw


@pytest.mark.parametrize("teller", ["the United States", "Canada", "the Netherlands"])
def test_who_tells_at_the_end_receives_nothing(teller):
    """An article before the name must not turn a witness into a customer."""
    claims = aw.extract(
        f"Egypt supplied Kenya with a million barrels of oil in 2024, {teller} says."
    )

    assert [(claim.source, claim.target) for claim in claims] == [("EGY", "KEN")]
