"""The examples for systemd: a service that does one run, shut in, and a timer that starts it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.scheduling.small import EXAMPLES, INSTALLED, example, write_script

UNITS = ("plan155.service", "plan155.timer")
MOST_EXPOSED = 10
"""Of 100 by `systemd-analyze security`; below 2.0 of 10 it calls a service safe."""

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)


def values(name: str, key: str) -> list[str]:
    """What a unit says under a key, each time it says it."""
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    return re.findall(rf"^{key}=(.*)$", text, flags=re.MULTILINE)


def write_units(folder: Path, change: tuple[str, str] = ("", "")) -> list[Path]:
    """The units with a project that is there, and some text of the service changed."""
    write_script(folder / ".venv/bin/plan155", "exit 0")
    for name in UNITS:
        text = example(name, folder).replace(*change) if change[0] else example(name, folder)
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in UNITS]


def analyze(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = ["systemd-analyze", "--no-pager", *map(str, arguments)]
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def complaints(*units: Path) -> list[str]:
    """What systemd says of these units; it looks at those of the machine as well."""
    return [line for line in analyze("verify", *units).stderr.splitlines() if "plan155" in line]


@needs_systemd
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    assert complaints(*write_units(tmp_path)) == []


@needs_systemd
@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("ProtectSystem=", "ProtectSistem="), "ProtectSistem"),
        (("05:17:00", "25:17:00"), "Failed to parse calendar specification"),
        (("bin/plan155", "bin/plan156"), "is not executable"),
    ],
)
def test_a_fault_in_a_unit_would_be_found(
    tmp_path: Path, change: tuple[str, str], complaint: str
) -> None:
    assert complaint in "\n".join(complaints(*write_units(tmp_path, change)))


@needs_systemd
def test_the_service_is_shut_in_as_far_as_a_run_allows(tmp_path: Path) -> None:
    service, _ = write_units(tmp_path)
    limit = f"--threshold={MOST_EXPOSED}"
    assert analyze("security", "--offline=true", limit, service).returncode == 0


@needs_systemd
def test_a_door_left_open_would_be_found(tmp_path: Path) -> None:
    service, _ = write_units(tmp_path, ("PrivateNetwork=yes\n", ""))
    limit = f"--threshold={MOST_EXPOSED}"
    assert analyze("security", "--offline=true", limit, service).returncode != 0


@needs_systemd
def test_the_timer_elapses_every_monday_early_in_the_morning_of_viet_nam() -> None:
    (when,) = values("plan155.timer", "OnCalendar")
    start = "--base-time=2026-11-25 00:00:00"
    told = analyze("calendar", start, "--iterations=2", when).stdout
    assert re.findall(r"(Sun \S+ \S+) UTC", told) == [
        "Sun 2026-11-29 22:17:00",
        "Sun 2026-12-06 22:17:00",
    ]


def test_a_run_that_was_missed_is_made_up_for_and_not_all_start_at_once() -> None:
    assert values("plan155.timer", "Persistent") == ["true"]
    assert values("plan155.timer", "RandomizedDelaySec") == ["15min"]


def test_the_service_is_one_run_that_ends_by_itself_or_is_ended() -> None:
    assert values("plan155.service", "Type") == ["oneshot"]
    assert values("plan155.service", "TimeoutStartSec") == ["1h"]
    assert values("plan155.service", "Restart") == []


def test_only_a_run_that_did_all_it_should_is_a_success() -> None:
    assert values("plan155.service", "SuccessExitStatus") == []


def test_a_stop_is_told_to_the_run_alone_which_ends_its_notebooks_itself() -> None:
    assert values("plan155.service", "KillMode") == ["mixed"]
    assert values("plan155.service", "SendSIGKILL") == []


def test_the_service_writes_into_the_outputs_alone() -> None:
    assert values("plan155.service", "ProtectSystem") == ["strict"]
    assert values("plan155.service", "ReadWritePaths") == [f"{INSTALLED}/outputs"]


def test_the_day_of_the_reports_is_that_of_viet_nam() -> None:
    assert "TZ=Asia/Ho_Chi_Minh" in values("plan155.service", "Environment")
