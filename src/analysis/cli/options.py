"""What the commands share: their options, and how errors and results are printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

import click

from analysis.errors import UserError, UserErrors

NOT_WELL, REFUSED, IN_USE, INTERRUPTED = 1, 2, 3, 130

_FAULTS = (UserError, UserErrors, OSError)


class Commands(click.Group):
    """The commands, with errors told as what, where and how to mend; never as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; print its errors and set the exit code."""
        try:
            return super().invoke(ctx)
        except _FAULTS as error:
            return _refuse(ctx, error)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)


class OneDocument(click.Command):
    """A command that with ``--json`` prints one JSON document, whatever comes of it.

    Its function is given an empty dictionary first, which it fills; errors are added to the list
    ``findings`` in it, besides being told as those of every command.
    """

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Read what was typed."""
        as_json = "--json" in args
        try:
            return super().make_context(info_name, args, parent, **extra)
        except (*_FAULTS, click.ClickException) as error:
            if as_json:
                print_json({"findings": _findings(error)})
            raise

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, and print what it told if that is asked for."""
        ctx.obj = told = dict[str, Any]()
        try:
            return super().invoke(ctx)
        except _FAULTS as error:
            told["findings"] = [*told.get("findings", ()), *_findings(error)]
            raise
        finally:
            if ctx.params["as_json"]:
                print_json(told)


def _findings(error: Exception) -> list[dict[str, Any]]:
    """Return errors as `plan155 add --json` tells what it finds."""
    return [
        {
            "code": "in-use" if one.exit_code == IN_USE else "refused",
            "severity": "error",
            "what": one.what,
            "where": one.where,
            "mend": one.mend,
            "either": [],
        }
        for one in _told(error)
    ]


def _told(error: Exception) -> tuple[UserError, ...]:
    """Return an error as those that a person can mend."""
    if isinstance(error, UserErrors):
        return error.errors
    if isinstance(error, UserError):
        return (error,)
    if isinstance(error, click.ClickException):
        return (UserError(error.format_message(), "", "see --help"),)
    mend = "check that it exists, that you may read and write it, and that there is room"
    what, where = getattr(error, "strerror", None), getattr(error, "filename", None)
    return (UserError(what or str(error), str(where or ""), mend),)


def _refuse(ctx: click.Context, error: Exception) -> NoReturn:
    told = _told(error)
    for one in told:
        click.secho("error: ", fg="red", bold=True, nl=False, err=True)
        click.echo(str(one), err=True)
    code = NOT_WELL if isinstance(error, OSError) else max(one.exit_code for one in told)
    ctx.exit(code)


def _root(_: click.Context, __: click.Parameter, value: Path | None) -> Path:
    from analysis.runs.places import find_root

    return find_root(value or Path())


ROOT = click.option(
    "--root",
    type=click.Path(path_type=Path),
    callback=_root,
    metavar="FOLDER",
    help="The project's folder. Default: found from the working directory upwards.",
)
OUTPUTS = click.option(
    "--outputs",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Where the reports go. Default: outputs/ in the project's folder.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


def examples(*lines: str) -> str:
    """Return lines that show how a command is called, for the end of its help."""
    return "\n".join(["\b", "Example:", *(f"  {line}" for line in lines)])


def print_json(content: dict[str, Any]) -> None:
    """Print a result for a program to read."""
    click.echo(json.dumps(content, ensure_ascii=False, indent=2))
