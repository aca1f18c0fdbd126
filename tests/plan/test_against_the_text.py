"""Rows checked by hand: each expectation was read in the plan's text, not in the tables."""

# ruff: noqa: E501 (one row of the text a line)

from __future__ import annotations

from collections.abc import Callable

import pytest

from analysis.plan.tables import Rows

Find = Callable[..., dict[str, str]]

LABOUR = "so-lao-dong-thuong-binh-va-xa-hoi"
HEALTH = "so-y-te"
EDUCATION = "so-giao-duc-va-dao-tao"
CONSTRUCTION = "so-xay-dung"
FARMING = "so-nong-nghiep-va-phat-trien-nong-thon"
PLANNING = "so-ke-hoach-va-dau-tu"
ALL = "cac-so-ban-nganh"
RELEVANT = "cac-so-ban-nganh-lien-quan"
LOCAL = "ubnd-cac-huyen-thi-xa-thanh-pho"
LOCALITIES = "ubnd-cac-dia-phuong"
HDI = "Duy trì và giữ vững nhóm 5 địa phương đứng đầu cả nước"
KEEP_3 = "Duy trì và nâng cao mức độ 3"
KEEP_2 = "Duy trì và nâng cao mức độ 2"
TFR_2025 = "Duy trì ổn định mức sinh thay thế (Tổng tỉ suất sinh (TFR) đạt 2,1 con/phụ nữ"
TFR_2030 = (
    "Duy trì vững chắc mức sinh thay thế (bình quân mỗi phụ nữ trong độ tuổi sinh đẻ có 2,1 con)"
)

# series, year, kind, low, high, level, text, reading, line of the row
TARGETS = [
    ("1", "2025", "none", "", "", "none", "", "R06", "267"),
    ("1", "2030", "between", "19000", "20000", "none", "19.000-20.000", "R06", "267"),
    ("2", "2025", "exact", "100", "100", "none", "100", "none", "283"),
    ("3.1", "2025", "exact", "2", "2", "none", "2", "none", "301"),
    ("3.1", "2030", "less_than", "", "2", "none", "<2", "none", "301"),
    ("3.2", "2025", "less_than", "", "2.5", "none", "<2,5", "none", "317"),
    ("4.1", "2025", "at_most", "", "5", "none", HDI, "R08", "377"),
    ("4.1", "2030", "at_most", "", "5", "none", HDI, "R08", "377"),
    ("4.2", "2025", "exact", "87.5", "87.5", "none", "87,5", "none", "389"),
    ("4.3", "2030", "more_than", "55", "", "none", ">55", "none", "405"),
    ("5.2", "2030", "exact", "5.5", "5.5", "none", "5,5", "none", "471"),
    ("5.6", "2025", "level", "", "", "school-primary", "TH", "R09", "511"),
    ("5.6", "2030", "level", "", "", "school-lower-secondary", "THCS", "R10", "511"),
    ("5.7", "2025", "at_least", "95.75", "", "none", "> =95,75", "R11", "527"),
    ("5.7", "2030", "exact", "97", "97", "none", "97", "none", "527"),
    ("5.9", "2025", "more_than", "80", "", "none", "> 80", "none", "547"),
    ("6.3", "2025", "none", "", "", "none", "-", "R05", "607"),
    ("6.10", "2030", "exact", "0", "0", "none", "0", "none", "683"),
    ("6.18", "2030", "at_least", "2", "", "none", ">=2", "none", "769"),
    ("7.14", "2025", "level", "", "", "education-3", KEEP_3, "R12", "919"),
    ("7.15", "2025", "level", "", "", "education-3", "Mức độ 3", "none", "929"),
    ("7.15", "2030", "level", "", "", "education-3", KEEP_3, "R12", "929"),
    ("7.16", "2030", "level", "", "", "literacy-2", KEEP_2, "R13", "939"),
    ("7.17", "2030", "exact", "96.8", "96.8", "none", "96,8", "none", "949"),
    ("8.1", "2025", "exact", "2.1", "2.1", "none", TFR_2025, "R14", "967"),
    ("8.1", "2030", "exact", "2.1", "2.1", "none", TFR_2030, "R14", "967"),
    ("8.2", "2030", "more_than", "77", "", "none", ">77", "none", "977"),
    ("8.4-beds", "2030", "exact", "72.7", "72.7", "none", "72,7", "none", "1001"),
    ("8.4-doctors", "2030", "more_than", "17", "", "none", ">17", "none", "1011"),
    ("8.4-nurses", "2030", "exact", "33", "33", "none", "33", "none", "1031"),
    ("8.10", "2025", "text", "", "", "none", "Giảm tối đa tỷ lệ nhiễm mới", "R15", "1091"),
    ("8.10", "2030", "text", "", "", "none", "Cơ bản loại trừ", "R15", "1091"),
    ("9.1-remote", "2030", "exact", "90", "90", "none", "90", "none", "1153"),
    ("10.1", "2030", "exact", "25000", "25000", "none", "25.000", "none", "1267"),
    ("10.2", "2025", "text", "", "", "none", "Rà soát, hỗ trợ", "R16", "1277"),
    ("10.2", "2030", "level", "", "", "housing-eliminated", "Xóa bỏ hoàn toàn", "R17", "1277"),
    ("10.3-rural", "2025", "exact", "23.8", "23.8", "none", "23,8", "none", "1307"),
    ("10.4", "2025", "none", "", "", "none", "", "R07", "1317"),
    ("10.4", "2030", "between", "85", "90", "none", "85-90", "R07", "1317"),
    ("10.4-urban", "2030", "exact", "100", "100", "none", "100", "R07", "1325"),
    ("10.4-rural", "2030", "between", "75", "80", "none", "75-80", "R07", "1331"),
    ("11.1-rural", "2030", "at_least", "85", "", "none", ">=85", "none", "1369"),
    ("11.2-urban", "2025", "exact", "85", "85", "none", "85", "none", "1385"),
    ("11.2-urban", "2030", "none", "", "", "none", "-", "R05", "1385"),
    ("11.2-rural", "2025", "none", "", "", "none", "-", "R05", "1399"),
    ("11.2-rural", "2030", "exact", "100", "100", "none", "100", "none", "1399"),
    ("11.8-dongtrieu", "2030", "more_than", "50", "", "none", ">50", "none", "1501"),
    ("11.11", "2030", "at_least", "95", "", "none", ">=95", "none", "1543"),
]


