"""The commands that take new numbers in: ``form``, ``add``, ``history``, ``undo``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from analysis.cli.options import JSON, NOT_WELL, REFUSED, ROOT, OneDocument, examples
from analysis.errors import raise_all

if TYPE_CHECKING:
    from analysis.intake.adding import Desk
    from analysis.intake.ledger import Batch
    from analysis.intake.model import Finding, Place
    from analysis.intake.preview import Preview

WAIT = click.option(
    "--wait",
    type=click.IntRange(0),
    default=600,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for a run or another addition.",
)
YES = click.option("--yes", is_flag=True, help="Do it without asking.")


@click.command(
    cls=OneDocument,
    epilog=examples(
        "plan155 form --agency so-y-te --year 2026",
        "plan155 form --agency all --year 2026 --to forms/",
    ),
)
@ROOT
@click.option("--agency", "agency_id", required=True, metavar="ID", help="As so-y-te, or all.")
@click.option("--year", type=click.IntRange(2010, 2035), required=True, help="Of the values.")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Where the forms go. Default: outputs/forms in the project's folder.",
)
@JSON
@click.pass_obj
def form(
    told: dict[str, Any],
    /,
    root: Path,
    agency_id: str,
    year: int,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Make the spreadsheets in which agencies give their values of a year.

    Each lists the series and tasks that the agency answers for today, with targets and last
    values. A filled form is taken in by `plan155 add`.
    """
    from analysis.intake.adding import Desk
    from analysis.intake.forms import write_forms

    place = folder or root / "outputs" / "forms"
    desk = Desk.open(root)
    made = write_forms(desk.tables, place, agency_id=agency_id, year=year, as_of=date.today())
    told["forms"] = [str(path) for path in made]
    if not as_json:
        click.echo("\n".join(told["forms"]))


@click.command(
    cls=OneDocument,
    epilog=examples(
        "plan155 add plan155-so-y-te-2026.xlsx --dry-run",
        "plan155 add so-y-te.xlsx so-noi-vu.ods",
        "plan155 add values.csv --yes --note 'Yearbook 2025'",
    ),
)
@ROOT
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option("--dry-run", is_flag=True, help="Show what would be done; do nothing.")
@YES
@click.option("--accept-warnings", is_flag=True, help="With --yes: also take what is odd.")
@click.option("--note", default="", metavar="TEXT", help="What to know about this addition.")
@WAIT
@JSON
@click.pass_obj
def add(
    told: dict[str, Any],
    /,
    root: Path,
    files: tuple[Path, ...],
    as_json: bool,
    **options: Any,
) -> None:
    """Take in filled forms, or CSV, XLSX or ODS files in the documented layout.

    All of it is taken or nothing: one cell that cannot be read refuses all files, with every
    fault listed. Values are appended; nothing recorded before is changed.

    Exit code: 0 taken in, or nothing new; 1 not taken in, since it was not confirmed; 2 refused;
    3 the data were in use for all of the time to wait.
    """
    from analysis.intake.adding import Desk
    from analysis.intake.preview import Preview
    from analysis.intake.showing import preview_as_dict

    told |= {**preview_as_dict(Preview(())), "addition_id": None}
    day, desk = date.today(), Desk.open(root, wait=options["wait"])
    shown = _looked_at(desk, files, day, ask=not as_json and _asks())
    told |= preview_as_dict(shown)
    if not as_json:
        _tell(shown)
        raise_all(one.as_error() for one in (*shown.of("error"), *shown.of("question")))
    if shown.of("error") or shown.of("question"):
        sys.exit(REFUSED)
    batch = _add(desk, shown, day, options, quiet=as_json)
    told["addition_id"] = batch.addition_id if batch else None


def _looked_at(desk: Desk, files: tuple[Path, ...], day: date, *, ask: bool) -> Preview:
    """Return what taking files in would do, with what can be read in two ways asked for."""
    from analysis.intake.adding import look

    answers: dict[Place, str] = {}
    shown = look(desk, files, as_of=day)
    while ask and (questions := _answerable(shown, answers)):
        answers |= {one.place: _answer(one) for one in questions}
        shown = look(desk, files, as_of=day, answers=answers)
    return shown


