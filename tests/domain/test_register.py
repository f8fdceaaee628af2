"""The register of codes: its file, what it knows of prints, what must hold between it and profiles, what it remembers."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.errors import DataProblems, Problem, Severity
from vuonho.register.memory import corrected, forgotten, merged, salvaged, with_missing
from vuonho.register.register import (
    COLUMNS,
    EARLIER,
    PRINT_COLUMNS,
    Print,
    Register,
    Row,
    addresses,
    content_of,
    last_print,
    next_batch,
    normalize_url,
    parse_register,
    render_register,
    with_prints,
)
from vuonho.register.rules import ProfileStub, check_register

HEADER = "code,profile,given,printed,url,status\n"
BASE = "https://vuonmau.example/"
A, B, C = "482135", "913470", "572437"
GIVEN, PRINTED, LATER = date(2026, 11, 2), date(2026, 12, 1), date(2027, 1, 5)
URL = f"{BASE}{A}/"
PLAIN = (
    "code,profile,given,printed,url,status,ghi chú\n"
    f"482135,thon-a/huong.yaml,2026-11-02,2026-12-01,{URL},,biển thép\n"
    '913470,thon-a/ba.yaml,2026-11-03,,,withdrawn,"cổng sau, bên trái"\n'
)


def row(code: str = A, status: str = "", **values: object) -> Row:
    """Return a row, not printed unless `values` say so."""
    return replace(Row(code, f"thon-a/{code}.yaml", GIVEN, status=status), **values)  # type: ignore[arg-type]


def printed_row(code: str = A, status: str = "", url: str = "", day: date = PRINTED, **more: str) -> Row:
    """Return a printed row, with more columns."""
    return row(code, status, printed=day, url=url or f"{BASE}{code}/", more=tuple(more.items()))


def stub(
    code: str = A, *, consented: bool = True, withdrawn: bool = False, to: str | None = None
) -> ProfileStub:
    """Return what the register knows of a profile."""
    return ProfileStub(f"thon-a/{code}.yaml", code, consented, withdrawn, to)


def found(rows: list[Row], profiles: list[ProfileStub], base: str = BASE, *old: str) -> tuple[Problem, ...]:
    """Return what does not fit."""
    return check_register(Register(tuple(rows)), profiles, base, old)


# ---- the file


def test_a_register_is_read_and_written_as_it_was() -> None:
    """Rows keep their order, their line and the team's own columns; mark, line ends and quotes come back."""
    register = parse_register(PLAIN)
    assert [one.line for one in register.rows] == [2, 3]
    assert register.by_code[A] == Row(
        A, "thon-a/huong.yaml", GIVEN, PRINTED, URL, "", (("ghi chú", "biển thép"),)
    )
    for text in (PLAIN, "\ufeff" + PLAIN, PLAIN.replace("\n", "\r\n"), HEADER):
        assert render_register(parse_register(text)) == text
    assert render_register(parse_register("")) == HEADER


@each("prefix", ["", "sep=;\n", "\ufeff"])
def test_what_excel_saves_is_understood(prefix: str) -> None:
    """Semicolons, dates with the day first, a path of Windows, and empty columns at the end."""
    text = prefix + (
        "code;profile;given;printed;url;status;;\n"
        rf"482135;thon-a\huong.yaml;02/11/2026;1/12/2026;{URL};;;" + "\n"
    )
    assert parse_register(text).rows == (Row(A, "thon-a/huong.yaml", GIVEN, PRINTED, URL),)
    assert parse_register(text).columns == COLUMNS


