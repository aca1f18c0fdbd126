"""Scheduled execution: which reports to make, making them side by side, and what came of it.

The order in which a run passes the modules:

``parameters``
    everything that was asked for is checked before anything starts;
``gate``
    the committed tables are those of the source, and the package is valid;
``runner``, ``pool``, ``execute``, ``kernel``
    one disposable process for each notebook, as many at once as there are cores;
``accept``, ``html``, ``publish``
    a report is taken for good only after every check, and moved into place whole;
``record``, ``summary``, ``index``
    what came of it: ``job.json`` beside each report, ``run.json`` and ``index.html``.

The contract with the notebooks is in :mod:`analysis.runs.accept`.
"""

from __future__ import annotations
