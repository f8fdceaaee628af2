"""What a plaque says and what it keeps to itself; how large it says it, and how far from the edge."""

import re
from functools import cache

import numpy as np
import plaque_kit as kit
import pytest

from case_kit import each
from vuonho.plaques.order import Printed
from vuonho.plaques.sheets import Layout

CALL = ("Quét mã để xem vườn của gia đình", "Scan to see this family’s garden")
PLAQUE = ("Bằng camera hoặc Zalo", "Mã thật mở ra địa chỉ bắt đầu bằng vuonmau.example.", "Thấy mã khác dán đè, xin báo",
          "The true code opens an address that begins with vuonmau.example.", "Biển hỏng hay mờ cũng xin báo.", "Đợt in 7.")  # fmt: skip
LABEL = ("Mã thật mở ra vuonmau.example/",)
RULER = "100 mm · In đúng 100 %, không co giãn"

each_design = each("design", kit.DESIGNS)


@cache
def of_the_demo(design: str) -> Printed:
    """Return a design for all households of the demo."""
    return kit.printed(design, kit.demo().households, batch=7, village=kit.demo().villages[0])


def words(design: str) -> str:
    """Return all words of it."""
    printed = of_the_demo(design)
    return " ".join(kit.text_of(printed.content, page) for page in range(printed.pages))


@each_design
def test_what_each_of_them_says(design: str) -> None:
    """Name, village, digits in groups, the address in lower case, what to do in both languages, how to tell fakes."""
    said = words(design)
    homes = kit.demo().households
    assert len(homes) > 10
    for home in homes:
        assert home.name in said
        assert f"{home.code[:3]} {home.code[3:]}" in said
        assert f"vuonmau.example/{home.code}/" in said
    for text in (*CALL, "Thôn Vườn Mẫu", *(LABEL if design in kit.SHEETS else PLAQUE)):
        assert said.count(text) == len(homes), text
    assert RULER in said


@each_design
def test_what_none_of_them_says(design: str) -> None:
    """Nothing that ages, and nothing of a family but its chosen name: looked for in the pages of all households."""
    said = words(design)
    digits = re.sub(r"\D", "", said)
    place = kit.demo().villages[0]
    for text in (
        place.commune,
        place.former_commune,
        place.former_district,
        "Hà Tĩnh",
        "OCOP",
        "★",
        "Bưởi",
        kit.site().team.name,
    ):
        assert text
        assert text.lower() not in said.lower()
    phones = [home.contact.phone.digits for home in kit.demo().private if home.contact and home.contact.phone]
    assert len(phones) > 5
    assert [phone for phone in (*phones, kit.site().team.phone.digits) if phone[1:] in digits] == []
    chosen = {home.name for home in kit.demo().households}
    heads = [home.head for home in kit.demo().private if home.head and home.head not in chosen]
    assert len(heads) > 5
    assert [head for head in heads if head.lower() in said.lower()] == []
    addresses = [home.address for home in kit.demo().households if home.address]
    assert [address for address in addresses if address.lower() in said.lower()] == []


@pytest.mark.parametrize("design", ["200x150", "a5"])
def test_digits_and_address_can_be_read_from_afar(design: str) -> None:
    """For a person with a broken code: digits of 12 mm, and letters of 5 mm in the address."""
    content = kit.printed(design).content
    heights = kit.letter_heights(content, "482 135")
    assert min(heights[:3] + heights[4:]) >= 12
    if design == "200x150":
        assert min(kit.letter_heights(content, "482135/")[:-1]) >= 5


@each("code", ["12342", "482135", "12345670"])
@each_design
def test_codes_of_any_length(design: str, code: str) -> None:
    """Five to eight digits stand in groups, apart from all else; at the gate they are 12 mm high."""
    written = kit.lines(kit.printed(design, [kit.home(code=code)]).content)
    half = {5: 2, 6: 3, 8: 4}[len(code)]
    (line,) = (line for line in written if line.text == f"{code[:half]} {code[half:]}")
    assert line.weight == "Bold"
    if design == "200x150":
        assert line.box.bottom - line.box.top >= 12
    assert [other.text for other in written if other is not line and other.box.meets(line.box)] == []


@each_design
def test_what_is_read_keeps_away_from_the_edge(design: str) -> None:
    """Code and letters end 5 mm inside the trim, on labels 2 mm."""
    printed = kit.printed(design)
    piece = piece_of(printed, kit.order(design).layout)
    safe = piece.inside(2 if design in kit.SHEETS else 5)
    assert safe.holds(kit.stamp_box(printed))
    said = [line for line in kit.lines(printed.content) if line.box.meets(piece) and line.text != RULER]
    assert len(said) > 5
    assert [line.text for line in said if not safe.holds(line.box)] == []


