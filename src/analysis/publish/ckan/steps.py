"""What has to be done so that a portal holds what is wanted: a comparison, and nothing is sent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from analysis.publish.ckan.wanted import PATH, SHA256, File, Wanted

Kind = Literal["create", "add", "replace", "describe", "remove", "order", "finish"]

UPLOAD: Final = "plan155_upload"
"""The extra that marks a dataset as made by us; ``started`` until its first upload is complete."""

EXTRAS: Final = "plan155_extras"
"""The extra that names the extras that we have set; all others are left as they are."""

STARTED: Final = "started"
COMPLETE: Final = "complete"
VERSION: Final = "version"


@dataclass(frozen=True)
class Step:
    """One thing to do on a portal.

    Parameters
    ----------
    kind
        ``create`` the dataset; ``add`` a file, ``replace`` it, ``describe`` it anew, ``remove`` it;
        ``order`` the files; ``finish``: say what the dataset is, its version last of all.
    what
        The path of the file, or the name of the dataset.
    why
        What is new in it, for people.
    id
        The resource on the portal, if there is one.
    file
        The file that is meant, if one is sent or described.
    fields
        What is sent, besides the file and the ids.
    """

    kind: Kind
    what: str
    why: str = ""
    id: str = ""
    file: File | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same step after another look at the portal."""
        return self.kind, self.what


def plan_steps(
    wanted: Wanted, found: Mapping[str, Any] | None, organisation: str | None = None
) -> tuple[Step, ...]:
    """Return the steps from what a portal holds to what is wanted, in the order to be done.

    Parameters
    ----------
    wanted
        The dataset as it shall be.
    found
        What ``package_show`` says of it; None if the portal has no such dataset.
    organisation
        To which a new dataset is given.
    """
    start = [_create(wanted, organisation)] if found is None else []
    was = found if found is not None else _made_by(start[0])
    ours = _by_path(was["resources"])
    files = [step for each in wanted.files for step in _file_steps(each, ours.get(each.path, ()))]
    return (*start, *files, *_remove(wanted, ours), *_order(wanted, was), *_finish(wanted, was))


def is_ours(found: Mapping[str, Any]) -> bool:
    """Return whether a dataset of a portal was made by an upload of this project."""
    return UPLOAD in _extras(found)


def foreign_files(found: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of a dataset's resources that were not made by an upload."""
    return tuple(_name(each) for each in found["resources"] if not each.get(PATH))


def _create(wanted: Wanted, organisation: str | None) -> Step:
    fields: dict[str, Any] = {
        "name": wanted.name,
        **{name: value for name, value in wanted.fields.items() if name != VERSION},
        "tags": [{"name": each} for each in wanted.tags],
        "extras": _extras_list(_extras_wanted(wanted, {}) | {UPLOAD: STARTED}),
    }
    if organisation:
        fields |= {"owner_org": organisation, "private": True}
    why = f"private until it is complete, in {organisation}" if organisation else "public at once"
    return Step("create", wanted.name, why, fields=fields)


def _made_by(step: Step) -> dict[str, Any]:
    return {"private": False, **step.fields, "resources": []}


def _by_path(resources: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for each in resources:
        if each.get(PATH):
            found.setdefault(str(each[PATH]), []).append(each)
    return found


def _file_steps(file: File, there: Sequence[Mapping[str, Any]]) -> Iterator[Step]:
    if not there:
        yield Step("add", file.path, "new", file=file, fields=dict(file.fields) | file.marks)
        return
    first, *others = there
    new = _new_fields(file, first)
    place = str(first["id"])
    why = _why_again(file, first)
    if why:
        yield Step("replace", file.path, why, place, file, dict(file.fields) | file.marks)
    elif new:
        yield Step("describe", file.path, ", ".join(new), place, file, new)
    for each in others:
        yield Step("remove", file.path, "there twice", str(each["id"]))


def _why_again(file: File, there: Mapping[str, Any]) -> str:
    """Return why a file has to be uploaded again; nothing if it need not."""
    if there.get(SHA256) != file.sha256:
        return "its content is new"
    if there.get("url_type") != "upload":
        return "the portal has no file for it"
    size = there.get("size")
    return "" if size is None or int(size) == file.size else "the portal's file has another size"


def _new_fields(file: File, there: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: value
        for name, value in sorted(file.fields.items())
        if name != "hash" and not _same(name, value, there.get(name))
    }


def _same(name: str, wanted: Any, found: Any) -> bool:
    if name == "format":  # portals write the formats that they know in their own way
        return str(wanted).casefold() == str(found or "").casefold()
    return (wanted or "") == (found or "")


def _remove(wanted: Wanted, ours: Mapping[str, Iterable[Mapping[str, Any]]]) -> Iterator[Step]:
    published = {each.path for each in wanted.files}
    for path in sorted(ours.keys() - published):
        for each in ours[path]:
            yield Step("remove", path, "no longer published", str(each["id"]))


def _order(wanted: Wanted, found: Mapping[str, Any]) -> Iterator[Step]:
    """Yield a step if our files would not stand in order, before those of others."""
    paths = [each.path for each in wanted.files]
    present = [str(each.get(PATH) or "") for each in found["resources"]]
    stay = list(dict.fromkeys(each for each in present if each in paths))
    foreign_first = any(not path and any(present[at:]) for at, path in enumerate(present))
    new = [each for each in paths if each not in stay]
    foreign_before_new = bool(new) and "" in present
    if [*stay, *new] != paths or foreign_first or foreign_before_new:
        yield Step("order", wanted.name, "the files in their order, those of others last")


def _finish(wanted: Wanted, found: Mapping[str, Any]) -> Iterator[Step]:
    has = _extras(found)
    extras = _extras_wanted(wanted, has) | {UPLOAD: COMPLETE}
    fields = {
        name: value
        for name, value in wanted.fields.items()
        if not _same(name, value, found.get(name))
    }
    if list(wanted.tags) != sorted(str(each["name"]) for each in found.get("tags", ())):
        fields["tags"] = [{"name": each} for each in wanted.tags]
    if extras != has:
        fields["extras"] = _extras_list(extras)
    if found.get("private") and has.get(UPLOAD) == STARTED:
        fields["private"] = False
    if fields:
        yield Step("finish", wanted.name, ", ".join(_told(fields)), fields=fields)


def _told(fields: Mapping[str, Any]) -> list[str]:
    return ["made public" if name == "private" else name for name in fields]


def _extras(found: Mapping[str, Any]) -> dict[str, str]:
    return {str(each["key"]): str(each["value"]) for each in found.get("extras", ())}


def _extras_wanted(wanted: Wanted, has: Mapping[str, str]) -> dict[str, str]:
    """Return our extras of this edition and those of others; not ours of an earlier edition."""
    former = _former(has.get(EXTRAS, ""))
    others = {name: value for name, value in has.items() if name not in former}
    names = json.dumps(sorted(wanted.extras), ensure_ascii=False)
    return others | dict(wanted.extras) | {EXTRAS: names}


def _former(told: str) -> list[Any]:
    try:
        names = json.loads(told)
    except ValueError:  # somebody wrote in it by hand
        return []
    return names if isinstance(names, list) else []


def _extras_list(extras: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"key": name, "value": extras[name]} for name in sorted(extras)]


def _name(resource: Mapping[str, Any]) -> str:
    return str(resource.get("name") or resource.get("url") or resource["id"])
