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
LISTED = replace(WEST, listed=(("482135", "h0"), ("643479", "h1")))
ROW = f"thon-dong,2026-11-20,{BASE}thon-dong/,3\n"
OTHER = f"thon-tay,2026-11-24,{BASE}thon-tay/,4\n"


def test_a_record_is_read_and_written() -> None:
    """Rows keep their order, and their line for messages; a board may be taken out again."""
    text = with_boards("", (EAST, WEST))
    assert text == HEAD + ROW + OTHER
    found = parse_boards(text)
    assert (found, [one.line for one in found]) == ((EAST, WEST), [2, 3])
    assert with_boards(text, gone=(EAST,)) == HEAD + OTHER
    for empty in ("", "\n", "\ufeff", HEAD, "sep=,\n" + HEAD):
        assert parse_boards(empty) == ()


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
        HEAD + ROW.replace(",3", ",3,trước nhà, bên trái"),
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
        (HEAD + "thon-dong,2026-11-20\n" + ROW, [2]),
        (HEAD + ROW + ROW.replace("2026-11-20", "hôm qua"), [3]),
        (HEAD + f"thon-dong,2026-11-20,,3\n{ROW}thon-tay,,{BASE},4\n,{ROW[10:]}", [2, 4, 5]),
        (
            HEAD + "".join(ROW.replace(",3", f",{run}") for run in ("ba", "-3", "3.0", "12345678", "٣")),
            [2, 3, 4, 5, 6],
        ),
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


@each(
    ("before", "after"),
    [
        ("", HEAD + OTHER),
        (HEAD + ROW.removesuffix("\n"), HEAD + ROW + OTHER),
        (
            "\ufeff" + (HEAD + ROW).replace("\n", "\r\n"),
            "\ufeff" + (HEAD + ROW + OTHER).replace("\n", "\r\n"),
        ),
        ("sep=;\n" + (HEAD + ROW).replace(",", ";"), HEAD + ROW + OTHER),
        (
            HEAD.replace("batch", "batch,ghi chú") + ROW.replace(",3", ",3,trước nhà"),
            HEAD.replace("batch", "batch,ghi chú")
            + ROW.replace(",3", ",3,trước nhà")
            + OTHER.replace(",4", ",4,"),
        ),
    ],
)
def test_more_boards_come_at_the_end(before: str, after: str) -> None:
    """What stands there already stays, the team's own columns, mark and line ends too."""
    assert with_boards(before, (WEST,)) == after
    assert parse_boards(after)[-1] == WEST


def test_whom_a_board_names_has_a_column() -> None:
    """It comes once, after what the team has there, and is read again; where it is not known, the days tell."""
    text = with_boards(HEAD.replace("batch", "batch,ghi chú;,") + ROW, (LISTED,))
    assert text == (
        f"village,printed,url,batch,ghi chú;,listed\n{ROW[:-1]},,\n{OTHER[:-1]},,482135:h0 643479:h1\n"
    )
    found = parse_boards(with_boards(text, (LISTED,)))[-1]
    assert (found, found.listed) == (LISTED, LISTED.listed)
    days = date(2027, 1, 1), date(2026, 1, 1)
    assert (found.may_name("482135", days[0]), found.may_name("158589", days[1])) == (True, False)
    assert [WEST.may_name("482135", day) for day in (WEST.printed, date(2026, 11, 25))] == [True, False]


def test_the_last_board_of_a_village() -> None:
    """By day and print run, under any name of its folder."""
    again = replace(WEST, village="thon-cu", batch=5)
    assert last_board((EAST, again, WEST), ("thon-tay", "thon-cu")) == again
    assert last_board((EAST,), ("thon-tay",)) is None


OLD = "https://cu.example/Vuon/"


@each(
    ("url", "said", "cure"),
    [
        (f"{BASE}thon-dong/", "", ""),
        ("HTTPS://VUONMAU.EXAMPLE/thon-dong", "", ""),
        (f"{BASE}thon-cu/", "", ""),
        (f"{OLD}thon-dong/", "", ""),
        ("https://khac.example/thon-dong/", "another address", "previous_urls"),
        ("https://vuonmau.example.khac.example/thon-dong/", "another address", "previous_urls"),
        (f"{OLD.lower()}thon-dong/", "another address", "previous_urls"),
        (f"{BASE}thon-mat/", "no village has that address", "formerly: [thon-mat]"),
        (f"{BASE}THON-DONG/", "no village has that address", "formerly: [thon-mat]"),
        (BASE, "no village has that address", "formerly: [thon-mat]"),
        (f"{BASE}en/thon-dong/", "no village has that address", "formerly: [thon-mat]"),
    ],
)
def test_a_board_answers_or_is_named(url: str, said: str, cure: str) -> None:
    """Under today's address or an older one, for a village of today or a former folder; else the way out is named."""
    boards = parse_boards(HEAD + f"thon-mat,2026-11-20,{url},1\n")
    found = list(check_boards(boards, ("thon-dong", "thon-tay", "thon-cu"), (BASE, OLD)))
    assert [(one.file, one.line, one.field) for one in found] == ([(FILE, 2, "url")] if said else [])
    for one in found:
        assert said in one.message.en
        assert cure in one.hint.en
        assert cure in one.hint.vi
