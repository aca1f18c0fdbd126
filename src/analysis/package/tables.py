"""The loaded package: one typed frame per table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


class Tables(Mapping[str, "pd.DataFrame"]):
    """The tables of a loaded package, by resource name.

    ``tables["series"]`` and ``tables.series`` are the same frame. Its columns are those of the
    resource's schema, in file order, under a plain row number:

    ======= ==================== =======================
    type    field always filled  field that may be empty
    ======= ==================== =======================
    string  ``str``              ``str``, missing ``NaN``
    integer ``int64``            ``Int64``, missing ``NA``
    number  ``float64``          ``float64``, missing ``NaN``
    boolean ``bool``             ``boolean``, missing ``NA``
    date    ``datetime64[s]``    ``datetime64[s]``, missing ``NaT``
    ======= ==================== =======================

    Parameters
    ----------
    frames
        The frames by resource name.
    descriptor
        The content of the package's ``datapackage.json``.
    root
        Where it was loaded from: a folder or zip file, or a URL as text.
    sha256
        Digest of its ``datapackage.json``, which holds the digest of every table.
    """

    def __init__(
        self,
        frames: Mapping[str, pd.DataFrame],
        descriptor: Mapping[str, Any],
        root: Path | str,
        sha256: str = "",
    ) -> None:
        self._frames = dict(frames)
        self.descriptor = MappingProxyType(dict(descriptor))
        self.root = root
        self.sha256 = sha256

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the resources, in the order of the descriptor."""
        return tuple(self._frames)

    @property
    def version(self) -> str:
        """The version of the data package (not that of the code)."""
        return str(self.descriptor.get("version", ""))

    def __getitem__(self, name: str) -> pd.DataFrame:
        try:
            return self._frames[name]
        except KeyError:
            raise KeyError(
                f"the package has no resource {name!r}; it has {', '.join(self._frames)}"
            ) from None

    def __getattr__(self, name: str) -> pd.DataFrame:
        frames: Mapping[str, pd.DataFrame] = self.__dict__.get("_frames", {})
        if name not in frames:
            raise AttributeError(f"the package has no resource {name!r}")
        return frames[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._frames]

    def __repr__(self) -> str:
        name = self.descriptor.get("name", "?")
        return f"<Tables of {name} {self.version}: {len(self)} resources from {self.root}>"
