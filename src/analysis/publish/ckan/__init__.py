"""Uploading an edition to a portal that runs CKAN, through its action API.

``upload``
    Make the dataset on the portal, or bring it to the state of the edition.
``UploadReport``
    What was done, or, in a dry run, what would be.
``TOKEN``
    The environment variable that holds the API token; there is no other way to give it.
"""

from __future__ import annotations

from analysis.publish.ckan.access import TOKEN
from analysis.publish.ckan.faults import UploadStoppedError
from analysis.publish.ckan.report import UploadReport
from analysis.publish.ckan.sending import upload

__all__ = ["TOKEN", "UploadReport", "UploadStoppedError", "upload"]
