"""Invented news for the tests of the report."""

import pytest
from invented_news import invent_news


@pytest.fixture(scope="session")
def make_news():
    """The maker of invented news: `make_news(claim_count, seed=1, actors=9)`."""
    return invent_news
