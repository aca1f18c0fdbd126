"""Writes the notebook of the guide into a folder: ``python -m tests.docs.example FOLDER``.

The code of ``docs/guide/writing-a-notebook.md`` is in fenced blocks whose first line says what they
are: ``python notebook=own tags=parameters`` is a cell of a notebook, ``json metadata`` what the
notebook says of itself, ``yaml file=…`` a file. Where the page is read, only the first word counts.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.docs.refresh import GUIDE

PAGE = GUIDE["writing-a-notebook"]["en"]
NAME = "years"
OWN, PROJECT = "own", "project"
_BLOCK = re.compile(r"^```(?P<head>\w+[^\n]*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
_CELLS = {"python": "code", "markdown": "markdown"}


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, what else its first line says, and its text."""

    language: str
    facts: dict[str, str]
    text: str


def blocks(page: str) -> list[Block]:
    """Return the fenced blocks of a page in order."""
    return [_block(found["head"].split(), found["text"]) for found in _BLOCK.finditer(page)]


def _block(head: list[str], text: str) -> Block:
    facts = {name: value for name, _, value in (word.partition("=") for word in head[1:])}
    return Block(head[0], facts, text.rstrip("\n"))


def files(page: str) -> dict[str, str]:
    """Return the text of every file that a page shows, by its path."""
    return {each.facts["file"]: f"{each.text}\n" for each in blocks(page) if "file" in each.facts}


def cells(page: str, notebook: str) -> Iterator[dict[str, Any]]:
    """Return the cells of one of the notebooks of a page; those of both come first."""
    shown = [each for each in blocks(page) if notebook in each.facts.get("notebook", "").split(",")]
    for number, each in enumerate(shown):
        kind, tags = _CELLS[each.language], each.facts.get("tags", "")
        code = {"execution_count": None, "outputs": []} if kind == "code" else {}
        yield {
            "cell_type": kind,
            "id": f"{NAME}-{number:02d}",
            "metadata": {"tags": tags.split(",")} if tags else {},
            **code,
            "source": each.text,
        }


def notebook(page: str, which: str = OWN) -> dict[str, Any]:
    """Return a notebook of a page, in version 4.5 of the format."""
    told = next(each.text for each in blocks(page) if "metadata" in each.facts)
    return {
        "cells": list(cells(page, which)),
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            **json.loads(told),
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def write(folder: Path, page: str) -> Path:
    """Write the notebook of a page into a folder, and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{NAME}.ipynb"
    content = json.dumps(notebook(page), ensure_ascii=False, indent=1)
    path.write_text(f"{content}\n", encoding="utf-8")
    return path


def main(folder: str) -> None:
    print(write(Path(folder), PAGE.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main(*sys.argv[1:])
