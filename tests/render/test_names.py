"""What a page makes of a name, an address and typed hours: explained, in one piece, and read where it can be."""

import re
from pathlib import Path

from households_kit import LANGUAGES
from markupsafe import escape

from case_kit import each
from vuonho.pages.hours import WEEK, read_hours
from vuonho.pages.names import address_of, gloss, host, place_name, team_name, whole

VI, EN = LANGUAGES["vi"], LANGUAGES["en"]


@each(
    ("name", "meaning", "called", "whom"),
    [
        ("Vườn bà Hường", "Mrs Hường's garden", "bà Hường", "bà"),
        ("Vườn cam ông Đức", "Mr Đức's orange garden", "ông Đức", "ông"),
        ("Ao vườn ông Cảnh", "Mr Cảnh's pond", "ông Cảnh", "ông"),
        ("Nhà chị Mai", "Ms Mai's home", "chị Mai", "chị"),
        ("Nhà bà Liễu bên sông", "Mrs Liễu's home", "bà Liễu", "bà"),
        ("Vườn ông bà Phúc Khang", "Mr and Mrs Phúc Khang's garden", "ông bà Phúc Khang", "ông bà"),
        ("Vườn rau nhà Sen", "The Sen family's vegetable garden", "nhà Sen", ""),
        ("Trại hươu nhà Lý", "The Lý family's deer farm", "nhà Lý", ""),
        ("Vườn sinh thái và nhà nghỉ cộng đồng gia đình bà Nguyệt Thúy", "Mrs Nguyệt Thúy's garden", "bà Nguyệt Thúy",
         "bà"),
        ("Vườn mười hai thứ quả", "", "", ""),
        ("HTX Phúc Trạch", "", "", ""),
    ],
)  # fmt: skip
def test_a_name_is_explained_by_rule(name: str, meaning: str, called: str, whom: str) -> None:
    """In English what it means, in Vietnamese whom one calls; a name that no rule knows is left alone."""
    assert (gloss(name, EN), gloss(name, VI), host(name, VI), address_of(name)) == (meaning, "", called, whom)


@each(
    ("text", "vi", "en"),
    [
        ("Xóm Đông, ngõ 3", "Xóm Đông, ngõ 3", "Đông hamlet, lane 3"),
        ("Thôn Vườn Mẫu, Xã Phúc Trạch, Hà Tĩnh", "Thôn Vườn Mẫu, xã Phúc Trạch, Hà Tĩnh",
         "Vườn Mẫu village, Phúc Trạch commune, Hà Tĩnh"),
        ("Xã Hương Trạch, Huyện Hương Khê", "Xã Hương Trạch, huyện Hương Khê", "Hương Trạch commune, Hương Khê district"),
        ("Cạnh bến đò cũ", "Cạnh bến đò cũ", "Cạnh bến đò cũ"),
        ("Ngõ 4, Xóm Chùa", "Ngõ 4, xóm Chùa", "Lane 4, Chùa hamlet"),
        ("Trường tiểu học Mẫu", "Trường tiểu học Mẫu", "Mẫu primary school"),
        ("UBND xã Phúc Trạch", "UBND xã Phúc Trạch", "Phúc Trạch commune People's Committee"),
        ("Giếng làng", "Giếng làng", "Village well"),
    ],
)  # fmt: skip
def test_a_place_is_told_in_the_language_of_the_page(text: str, vi: str, en: str) -> None:
    """Small letters within a line, no part of it cut; what no rule knows stays as it was typed, and is marked so."""
    shown = place_name(text, VI), place_name(text, EN)
    assert [one.text.replace("\u00a0", " ") for one in shown] == [vi, en]
    assert [part.count(" ") for part in shown[0].text.split(", ")] == [0] * len(vi.split(", "))
    assert shown[1].lang == ("vi" if en == text else None)


@each(
    ("name", "pieces"),
    [
        ("Vườn bà Hường", ["Vườn", "bà Hường"]),
        ("Vườn mười hai thứ quả", ["Vườn", "mười hai", "thứ", "quả"]),
        ("Vườn ông Đặng Trần Nguyên Khánh", ["Vườn", "ông Đặng", "Trần Nguyên Khánh"]),
        ("Nhà ông bà Nguyễn Phúc Hà", ["Nhà ông bà Nguyễn", "Phúc Hà"]),
        ("Nhà nghỉ cộng đồng bà Nguyệt Thúy", ["Nhà nghỉ", "cộng đồng", "bà Nguyệt Thúy"]),
        ("VƯỜN SINH THÁI VÀ NHÀ NGHỈ CỘNG ĐỒNG", ["VƯỜN", "SINH THÁI", "VÀ", "NHÀ NGHỈ", "CỘNG ĐỒNG"]),
    ],
)
def test_a_name_is_not_cut_in_the_middle(name: str, pieces: list[str]) -> None:
    """A line ends between two pieces only."""
    assert [piece.replace("\u00a0", " ") for piece in whole(name).split(" ")] == pieces


