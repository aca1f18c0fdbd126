"""Imported by the process from which workers are forked, and by no other: makes it warm."""

from __future__ import annotations

from analysis.runs.engine import warm

warm.make_ready()
