"""Values of a series that do not stand any more: corrected since, or taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from analysis.charts.labels import given
from analysis.charts.rows import Row
from analysis.observe.standing import replacements
from analysis.publish.site.indicator_records import Records, is_elsewhere
from analysis.publish.site.indicator_report import Whole
from analysis.reports.evidence import source_cell
from analysis.reports.notes import verbatim
from analysis.reports.table import Cell


@dataclass(frozen=True)
class Former:
    """A value that does not stand any more.

    Parameters
    ----------
    observation_id
        Its record.
    period
        As the page writes it; with the area, where that is not the province.
    value, source
        What it was, and where it is from.
    fate
        What became of it, and on which day.
    reason
        Why it was taken back, in the words of whoever did; empty where none was given.
    """

    observation_id: str
    period: str
    value: Cell
    source: Cell
    fate: str
    reason: Cell


class Fates:
    """What became of the records that do not stand; made once for the pages of all series.

    Parameters
    ----------
    whole
        What these pages share.
    """

    def __init__(self, whole: Whole) -> None:
        self.whole = whole

    @cached_property
    def withdrawn(self) -> dict[str, Row]:
        """The withdrawals by the addition that was taken back."""
        return {row["addition_id"]: row for row in self.whole.recorded("withdrawals")}

    @cached_property
    def replaced(self) -> dict[str, Row]:
        """The records that replaced earlier ones, by the id of the earlier one."""
        recorded = self.whole.plan.recorded
        rows = recorded["observations"]
        kept = rows[~rows["addition_id"].isin(self.withdrawn)]
        by_id = {row["observation_id"]: row for row in self.whole.recorded("observations")}
        found = replacements(kept, recorded["revisions"])
        return {earlier: by_id[later] for earlier, later in found.items()}

    @cached_property
    def sources(self) -> dict[str, Row]:
        """All sources by their id, those included from which nothing comes that stands."""
        return {row["source_id"]: row for row in self.whole.recorded("sources")}

    def records(self, series_id: str) -> Iterator[tuple[str, Row]]:
        """Give the records of a series that do not stand, each with the day of its end."""
        for row in self.whole.recorded("observations"):
            if row["series_id"] != series_id:
                continue
            if row["addition_id"] in self.withdrawn:
                yield str(self.withdrawn[row["addition_id"]]["withdrawn_on"]), row
            elif row["observation_id"] in self.replaced:
                yield str(self.replaced[row["observation_id"]]["recorded_on"]), row


class FormerValues:
    """Tells the values of one series that do not stand any more.

    Parameters
    ----------
    records
        The series.
    fates
        What became of them.
    """

    def __init__(self, records: Records, fates: Fates) -> None:
        self.records, self.fates, self.writer = records, fates, records.writer

    def told(self) -> tuple[Former, ...]:
        """Return the values, those that were given up last first."""
        found = sorted(self.fates.records(self.records.gap.series_id), key=lambda one: one[0])
        return tuple(self._former(day, row) for day, row in reversed(found))

    def _former(self, day: str, row: Row) -> Former:
        words, whole = self.writer.words, self.fates.whole
        period = words.period(row["period"])
        area = whole.areas[row["area_id"]]
        source = self.fates.sources[row["source_id"]]
        fate, reason = self._fate(self.writer.date(day), row)
        return Former(
            observation_id=str(row["observation_id"]),
            period=f"{period}, {area}" if is_elsewhere(row) else period,
            value=self.records.value({**source, **row}),
            source=source_cell(source, words),
            fate=fate,
            reason=verbatim(reason, words),
        )

    def _fate(self, day: str, row: Row) -> tuple[str, str]:
        taken_back = self.fates.withdrawn.get(row["addition_id"])
        if taken_back is not None:
            return self._say("withdrawn", day=day), given(taken_back["reason"])
        later = self.fates.replaced[row["observation_id"]]
        value = self.records.value({**self.fates.sources[later["source_id"]], **later})
        return self._say("replaced", day=day, value=value.text), ""

    def _say(self, key: str, **values: object) -> str:
        return self.writer.say(f"indicator.former.{key}", **values)
