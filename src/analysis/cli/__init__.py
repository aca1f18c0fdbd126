"""The command line, ``plan155``: each command calls one room and says what came of it.

Exit codes of every command: 0 all is well; 1 something that was looked at or made is not well;
2 the request was refused before anything was done; 3 another run is at work on the same outputs;
130 or 143 stopped by a signal.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from analysis import __version__
from analysis.cli.intake import add, form, history, undo
from analysis.cli.options import JSON, NOT_WELL, OUTPUTS, ROOT, Commands, examples, print_json
from analysis.errors import UserError

if TYPE_CHECKING:
    from analysis.package import Report
    from analysis.runs.places import Outputs
    from analysis.runs.summary import RunRecord, State

F = TypeVar("F", bound=Callable[..., Any])


BASE_URL = click.option(
    "--base-url",
    default="",
    envvar="PLAN155_BASE_URL",
    metavar="URL",
    help="The address at which the site will stand. Without it all links are relative.",
)
KIND_HELP = "overview, coverage, gap, trend, tasks or agency. Repeatable."


def _limit(option: str, name: str, default: int, what: str) -> Callable[[F], F]:
    return click.option(
        option,
        name,
        type=click.IntRange(1),
        default=default,
        show_default=True,
        metavar="SECONDS",
        help=f"Limit for {what}.",
    )


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples(
        "plan155 run            all reports, into outputs/",
        "plan155 run --help     what else it can do",
    ),
)
@click.version_option(__version__, prog_name="plan155")
def main() -> None:
    """Plan 155/KH-UBND of Quảng Ninh as open data: build it, check it, report on it."""


@main.command(
    epilog=examples(
        "plan155 build", "plan155 build --check     are the committed files those of the source?"
    )
)
@ROOT
@click.option("--check", is_flag=True, help="Change nothing; exit 1 if a file would change.")
@JSON
def build(root: Path, check: bool, as_json: bool) -> None:
    """Make data/plan, datapackage.json and the dictionaries from data/source."""
    from analysis.package.changing import changing
    from analysis.runs import gate

    if check:
        _tell_stale(gate.stale_files(root), as_json)
        return
    with changing(root):
        counts = gate.rebuild(root)
    if as_json:
        print_json({"tables": counts})
        return
    for name, rows in counts.items():
        click.echo(f"{rows:6}  {name}")
    click.echo(f"{sum(counts.values()):6}  rows in {len(counts)} tables, and {root.name} described")


def _tell_stale(files: tuple[str, ...], as_json: bool) -> None:
    if as_json:
        print_json({"ok": not files, "different": list(files)})
    elif files:
        click.echo("\n".join(f"different: {name}" for name in files))
        click.echo("mend: run `plan155 build`", err=True)
    else:
        click.echo("up to date: every generated file is what the source makes")
    sys.exit(NOT_WELL if files else 0)


@main.command(epilog=examples("plan155 check", "plan155 check --json | jq .ok"))
@ROOT
@JSON
def check(root: Path, as_json: bool) -> None:
    """Validate the data package: the standard, keys and links, and the project's own rules."""
    from analysis.package import check as check_package

    report = check_package(root)
    if as_json:
        click.echo(report.to_json(), nl=False)
    else:
        _print_report(report)
    sys.exit(report.exit_code)


def _print_report(report: Report) -> None:
    from rich.console import Console

    from analysis.package import render

    Console().print(render(report))


