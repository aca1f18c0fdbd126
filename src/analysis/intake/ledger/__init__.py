"""The ledger: rows appended to the tables, all of them or none, and never taken out again.

``Batch``, ``addition``, ``withdrawal``
    Which rows come behind which tables.
``commit``
    Put them there, if the package is sound with them.
"""

from __future__ import annotations

from analysis.intake.ledger.batches import Batch, addition, withdrawal
from analysis.intake.ledger.committing import commit

__all__ = ["Batch", "addition", "commit", "withdrawal"]
