"""How requests are sent: no redirect is followed, and the token goes nowhere else."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import requests
from requests.exceptions import RequestException, SSLError, Timeout

from analysis.errors import UserError
from analysis.publish.ckan.faults import UnsteadyError, not_ckan, plain, sent_on, too_large

PASSING: Final = frozenset({429, 500, 502, 503, 504})
LONGEST_PAUSE: Final = 60.0


@dataclass(frozen=True)
class Patience:
    """How long a portal is waited for.

    Parameters
    ----------
    connect
        Seconds until a connection must stand.
    answer
        Seconds within which something must come back.
    tries
        How often one thing is tried.
    pause
        Seconds before the second try; twice as many before each further one.
    """

    connect: float = 10.0
    answer: float = 120.0
    tries: int = 3
    pause: float = 2.0


class Session(requests.Session):
    """A session that gives only answers of CKAN to the caller, and raises everything else.

    Parameters
    ----------
    patience
        How long to wait.
    """

    def __init__(self, patience: Patience) -> None:
        super().__init__()
        self.patience = patience
        self.auth = _unchanged  # else a .netrc would put its own password in the token's place

    def request(self, method: Any, url: Any, *arguments: Any, **options: Any) -> requests.Response:
        """Send a request; see :meth:`requests.Session.request`.

        Raises
        ------
        UnsteadyError
            If there was no answer, or one that says that the portal is out of order.
        UserError
            If the answer is no answer of CKAN.
        """
        options["allow_redirects"] = False
        options["timeout"] = (self.patience.connect, self.patience.answer)
        try:
            response = super().request(method, url, *arguments, **options)
        except SSLError as error:
            what = f"the portal cannot be trusted: {_innermost(error)}"
            mend = "check the address; ask whoever runs the portal about its certificate"
            raise UserError(what, str(url), mend) from None
        except Timeout:
            raise UnsteadyError(f"no answer within {self.patience.answer:g} seconds") from None
        except RequestException as error:
            raise UnsteadyError(_innermost(error)) from None
        _judge(response)
        return response


def _unchanged(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _judge(response: requests.Response) -> None:
    status, place = response.status_code, str(response.url).partition("?")[0]
    if 300 <= status < 400:
        raise sent_on(place, response.headers.get("Location", ""))
    if status == 413:
        raise too_large(place)
    if status in PASSING:
        raise UnsteadyError(f"HTTP {status}{_said(response)}", _asked_pause(response))
    if not _is_json(response):
        raise not_ckan(place, status, response.headers.get("Content-Type", ""))


def _is_json(response: requests.Response) -> bool:
    try:
        json.loads(response.text)
    except ValueError:
        return False
    return True


def _said(response: requests.Response) -> str:
    """Return the message of CKAN's error, if the answer holds one."""
    try:
        message = response.json()["error"]["message"]
    except (ValueError, LookupError, TypeError):
        return ""
    return f", {plain(message)}"


def _asked_pause(response: requests.Response) -> float:
    asked = response.headers.get("Retry-After", "")
    return min(float(asked), LONGEST_PAUSE) if asked.isdecimal() else 0.0


def _innermost(error: BaseException) -> str:
    """Return what the system said, without the layers around it."""
    told = [each.strerror for each in _chain(error) if isinstance(each, OSError) and each.strerror]
    names = [each for each in _chain(error) if isinstance(each, socket.gaierror)]
    if names:
        return "no such host is known"
    return plain(told[-1]) if told else "the connection broke"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        inner = [each for each in error.args if isinstance(each, BaseException)]
        reason = getattr(error, "reason", None)
        following = error.__cause__ or error.__context__
        if following is None and isinstance(reason, BaseException):
            following = reason
        error = following or (inner[-1] if inner else None)
