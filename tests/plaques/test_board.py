"""The village board: its code, everybody once, nothing of a person, nothing over anything, in printing inks."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from typing import Literal
from urllib.parse import urlsplit

import plaque_kit as kit
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from command_kit import ROOT
from vuonho.build import look_of
from vuonho.model.geo import Point
from vuonho.model.public import PublicHousehold, PublicSite, PublicVillage
from vuonho.pages import map as numberedmap
from vuonho.plaques.board import BOARD_KEYS, Stack, draw_board
from vuonho.plaques.board_map import STRIP
from vuonho.plaques.canvas import MM, Palette, PdfCanvas
from vuonho.plaques.placement import QrPlacement
from vuonho.plaques.plaque import PlaqueWords
from vuonho.project.survey import Survey, survey

LETTERS = "AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY" + "ẮẰẲẴẶẤẦẨẪẬẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰÝỲỶỸỴ"
SIXTY = "Vườn sinh thái và nhà nghỉ cộng đồng gia đình bà Nguyệt Thúy"
THIN = 0.3
"""Points by which boxes of text may touch."""

Rect = tuple[float, float, float, float]


@dataclass(frozen=True)
class Board:
    """A finished board: its bytes, its codes, and on each page the texts with their boxes (left, bottom, right, top)."""

    pdf: bytes
    codes: tuple[QrPlacement, ...]
    pages: tuple[tuple[tuple[str, Rect], ...], ...]

    @property
    def text(self) -> str:
        """All that is written, in the order in which it was drawn."""
        return " ".join(" ".join(said for said, _ in page) for page in self.pages)

    def lines(self, page: int = 0) -> list[str]:
        """The texts of a page."""
        return [said for said, _ in self.pages[page]]


def boxes(page: pypdfium2.PdfPage) -> Iterator[tuple[str, Rect]]:
    text = page.get_textpage()
    for number in range(text.count_rects()):
        rect = text.get_rect(number)
        yield text.get_text_bounded(*rect).strip(), rect


@cache
def surveyed() -> Survey:
    return survey(ROOT)


SITE = surveyed().require()


def shipped_words(*tags: str, draft: bool = False) -> PlaqueWords:
    """Return the shipped words of boards."""
    languages = look_of(ROOT, replace(SITE, languages=tags)).languages()
    return PlaqueWords(languages, SITE.base_url, 1, draft=draft, logo=None, keys=BOARD_KEYS)


WORDS = shipped_words("vi", "en")
IN_ONE_LANGUAGE = shipped_words("vi")
VILLAGE = surveyed().villages[0]
HOMES = tuple(one for one in surveyed().households if one.village == VILLAGE.slug)
FULLEST = next(one for one in HOMES if one.code == "482135")


def drawn(
    village: PublicVillage, homes: Sequence[PublicHousehold], site: PublicSite, words: PlaqueWords = WORDS
) -> Board:
    """Return the board of a village."""
    pdf = PdfCanvas("Bảng thôn", "vuonmau.example", "vi")
    draw_board(pdf, village, homes, site, words, Palette())
    content = pdf.finish()
    pages = tuple(tuple(boxes(page)) for page in pypdfium2.PdfDocument(content))
    return Board(content, tuple(pdf.codes), pages)


def homes(count: int, exact: int, name: str = "Hộ {:04}") -> tuple[PublicHousehold, ...]:
    """Return so many households, the first of them with points."""
    return tuple(
        replace(
            FULLEST,
            name=name.format(number),
            exact=Point(18.12 + number * 37 % 100 / 10_000, 105.755 + number * 61 % 97 / 10_000)
            if number <= exact
            else None,
        )
        for number in range(1, count + 1)
    )


@pytest.fixture(scope="module")
def demo() -> Board:
    """Return the demo village's board."""
    return drawn(VILLAGE, HOMES, SITE)


@pytest.fixture(scope="module")
def thousand() -> Board:
    """Return the board of a village of 1,000 households, 700 of them on the map."""
    return drawn(VILLAGE, homes(1000, 700), SITE)


# --- The code ----------------------------------------------------------------------------------------------


def read(board: Board, page: int = 0, dpi: int = 150) -> list[str]:
    picture = pypdfium2.PdfDocument(board.pdf)[page].render(scale=dpi / 72, grayscale=True)
    return [found.text for found in zxingcpp.read_barcodes(picture.to_numpy().squeeze())]