def _asks() -> bool:
    """Return whether somebody sits at the terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _answerable(shown: Preview, answers: Mapping[Place, str]) -> list[Finding]:
    """Return the questions that can be asked, each only once."""
    if shown.of("error"):
        return []
    return [one for one in shown.of("question") if one.either and one.place not in answers]


def _answer(question: Finding) -> str:
    click.echo(f"{question.place}: {question.what}")
    choice: str = click.prompt("which is meant", type=click.Choice(question.either))
    return choice


def _add(
    desk: Desk, shown: Preview, day: date, options: Mapping[str, Any], *, quiet: bool
) -> Batch | None:
    """Record what is shown, if that is wanted; return what was recorded."""
    from analysis.intake.adding import record

    say = _silent if quiet else click.echo
    if shown.nothing_new or options["dry_run"]:
        say("nothing new" if shown.nothing_new else "nothing was changed")
        return None
    _confirm(shown, options, quiet)
    batch = record(
        desk,
        shown,
        day=day,
        note=options["note"],
        wait=options["wait"],
        waiting=_waiting,
    )
    say(f"recorded as {batch.addition_id}: {_counted(batch)}")
    say("next: plan155 run")
    return batch


def _waiting() -> None:
    click.echo("waiting for a run or another addition to end …", err=True)


def _silent(_: str) -> None:
    """Say nothing."""


def _counted(batch: Batch) -> str:
    names = {
        "observations": "values",
        "revisions": "corrections among them",
        "task_updates": "reports of tasks",
        "sources": "new sources",
    }
    return ", ".join(f"{name}: {batch.count(table)}" for table, name in names.items())


def _confirm(shown: Preview, options: Mapping[str, Any], quiet: bool) -> None:
    """Go on only if it is wanted; the exit code 1 says that it was not."""
    warnings = shown.of("warning")
    if options["yes"] and (options["accept_warnings"] or not warnings):
        return
    if quiet or not _asks():
        what = f"warnings to be confirmed: {len(warnings)}" if warnings else "nobody confirmed"
        mend = "look at them, then add --yes --accept-warnings" if warnings else "add --yes"
        click.echo(f"not taken in: {what}\n  mend:  {mend}", err=True)
        sys.exit(NOT_WELL)
    question = f"Take it in, with warnings ({len(warnings)})?" if warnings else "Take it in?"
    if not click.confirm(question):
        click.echo("nothing was changed")
        sys.exit(NOT_WELL)


def _tell(shown: Preview) -> None:
    from rich.console import Console

    from analysis.intake.showing import preview_table

    console = Console(soft_wrap=False)
    if not shown.nothing_new:
        console.print(preview_table(shown))
    if shown.lines or shown.tasks:
        click.echo(", ".join(f"{number} {kind}" for kind, number in shown.counts.items()))
    for severity in ("warning", "notice"):
        for one in shown.of(severity):
            click.secho(f"{severity}: ", fg="yellow", nl=False)
            click.echo(str(one.as_error()))


@click.command(
    cls=OneDocument,
    epilog=examples("plan155 history 5.7", "plan155 history 8.4-doctors --area VN --json"),
)
@ROOT
@click.argument("series_id", metavar="SERIES")
@click.option("--area", "area_id", metavar="ID", help="As QN. Default: every area.")
@JSON
@click.pass_obj
def history(
    told: dict[str, Any], /, root: Path, series_id: str, area_id: str | None, as_json: bool
) -> None:
    """Show all that was ever recorded for a series: every vintage, and what became of it."""
    from analysis.intake.vintages import as_dicts, vintages

    found = vintages(root, series_id, area_id)
    told |= {"series_id": series_id, "vintages": as_dicts(found)}
    if as_json:
        return
    from rich.console import Console

    from analysis.intake.showing import vintages_table

    Console().print(vintages_table(series_id, found))


@click.command(
    cls=OneDocument,
    epilog=examples("plan155 undo", "plan155 undo --yes --reason 'wrong year'"),
)
@ROOT
@click.option("--reason", default="", metavar="TEXT", help="Why; recorded with it.")
@YES
@WAIT
@JSON
@click.pass_obj
def undo(
    told: dict[str, Any], /, root: Path, reason: str, yes: bool, wait: int, as_json: bool
) -> None:
    """Take the last addition back: its rows stay, but nothing is judged by them any more.

    What it corrected stands again. Exit codes are those of `plan155 add`.
    """
    from analysis.intake.adding import Desk
    from analysis.intake.adding import undo as take_back
    from analysis.intake.ledger import withdrawal

    day, desk = date.today(), Desk.open(root, wait=wait)
    batch = withdrawal(desk.recorded, day=day, reason=reason)
    lines = list(_of_addition(desk.recorded, batch.addition_id))
    if not as_json:
        click.echo("\n".join([f"{batch.addition_id}, to be taken back:", *lines]))
    if not yes and (as_json or not _asks() or not click.confirm("Take it back?")):
        click.echo("nothing was changed; to do it without asking: --yes", err=True)
        sys.exit(NOT_WELL)
    take_back(desk, day=day, reason=reason, wait=wait, waiting=_waiting)
    told |= {"addition_id": batch.addition_id, "withdrawn_on": day.isoformat()}
    if not as_json:
        click.echo(f"{batch.addition_id} is taken back; next: plan155 run")


def _of_addition(recorded: Any, addition_id: str) -> Iterable[str]:
    """Say what came in by an addition."""
    for table, say in _SAID.items():
        for row in recorded.rows[table]:
            if row["addition_id"] == addition_id:
                yield f"  {say(row)}".rstrip()


_SAID: Mapping[str, Callable[[Mapping[str, str]], str]] = {
    "additions": lambda row: f"recorded on {row['recorded_on']} {row['note']}",
    "addition_files": lambda row: f"file {row['file']}",
    "observations": lambda row: " ".join(
        (
            row["observation_id"],
            f"{row['series_id']}, {row['area_id']}, {row['period']}:",
            row["value"] or row["text"],
        )
    ),
    "task_updates": lambda row: f"task {row['task_id']}, {row['date']}: {row['status']}",
}
"""How a row of each table is told."""
