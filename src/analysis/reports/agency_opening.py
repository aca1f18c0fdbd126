"""Opening sentences of an agency's report, made from the frames of that agency alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analysis.charts.rows import Row
from analysis.reports.evidence import UNASSESSED
from analysis.reports.opening import series_names, verdict_counts
from analysis.reports.prose import sentence_case
from analysis.results.agencies import ITEMS, whole
from analysis.results.grouping import ROLES
from analysis.words import Words

OWING = ("lead", "statistics")
"""The roles in which an agency answers for figures."""

_MOST_LISTED = 12


@dataclass(frozen=True)
class Dossier:
    """What is known of one agency.

    Attributes
    ----------
    agency
        Its row of :func:`analysis.results.agency_frame`.
    work
        Its rows of :func:`analysis.results.agency_work`.
    gap
        Gap rows of the series of its work, the uncertain ones left out, two a series.
    successions
        Rows of table ``agency_successions`` in which it is the successor of another agency.
    reported
        The tasks of which any status has been reported up to the day of assessment.
    names
        Table ``agencies``: ``agency_id, name_vi, name_en``.
    """

    agency: Row
    work: pd.DataFrame
    gap: pd.DataFrame
    successions: pd.DataFrame
    reported: frozenset[str]
    names: pd.DataFrame

    @property
    def answered(self) -> pd.DataFrame:
        """The work that is its own, or taken over in whole."""
        return self.work[self.work["standing"].ne("uncertain")]

    def items(self, item: str, roles: Iterable[str] = ROLES) -> list[str]:
        """Return the ids of what it answers for in some roles, in plan order."""
        rows = self.answered
        mine = rows[rows["item"].eq(item) & rows["role"].isin(list(roles))]
        return list(dict.fromkeys(mine["item_id"]))

    def gap_of(self, *roles: str) -> pd.DataFrame:
        """Return the gap rows of the series in which it has one of the roles."""
        mine = self.gap["series_id"].isin(self.items("indicator", roles))
        return self.gap[mine].reset_index(drop=True)

    def main_role(self, item: str) -> str:
        """Return the first of the roles that it has in an item; empty if it has none."""
        return next((role for role in ROLES if self.items(item, [role])), "")

    def name(self, words: Words, agency_id: str = "") -> str:
        """Return the name of an agency, by default of this one."""
        names = self.names.set_index("agency_id")[f"name_{words.language}"]
        return str(names[agency_id or self.agency["agency_id"]])

    def inside(self, words: Words) -> str:
        """Return its name inside a sentence: a collective name is no proper name."""
        head, _, rest = self.name(words).partition(" ")
        if self.agency["kind"] == "collective" and not head.isupper():
            head = head.lower()
        return f"{head} {rest}".rstrip()

    def named(self, agency_ids: Iterable[str], words: Words) -> str:
        """Return names of agencies for the middle of a sentence."""
        return words.listing(
            words("agency.named", name=self.name(words, one)) for one in dict.fromkeys(agency_ids)
        )


def agency_sentences(dossier: Dossier, words: Words) -> list[str]:
    """Return the opening: what the agency answers for, both target years, tasks, what is owed.

    What may have passed to it comes last, named and not counted.
    """
    parts = (_identity, _years, _tasks, _owed, _uncertain)
    return [sentence_case(text) for part in parts for text in part(dossier, words)]


def summary_sentences(dossier: Dossier, words: Words) -> list[str]:
    """Return who it is and how its targets stand, for the index page."""
    texts = [*_identity(dossier, words)[:1], *_years(dossier, words)]
    return [sentence_case(text) for text in texts]


def _identity(dossier: Dossier, words: Words) -> list[str]:
    work = dossier.work
    own, taken = (work[work["standing"].eq(standing)] for standing in ("own", "taken_over"))
    listed = dossier.named(taken["named_id"], words)
    parts = {"name": dossier.inside(words), "list": listed}
    if own.empty:
        key = "unnamed" if taken.empty else "heir"
        sentences = [words(f"opening.agency.{key}", **parts, roles=_roles(taken, words))]
    else:
        sentences = [words("opening.agency.own", **parts, roles=_roles(own, words))]
        if len(taken):
            sentences.append(words("opening.agency.taken", **parts, roles=_roles(taken, words)))
    lacking = [item for item in ITEMS if not dossier.items(item)]
    if len(lacking) == 1:
        sentences.append(words(f"opening.agency.no_{lacking[0]}s", **parts))
    return sentences


def _roles(work: pd.DataFrame, words: Words) -> str:
    """Return what the work amounts to, role by role: ``lead for 22 indicators and 5 tasks``."""
    texts = []
    for role in ROLES:
        rows = work[work["role"].eq(role)]
        counts = [_count(rows[rows["item"].eq(item)], item, words) for item in ITEMS]
        if items := words.listing(filter(None, counts)):
            texts.append(words(f"agency.role.{role}", items=items))
    return "; ".join(texts)


def _count(rows: pd.DataFrame, item: str, words: Words) -> str:
    n, series = rows["counted_id"].nunique(), rows["item_id"].nunique()
    if not n:
        return ""
    if n != series:
        return words("agency.count.indicator_series", n=n, series=series)
    return words(f"agency.count.{item}", n=n)


def _years(dossier: Dossier, words: Words) -> list[str]:
    role = dossier.main_role("indicator")
    gap = dossier.gap_of(role)
    return [_year(dossier, gap, year, role, words) for year in sorted(gap["target_year"].unique())]


def _year(dossier: Dossier, gap: pd.DataFrame, year: int, role: str, words: Words) -> str:
    counts = verdict_counts(gap, year)
    stated = sum(counts.values())
    judged = {code: n for code, n in counts.items() if code not in UNASSESSED}
    key = "year" if judged else "year_zero" if stated else "year_none"
    due = gap.loc[gap["target_year"].eq(year), "due"].any()
    return words(
        f"opening.agency.{key}",
        **_subject(dossier, role, words),
        year=year,
        due=words("opening.due") if due else "",
        n=stated,
        assessable=sum(judged.values()),
        counts=words.listing(words(f"verdict_count.{code}", n=n) for code, n in judged.items()),
        verdict=words(f"verdict.{next(iter(judged))}") if judged else "",
    )


def _subject(dossier: Dossier, role: str, words: Words) -> dict[str, str]:
    return {"name": dossier.inside(words), "as": words(f"agency.as.{role}")}


def _tasks(dossier: Dossier, words: Words) -> list[str]:
    role = dossier.main_role("task")
    if not role:
        return []
    tasks = dossier.items("task", [role])
    told = len(dossier.reported.intersection(tasks))
    key = "tasks_told" if told else "tasks_silent"
    subject = _subject(dossier, role, words)
    return [words(f"opening.agency.{key}", **subject, n=len(tasks), told=told)]


def _owed(dossier: Dossier, words: Words) -> list[str]:
    role = dossier.main_role("indicator")
    if role not in OWING:
        return []
    gap = dossier.gap_of(role)
    missing = owed(gap)
    subject = _subject(dossier, role, words)
    n, every = missing["series_id"].nunique(), gap["series_id"].nunique()
    if not n:
        return [words("opening.agency.nothing_owed", **subject)]
    key = "owed_only" if every == 1 else "owed_all" if n == every else "owed"
    values = _valueless(missing, gap, words)
    return [words(f"opening.agency.{key}", **subject, n=n, all=every, values=values)]


def owed(gap: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of stated targets that cannot be assessed."""
    stated = gap["target_status"].eq("stated")
    return gap[stated & gap["verdict"].isin(UNASSESSED)]


