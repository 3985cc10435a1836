# ruff: noqa: INP001 - a program, no package
"""Ask a service whether versions that we pin have known holes: what `scripts/audit` runs.

    python tools/audit.py [LOCK ...]

Without arguments the locks that users and the checks install from; the oldest packages of
requirements-lowest.lock are there to be tested with, and not to be recommended. `AUDIT_SERVICE` is
``pypi`` (the default: the JSON interface of the package index) or ``osv``. Needs pip-audit.

Exit codes: 0 nothing is known against any pin; 1 something is; 2 wrong usage, or pip-audit is
missing; 3 the service did not answer, or does not know every pin: nothing is proved.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCKS = (
    *("requirements.lock", "requirements-dev.lock", "requirements-extras.lock"),
    "requirements-engines.lock",
)
FOUND, USAGE, UNKNOWN = 1, 2, 3
_TIME_S = 900


def judge(answers: Sequence[dict[str, Any] | None]) -> tuple[int, list[str]]:
    """Give the exit code for what pip-audit told of each lock (None: nothing), and what to say.

    A pin that the service does not know is no pin without holes, though pip-audit itself would
    exit with 0.
    """
    pins = [pin for answer in answers if answer is not None for pin in answer["dependencies"]]
    skipped = {pin["name"]: pin["skip_reason"] for pin in pins if "skip_reason" in pin}
    known = {(pin["name"], pin["version"]) for pin in pins if "version" in pin}
    holes = {
        (pin["name"], pin["version"], hole["id"], ", ".join(hole["fix_versions"]) or "no version")
        for pin in pins
        for hole in pin.get("vulns", ())
    }
    told = [
        f"{name} {version}: {hole}, mended in {mended}"
        for name, version, hole, mended in sorted(holes)
    ]
    silent = sum(answer is None for answer in answers)
    if silent:
        told.append(f"the service did not answer for {silent} of {len(answers)} locks")
    if skipped:
        few = ", ".join(sorted(skipped)[:5])
        told.append(f"the service does not know {len(skipped)} pins, such as {few}")
    told.append(f"{len(known)} pins were looked up, {len(holes)} known holes")
    if holes:
        return FOUND, told
    return (UNKNOWN if silent or skipped or not known else 0), told


def ask(lock: Path, service: str) -> dict[str, Any] | None:
    """Ask about the pins of one lock; None if no answer came."""
    command = [
        *(sys.executable, "-m", "pip_audit", "--disable-pip", "--progress-spinner", "off"),
        *("--format", "json", "--vulnerability-service", service, "--requirement", str(lock)),
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_TIME_S)
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return None
    return answer


def main(arguments: Sequence[str]) -> int:
    """Ask about each lock, and say what was found."""
    locks = [Path(name) for name in arguments] or [ROOT / name for name in LOCKS]
    missing = [str(lock) for lock in locks if not lock.is_file()]
    if missing:
        print(f"there is no lock {', '.join(missing)}", file=sys.stderr)
        return USAGE
    probe = [sys.executable, "-m", "pip_audit", "--version"]
    if subprocess.run(probe, capture_output=True, check=False).returncode != 0:
        print("pip-audit is missing: run scripts/audit, which installs it", file=sys.stderr)
        return USAGE
    service = os.environ.get("AUDIT_SERVICE", "pypi")
    code, told = judge([ask(lock, service) for lock in locks])
    print("\n".join(told))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