def test_the_code_leads_to_the_village(demo: Board) -> None:
    """One code, in which only the host is in capitals, and below it the address in small letters."""
    assert read(demo) == ["https://VUONMAU.EXAMPLE/thon-vuon-mau/"]
    assert "vuonmau.example/thon-vuon-mau/" in demo.lines()


def test_the_code_is_large(demo: Board) -> None:
    """At least 90 mm with its quiet zone, in the place that is proved, and named for messages."""
    (stamp,) = demo.codes
    assert (stamp.page, stamp.whose, stamp.payload) == (0, VILLAGE.name, read(demo)[0])
    assert stamp.width >= 90


def test_a_path_keeps_its_letters() -> None:
    """Servers tell its cases apart; a long address is parted after a slash, every letter of 5 mm."""
    base = "https://UBND-xa-phuc-trach.hatinh.example/Chuyen-doi-so/vuon-ho-gia-dinh/cac-thon-trong-xa/"
    board = drawn(VILLAGE, HOMES, replace(SITE, base_url=base))
    path = f"{urlsplit(base).path}thon-vuon-mau/"
    assert read(board) == [f"https://UBND-XA-PHUC-TRACH.HATINH.EXAMPLE{path}"]
    assert board.lines()[:2] == [
        "ubnd-xa-phuc-trach.hatinh.example/Chuyen-doi-so/",
        "vuon-ho-gia-dinh/cac-thon-trong-xa/thon-vuon-mau/",
    ]
    assert board.codes[0].width >= 90


def test_the_code_is_on_the_first_sheet_only(thousand: Board) -> None:
    """One code for one village."""
    assert [stamp.page for stamp in thousand.codes] == [0]
    assert read(thousand, page=1) == []


# --- Who stands on it --------------------------------------------------------------------------------------


def test_everybody_is_named(demo: Board) -> None:
    """Chosen name, address line, and the first three things that grow, as typed."""
    assert [one.name for one in HOMES if one.name not in demo.text] == []
    assert [one.address for one in HOMES if one.address and one.address not in demo.text] == []
    assert "Bưởi Phúc Trạch, Cam bù, Rau cải" in demo.text
    assert "Chè xanh, Cau" not in demo.text


def test_numbers_are_those_of_the_list_and_on_the_map_are_exact_points_only(demo: Board) -> None:
    """Each number once in the list, once more on the map if its point is exact; the legend shows one of each."""
    seen = Counter(said for said in demo.lines() if said.isdigit())
    wanted = Counter({str(number): 1 + bool(one.exact) for number, one in enumerate(HOMES, 1)})
    assert wanted + Counter(("1", "2")) == seen
    assert [bool(one.exact) for one in HOMES[:2]] == [True, False]


def test_nothing_of_a_person_is_told(demo: Board) -> None:
    """No phone, full name, story, way, price, code, link or commune; so it is whatever a family ticked."""
    told = [VILLAGE.commune, SITE.province, "OCOP", "Nguyễn Thị Hường"]
    for one in HOMES:
        told += [one.code, f"{one.code[:3]} {one.code[3:]}", one.full_name or "", *one.links]
        told += [one.phone.number.grouped, one.phone.number.digits] if one.phone else []
        for words in (one.story, one.directions):
            told += [line for text in words.texts for line in text.split(". ")] if words else []
        told += [f"{product.price:,}".replace(",", ".") for product in one.products if product.price]
    assert any(one.phone for one in HOMES)
    assert any(one.story for one in HOMES)
    flat = re.sub(r"\s+", " ", demo.text)
    assert [one for one in told if one.strip() and re.search(rf"(?<!\w){re.escape(one)}(?!\w)", flat)] == []


