"""The rules that hold for every other test."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SOMEBODY_ELSE = ("192.0.2.1", 80)  # TEST-NET-1, RFC 5737


@pytest.mark.parametrize("method", ["connect", "connect_ex"])
def test_a_test_that_connects_elsewhere_fails(method):
    """A test that needs the network fails on the train, and hammers somebody's site."""
    with socket.socket() as out, pytest.raises(RuntimeError, match="this one went for"):
        getattr(out, method)(SOMEBODY_ELSE)


def test_a_test_that_sends_a_datagram_elsewhere_fails():
    """Name servers are asked by datagram."""
    with (
        socket.socket(type=socket.SOCK_DGRAM) as out,
        pytest.raises(RuntimeError, match="went for"),
    ):
        out.sendto(b"?", SOMEBODY_ELSE)


@pytest.mark.parametrize("host", ["news.example", b"news.example", "192.0.2.1"])
def test_a_test_that_looks_up_a_name_fails(host):
    """A look-up leaves the machine before any connection does."""
    with pytest.raises(RuntimeError, match="this one asked for"):
        socket.getaddrinfo(host, 80)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3"])
def test_loopback_is_open(host):
    """The example newsroom is served there."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        assert socket.getaddrinfo(host, port)
        socket.create_connection(("127.0.0.1", port)).close()


def _run_pytest(folder, **environ):
    (folder / "test_it.py").write_text(
        "import pytest\n"
        "def test_a(): pass\n"
        "@pytest.mark.skip(reason='no browser')\n"
        "def test_b(): pass\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-p", "conftest", "-p", "no:cacheprovider"]
    clean = {name: value for name, value in os.environ.items() if name != "CI"}
    return subprocess.run(
        [*command, str(folder)],
        cwd=folder,
        env={**clean, "PYTHONPATH": str(ROOT), **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_skipped_test_fails_in_ci(tmp_path):
    """A part that CI never tries is a part that is broken."""
    run = _run_pytest(tmp_path, CI="true")

    assert run.returncode == 1, run.stdout
    assert "CI skips nothing, and 1 were skipped" in run.stdout


def test_a_user_may_skip(tmp_path):
    """Nobody needs a browser to try the rest."""
    run = _run_pytest(tmp_path)

    assert run.returncode == 0, run.stdout


def test_an_unknown_hypothesis_profile_is_refused(tmp_path):
    """A typing error must not turn the nightly run into a short one."""
    run = _run_pytest(tmp_path, ALIGNWATCH_HYPOTHESIS="nightyl")

    assert run.returncode != 0
    assert "knows dev, ci, nightly, got 'nightyl'" in run.stderr
