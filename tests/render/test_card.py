"""The picture of a shared link: its format, its letters, its size, and that it shows names and nothing else."""

import io
import unicodedata
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFont, JpegImagePlugin

from case_kit import each
from vuonho.pictures.card import (
    NAME,
    TEXT_WIDTH,
    Card,
    Line,
    baseline_step,
    card_key,
    draw_plate,
    reach,
    render_card,
    set_name,
    set_places,
    showable,
    width_of,
)
from vuonho.resources import Weight, font_bytes, font_letters
from vuonho.verify.images import metadata_in

PLACES = ("Thôn Vườn Mẫu", "Xã Phúc Trạch")
VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
LETTERS = VOWELS + VOWELS.upper() + "đĐ"
LONG = "Vườn sinh thái và nhà nghỉ cộng đồng gia đình bà Nguyệt Thúy"
NAMES = (
    "Vườn bà Hường", "An", LONG, "W" * 18, "Ẵ " * 30, "VƯỜN BƯỞI ÔNG NGUYỄN HỮU ẨN VÀ BÀ ĐẶNG THỊ ẴNG",
)  # fmt: skip


CARDS = {"village": Card("Thôn Vườn Mẫu", ("Xã Phúc Trạch",)), "long name": Card(LONG, PLACES)}


@each("card", CARDS.values(), ids=CARDS)
def test_a_card_is_an_rgb_jpeg_of_pixels_only(card: Card) -> None:
    """1200 by 630, colours at half the resolution, 45 to 120 KB, and the same after another card was drawn."""
    content = render_card(card)
    with Image.open(io.BytesIO(content)) as image:
        assert isinstance(image, JpegImagePlugin.JpegImageFile)
        assert (image.size, image.mode, JpegImagePlugin.get_sampling(image)) == ((1200, 630), "RGB", 2)
        known = {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert ((), set(), {}) == (metadata_in(content), set(image.info) - known, dict(image.getexif()))
        image.load()
    assert 45_000 <= len(content) <= 120_000
    render_card(Card("W" * 60, PLACES))
    assert render_card(card) == content


@each("name", NAMES)
def test_composition_does_not_matter(name: str) -> None:
    """A name typed in NFD makes the same bytes and the same key as in NFC."""
    composed, parted = (
        Card(unicodedata.normalize(form, name), tuple(unicodedata.normalize(form, one) for one in PLACES))
        for form in ("NFC", "NFD")
    )
    assert card_key(composed) == card_key(parted)
    assert render_card(composed) == render_card(parted)


# --- Letters -----------------------------------------------------------------------------------------------


@each("weight", ["Regular", "Medium", "SemiBold", "Bold", "ExtraBold"])
def test_every_vietnamese_letter_has_a_glyph(weight: Weight) -> None:
    """Vowels with every tone, đ, figures and marks, capital and small."""
    wanted = LETTERS + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,;:!?()-–/&+'\"“”…·²"
    assert set(wanted) <= font_letters(weight)


def test_letters_of_the_font_are_those_that_are_drawn() -> None:
    """A character counts as present exactly if something else is drawn for it than for what is missing."""
    font = ImageFont.truetype(io.BytesIO(font_bytes("Bold")), 40, layout_engine=ImageFont.Layout.BASIC)
    missing = bytes(font.getmask("\uffff"))
    chars = [chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x600), *range(0x1E00, 0x2300))]
    drawn = {char for char in chars if bytes(font.getmask(char)) != missing}
    assert drawn | {" ", "\u00a0"} == font_letters("Bold").intersection(chars)
    assert "\uffff" not in font_letters("Bold")


