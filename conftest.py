"""Rules of every test run: no network but loopback, no skip in CI, how hard hypothesis tries.

It stands at the top so that the plugins' tests keep the same rules.
"""

import ipaddress
import os
import socket
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# No deadline and no "too slow" check: a timing is a benchmark, never a test.
_PROFILES = {
    "dev": settings(max_examples=25),
    "ci": settings(max_examples=200, derandomize=True),
    "nightly": settings(max_examples=10_000),
}
for _name, _profile in _PROFILES.items():
    settings.register_profile(
        _name, _profile, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )


class NetworkBlockedError(RuntimeError):
    """A test tried to leave the machine; no OSError, so that the product does not handle it."""


def _is_loopback(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name is None or name == "localhost" or not isinstance(name, str):
        return True
    try:
        return ipaddress.ip_address(name or "::1").is_loopback
    except ValueError:
        return False


def _guard_method(original: Callable[..., Any]) -> Callable[..., Any]:
    """Guard a method of a socket whose last argument is an address."""

    def guarded(self: socket.socket, *args: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_loopback(args[-1][0]):
            msg = f"tests talk to loopback alone, this one went for {args[-1][0]}"
            raise NetworkBlockedError(msg)
        return original(self, *args)

    return guarded


def _guard_lookup(original: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not _is_loopback(host):
            msg = f"tests look up loopback alone, this one asked for {host}"
            raise NetworkBlockedError(msg)
        return original(host, *args, **kwargs)

    return guarded


def pytest_configure() -> None:
    """Choose the hypothesis profile and close the network, before any test is imported."""
    profile = os.environ.get("ALIGNWATCH_HYPOTHESIS", "dev")
    if profile not in _PROFILES:
        msg = f"ALIGNWATCH_HYPOTHESIS knows {', '.join(_PROFILES)}, got {profile!r}"
        raise pytest.UsageError(msg)
    settings.load_profile(profile)
    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, _guard_method(getattr(socket.socket, name)))
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
        setattr(socket, name, _guard_lookup(getattr(socket, name)))


def _find_skipped(config: pytest.Config) -> list[Any]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return reporter.stats.get("skipped", []) if reporter and os.environ.get("CI") else []


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in CI that skipped a test: a user may lack an optional part, CI may not."""
    if _find_skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say why such a run failed."""
    skipped = _find_skipped(config)
    if skipped:
        terminalreporter.write_line(f"CI skips nothing, and {len(skipped)} were skipped", red=True)
