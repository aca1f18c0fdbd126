"""Are outputs whole? Judged from their files alone, by other code than that which wrote them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

KNOWN = {
    *("vi", "en", "failed", "results", "changes", ".lock"),
    *("index.html", "run.json", "run.md", "run.en.md", "state.json"),
}
OF_THE_RUN = {"report.ipynb", "report.html", "done.json", "log.txt", "job.json"}
SHOWN_OR_HIDDEN = re.compile(rb' hidden(?:="")?>')
SCHEMA = json.loads(files("analysis.runs").joinpath("run.schema.json").read_text(encoding="utf-8"))


def reports(outputs: Path) -> dict[str, Path]:
    """The folders of published reports, by name."""
    return {
        f"{place.parent.name}/{place.name}": place
        for language in ("vi", "en")
        for place in sorted((outputs / language).glob("*"))
    }


def faults(outputs: Path, *, just_killed: bool = False) -> list[str]:
    """Everything in some outputs that is not as it should be; empty if they are whole.

    Right after a kill, what was under way may lie about, under names that say so.
    """
    if not outputs.exists():
        return []
    found = [*_strangers(outputs, just_killed), *_around(outputs)]
    for name, place in reports(outputs).items():
        found += [f"{name}: {fault}" for fault in _report(name, place, just_killed)]
    return found


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Everything in a folder, byte for byte; the file that is locked is not counted."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def _strangers(outputs: Path, just_killed: bool) -> Iterator[str]:
    for path in outputs.iterdir():
        left = path.name.startswith(".work-") or path.match(".*.part")
        if path.name not in KNOWN and not (just_killed and left):
            yield f"{path.name} does not belong here"


def _files(place: Path, just_killed: bool) -> dict[str, bytes]:
    return {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in sorted(place.rglob("*"))
        if not path.is_dir() and not (just_killed and path.match(".*.part"))
    }


def _report(name: str, place: Path, just_killed: bool) -> Iterator[str]:
    there = _files(place, just_killed)
    if not there.keys() >= OF_THE_RUN:
        yield f"lacks {OF_THE_RUN - there.keys()}"
        return
    record, marker = (json.loads(there[one]) for one in ("job.json", "done.json"))
    if not sealed(record):
        yield "the seal of job.json is broken"
    if {name} != {record["folder"], _name(record), _name(marker)}:
        yield f"it is the report of {record['folder']}, {_name(record)}, {_name(marker)}"
    if record["status"] != "done" or record["failure"] is not None:
        yield "job.json does not say that it is good"
    yield from _same("done.json", marker["files"], _plain(there, there.keys() - OF_THE_RUN))
    yield from _same("job.json", record["files"], marker["files"])
    listed = {one: _digest(one, text) for one, text in there.items() if one != "job.json"}
    yield from _same("job.json, outputs", record["made"]["outputs"], listed)
    yield from _notebook(json.loads(there["report.ipynb"]))
    if not there["report.html"].rstrip().endswith(b"</html>"):
        yield "the page is cut off"


def _name(told: dict[str, Any]) -> str:
    subject = told["subject"]
    shown = f"{int(subject):02d}" if subject.isdecimal() else subject
    return "/".join([told["language"], "-".join(filter(None, [told["kind"], shown]))])


def _same(what: str, told: dict[str, str], found: dict[str, str]) -> Iterator[str]:
    for name in sorted({*told, *found}):
        if told.get(name) != found.get(name):
            yield f"{name} is not as {what} says"


def _plain(there: dict[str, bytes], names: set[str]) -> dict[str, str]:
    return {name: hashlib.sha256(there[name]).hexdigest() for name in names}


def _digest(name: str, content: bytes) -> str:
    told = SHOWN_OR_HIDDEN.sub(b">", content) if name == "report.html" else content
    return hashlib.sha256(len(told).to_bytes(8, "big") + told).hexdigest()


def sealed(content: dict[str, Any]) -> bool:
    """Whether the seal in a JSON file is that of everything else in it."""
    rest = {name: value for name, value in content.items() if name != "seal"}
    told = json.dumps(rest, sort_keys=True, ensure_ascii=False).encode()
    return bool(content["seal"] == _digest("", told))


def _notebook(notebook: dict[str, Any]) -> Iterator[str]:
    told = notebook["metadata"]["papermill"]
    if told["exception"] or not told["end_time"]:
        yield "the notebook did not run to its end"
    codes = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    if any(cell["execution_count"] is None for cell in codes):
        yield "a cell was not run"


def _around(outputs: Path) -> Iterator[str]:
    """What stands around the reports: each file, if it is there, is whole and can be read."""
    import jsonschema  # a run of the small project has no need of it, and is not to wait for it

    for path in outputs.glob("run.json"):
        jsonschema.validate(json.loads(path.read_bytes()), SCHEMA)
    for path in outputs.glob("state.json"):
        if not sealed(json.loads(path.read_bytes())):
            yield "the seal of state.json is broken"
    yield from _texts(outputs)
    yield from _feeds(outputs / "changes")
    yield from _results(outputs / "results")


def _texts(outputs: Path) -> Iterator[str]:
    from tests.runs.pages import dead_links

    for name, end in (("index.html", "</html>\n"), ("run.md", "\n"), ("run.en.md", "\n")):
        for path in outputs.glob(name):
            if not path.read_text(encoding="utf-8").endswith(end):
                yield f"{name} is cut off"
    for path in outputs.glob("index.html"):
        yield from (f"the index leads nowhere: {link}" for link in dead_links(path))


def _feeds(folder: Path) -> Iterator[str]:
    for path in (*folder.glob("*.json"), *folder.glob("*.atom")):
        if path.suffix == ".atom":
            ElementTree.fromstring(path.read_bytes())
        else:
            json.loads(path.read_bytes())
        if "unreadable" in path.name:
            yield f"{path.name} was found damaged"


def _results(folder: Path) -> Iterator[str]:
    for path in folder.glob("datapackage.json"):
        for told in json.loads(path.read_bytes())["resources"]:
            content = (folder / told["path"]).read_bytes()
            if told["hash"] != f"sha256:{hashlib.sha256(content).hexdigest()}":
                yield f"results/{told['path']} is not as its descriptor says"
