"""JSON files that say whether they are whole: the digest of everything else stands in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.runs.keys import digest_of
from analysis.runs.record import read_json, write_json

SEAL = "seal"


def write_sealed(path: Path, content: Mapping[str, Any]) -> None:
    """Write an object with its seal, whole or not at all."""
    plain = json.loads(json.dumps({**content, SEAL: ""}, ensure_ascii=False))
    del plain[SEAL]
    write_json(path, {**plain, SEAL: digest_of(plain)})


def read_sealed(path: Path) -> dict[str, Any] | None:
    """Return an object; ``None`` if there is none, or it is not as it was written."""
    content = read_json(path)
    if content is None:
        return None
    seal = content.pop(SEAL, None)
    return content if seal == digest_of(content) else None
