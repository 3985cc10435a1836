"""``completion``: what makes the shell complete commands and options."""

import sys
from collections.abc import Callable
from typing import Literal

from cyclopts import App

__all__ = ["make_completion"]


def make_completion(app: App) -> Callable[[Literal["bash", "zsh", "fish"]], None]:
    """Give the command ``completion`` of *app*."""

    def completion(shell: Literal["bash", "zsh", "fish"]) -> None:
        """Print what makes a shell complete the commands and options of alignwatch.

        For bash: alignwatch completion bash > ~/.local/share/bash-completion/completions/alignwatch

        Args:
            shell: The shell to print it for.
        """
        sys.stdout.write(app.generate_completion(shell=shell).rstrip("\n") + "\n")

    return completion
