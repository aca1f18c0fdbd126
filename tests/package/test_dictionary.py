from __future__ import annotations

from pathlib import Path

import pytest

from analysis.package import describe, write_dictionary
from analysis.package.dictionary import dictionary_text
from tests.package.builder import build


def test_both_dictionaries_are_written_and_are_the_same_each_time(tmp_path: Path) -> None:
    root = build(tmp_path)
    first = [path.read_bytes() for path in write_dictionary(root)]
    names = [path.relative_to(root).as_posix() for path in write_dictionary(root)]
    assert names == ["docs/data-dictionary.md", "docs/data-dictionary.vi.md"]
    assert [path.read_bytes() for path in write_dictionary(root)] == first


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_first_line_says_what_makes_the_file(package: Path, language: str) -> None:
    assert "plan155 build" in dictionary_text(describe(package), language).splitlines()[0]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_table_field_and_code_is_explained(package: Path, language: str) -> None:
    descriptor = describe(package)
    text = dictionary_text(descriptor, language)
    for resource in descriptor["resources"]:
        assert f"\n## {resource['name']}\n" in text
        for field in resource["schema"]["fields"]:
            assert field["descriptions"][language].replace("|", "\\|") in text
            for code, label in field.get("enumLabels", {}).items():
                assert f"| `{code}` | {label[language]} |" in text


def test_every_row_of_a_grid_has_as_many_cells_as_its_head(package: Path) -> None:
    width = 0
    for line in dictionary_text(describe(package), "en").splitlines():
        cells = line.replace("\\|", "").count("|")
        if set(line) <= set("| -") and cells:
            width = cells
        elif not cells:
            width = 0
        assert width in {0, cells}
