"""The site: pages for people, in Vietnamese and English, that need no server and no script.

``write_site``
    All pages, their pictures, scripts and search index.

One module a section gives its pages (:mod:`.sections` lists them); a :class:`.writer.Writer` holds
what they are written with; :mod:`.render` turns them into HTML by the templates.
"""

from __future__ import annotations

from analysis.publish.site.building import write_site

__all__ = ["write_site"]
