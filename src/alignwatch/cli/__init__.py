"""The command line: arguments to the pipeline, and its answers to the screen.

There is one function, for those who call the command from Python: tests, schedulers, wrappers.
Who writes a program of their own takes `alignwatch` itself, whose functions raise and return
values; this one prints, and gives an exit code. ``alignwatch --help`` lists the commands.

Example:
    >>> from alignwatch.cli import main
    >>> main(["lexicon", "show", "blorgify"])  # nothing has that word: wrong usage
    2
"""

from alignwatch.cli._main import main

__all__ = ["main"]
