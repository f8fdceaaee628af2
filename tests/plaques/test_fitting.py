"""Text made to fit: in which size and lines, and what is refused."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.plaques.canvas import reach, slanted_size, text_width
from vuonho.plaques.fit import (
    LEADING,
    Block,
    Misfit,
    Room,
    fit,
    fit_pair,
    flowed,
    halved,
    printable,
    too_long,
)
from vuonho.resources import font_letters

ROOM = Room(60, 40, 12, 4, 4)
words = st.lists(st.text(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyẪộ"), min_size=1, max_size=9), min_size=1, max_size=12)  # fmt: skip
rooms = st.builds(
    Room, st.floats(20, 120), st.floats(5, 60), st.floats(6, 14), st.floats(1.5, 5), st.integers(1, 6)
)


@given(some=words, room=rooms)
def test_what_fits_stays_in_its_room(some: list[str], room: Room) -> None:
    """No word is lost, moved or parted, and width, height, size and lines are those that were allowed."""
    found = fit(" ".join(some), "Bold", room)
    if found is None:
        return
    assert " ".join(found.lines).split() == some
    assert found.width <= room.width + 1e-6
    assert found.height <= room.height + 1e-6
    assert room.least - 0.011 <= found.size <= room.largest
    assert len(found.lines) <= room.lines


@given(some=words, room=rooms)
def test_lines_do_not_touch(some: list[str], room: Room) -> None:
    """What reaches down from a line and what reaches up from the next one are apart, and both ends are in the room."""
    found = fit(" ".join(some), "Bold", room)
    if found is None:
        return
    placed = found.baselines(10.0)
    for (upper, above), (lower, below) in pairwise(placed):
        assert upper + reach(above, "Bold")[1] * found.size < lower - reach(below, "Bold")[0] * found.size
        assert lower - upper >= LEADING * found.size - 1e-9
    first, last = placed[0], placed[-1]
    assert first[0] - reach(first[1], "Bold")[0] * found.size >= 10 - 1e-9
    assert last[0] + reach(last[1], "Bold")[1] * found.size <= 10 + found.height + 1e-9


@each(
    ("text", "lines"),
    [
        ("Lạc", ("Lạc",)),
        ("Vườn bà Hường", ("Vườn bà", "Hường")),
        ("Vườn cam bà Hường Lý", ("Vườn cam", "bà Hường Lý")),
        ("Nhà nghỉ Nguyễn Khuyếnh Huế", ("Nhà nghỉ", "Nguyễn", "Khuyếnh Huế")),
        ("Vườn sinh thái cộng đồng bà Nguyệt Thúy", ("Vườn sinh thái", "cộng đồng bà", "Nguyệt Thúy")),
    ],
)
def test_lines_that_look_well(text: str, lines: tuple[str, ...]) -> None:
    """Large in few lines of which none is much shorter than it must be."""
    found = fit(text, "Bold", Room(62, 45, 12.5, 5.2, 5))
    assert found is not None
    assert found.lines == lines


def test_a_text_shrinks_before_it_takes_lines() -> None:
    """A little too wide is set a little smaller; much too wide goes on below."""
    wide = text_width("Vườn cam", "Bold", 12)
    one = fit("Vườn cam", "Bold", Room(0.9 * wide, 40, 12, 4, 4))
    two = fit("Vườn cam", "Bold", Room(0.6 * wide, 40, 12, 4, 4))
    assert one is not None
    assert two is not None
    assert (one.lines, two.lines) == (("Vườn cam",), ("Vườn", "cam"))
    assert one.size == pytest.approx(0.9 * 12, abs=0.02)
    assert two.size > one.size


@each("room", [Room(10, 40, 12, 4, 4), Room(60, 3, 12, 4, 4), Room(60, -1, 12, 4, 4), Room(20, 40, 12, 4, 1)])  # fmt: skip
def test_what_has_no_room_is_nothing(room: Room) -> None:
    """Too narrow, too low, no height at all, too few lines."""
    assert fit("Vườn bà Hường", "Bold", room) is None


def test_no_text_takes_no_room() -> None:
    """An empty word of a project leaves its place free."""
    assert fit("", "Bold", ROOM) == Block((), "Bold", 12)
    assert Block((), "Bold", 12).height == Block((), "Bold", 12).width == 0
    assert Block((), "Bold", 12).baselines(5) == []


def test_many_words_are_laid_out_at_once() -> None:
    """Sixty words in five lines: the best of half a million ways to part them, each line much like the others."""
    found = fit(" ".join("ab" for _ in range(60)), "Bold", Room(60, 40, 12, 1, 5))
    assert found is not None
    assert [len(line.split()) for line in found.lines] == [12] * 5


@each("name", ["Lạc", "Vườn bà Hường", "Vườn sinh thái và nhà nghỉ cộng đồng gia đình bà Nguyệt Thúy"])
@each("village", ["Thôn Đông", "Tổ dân phố Nguyễn Khuyến Hoàng Thượng Trường Khương Nghiêng"])
@each("height", [50, 30, 16])
def test_name_and_village_share_a_height(name: str, village: str, height: float) -> None:
    """The village is smaller than the name, and both end where they must."""
    upper, lower = fit_pair(name, village, Room(62, 45, 12.5, 2, 5), Room(62, 20, 6.4, 1.5, 4), 2.0, height)
    assert " ".join(upper.lines) == name
    assert " ".join(lower.lines) == village
    assert upper.height + 2 + lower.height <= height + 1e-6
    assert upper.height <= 45
    assert lower.size <= max(1.5, 0.8 * upper.size)


@pytest.mark.parametrize(
    ("name", "village", "blamed"),
    [
        ("N" * 60, "Thôn Đông", "N" * 60),
        ("Lạc", "V" * 60, "V" * 60),
        ("Lạc " * 3, "Thôn Đông " * 30, "Thôn Đông " * 30),
    ],
)
def test_of_two_the_one_that_takes_too_much_is_blamed(name: str, village: str, blamed: str) -> None:
    """So that the message names the file in which it can be shortened."""
    with pytest.raises(Misfit) as raised:
        fit_pair(name, village, Room(30, 45, 12.5, 3, 5), Room(30, 20, 6, 3, 4), 2, 20)
    assert raised.value.text == blamed


# --- Running text and addresses --------------------------------------------------------------------------------


def test_running_text_fills_its_lines() -> None:
    """As many words as a line holds, in the size that was asked for."""
    text = "Mã thật mở ra địa chỉ bắt đầu bằng vuonmau.example."
    found = flowed(text, "Medium", 2.9, 62)
    assert (found.size, " ".join(found.lines)) == (2.9, text)
    assert len(found.lines) == 2
    for line, following in pairwise(found.lines):
        assert text_width(line, "Medium", 2.9) <= 62
        assert text_width(f"{line} {following.split()[0]}", "Medium", 2.9) > 62
    assert flowed("", "Medium", 2.9, 62).lines == ("",)


def test_an_address_that_is_too_wide_is_parted() -> None:
    """After its dots, dashes and slashes, and nothing is lost; any other word stands out."""
    address = "to-cong-nghe-so-thon-vuon-mau.github.io/vuon-ho-gia-dinh/"
    found = flowed(f"Mã thật: {address}", "Medium", 2.9, 30)
    assert "".join(found.lines).replace("Mã thật: ", "") == address
    assert all(line[-1] in ".-/" for line in found.lines[1:])
    assert found.width <= 30
    assert flowed("nghiêng" * 9, "Medium", 2.9, 30).width > 30


@each(
    ("address", "before", "halves"),
    [
        ("ten-to-so.github.io/vuon-ho-nam-tran/482135/", 0, ("ten-to-so.github.io/", "vuon-ho-nam-tran/482135/")),
        ("xa.vn/a-rather-long-folder-of-all-our-gardens/482135/", 0, ("xa.vn/a-rather-long-folder-", "of-all-our-gardens/482135/")),
        ("thon-nam-tran.github.io/482135/", 14, ("thon-", "nam-tran.github.io/482135/")),
        ("a/482135/", 0, ("a/", "482135/")),
        ("482135", 0, ("482135", "")),
    ],
)  # fmt: skip
def test_an_address_in_two_lines(address: str, before: float, halves: tuple[str, str]) -> None:
    """Parted after a slash, unless that makes one line much wider than a dash would."""
    assert "".join(halves) == address
    assert halved(address, "SemiBold", before) == halves


# --- Letters ---------------------------------------------------------------------------------------------------


def test_names_become_nfc() -> None:
    """Letters and their marks are one sign each."""
    typed = unicodedata.normalize("NFD", "Vườn bà Hường")
    assert len(typed) > len("Vườn bà Hường")
    assert printable(typed) == "Vườn bà Hường"


@each("sign", ["漢", "🍊", "\u200b", "\t", "\u0301", "ก", "→"])
def test_a_sign_that_the_typeface_lacks(sign: str) -> None:
    """It is named, with the text in which it stands and what to do, in both languages."""
    text = f"Vườn {sign} Đông"
    with pytest.raises(Misfit) as raised:
        printable(text)
    assert raised.value.text == text
    assert f"“{sign}”" in raised.value.message.vi
    assert f"“{sign}”" in raised.value.message.en
    assert "Bỏ ký tự ấy" in raised.value.hint.vi


def test_every_weight_has_every_letter_of_vietnamese() -> None:
    """And the signs that our own words use."""
    signs = set(
        "aáàảãạăắằẳẵặâấầẩẫậeéèẻẽẹêếềểễệiíìỉĩịoóòỏõọôốồổỗộơớờởỡợuúùủũụưứừửữựyýỳỷỹỵđ·×%–’“”.,/:-()&0123456789"
    )
    signs |= {sign.upper() for sign in signs}
    for weight in ("Regular", "Medium", "SemiBold", "Bold", "ExtraBold"):
        assert signs <= font_letters(weight)


def test_letters_reach_as_far_as_they_are_drawn() -> None:
    """Capitals with two marks reach above the size, dots below the baseline; a blank reaches nowhere."""
    assert reach("x", "Bold") == pytest.approx((0.53, 0), abs=0.02)
    assert reach("H", "Bold") == pytest.approx((0.74, 0), abs=0.01)
    assert reach("Ẫ", "Bold")[0] > 1.1
    assert reach("ộ", "Bold")[1] > 0.2
    assert reach("xẪộ", "Bold") == (reach("Ẫ", "Bold")[0], reach("ộ", "Bold")[1])
    assert reach(" ", "Bold") == reach("", "Bold") == (0, 0)


def test_slanted_words_stay_in_their_room() -> None:
    """One letter no less than a sentence."""
    assert slanted_size("BẢN THỬ", 60, 40, 24) == pytest.approx(60 / 4.6, rel=0.15)
    assert slanted_size("X", 60, 40, 24) < 60
    assert slanted_size("X" * 60, 60, 40, 24) * text_width("X" * 60, "ExtraBold") < 66


def test_too_long_names_the_text() -> None:
    """Shortened in the message, whole for the program."""
    error = too_long("Vườn " * 30)
    assert error.text == "Vườn " * 30
    assert "dài quá, không in vừa biển" in error.message.vi
    assert len(error.message.en) < 100
    assert "--size" in error.hint.en