@main.command(
    epilog=examples(
        "plan155 run                              every report, in Vietnamese",
        "plan155 run --language all               in both languages",
        "plan155 run --group 5                    the reports on one indicator group",
        "plan155 run --kind overview --kind tasks some kinds of report",
        "plan155 run --as-of 2025-12-31 -p base_year 2019",
    )
)
@ROOT
@OUTPUTS
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help=KIND_HELP)
@click.option("--group", "group_id", multiple=True, metavar="N", help="1 to 11. Repeatable.")
@click.option("--task-group", "task_group_id", multiple=True, metavar="N", help="I to IX.")
@click.option("--agency", "agency_id", multiple=True, metavar="ID", help="As so-y-te. Repeatable.")
@click.option("--language", default="vi", show_default=True, help="vi, en or all.")
@click.option("--base-year", default="", metavar="YEAR", help="2010 to 2025.")
@click.option("--as-of", default="", metavar="DATE", help="Day of assessment. Default: today.")
@click.option("-p", "extra", nargs=2, multiple=True, metavar="NAME VALUE", help="Parameter.")
@click.option("--data", metavar="FOLDER", help="Another data package than the project's.")
@click.option("--notebooks", metavar="FOLDER", help="Other notebooks than the project's.")
@click.option("--workers", type=click.IntRange(1), help="At once. Default: one for each core.")
@click.option("--force", is_flag=True, help="Make everything, also what is fresh.")
@click.option("--why", is_flag=True, help="Say of each report why it was made.")
@click.option("--scheduler", metavar="ADDRESS", help="A Dask cluster: tcp://HOST:8786.")
@click.option("--engine", metavar="NAME", help="warm (default on Linux) or standard.")
@click.option(
    "--memory-limit",
    "memory",
    type=click.IntRange(64),
    default=2048,
    show_default=True,
    metavar="MB",
    help="Limit for one notebook (Linux).",
)
@_limit("--cell-timeout", "cell", 120, "one cell")
@_limit("--notebook-timeout", "whole", 600, "one notebook")
@_limit("--start-timeout", "start", 60, "the start of a kernel")
@click.option(
    "--site/--no-site",
    default=True,
    envvar="PLAN155_SITE",
    help="Publish the site at the end. Default: yes.",
)
@BASE_URL
@JSON
def run(root: Path, as_json: bool, **options: Any) -> None:
    """Run the notebooks and write reports, results, an index and the site.

    The results, in outputs/results, are the verdicts of the whole plan as a data package; the
    site, in outputs/site, is what `plan155 publish` makes.
    A report that fails does not stop the others, and never replaces a good one.

    Exit code: 0 all done; 1 a report, the results or the site failed; 2 refused, nothing was
    started; 3 another run is at work on the same outputs; 130 or 143 stopped.
    """
    from analysis.runs.command import make

    why, site, base_url = (options.pop(name) for name in ("why", "site", "base_url"))
    result = make(root, options)
    if why and not as_json:
        _tell_why(result)
    if as_json:
        print_json(result.content)
    else:
        _tell_run(result, _outputs(root, options["outputs"]))
    code = result.exit_code
    if site and code in (0, NOT_WELL):
        code = code or _publish_after(
            Path(options["data"] or root), _outputs(root, options["outputs"]), base_url
        )
    sys.exit(code)


def _publish_after(root: Path, outputs: Path, base_url: str) -> int:
    """Publish at the end of a run; return its exit code. The reports stand whatever comes of it."""
    from analysis.publish.publishing import attempt, missing
    from analysis.runs.places import Outputs

    if missing():
        what = f"site: not made, since {', '.join(missing())} is not installed"
        click.echo(f"{what}; see plan155 publish", err=True)
        return 0
    failure = attempt(root, Outputs(outputs), base_url)
    if failure:
        click.echo(f"failed: site: {failure}", err=True)
        return NOT_WELL
    _tell_site(outputs)
    return 0


def _tell_site(outputs: Path) -> None:
    click.echo(f"site: {outputs / 'site' / 'index.html'}  (to look at it: plan155 publish --serve)")


def _outputs(root: Path, named: Path | None) -> Path:
    return named or root / "outputs"


def _tell_why(result: RunRecord) -> None:
    for job in result.content["jobs"]:
        click.echo(
            f"{job['status']:8}{job['id']}: {', '.join(job['reasons']) or 'nothing changed'}"
        )


def _tell_run(result: RunRecord, outputs: Path) -> None:
    jobs, results = result.content["jobs"], result.content["results"]
    made, kept = result.count("done"), result.count("fresh")
    if kept < len(jobs):  # else there is nothing to be laid out, and rich need not be imported
        _print_table(result)
    fresh = f", {kept} fresh" if kept else ""
    click.echo(f"{made} of {len(jobs)} reports made{fresh}: {outputs / 'index.html'}")
    for job in jobs:
        if job["status"] == "failed":
            failure = job["failure"]
            cell = f"cell {failure['cell']}: " if failure["cell"] else ""
            click.echo(f"failed: {job['id']}: {cell}{failure['what']}", err=True)
            click.echo(f"  where: {outputs / job['folder']}", err=True)
    if results["status"] == "failed":
        click.echo(f"failed: results as data: {results['failure']['what']}", err=True)
        click.echo(f"  where: {outputs / results['folder']}", err=True)
    if result.count("not_run"):
        click.echo(f"stopped: {result.count('not_run')} reports were not made", err=True)


def _print_table(result: RunRecord) -> None:
    from rich.console import Console

    from analysis.runs.digest import run_table

    Console(stderr=True, soft_wrap=True).print(run_table(result))


