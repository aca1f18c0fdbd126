"""A small site to upload, with the record of it that a catalogue would give."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

FILES: dict[str, bytes] = {
    "data/plan/targets.csv": "series_id,target\n5.7,31\n5.8,≥ 95 %\n".encode(),
    "data/plan/tasks.csv": "task_id,title\nI.1,Giảm nghèo bền vững\n".encode(),
    "downloads/plan-155.zip": bytes(range(256)) * 9 + b"\r\n--\x00",
    "catalogue/catalog.ttl": b"@prefix dcat: <http://www.w3.org/ns/dcat#> .\n",
}
FORMATS = {
    "csv": ("CSV", "text/csv"),
    "zip": ("ZIP", "application/zip"),
    "ttl": ("Turtle", "text/turtle"),
    "bin": ("BIN", "application/octet-stream"),
}


def write_site(folder: Path, files: dict[str, bytes]) -> Path:
    """Write files into the folder of a site."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def package(name: str, files: dict[str, bytes], **fields: Any) -> dict[str, Any]:
    """Return the record of a dataset with those files."""
    return {
        "name": name,
        "title": "Kế hoạch 155/KH-UBND tỉnh Quảng Ninh",
        "notes": "Chỉ tiêu và nhiệm vụ.\n\nTargets and tasks.",
        "license_id": "cc-by",
        "version": "1.0.0",
        "tags": [{"name": "quang-ninh"}, {"name": "an sinh xã hội"}],
        "extras": [{"key": "as_of", "value": "2026-11-25"}, {"key": "language", "value": "vi, en"}],
        "resources": [_resource(path, content) for path, content in files.items()],
    } | fields


def _resource(path: str, content: bytes) -> dict[str, Any]:
    kind, mimetype = FORMATS[path.rpartition(".")[2]]
    return {
        "name": path.rpartition("/")[2],
        "url": path,
        "description": f"Tệp {path}",
        "format": kind,
        "mimetype": mimetype,
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "size": len(content),
    }
