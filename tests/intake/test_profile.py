"""One file becomes a household, or a list of what is wrong with it."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.errors import Severity
from vuonho.model.household import Departed, Household
from vuonho.project.profile import parse_profile, read_profile

FILE = "profiles/vuon/huong.yaml"
LEAST = """code: "482135"
name: Vườn bà Hường
consent: {given: 2026-10-20, by: Nguyễn Thị Hường, how: paper}
location: {address: Xóm Đông}
garden: {crops: [Bưởi]}
checked: 2026-11-02
"""


@each("typed", ["482135", '"482135"', "482 135", '" 482135 "', "4 8 2 1 3 5", "482\u00a0135"])
def test_the_code_is_read_as_the_schema_reads_it(typed: str) -> None:
    """However a code is spaced, the profile is known by the same code as its household."""
    profile = parse_profile(LEAST.replace('"482135"', typed), FILE, "vuon")
    assert isinstance(profile.record, Household)
    assert (profile.code, profile.record.code) == ("482135", "482135")


@each("typed", ["", "~", "482136", "[482135]", "{a: 482135}", "không", "48213५"])
def test_a_wrong_code_is_no_code(typed: str) -> None:
    """What is no code is not taken for one."""
    assert parse_profile(LEAST.replace('"482135"', typed), FILE, "vuon").code == ""


@pytest.mark.parametrize(
    ("line", "expected"), [("withdrawn: 2026-11-01", "2026-11-01 None"), ("moved_to: 908594", "None 908594")]
)
def test_a_household_that_left_may_keep_or_drop_the_rest(line: str, expected: str) -> None:
    """Three lines are enough, and old fields, wrong ones too, are not read."""
    old = "name: [x]\nstory: CCCD 042190001234\nphotos: [weg.jpg]\n"
    for kept in ("", old):
        text = f'code: "482135"\n{line}\n{kept}checked: 2026-11-02\n'
        profile = parse_profile(text, FILE, "vuon")
        assert profile.problems == ()
        assert isinstance(profile.record, Departed)
        assert expected == f"{profile.record.withdrawn} {profile.record.moved_to}"


def test_leaving_in_two_ways_is_refused() -> None:
    """Withdrawn and moved at once cannot both be shown."""
    profile = parse_profile("withdrawn: 2026-11-01\nmoved_to: 908594\n" + LEAST, FILE, "vuon")
    assert [(p.line, p.field) for p in profile.problems] == [(2, "moved_to")]
    assert profile.record is None


def test_what_stands_after_checked_is_doubtful() -> None:
    """A file that was cut off is known by the lack of its last line, so nothing may follow it."""
    (problem,) = parse_profile(LEAST + "visits: {welcome: yes}\n", FILE, "vuon").problems
    assert (problem.line, problem.field, problem.severity) == (7, "visits", Severity.WARNING)


def test_composition_and_line_ends_make_no_difference(tmp_path: Path) -> None:
    """NFD, CRLF, UTF-8 with mark and UTF-16 with mark are the same household."""
    expected = parse_profile(LEAST, FILE, "vuon").record
    path = tmp_path / FILE
    path.parent.mkdir(parents=True)
    nfd = unicodedata.normalize("NFD", LEAST)
    for content in (
        nfd.encode(),
        LEAST.replace("\n", "\r\n").encode("utf-8-sig"),
        LEAST.replace("\n", "\r").encode(),
        nfd.encode("utf-16"),
        b"\xfe\xff" + LEAST.encode("utf-16-be"),
    ):
        path.write_bytes(content)
        profile = read_profile(tmp_path, FILE, "vuon")
        assert (expected, ()) == (profile.record, profile.problems)


def test_private_numbers_are_found_in_any_text_field() -> None:
    """An identity card number is an error wherever free text can stand."""
    number = "CCCD 042190001234"
    text = LEAST.replace("name: Vườn bà Hường", f"name: {number}\nhead: {number}")
    text = text.replace("Xóm Đông", number).replace("[Bưởi]", f"[{number}]")
    text += f"visits: {{hours: {number}}}\nphotos: [{{file: a.jpg, caption: {number}}}]\nstory: {{vi: {number}, en: {number}}}\n"
    problems = parse_profile(text, FILE, "vuon").problems
    assert {
        "name", "head", "location.address", "garden.crops.1.name", "visits.hours",
        "photos.1.caption.vi", "story.vi", "story.en",
    } == {p.field for p in problems if p.severity is Severity.ERROR}  # fmt: skip


VALUES = st.text(max_size=20) | st.sampled_from(
    ["~", "[]", "{}", "[a, b]", "{vi: x}", "2026-11-02", "1800", "có", '"', "'", "- x", "\n  - x", "\n  a: b"]
)
KEYS = st.sampled_from([*Household.slots, *Departed.slots, "aera", "<<", "? x"])


@given(st.lists(st.tuples(KEYS, VALUES), max_size=14))
def test_any_values_under_known_keys_are_judged(lines: list[tuple[str, str]]) -> None:
    """Whatever stands under the keys of the schema ends in a household or in words."""
    text = "".join(f"{key}: {value}\n" for key, value in lines)
    profile = parse_profile(text, FILE, "vuon")
    assert profile.record is not None or profile.problems
    assert all(p.message.vi and p.message.en and len(p.message.en) < 400 for p in profile.problems)


@given(
    st.binary(max_size=300) | st.text(max_size=100).map(lambda text: text.encode("utf-16", "surrogatepass"))
)
def test_any_bytes_are_a_profile_or_told_in_words(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    """No file raises, lone surrogates in UTF-16 included."""
    root = tmp_path_factory.mktemp("p")
    path = root / "profiles" / "vuon" / "huong.yaml"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    profile = read_profile(root, FILE, "vuon")
    assert profile.record is not None or profile.problems
