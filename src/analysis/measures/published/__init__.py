"""Published methods of judging progress, from the same inputs (methods, part 1).

``compare(inputs, method)`` judges any number of series by one of :data:`METHODS`; they stand
beside the verdict of this project and are never mixed with it. Methods that build on a compound
growth rate are undefined at zero, change their class when coverage becomes non-coverage, and
depend on what is put in for zero (methods 1.8).

From a frame of :func:`analysis.measures.assess`, beside the columns of a plan (``mode``, ``low``,
``high``, ``natural_min``, ``natural_max``, ``target_year``), the inputs are made like this:

================  ===============================================================================
column            from
================  ===============================================================================
``base``          ``base_value``; ``base_year`` is ``base_year``
``current``       ``judged_value``; ``current_year`` is ``judged_year``
``target``        the end that is to be reached: ``low`` for mode up, ``high`` for mode down; for
                  band the printed value, where low and high are the same; for level the ordinal
                  of the level (``high`` for a rank)
``target_year``   ``target_year``
``direction``     1 for up, -1 for down, 0 for band; for level 1, or -1 for a rank
``limit``         ``natural_max`` for up, ``natural_min`` for down
``parity``        mode is band
``levels``        mode is level
``percent``       the unit is a percentage
================  ===============================================================================

A row without a baseline or without a stated target keeps its empty cells; each method says what
that means. Strict ends (more than, less than) are not known to any published method.
"""

from __future__ import annotations

from analysis.measures.published.comparison import METHODS, compare
from analysis.measures.published.method import Category, Method

__all__ = ["METHODS", "Category", "Method", "compare"]