@pytest.mark.parametrize("expected", TARGETS, ids=lambda row: f"{row[0]} in {row[1]}")
def test_a_target_is_the_one_in_the_text(find: Find, expected: tuple[str, ...]) -> None:
    row = find("targets", series_id=expected[0], year=expected[1])
    columns = ("kind", "low", "high", "level_id", "text_source", "reading_id", "source_line")
    assert tuple(row[column] for column in columns) == expected[2:]
    assert row["status"] == ("not_stated" if expected[2] == "none" else "stated")


def test_only_the_second_year_of_the_merged_target_is_inherited(tables: dict[str, Rows]) -> None:
    inherited = [row for row in tables["targets"] if row["inherited"] == "true"]
    assert [(row["series_id"], row["year"]) for row in inherited] == [("4.1", "2030")]


# series, printed unit, unit, mode, scale, decimals, part as printed, line
SERIES = [
    ("1", "USD", "usd-per-person", "up", "none", "0", "", "267"),
    ("3.1", "%", "percent", "down", "none", "1", "", "301"),
    ("4.1", "", "rank", "level", "none", "0", "", "377"),
    ("5.6", "Bậc học", "school-level", "level", "school-level", "0", "", "511"),
    ("5.7", "%", "percent", "up", "none", "2", "", "527"),
    ("6.18", "Người", "persons-per-1000", "up", "none", "1", "", "769"),
    ("7.16", "Mức độ", "education-level", "level", "literacy", "0", "", "939"),
    ("8.1", "Mức độ", "children-per-woman", "band", "none", "1", "", "967"),
    ("8.2", "Tuổi", "years-of-age", "up", "none", "1", "", "977"),
    ("8.4-beds", "Giường", "beds-per-10000", "up", "none", "1", "Số giường bệnh", "1001"),
    ("8.4-pharmacists", "người", "persons-per-10000", "up", "none", "1", "Số dược sỹ", "1021"),
    ("8.9", "%", "percent", "down", "none", "1", "", "1081"),
    ("10.1", "Căn hộ", "dwellings", "up", "none", "0", "", "1267"),
    ("10.2", "Mức độ", "level", "level", "temporary-housing", "0", "", "1277"),
    ("10.3-urban", "m2 sàn/ người", "m2-per-person", "up", "none", "1", "Thành thị", "1297"),
    ("10.4-rural", "%", "percent", "up", "none", "1", "Nông thôn", "1331"),
]


