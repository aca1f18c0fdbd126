"""Small sources for the tests of the two grammars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.plan.agencies import Agency, Registry
from analysis.plan.cells import Cell
from analysis.plan.errors import Problems
from analysis.plan.grammar import Tools
from analysis.plan.readings import ReadingBook, load_readings

AGENCIES = {
    "y-te": "Sở Y tế",
    "xay-dung": "Sở Xây dựng",
    "thong-ke": "Cục Thống kê",
    "nganh": "Các sở, ban, ngành liên quan",
    "ubnd": "UBND các huyện, thị xã, thành phố",
}


def cells_of(*texts: str) -> tuple[Cell, ...]:
    """Number the texts as the source does: a blank line after each cell."""
    return tuple(Cell(text, 2 * index + 1) for index, text in enumerate(texts))


def reading(kind: str, place: str, text: str, /, **value: Any) -> dict[str, Any]:
    cells = [{"place": place, "text": text}]
    return {"kind": kind, "cells": cells, "value": value, "reason_vi": "vì", "reason_en": "why"}


def tools_with(entries: Sequence[dict[str, Any]] = (), **parts: str) -> Tools:
    """Return tools with a small registry, the given readings and the parts of indicator 1.1."""
    numbered = [{"id": f"R{number:02d}", **entry} for number, entry in enumerate(entries, start=1)]
    problems = Problems()
    readings = ReadingBook(load_readings(numbered, problems))
    problems.raise_all()
    agencies = [Agency(id_, name, name, "", (), False) for id_, name in AGENCIES.items()]
    part_ids = {("1.1", text): f"1.1-{id_}" for id_, text in parts.items()}
    units = frozenset({"%", "Người", "Mức độ"})
    return Tools(readings, Registry(agencies), Problems(), units, part_ids)
