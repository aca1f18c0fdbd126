from __future__ import annotations

from pathlib import Path

import pytest

from analysis.package import describe, write_dictionary
from analysis.package.declared import declared
from analysis.package.describing import outline
from analysis.package.dictionary import DATA, dictionary_text, page_texts
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


def test_pages_lead_to_each_other(package: Path) -> None:
    texts = page_texts(describe(package), DATA)
    assert "[data-dictionary.vi.md](data-dictionary.vi.md)" in texts["docs/data-dictionary.md"]
    assert "[data-dictionary.md](data-dictionary.md)" in texts["docs/data-dictionary.vi.md"]


@pytest.mark.parametrize(("language", "word"), [("en", "Rows"), ("vi", "Số dòng")])
def test_rows_are_told_only_where_files_were_counted(
    package: Path, language: str, word: str
) -> None:
    for sign in (f"| {word} |", f"\n- {word}: "):
        assert sign in dictionary_text(describe(package), language)
        assert sign not in dictionary_text(outline(declared()), language)
