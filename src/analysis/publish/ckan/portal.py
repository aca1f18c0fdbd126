"""The portal: the few actions of CKAN's API that an upload needs, with faults as our errors."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, TypeVar

from analysis import __version__
from analysis.errors import UserError
from analysis.publish.ckan.access import TOKEN
from analysis.publish.ckan.faults import (
    UnsteadyError,
    not_allowed,
    not_ckan,
    not_reached,
    not_valid,
    plain,
)
from analysis.publish.ckan.session import Patience, Session

if TYPE_CHECKING:
    from analysis.publish.ckan.wanted import File

T = TypeVar("T")
AGENT: Final = f"plan155/{__version__}"
HIDDEN: Final = "…"


class Portal:
    """A portal that runs CKAN.

    What is read is asked for with GET, which CKAN refuses for every action that writes; so a
    caller that only reads cannot change anything.

    Parameters
    ----------
    address
        Its address, without a slash at its end.
    token
        The API token; never part of an error.
    patience
        How long to wait.
    """

    def __init__(self, address: str, token: str, patience: Patience) -> None:
        client = _client()
        self.address = address
        self.patience = patience
        self._token = token
        self._session = Session(patience)
        told = {"apikey": token, "user_agent": AGENT, "session": self._session}
        self._reader = client(address, get_only=True, **told)
        self._writer = client(address, **told)

    def close(self) -> None:
        """Close all connections."""
        self._session.close()

    def version(self) -> str:
        """Return the version of CKAN that answers; empty if it does not tell.

        Raises
        ------
        UserError
            If no CKAN answers.
        """
        status = self._read("status_show")
        if not isinstance(status, dict) or "site_url" not in status:
            raise not_ckan(self.address, 200, "an answer without the status of a portal")
        return plain(status.get("ckan_version") or "")

    def dataset(self, name: str) -> dict[str, Any] | None:
        """Return a dataset with its resources, as ``package_show`` tells it; None if none is."""
        found: dict[str, Any] | None = self._read("package_show", id=name)
        return found

    def organisations(self) -> tuple[dict[str, Any], ...]:
        """Return the organisations in which the token may make datasets."""
        return tuple(self._read("organization_list_for_user", permission="create_dataset") or ())

    def create(self, fields: Mapping[str, Any]) -> Any:
        """Make a dataset, and return it."""
        return self._write("package_create", fields)

    def change(self, name: str, fields: Mapping[str, Any]) -> Any:
        """Change fields of a dataset, and return it."""
        return self._write("package_patch", {"id": name, **fields})

    def add(self, name: str, fields: Mapping[str, str], file: File, content: bytes) -> Any:
        """Add a resource with its file to a dataset, and return it."""
        return self._write("resource_create", {"package_id": name, **fields}, file, content)

    def replace(self, id_: str, fields: Mapping[str, str], file: File, content: bytes) -> Any:
        """Replace the file of a resource and fields of it, and return it."""
        return self._write("resource_patch", {"id": id_, **fields}, file, content)

    def describe(self, id_: str, fields: Mapping[str, str]) -> Any:
        """Change fields of a resource, and return it."""
        return self._write("resource_patch", {"id": id_, **fields})

    def remove(self, id_: str) -> None:
        """Remove a resource."""
        self._write("resource_delete", {"id": id_})

    def order(self, name: str, ids: Sequence[str]) -> None:
        """Put the resources of a dataset in order."""
        self._write("package_resource_reorder", {"id": name, "order": list(ids)})

    def _read(self, action: str, **asked: str) -> Any:
        """Return what an action says; None if it finds nothing. Passing faults are waited out."""
        for number in range(1, self.patience.tries + 1):
            try:
                return self._told(action, "", lambda: self._reader.call_action(action, asked))
            except UnsteadyError as error:
                if number == self.patience.tries:
                    raise not_reached(error.why, self.address, number) from None
                self.wait(number, error)
        raise AssertionError("it is tried at least once")

    def _write(
        self,
        action: str,
        fields: Mapping[str, Any],
        file: File | None = None,
        content: bytes = b"",
    ) -> Any:
        """Do an action once. After a passing fault the caller has to look what came of it."""
        sent = {}
        if file is not None:
            kind = file.fields.get("mimetype") or "application/octet-stream"
            sent = {"upload": (file.basename, BytesIO(content), kind)}
        about = file.path if file is not None else ""
        found = self._told(
            action, about, lambda: self._writer.call_action(action, dict(fields), files=sent)
        )
        if found is None and action not in ("resource_delete", "package_resource_reorder"):
            raise UnsteadyError("what was to be changed is not there any more")
        return found

    def wait(self, number: int, fault: UnsteadyError) -> None:
        """Wait after the given number of tries, as long as the portal has asked for."""
        time.sleep(max(fault.pause, self.patience.pause * 2 ** (number - 1)))

    def _told(self, action: str, about: str, call: Callable[[], T]) -> T | None:
        from ckanapi import errors  # type: ignore[import-untyped]

        where = f"{self.address} ({', '.join(filter(None, (action, about)))})"
        try:
            return call()
        except errors.NotFound:
            return None
        except errors.NotAuthorized as error:
            said = error.extra_msg if isinstance(error.extra_msg, dict) else {}
            found = not_allowed(str(said.get("message", "")), where, TOKEN)
        except errors.ValidationError as error:
            found = not_valid(error.error_dict, where)
        except (errors.CKANAPIError, errors.ServerIncompatibleError) as error:
            found = not_ckan(f"{where}: {plain(error)}", 200, "JSON of another kind")
        except UnsteadyError as error:
            raise UnsteadyError(self._without_token(error.why), error.pause) from None
        except UserError as error:
            place = f"{error.where} ({about})" if about else error.where
            found = UserError(error.what, place, error.mend)
        raise self._cleaned(found) from None

    def _cleaned(self, error: UserError) -> UserError:
        """Return an error without the token, should the portal have said it back."""
        return UserError(
            *(self._without_token(each) for each in (error.what, error.where, error.mend))
        )

    def _without_token(self, text: str) -> str:
        return text.replace(self._token, HIDDEN)


def _client() -> Any:
    try:
        from ckanapi import RemoteCKAN
    except ImportError:
        mend = "run `python -m pip install 'plan155[publish]'`"
        raise UserError("ckanapi is not installed", "", mend) from None
    return RemoteCKAN