@each(
    ("text", "wrong"),
    [
        (f"{HEADER}482135,a/a.yaml,2026-11-02,,\n", [(2, "", "has 5 cells instead of 6")]),
        (f"{HEADER}482135,a/a.yaml,2026-11-02,,,,x\n", [(2, "", "has 7 cells instead of 6")]),
        (f"{HEADER[:-1]},hung_on\n{A},a/a.yaml,2026-11-02,,,\n", [(2, "", "has 6 cells instead of 7")]),
        (f"{HEADER}482136,a/a.yaml,2026-11-02,,,\n", [(2, "code", "wrong digit")]),
        (f"{HEADER}\n4.82E+05,a/a.yaml,2026-11-02,,,\n", [(3, "code", "is no digit")]),
        (f"{HEADER}482135,,2026-11-02,,,\n", [(2, "profile", "is empty")]),
        (f"{HEADER}482135,V\ufffdn/a.yaml,2026-11-02,,,\n", [(2, "", "V")]),
        (f"{HEADER}482135,a/a.yaml,25/25/2026,,,\n", [(2, "given", "there is no month 25")]),
        (f"{HEADER}482135,a/a.yaml,2026-11-02,soon,{URL},\n", [(2, "printed", "cannot be read")]),
        (f"{HEADER}482135,a/a.yaml,2026-11-02,2026-12-01,{URL},void\n", [(2, "status", "cannot be void")]),
        (f"{HEADER}482135,a/a.yaml,2026-11-02,2026-12-01,,\n", [(2, "url", "its address is missing")]),
        (f"{HEADER}482135,a/a.yaml,2026-11-02,,{URL},\n", [(2, "printed", "no day of printing")]),
        (f'{HEADER}482135,"a/a.yaml,2026-11-02,,,\n', [(2, "", "Quotes")]),
        (HEADER + "482135,a/a.yaml,2026-11-02,,,\n" * 2, [(3, "code", "482135 is already on line 2.")]),
        ("profile,code,given,printed,url,status\n", [(1, "", HEADER[:-1])]),
        (f"{HEADER[:-1]},x,x\n482135,a/a.yaml,2026-11-02,,,\n", [(1, "", HEADER[:-1])]),
        (
            f"{HEADER}482136,a/a.yaml,2026-11-02,,,\n482135,a/a.yaml,x,,,what\n",
            [(2, "code", "wrong"), (3, "given", "x"), (3, "status", "no status “what”")],
        ),
        (
            f'{HEADER[:-1]},ghi chú\n{A},a/a.yaml,2026-11-02,,,,"hai\ndòng"\n48213,b.yaml,2026-11-02,,,,\n',
            [(4, "code", "digit")],  # as an editor counts lines
        ),
    ],
)
def test_what_is_wrong_is_named_all_at_once(text: str, wrong: list[tuple[int, str, str]]) -> None:
    """Each mistake with its line and column."""
    with pytest.raises(DataProblems) as caught:
        parse_register(text)
    problems = caught.value.problems
    assert [(one.line, one.field) for one in problems] == [(line, field) for line, field, _ in wrong]
    assert [
        said for one, (_, _, said) in zip(problems, wrong, strict=True) if said not in one.message.en
    ] == []
    assert {one.file for one in problems} == {"profiles/codes.csv"}


def test_a_changed_row_stays_in_its_place_and_a_new_one_comes_last() -> None:
    """Other rows are not touched by either; printed codes and those of families that left must answer."""
    before = parse_register(PLAIN)
    after = before.with_rows(replace(before.rows[0], status="moved"), row(C))
    expected = PLAIN.replace(f"{A}/,,", f"{A}/,moved,") + f"572437,thon-a/{C}.yaml,2026-11-02,,,,\n"
    assert (render_register(after), addresses(after)) == (expected, (A, B))


@given(st.text(alphabet=st.sampled_from('482135,;"\n\r=\t az/-E+.\ufeff'), max_size=200), st.booleans())
def test_any_text_is_a_register_or_named_problems(text: str, headed: bool) -> None:
    """Whatever the file holds, it is understood or its lines are named; and writing it is stable."""
    try:
        written = render_register(parse_register(HEADER * headed + text))
    except DataProblems as wrong:
        written = ""
        places = [one.line for one in wrong.problems if all(one.message) and all(one.hint)]
        assert len(places) == len(wrong.problems) > 0  # noqa: PT017
    assert written in ("", render_register(parse_register(written)))


# ---- what it knows of a print

NEW = Print(PRINTED, f"{BASE}{B}/", "a5", 2, "h0123456789ab")


def test_what_stands_for_the_words_of_a_plaque() -> None:
    """The same in every later version; another for each word; nothing that a spreadsheet takes for a number."""
    words = ("Vườn bà Hường", "Thôn Vườn Mẫu", URL)
    assert content_of(*words) == "hc65bba55d1ba"
    others = [
        ("Vườn bà Hương", *words[1:]),
        ("Vườn bà Hường ", *words[1:]),
        (words[0], "Thôn Vườn Mới", URL),
        (*words[:2], f"https://vuonmoi.example/{A}/"),
        ("Vườn bà Hường\nThôn", "Vườn Mẫu", URL),
        (unicodedata.normalize("NFD", words[0]), *words[1:]),
        *((f"Vườn {number}", "Thôn", URL) for number in range(300)),
    ]
    contents = {content_of(*one) for one in (words, *others)}
    assert len(contents) == len(others) + 1
    assert {(one[0], len(one), one.isalnum(), one.islower()) for one in contents} == {("h", 13, True, True)}