def piece_of(printed: Printed, layout: Layout | None) -> kit.Box:
    """Return where the first piece is cut."""
    if layout is None:
        return kit.pages(printed.content)[0].trim
    left, top = layout.corner(0)
    return kit.Box(left, top, left + layout.piece[0], top + layout.piece[1])


@pytest.mark.parametrize("design", kit.SINGLE)
def test_the_edge_is_bare_but_for_holes(design: str) -> None:
    """Left, right and at the foot there is nothing within 5 mm of the trim but ground and the marks of drill points."""
    printed = kit.printed(design)
    at = 150 / 25.4
    pixels = kit.raster(printed.content, dpi=150, grey=False).astype(int)
    trim = kit.pages(printed.content)[0].trim
    left, top, right, low = (round(side * at) for side in (trim.left, trim.top + 5, trim.right, trim.bottom))
    ground = pixels[low - 4, (left + right) // 2]
    other = np.abs(pixels - ground).max(axis=2) > 6
    strip = round(4.9 * at)
    for x in (trim.left + 6.5, trim.right - 6.5) if design != "a6" else ():
        for y in (trim.top + 11, trim.bottom - 6.5):
            other[
                round((y - 2.4) * at) : round((y + 2.4) * at), round((x - 2.4) * at) : round((x + 2.4) * at)
            ] = False
    assert not other[top:low, left : left + strip].any()
    assert not other[top:low, right - strip : right].any()
    assert not other[low - strip : low, left:right].any()


def has_room_above(design: str) -> bool:
    """Tell whether the ruler finds room in the margin of a sheet, as it does below a plaque of its own."""
    layout = kit.order(design).layout
    return layout is None or layout.margins[1] >= 8.5


@each_design
def test_the_ruler_is_as_long_as_it_says(design: str) -> None:
    """100 mm from its first mark to its last one, and eleven marks; the words beside it tell how to print."""
    content = kit.printed(design).content
    assert [line.text for line in kit.lines(content)].count(RULER) == 1
    marks = [
        stroke
        for stroke in kit.strokes(content)
        if stroke.right - stroke.left < 0.2 and stroke.bottom - stroke.top < 2.2
    ]
    ruler = [mark for mark in marks if sum(abs(other.top - mark.top) < 0.6 for other in marks) == 11]
    middles = sorted((mark.left + mark.right) / 2 for mark in ruler)
    assert len(middles) == 11
    assert middles[-1] - middles[0] == pytest.approx(100, abs=0.01)
    assert np.diff(middles) == pytest.approx(10, abs=0.01)
    if has_room_above(design):  # else the marks stand on a line to cut along
        along = [stroke for stroke in kit.strokes(content) if abs(stroke.top - ruler[0].top) < 0.2]
        assert max(stroke.right - stroke.left for stroke in along) == pytest.approx(100, abs=0.4)
    others = [line.text for line in kit.lines(content) if line.text != RULER]
    assert not any("100 %" in text for text in others)


@pytest.mark.parametrize("design", kit.SINGLE)
def test_a_note_tells_the_print_shop_what_it_is(design: str) -> None:
    """Size, bleed, whose plaque and which page stand above the trim, outside the bleed."""
    printed = kit.printed(design, [kit.home(), kit.home(code="12342")])
    width, height = kit.SINGLE[design]
    said = f"{width} × {height} mm, bù xén 3 mm · 12342 · 2/2"
    (note,) = (line for line in kit.lines(printed.content, 1) if line.text == said)
    assert note.box.bottom < kit.pages(printed.content)[1].bleed.top


def test_a_site_of_one_language_says_it_once() -> None:
    """Without a second language there are no words of it, and no gap that waits for them."""
    alone = kit.languages("vi")
    for design in kit.DESIGNS:
        said = kit.text_of(kit.printed(design, languages=alone).content)
        assert CALL[0] in said
        assert "Scan" not in said
        assert "true code" not in said


def test_a_site_in_english_speaks_english_first() -> None:
    """The first language of the site is the plaque's."""
    said = kit.text_of(kit.printed("a5", languages=kit.languages("en", "vi")).content)
    assert said.index(CALL[1]) < said.index(CALL[0])
    assert "With the camera or Zalo" in said
    assert "Print run 1." in said
