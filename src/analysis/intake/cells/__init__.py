"""Cells: what people write in a cell becomes plain text as the collected layout writes it.

Every reader takes a :class:`~analysis.intake.model.Cell` and returns a
:class:`~analysis.intake.cells.read.Read`, whatever stands in the cell: the text, or what was found
that keeps it from being read. An empty cell is read as an empty text without findings.
"""
