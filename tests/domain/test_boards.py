"""The record of village boards: its file, and what must hold between it and the villages."""

from dataclasses import replace
from datetime import date

import pytest

from case_kit import each
from vuonho.errors import DataProblems
from vuonho.register.boards import FILE, Board, check_boards, last_board, parse_boards, with_boards

BASE = "https://vuonmau.example/"
HEAD = "village,printed,url,batch\n"
EAST = Board("thon-dong", date(2026, 11, 20), f"{BASE}thon-dong/", 3)
WEST = Board("thon-tay", date(2026, 11, 24), f"{BASE}thon-tay/", 4)
ROW = f"thon-dong,2026-11-20,{BASE}thon-dong/,3\n"
OTHER = f"thon-tay,2026-11-24,{BASE}thon-tay/,4\n"


# --- The file -----------------------------------------------------------------------------------------------------


def test_a_record_is_read_and_written() -> None:
    """Rows keep their order, and their line for messages."""
    text = with_boards("", (EAST, WEST))
    assert text == HEAD + ROW + OTHER
    found = parse_boards(text)
    assert (found, [one.line for one in found]) == ((EAST, WEST), [2, 3])


@each("text", ["", "\n", "\ufeff", HEAD, "sep=,\n" + HEAD])
def test_an_empty_record(text: str) -> None:
    """Nothing, or nothing but the heading."""
    assert parse_boards(text) == ()


@each(
    "text",
    [
        (HEAD + ROW).replace("\n", "\r\n"),
        "\ufeff" + (HEAD + ROW).replace(",", ";"),
        "sep=;\n" + (HEAD + ROW).replace(",", ";"),
        (HEAD + ROW).replace(",", "\t"),
        f"Village;Printed;URL;Batch;;\n\nthon-dong;20/11/2026; {BASE}thon-dong/ ;3;;\n;;;;;\n",
        HEAD.replace("batch", "batch,ghi chú") + ROW.replace(",3", ',3,"trước nhà,\nbên trái"'),
        HEAD + ROW.removesuffix("\n"),
    ],
)
def test_what_excel_saves_is_understood(text: str) -> None:
    """Semicolons or tabs, marks and line ends, the day first, empty cells, columns of the team's own."""
    assert parse_boards(text) == (EAST,)


@each(
    ("text", "lines"),
    [
        (ROW, [1]),
        ("village,printed,url,batches\n" + ROW, [1]),
        ("village;printed,url,batch\n" + ROW, [1]),
        (HEAD + "thon-dong,2026-11-20\n" + ROW, [2]),
        (HEAD + ROW + ROW.replace("2026-11-20", "hôm qua"), [3]),
        (HEAD + ROW.replace("thon-dong,", ","), [2]),
        (HEAD + f"thon-dong,2026-11-20,,3\n{ROW}thon-tay,,{BASE},4\n", [2, 4]),
        (HEAD + ROW.replace(",3", ",ba") + ROW.replace(",3", ",-3") + ROW.replace(",3", ",3.0"), [2, 3, 4]),
        (HEAD + ROW.replace(",3", ",12345678"), [2]),
        (HEAD + ROW.replace(",3", ",٣"), [2]),
        (HEAD + ROW + '"thon-tay,2026-11-24,x,4\n', [3]),
        ("không phải sổ", [1]),
    ],
)
def test_what_is_wrong_with_a_line(text: str, lines: list[int]) -> None:
    """Every broken line is named, with what it should look like."""
    with pytest.raises(DataProblems) as caught:
        parse_boards(text)
    assert [problem.line for problem in caught.value.problems] == lines
    assert {problem.file for problem in caught.value.problems} == {FILE}
    assert all(problem.message.vi != problem.message.en for problem in caught.value.problems)
    assert all(problem.hint.vi and problem.hint.en for problem in caught.value.problems)


@each(
    ("before", "added"),
    [
        ("", HEAD + OTHER),
        (HEAD + ROW, OTHER),
        (HEAD + ROW.removesuffix("\n"), "\n" + OTHER),
        ("\ufeff" + (HEAD + ROW).replace("\n", "\r\n"), OTHER.replace("\n", "\r\n")),
        ("sep=;\n" + (HEAD + ROW).replace(",", ";"), OTHER.replace(",", ";")),
        (HEAD.replace("batch", "batch,ghi chú") + ROW.replace(",3", ",3,trước nhà"), OTHER),
    ],
)
def test_more_boards_come_at_the_end(before: str, added: str) -> None:
    """What stands there already stays to the letter, the team's own columns too."""
    text = with_boards(before, (WEST,))
    assert text == before + added
    assert parse_boards(text)[-1] == WEST


