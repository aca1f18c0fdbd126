"""Rules on the descriptor: that it is complete in both languages and describes these files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.package.describing import describe, descriptor_text, sha256
from analysis.package.faults import PackageError
from analysis.package.raw import RawPackage
from analysis.package.rules.rule import Outcomes, Problem, rule

DATA_FOLDERS = ("data/plan", "data/observed", "data/reference")
BUILD = "run `plan155 build`"


@rule(
    "bilingual-descriptor",
    vi="Tên và mô tả đủ hai ngôn ngữ ở gói, bảng và trường",
    en="Package, resources and fields have titles and descriptions in both languages",
)
def bilingual_descriptor(raw: RawPackage) -> Outcomes:
    """Look at the package, every resource, every field and every code of an enumeration."""
    for where, entry in _described(raw.descriptor):
        for one, both in (("title", "titles"), ("description", "descriptions")):
            texts = entry.get(both, {})
            what = f"`{both}` lacks a language, or `{one}` is not the Vietnamese"
            full = bool(texts.get("vi") and texts.get("en")) and entry.get(one) == texts["vi"]
            mend = "write both languages in facts/*.yaml, then `plan155 build`"
            yield None if full else Problem(where, what, mend)


def _described(descriptor: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield "datapackage.json", descriptor
    for resource in descriptor.get("resources", ()):
        where = f"datapackage.json, resource {resource.get('name')}"
        yield where, resource
        for field in resource.get("schema", {}).get("fields", ()):
            yield f"{where}, field {field.get('name')}", field


@rule(
    "descriptor-current",
    vi="Bản mô tả khớp với các tệp (kích thước, mã băm, nội dung khai báo)",
    en="The descriptor is that of these files (bytes, hashes, declared facts)",
)
def descriptor_current(raw: RawPackage) -> Outcomes:
    """Look at the size and hash of every file, then at the descriptor as a whole."""
    stale = False
    for resource in raw.descriptor.get("resources", ()):
        data = raw.files.get(resource.get("name", ""), b"")
        current = resource.get("bytes") == len(data) and resource.get("hash") == sha256(data)
        stale = stale or not current
        what = "the file is not the one that datapackage.json describes"
        mend = f"restore the file if the change was not meant; else {BUILD}"
        yield None if current else Problem(str(resource.get("path")), what, mend)
    if not stale:
        yield _differs(raw)


def _differs(raw: RawPackage) -> Problem | None:
    try:
        expected = descriptor_text(describe(raw.root))
    except PackageError as error:
        return Problem(error.errors[0].where, error.errors[0].what, error.errors[0].mend)
    if (raw.root / "datapackage.json").read_text(encoding="utf-8") == expected:
        return None
    return Problem("datapackage.json", "it is not what the facts and files give", BUILD)


@rule(
    "no-stray-files",
    vi="Mọi tệp CSV trong data/ đều được mô tả",
    en="Every CSV file under data/ is described",
)
def no_stray_files(raw: RawPackage) -> Outcomes:
    """Look at every CSV file in the folders of tables."""
    known = {resource.get("path") for resource in raw.descriptor.get("resources", ())}
    for folder in DATA_FOLDERS:
        for path in sorted((raw.root / folder).glob("**/*.csv")):
            name = path.relative_to(raw.root).as_posix()
            what = "the descriptor does not list this file"
            mend = "declare it in facts/ and build, or remove it"
            yield None if name in known else Problem(name, what, mend)


RULES = (bilingual_descriptor, descriptor_current, no_stray_files)
