"""The register of codes: its file, and what must hold between it and the profiles."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.errors import DataProblems, Problem, Severity
from vuonho.register.memory import corrected, salvaged
from vuonho.register.register import COLUMNS, Register, Row, addresses, parse_register, render_register
from vuonho.register.rules import ProfileStub, check_register, forgotten

HEADER = "code,profile,given,printed,url,status\n"
BASE = "https://vuonmau.example/"
A, B, C = "482135", "913470", "572437"
GIVEN, PRINTED = date(2026, 11, 2), date(2026, 12, 1)
PLAIN = (
    "code,profile,given,printed,url,status,ghi chú\n"
    "482135,thon-a/huong.yaml,2026-11-02,2026-12-01,https://vuonmau.example/482135/,,biển thép\n"
    '913470,thon-a/ba.yaml,2026-11-03,,,withdrawn,"cổng sau, bên trái"\n'
)


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(DataProblems) as caught:
        parse_register(text)
    return caught.value.problems


def printed_row(code: str = A, status: str = "", url: str | None = None) -> Row:
    return Row(code, f"thon-a/{code}.yaml", GIVEN, PRINTED, url or f"{BASE}{code}/", status)


def row(code: str = A, status: str = "") -> Row:
    return Row(code, f"thon-a/{code}.yaml", GIVEN, status=status)


def stub(
    code: str = A, *, consented: bool = True, withdrawn: bool = False, to: str | None = None
) -> ProfileStub:
    return ProfileStub(f"thon-a/{code}.yaml", code, consented, withdrawn, to)


def found(rows: list[Row], profiles: list[ProfileStub], base: str = BASE, *old: str) -> tuple[Problem, ...]:
    return check_register(Register(tuple(rows)), profiles, base, old)


def english(findings: tuple[Problem, ...]) -> list[str]:
    return [f"{finding.field}: {finding.message.en} {finding.hint.en}" for finding in findings]


# ---- the file


def test_a_register_is_read() -> None:
    """Rows keep their order, their line and the team's own columns."""
    register = parse_register(PLAIN)
    assert [one.line for one in register.rows] == [2, 3]
    assert register.by_code["482135"] == Row(
        A, "thon-a/huong.yaml", GIVEN, PRINTED, f"{BASE}482135/", "", (("ghi chú", "biển thép"),)
    )


@each("text", [PLAIN, "\ufeff" + PLAIN, PLAIN.replace("\n", "\r\n"), HEADER])
def test_reading_and_writing_changes_nothing(text: str) -> None:
    """A byte order mark, CRLF, own columns and quotes come back as they were."""
    assert render_register(parse_register(text)) == text


def test_an_empty_file_is_an_empty_register() -> None:
    """A new project may have an empty register."""
    assert render_register(parse_register("")) == HEADER


@pytest.mark.parametrize("prefix", ["", "sep=;\n", "\ufeff"])
def test_what_excel_saves_is_understood(prefix: str) -> None:
    """Semicolons, dates with the day first, and empty columns at the end are still the same register."""
    text = prefix + (
        "code;profile;given;printed;url;status;;\n"
        "482135;thon-a/huong.yaml;02/11/2026;1/12/2026;https://vuonmau.example/482135/;;;\n"
    )
    only = Row(A, "thon-a/huong.yaml", GIVEN, PRINTED, f"{BASE}482135/")
    assert parse_register(text).rows == (only,)
    assert parse_register(text).columns == COLUMNS


def test_a_path_from_windows() -> None:
    """A backslash typed on Windows is the same path."""
    assert parse_register(HEADER + r"482135,thon-a\a.yaml,2026-11-02,,,").rows[0].profile == "thon-a/a.yaml"


