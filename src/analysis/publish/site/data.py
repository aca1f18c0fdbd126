"""The section data: what can be downloaded, how it is read and cited, and what each column says."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.publish.site.data_dictionary import shelves
from analysis.publish.site.data_files import addresses, catalogue, packages
from analysis.publish.site.data_usage import bibtex, snippets
from analysis.publish.site.page import SitePage
from analysis.publish.site.writer import Writer


def pages(writer: Writer) -> Iterator[SitePage]:
    """Give the page of the data, and the dictionary.

    Raises
    ------
    UserError
        If a table in the site is not the one that its descriptor describes.
    """
    yield data_page(writer)
    yield dictionary_page(writer)


def data_page(writer: Writer) -> SitePage:
    """Return the page that leads to all files."""
    from analysis.publish.catalogue import dataset_jsonld

    content = {
        "packages": packages(writer),
        "addresses": list(addresses(writer)),
        "catalogue": catalogue(writer.language),
        "snippets": snippets(writer),
        "bibtex": bibtex(writer),
        "created": str(writer.edition.descriptor["created"])[:10],
    }
    return SitePage(
        "data.html",
        "data.html.j2",
        writer.say("data.title"),
        writer.say("data.description"),
        "data",
        content,
        linked_data=dataset_jsonld(writer.edition, writer.language, writer.site),
    )


def dictionary_page(writer: Writer) -> SitePage:
    """Return the page that explains every column."""
    from analysis.package.dictionary import word

    content = {"shelves": shelves(writer), "word": lambda key: word(key, writer.language)}
    title, description = writer.say("data.dictionary.title"), writer.say("data.dictionary.lead")
    return SitePage("dictionary.html", "dictionary.html.j2", title, description, "data", content)
