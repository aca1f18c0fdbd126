"""What the light process imports, and no other: see :mod:`tests.runs.light`."""

from __future__ import annotations

from contextlib import suppress

with suppress(Exception):  # it says of itself that it is not warm, and a kernel is used
    from tests.runs import light

    light.serve()
