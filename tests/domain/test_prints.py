"""What the register knows of a print, and what it is told of the next one."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from case_kit import each
from vuonho.register.register import (
    COLUMNS,
    PRINT_COLUMNS,
    Print,
    Register,
    Row,
    content_of,
    even,
    last_print,
    next_batch,
    parse_register,
    render_register,
    with_prints,
)

A, B, C = "482135", "913470", "572437"
URL = f"https://vuonmau.example/{A}/"
DAY = date(2026, 11, 24)
PLAIN = (
    "code,profile,given,printed,url,status,ghi chú\n"
    f'{A},thon-a/huong.yaml,2026-11-02,2026-11-20,{URL},,"biển thép, cổng sau"\n'
    f"{B},thon-a/ba.yaml,2026-11-03,,,,\n"
    f"{C},thon-a/rut.yaml,2026-11-03,,,withdrawn,đã rút\n"
)
NEW = Print(DAY, f"https://vuonmau.example/{B}/", "a5", 2, "h0123456789ab")


def row(code: str = A, **more: str) -> Row:
    """Return a printed row with more columns."""
    return Row(code, "thon-a/x.yaml", DAY, DAY, URL, more=tuple(more.items()))


# --- What stands for the words of a plaque ------------------------------------------------------------------------


def test_the_content_of_this_version_is_that_of_every_later_one() -> None:
    """Another value for the same words would make every plaque that ever hung look changed."""
    assert content_of("Vườn bà Hường", "Thôn Vườn Mẫu", URL) == "hc65bba55d1ba"


def test_a_spreadsheet_cannot_take_it_for_a_number() -> None:
    """A letter first, 12 digits after it; the same whatever else there is."""
    found = [content_of(f"Vườn {number}", "Thôn", URL) for number in range(300)]
    assert len(set(found)) == 300
    assert {(one[0], len(one), one.isalnum(), one.islower()) for one in found} == {("h", 13, True, True)}


@each(
    ("name", "village", "url"),
    [
        ("Vườn bà Hương", "Thôn Vườn Mẫu", URL),
        ("Vườn bà Hường ", "Thôn Vườn Mẫu", URL),
        ("Vườn bà Hường", "Thôn Vườn Mới", URL),
        ("Vườn bà Hường", "Thôn Vườn Mẫu", f"https://vuonmoi.example/{A}/"),
        ("Vườn bà Hường\nThôn", "Vườn Mẫu", URL),
        (unicodedata.normalize("NFD", "Vườn bà Hường"), "Thôn Vườn Mẫu", URL),
    ],
)
def test_each_word_of_the_plaque_counts(name: str, village: str, url: str) -> None:
    """Name, village and address; names are NFC when they come here, so that form is not looked at."""
    assert content_of(name, village, url) != content_of("Vườn bà Hường", "Thôn Vườn Mẫu", URL)


@each(
    ("typed", "plain"),
    [
        (f"https://VuonMau.Example/{A}", URL),
        (f"HTTPS://VUONMAU.EXAMPLE/{A}//", URL),
        (f" {URL} ", URL),
        (f"https://x.example/Vuon/{A}", f"https://x.example/Vuon/{A}/"),
        ("https://[x/1", "https://[x/1/"),
        ("", "/"),
    ],
)
def test_addresses_are_compared_as_they_lead(typed: str, plain: str) -> None:
    """Scheme and host have no case, and the last slash is often left out; a path keeps its case."""
    assert even(typed) == plain


def test_a_path_of_other_case_is_another_address() -> None:
    """On most servers it leads elsewhere."""
    assert even("https://x.example/Vuon/1/") != even("https://x.example/vuon/1/")


# --- The last print -----------------------------------------------------------------------------------------------


def test_a_row_without_a_day_was_never_printed() -> None:
    """Whatever else stands in it."""
    assert last_print(Row(A, "x.yaml", DAY, more=(("printed_batch", "3"),))) is None


def test_what_the_program_printed_is_known() -> None:
    """Day, address, size, print run, content; cells may have got spaces around them."""
    found = last_print(row(printed_size="a5 ", printed_batch=" 7", printed_content=" h12 "))
    assert found == Print(DAY, URL, "a5", 7, "h12")


def test_of_a_print_by_hand_only_day_and_address_are_known() -> None:
    """Its row has no columns of ours."""
    assert last_print(row()) == Print(DAY, URL, "", 0, "")


@each(
    ("cells", "boards", "expected"),
    [
        ([], (), 1),
        (["1", "3", "2"], (), 4),
        (["", "  ", "x", "-5", "2.0", "٣", "12345678"], (), 1),
        (["2"], (5, 4), 6),
        ([], (1,), 2),
        (["9"], (5,), 10),
    ],
)
def test_the_next_print_run_is_one_more_than_any(
    cells: list[str], boards: tuple[int, ...], expected: int
) -> None:
    """Of plaques and boards; what is no plain number counts for nothing."""
    codes = [str(10_000 + number) for number in range(len(cells))]
    rows = tuple(row(code, printed_batch=cell) for code, cell in zip(codes, cells, strict=True))
    assert next_batch(Register(rows), boards) == expected


# --- Recording ----------------------------------------------------------------------------------------------------


def test_a_print_is_recorded_and_nothing_else_changes() -> None:
    """The team's column stays where it is; ours come after it, empty for the others."""
    text = render_register(with_prints(parse_register(PLAIN), [(B, NEW)]))
    assert text == (
        "code,profile,given,printed,url,status,ghi chú,printed_size,printed_batch,printed_content\n"
        f'{A},thon-a/huong.yaml,2026-11-02,2026-11-20,{URL},,"biển thép, cổng sau",,,\n'
        f"{B},thon-a/ba.yaml,2026-11-03,2026-11-24,https://vuonmau.example/{B}/,,,a5,2,h0123456789ab\n"
        f"{C},thon-a/rut.yaml,2026-11-03,,,withdrawn,đã rút,,,\n"
    )
    assert last_print(parse_register(text).by_code[B]) == NEW


