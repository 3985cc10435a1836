"""Tasks by the name of their step."""

import json
import sys
from collections.abc import Callable

from alignwatch.scale._copy_steps import (
    find_captures,
    find_meetings,
    send_ids,
    send_keys,
    send_texts,
    verify_copies,
)
from alignwatch.scale._fold_steps import fold, spread
from alignwatch.scale._tasks import Task

__all__ = ["answer_task", "main"]

_STEPS: dict[str, Callable[[Task], dict[str, int]]] = {
    "ids": send_ids,
    "captures": find_captures,
    "keys": send_keys,
    "meetings": find_meetings,
    "texts": send_texts,
    "copies": verify_copies,
    "spread": spread,
    "fold": fold,
}


def answer_task(told: str) -> str:
    """Do one task, told as JSON, and give its numbers as JSON; the same files whenever done."""
    task = Task(**json.loads(told))
    return json.dumps(_STEPS[task.step](task))


def main() -> None:
    """Answer a task for each line, until there are none: the child process of this machine."""
    for line in sys.stdin:
        try:
            answer = answer_task(line)
        except Exception as error:  # noqa: BLE001 - raised again by who asked
            told = f"{type(error).__name__}: {error}"
            answer = json.dumps({"error": told, "is_file": isinstance(error, OSError)})
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()
