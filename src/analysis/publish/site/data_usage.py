"""How to cite the data and how to read them with a program: short texts that are ready to copy."""

from __future__ import annotations

from typing import Final

from analysis.publish.site.writer import Writer

ANYWHERE: Final = "https://…/"
"""What stands for the address of the site where it is not known."""

PYTHON: Final = """\
import pandas as pd

site = "{site}"  # {address}
codes = {{"series_id": str, "indicator_id": str}}  # {text}
targets = pd.read_csv(site + "data/plan/targets.csv", dtype=codes)
series = pd.read_csv(site + "data/plan/series.csv", dtype=codes)
gap = pd.read_csv(site + "results/results_gap.csv", dtype=codes)

table = series.merge(gap, on="series_id")
table = table[table["target_year"] == 2030]
print(table[["series_id", "label_{language}", "judged_value", "verdict"]])
"""
"""Reading in Python; the tests run it."""

R: Final = """\
site <- "{site}"  # {address}
codes <- c(series_id = "character", indicator_id = "character")  # {text}
series <- read.csv(paste0(site, "data/plan/series.csv"),
                   colClasses = codes, encoding = "UTF-8")
gap <- read.csv(paste0(site, "results/results_gap.csv"),
                colClasses = codes, encoding = "UTF-8")

table <- merge(series, subset(gap, target_year == 2030), by = "series_id")
table[, c("series_id", "label_{language}", "judged_value", "verdict")]
"""


def snippets(writer: Writer) -> dict[str, str]:
    """Return short programs that read the data, by the name of their language."""
    values = {
        "site": writer.edition.base_url or ANYWHERE,
        "address": writer.say("data.code.address"),
        "text": writer.say("data.code.text"),
        "language": writer.language,
    }
    return {"Python": PYTHON.format(**values), "R": R.format(**values)}


def bibtex(writer: Writer) -> str:
    """Return the entry of the data package for a list of references."""
    from analysis.publish.catalogue.record import Record

    record = Record(writer.edition.descriptor)
    fields = {
        "author": f"{{{record.creator[writer.language]}}}",
        "title": f"{{{record.titles[writer.language]}}}",
        "year": record.day[:4],
        "version": record.version,
        "note": f"{writer.say('data.bibtex_note')}, {record.licence.name}",
        "url": writer.edition.base_url,
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{record.name},\n{lines}\n}}"
