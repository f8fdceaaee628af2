"""Two registers put together: nothing that either says is lost."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from vuonho.register.memory import merged, with_missing
from vuonho.register.register import (
    COLUMNS,
    EARLIER,
    Register,
    Row,
    earlier_urls,
    parse_register,
    render_register,
)
from vuonho.register.rules import forgotten

GIVEN, FIRST, SECOND = date(2026, 10, 19), date(2026, 11, 1), date(2026, 11, 20)
OLD, NEW = "https://cu.example/482135/", "https://moi.example/482135/"


def row(code: str = "482135", **values: object) -> Row:
    """A row with some of its cells filled."""
    return Row(code, f"thon/{code}.yaml", GIVEN, **values)  # type: ignore[arg-type]


def one(mine: Row, older: Row) -> Row:
    """The row that comes of two."""
    return merged(Register((mine,)), Register((older,))).by_code[mine.code]


def test_rows_that_were_lost_come_back_at_the_end() -> None:
    """The order and the columns of today stay; those of the other come behind."""
    today = Register((row("259410"), row("482135")), (*COLUMNS, "ghi chú"), newline="\r\n", bom=True)
    older = Register((row("908594", more=(("xóm", "Đông"),)), row("482135")), (*COLUMNS, "xóm"))
    result = merged(today, older)
    assert [one.code for one in result.rows] == ["259410", "482135", "908594"]
    assert (result.columns[6:], result.newline, result.bom) == (("ghi chú", "xóm"), "\r\n", True)
    assert parse_register(render_register(result)).by_code["908594"].more[1] == ("xóm", "Đông")


def test_a_print_is_not_forgotten() -> None:
    """Whichever of the two knows of it."""
    printed = row(printed=FIRST, url=OLD, more=(("printed_size", "a6"),))
    for result in (one(row(), printed), one(printed, row())):
        assert (result.printed, result.url, dict(result.more)["printed_size"]) == (FIRST, OLD, "a6")


def test_the_later_print_counts_and_the_other_address_stays() -> None:
    """A plaque under the older address may still hang somewhere."""
    first = row(printed=FIRST, url=OLD, more=(("printed_size", "a6"),))
    second = row(printed=SECOND, url=NEW, more=(("printed_size", "a5"),))
    for result in (one(first, second), one(second, first)):
        assert (result.printed, result.url, dict(result.more)["printed_size"]) == (SECOND, NEW, "a5")
        assert earlier_urls(result) == (OLD,)
    assert EARLIER in merged(Register((first,)), Register((second,))).columns


def test_who_left_has_left() -> None:
    """In whichever of the two; a void code that was printed elsewhere cannot be void."""
    assert one(row(status="withdrawn"), row()).status == "withdrawn"
    assert one(row(), row(status="moved")).status == "moved"
    assert one(row(status="withdrawn"), row(status="moved")).status == "withdrawn"
    assert one(row(status="void"), row()).status == "void"
    assert one(row(), row(status="void")).status == "void"
    assert one(row(status="void"), row(printed=FIRST, url=OLD)).status == ""
    assert one(row(status="void"), row(printed=FIRST, url=OLD, status="withdrawn")).status == "withdrawn"


def test_the_teams_own_cells_are_filled() -> None:
    """What was written since stays, what was empty is filled."""
    mine, older = row(more=(("a", "1"), ("b", ""))), row(more=(("a", "2"), ("b", "3")))
    assert dict(one(mine, older).more) == {"a": "1", "b": "3"}


def test_only_what_is_missing() -> None:
    """Rows that are there stay as they are, whatever the other says of them."""
    result = with_missing(Register((row(),)), Register((row(status="withdrawn"), row("259410"))))
    assert [(one.code, one.status) for one in result.rows] == [("482135", ""), ("259410", "")]


ROWS = st.builds(
    lambda printed, second, status: row(
        printed=None if printed is None or status == "void" else printed,
        url="" if printed is None or status == "void" else (NEW if second else OLD),
        status=status,
    ),
    st.sampled_from([None, FIRST, SECOND]), st.booleans(), st.sampled_from(["", "withdrawn", "moved"]),
)  # fmt: skip


@given(ROWS, ROWS)
def test_neither_memory_misses_anything(mine: Row, older: Row) -> None:
    """What `check` compares the register with finds nothing lost, and to merge once more changes nothing."""
    result = merged(Register((mine,)), Register((older,)))
    if (mine.printed, older.printed) != (FIRST, FIRST) and (mine.printed, older.printed) != (SECOND, SECOND):
        assert forgotten(result, Register((older,))) == ()
    assert forgotten(result, Register((mine,))) == ()
    assert merged(result, Register((older,))).rows == result.rows
    assert parse_register(render_register(result)).rows == result.rows