@pytest.mark.parametrize("expected", SERIES, ids=lambda row: row[0])
def test_a_series_is_the_one_in_the_text(find: Find, expected: tuple[str, ...]) -> None:
    row = find("series", series_id=expected[0])
    columns = ("unit_source", "unit_id", "mode", "scale", "decimals", "part_source", "source_line")
    assert tuple(row[column] for column in columns) == expected[1:]


# series, lead, statistics, coordinating, inherited, line of the lead's cell, line of the last cell
AGENCIES = [
    ("1", PLANNING, "", [LOCAL], "own", "275", "277"),
    ("2", LABOUR, "", [RELEVANT, LOCAL], "own", "291", "295"),
    ("3.1", LABOUR, "cuc-thong-ke", [RELEVANT, LOCAL], "own", "311", "315"),
    ("3.4", LABOUR, "cuc-thong-ke", [RELEVANT, LOCAL], "inherited", "311", "315"),
    ("3.6", LABOUR, "", [RELEVANT, LOCAL], "inherited", "357", "361"),
    ("4.1", HEALTH, "", [RELEVANT, LOCAL], "own", "383", "387"),
    ("4.4", LABOUR, "cuc-thong-ke", [RELEVANT, LOCAL], "inherited", "399", "403"),
    ("5.7", HEALTH, "", [RELEVANT, LOCAL], "inherited", "521", "525"),
    ("5.11", HEALTH, "", [RELEVANT, LOCAL], "inherited", "521", "525"),
    ("6.8", LABOUR, "", [RELEVANT, LOCAL], "inherited", "581", "585"),
    ("6.9", "so-tu-phap", "", [RELEVANT, LOCAL], "own", "677", "681"),
    ("6.18", LABOUR, "", [RELEVANT, LOCAL], "inherited", "693", "697"),
    ("7.17", EDUCATION, "", [RELEVANT, LOCAL], "inherited", "783", "787"),
    ("8.4-nurses", HEALTH, "", [LOCAL], "inherited", "963", "965"),
    ("9.1-other", "so-thong-tin-va-truyen-thong", "", [LOCAL], "inherited", "1145", "1147"),
    ("9.9", "so-van-hoa-va-the-thao", "", [RELEVANT, LOCAL], "inherited", "1243", "1247"),
    ("10.4-urban", CONSTRUCTION, "", [LOCAL], "inherited", "1263", "1265"),
    ("11.1-urban", CONSTRUCTION, "", [LOCAL], "own", "1365", "1367"),
    ("11.2-rural", FARMING, "", [LOCAL], "own", "1409", "1411"),
    ("11.9", "ban-quan-ly-khu-kinh-te", "", [RELEVANT, LOCAL], "own", "1521", "1525"),
    ("11.10", "so-cong-thuong", "", [RELEVANT, LOCAL], "own", "1537", "1541"),
    ("11.11", FARMING, "", [RELEVANT, LOCAL], "own", "1553", "1557"),
]


@pytest.mark.parametrize("expected", AGENCIES, ids=lambda row: row[0])
def test_the_agencies_of_a_series_are_those_in_the_text(
    tables: dict[str, Rows], expected: tuple[str, str, str, list[str], str, str, str]
) -> None:
    series, lead, statistics, coordinating, origin, first, last = expected
    rows = [row for row in tables["indicator_agencies"] if row["series_id"] == series]
    by_role = {role: [] for role in ("lead", "statistics", "coordinating")}
    for row in rows:
        by_role[row["role"]].append(row["agency_id"])
    assert by_role == {
        "lead": [lead],
        "statistics": [statistics] if statistics else [],
        "coordinating": coordinating,
    }
    assert {row["inherited"] for row in rows} == {"true" if origin == "inherited" else "false"}
    assert (rows[0]["text_line"], rows[-1]["text_line"]) == (first, last)


