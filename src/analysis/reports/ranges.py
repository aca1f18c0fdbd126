"""Numbers of indicators in short: neighbours as a range."""

from __future__ import annotations

import re

_RUN = 3  # numbers in a row that are written as a range
_NUMBER = re.compile(r"\d+\.\d+")


def ranges(names: list[str]) -> list[str]:
    """Write three and more numbers that follow each other as a range: ``6.1–6.8``."""
    runs: list[list[str]] = []
    for name in names:
        if runs and _follows(runs[-1][-1], name):
            runs[-1].append(name)
        else:
            runs.append([name])
    return [text for run in runs for text in (_range(run) if len(run) >= _RUN else run)]


def _follows(one: str, other: str) -> bool:
    """Tell whether two numbers of indicators are neighbours in one group."""
    if not (_NUMBER.fullmatch(one) and _NUMBER.fullmatch(other)):
        return False
    (group, place), (next_group, next_place) = (name.split(".") for name in (one, other))
    return group == next_group and int(place) + 1 == int(next_place)


def _range(run: list[str]) -> list[str]:
    return [f"{run[0]}\u2013{run[-1]}"]
