"""What is done to the SVG that matplotlib writes: a name for everyone, other colours, short ids."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from analysis.charts.style import theme_named

_COLOUR = re.compile(r"#[0-9a-f]{6}\b")
_HASHED = re.compile(r'(\bid="|\burl\(#|\bhref="#)([a-z]*[0-9a-f]{10})(?=["\)])')
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_ROOT = re.compile(r"<svg ([^>]*)>")


def accessible(picture: str, alt: str) -> str:
    """Return an SVG that says what it shows, without matplotlib's comments.

    Parameters
    ----------
    picture
        An SVG as matplotlib writes it.
    alt
        The text alternative; its first sentence becomes the title, all of it the description.
    """
    title = re.split(r"(?<=[.:])\s", alt, maxsplit=1)[0].rstrip(".:")
    head = (
        r'<svg role="img" aria-labelledby="title" aria-describedby="description" \1>'
        f'\n <title id="title">{_literal(title)}</title>'
        f'\n <desc id="description">{_literal(alt)}</desc>'
    )
    return _ROOT.sub(head, _numbered(_COMMENT.sub("", picture)), count=1)


def recolour(picture: str, drawn: str, wanted: str) -> str:
    """Return an SVG drawn in one theme in the colours of another.

    Every role has its own colour in each theme, so the exchange is one to one.

    Raises
    ------
    ValueError
        If there is no such theme, or the picture has a colour that is none of the theme's in
        which it was drawn.
    """
    themes = theme_named(drawn), theme_named(wanted)
    colours = dict(zip(*(theme.colours.values() for theme in themes), strict=True))
    strange = sorted(set(_COLOUR.findall(picture)) - set(colours))
    if strange:
        raise ValueError(f"not colours of the theme {drawn!r}: {', '.join(strange)}")
    return _COLOUR.sub(lambda found: colours[found[0]], picture)


def _numbered(picture: str) -> str:
    """Put numbers for the ids that are hashes: they then do not depend on the colours."""
    names: dict[str, str] = {}
    return _HASHED.sub(
        lambda found: found[1] + names.setdefault(found[2], f"x{len(names) + 1}"), picture
    )


def _literal(text: str) -> str:
    return escape(text).replace("\\", r"\\")