@each(
    ("lines", "where", "said"),
    [
        ("482135,a/a.yaml,2026-11-02,,\n", (2, ""), "has 5 cells instead of 6"),
        ("482135,a/a.yaml,2026-11-02,,,,x\n", (2, ""), "has 7 cells instead of 6"),
        ("482136,a/a.yaml,2026-11-02,,,\n", (2, "code"), "wrong digit"),
        ("\n4821,a/a.yaml,2026-11-02,,,\n", (3, "code"), "has 4 digits"),
        ("4.82E+05,a/a.yaml,2026-11-02,,,\n", (2, "code"), "Excel turned the code"),
        ("482135,,2026-11-02,,,\n", (2, "profile"), "names no profile"),
        ("482135,a/a.yaml,25/25/2026,,,\n", (2, "given"), "there is no month 25"),
        ("482135,a/a.yaml,,,,\n", (2, "given"), "Nothing is written"),
        ("482135,a/a.yaml,2026-11-02,soon,https://x.example/482135/,\n", (2, "printed"), "cannot be read"),
        ("482135,a/a.yaml,2026-11-02,,,gone\n", (2, "status"), "no status “gone”"),
        (
            "482135,a/a.yaml,2026-11-02,2026-12-01,https://x.example/482135/,void\n",
            (2, "status"),
            "cannot be void",
        ),
        ("482135,a/a.yaml,2026-11-02,2026-12-01,,\n", (2, "url"), "its address is missing"),
        ("482135,a/a.yaml,2026-11-02,,https://x.example/482135/,\n", (2, "printed"), "no day of printing"),
        ('482135,"a/a.yaml,2026-11-02,,,\n', (2, ""), "Quotes"),
    ],
)
def test_what_is_wrong_on_a_line(lines: str, where: tuple[int, str], said: str) -> None:
    """Each mistake is named with its line and column."""
    (problem,) = problems(HEADER + lines)
    assert (problem.line, problem.field) == where
    assert said in problem.message.en


def test_a_code_on_two_lines() -> None:
    """The second line of a code names the first."""
    line = "482135,a/a.yaml,2026-11-02,,,\n"
    (problem,) = problems(HEADER + line + line)
    assert (problem.file, problem.line, problem.message.en) == (
        "profiles/codes.csv",
        3,
        "Code 482135 is already on line 2.",
    )


@pytest.mark.parametrize(
    "header", ["profile,code,given,printed,url,status", "code,profile", HEADER[:-1] + ",x,x"]
)
def test_a_header_that_names_other_columns(header: str) -> None:
    """The six columns must come first, in their order, and every name once."""
    (problem,) = problems(header + "\n482135,a/a.yaml,2026-11-02,,,\n")
    assert (problem.line, HEADER[:-1] in problem.message.en) == (1, True)


def test_all_problems_are_told_at_once() -> None:
    """One reading gives every line's problem."""
    text = HEADER + "482136,a/a.yaml,2026-11-02,,,\n482135,a/a.yaml,x,,,what\n"
    assert [(one.line, one.field) for one in problems(text)] == [(2, "code"), (3, "given"), (3, "status")]


def test_lines_are_counted_as_an_editor_does() -> None:
    """A cell of two lines does not shift the numbers of the lines after it."""
    text = HEADER[:-1] + f',ghi chú\n{A},a/a.yaml,2026-11-02,,,,"hai\ndòng"\n{A[:-1]},b.yaml,2026-11-02,,,,\n'
    assert [one.line for one in problems(text)] == [4]


def test_a_changed_row_stays_in_its_place_and_a_new_one_comes_last() -> None:
    """Other rows are not touched by either."""
    before = parse_register(PLAIN)
    after = before.with_row(replace(before.rows[0], status="moved")).with_row(row(C))
    expected = PLAIN.replace(f"{A}/,,", f"{A}/,moved,") + f"572437,thon-a/{C}.yaml,2026-11-02,,,,\n"
    assert render_register(after) == expected


def test_what_must_answer() -> None:
    """Printed codes and those of families that left must answer; unprinted and void ones need not."""
    rows = (printed_row(A), row(B, "withdrawn"), row(C), row("12345671", "void"))
    assert addresses(Register(rows)) == (A, B)


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


# ---- the rules


def test_a_register_and_profiles_in_order() -> None:
    """Active, withdrawn, moved and not yet agreed households may all stand together."""
    rows = [printed_row(A), printed_row(B, "withdrawn"), row(C), printed_row("12345671", "moved")]
    profiles = [stub(A), stub(C, consented=False), stub("12345671", consented=False, to=A)]
    assert found(rows, profiles) == ()


def test_a_code_that_was_never_registered() -> None:
    """A code in no row is cured by assign."""
    (finding,) = found([], [stub()])
    assert (finding.file, finding.field, finding.severity) == (
        "profiles/thon-a/482135.yaml",
        "code",
        Severity.ERROR,
    )
    assert "vuonho assign" in finding.hint.vi


@pytest.mark.parametrize(("one", "way"), [(printed_row(), "vuonho withdraw"), (row(), "vuonho remove")])
def test_a_profile_that_vanished(one: Row, way: str) -> None:
    """A vanished household is named in the register, with the way out that fits."""
    (finding,) = found([replace(one, line=7)], [])
    assert (finding.file, finding.line, finding.field) == ("profiles/codes.csv", 7, "profile")
    assert f"{A}.yaml" in finding.message.vi
    assert way in finding.hint.vi


