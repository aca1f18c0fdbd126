"""What people write where a number is wanted, and what to tell them; nothing is guessed."""

from __future__ import annotations

import re

from analysis.intake.cells.read import folded

_NUMBER = r"[0-9][0-9.,]*"

_ADVICE: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), what, mend)
    for pattern, what, mend in (
        (
            r"[-–—.…x*?/]+|n/?a|none|null|nil|trống|(?:không|chưa) (?:có|rõ|báo cáo).*",
            "says that there is no figure",
            "leave the cell empty: empty means not reported, and never 0",
        ),
        (
            r"#.*",
            "is an error of the spreadsheet",
            "mend the formula, or leave the cell empty where there is no figure",
        ),
        (
            r"(?:[<>≤≥]|trên|dưới|hơn|quá|tối thiểu|tối đa|ít nhất|nhiều nhất|không quá"
            r"|over|under|more than|less than|at least|at most|up to|below|above).*"
            r"|.*(?:trở lên|trở xuống|or more|or less)",
            "is a bound, not a value",
            "write the number alone, and in the note that the source says over or under it",
        ),
        (
            r"(?:[~≈]|khoảng|gần|chừng|xấp xỉ|ước|about|around|approx|circa|nearly|almost"
            r"|roughly).*",
            "is an approximate value in words",
            "write the number alone, choose the status estimate where the source estimates it,"
            " and keep the source's word in the note",
        ),
        (
            r"[0-9]{1,2}\s*[/.-]\s*[0-9]{1,2}\s*[/.-]\s*(?:19|20)[0-9]{2}"
            r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}",
            "looks like a date",
            "write the value here, and the date in its own column",
        ),
        (
            rf"(?:từ\s)?{_NUMBER}\s*%?\s*(?:[-–—÷]|đến|tới|to)\s*{_NUMBER}.*",
            "is a range, not a value",
            "write the one number that the source gives for the period, or leave the cell empty"
            " and put the range into the note",
        ),
        (
            rf"{_NUMBER}\s*/\s*{_NUMBER}",
            "is a fraction",
            "write the value itself; numerator and denominator have columns of their own",
        ),
        (
            rf"[-+−]?{_NUMBER}\s*(?:e[-+−]?[0-9]+|[x×*]\s*10.*)",
            "is written with a power of ten",
            "write all its digits: 100000, not 1e5",
        ),
        (
            rf"[-+−]?{_NUMBER}\s*(?:nghìn|ngàn|triệu|tr|tỷ|tỉ|vạn|thousand|million|billion|[km]|bn)"
            r"(?!\w).*",
            "is partly written in words",
            "write all its digits in the unit of the row: 1500000, not 1,5 triệu",
        ),
        (r"\(.*\)", "stands in brackets", "write a negative number with a minus sign: -3,2"),
        (
            rf"[-–—−+]\s+{_NUMBER}.*|[–—]\s*{_NUMBER}.*",
            "begins with a dash",
            "write a minus sign right before the digits (-3,2), or no sign at all",
        ),
        (
            r"[-+−]?[0-9][0-9.,'’_\s]*",
            "is no number as numbers are divided",
            "write thousands in groups of three and one decimal comma: 1.234.567,8",
        ),
    )
)
_OTHER = ("is no number", "write the number alone, in digits: 87,5 or 8200")


def advice(text: str) -> tuple[str, str]:
    """Return what is wrong with a text that is no number, and how to mend it.

    Parameters
    ----------
    text
        What stands in the cell.

    Returns
    -------
    tuple
        The rest of a sentence that begins with the text, and the advice.
    """
    if "\n" in text.strip():
        return "has several lines", "write one number into the cell"
    if any(one.isnumeric() and not one.isascii() and one not in "²³" for one in text):
        return "has signs that are no plain digits", "type the number with the digits 0 to 9"
    plain = folded(text)
    found = (said for pattern, *said in _ADVICE if pattern.fullmatch(plain))
    what, mend = next(found, _OTHER)
    return what, mend