@each(
    ("typed", "plain"),
    [
        (f"HTTPS://VUONMAU.EXAMPLE/{A}//", URL),
        (f" {URL[:-1]} ", URL),
        ("https://x.example/Vuon/1", "https://x.example/Vuon/1/"),
        ("https://[x/1", "https://[x/1/"),
        ("", "/"),
    ],
)
def test_addresses_are_compared_as_they_lead(typed: str, plain: str) -> None:
    """Scheme and host have no case, and the last slash is often left out; a path keeps its case."""
    assert normalize_url(typed) == plain


def test_the_last_print() -> None:
    """Without a day there is none; of one by hand only day and address are known; cells may have spaces around them."""
    assert last_print(row(more=(("printed_batch", "3"),))) is None
    assert last_print(printed_row()) == Print(PRINTED, URL, "", 0, "")
    ours = printed_row(printed_size="a5 ", printed_batch=" 7", printed_content=" h12 ")
    assert last_print(ours) == Print(PRINTED, URL, "a5", 7, "h12")


@each(
    ("cells", "boards", "expected"),
    [([], (), 1), (["1", "3"], (), 4), (["", "x", "-5", "2.0", "٣", "12345678"], (), 1), (["2"], (5, 4), 6)],
)
def test_the_next_print_run_is_one_more_than_any(
    cells: list[str], boards: tuple[int, ...], expected: int
) -> None:
    """Of plaques and boards; what is no plain number counts for nothing."""
    rows = tuple(printed_row(str(number), printed_batch=cell) for number, cell in enumerate(cells))
    assert next_batch(Register(rows), boards) == expected


def test_a_print_is_recorded_and_nothing_else_changes() -> None:
    """The team's column stays where it is; ours come after it, once, empty for the others; marks and line ends stay."""
    text = "\ufeff" + PLAIN.replace("withdrawn", "").replace("\n", "\r\n")
    once = with_prints(parse_register(text), [(B, NEW)])
    columns = "printed_size,printed_batch,printed_content"
    assert render_register(once) == (
        f"\ufeffcode,profile,given,printed,url,status,ghi chú,{columns}\r\n"
        f"482135,thon-a/huong.yaml,2026-11-02,2026-12-01,{URL},,biển thép,,,\r\n"
        f'913470,thon-a/ba.yaml,2026-11-03,2026-12-01,{BASE}{B}/,,"cổng sau, bên trái",a5,2,h0123456789ab\r\n'
    )
    again = replace(NEW, batch=3, content="hfff")
    moved = replace(once, columns=(*COLUMNS, "printed_content", "ghi chú", "printed_batch", "printed_size"))
    second = with_prints(moved, [(B, again)])
    assert (second.columns, last_print(second.by_code[B])) == (moved.columns, again)
    taken = with_prints(parse_register(PLAIN.replace("ghi chú", "printed_size")), [(B, NEW)])
    assert taken.columns == (*COLUMNS, *PRINT_COLUMNS)
    assert [one.cell("printed_size") for one in taken.rows] == ["biển thép", "a5"]


# ---- the rules


def test_a_register_and_profiles_in_order() -> None:
    """Active, withdrawn, moved twice, not yet agreed and renamed households may all stand together."""
    rows = [
        printed_row(A),
        printed_row(B, "withdrawn"),
        row(C),
        printed_row("12345671", "moved"),
        row("10008", "void"),
    ]
    profiles = [stub(A), stub(C, consented=False), stub("12345671", consented=False, to=A)]
    assert found(rows, profiles) == ()
    assert found(rows, [replace(profiles[0], path="thon-b/moi.yaml"), *profiles[1:]]) == ()
    assert (
        found(
            [printed_row(A, "moved"), printed_row(B, "moved"), row(C)],
            [stub(A, to=B), stub(B, to=C), stub(C)],
        )
        == ()
    )
    assert found([printed_row()], [stub(consented=False, withdrawn=True)]) == ()
    assert found([row()], [stub(consented=False)]) == ()