def test_a_changed_code_is_recognised() -> None:
    """A profile whose code was overwritten is told its old code."""
    profile = ProfileStub("thon-a/482135.yaml", B, True, False)
    said = english(found([printed_row(A), row(B)], [profile]))
    assert said == [
        (
            "code: “thon-a/482135.yaml” was given 482135, it now has 913470. "
            "A code never changes: write code: 482135 again."
        )
    ]


def test_the_register_alone_keeps_a_withdrawal() -> None:
    """A withdrawn household needs no profile, and one renamed is the same household."""
    renamed = ProfileStub("thon-b/moi.yaml", A, True, False)
    assert found([printed_row(A), printed_row(B, "withdrawn"), row(C, "void")], [renamed]) == ()


def test_a_move_without_its_profile() -> None:
    """A moved household whose profile is gone leads nowhere."""
    said = english(found([printed_row(A, "moved")], []))
    assert [one.split(" Take")[0] for one in said] == ["status: Code 482135 moved, nobody knows where."]


def test_a_code_used_by_two_profiles() -> None:
    """The second profile is named together with the first."""
    copy = ProfileStub("thon-b/copy.yaml", A, True, False)
    (finding,) = found([row(A)], [stub(A), copy])
    assert finding.file == "profiles/thon-b/copy.yaml"
    assert "thon-a/482135.yaml" in finding.message.vi


def test_a_void_code_is_never_used_again() -> None:
    """A profile that carries a void code must get a new one."""
    (finding,) = found([row(A, "void")], [stub(A)])
    assert "void" in finding.message.en


@pytest.mark.parametrize("status", ["withdrawn", "moved"])
def test_a_household_that_left_does_not_come_back_by_an_old_file(status: str) -> None:
    """A profile restored from a backup does not show again a family that left."""
    said = english(found([printed_row(A, status)], [stub(A)]))
    assert [one.split(":")[0] for one in said] == ["withdrawn"]


def test_the_consent_of_a_printed_household_is_not_just_emptied() -> None:
    """Withdrawing is the way, so that the plaque still answers; before printing it is no matter."""
    (finding,) = found([printed_row()], [stub(consented=False)])
    assert (finding.field, "withdraw 482135" in finding.hint.vi) == ("consent.given", True)
    assert found([row()], [stub(consented=False)]) == ()
    assert found([printed_row()], [stub(consented=False, withdrawn=True)]) == ()


@each(
    ("url", "old"),
    [
        ("https://vuonmau.example/482135/", ()),
        ("https://VUONMAU.EXAMPLE/482135/", ()),
        ("https://vuonmau.example/482135", ()),
        ("https://cu.example/vuon/482135/", ("https://cu.example/vuon/",)),
    ],
)
def test_addresses_that_still_answer(url: str, old: tuple[str, ...]) -> None:
    """The address of the site and its declared former ones are known, in capitals as the codes print them."""
    assert found([printed_row(url=url)], [stub()], BASE, *old) == ()


@each(
    ("url", "said"),
    [
        ("https://cu.example/482135/", "previous_urls"),
        ("https://cu.example/Vuon/482135/", "previous_urls"),
        ("https://vuonmau.example/913470/", "ends in 482135/"),
        ("https://[/482135/", "previous_urls"),
    ],
)
def test_addresses_that_no_longer_answer(url: str, said: str) -> None:
    """A base_url changed after printing stops the build and names previous_urls."""
    (finding,) = found([printed_row(url=url)], [stub()], BASE, "https://cu.example/vuon/")
    assert (finding.field, finding.file) == ("url", "profiles/codes.csv")
    assert said in finding.hint.en


@each(
    ("target", "others", "said"),
    [
        (A, [], "moves to itself"),
        (B, [], "No household has the code 913470"),
        (B, [stub(B, withdrawn=True)], "has no page"),
        (B, [stub(B, consented=False)], "has no page"),
        (B, [stub(B, to=A)], "come back to this one"),
        (C, [], "has no page"),
    ],
)
def test_moving_to_nowhere(target: str, others: list[ProfileStub], said: str) -> None:
    """A move to itself, to nobody, to a closed page or in a ring is refused."""
    rows = [printed_row(A), *(row(other.code) for other in others), row(C, "withdrawn")]
    said_of_a = [one for one in found(rows, [stub(A, to=target), *others]) if f"{A}.yaml" in one.file]
    assert [(one.field, said in one.message.en) for one in said_of_a] == [("moved_to", True)]


def test_moving_to_a_void_code() -> None:
    """A code given up before printing is no place to go, whoever carries it."""
    said = english(found([printed_row(A), row(B, "void")], [stub(A, to=B), stub(B)]))
    assert [one.split(":")[0] for one in said] == ["code", "moved_to"]


