"""Imported by the process from which workers are forked, and by no other: makes it warm.

Whatever goes wrong here must not end that process: a worker whose process is not warm says so in
its log and runs its notebook in a kernel.
"""

from __future__ import annotations

from contextlib import suppress

with suppress(Exception):
    from analysis.runs.engine import warm

    warm.make_ready()
