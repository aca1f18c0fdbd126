"""What can go wrong on the way to a portal, told so that the person can mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from analysis.errors import UserError
from analysis.runs.plain import clean

LONGEST: Final = 300
MOST: Final = 20


class UploadStoppedError(UserError):
    """An upload that was begun and did not come to its end; running it again goes on with it."""

    exit_code = 1


class UnsteadyError(Exception):
    """A fault that may be gone at the next try.

    Parameters
    ----------
    why
        What happened.
    pause
        For how many seconds the portal asks to be left alone.
    """

    def __init__(self, why: str, pause: float = 0.0) -> None:
        super().__init__(why)
        self.why = why
        self.pause = pause


def plain(text: object) -> str:
    """Return what a portal has said as one line that a terminal only shows, at most 300 signs."""
    line = clean(str(text))
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def field_messages(errors: Mapping[str, Any]) -> list[str]:
    """Return what CKAN says of each field, as ``field: message``; at most 20."""
    found = [line for name, value in errors.items() for line in _messages(name, value)]
    more = [f"and {len(found) - MOST} more"] if len(found) > MOST else []
    return [*found[:MOST], *more]


def _messages(name: str, value: Any) -> Iterator[str]:
    if name.startswith("__"):
        return
    if isinstance(value, Mapping):
        for inner, said in value.items():
            yield from _messages(f"{name}.{inner}", said)
    elif isinstance(value, list):
        for number, each in enumerate(value, start=1):
            inner = f"{name}[{number}]" if isinstance(each, Mapping) else name
            yield from _messages(inner, each)
    else:
        yield f"{plain(name)}: {plain(value)}"


def not_valid(errors: Mapping[str, Any], where: str) -> UserError:
    """Return the error for data that the portal refuses (409)."""
    said = "; ".join(field_messages(errors)) or "it does not say why"
    if "owner_org" in errors:
        mend = "name an organisation of the portal with --ckan-organisation"
    elif "upload" in errors:
        mend = "ask whoever runs the portal to take larger files"
    else:
        mend = "mend what it names, or ask whoever runs the portal about its rules"
    return UserError(f"the portal refuses the data: {said}", where, mend)


def too_large(where: str) -> UserError:
    """Return the error for a request that the portal's web server finds too large (413)."""
    mend = "ask whoever runs the portal to take larger files"
    return UserError("the portal takes no file as large as this one", where, mend)


def not_allowed(said: str, where: str, token_name: str) -> UserError:
    """Return the error for a token that is not known, or may not do this (403)."""
    mend = (
        f"see that the token in {token_name} is of this portal and still holds, and that its user "
        "may edit datasets of the organisation"
    )
    told = f": {plain(said)}" if said else ""
    return UserError(f"the portal does not allow it{told}", where, mend)


def not_ckan(where: str, status: int, kind: str) -> UserError:
    """Return the error for an answer that is not one of CKAN's action API."""
    what = f"no CKAN answers there: HTTP {status}, {plain(kind) or 'no content type'}"
    mend = "give the address of the portal's front page, to which /api/3/action/ is added"
    return UserError(what, where, mend)


def sent_on(where: str, to: str) -> UserError:
    """Return the error for a portal that redirects; the token is not sent on unasked."""
    what = "the portal redirects, and the token is not sent on unasked"
    mend = f"if you trust it, give the address it redirects to: {plain(to) or 'it names none'}"
    return UserError(what, where, mend)


def not_reached(why: str, where: str, tries: int) -> UserError:
    """Return the error for a portal that did not answer any of some tries."""
    times = "once" if tries == 1 else f"{tries} times"
    mend = "check the address and the connection, and try again later"
    return UserError(f"the portal did not answer as it should, {times}: {plain(why)}", where, mend)
