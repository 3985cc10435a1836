import importlib.util
import sys
from pathlib import Path

import pytest

NEWSROOM = Path(__file__).parents[2] / "examples" / "newsroom"


@pytest.fixture(scope="session")
def serve():
    """The `serve` of the example newsroom, which is no package."""
    spec = importlib.util.spec_from_file_location("newsroom_serve", NEWSROOM / "serve.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module.serve


@pytest.fixture
def newsroom(serve):
    """A newsroom of the test's own, so that its request log starts empty."""
    with serve() as running:
        yield running
