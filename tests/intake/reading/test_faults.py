from __future__ import annotations

from analysis.intake.model import Place
from analysis.intake.reading.faults import Fault, Faults, damaged, quoted
from analysis.intake.reading.limits import SHOWN


def test_a_fault_names_its_place_or_the_file() -> None:
    faults = Faults("a.csv")
    faults.add(Fault("one", "mend one"), Place("a.csv", "", 2, 3))
    faults.add(Fault("two", "mend two"))
    assert [(each.what, each.where, each.mend) for each in faults.errors()] == [
        ("one", "a.csv, C2", "mend one"),
        ("two", "a.csv", "mend two"),
    ]


def test_faults_of_a_kind_stand_together_and_the_many_are_counted() -> None:
    faults = Faults("a.csv")
    for number in range(SHOWN + 1_000):
        faults.add(Fault(f"fault {number}", "mend"))
    faults.add(Fault("other", "mend otherwise"))
    told = [each.what for each in faults.errors()]
    assert told[:SHOWN] == [f"fault {number}" for number in range(SHOWN)]
    assert told[SHOWN:] == ["and 1,000 more of this kind", "other"]


def test_no_fault_gives_no_error() -> None:
    assert list(Faults("a.csv").errors()) == []


def test_a_quotation_is_printable_and_not_too_long() -> None:
    assert quoted("a\x1b") == r"'a\x1b'"
    assert quoted("x" * 61) == f"'{'x' * 59}…'"


def test_damage_says_what_to_do() -> None:
    assert "save it anew" in damaged("a.xlsx", "it ends too soon").mend
