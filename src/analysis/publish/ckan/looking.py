"""Looks at what a portal has, and refuses what is not ours to change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from analysis.errors import UserError
from analysis.publish.ckan.access import TOKEN
from analysis.publish.ckan.faults import plain
from analysis.publish.ckan.steps import UPLOAD, is_ours

if TYPE_CHECKING:
    from analysis.publish.ckan.portal import Portal
    from analysis.publish.ckan.wanted import Wanted


def look(portal: Portal, wanted: Wanted) -> dict[str, Any] | None:
    """Return the dataset as a portal has it; None if it has none.

    Raises
    ------
    UserError
        If a dataset of that name was deleted there, or was not made by an upload of ours.
    """
    found = portal.dataset(wanted.name)
    if found is None:
        return None
    where = f"{portal.address}/dataset/{wanted.name}"
    if found.get("state") == "deleted":
        mend = "restore it on the portal, or ask whoever runs the portal to purge it"
        raise UserError("the dataset was deleted on the portal", where, mend)
    if not is_ours(found):
        what = "the portal has a dataset of this name that was not made by this command"
        mend = f"rename or delete that one; if it may be overwritten, add the extra {UPLOAD} to it"
        raise UserError(what, where, mend)
    return found


def check_organisation(
    portal: Portal, found: Mapping[str, Any] | None, organisation: str | None
) -> None:
    """See that the dataset is, or may be made, in the organisation that was named.

    Raises
    ------
    UserError
        If it is in another, or the token may not make datasets in the one that was named, or none
        was named and there are some to be named.
    """
    if found is not None:
        _check_same(portal, found, organisation)
        return
    open_ones = portal.organisations()
    if organisation in [each[name] for each in open_ones for name in ("name", "id")]:
        return
    names = _listed(each["name"] for each in open_ones)
    if organisation:
        what = "the token may not make datasets in that organisation"
        mend = f"it may in: {names}" if names else _no_right()
        raise UserError(what, f"{portal.address}: {organisation}", mend)
    if names:
        what = "a new dataset needs an organisation"
        raise UserError(what, portal.address, f"name one with --ckan-organisation: {names}")


def _check_same(portal: Portal, found: Mapping[str, Any], organisation: str | None) -> None:
    owner = found.get("organization") or {}
    if organisation and organisation not in (owner.get("name"), owner.get("id")):
        has = plain(owner.get("name") or "none")
        what = f"the dataset is in another organisation: {has}"
        mend = "leave --ckan-organisation out, or move the dataset on the portal"
        raise UserError(what, f"{portal.address}/dataset/{plain(found['name'])}", mend)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(plain(each) for each in names))


def _no_right() -> str:
    return f"see that {TOKEN} holds a token of this portal, whose user is an editor there"
