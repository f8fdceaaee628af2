"""Text made to fit: in which size and lines, and what is refused."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.plaques.canvas import reach, text_width
from vuonho.plaques.fit import (
    LEADING,
    Block,
    Misfit,
    Paragraph,
    Room,
    fit,
    fit_at,
    fitted,
    flowed,
    halved,
    printable,
)
from vuonho.resources import font_letters

words = st.lists(st.text(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyẪộ"), min_size=1, max_size=9), min_size=1, max_size=12)  # fmt: skip
rooms = st.builds(
    Room, st.floats(20, 120), st.floats(5, 60), st.floats(6, 14), st.floats(1.5, 5), st.integers(1, 6)
)


@given(some=words, room=rooms)
def test_what_fits_stays_in_its_room(some: list[str], room: Room) -> None:
    """No word is lost, moved or parted; width, height, size and lines are those allowed; letters of two lines are apart."""
    found = fit(" ".join(some), "Bold", room)
    if found is None:
        return
    assert " ".join(found.lines).split() == some
    assert found.width <= room.width + 1e-6
    assert found.height <= room.height + 1e-6
    assert room.least - 0.011 <= found.size <= room.largest
    assert len(found.lines) <= room.lines
    edges = [
        (base - reach(line, "Bold")[0] * found.size, base + reach(line, "Bold")[1] * found.size)
        for base, line in found.baselines(10.0)
    ]
    assert all(low < high for (_, low), (high, _) in pairwise(edges))
    assert edges[0][0] >= 10 - 1e-9
    assert edges[-1][1] <= 10 + found.height + 1e-9


@each(
    ("text", "room", "lines"),
    [
        ("Lạc", Room(62, 45, 12.5, 5.2, 5), ("Lạc",)),
        ("Vườn bà Hường", Room(62, 45, 12.5, 5.2, 5), ("Vườn bà Hường",)),
        ("Ao vườn ông Cảnh", Room(27, 20, 5, 2, 5), ("Ao vườn", "ông Cảnh")),
        ("Vườn bà Hường", Room(27, 20, 5, 2, 5), ("Vườn bà Hường",)),
        ("Vườn mười hai thứ quả", Room(62, 45, 8, 5.2, 5), ("Vườn mười hai", "thứ quả")),
        ("Nhà nghỉ Nguyễn Khuyếnh Huế", Room(62, 45, 12.5, 5.2, 5), ("Nhà nghỉ", "Nguyễn Khuyếnh Huế")),
        ("Vườn sinh thái cộng đồng bà Nguyệt Thúy", Room(62, 45, 12.5, 5.2, 5), ("Vườn sinh thái", "cộng đồng", "bà Nguyệt Thúy")),
        (" ".join(["ab"] * 60), Room(60, 40, 12, 1, 5), (" ".join(["ab"] * 12),) * 5),
        ("", Room(60, 40, 12, 4, 4), ()),
        ("Vườn bà Hường", Room(10, 40, 12, 4, 4), None),
        ("Vườn bà Hường", Room(60, 3, 12, 4, 4), None),
        ("Vườn bà Hường", Room(60, -1, 12, 4, 4), None),
        ("Vườn bà Hường", Room(20, 40, 12, 4, 1), None),
    ],
)  # fmt: skip
def test_lines_that_look_well(text: str, room: Room, lines: tuple[str, ...] | None) -> None:
    """Large, in few lines of which none is much shorter than it must be; nothing where there is no room."""
    found = fit(text, "Bold", room)
    assert (found.lines if found else None) == lines
    assert Block((), "Bold", 12).height == Block((), "Bold", 12).width == 0


@each("width", range(20, 90, 5))
@each(
    "text",
    [
        "Vườn sinh thái gia đình bà Nguyệt Thúy",
        "Trại hươu nhà ông Lý ở thôn Vườn Mẫu",
        "Vườn mười hai thứ quả bà Liễu",
    ],
)
def test_no_line_ends_within_what_belongs_together(text: str, width: float) -> None:
    """Between a title and the name, between “Vườn” and “bà”: whatever the room, while a single word has some."""
    found = fit(text, "Bold", Room(width, 60, 12, 1, 6))
    assert found is not None
    assert " ".join(found.lines) == text
    assert [line for line in found.lines[:-1] if line.split()[-1] in ("bà", "ông")] == []
    for size in (found.size, 0.9 * found.size):
        block = fit_at(text, "Bold", Room(width, 60, size, 1, 6))
        assert (block.size, " ".join(block.lines)) == (size, text)
        assert block.width <= width + 1e-6


def test_what_takes_too_much_is_blamed() -> None:
    """The message names it shortened; the text is whole for the program alone."""
    with pytest.raises(Misfit) as raised:
        fitted("N" * 60, "Bold", Room(30, 20, 12, 3, 5))
    assert raised.value.text == "N" * 60
    assert "dài quá, không in vừa biển" in raised.value.message.vi
    assert len(raised.value.message.en) < 100


def test_running_text_fills_its_lines() -> None:
    """As many words as a line holds; an address that is too wide is parted after its dots, dashes and slashes."""
    text = "Mã thật mở ra địa chỉ bắt đầu bằng vuonmau.example."
    found = flowed(text, "Medium", 2.9, 62)
    assert (found.size, " ".join(found.lines), len(found.lines)) == (2.9, text, 2)
    assert found.width <= 62 < text_width(f"{found.lines[0]} {found.lines[1].split()[0]}", "Medium", 2.9)
    address = "to-cong-nghe-so-thon-vuon-mau.github.io/vuon-ho-gia-dinh/"
    found = flowed(f"Mã thật: {address}", "Medium", 2.9, 30)
    assert "".join(found.lines).replace("Mã thật: ", "") == address
    assert all(line[-1] in ".-/" for line in found.lines[1:])
    assert found.width <= 30 < flowed("nghiêng" * 9, "Medium", 2.9, 30).width


@each(
    ("first", "second"),
    [
        ("ten-to-so.github.io/", "vuon-ho-nam-tran/482135/"),
        ("xa.vn/a-rather-long-folder-", "of-all-our-gardens/482135/"),
        ("a/", "482135/"),
        ("482135", ""),
    ],
)
def test_an_address_in_two_lines(first: str, second: str) -> None:
    """Parted after a slash, unless that makes one line much wider than a dash would."""
    assert halved(first + second, "SemiBold") == (first, second)


@given(
    some=st.lists(st.text("aăbcợ", min_size=1, max_size=9), min_size=1, max_size=12), width=st.floats(30, 90)
)
def test_a_paragraph_takes_no_more_lines_than_it_must(some: list[str], width: float) -> None:
    """It keeps its words; a number stays with the word before it, and lines end after commas."""
    said = Paragraph(" ".join(some), "Medium")
    lines = said.lines(4.0, width)
    assert some == " ".join(lines).split()
    assert all(text_width(line, "Medium", 4.0) <= width + 0.001 for line in lines)
    assert round(said.height(4.0, width) / (LEADING * 4.0)) == len(lines)
    assert Paragraph("Xóm Đông, ngõ 3", "Medium").words.words == ("Xóm", "Đông,", "ngõ 3")
    assert Paragraph("Rau cải, Cam bù, Cây lạ", "Medium").lines(4.0, 35.0) == ("Rau cải,", "Cam bù, Cây lạ")


def test_every_letter_of_vietnamese_can_be_printed_and_no_other_character() -> None:
    """In NFD too, in every weight; what the typeface lacks is named in both languages, and what to do."""
    assert printable(unicodedata.normalize("NFD", "Vườn bà Hường")) == "Vườn bà Hường"
    marks = (
        "aáàảãạăắằẳẵặâấầẩẫậeéèẻẽẹêếềểễệiíìỉĩịoóòỏõọôốồổỗộơớờởỡợuúùủũụưứừửữựyýỳỷỹỵđ·×%–’“”.,/:-()&0123456789"
    )
    for weight in ("Regular", "Medium", "SemiBold", "Bold", "ExtraBold"):
        assert set(marks + marks.upper()) <= font_letters(weight) == font_letters("Regular")
    for strange in ["漢", "🍊", "\u200b", "\t", "\u0301", "ก", "→"]:
        with pytest.raises(Misfit) as raised:
            printable(f"Vườn {strange} Đông")
        assert raised.value.text == f"Vườn {strange} Đông"
        assert f"“{strange}”" in raised.value.message.vi
        assert f"“{strange}”" in raised.value.message.en
        assert "Bỏ ký tự ấy" in raised.value.hint.vi
