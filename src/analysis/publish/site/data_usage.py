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
indicators = pd.read_csv(site + "data/plan/indicators.csv", dtype=codes)
gap = pd.read_csv(site + "results/results_gap.csv", dtype=codes)

names = indicators[["indicator_id", "name_{language}"]]
table = gap[gap["target_year"] == 2030].merge(names, on="indicator_id")
print(table[["series_id", "name_{language}", "judged_value", "verdict"]])
"""
"""Reading in Python; the tests run it."""

R: Final = """\
site <- "{site}"  # {address}
# {text}
indicators <- read.csv(paste0(site, "data/plan/indicators.csv"), encoding = "UTF-8",
                       colClasses = c(indicator_id = "character"))
gap <- read.csv(paste0(site, "results/results_gap.csv"), encoding = "UTF-8",
                colClasses = c(series_id = "character", indicator_id = "character"))

names <- indicators[, c("indicator_id", "name_{language}")]
table <- merge(subset(gap, target_year == 2030), names, by = "indicator_id")
table[, c("series_id", "name_{language}", "judged_value", "verdict")]
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
