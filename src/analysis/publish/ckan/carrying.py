"""Does the steps: looks what is missing, does it, and looks again after every fault.

A step whose answer is lost may or may not have been done. So nothing is simply sent again: the
portal is looked at anew, and only what is still missing is done. For the same reason a later
upload goes on where an interrupted one stopped, and nothing is ever there twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import UserError
from analysis.publish.ckan.faults import UnsteadyError, UploadStoppedError, not_reached
from analysis.publish.ckan.looking import look
from analysis.publish.ckan.report import said
from analysis.publish.ckan.steps import Step, is_ours, plan_steps
from analysis.publish.ckan.wanted import PATH, SHA256, Wanted

if TYPE_CHECKING:
    from analysis.publish.ckan.portal import Portal

AGAIN = "run the same command again: it goes on where it stopped"


@dataclass
class Carrier:
    """Does what is missing on a portal.

    Parameters
    ----------
    wanted
        The dataset as it shall be.
    site
        The folder of its files.
    portal
        The portal.
    organisation
        To which a new dataset is given.
    report
        Is given one line for each step before it is done.
    done
        The steps that were begun, each once.
    """

    wanted: Wanted
    site: Path
    portal: Portal
    organisation: str | None
    report: Callable[[str], None]
    done: dict[tuple[str, str], Step] = field(default_factory=dict)

    def bring(self, found: Mapping[str, Any] | None) -> Mapping[str, Any]:
        """Do what is missing, and return the dataset as the portal then has it.

        Parameters
        ----------
        found
            The dataset as the portal has it now; None if it has none.

        Raises
        ------
        UserError
            If the very first step was refused.
        UploadStoppedError
            If a later one was, or the portal did not answer any more.
        """
        try:
            self._do_all(found)
            now = look(self.portal, self.wanted)
            self._check_kept(now)
        except UserError as error:
            if not self.done:
                raise
            mend = f"{error.mend}; then {AGAIN}" if error.mend != AGAIN else AGAIN
            raise UploadStoppedError(error.what, error.where, mend) from None
        return now or {}

    def _do_all(self, found: Mapping[str, Any] | None) -> None:
        faults: Counter[tuple[str, str]] = Counter()
        while True:
            steps = plan_steps(self.wanted, found, self.organisation)
            stopped = self._do_each(steps)
            if stopped is None:
                return
            step, fault = stopped
            faults[step.key] += 1
            if faults[step.key] >= self.portal.patience.tries:
                where = f"{self.portal.address} ({step.what})"
                raise not_reached(fault.why, where, faults[step.key])
            self.report(f"try again: {step.what}: {fault.why}")
            self.portal.wait(faults[step.key], fault)
            found = look(self.portal, self.wanted)

    def _do_each(self, steps: tuple[Step, ...]) -> tuple[Step, UnsteadyError] | None:
        """Do steps one by one; return the first that failed in passing, and its fault."""
        for step in steps:
            if step.key not in self.done:
                self.report(said(step, dry_run=False))
            try:
                self._do(step)
            except UnsteadyError as fault:
                self.done[step.key] = step  # its answer may be all that was lost
                return step, fault
            self.done[step.key] = step
        return None

    def _do(self, step: Step) -> None:
        name, portal, file = self.wanted.name, self.portal, step.file
        match step.kind:
            case "create":
                self._check_marks(portal.create(step.fields))
            case "add" if file:
                made = portal.add(name, step.fields, file, file.read(self.site))
                _check_fields(file.marks, made, portal.address, file.path)
            case "replace" if file:
                made = portal.replace(step.id, step.fields, file, file.read(self.site))
                _check_fields(file.marks, made, portal.address, file.path)
            case "describe":
                portal.describe(step.id, step.fields)
            case "remove":
                portal.remove(step.id)
            case "order":
                self._order()
            case "finish":
                portal.change(name, step.fields)

    def _order(self) -> None:
        found = look(self.portal, self.wanted) or {"resources": []}
        places = {each.path: number for number, each in enumerate(self.wanted.files)}
        last = len(places)
        inorder = sorted(found["resources"], key=lambda one: places.get(one.get(PATH), last))
        self.portal.order(self.wanted.name, [str(each["id"]) for each in inorder])

    def _check_marks(self, made: Mapping[str, Any]) -> None:
        if not is_ours(made):
            raise _not_kept("extras", self.portal.address, self.wanted.name)

    def _check_kept(self, now: Mapping[str, Any] | None) -> None:
        """See that every file is there; what portals word in their own way does not matter."""
        for step in plan_steps(self.wanted, now, self.organisation):
            if step.kind in ("create", "add", "replace", "remove"):
                raise _not_kept(f"what was sent ({step.why})", self.portal.address, step.what)


def _check_fields(
    marks: Mapping[str, str], made: Mapping[str, Any], address: str, path: str
) -> None:
    if any(made.get(name) != marks[name] for name in (PATH, SHA256)):
        raise _not_kept("further fields of resources", address, path)


def _not_kept(what: str, address: str, path: str) -> UploadStoppedError:
    mend = (
        "without it an upload cannot know its own files again: ask whoever runs the portal to keep "
        "fields that its schema does not name; what is there now can be deleted on the portal"
    )
    return UploadStoppedError(f"the portal does not keep {what}", f"{address} ({path})", mend)
