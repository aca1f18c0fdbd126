"""Terms of lists that others keep: languages, themes, formats, licences, standards.

The lists are those that DCAT-AP names: of the EU's Publications Office, of IANA, ADMS and SPDX.
A term that such a list does not have is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from analysis.publish.catalogue.downloads import Format
from analysis.publish.catalogue.rdf import Nodes, address, term, text, texts
from analysis.publish.catalogue.record import Licence

if TYPE_CHECKING:
    from rdflib import URIRef

AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
TONGUES: Final = {"vi": "VIE", "en": "ENG"}
THEMES: Final = {
    "SOCI": "Population and society",
    "HEAL": "Health",
    "EDUC": "Education, culture and sport",
}
"""Themes, with the English names that their list gives them; it has no Vietnamese ones."""

LICENCE_TYPES: Final = {"CC-BY-4.0": "Attribution"}
"""What kind a licence is by the list of ADMS."""

STANDARDS: Final = {
    "https://datapackage.org/profiles/2.0/datapackage.json": "Data Package 2.0",
    "https://datapackage.org/profiles/2.0/tableschema.json": "Table Schema 2.0",
}


def tongue(nodes: Nodes, language: str) -> URIRef:
    """Add a language."""
    return nodes.typed(f"{AUTHORITY}language/{TONGUES[language]}", "dct_LinguisticSystem")


def everybody(nodes: Nodes) -> URIRef:
    """Add that everybody may read."""
    return nodes.typed(f"{AUTHORITY}access-right/PUBLIC", "dct_RightsStatement")


def theme(code: str) -> URIRef:
    """Return a theme."""
    return address(f"{AUTHORITY}data-theme/{code}")


def taxonomy(nodes: Nodes) -> URIRef:
    """Add the list of themes with those that are used."""
    scheme = f"{AUTHORITY}data-theme"
    for code, name in THEMES.items():
        _concept(nodes, theme(code), name)
        nodes.add(theme(code), skos_inScheme=address(scheme))
    return nodes.typed(scheme, "skos_ConceptScheme", dct_title=text("Data theme", "en"))


def licence(nodes: Nodes, one: Licence) -> URIRef:
    """Add a licence."""
    kind = LICENCE_TYPES.get(one.name)
    place = f"http://purl.org/adms/licencetype/{kind}"
    return nodes.typed(
        one.path,
        "dct_LicenseDocument",
        dct_title=texts(one.titles),
        dct_identifier=text(one.name),
        dct_type=_concept(nodes, place, kind) if kind else None,
    )


def standard(nodes: Nodes, profile: str) -> URIRef:
    """Add a standard that something follows, by its address."""
    name = STANDARDS.get(profile)
    return nodes.typed(profile, "dct_Standard", dct_title=text(name, "en") if name else None)


def media_type(nodes: Nodes, one: Format) -> URIRef:
    """Add the media type of a format."""
    place = f"{MEDIA_TYPES}{one.media_type}"
    return nodes.typed(place, "dct_MediaType", rdfs_label=text(one.media_type))


def file_type(nodes: Nodes, one: Format) -> URIRef:
    """Add a format by the list of file types, or by its media type if the list lacks it."""
    place = f"{AUTHORITY}file-type/{one.file_type}" if one.file_type else media_type(nodes, one)
    return nodes.typed(place, "dct_MediaTypeOrExtent", rdfs_label=text(one.label))


def sha256(nodes: Nodes) -> URIRef:
    """Add the algorithm of the digests."""
    return nodes.typed(term("spdx_checksumAlgorithm_sha256"), "spdx_ChecksumAlgorithm")


def _concept(nodes: Nodes, place: str, name: str) -> URIRef:
    return nodes.typed(place, "skos_Concept", skos_prefLabel=text(name, "en"))
