"""Plan 155/KH-UBND of Quảng Ninh as open data: its tables, its targets, how far and how fast.

Nothing heavy is imported here. The public names come in when they are first used:

``load``
    Read the data package and return a :class:`~analysis.api.Plan`.
``Plan``
    The loaded package: one typed frame per table, and the questions asked of it.
``charts``
    One function per chart, each taking a frame that a :class:`~analysis.api.Plan` returned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis import charts
    from analysis.api import Plan, load

__version__ = "0.1.0"

__all__ = ["Plan", "__version__", "charts", "load"]

_FROM_API = frozenset({"Plan", "load"})
_SUBMODULES = frozenset({"charts"})


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used.

    Parameters
    ----------
    name
        ``load``, ``Plan`` or ``charts``.

    Returns
    -------
    Any
        The object of that name, kept in the module so that the next use costs nothing.

    Raises
    ------
    AttributeError
        If the package has no such public name.
    """
    from importlib import import_module

    if name in _FROM_API:
        value: Any = getattr(import_module("analysis.api"), name)
    elif name in _SUBMODULES:
        value = import_module(f"analysis.{name}")
    else:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}; it has {__all__}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
