"""Where the portal is and by what right it is written to, each checked before anything is sent."""

from __future__ import annotations

import os
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from analysis.errors import UserError

TOKEN: Final = "PLAN155_CKAN_TOKEN"
EXAMPLE: Final = "https://data.example.org"


def portal_address(url: str) -> str:
    """Return the address of a portal, without a slash at its end.

    Parameters
    ----------
    url
        What the person gave: the address of the portal's front page.

    Raises
    ------
    UserError
        If it is no web address, holds a password, a question or a fragment, or would carry the
        token over the network unencrypted.
    """
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError:
        parts, host = SplitResult("", "", "", "", ""), None
    if parts.scheme not in ("http", "https") or not host:
        raise UserError("that is not the address of a portal", url, f"give it as {EXAMPLE}")
    if parts.username is not None:
        what = "the address holds a user name or a password, which others could read"
        raise UserError(what, host, f"leave them out; the token goes into {TOKEN}")
    if parts.query or parts.fragment:
        raise UserError("that is one page of a portal", url, f"give its front page: {EXAMPLE}")
    if parts.scheme == "http" and not _is_loopback(host):
        what = "the token would be sent unencrypted"
        raise UserError(what, url, "give an address that begins with https://")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def read_token(environment: Mapping[str, str] = os.environ) -> str:
    """Return the API token.

    Raises
    ------
    UserError
        If there is none, or it cannot be one; the error does not show it.
    """
    token = environment.get(TOKEN, "").strip()
    if not token:
        mend = "make a token on your user page of the portal and put it into that variable"
        raise UserError("there is no token for the portal", TOKEN, mend)
    if not (token.isascii() and token.isprintable() and " " not in token):
        mend = "copy the token anew: it is one word of Latin letters, digits and . _ -"
        raise UserError("what is given as the token cannot be one", TOKEN, mend)
    return token
