"""What a report depends on, as digests by name: what is the same need not be made again.

The names say what changed when something has: ``notebook``, ``parameters``, ``data: targets``,
``code: measures``, ``library: pandas``. The day of assessment is not among them: a report says
itself how long it holds (``holds_until`` in its completion marker). Nor are the texts, of which it
says itself which ones it was made with.

Nothing but the standard library (and PyYAML, if a text has changed) is imported for this, so that
a run with nothing to do is over at once.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

import analysis
from analysis.runs.facts import DESCRIPTOR
from analysis.runs.job import Job
from analysis.runs.kinds import Kind
from analysis.runs.rows import Data, read_data
from analysis.words import LANGUAGES

LIBRARIES: Final = (
    "beautifulsoup4",
    "great-tables",
    "ipykernel",
    "ipython",
    "jinja2",
    "matplotlib",
    "nbconvert",
    "nbformat",
    "numpy",
    "pandas",
    "papermill",
    "scipy",
    "seaborn",
)
"""Libraries that shape what a report looks like or says."""

CODE: Final = {
    "api": ("api.py", "errors.py", "__init__.py"),
    "charts": ("charts",),
    "measures": ("measures",),
    "observe": ("observe",),
    "package": ("package",),
    "page": (
        "runs/html.py", "runs/dom.py", "runs/wording.py", "runs/template/page.css",
        "runs/template/plan155-report",
    ),
    "reports": ("reports",),
    "results": ("results",),
    "words": (
        "words/__init__.py", "words/catalogue.py", "words/collation.py", "words/speaker.py",
    ),
}  # fmt: skip
"""Files of the code that reports are made with, by room. Where a report runs is not among them:
every engine leaves the same."""

ROOT = Path(analysis.__file__).parent

Digests = Mapping[str, str]


def digest(*parts: bytes) -> str:
    """Return the SHA-256 digest of some bytes."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def digest_of(content: Any) -> str:
    """Return the SHA-256 digest of something that can be written as JSON."""
    return digest(json.dumps(content, sort_keys=True, ensure_ascii=False, default=str).encode())


def files_digest(root: Path, names: Iterable[str]) -> str:
    """Return a digest of files, and of all that lie in folders; what is made beside code is not."""
    found: list[bytes] = []
    for name in names:
        place = root / name
        paths = sorted(place.rglob("*")) if place.is_dir() else [place]
        for path in paths:
            if path.is_file() and "__pycache__" not in path.parts:
                found += [path.relative_to(root).as_posix().encode(), path.read_bytes()]
    return digest(*found)


@dataclass(frozen=True)
class Surroundings:
    """Everything around the jobs of a run that their reports can depend on.

    Parameters
    ----------
    data_root
        The folder of the data package.
    notebooks
        The folder of the notebooks.
    """

    data_root: Path
    notebooks: Path

    @cached_property
    def shared(self) -> Digests:
        """What all reports depend on: code by room, and libraries by their version."""
        code = {f"code: {room}": files_digest(ROOT, names) for room, names in CODE.items()}
        libraries = {f"library: {name}": one for name, one in versions(LIBRARIES).items()}
        return {**code, **libraries, "library: python": sys.version.split()[0]}

    @cached_property
    def data_digest(self) -> str:
        """A digest of the whole data package, as it stands in its files."""
        descriptor = json.loads((self.data_root / DESCRIPTOR).read_text(encoding="utf-8"))
        paths = [str(one.get("path")) for one in descriptor.get("resources", ())]
        return files_digest(self.data_root, [DESCRIPTOR, *paths])

    @cached_property
    def data(self) -> Data:
        """All tables."""
        return read_data(self.data_root)

    @cached_property
    def whole_data(self) -> Digests:
        """A digest of each table."""
        found = self.data.digests(self.data.all())
        return {f"data: {name}": one for name, one in found.items()}

    def of_job(self, job: Job, kind: Kind, parameters: Mapping[str, object]) -> dict[str, str]:
        """Return what one report depends on, its data aside."""
        asked = {name: value for name, value in parameters.items() if name != "as_of"}
        return {
            "notebook": digest((self.notebooks / f"{kind.name}.ipynb").read_bytes()),
            "parameters": digest_of([job.kind, job.subject, job.language, asked]),
            **self.shared,
        }

    def of_results(self, parameters: Mapping[str, object]) -> dict[str, str]:
        """Return what the results as data depend on, the data aside."""
        asked = {name: value for name, value in parameters.items() if name != "as_of"}
        return {"parameters": digest_of(asked), **self.shared}

    @property
    def checks(self) -> str:
        """A digest of all that decides whether the data are valid and those of their source."""
        code = files_digest(ROOT, ["plan", "package", "runs/gate.py", "errors.py"])
        files = files_digest(self.data_root, ["data"]) if (self.data_root / "data").is_dir() else ""
        libraries = list(versions(("frictionless", "jsonschema", "pandas")).values())
        return digest_of([code, files, self.data_digest, libraries])

    def data_of_job(self, job: Job, kind: Kind) -> dict[str, str]:
        """Return the digests of the rows that one report depends on."""
        chosen = self.data.of_subject(kind.subject, job.subject)
        return {f"data: {name}": one for name, one in self.data.digests(chosen).items()}

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """All texts, as ``vi/verdict.MET``."""
        from analysis.words.catalogue import catalogue

        return {
            f"{language}/{key}": text
            for language in LANGUAGES
            for key, text in catalogue(language).items()
        }

    @cached_property
    def texts_digest(self) -> str:
        """A digest of the files of all texts."""
        return files_digest(ROOT, [f"words/{language}" for language in LANGUAGES])

    def digest_of_texts(self, keys: Iterable[str]) -> str:
        """Return a digest of the texts with these keys; one that is not there counts as such."""
        return digest_of([[key, self.texts.get(key)] for key in keys])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def versions(names: Iterable[str]) -> dict[str, str]:
    """Return the versions of installed libraries; ``none`` for one that is not there."""
    return {name: _version(name) for name in names}


def differing(before: Digests, now: Digests) -> list[str]:
    """Return the names whose digests are not the same, sorted."""
    return sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