def test_a_thousand_are_listed_once(thousand: Board) -> None:
    """In order, on numbered sheets, each with the village's name; the letter of an area leads to its map."""
    names = re.findall(r"Hộ \d{4}", thousand.text)
    assert [f"Hộ {number:04}" for number in range(1, 1001)] == names
    sheets = len(thousand.pages)
    assert [f"{sheet}/{sheets}" for sheet in range(1, sheets + 1)] == [page[-3][0] for page in thousand.pages]
    assert all(VILLAGE.name in thousand.lines(sheet) for sheet in range(sheets))
    headings = re.findall(r"Khu ([A-Z]+) · Area", thousand.text)
    assert headings[:3] == ["A", "B", "C"]
    on_maps = Counter(said for sheet in range(sheets) for said in thousand.lines(sheet) if said.isdigit())
    assert [on_maps[str(number)] for number in (3, 700, 702, 1000)] == [2, 2, 1, 1]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_long_names_stand_in_full(form: Literal["NFC", "NFD"]) -> None:
    """Sixty letters, however they were composed, of families and of the village."""
    place = "Thôn Liên Minh Đoàn Kết Phú Quý Hưng Thịnh Trường Thọ An Khe"
    village = replace(VILLAGE, name=unicodedata.normalize(form, place))
    people = (
        *homes(7, 5, unicodedata.normalize(form, SIXTY)),
        *homes(2, 0, LETTERS.lower()),
        *homes(1, 1, LETTERS[:50]),
    )
    board = drawn(village, people, SITE)
    assert (len(place), len(SIXTY), board.text.count(SIXTY)) == (60, 60, 7)
    assert (board.text.count(place), board.text.count(LETTERS.lower())) == (2 + 2 * (len(board.pages) - 1), 2)
    assert_apart(board)


# --- How it is drawn ---------------------------------------------------------------------------------------


def meet(one: Rect, other: Rect) -> bool:
    return (
        one[0] < other[2] - THIN
        and other[0] < one[2] - THIN
        and one[1] < other[3] - THIN
        and other[1] < one[3] - THIN
    )


def assert_apart(board: Board) -> None:
    """No text over another, in the code or its quiet zone, or nearer than 5 mm to the cut."""
    for number, (page, paper) in enumerate(zip(board.pages, pypdfium2.PdfDocument(board.pdf), strict=True)):
        left, bottom, right, top = paper.get_trimbox()
        inside = (left + 5 * MM, bottom + 5 * MM, right - 5 * MM, top - 5 * MM)
        codes = [
            (one.left * MM, paper.get_height() - (one.top + one.width) * MM, (one.left + one.width) * MM,
             paper.get_height() - one.top * MM)
            for one in board.codes if one.page == number
        ]  # fmt: skip
        marks = {
            said
            for said, _ in page
            if said.startswith((WORDS.first["board_note"], WORDS.first["ruler"], "BẢN THỬ"))
        }
        texts = [(said, rect) for said, rect in page if said not in marks]
        assert [(a[0], b[0]) for a, b in combinations(texts, 2) if meet(a[1], b[1])] == []
        assert [said for said, rect in page for code in codes if meet(rect, code)] == []
        outside = [
            said for said, (x, low, to_x, high) in texts
            if not (inside[0] <= x and inside[1] <= low and to_x <= inside[2] and high <= inside[3])
        ]  # fmt: skip
        assert outside == []


def test_nothing_stands_over_anything(demo: Board, thousand: Board) -> None:
    """Few and many."""
    assert_apart(demo)
    assert_apart(thousand)


@each(
    ("count", "exact", "words"),
    [
        (0, 0, WORDS),
        (1, 0, WORDS),
        (1, 1, IN_ONE_LANGUAGE),
        (3, 2, WORDS),
        (22, 0, WORDS),
        (40, 40, WORDS),
        (110, 90, WORDS),
    ],
)
def test_every_village_finds_room(count: int, exact: int, words: PlaqueWords) -> None:
    """Whatever the number, and those on the map: all stand in the list; without points there is no map."""
    board = drawn(VILLAGE, homes(count, exact), SITE, words)
    assert count == len(set(re.findall(r"Hộ \d{4}", board.text)))
    assert ("Hướng bắc" in board.text, "Số nền trắng:" in board.text) == (
        exact > 0,
        0 < exact < count,
    )
    assert_apart(board)


def test_with_few_the_letters_are_larger() -> None:
    """The board is filled: names of one family are larger than those of twenty, these than those of hundreds."""
    sizes = [height_of("Hộ 0001", drawn(VILLAGE, homes(count, 0), SITE)) for count in (1, 20, 300)]
    assert sizes[0] > 1.3 * sizes[1] > 1.3 * 1.1 * sizes[2]


