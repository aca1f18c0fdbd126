"""What an upload has done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final

from analysis.publish.ckan.steps import Kind, Step

SAYS: Final[dict[Kind, str]] = {
    "create": "new dataset",
    "add": "upload",
    "replace": "upload",
    "describe": "describe",
    "remove": "remove",
    "order": "order",
    "finish": "dataset",
}


@dataclass(frozen=True)
class UploadReport:
    """What an upload has done; after a dry run, what it would do.

    Parameters
    ----------
    address
        The page of the dataset on the portal.
    dry_run
        Whether nothing was written.
    created
        Whether the dataset is new.
    uploaded
        The files that were sent: new ones and those with new content.
    described
        The files of which only the description was new.
    removed
        The files that are no longer published.
    unchanged
        The files that the portal had already.
    foreign
        The resources that others have added; they stay.
    changed
        Whether the statements on the dataset itself, or the order of its files, were new.
    private
        Whether the dataset is seen only by its organisation.
    """

    address: str
    dry_run: bool
    created: bool
    uploaded: tuple[str, ...]
    described: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    foreign: tuple[str, ...]
    changed: bool
    private: bool

    @property
    def nothing_to_do(self) -> bool:
        """Whether the portal had everything already."""
        return not (self.created or self.uploaded or self.described or self.removed or self.changed)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as JSON has it."""
        return {**asdict(self), "nothing_to_do": self.nothing_to_do}


def said(step: Step, dry_run: bool) -> str:
    """Return the line that tells a step."""
    size = f", {step.file.size:,} bytes" if step.file and step.kind in ("add", "replace") else ""
    would = "would " if dry_run else ""
    return f"{would}{SAYS[step.kind]}: {step.what} ({step.why}{size})"


def summary(report: UploadReport) -> str:
    """Return the last line: how it stands now."""
    if report.nothing_to_do:
        return f"nothing to do: the portal has this edition already, {report.address}"
    counts = {
        "uploaded": report.uploaded,
        "described anew": report.described,
        "removed": report.removed,
        "unchanged": report.unchanged,
    }
    told = ", ".join(f"{len(paths)} {word}" for word, paths in counts.items() if paths)
    state = "private" if report.private else "public"
    start = "dry run, nothing was sent: " if report.dry_run else ""
    return f"{start}{told or 'files as they were'}; {state}: {report.address}"


def paths_of(steps: Iterable[Step], *kinds: Kind) -> tuple[str, ...]:
    """Return what the steps of some kinds are about, each once, in order."""
    return tuple(dict.fromkeys(step.what for step in steps if step.kind in kinds))
