"""How much a file may ask for. No form or table of the plan comes near; a bomb does."""

from __future__ import annotations

from typing import Final

MEGABYTE: Final = 1024 * 1024

FILE: Final = 20 * MEGABYTE
"""Bytes of the file itself."""

UNPACKED: Final = 200 * MEGABYTE
"""Bytes of all members of an archive together, counted while they are unpacked."""

RATIO: Final = 200
"""Times a member may grow when unpacked. Sheets grow some ten to thirty times, rarely a hundred;
deflate can make bytes grow a thousand times."""

SMALL: Final = MEGABYTE
"""Bytes up to which a member may grow as it likes."""

MEMBERS: Final = 2_000
"""Members of an archive."""

ELEMENTS: Final = 3_000_000
"""Elements of markup in all parts of a file together: room for a million empty rows."""

DEPTH: Final = 100
"""Elements inside each other."""

NAMES: Final = 5_000
"""Different names of elements, attributes and prefixes in a part; the parser keeps each one."""

TOKEN: Final = MEGABYTE
"""Bytes of one tag or comment; the parser holds it whole."""

CHUNK: Final = 64 * 1024
"""Bytes read at once."""

SHEETS: Final = 100
ROWS: Final = 20_000
COLUMNS: Final = 200

CELLS: Final = 500_000
"""Cells of all sheets together, the empty ones between the others counted in; each one takes about
300 bytes."""

CELL: Final = 10_000
"""Characters of one cell."""

TEXT: Final = 20_000_000
"""Characters of all cells together; a character can take four bytes."""

MERGES: Final = 10_000
"""Merged ranges of a sheet."""

SHOWN: Final = 20
"""Faults of one kind that are told one by one; the others are counted."""
