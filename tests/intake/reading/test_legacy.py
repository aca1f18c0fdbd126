from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.api import Plan
from analysis.intake.reading.legacy import is_misread, legacy_encoding

TCVN3 = {
    "a": "a µ ¶ · ¸ ¹", "ă": "¨ » ¼ ½ ¾ Æ", "â": "© Ç È É Ê Ë",
    "e": "e Ì Î Ï Ð Ñ", "ê": "ª Ò Ó Ô Õ Ö", "i": "i × Ø Ü Ý Þ",
    "o": "o ß á â ã ä", "ô": "« å æ ç è é", "ơ": "¬ ê ë ì í î",
    "u": "u ï ñ ò ó ô", "ư": "\xad õ ö ÷ ø ù", "y": "y ú û ü ý þ",
}  # fmt: skip
"""Each vowel without tone, then with grave, hook, tilde, acute and dot below."""

TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
VNI_TONES = ["", "ø", "û", "õ", "ù", "ï"]
VNI_VOWELS = {"ă": "a", "â": "a", "ê": "e", "ô": "o", "ơ": "ô", "ư": "ö"}
VNI_ROUND = ["â", "à", "å", "ã", "á", "ä"]
VNI_SHORT = ["ê", "è", "ú", "ü", "é", "ë"]
VNI_ALONE = {"đ": "ñ", "Đ": "Ñ", "í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}


def to_tcvn3(text: str) -> str:
    table = {"đ": "®", "Đ": "§", "Ă": "¡", "Â": "¢", "Ê": "£", "Ô": "¤", "Ơ": "¥", "Ư": "¦"}
    for vowel, written in TCVN3.items():
        for tone, sign in zip(TONES, written.split(" "), strict=True):
            letter = unicodedata.normalize("NFC", vowel + tone)
            table[letter] = sign
            table.setdefault(letter.upper(), sign)  # the encoding has no capital with a tone
    return "".join(table.get(each, each) for each in text)


def to_vni(text: str) -> str:
    return "".join(VNI_ALONE.get(each) or _vni_letter(each) for each in text)


def _vni_letter(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    tone = next((number for number, mark in enumerate(TONES) if mark and mark in parts), 0)
    bare = unicodedata.normalize("NFC", parts.replace(TONES[tone], "") if tone else parts)
    low = bare.lower()
    if low in ("â", "ê", "ô", "ă"):
        written = VNI_VOWELS[low] + (VNI_SHORT if low == "ă" else VNI_ROUND)[tone]
    else:
        written = VNI_VOWELS.get(low, low) + VNI_TONES[tone]
    return written.upper() if bare != low else written


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Tû lÖ hé nghÌo", "TCVN3"),
        ("Hµ Néi", "TCVN3"),
        ("C«ng hoµ x· héi chñ nghÜa ViÖt Nam", "TCVN3"),
        ("Tyû leä hoä ngheøo", "VNI"),
        ("Haø Noäi", "VNI"),
        ("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "VNI"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "VNI"),
    ],
)
def test_text_in_an_old_encoding_is_named(text: str, encoding: str) -> None:
    assert legacy_encoding(text) == encoding


def test_the_tables_of_this_test_write_as_the_old_fonts_did() -> None:
    assert to_tcvn3("Tỷ lệ hộ nghèo") == "Tû lÖ hé nghÌo"
    assert to_vni("Tỷ lệ hộ nghèo") == "Tyû leä hoä ngheøo"
    assert to_vni("Đặng Ngữ") == "Ñaëng Ngöõ"


@pytest.mark.parametrize(("convert", "encoding"), [(to_tcvn3, "TCVN3"), (to_vni, "VNI")])
def test_every_name_of_the_plan_is_found_out_in_an_old_encoding(
    plan: Plan, convert: Callable[[str], str], encoding: str
) -> None:
    names = [*plan.indicators["name_vi"], *plan.tasks["name_vi"], *plan.indicator_groups["name_vi"]]
    assert len(names) > 130
    missed = {name for name in names if legacy_encoding(convert(name)) != encoding}
    assert missed <= {"Y tế", "Chỉ số HDI", "Nhà ở"}  # not two words that are none in Unicode
    assert legacy_encoding(convert(", ".join(["Y tế", "Chỉ số HDI", "Nhà ở"]))) == encoding


def test_no_text_of_the_data_is_taken_for_an_old_encoding_or_misread(root: Path) -> None:
    files = sorted((root / "data").rglob("*.csv"))
    texts = [cell for file in files for row in csv.reader(file.open()) for cell in row]
    for file in sorted((root / "data/source").glob("*.txt")):
        text = file.read_text("utf-8")
        texts += [text, *text.splitlines()]
    assert len(texts) > 20_000
    assert [each for each in texts if legacy_encoding(each) or is_misread(each)] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Share of poor households",
        "xã trên không",  # in Vietnamese as it is, though the old tables would read it too
        "Quý I, quý III; thôn, bản, khu phố",
        "Il est né en été ; très réélu, où est-il allé ? Là-bas, dû à la forêt.",
        "Il a haï la Thaï naïve",
        "thé né",
        "Ausschließende Klammern für größere Töne",
        "Så må vi gå på år være før",
        "¿Está más allá? El niño comió.",
        "São João não põe mãe",
        "a depth of 5 µm, a torque of 12 N·m",
        "12 µm N·m",
        "«con» y «sin», »Haus« und »Index«",
        "® © § ¶ · ½ ×",
        "Coopération Québec–Quảng Ninh: développé",
    ],
)
def test_other_text_is_not_taken_for_an_old_encoding(text: str) -> None:
    assert legacy_encoding(text) == ""
    assert not is_misread(text)


def test_a_text_that_was_cut_is_found_out_too() -> None:
    assert is_misread("Tá»· lá»")
    assert not is_misread("TÃ")


def test_one_word_alone_is_no_sign() -> None:
    assert legacy_encoding("nghÌo") == ""


@pytest.mark.parametrize("encoding", ["cp1252", "cp1258"])
def test_utf8_opened_in_another_encoding_is_found_out(encoding: str) -> None:
    mistaken = "".join(
        bytes([each]).decode("latin-1" if 0x80 <= each < 0xA0 else encoding, "replace")
        for each in "Tỷ lệ hộ nghèo đa chiều".encode()
    )
    assert is_misread(mistaken)


def test_what_a_spreadsheet_makes_of_a_file_in_utf8_is_found_out() -> None:
    assert is_misread("Tá»· lá»‡ há»™ nghÃ¨o")