@each(
    ("text", "days", "spans"),
    [
        ("7:00-17:00", WEEK, [(420, 1020)]),
        ("7:30-17:00, thứ Hai đến thứ Bảy", (1, 2, 3, 4, 5, 6), [(450, 1020)]),
        ("7h đến 11h30 và 13h30-17h", WEEK, [(420, 690), (810, 1020)]),
        ("từ 7 giờ sáng đến 5 giờ chiều, xin gọi trước", WEEK, [(420, 1020)]),
        ("Thứ Bảy và Chủ nhật, 8 giờ đến 16 giờ 30", (6, 7), [(480, 990)]),
        ("T2-T6: 8h–16h", (1, 2, 3, 4, 5), [(480, 960)]),
        ("7h-5h", WEEK, [(420, 1020)]),
        ("18:00-21:30", WEEK, [(1080, 1290)]),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, days: object, spans: object) -> None:
    """With colons, with h and giờ, morning and afternoon, days of the week; a call beforehand is no riddle."""
    hours = read_hours(text)
    assert hours is not None
    assert (hours.days, [*hours.spans]) == (days, spans)


@each(
    "text",
    ["7:00-17:00 trừ Chủ nhật", "mùa hè 6h-18h", "25:00-26:00", "17:00-7:00",
     "8:00-12:00, 11:00-15:00", "5-2-2020", ""],
)  # fmt: skip
def test_hours_with_a_condition_are_left_to_people(text: str) -> None:
    """Where one word is not understood nothing is claimed, and a page shows it as it was typed."""
    assert read_hours(text) is None
    said = EN.hours(text)
    assert "vi" in {one.lang for one in (said, *said.pieces)} or text in ("", "8:00-12:00, 11:00-15:00")


def test_a_mixed_line_marks_what_is_vietnamese() -> None:
    """What a rule knows is told, the rest stands in its own language."""
    assert escape(place_name("Xóm Đồi, cuối đường bê tông", EN)).replace("\u00a0", " ") == (
        'Đồi hamlet, <span lang="vi">cuối đường bê tông</span>'
    )
    assert escape(EN.hours("8h-17h, nghỉ khi mưa to")) == '8:00–17:00, <span lang="vi">nghỉ khi mưa to</span>'
    assert team_name("Tổ công nghệ số Thôn Vườn Mẫu", EN).text.replace("\u00a0", " ") == (
        "the digital team of Vườn Mẫu village"
    )
    assert team_name("Hội Nông dân", EN).lang == "vi"


def test_no_line_cuts_a_measure(built_demo: Path) -> None:
    """On no page of the demo does a number part from what it counts."""
    pages = [
        page.read_text(encoding="utf-8")
        for page in (built_demo / "site").rglob("*.html")
        if page.parent.name != "form"
    ]
    assert len(pages) > 40
    cut = re.compile(r">[^<]*\d (?:m²?|km|sào|đ|VND|cây|con|hộ|trees?|hives?)(?![\w])[^<]*<")
    assert [found[0] for page in pages for found in cut.finditer(page)] == []


def test_hours_in_the_language_of_the_page() -> None:
    """Times and days, the days as a stretch where they are one; the usual conditions by rule."""
    assert EN.hours("cả ngày").text == "all day"
    assert EN.hours("8:00-17:00, báo trước một ngày").text == "8:00–17:00, 1 day's notice"
    assert EN.hours("Thứ Bảy, hẹn trước 2 ngày; trừ ngày mưa, nghỉ trưa").text == (
        "Saturday, 2 days' notice, not on rainy days, closed at midday"
    )
    text = "7:30-17:00, thứ Hai đến thứ Bảy"
    assert (VI.hours(text).text, EN.hours(text).text) == (
        "7:30–17:00, thứ Hai đến thứ Bảy",
        "7:30–17:00, Monday to Saturday",
    )
    assert EN.hours("8h-9h chủ nhật").text == "8:00–9:00, Sunday"