PROFILE, REGISTER = f"thon-a/{A}.yaml", "codes.csv"


@each(
    ("rows", "profiles", "wrong"),
    [
        ([], [stub()], [(PROFILE, "code", "vuonho assign")]),
        ([replace(printed_row(), line=7)], [], [(REGISTER, "profile", "vuonho withdraw")]),
        ([row()], [], [(REGISTER, "profile", "vuonho remove")]),
        (
            [printed_row(A), row(B)],
            [ProfileStub(PROFILE, B, consented=True, withdrawn=False)],
            [(PROFILE, "code", "it now has 913470. A code never changes: write code: 482135 again.")],
        ),
        ([printed_row(A, "moved")], [], [(REGISTER, "status", "nobody knows where")]),
        (
            [row(A)],
            [stub(A), ProfileStub("thon-b/copy.yaml", A, consented=True, withdrawn=False)],
            [("thon-b/copy.yaml", "code", PROFILE)],
        ),
        ([row(A, "void")], [stub(A)], [(PROFILE, "code", "void")]),
        ([printed_row(A, "withdrawn")], [stub(A)], [(PROFILE, "withdrawn", "has left")]),
        ([printed_row(A, "moved")], [stub(A)], [(PROFILE, "withdrawn", "has left")]),
        ([printed_row()], [stub(consented=False)], [(PROFILE, "consent.given", "withdraw 482135")]),
    ],
)
def test_what_does_not_fit(
    rows: list[Row], profiles: list[ProfileStub], wrong: list[tuple[str, str, str]]
) -> None:
    """Each with the file to be looked at and the way out that fits."""
    problems = found(rows, profiles)
    assert [(one.file, one.field) for one in problems] == [
        (f"profiles/{file}", field) for file, field, _ in wrong
    ]
    assert {one.severity for one in problems} == {Severity.ERROR}
    for one, (_, _, said) in zip(problems, wrong, strict=True):
        assert said in f"{one.message.en} {one.hint.en}"


@each(
    ("url", "old", "said"),
    [
        ("https://VUONMAU.EXAMPLE/482135", (), ""),
        ("https://cu.example/vuon/482135/", ("https://cu.example/vuon/",), ""),
        ("https://cu.example/482135/", ("https://cu.example/vuon/",), "previous_urls"),
        ("https://cu.example/Vuon/482135/", ("https://cu.example/vuon/",), "previous_urls"),
        ("https://vuonmau.example/913470/", (), "ends in 482135/"),
        ("https://[/482135/", (), "previous_urls"),
    ],
)
def test_addresses_that_answer_and_that_do_not(url: str, old: tuple[str, ...], said: str) -> None:
    """That of the site and its former ones, in capitals as the codes print them; any other stops the build."""
    problems = found([printed_row(url=url)], [stub()], BASE, *old)
    assert [(one.field, one.file, said in one.hint.en) for one in problems] == (
        [("url", "profiles/codes.csv", True)] if said else []
    )


@each(
    ("target", "others", "said"),
    [
        (A, [], "come back to this one"),
        (B, [], "No household has the code 913470"),
        (B, [stub(B, withdrawn=True)], "has no page"),
        (B, [stub(B, consented=False)], "has no page"),
        (B, [stub(B, to=A)], "come back to this one"),
        (C, [], "has no page"),
        ("12345671", [stub("12345671")], "has no page"),
    ],
)
def test_moving_to_nowhere(target: str, others: list[ProfileStub], said: str) -> None:
    """A move to itself, to nobody, to a closed page or a void code, or in a ring is refused."""
    rows = [
        printed_row(A),
        *(row(other.code, "void" * (other.code == "12345671")) for other in others),
        row(C, "withdrawn"),
    ]
    problems = [one for one in found(rows, [stub(A, to=target), *others]) if f"{A}.yaml" in one.file]
    assert [(one.field, said in one.message.en) for one in problems] == [("moved_to", True)]


codes = st.sampled_from([A, B, C, "12345671", ""])
stubs = st.builds(ProfileStub, st.sampled_from(["a.yaml", "b.yaml"]), codes, st.booleans(), st.booleans(),
                  st.none() | codes)  # fmt: skip
some_rows = st.builds(printed_row, codes.filter(bool), st.sampled_from(["", "withdrawn", "moved"]))


