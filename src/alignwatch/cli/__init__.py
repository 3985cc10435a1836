"""The command line: arguments to the pipeline, and its answers to the screen."""

from alignwatch.cli._main import main

__all__ = ["main"]
