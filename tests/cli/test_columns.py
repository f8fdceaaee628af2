"""Columns of a terminal: accents take no room, wide letters two, and no line is longer than it may be."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuonho.cli.status import cut, left, right, table, width, wrapped

NAME = "Vườn hộ bà Nguyễn Thị Hường"
WORDS = st.lists(
    st.text(st.characters(exclude_categories=("Cs", "Z", "C")), min_size=1, max_size=30), max_size=20
)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_an_accent_takes_no_room(form: str) -> None:
    """Composed or not, a name is as wide as its letters are many."""
    name = unicodedata.normalize("NFC" if form == "NFC" else "NFD", NAME)
    assert width(name) == len(unicodedata.normalize("NFC", NAME)) == 27
    assert (width(left(name, 30)), width(right(name, 30))) == (30, 30)
    assert cut(name, 12) == "Vườn hộ bà…"


def test_a_wide_letter_takes_two_cells() -> None:
    """And is never cut in two."""
    assert width("漢字") == 4
    assert cut("漢字漢字", 6) == "漢字…"
    assert cut("漢字", 4) == "漢字"


def test_pieces_stay_whole_where_a_line_can_hold_them() -> None:
    """One that no line holds is broken at its blanks."""
    assert wrapped(["aa bb;", "cc dd;", "ee"], "- ", "  ", 10) == ["- aa bb;", "  cc dd;", "  ee"]
    assert wrapped(["aaaa bbbb cccc"], "- ", "  ", 10) == ["- aaaa", "  bbbb", "  cccc"]
    assert wrapped(["a" * 20], "- ", "  ", 10) == ["- aaaaaaa…"]
    assert wrapped(["aaaa"], "a long first ", "  ", 14) == ["a long first", "  aaaa"]


@given(WORDS, st.integers(12, 80))
def test_no_line_is_wider_than_it_may_be(words: list[str], cells: int) -> None:
    """Whatever is typed, and no word is lost that fits."""
    lines = wrapped(words, "- ", "    ", cells)
    assert [line for line in lines if width(line) > cells] == []
    assert all(unicodedata.normalize("NFC", word) in "".join(lines) or word in "".join(lines)
               for word in words if width(word) <= cells - 4)  # fmt: skip


@given(
    st.lists(
        st.tuples(st.text(st.characters(exclude_categories=("Cs", "C"))), st.integers(0, 99999)), min_size=1
    )
)
def test_figures_stand_below_each_other(rows: list[tuple[str, int]]) -> None:
    """The names are cut, the figures never."""
    lines = table([(name, str(figure)) for name, figure in rows], 30)
    assert [line for line in lines if width(line) > 30] == []
    assert {width(line) for line in lines} == {width(lines[0])}
    assert [line.split()[-1] for line in lines] == [str(figure) for _, figure in rows]
