"""What the run notes besides the reports: ``state.json``."""

from __future__ import annotations

from typing import Any

from analysis.runs.places import Outputs
from analysis.runs.sealed import read_sealed, write_sealed


def remembered(outputs: Outputs) -> dict[str, Any]:
    """Return what a run has noted besides the reports; nothing if the note is damaged."""
    return read_sealed(outputs.state) or {}


def remember(outputs: Outputs, **notes: Any) -> None:
    """Note something besides the reports."""
    write_sealed(outputs.state, {**remembered(outputs), **notes})
