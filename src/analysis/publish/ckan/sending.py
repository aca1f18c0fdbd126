"""An upload from its beginning to its report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import UserError
from analysis.publish.ckan.access import portal_address, read_token
from analysis.publish.ckan.carrying import Carrier
from analysis.publish.ckan.faults import plain
from analysis.publish.ckan.looking import check_organisation, look
from analysis.publish.ckan.portal import Portal
from analysis.publish.ckan.report import UploadReport, paths_of, said, summary
from analysis.publish.ckan.session import Patience
from analysis.publish.ckan.steps import Step, foreign_files, plan_steps
from analysis.publish.ckan.wanted import Wanted, read_wanted

if TYPE_CHECKING:
    from analysis.publish.edition import Edition


def upload(
    edition: Edition,
    site: Path,
    url: str,
    *,
    organisation: str | None = None,
    dry_run: bool = False,
    report: Callable[[str], None],
) -> UploadReport:
    """Make the dataset of an edition on a portal, or bring it to the state of the edition.

    Parameters
    ----------
    edition
        The edition.
    site
        The folder of its site, whose files are uploaded.
    url
        The address of the portal.
    organisation
        The portal's name of the organisation to which a new dataset belongs.
    dry_run
        Only tell what would be done, and send nothing that writes.
    report
        Is given one line for each thing as it is done.

    Raises
    ------
    UserError
        If it was refused before anything was changed.
    UploadStoppedError
        If it was begun and did not come to its end.
    """
    from analysis.publish.catalogue import ckan_package

    address, token = portal_address(url), read_token()
    if not site.is_dir():
        raise UserError("there is no site to upload", str(site), "run `plan155 publish`")
    wanted = read_wanted(ckan_package(edition, site), site)
    portal = Portal(address, token, Patience())
    try:
        return send(wanted, site, portal, organisation=organisation, dry_run=dry_run, report=report)
    finally:
        portal.close()


def send(
    wanted: Wanted,
    site: Path,
    portal: Portal,
    *,
    organisation: str | None,
    dry_run: bool,
    report: Callable[[str], None],
) -> UploadReport:
    """Bring a portal to what is wanted, or tell what would be done; see :func:`upload`."""
    report(f"portal: {portal.address}, CKAN {portal.version() or 'of a version it does not tell'}")
    found = look(portal, wanted)
    check_organisation(portal, found, organisation)
    steps = plan_steps(wanted, found, organisation)
    if dry_run:
        for step in steps:
            report(said(step, dry_run=True))
        now = _then(found, steps)
    else:
        carrier = Carrier(wanted, site, portal, organisation, report)
        now, steps = carrier.bring(found), tuple(carrier.done.values())
    address = f"{portal.address}/dataset/{wanted.name}"
    result = _report(address, wanted, now, steps, dry_run)
    for name in result.foreign:
        report(f"left alone: {plain(name)} (not made by this command)")
    report(summary(result))
    return result


def _then(found: Mapping[str, Any] | None, steps: Iterable[Step]) -> Mapping[str, Any]:
    """Return what would be told of the dataset after the steps."""
    if found is None:
        return {"private": False, "resources": []}
    private = found.get("private") and not any("private" in step.fields for step in steps)
    return {**found, "private": private}


def _report(
    address: str, wanted: Wanted, now: Mapping[str, Any], steps: Iterable[Step], dry_run: bool
) -> UploadReport:
    done = tuple(steps)
    uploaded = paths_of(done, "add", "replace")
    described = paths_of(done, "describe")
    touched = {*uploaded, *described}
    return UploadReport(
        address=address,
        dry_run=dry_run,
        created=bool(paths_of(done, "create")),
        uploaded=uploaded,
        described=described,
        removed=paths_of(done, "remove"),
        unchanged=tuple(each.path for each in wanted.files if each.path not in touched),
        foreign=foreign_files(now),
        changed=bool(paths_of(done, "order", "finish")),
        private=bool(now.get("private")),
    )