def test_our_columns_come_once() -> None:
    """A second print takes the place of the first, wherever the team has moved the columns to."""
    once = with_prints(parse_register(PLAIN), [(B, NEW)])
    moved = replace(once, columns=(*COLUMNS, "printed_content", "ghi chú", "printed_batch", "printed_size"))
    again = with_prints(
        moved, [(B, replace(NEW, batch=3, content="hfff")), (A, replace(NEW, batch=3, url=URL))]
    )
    assert again.columns == moved.columns
    assert [last_print(one) for one in again.rows] == [
        replace(NEW, batch=3, url=URL), replace(NEW, batch=3, content="hfff"), None,
    ]  # fmt: skip
    assert dict(again.by_code[A].more)["ghi chú"] == "biển thép, cổng sau"


def test_a_team_that_has_one_of_our_columns_gets_the_others() -> None:
    """And what it wrote there of others stays."""
    text = PLAIN.replace("ghi chú", PRINT_COLUMNS[0])
    found = with_prints(parse_register(text), [(B, NEW)])
    assert found.columns == (*COLUMNS, *PRINT_COLUMNS)
    assert [dict(one.more)[PRINT_COLUMNS[0]] for one in found.rows] == ["biển thép, cổng sau", "a5", "đã rút"]


@pytest.mark.parametrize("text", [PLAIN, "\ufeff" + PLAIN.replace("\n", "\r\n")])
def test_line_ends_and_marks_stay(text: str) -> None:
    """What is not touched is written back to the byte."""
    written = render_register(with_prints(parse_register(text), [(B, NEW)]))
    before, after = text.splitlines(keepends=True), written.splitlines(keepends=True)
    assert [line.removesuffix(ending(line)) + ",,," + ending(line) for line in (before[1], before[3])] == [
        after[1],
        after[3],
    ]
    assert written.startswith("\ufeff") == text.startswith("\ufeff")


def ending(line: str) -> str:
    """Return how a line ends."""
    return "\r\n" if line.endswith("\r\n") else "\n"
