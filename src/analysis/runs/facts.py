"""What a run must know of the data package: version, digest and the indicator groups' names.

Read with the standard library alone, so that a command with nothing to do stays fast.
"""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import UserError

DESCRIPTOR = "datapackage.json"
BUILD_HINT = "run `plan155 build`, or name another package with --data"


@dataclass(frozen=True)
class Group:
    """An indicator group and its names."""

    group_id: int
    name_vi: str
    name_en: str

    def name(self, language: str) -> str:
        """Return the name in ``vi`` or ``en``."""
        return self.name_vi if language == "vi" else self.name_en


@dataclass(frozen=True)
class PackageFacts:
    """The data package of a run.

    Parameters
    ----------
    root
        The folder that holds ``datapackage.json``.
    name, version
        As the descriptor says; empty if it does not.
    sha256
        Digest of the descriptor, which itself holds the digest of every table.
    groups
        The indicator groups in plan order.
    """

    root: Path
    name: str
    version: str
    sha256: str
    groups: tuple[Group, ...]

    def group(self, group_id: int) -> Group:
        """Return a group; one that the package lacks has its number for a name."""
        for group in self.groups:
            if group.group_id == group_id:
                return group
        return Group(group_id, f"Nhóm {group_id}", f"Group {group_id}")


def read_facts(root: Path) -> PackageFacts:
    """Read the facts of the package in a folder.

    Raises
    ------
    UserError
        If the folder has no descriptor, or the descriptor or its table of groups cannot be read.
    """
    path = root / DESCRIPTOR
    if not path.is_file():
        raise UserError(f"no data package: there is no {DESCRIPTOR}", str(root), BUILD_HINT)
    raw = path.read_bytes()
    descriptor = _parse(raw, path)
    return PackageFacts(
        root=root,
        name=str(descriptor.get("name", "")),
        version=str(descriptor.get("version", "")),
        sha256=hashlib.sha256(raw).hexdigest(),
        groups=_groups(root, descriptor),
    )


def _parse(raw: bytes, path: Path) -> dict[str, Any]:
    try:
        descriptor = json.loads(raw)
    except ValueError as error:
        raise UserError(
            f"the descriptor is not JSON: {error}", str(path), "run `plan155 build`"
        ) from None
    if not isinstance(descriptor, dict):
        raise UserError("the descriptor is not an object", str(path), "run `plan155 build`")
    return descriptor


def _groups(root: Path, descriptor: dict[str, Any]) -> tuple[Group, ...]:
    paths = [
        resource.get("path")
        for resource in descriptor.get("resources", [])
        if resource.get("name") in ("indicator_groups", "indicator-groups")
    ]
    if not paths:
        where = str(root / DESCRIPTOR)
        raise UserError("the package has no resource indicator_groups", where, BUILD_HINT)
    table = root / str(paths[0])
    try:
        with table.open(encoding="utf-8", newline="") as lines:
            return tuple(
                Group(int(row["group_id"]), row["name_vi"], row["name_en"])
                for row in csv.DictReader(lines)
            )
    except (OSError, KeyError, ValueError) as error:
        raise UserError(
            f"the indicator groups cannot be read: {error!r}", str(table), "run `plan155 check`"
        ) from None
