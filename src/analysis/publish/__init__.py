"""Publishing: from the data package and the outputs of a run to a site that any web server holds.

``open_edition``
    What is published: one state of the data and its assessment.
"""

from __future__ import annotations

from analysis.publish.edition import Edition, open_edition

__all__ = ["Edition", "open_edition"]