@main.command(
    epilog=examples(
        "plan155 publish                                     outputs/site, if it is not fresh",
        "plan155 publish --base-url https://example.org/p155/ links that hold from elsewhere",
        "plan155 publish --serve                             and show it on this machine",
        "plan155 publish --ckan https://data.example.org --dry-run",
    )
)
@ROOT
@OUTPUTS
@click.option("--data", metavar="FOLDER", help="Another data package than the project's.")
@BASE_URL
@click.option("--force", is_flag=True, help="Make the site anew, also if it is fresh.")
@click.option("--serve", is_flag=True, help="Serve it on 127.0.0.1 until Ctrl-C.")
@click.option("--port", type=click.IntRange(0, 65535), default=8155, show_default=True)
@click.option("--ckan", metavar="URL", help="Upload to this CKAN; token in PLAN155_CKAN_TOKEN.")
@click.option("--ckan-organisation", metavar="NAME", help="The organisation that owns it there.")
@click.option("--dry-run", is_flag=True, help="With --ckan: say what would be done, do nothing.")
@JSON
def publish(root: Path, outputs: Path | None, as_json: bool, **options: Any) -> None:
    """Make the site of the last run: pages, copies of the data, catalogue.

    Exit code: 0 done or nothing to do; 1 the upload is not complete; 2 refused; 3 a run is at
    work on the same outputs.
    """
    from analysis.publish.publishing import publish as make_site
    from analysis.runs.places import Outputs

    if options["dry_run"] and not options["ckan"]:
        raise click.UsageError("--dry-run goes with --ckan")
    place, data = Outputs(_outputs(root, outputs)), Path(options["data"] or root)
    made = make_site(data, place, base_url=options["base_url"], force=options["force"])
    told: dict[str, Any] = {"site": str(made.site), "made": made.made}
    if not as_json:
        click.echo(f"{'made' if made.made else 'fresh'}: {made.site / 'index.html'}")
    if options["ckan"]:
        told["ckan"] = _upload(data, place, options, as_json)
    if as_json:
        print_json(told)
    if options["serve"]:
        from analysis.publish.serve import serve

        serve(made.site, options["port"])


def _upload(data: Path, place: Outputs, options: dict[str, Any], as_json: bool) -> dict[str, Any]:
    """Upload the site's data to a CKAN, and tell each step."""
    from analysis.publish import open_edition
    from analysis.publish.ckan import upload

    done = upload(
        open_edition(data, place, options["base_url"]),
        place.site,
        options["ckan"],
        organisation=options["ckan_organisation"],
        dry_run=options["dry_run"],
        report=lambda line: click.echo(line, err=as_json),
    )
    return done.as_dict()


@main.command(epilog=examples("plan155 status", "plan155 status --json | jq .stale"))
@ROOT
@OUTPUTS
@JSON
def status(root: Path, outputs: Path | None, as_json: bool) -> None:
    """Say what is fresh, what is stale and why, what failed and what is missing.

    Exit code: 0 a run would find nothing to do; 1 it would; 2 nothing was ever run.
    """
    from analysis.runs.command import look

    folder = _outputs(root, outputs)
    state = look(root, folder)
    if as_json:
        print_json(_state_as_dict(state))
    else:
        _tell_state(state, folder)
    sys.exit(0 if state.complete else NOT_WELL)


def _state_as_dict(state: State) -> dict[str, Any]:
    lists = {"fresh": state.fresh, "failed": state.failed, "missing": state.missing}
    return {
        "complete": state.complete,
        "at_work": state.at_work,
        "unfinished": state.unfinished,
        "results": {"fresh": state.results.fresh, "reasons": state.results.reasons},
        "last_run": {name: state.run.get(name) for name in ("status", "started", "finished")},
        **{name: [job.id for job in jobs] for name, jobs in lists.items()},
        "stale": {job.id: reasons for job, reasons in state.stale.items()},
    }


def _tell_state(state: State, outputs: Path) -> None:
    if state.at_work:
        click.echo("now:      a run is at work; what it has not made yet is told as it was before")
    elif state.unfinished:
        click.echo("now:      a run was ended before it had finished; the next one mends that")
    last = ", ".join(str(state.run.get(name)) for name in ("status", "finished"))
    click.echo(f"last run: {last if state.run else 'none'}")
    click.echo(f"fresh:    {len(state.fresh)} reports in {outputs}")
    for job, reasons in state.stale.items():
        click.echo(f"stale:    {job.id}: {', '.join(reasons)}")
    for word, jobs in (("failed:  ", state.failed), ("missing: ", state.missing)):
        if jobs:
            click.echo(f"{word} {', '.join(job.id for job in jobs)}")
    why = "" if state.results.fresh else f" stale: {', '.join(state.results.reasons)}"
    click.echo(f"results: {why or ' fresh'}")


@main.command(
    epilog=examples("plan155 lab", "plan155 lab --no-browser"),
    context_settings={"ignore_unknown_options": True},
)
@ROOT
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def lab(root: Path, arguments: tuple[str, ...]) -> None:
    """Open JupyterLab on the notebook for exploring; further arguments go to JupyterLab.

    JupyterLab is told to fetch nothing: no news, no search for updates, no list of extensions.
    """
    from importlib.resources import files
    from importlib.util import find_spec

    if find_spec("jupyterlab") is None:
        mend = "run `make lab`, or `python -m pip install 'plan155[lab]'`"
        raise UserError("JupyterLab is not installed", sys.prefix, mend)
    first = "notebooks/explore.ipynb"
    page = first if (root / first).is_file() else "notebooks"
    command = [
        *(sys.executable, "-m", "jupyterlab"),
        f"--ServerApp.root_dir={root}",
        f"--LabApp.default_url=/lab/tree/{page}",
        *arguments,
    ]
    settings = (
        str(files("analysis") / "explore" / "jupyter"),
        os.environ.get("JUPYTER_CONFIG_PATH"),
    )
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, settings))
    os.execv(sys.executable, command)


main.add_command(form)
main.add_command(add)
main.add_command(history)
main.add_command(undo)
