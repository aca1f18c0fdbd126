"""The data package: its descriptor, its checks, and its tables as typed frames.

``load``, ``keep``
    Tables from a folder, a zip file or an address; kept for later calls.
``check``
    Everything that makes a sound package, in one :class:`Report`; ``render`` shows it.
``describe``, ``write_descriptor``, ``write_dictionary``
    The generated ``datapackage.json`` and the data dictionaries in two languages.

Nothing heavy is imported until a function needs it.
"""

from __future__ import annotations

from analysis.package.checking import check
from analysis.package.describing import describe, write_descriptor
from analysis.package.dictionary import write_dictionary
from analysis.package.faults import PackageError
from analysis.package.loading import keep, load
from analysis.package.report import Check, Finding, Report, render
from analysis.package.tables import Tables

__all__ = [
    "Check",
    "Finding",
    "PackageError",
    "Report",
    "Tables",
    "check",
    "describe",
    "keep",
    "load",
    "render",
    "write_descriptor",
    "write_dictionary",
]