@given(st.lists(some_rows, max_size=5, unique_by=lambda one: one.code), st.lists(stubs, max_size=6))
def test_every_printed_code_is_answered_or_explained(printed: list[Row], profiles: list[ProfileStub]) -> None:
    """Without problems each printed code has one page, notice or way on."""
    if found(printed, profiles):
        return
    for one in printed:
        answers = [each for each in profiles if each.code == one.code]
        assert len(answers) <= 1
        assert one.status == "withdrawn" or answers[0].is_explained


# ---- what the register said before


@each(
    ("old", "new"),
    [
        (row(), printed_row()),
        (row(), row(status="withdrawn")),
        (row(), row(status="void")),
        (row(status="void"), row(status="void")),
        (row(), row(profile="thon-b/khac.yaml")),
        (printed_row(), printed_row(status="withdrawn")),
        (printed_row(), printed_row(day=LATER, url="https://moi.example/482135/")),
    ],
)
def test_what_may_change_in_a_row(old: Row, new: Row) -> None:
    """A print, a leaving, a moved file, a later print; and new rows beside it."""
    assert forgotten(Register((row(B), new)), Register((old,))) == ()


@each(
    ("old", "new", "field"),
    [
        (printed_row(), row(), "printed"),
        (row(status="withdrawn"), row(), "status"),
        (printed_row(), printed_row(day=GIVEN), "printed"),
        (printed_row(), printed_row(url="https://moi.example/482135/"), "url"),
        (printed_row(), row(status="void", given=LATER), "given"),
        (row(status="void"), row(), "status"),
        (row(status="void"), row(status="withdrawn"), "status"),
        (row(profile="xóm/bà.yaml"), row(profile="x?m/b?.yaml"), "profile"),
        (row(more=(("ghi chú", "cổng đỏ"),)), row(more=(("ghi chú", "cong d?"),)), ""),
        (row(), row(B), "code"),
    ],
)
def test_what_may_not_change_is_said_and_put_back(old: Row, new: Row, field: str) -> None:
    """An error on the row's own line, one of the file for a row that is gone; corrected, the row is in its place."""
    is_gone = new.code != old.code
    was = Register((row(C), old, row("12345671")))
    now = Register(
        (row(C), replace(new, line=7), row("12345671")) if not is_gone else (row(C), row("12345671"), new)
    )
    (problem,) = forgotten(now, was)
    assert (problem.field, problem.file, problem.line, problem.severity) == (
        field, "profiles/codes.csv", None if is_gone else 7, Severity.ERROR,
    )  # fmt: skip
    assert "vuonho assign" in problem.hint.en
    after = corrected(now, was)
    assert (after.rows[:3], after.rows[3:]) == (was.rows, (new,) if is_gone else ())
    assert (forgotten(after, was), corrected(after, was)) == ((), after)


def test_what_changed_in_many_rows_is_said_once() -> None:
    """With the first of them; a register that lost all is one sentence, and starting afresh only for the unprinted."""
    was = Register((printed_row(A), printed_row(B), printed_row(C)))
    (problem,) = forgotten(Register((row(A), row(B), row(C))), was)
    assert "So with 2 more." in problem.message.en
    (both,) = forgotten(Register(), Register((row(), row(B))))
    (printed,) = forgotten(Register(), Register((row(), printed_row(B))))
    assert (both.message.en, "afresh" in both.hint.en, "afresh" in printed.hint.en) == (
        "The register codes.csv has lost the 2 codes once given.", True, False,
    )  # fmt: skip
    assert forgotten(Register(), Register()) == ()


@each(
    ("line", "is_saved"),
    [
        ("4,82E+05,thon-a/482135.yaml,2026-11-02,,,", True),
        ("482135,thon-a/x.yaml,hôm qua,,,", True),
        ("913470,thon-a/x.yaml,hôm qua,,,", False),
        ("482135,thon-a/482135.yaml,2026-11-02,,,\n482135,thon-a/482135.yaml,2026-11-02,,,", True),
        ('482135,"thon-a', True),
    ],
)
def test_a_damaged_register_is_saved_where_nothing_can_be_lost(line: str, is_saved: bool) -> None:
    """A line that cannot be read must be one that is remembered; those that can be read are kept."""
    was, new = Register((row(A),)), row("12345671")
    text = HEADER + f"12345671,{new.profile},2026-11-02,,,\n{line}\n"
    with pytest.raises(DataProblems):
        parse_register(text)
    saved = salvaged(text, was)
    assert (saved and {*saved.rows}) == ({row(A), new} if is_saved else None)


