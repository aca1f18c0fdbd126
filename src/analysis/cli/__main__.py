"""``python -m analysis.cli`` is the command ``plan155``."""

from __future__ import annotations

from analysis.cli import main

main()