def test_a_board_of_three_is_filled() -> None:
    """Without a map too: a row for each, one below the other, with room between them."""
    board = drawn(VILLAGE, homes(3, 0), SITE, IN_ONE_LANGUAGE)
    found = {text: rect for text, rect in board.pages[0] if text.startswith("Hộ 000")}
    assert (len(found), len({round(rect[0]) for rect in found.values()})) == (3, 1)
    tops = sorted(rect[1] for rect in found.values())
    height = max(rect[3] - rect[1] for rect in found.values())
    assert tops[-1] - tops[0] > 4 * height


def height_of(said: str, board: Board) -> float:
    return next(rect[3] - rect[1] for text, rect in board.pages[0] if text.startswith(said))


def test_pages_inks_and_typefaces_are_those_of_print(demo: Board, thousand: Board) -> None:
    """A3 with 3 mm of bleed, DeviceCMYK and nothing else, Be Vietnam Pro as subsets; no letter below 2.8 mm but two notes."""
    for board in (demo, thousand):
        for page in kit.pages(board.pdf):
            trim = page.trim
            assert [trim.right - trim.left, trim.bottom - trim.top] == pytest.approx([297, 420])
            assert page.bleed.holds(trim.inside(-3), 0.01)
        streams = kit.drawn(board.pdf)
        assert len(streams) == len(board.pages)
        for stream in streams:
            used = kit.operators(stream)
            assert "k" in used
            assert used & {"g", "G", "rg", "RG", "cs", "CS", "sc", "SC", "scn", "SCN", "sh", "Do"} == set()
            sizes = [float(size) / MM for size in re.findall(rb"/\S+ ([\d.]+) Tf", stream)]
            assert sum(size < 2.8 - 0.001 for size in sizes) <= 2
        assert b"/SMask" not in board.pdf
        fonts = set(re.findall(rb"/BaseFont\s*/(\S+)", board.pdf))
        assert [font for font in fonts if b"+BeVietnamPro-" not in font] == []
        assert len(fonts) == board.pdf.count(b"/FontFile2")


def test_a_draft_says_so() -> None:
    """On every sheet, and never in the code."""
    board = drawn(VILLAGE, homes(60, 20), SITE, shipped_words("vi", "en", draft=True))
    assert all(board.lines(sheet).count("BẢN THỬ") >= 1 for sheet in range(len(board.pages)))
    assert read(board) == ["https://VUONMAU.EXAMPLE/thon-vuon-mau/"]
    assert_apart(board)


def test_the_same_village_gives_the_same_bytes(demo: Board) -> None:
    """Nothing depends on a clock."""
    assert demo.pdf == drawn(VILLAGE, HOMES, SITE).pdf


def test_what_cannot_be_printed_is_refused_with_its_file() -> None:
    """A character without letters in a name, an address or the village; a word wider than the board; nothing is cut off."""
    tree, wide = replace(FULLEST, name="Vườn 🌳"), replace(FULLEST, name="W" * 140)
    for homes, village, told in (
        ((*HOMES, tree), VILLAGE, (tree.source, "name")),
        ((*HOMES, replace(FULLEST, address="Vườn 🌳")), VILLAGE, (tree.source, "location.address")),
        ((wide,), VILLAGE, (tree.source, "name")),
        (HOMES, replace(VILLAGE, name="Thôn 🌳"), (VILLAGE.source, "name")),
    ):
        found = kit.refusals("a3", homes, village=village)
        assert [(one.file, one.field) for one in found] == [told]


# --- Columns and lines -------------------------------------------------------------------------------------


@given(
    heights=st.lists(st.floats(3, 60), max_size=60),
    count=st.integers(1, 4),
    first=st.floats(-20, 120),
    further=st.floats(61, 400),
)
def test_rows_stand_once_in_order_and_within_their_pages(
    heights: list[float], count: int, first: float, further: float
) -> None:
    """No row is parted or lost, no column is higher than its page."""
    stack = Stack(heights, 2.0)
    pages = list(stack.pages(count, first, further))
    assert list(range(len(heights))) == [row for page in pages for column in page for row in column]
    rooms = (first, *(further for _ in pages))
    assert all(
        stack.height(column) <= room + 0.01
        for page, room in zip(pages, rooms, strict=False)
        for column in page
    )


def test_the_strip_is_that_of_the_maps() -> None:
    """What the board leaves off below each map is what `numbered_maps` adds for the scale."""
    assert numberedmap._STRIP == STRIP
