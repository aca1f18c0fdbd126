"""What the commands share: their options, and how errors and results are printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

import click

from analysis.errors import UserError, UserErrors

NOT_WELL, INTERRUPTED = 1, 130


class Commands(click.Group):
    """The commands, with errors told as what, where and how to mend; never as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; print its errors and set the exit code."""
        try:
            return super().invoke(ctx)
        except UserErrors as error:
            return _refuse(ctx, *error.errors)
        except UserError as error:
            return _refuse(ctx, error)
        except OSError as error:
            mend = "check that it exists, that you may read and write it, and that there is room"
            place = str(error.filename or "")
            return _refuse(ctx, UserError(error.strerror or str(error), place, mend), code=NOT_WELL)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)


def _refuse(ctx: click.Context, *errors: UserError, code: int | None = None) -> NoReturn:
    for error in errors:
        click.secho("error: ", fg="red", bold=True, nl=False, err=True)
        click.echo(str(error), err=True)
    ctx.exit(max(error.exit_code for error in errors) if code is None else code)


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