def test_the_rural_part_of_clean_water_names_its_lead_and_inherits_the_rest(find: Find) -> None:
    lead = find("indicator_agencies", series_id="11.1-rural", role="lead")
    rest = find("indicator_agencies", series_id="11.1-rural", role="coordinating")
    assert (lead["agency_id"], lead["inherited"], lead["text_line"], lead["reading_id"]) == (
        FARMING, "false", "1379", "R26",
    )  # fmt: skip
    assert (rest["agency_id"], rest["inherited"], rest["text_line"], rest["reading_id"]) == (
        LOCAL, "true", "1367", "R24",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("series", "inherited"), [("11.8-halong", "false"), ("11.8-dongtrieu", "true")]
)
def test_seven_committees_coordinate_both_parts_of_11_8(
    tables: dict[str, Rows], series: str, inherited: str
) -> None:
    rows = [
        row
        for row in tables["indicator_agencies"]
        if row["series_id"] == series and row["role"] == "coordinating"
    ]
    assert [row["agency_id"] for row in rows] == [
        "ubnd-thanh-pho-ha-long",
        "ubnd-thanh-pho-cam-pha",
        "ubnd-thanh-pho-uong-bi",
        "ubnd-thanh-pho-mong-cai",
        "ubnd-thi-xa-quang-yen",
        "ubnd-thi-xa-dong-trieu",
        "ubnd-huyen-van-don",
    ]
    assert {(row["inherited"], row["text_line"]) for row in rows} == {(inherited, "1499")}


def test_the_broken_last_cell_of_appendix_01_is_one_agency(find: Find) -> None:
    row = find("indicator_agencies", series_id="11.11", agency_id=LOCAL)
    assert row["text_source"] == "- UBND các huyện, thị xã, thành phố"


# task, printed number, lead, coordinating, time as printed, start, end, recurrence, reading, line
YEARS = ("2024-01-01", "2030-12-31", "continuous")
TASKS = [
    ("I.1", "1", [ALL, LOCALITIES], [], "Hằng năm", "", "", "yearly", "none", "1580"),
    ("I.2", "2", ["so-noi-vu"], [RELEVANT, LOCAL], "Sơ kết, tổng kết Chương trình", "", "", "milestone", "none", "1588"),
    ("II.1", "1", ["cac-so-nganh-chu-tri-muc-tieu"], [LOCAL], "Hằng năm", "", "", "yearly", "none", "1602"),
    ("II.2", "2", ["cong-an-tinh"], [RELEVANT, LOCAL], "Năm 2025 và thường xuyên", "2025-01-01", "", "continuous", "none", "1612"),
    ("II.4", "4", [HEALTH], ["bao-hiem-xa-hoi-tinh", LOCAL], "Giai đoạn 2024-2030", *YEARS, "none", "1632"),
    ("II.5", "5", [HEALTH], [LOCAL], "Năm 2025", "2025-01-01", "2025-12-31", "once", "none", "1642"),
    ("III.2", "2", [LABOUR], [RELEVANT, LOCAL], "Giai đoạn 2024-2030", *YEARS, "none", "1664"),
    ("III.3", "3", [LABOUR], [RELEVANT, LOCAL], "Năm 2027", "2027-01-01", "2027-12-31", "once", "none", "1670"),
    ("IV.1", "1", [LABOUR], [RELEVANT, LOCAL], "", "", "", "not_stated", "R36", "1680"),
    ("IV.2", "2", [HEALTH], [RELEVANT, LOCAL], "Quý III/2024", "2024-07-01", "2024-09-30", "once", "none", "1688"),
    ("IV.6", "6", ["ngan-hang-chinh-sach-xa-hoi-tinh"], [LOCAL], "Hằng năm", "", "", "yearly", "none", "1720"),
    ("V.5", "5", [HEALTH], [RELEVANT, LOCAL], "Hằng năm", "", "", "yearly", "none", "1762"),
    ("VI.1.2", "1.2", [EDUCATION], [RELEVANT, LOCAL], "Năm 2024", "2024-01-01", "2024-12-31", "once", "R33", "1790"),
    ("VI.2.1", "1.1", [HEALTH], [PLANNING, EDUCATION, RELEVANT, LOCAL], "Quý II/2024", "2024-04-01", "2024-06-30", "once", "R30", "1798"),
    ("VI.2.2", "1.2", ["hoi-lien-hiep-phu-nu-tinh"], [HEALTH, RELEVANT, LOCALITIES], "Năm 2024 - 2025", "2024-01-01", "2025-12-31", "continuous", "R30", "1808"),
    ("VI.3.2", "1.2", ["hoi-lien-hiep-phu-nu-tinh"], ["so-van-hoa-va-the-thao", RELEVANT, LOCAL], "Năm 2024", "2024-01-01", "2024-12-31", "once", "R30", "1832"),
    ("VI.5.2", "5.2", [CONSTRUCTION], [RELEVANT, LOCAL], "Giai đoạn 2024-2025", "2024-01-01", "2025-12-31", "continuous", "none", "1856"),
    ("VI.6.1", "1", [FARMING], [RELEVANT, LOCAL], "Giai đoạn 2024-2030", *YEARS, "R31", "1872"),
    ("VI.6.2", "2", ["so-tai-nguyen-va-moi-truong"], [RELEVANT, LOCAL], "Giai đoạn 2024-2030", *YEARS, "R31", "1882"),
    ("VII.3", "3", [LABOUR], [ALL, LOCAL], "Hằng năm", "", "", "yearly", "R33", "1912"),
    ("VIII.2", "2", ["so-tai-chinh"], [ALL, LOCALITIES], "Hằng năm", "", "", "yearly", "R33", "1930"),
    ("IX.1", "1", [PLANNING], [ALL, LOCAL], "Tháng 6/2024", "2024-06-01", "2024-06-30", "once", "none", "1938"),
    ("IX.3", "3", [PLANNING], [ALL, LOCAL], "Hằng năm", "", "", "yearly", "R33", "1954"),
    ("IX.4", "4", ["ban-dan-toc-tinh"], [ALL, LOCAL], "Đến năm 2030", "", "2030-12-31", "continuous", "none", "1958"),
]  # fmt: skip


