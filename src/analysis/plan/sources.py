"""The files of data/source, and the check that the plan's text is the published one."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from analysis.plan.errors import KEEP_TEXT, TEXT_FILE, Problems

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Sources:
    """Everything that the tables are made from.

    Parameters
    ----------
    text
        The plan's text (Unicode NFC, LF line ends).
    readings, agencies, units, levels
        Entries of the file of that name, in order.
    series, documents, translations
        The whole file of that name.
    """

    text: str
    readings: Sequence[Entry]
    agencies: Sequence[Entry]
    units: Sequence[Entry]
    levels: Sequence[Entry]
    series: Entry
    documents: Entry
    translations: Entry


def read_sources(folder: Path) -> Sources:
    """Read data/source and check that its text is the published one.

    Raises
    ------
    PlanError
        If a file is missing or cannot be read, or the text is not the published one.
    """
    problems = Problems()
    files = {
        name: _read_yaml(folder / f"{name}.yaml", keys, problems) for name, keys in _KEYS.items()
    }
    content = _read_bytes(folder / TEXT_FILE, problems)
    text = check_source(content, str(files["readings"].get("sha256", "")), problems)
    problems.raise_all()
    return Sources(
        text=text,
        readings=files["readings"]["readings"],
        agencies=files["agencies"]["agencies"],
        units=files["units"]["units"],
        levels=files["levels"]["levels"],
        series=files["series"],
        documents=files["documents"],
        translations=files["translations"],
    )


_KEYS = {
    "readings": {"sha256", "readings"},
    "agencies": {"agencies"},
    "units": {"units"},
    "levels": {"levels"},
    "series": {"total", "unit_cells", "unit_rules", "series"},
    "documents": {"self", "documents"},
    "translations": set[str](),
}
"""What each YAML file must hold at its top."""


def check_source(content: bytes, declared_sha256: str, problems: Problems) -> str:
    """Return the text of the plan, noting where it is not the published one.

    Parameters
    ----------
    content
        The bytes of 155-kh-ubnd.txt.
    declared_sha256
        The sum that readings.yaml states.
    """
    found = sha256(content).hexdigest()
    if found != declared_sha256:
        what = f"the text has the sha256 {found}, not {declared_sha256}"
        problems.add(what, TEXT_FILE, f"restore it; {KEEP_TEXT}")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.add(f"the text is not UTF-8: {error}", TEXT_FILE, f"restore it; {KEEP_TEXT}")
        return ""
    check_form(text, problems)
    return text


def check_form(text: str, problems: Problems) -> None:
    """Note lines that are not in Unicode NFC or hold a carriage return."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not unicodedata.is_normalized("NFC", line) or "\r" in line:
            what = "the line is not in Unicode NFC with LF line ends"
            problems.at_line(number, what, f"restore it; {KEEP_TEXT}")


def _read_bytes(path: Path, problems: Problems) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        problems.add(f"it cannot be read: {error.strerror}", str(path), "restore the file")
        return b""


def _read_yaml(path: Path, keys: set[str], problems: Problems) -> dict[str, Any]:
    try:
        content = yaml.safe_load(_read_bytes(path, problems).decode("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        problems.add(f"it is not YAML in UTF-8: {error}", str(path), "mend the line it names")
        return {}
    found = content if isinstance(content, dict) else {}
    if missing := keys - set(found):
        problems.add(f"it lacks {', '.join(sorted(missing))}", str(path), "restore what it lacks")
    return found
