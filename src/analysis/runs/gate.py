"""What must hold before anything starts: the files are those of the source, and are valid.

Also the rebuild itself, so that comparing and rebuilding cannot drift apart, and what must hold
before results are published.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from analysis.errors import UserError, UserErrors, raise_all
from analysis.runs.places import SOURCE

SOURCE_FOLDER = SOURCE.parent
PLAN_FOLDER = Path("data/plan")
REBUILD = "run `plan155 build`"


def rebuild(root: Path) -> dict[str, int]:
    """Make data/plan, the descriptor and the dictionaries of data and results anew.

    Returns
    -------
    dict
        Number of rows by table.

    Raises
    ------
    UserErrors
        If the source cannot be read or does not agree; then nothing is written.
    """
    from analysis.plan import build, write
    from analysis.results import generated_texts

    tables = build(root / SOURCE_FOLDER)
    write(tables, root / PLAN_FOLDER)
    for name, text in generated_texts(root).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", newline="\n")
    return {name: len(rows) for name, rows in tables.items()}


def stale_tables(root: Path) -> tuple[str, ...]:
    """Return the tables of data/plan that a fresh build would make otherwise, or not at all.

    Raises
    ------
    UserErrors
        If the source cannot be read or does not agree.
    """
    from analysis.plan import build
    from analysis.plan.build import to_csv

    tables = build(root / SOURCE_FOLDER)
    fresh = {f"{PLAN_FOLDER}/{name}.csv": to_csv(name, rows) for name, rows in tables.items()}
    there = {path.relative_to(root).as_posix() for path in (root / PLAN_FOLDER).glob("*.csv")}
    return (*_different(root, fresh), *sorted(there - set(fresh)))


def stale_files(root: Path) -> tuple[str, ...]:
    """Return all generated files that a rebuild would change.

    The descriptor and the dictionaries describe the tables, so they are compared only once the
    tables are right.

    Raises
    ------
    UserErrors
        If the source cannot be read or does not agree.
    """
    from analysis.results import generated_texts

    tables = stale_tables(root)
    return tables or _different(root, generated_texts(root))


def _different(root: Path, fresh: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of files that do not hold exactly these texts."""
    return tuple(
        name
        for name, text in fresh.items()
        if not (root / name).is_file() or (root / name).read_bytes() != text.encode()
    )


def refuse_stale(root: Path) -> None:
    """Refuse a package whose plan tables are not those of its source.

    A package without a source (one that was published, or made elsewhere) has nothing to be
    compared with and passes; one with a folder for it must have all of it.

    Raises
    ------
    UserErrors
        One for each table that differs, or what is wrong with the source.
    """
    if (root / SOURCE_FOLDER).is_dir():
        what = "the table is not what the source makes"
        raise_all(UserError(what, str(root / name), REBUILD) for name in stale_tables(root))


def refuse_invalid_results(folder: Path) -> None:
    """Refuse results that the standard's judges find invalid, before they are published.

    Raises
    ------
    UserErrors
        One for each error found.
    """
    from analysis.package.checking import standard_checks
    from analysis.package.raw import read_raw

    errors: list[UserError] = []
    raw = read_raw(folder, errors)
    raise_all(errors)
    findings = [one for check in standard_checks(raw) for one in check.findings]
    mend = "tell those who keep this project: the facts of the results do not fit them"
    raise_all(UserError(one.what, one.where, mend) for one in findings)


def refuse_invalid(root: Path) -> None:
    """Refuse a package that the checks find invalid.

    Raises
    ------
    UserErrors
        One for each error found.
    """
    from analysis.package import check

    report = check(root)
    if not report.ok:
        raise UserErrors(
            UserError(one.what, one.where, one.mend)
            for one in report.findings
            if one.severity == "error"
        )