def _valueless(missing: pd.DataFrame, gap: pd.DataFrame, words: Words) -> str:
    """Return which of the series have no usable value; empty if all have one."""
    rows = missing[missing["latest_value"].isna()]
    n, every = rows["series_id"].nunique(), missing["series_id"].nunique()
    if not n:
        return ""
    if gap["series_id"].nunique() == 1:
        return words("opening.agency.values_only")
    listed = words.listing(series_names(rows, gap, words), most=_MOST_LISTED)
    key = "values_all" if n == every else "values"
    return words(f"opening.agency.{key}", n=n, list=listed)


def _uncertain(dossier: Dossier, words: Words) -> list[str]:
    uncertain = dossier.work[dossier.work["standing"].eq("uncertain")]
    rows = dossier.successions
    rows = rows[rows["predecessor_id"].isin(uncertain["named_id"]) & ~whole(rows)]
    inferred, limited = rows["confidence"].eq("inferred"), rows["scope_vi"].fillna("").ne("")
    kinds = {
        "part": ~inferred,
        "perhaps_part": inferred & limited,
        "perhaps_whole": inferred & ~limited,
    }
    name = dossier.inside(words)
    return [
        words(f"opening.agency.{kind}", name=name, list=dossier.named(part, words))
        for kind, chosen in kinds.items()
        if len(part := rows.loc[chosen, "predecessor_id"])
    ]