@pytest.mark.parametrize("expected", TASKS, ids=lambda row: row[0])
def test_a_task_is_the_one_in_the_text(
    tables: dict[str, Rows], find: Find, expected: tuple[str, str, list[str], list[str], str]
) -> None:
    task_id, number, lead, coordinating, *rest = expected
    row = find("tasks", task_id=task_id)
    columns = ("time_source", "start", "end", "recurrence", "reading_id", "source_line")
    assert row["source_number"] == number
    assert [row[column] for column in columns] == rest
    agencies = [one for one in tables["task_agencies"] if one["task_id"] == task_id]
    assert [one["agency_id"] for one in agencies if one["role"] == "lead"] == lead
    assert [one["agency_id"] for one in agencies if one["role"] == "coordinating"] == coordinating


def test_the_times_of_four_tasks_are_inherited(tables: dict[str, Rows]) -> None:
    inherited = [row["task_id"] for row in tables["tasks"] if row["time_inherited"] == "true"]
    assert inherited == ["VI.1.2", "VII.3", "VIII.2", "IX.3"]


def test_ii_5_inherits_its_lead_and_states_its_coordinating_agency(find: Find) -> None:
    lead = find("task_agencies", task_id="II.5", role="lead")
    assert (lead["inherited"], lead["text_line"], lead["reading_id"]) == ("true", "1636", "R32")
    rest = find("task_agencies", task_id="II.5", role="coordinating")
    assert (rest["inherited"], rest["text_line"], rest["reading_id"]) == ("false", "1646", "R35")


def test_i_1_has_leads_only(tables: dict[str, Rows]) -> None:
    rows = [row for row in tables["task_agencies"] if row["task_id"] == "I.1"]
    assert {(row["role"], row["reading_id"]) for row in rows} == {("lead", "R34")}


