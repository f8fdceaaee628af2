"""Workbooks for tests: the demo written, and sheets made by hand as Excel and other programs make them."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook

from command_kit import ROOT, SLUG
from vuonho.errors import Problem, Severity
from vuonho.forms.incoming import Incoming
from vuonho.forms.workbook.layout import Exported
from vuonho.forms.workbook.read import read_csv, read_workbook
from vuonho.forms.workbook.write import write_workbook
from vuonho.project.yaml_tree import Plain, parse_tree, plain

LANGUAGES = ("vi", "en")
VILLAGES = ((SLUG, "Thôn Vườn Mẫu"), ("xom-moi", "Xóm Mới"))
FILE = "bang.xlsx"


def raw_profile(text: str) -> dict[str, Plain]:
    """Return a profile as typed."""
    tree, problems = parse_tree(text, "x.yaml")
    assert tree is not None, problems
    values = plain(tree)
    assert isinstance(values, dict)
    return values


def demo_profiles() -> dict[str, dict[str, Plain]]:
    """Return the profiles of the demo as typed, by code."""
    paths = sorted((ROOT / "profiles" / SLUG).glob("*.yaml"))
    found = [raw_profile(path.read_text(encoding="utf-8")) for path in paths if path.name != "village.yaml"]
    return {str(values["code"]): values for values in found}


def demo_workbook() -> bytes:
    """Return the demo as a workbook."""
    return write_workbook(
        [Exported(SLUG, values) for values in demo_profiles().values()], VILLAGES, LANGUAGES
    )


def workbook_of(*values: dict[str, Plain], languages: Sequence[str] = LANGUAGES) -> bytes:
    """Return a workbook of these households."""
    return write_workbook([Exported(SLUG, one) for one in values], VILLAGES, languages, blank_rows=2)


def typed(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """Return a workbook in which somebody typed these rows into these sheets."""
    book = Workbook()
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.remove(book.worksheets[0])
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Return a workbook's bytes."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def opened(content: bytes) -> Workbook:
    """Return a workbook as openpyxl opens it, to be changed as a person would."""
    return load_workbook(io.BytesIO(content))


def told(content: bytes, languages: Sequence[str] = LANGUAGES) -> tuple[Incoming, ...]:
    """Return what a workbook tells, which nothing may be wrong with."""
    households, problems = read_workbook(content, FILE, languages)
    assert [said(problem) for problem in problems] == []
    return households


def refused(content: bytes, *, csv: bool = False) -> list[str]:
    """Return what is wrong with a workbook or a CSV file, in Vietnamese."""
    _, problems = (read_csv if csv else read_workbook)(content, "bang.csv" if csv else FILE, LANGUAGES)
    return [said(problem) for problem in problems if problem.severity is Severity.ERROR]


def said(problem: Problem) -> str:
    """Return a problem as one line."""
    return f"{problem.message.vi} → {problem.hint.vi}"


def column(sheet: Any, heading: str) -> int:
    """Return the number of the column with this heading."""
    for cell in sheet[1]:
        if str(cell.value).removesuffix(" *") == heading:
            return int(cell.column)
    raise AssertionError(heading)


def row_of(sheet: Any, heading: str, value: object) -> int:
    """Return the number of the first row with a value in a column."""
    place = column(sheet, heading)
    for number in range(2, sheet.max_row + 1):
        if sheet.cell(number, place).value == value:
            return number
    raise AssertionError(value)