# ---- two registers put together

OLD_URL, NEW_URL = "https://cu.example/482135/", "https://moi.example/482135/"


def one_of(mine: Row, older: Row) -> Row:
    """Return the row that comes of two."""
    return merged(Register((mine,)), Register((older,))).by_code[mine.code]


def test_rows_that_were_lost_come_back_at_the_end() -> None:
    """The order and the columns of today stay; those of the other come behind; rows that are there stay if so wished."""
    today = Register((row("259410"), row(A)), (*COLUMNS, "ghi chú"), newline="\r\n", bom=True)
    older = Register((row("908594", more=(("xóm", "Đông"),)), row(A, "withdrawn")), (*COLUMNS, "xóm"))
    result = merged(today, older)
    assert [one.code for one in result.rows] == ["259410", A, "908594"]
    assert (result.columns[6:], result.newline, result.bom) == (("ghi chú", "xóm"), "\r\n", True)
    assert parse_register(render_register(result)).by_code["908594"].cell("xóm") == "Đông"
    assert (result.by_code[A].status, with_missing(today, older).by_code[A].status) == ("withdrawn", "")


def test_a_row_that_is_gone_comes_back_behind_the_one_that_it_followed() -> None:
    """Wherever it stood, and however the others were sorted meanwhile; what is new keeps its place."""
    before = Register(
        tuple(Row(code, f"thon-a/{code}.yaml", GIVEN) for code in (C, A, B, "100018", "100020"))
    )
    new = Row("100035", "thon-a/moi.yaml", GIVEN)
    now = Register((before.by_code["100018"], new, before.by_code[A]))
    found = corrected(now, before)
    assert [row.code for row in found.rows] == [C, "100018", "100020", "100035", A, B]
    assert forgotten(found, before) == ()


def test_of_two_rows_nothing_is_lost() -> None:
    """The later print, and the address of the other; the team's cells; who left has left; what is printed is not void."""
    first = printed_row(url=OLD_URL, day=GIVEN, printed_size="a6")
    second = printed_row(url=NEW_URL, printed_size="a5")
    for result in (one_of(row(), first), one_of(first, row())):
        assert (result.printed, result.url, result.cell("printed_size")) == (GIVEN, OLD_URL, "a6")
    for result in (one_of(first, second), one_of(second, first)):
        assert (result.printed, result.url, result.cell("printed_size")) == (PRINTED, NEW_URL, "a5")
        assert result.earlier_urls == (OLD_URL,)
    assert EARLIER in merged(Register((first,)), Register((second,))).columns
    mine, older = row(more=(("a", "1"), ("b", ""))), row(more=(("a", "2"), ("b", "3")))
    assert dict(one_of(mine, older).more) == {"a": "1", "b": "3"}
    statuses = {
        ("withdrawn", ""): "withdrawn", ("", "moved"): "moved", ("withdrawn", "moved"): "withdrawn",
        ("void", ""): "void", ("", "void"): "void",
    }  # fmt: skip
    assert {pair: one_of(row(status=pair[0]), row(status=pair[1])).status for pair in statuses} == statuses
    assert one_of(row(status="void"), first).status == ""
    assert one_of(row(status="void"), replace(first, status="withdrawn")).status == "withdrawn"


ROWS = st.builds(
    lambda day, url, status: printed_row(status=status, url=url, day=day) if day else row(status=status),
    st.sampled_from([None, GIVEN, PRINTED]), st.sampled_from([OLD_URL, NEW_URL]), st.sampled_from(["", "withdrawn", "moved"]),
)  # fmt: skip


@given(ROWS, ROWS)
def test_neither_memory_misses_anything(mine: Row, older: Row) -> None:
    """What `check` compares the register with finds nothing lost, and to merge once more changes nothing."""
    result = merged(Register((mine,)), Register((older,)))
    if mine.printed is None or mine.printed != older.printed:
        assert forgotten(result, Register((older,))) == ()
    assert forgotten(result, Register((mine,))) == ()
    assert merged(result, Register((older,))).rows == result.rows
    assert parse_register(render_register(result)).rows == result.rows