def test_moving_twice_is_allowed() -> None:
    """A household may move on to one that moved on, as long as the last has a page."""
    rows = [printed_row(A, "moved"), printed_row(B, "moved"), row(C)]
    assert found(rows, [stub(A, to=B), stub(B, to=C), stub(C)]) == ()


codes = st.sampled_from([A, B, C, "12345671", ""])
stubs = st.builds(ProfileStub, st.sampled_from(["a.yaml", "b.yaml"]), codes, st.booleans(), st.booleans(),
                  st.none() | codes)  # fmt: skip
rows = st.builds(row, codes.filter(bool), st.sampled_from(["", "withdrawn", "moved", "void"]))


@given(st.lists(rows, max_size=5, unique_by=lambda one: one.code), st.lists(stubs, max_size=6))
def test_every_printed_code_is_answered_or_explained(some: list[Row], profiles: list[ProfileStub]) -> None:
    """Without findings each printed code has one page, notice or way on."""
    printed = [
        replace(one, printed=PRINTED, url=f"{BASE}{one.code}/") for one in some if one.status != "void"
    ]
    if found(printed, profiles):
        return
    for one in printed:
        answers = [each for each in profiles if each.code == one.code]
        assert len(answers) <= 1
        assert one.status == "withdrawn" or (
            answers[0].is_shown or answers[0].withdrawn or answers[0].moved_to is not None
        )


# ---- what the register said before


LATER = date(2027, 1, 5)


@each(
    ("old", "new"),
    [
        (row(), printed_row()),
        (row(), row(status="withdrawn")),
        (row(), row(status="void")),
        (row(status="void"), row(status="void")),
        (row(), replace(row(), profile="thon-b/khac.yaml")),
        (printed_row(), printed_row(status="withdrawn")),
        (printed_row(), replace(printed_row(), printed=LATER)),
        (printed_row(), replace(printed_row(), printed=LATER, url="https://moi.example/482135/")),
    ],
)
def test_what_may_change_in_a_row(old: Row, new: Row) -> None:
    """A print, a leaving, a moved file, a later print; and new rows beside it."""
    assert forgotten(Register((row(B), new)), Register((old,))) == ()


@each(
    ("old", "new", "fields"),
    [
        (printed_row(), row(), ["printed"]),
        (row(status="withdrawn"), row(), ["status"]),
        (printed_row(), replace(printed_row(), printed=GIVEN), ["printed"]),
        (printed_row(), replace(printed_row(), url="https://moi.example/482135/"), ["url"]),
        (printed_row(), replace(row(status="void"), given=LATER), ["given", "printed"]),
        (row(status="void"), row(), ["status"]),
        (row(status="void"), row(status="withdrawn"), ["status"]),
        (row(), row(B), ["code"]),
    ],
)
def test_what_may_not_change_in_a_row(old: Row, new: Row, fields: list[str]) -> None:
    """Each change is an error on the row's own line, a row that is gone one of the file."""
    found = forgotten(Register((replace(new, line=7),)), Register((old,)))
    assert fields == [finding.field for finding in found]
    assert {("profiles/codes.csv", None if fields == ["code"] else 7, Severity.ERROR)} == {
        (finding.file, finding.line, finding.severity) for finding in found
    }


@each(
    ("old", "new"),
    [
        (printed_row(), row()),
        (printed_row(), replace(printed_row(), printed=GIVEN)),
        (printed_row(), replace(printed_row(), url="https://moi.example/482135/")),
        (printed_row(), replace(row(status="void"), given=LATER)),
        (row(status="void"), row(status="withdrawn")),
        (row(), row(B)),
    ],
)
def test_what_is_forgotten_is_mended(old: Row, new: Row) -> None:
    """The row is as it was, in its place, and nothing is forgotten any more; what is new stays."""
    was = Register((row(C), old, row("12345671")))
    now = Register((row(C), new, row("12345671")) if new.code == old.code else (row(C), row("12345671"), new))
    after = corrected(now, was)
    assert after.rows[:3] == was.rows
    assert after.rows[3:] == (() if new.code == old.code else (new,))
    assert (forgotten(after, was), corrected(after, was)) == ((), after)


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


def test_a_register_that_lost_all_is_told_once() -> None:
    """One sentence, and starting afresh is offered only before the first print."""
    (both,) = forgotten(Register(), Register((row(), row(B))))
    (printed,) = forgotten(Register(), Register((row(), printed_row(B))))
    assert (both.message.en, "afresh" in both.hint.en, "afresh" in printed.hint.en) == (
        "The register codes.csv has lost the 2 codes once given.", True, False,
    )  # fmt: skip
    assert forgotten(Register(), Register()) == ()