LISTED = Board("thon-tay", WEST.printed, WEST.url, 4, listed=(("482135", "h0"), ("643479", "h1")))


@each(
    ("before", "heading", "row"),
    [
        ("", "village,printed,url,batch,listed", f"{OTHER[:-1]},482135:h0 643479:h1"),
        (HEAD + ROW, "village,printed,url,batch,listed", f"{OTHER[:-1]},482135:h0 643479:h1"),
        (HEAD.replace("batch", 'batch,"ghi\nchú",Listed') + ROW, 'village,printed,url,batch,"ghi\nchú",Listed',
         f"{OTHER[:-1]},,482135:h0 643479:h1"),
        ("sep=;\r\n" + HEAD.replace(",", ";").replace("\n", ";;\r\n"), "sep=;\r\nvillage;printed;url;batch;;;listed",
         f"{OTHER[:-1].replace(',', ';')};;;482135:h0 643479:h1"),
    ],
)  # fmt: skip
def test_whom_a_board_names_has_a_column(before: str, heading: str, row: str) -> None:
    """It comes into the heading once, after what the team has there, and is read again."""
    text = with_boards(before, (LISTED,))
    assert text.startswith(heading)
    assert text.rstrip().endswith(row)
    found = parse_boards(text)[-1]
    assert (found, found.listed) == (LISTED, LISTED.listed)
    assert (found.may_name("482135", date(2027, 1, 1)), found.may_name("158589", date(2026, 1, 1))) == (
        True,
        False,
    )
    assert [WEST.may_name("482135", day) for day in (WEST.printed, date(2026, 11, 25))] == [True, False]


def test_the_last_board_of_a_village() -> None:
    """By day and print run, under any name of its folder."""
    again = replace(WEST, village="thon-cu", batch=5)
    assert last_board((EAST, again, WEST), ("thon-tay", "thon-cu")) == again
    assert last_board((EAST,), ("thon-tay",)) is None


# --- What must hold -----------------------------------------------------------------------------------------------

BASES = (BASE, "https://cu.example/Vuon/")
VILLAGES = ("thon-dong", "thon-tay", "thon-cu")


@each(
    "url",
    [
        f"{BASE}thon-dong/",
        "HTTPS://VUONMAU.EXAMPLE/thon-dong",
        f"{BASE}thon-cu/",
        "https://cu.example/Vuon/thon-dong/",
    ],
)
def test_a_board_that_answers(url: str) -> None:
    """Under today's address or an older one that still answers, for a village of today or a former folder."""
    assert list(check_boards([Board("thon-dong", EAST.printed, url, 1)], VILLAGES, BASES)) == []


@each(
    ("url", "said", "cure"),
    [
        ("https://khac.example/thon-dong/", "site.yaml has another address", "previous_urls"),
        ("https://vuonmau.example.khac.example/thon-dong/", "site.yaml has another address", "previous_urls"),
        ("https://cu.example/vuon/thon-dong/", "site.yaml has another address", "previous_urls"),
        (f"{BASE}thon-mat/", "no village has that address", "formerly: [thon-mat]"),
        (f"{BASE}THON-DONG/", "no village has that address", "formerly: [thon-mat]"),
        (BASE, "no village has that address", "formerly: [thon-mat]"),
        (f"{BASE}en/thon-dong/", "no village has that address", "formerly: [thon-mat]"),
    ],
)
def test_a_board_that_would_not_answer(url: str, said: str, cure: str) -> None:
    """The line is named and the way out: the site's address, or the village's folder."""
    text = HEAD + f"thon-mat,2026-11-20,{url},1\n"
    (found,) = check_boards(parse_boards(text), VILLAGES, BASES)
    assert (found.file, found.line, found.field) == (FILE, 2, "url")
    assert said in found.message.en
    assert cure in found.hint.en
    assert cure in found.hint.vi
