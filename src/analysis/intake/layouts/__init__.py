"""Layouts: which of the known layouts a file has, and what it says in it.

``understand``
    A book of cells as a submission: a filled form, collected rows, or tables of the package.
"""

from __future__ import annotations

from analysis.intake.layouts.understanding import Background, understand

__all__ = ["Background", "understand"]
