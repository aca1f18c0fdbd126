"""Forms: what an agency is asked for as a spreadsheet, and the same read back when filled in."""

from __future__ import annotations

from analysis.intake.forms.filled import read_form
from analysis.intake.forms.record import is_form
from analysis.intake.forms.writing import write_forms

__all__ = ["is_form", "read_form", "write_forms"]
