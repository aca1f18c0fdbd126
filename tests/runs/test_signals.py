from __future__ import annotations

import os
import select
import signal
import threading

import pytest

from analysis.runs.signals import Stop, interruptible


@pytest.mark.parametrize(("signum", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_becomes_a_request_that_wakes_whoever_waits(signum: int, code: int) -> None:
    with interruptible() as stop:
        assert not stop.requested
        os.kill(os.getpid(), signum)
        assert select.select([stop.fd], [], [], 5)[0] == [stop.fd]
        assert stop.requested
        assert stop.exit_code == code


def test_the_first_signal_counts() -> None:
    with interruptible() as stop:
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGINT)
        assert stop.exit_code == 143


def test_afterwards_signals_do_what_they_did_before() -> None:
    before = signal.getsignal(signal.SIGINT)
    with interruptible():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def test_outside_the_main_thread_the_block_just_runs() -> None:
    seen: list[Stop] = []

    def work() -> None:
        with interruptible() as stop:
            seen.append(stop)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert [stop.requested for stop in seen] == [False]


def test_a_run_that_is_called_off_wakes_whoever_waits_as_a_signal_does() -> None:
    with interruptible() as stop:
        threading.Thread(target=stop.call_off).start()
        assert select.select([stop.fd], [], [], 5)[0] == [stop.fd]
        assert stop.requested
        assert stop.signum == 0