@each(
    ("typed", "shown"),
    [
        ("Vườn 🌳 nhà Bé", "Vườn nhà Bé"),
        ("🍊🍊", ""),
        ("𝐕ườn ﬁ Ⅳ", "Vườn fi IV"),
        ("李家 Vườn", "Vườn"),
        ("Vườn\u00a0bà\u2003Hường", "Vườn bà Hường"),
        ("Vườn\u200b bà\u202e Hường", "Vườn bà Hường"),
    ],
)
def test_no_boxes(typed: str, shown: str) -> None:
    """What the font lacks falls back to plain letters or is left out; the places stand without a name too."""
    assert shown == showable(typed, NAME)
    assert render_card(Card(typed, PLACES)) != render_card(Card(typed))


@each("name", NAMES)
def test_name_fits(name: str) -> None:
    """Usual names stand complete in at most three lines of one size; no ink leaves the plate's middle."""
    lines = set_name(name)
    assert (len(lines) <= 3, len({line.size for line in lines})) == (True, 1)
    assert "".join(name.split()) == "".join("".join(line.text.split()) for line in lines)
    canvas = Image.new("RGB", (1200, 630), "#ff00ff")
    draw_plate(canvas, name, PLACES)
    dark = Image.merge("RGB", [band.point(lambda value: 255 * (value < 75)) for band in canvas.split()])
    ink = Image.eval(dark.convert("L"), lambda value: 255 * (value == 255)).getbbox()
    assert ink is not None
    left, top, right, bottom = ink
    aside = (1200 - TEXT_WIDTH) // 2
    assert aside - 2 <= left < right <= 1200 - aside + 2
    assert 150 < top < bottom < 600


@given(st.text(max_size=60) | st.just("M" * 500))
def test_any_name_fits(name: str) -> None:
    """Whatever can be typed, once what the font lacks is left out; a word too long ends in dots."""
    lines = set_name(name)
    whole = showable(name, NAME).replace(" ", "")
    set_letters = "".join("".join(line.text.split()) for line in lines)
    assert set_letters == whole or (set_letters.endswith("…") and whole.startswith(set_letters[:-1]))
    assert all(width_of(line) <= TEXT_WIDTH and line.size >= 26 for line in lines)


def test_short_names_are_large_and_long_ones_balanced() -> None:
    """A short name stands in one line, larger than a long one in three, which has no lonely last word."""
    short, long = set_name("Vườn bà Hường"), set_name(LONG)
    assert (len(short), len(long)) == (1, 3)
    assert short[0].size >= 72 > long[0].size >= 40
    widths = [width_of(line) for line in long]
    assert min(widths) > 0.75 * max(widths)


def test_places_share_a_line_where_they_fit() -> None:
    """Short places stand beside each other, long ones below each other, all within the text's width."""
    assert [line.text for line in set_places(PLACES)] == ["Thôn Vườn Mẫu · Xã Phúc Trạch"]
    long = ("Tổ dân phố Đông Trường Sơn", "Phường Hà Huy Tập")
    assert list(long) == [line.text for line in set_places(long)]
    cut = set_places(("T" * 120, *PLACES))
    assert cut[0].text.endswith("T…")
    assert all(width_of(line) <= TEXT_WIDTH and line.size >= 26 for line in cut)


def test_accents_do_not_touch_the_line_above() -> None:
    """Lines stand apart by as much as tails above and stacked accents below them take."""
    lines = (Line("Nguyệt", NAME, 50), Line("ẴẾỖ", NAME, 50))
    assert baseline_step(lines) > reach(lines[0])[1] + reach(lines[1])[0]
    assert baseline_step((lines[0], Line("em", NAME, 50))) < baseline_step(lines)


# --- Pictures ----------------------------------------------------------------------------------------------


def test_key_depends_on_all_that_is_shown_and_nothing_else() -> None:
    """Name and places."""
    card = Card("Vườn cam ông Đức", PLACES)
    others = (
        replace(card, title="Vườn cam ông Đước"),
        replace(card, lines=PLACES[:1]),
        replace(card, lines=(), title=" ".join((card.title, *card.lines))),
    )
    keys = [*map(card_key, (card, *others))]
    assert len(keys) == len(set(keys))
    assert {len(bytes.fromhex(key)) for key in keys} == {32}