# table, key, clean name, name as printed
NAMES = [
    ("indicator_groups", "2", "Ưu đãi người có công với cách mạng", "Ưu đãi NCC với cách mạng"),
    ("indicators", "3.5", "Tỷ lệ lao động nữ làm công hưởng lương", "Tỉ lệ lao động nữ làm công hưởng lương"),
    ("indicators", "5.1", "Tỷ lệ lực lượng lao động trong độ tuổi tham gia bảo hiểm xã hội", "Tỷ lệ LLLĐ trong độ tuổi tham gia BHXH"),
    ("indicators", "5.5", "Tỷ lệ lực lượng lao động trong độ tuổi tham gia bảo hiểm thất nghiệp", "Tỷ lệ LLLĐ trong độ tuổi tham gia BHTN"),
    ("indicators", "5.8", "Tỷ lệ đồng bào dân tộc thiểu số tham gia bảo hiểm y tế", "Tỷ lệ đồng bào dân tộc thiểu số tham gia BHYT"),
    ("indicators", "7.17", "Tỷ lệ trường đạt chuẩn quốc gia", "Tỷ lệ đạt trường chuẩn quốc gia"),
    ("indicators", "7.5", "Tỷ lệ trường mầm non đạt chuẩn quốc gia", "Tỷ lệ trường mầm non đạt chuẩn quốc gia"),
    (
        "indicators",
        "11.9",
        "Tỷ lệ khu công nghiệp đang hoạt động có hệ thống xử lý nước thải tập trung đạt tiêu chuẩn xả thải ra môi trường",
        "Tỷ lệ khu công nghiệp đang hoạt động có hệ thống xử lý nước thải tập trung đặt tiêu chuẩn xả thải ra môi trường",
    ),
    (
        "tasks",
        "VI.1.2",
        "Đề án Xây dựng xã hội học tập giai đoạn 2024 - 2030 trên địa bàn tỉnh Quảng Ninh",
        "Đề án Xây dựng xã học tập giai đoạn 2024 - 2030 trên địa bàn tỉnh Quảng Ninh",
    ),
    (
        "tasks",
        "VI.2.1",
        "Đề án nâng cao chỉ số phát triển con người (HDI) tỉnh Quảng Ninh giai đoạn 2020-2025, định hướng năm 2030",
        "Đề án nâng cao chỉ số phát triển con người (HDI) tỉnh Quảng Ninh giai đoạn 2020-2025, định hướng năm 2030.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "key", "clean", "printed"), NAMES, ids=[f"{row[0]} {row[1]}" for row in NAMES]
)
def test_a_name_is_clean_and_its_print_is_kept(
    tables: dict[str, Rows], table: str, key: str, clean: str, printed: str
) -> None:
    (row,) = [row for row in tables[table] if next(iter(row.values())) == key]
    assert (row["name_vi"], row["name_source"]) == (clean, printed)


@pytest.mark.parametrize(
    ("task", "in_print", "in_name"),
    [
        ("I.2", "chất tượng chính sách", "chất lượng chính sách"),
        ("II.5", "cấp trực thuộc trực thuộc Ủy ban", "cấp trực thuộc Ủy ban"),
        ("V.5", "hưởng BHYT", "hưởng bảo hiểm y tế"),
        ("IX.4", "định hướng đến năm 2030.", 'định hướng đến năm 2030"'),
    ],
)
def test_a_misprint_in_a_task_is_corrected_beside_its_print(
    find: Find, task: str, in_print: str, in_name: str
) -> None:
    row = find("tasks", task_id=task)
    assert in_print in row["name_source"]
    assert in_print not in row["name_vi"]
    assert in_name in row["name_vi"]


def test_subgroups_are_named_and_the_fourth_is_absent(tables: dict[str, Rows]) -> None:
    subgroups = {row["subgroup"]: row["subgroup_vi"] for row in tables["tasks"] if row["subgroup"]}
    assert subgroups == {
        "1": "Về giáo dục",
        "2": "Về y tế",
        "3": "Về phát triển văn hóa",
        "5": "Về nhà ở",
        "6": "Về nước sạch và vệ sinh môi trường",
    }


def test_the_pharmacists_are_spelt_like_the_doctors(find: Find) -> None:
    assert find("series", series_id="8.4-pharmacists")["part_vi"] == "Số dược sĩ"


# document, date, issuer as printed, first line that cites it
DOCUMENTS = [
    ("42-NQ/TW", "2023-11-24", "Ban Chấp hành Trung ương Đảng khoá XIII", "15"),
    ("68/NQ-CP", "2024-05-09", "Chính phủ", "15"),
    ("37-CTr/TU", "2024-04-02", "Tỉnh ủy", "15"),
    ("47/TTr-SLĐTBXH", "2024-05-30", "Sở Lao động - Thương binh và Xã hội", "17"),
    ("262/KH-UBND", "", "UBND tỉnh", "77"),
    ("06-NQ/TU", "2021-05-17", "Ban Chấp hành Đảng bộ tỉnh", "101"),
    ("572/CTr-UBND", "2024-03-17", "UBND tỉnh", "161"),
    ("163/KH-UBND", "2022-06-20", "", "1874"),
]


@pytest.mark.parametrize("expected", DOCUMENTS, ids=lambda row: row[0])
def test_a_document_is_the_one_in_the_text(find: Find, expected: tuple[str, ...]) -> None:
    row = find("documents", document_id=expected[0])
    assert (row["date"], row["issuer_vi"], row["source_line"]) == expected[1:]


@pytest.mark.parametrize(
    ("document", "kind", "place", "line", "printed"),
    [
        ("37-CTr/TU", "heading", "0", "15", "37-CTR/TU"),
        ("37-CTr/TU", "section", "0-p9", "17", "37-Ctr/TU"),
        ("37-CTr/TU", "heading", "appendix-01", "246", "37-CTR/TU"),
        ("37-CTr/TU", "heading", "appendix-02", "1563", "37-CTR/TU"),
        ("572/CTr-UBND", "section", "IV.6.6-p1", "161", "572/Ctr-UBND"),
        ("572/CTr-UBND", "task", "VI.6.2", "1884", "572/Ctr-UBND"),
        ("06-NQ/TU", "task", "IX.4", "1960", "06-NQ/TU"),
    ],
)
def test_a_citation_is_found_where_it_stands(
    find: Find, document: str, kind: str, place: str, line: str, printed: str
) -> None:
    row = find("citations", document_id=document, place_kind=kind, place_id=place)
    assert (row["source_line"], row["text_source"]) == (line, printed)


# agency, first line that names it
FIRST_LINES = [
    (LABOUR, "17"),
    (PLANNING, "215"),
    (HEALTH, "383"),
    ("so-noi-vu", "1592"),
    ("cuc-thong-ke", "311"),
    (LOCAL, "27"),
    ("ubnd-thi-xa-dong-trieu", "1499"),
    ("so-nong-nghiep-va-moi-truong", ""),
]


@pytest.mark.parametrize(("agency", "line"), FIRST_LINES)
def test_an_agency_is_first_named_on_its_line(find: Find, agency: str, line: str) -> None:
    row = find("agencies", agency_id=agency)
    assert (row["source_line"], row["in_plan"]) == (line, "true" if line else "false")


# reading, how often it is applied, counted by hand in the text
APPLIED = {
    "R01": 1, "R02": 1, "R03": 14, "R04": 2, "R05": 21, "R06": 1, "R07": 3, "R08": 2, "R09": 1,
    "R10": 1, "R11": 1, "R12": 3, "R13": 2, "R14": 2, "R15": 2, "R16": 1, "R17": 1, "R18": 1,
    "R19": 1, "R20": 3, "R21": 1, "R22": 1, "R23": 3, "R24": 86, "R25": 2, "R26": 1, "R27": 1,
    "R28": 1, "R29": 1, "R30": 4, "R31": 2, "R32": 16, "R33": 4, "R34": 1, "R35": 1, "R36": 1,
    "R37": 1, "R38": 3, "R39": 4, "R40": 1, "R41": 3, "R42": 11, "R43": 1, "R44": 1, "R45": 1,
    "R46": 1, "R47": 1, "R48": 1, "R49": 1, "R50": 1, "R51": 8, "R52": 5, "R53": 2, "R54": 1,
}  # fmt: skip


def test_every_reading_is_applied_as_often_as_the_text_asks(tables: dict[str, Rows]) -> None:
    found = {row["reading_id"]: int(row["applied"]) for row in tables["readings"]}
    assert found == {"none": 0, **APPLIED}
