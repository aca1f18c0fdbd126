"""The example for cron: quiet if all goes well, a mail if not."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.scheduling.small import EXAMPLES, INSTALLED, example, small_project, write_script

TEXT = (EXAMPLES / "plan155.cron").read_text(encoding="utf-8")
JOB_PARTS = 6
"""Five for the time and one for the user; what follows is the command."""

PROJECTS = {"well": False, "badly": True}
"""Two projects, and whether a report of theirs fails."""

CRON = shutil.which("cron", path="/usr/sbin:/usr/bin")

# A cron of its own: it sees other tables, a spool and a mail program of its own, and ends with the
# box. cron starts what is marked @reboot when it starts itself, so that there is no minute to wait.
BOX = """\
set -eu
mount --make-rprivate /
mount -t overlay -o lowerdir="$1/sbin:/usr/sbin" overlay /usr/sbin
for folder in /etc/cron.d /var/spool/cron /run; do mount -t tmpfs tmpfs "$folder"; done
mkdir /var/spool/cron/crontabs
mount --bind "$1/empty" /etc/crontab
cp "$1"/tables/* /etc/cron.d
cron -f &
cron=$!
for _ in $(seq 600); do
    begun=$(find "$1" -name run.log | wc -l)
    if [ "$begun" -eq "$2" ] && [ -z "$(cat /proc/$cron/task/$cron/children)" ]; then
        exit 0
    fi
    sleep 0.2
done
exit 1
"""


def job(text: str) -> list[str]:
    """The five parts of the time, the user and the command of the one job in a table of cron."""
    (line,) = [
        line
        for line in text.splitlines()
        if line and "=" not in line.split(" ")[0] and line[0] != "#"
    ]
    return line.split(None, JOB_PARTS)


def settings(text: str) -> dict[str, str]:
    lines = [line for line in text.splitlines() if line[:1].isupper()]
    return dict(line.split("=", 1) for line in lines)


def at_start(text: str) -> str:
    """The table with its job twice: as it is, and once more to be started with cron, by root.

    cron refuses a whole table for one line that it cannot read; so the first is looked at as well.
    The small project has not the tables of the plan, of which a site is made.
    """
    return f"PLAN155_SITE=no\n{text}@reboot root {job(text)[JOB_PARTS]}\n".replace(
        "  plan155  ", "  root  "
    )


def shell(root: Path) -> subprocess.CompletedProcess[str]:
    """Run the command of the example as cron would: by sh, with next to no environment."""
    command = job(example("plan155.cron", root))[JOB_PARTS]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(root)}
    return subprocess.run(
        ["/bin/sh", "-c", command], env=environment, capture_output=True, text=True, check=False
    )


def with_program(root: Path, text: str) -> Path:
    """A project whose program is a few words of shell."""
    write_script(root / ".venv/bin/plan155", text)
    (root / "log").mkdir()
    return root


# The table


def test_the_table_has_one_job_on_mondays_at_an_odd_minute_by_a_user_of_its_own() -> None:
    minute, hour, day, month, weekday, user, _ = job(TEXT)
    assert int(minute) % 2 == 1
    assert (hour, day, month, weekday, user) == ("5", "*", "*", "1", "plan155")


def test_the_table_says_whom_to_mail_and_whose_day_it_is() -> None:
    assert settings(TEXT) == {"SHELL": "/bin/sh", "MAILTO": "plan155", "TZ": "Asia/Ho_Chi_Minh"}


def test_the_command_holds_no_percent_sign_which_cron_would_take_for_a_new_line() -> None:
    assert "%" not in job(TEXT)[JOB_PARTS]


def test_the_table_ends_in_a_newline_without_which_cron_ignores_the_last_line() -> None:
    assert TEXT.endswith("\n")


# The command


def test_a_run_that_goes_well_says_nothing_and_leaves_a_log(tmp_path: Path) -> None:
    done = shell(with_program(tmp_path, "echo made; echo noted >&2"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "log/run.log").read_text() == "made\nnoted\n"


@pytest.mark.parametrize("code", [1, 2, 3, 143])
def test_a_run_that_fails_says_what_is_in_the_log_and_keeps_its_code(
    tmp_path: Path, code: int
) -> None:
    done = shell(with_program(tmp_path, f"echo failed >&2; exit {code}"))
    assert (done.returncode, done.stdout) == (code, "failed\n")


def test_a_program_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    done = shell(tmp_path)
    assert done.returncode == 127
    assert "not found" in done.stdout


def test_a_log_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with_program(tmp_path, "exit 0")
    (tmp_path / "log").rmdir()
    done = shell(tmp_path)
    assert done.returncode != 0
    assert str(tmp_path / "log/run.log") in done.stderr


# cron itself


def can_box() -> bool:
    command = ["unshare", "--mount", "sh", "-c", "mount -t tmpfs tmpfs /run"]
    return (
        os.name == "posix"
        and shutil.which("unshare") is not None
        and subprocess.run(command, capture_output=True, check=False).returncode == 0
    )


@dataclass(frozen=True)
class Told:
    """What a run under cron has told: in its log, and by mail."""

    log: str
    mail: str


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Told]:
    """What came of the example in two projects, once a cron has run it in both."""
    if CRON is None:
        pytest.skip("cron is not installed")
    if not can_box():
        pytest.skip("a cron of its own needs Linux and the rights of root")
    box = tmp_path_factory.mktemp("box")
    for folder in ("tables", "mails"):
        (box / folder).mkdir()
    (box / "empty").touch()
    write_script(box / "sbin/sendmail", f'cat > "{box}/mails/$$"')
    for name, fails in PROJECTS.items():
        text = example("plan155.cron", small_project(box / name, fails=fails))
        (box / "tables" / name).write_text(at_start(text), encoding="utf-8")
    command = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
    arguments = [str(box), str(len(PROJECTS))]
    subprocess.run([*command, "sh", "-c", BOX, "box", *arguments], check=True)
    return {name: told_of(box, name) for name in PROJECTS}


def told_of(box: Path, name: str) -> Told:
    mails = [path.read_text(encoding="utf-8") for path in (box / "mails").iterdir()]
    log = (box / name / "log/run.log").read_text(encoding="utf-8")
    return Told(log, "".join(mail for mail in mails if f"/{name}/" in mail))


def test_cron_mails_nothing_of_a_run_that_went_well(told: dict[str, Told]) -> None:
    assert "6 of 6 reports made" in told["well"].log
    assert told["well"].mail == ""


def test_cron_mails_what_a_run_said_that_failed(told: dict[str, Told]) -> None:
    assert "4 of 6 reports made" in told["badly"].log
    assert "failed: vi-gap-02" in told["badly"].log
    assert told["badly"].log in told["badly"].mail
    assert "To: plan155\n" in told["badly"].mail


# All examples


def test_the_examples_name_no_other_place_than_that_which_the_docs_explain() -> None:
    for path in EXAMPLES.iterdir():
        text = path.read_text(encoding="utf-8")
        assert INSTALLED in text
        assert "/home/" not in text
