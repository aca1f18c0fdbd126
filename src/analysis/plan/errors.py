"""The faults that the build finds: gathered while it works, raised together at its end."""

from __future__ import annotations

from analysis.errors import UserError, UserErrors

TEXT_FILE = "155-kh-ubnd.txt"
KEEP_TEXT = f"the text in {TEXT_FILE} is the published one and is never edited"


class PlanError(UserErrors):
    """All faults of a build of the plan tables; nothing is written when it is raised."""


class Problems:
    """A growing list of faults."""

    def __init__(self) -> None:
        self._found: list[UserError] = []

    def __len__(self) -> int:
        return len(self._found)

    def add(self, what: str, where: str, mend: str) -> None:
        """Note a fault: what is wrong, where it is and how to mend it; the same one only once."""
        fault = UserError(what, where, mend)
        if str(fault) not in {str(known) for known in self._found}:
            self._found.append(fault)

    def at_line(self, line: int, what: str, mend: str) -> None:
        """Note a fault of the source text at a line (counted from 1)."""
        self.add(what, f"{TEXT_FILE}, line {line}", mend)

    def raise_all(self) -> None:
        """Raise what was found, together.

        Raises
        ------
        PlanError
            If there is at least one fault.
        """
        if self._found:
            raise PlanError(self._found)
