"""Taking findings away: tables and a figure in a folder, with what they rest on."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.explore.verdicts import VERDICT_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

    from analysis.explore.findings import Findings


def export(found: Findings, folder: str | Path) -> tuple[Path, ...]:
    """Write what was found into a folder.

    Parameters
    ----------
    found
        What came of a choice, such as ``explorer.found``.
    folder
        Made if it does not exist; files of the same names are written over.

    Returns
    -------
    tuple of Path
        ``verdicts.csv`` and ``.json`` (the columns of ``VERDICT_COLUMNS``; the JSON says what was
        chosen, and from which version of the data), ``country.csv``, ``what_if.csv`` if there are
        hypothetical values, and the chart with its text alternative (``chart.…``) if there is
        one. The same findings give the same bytes.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    rows = found.verdicts[list(VERDICT_COLUMNS)]
    files = [
        _write(folder / "verdicts.csv", _csv(rows)),
        _write(folder / "verdicts.json", _json(_document(found, rows))),
        _write(folder / "country.csv", _csv(found.country)),
    ]
    if not found.plan.what_if.empty:
        files.append(_write(folder / "what_if.csv", _csv(found.plan.what_if)))
    if (chart := found.picture()) is not None:
        files += chart.save(folder / "chart.png")
    return tuple(files)


def _document(found: Findings, rows: pd.DataFrame) -> dict[str, Any]:
    return {
        "choice": {**asdict(found.choice), "as_of": found.choice.as_of.isoformat()},
        "package_version": found.plan.tables.version,
        "hypothetical_values": len(found.plan.what_if),
        "rows": json.loads(rows.to_json(orient="records")),
    }


def _csv(rows: pd.DataFrame) -> str:
    return rows.to_csv(index=False, lineterminator="\n")


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
