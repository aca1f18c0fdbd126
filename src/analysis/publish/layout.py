"""Where things are in the site: addresses that stay the same."""

from __future__ import annotations

from typing import Final

API: Final = "api/v1"
CATALOGUE: Final = "catalogue"
CHANGES: Final = "changes"
DOWNLOADS: Final = "downloads"
REPORTS: Final = "reports"
RESULTS: Final = "results"

COPIED_REPORT: Final = ("report.html", "report.ipynb", "results.csv", "results.json")
"""What a visitor can reach of each report."""
