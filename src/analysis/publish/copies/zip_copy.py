"""The whole package as one zip file, byte-stable, as ``analysis.load`` and others open it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from analysis.errors import UserError, raise_all
from analysis.package.describing import DESCRIPTOR, sha256
from analysis.publish.copies.about import About
from analysis.results.writing import AS_JSON
from analysis.runs.places import RESULTS, SOURCE

if TYPE_CHECKING:
    from analysis.publish.edition import Edition

DECLARATIONS: Final = SOURCE.parent.as_posix()
"""The folder of the plan's text and of the declarations from which its tables are made."""

PAPERS: Final = ("CITATION.cff", "LICENSE", "LICENSE-DATA.md", "README.md", "README.vi.md")
"""Papers without which nobody can tell what the package is and what may be done with it."""

DICTIONARIES: Final = (
    "docs/data-dictionary.md", "docs/data-dictionary.vi.md", "docs/results.md",
    "docs/results.vi.md",
)  # fmt: skip
"""Pages that explain every column; generated from the descriptors, which say the same."""

_PLAIN_FILE = 0o100644 << 16
_UNIX = 3
_LEVEL = 9


def write_zip(edition: Edition, about: About, path: Path) -> Path:
    """Write the zip file of an edition and return its path.

    It holds the data package at its top (the descriptor, every file that this names, the plan's
    text with the declarations, licences, citation, READMEs and the dictionaries), and the package
    of results in ``results/``. Every member is an unchanged file; all bear the time at which the
    package was made, and are sorted by name.

    Raises
    ------
    analysis.errors.UserErrors
        If a file is missing, or is not the one that its descriptor describes; all are named.
    """
    members = dict(sorted(_members(edition).items()))
    time = about.time.timetuple()[:6]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name, data in members.items():
            archive.writestr(_info(name, time), data, zipfile.ZIP_DEFLATED, _LEVEL)
    return path


def _info(name: str, time: tuple[int, ...]) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (time[0], time[1], time[2], time[3], time[4], time[5]))
    info.create_system = _UNIX
    info.external_attr = _PLAIN_FILE
    return info


def _members(edition: Edition) -> dict[str, bytes]:
    """Return the bytes of all members by their names."""
    root, results = edition.root, edition.outputs.results
    errors: list[UserError] = []
    files = {name: root / name for name in (DESCRIPTOR, *PAPERS, SOURCE.as_posix())}
    files |= {name: root / name for name in DICTIONARIES if (root / name).is_file()}
    files |= {f"{DECLARATIONS}/{path.name}": path for path in _files(root / DECLARATIONS)}
    files[f"{RESULTS}/{DESCRIPTOR}"] = results / DESCRIPTOR
    files |= {f"{RESULTS}/{name}.json": results / f"{name}.json" for name in AS_JSON}
    members = {name: _read(path, errors) for name, path in files.items()}
    members |= _described(edition.descriptor, root, "", errors)
    members |= _described(edition.results_descriptor, results, f"{RESULTS}/", errors)
    raise_all(errors)
    return members


def _files(folder: Path) -> Iterator[Path]:
    """Give the files that people keep in a folder, and nothing that programs leave there."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_file() and not path.name.startswith(".") and not path.name.endswith("~"):
            yield path


def _described(
    descriptor: Mapping[str, Any], folder: Path, prefix: str, errors: list[UserError]
) -> dict[str, bytes]:
    """Return the files of a package's tables, each checked against its hash."""
    members: dict[str, bytes] = {}
    for resource in descriptor["resources"]:
        path = folder / resource["path"]
        data = members[f"{prefix}{resource['path']}"] = _read(path, errors)
        if path.is_file() and resource["hash"] != sha256(data):
            what = "not the file that the descriptor describes (another hash)"
            errors.append(UserError(what, str(path), "run `plan155 build` and `plan155 run`"))
    return members


def _read(path: Path, errors: list[UserError]) -> bytes:
    if path.is_file():
        return path.read_bytes()
    mend = "restore the file, or run `plan155 build` and `plan155 run`"
    errors.append(UserError("a file of the package is missing", str(path), mend))
    return b""
