"""The picture of a shared link: its format, its letters, its size, and that it shows names and nothing else."""

import io
import math
import os
import subprocess
import sys
import unicodedata
from dataclasses import replace
from functools import cache

import pytest
from households_kit import crop
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFont, JpegImagePlugin

import photo_kit
from case_kit import each
from vuonho.pages.garden import Bed, garden_picture
from vuonho.pictures.card import (
    NAME,
    PLACE,
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
from vuonho.pictures.painting import Shape, disc, draw_garden, landscape, rounded, sprite, stretched
from vuonho.pictures.photo import render_photo
from vuonho.resources import Weight, font_bytes, font_letters
from vuonho.verify.photos import metadata_in

PLACES = ("Thôn Vườn Mẫu", "Xã Phúc Trạch")
VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
LETTERS = VOWELS + VOWELS.upper() + "đĐ"
LONG = "Vườn sinh thái và nhà nghỉ cộng đồng gia đình bà Nguyệt Thúy"
NAMES = (
    "Vườn bà Hường", "An", LONG, "Ă" * 60, "W" * 60, "Ẵ " * 30, "VƯỜN BƯỞI ÔNG NGUYỄN HỮU ẨN VÀ BÀ ĐẶNG THỊ ẴNG",
    "Hợp tác xã " + "nguyễnthịhường" * 3, LETTERS[:60], LETTERS[-60:],
)  # fmt: skip
MIDDLE = ((1200 - TEXT_WIDTH) // 2, (1200 + TEXT_WIDTH) // 2)
MOST_BYTES = 130_000
CITRUS, LEAFY = (242, 179, 47), (143, 206, 108)


@cache
def photo(noise: float = 6, width: int = 1600, height: int = 1200) -> bytes:
    """The public JPEG of a photo."""
    original = photo_kit.encoded(photo_kit.picture(width, height, noise=noise), "JPEG", quality=92)
    return render_photo(original).files[-1].content


def beds(*told: tuple[str, int]) -> tuple[Bed, ...]:
    """The beds of a garden with crops of so many m²."""
    crops = [crop(name, area=area) for name, area in told]
    return garden_picture(crops, [name for name, _ in told]).beds


ORCHARD = beds(("Bưởi Phúc Trạch", 900), ("Rau cải", 300))
CARDS = {
    "photo": (Card("Vườn bà Hường", PLACES), photo()),
    "upright photo": (Card("Vườn hồng ông Bình", PLACES), photo(6, 1200, 1600)),
    "garden": (Card("Vườn cam ông Đức", PLACES, ORCHARD), None),
    "nothing told": (Card("Nhà chị Mai", PLACES, ()), None),
    "village": (Card("Thôn Vườn Mẫu", ("Xã Phúc Trạch",)), None),
    "long name": (Card(LONG, PLACES, ORCHARD), None),
}
each_card = each(("card", "shown"), CARDS.values(), ids=CARDS)


@each_card
def test_format(card: Card, shown: bytes | None) -> None:
    """Every card is an RGB JPEG of 1200 by 630 with colours at half the resolution."""
    with Image.open(io.BytesIO(render_card(card, shown))) as image:
        assert isinstance(image, JpegImagePlugin.JpegImageFile)
        assert (
            image.format, image.size, image.mode, JpegImagePlugin.get_sampling(image),
        ) == ("JPEG", (1200, 630), "RGB", 2)  # fmt: skip
        image.load()


@each_card
def test_pixels_only(card: Card, shown: bytes | None) -> None:
    """No card carries anything besides its pixels."""
    content = render_card(card, shown)
    with Image.open(io.BytesIO(content)) as image:
        known = {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert ((), set(), {}) == (metadata_in(content), set(image.info) - known, dict(image.getexif()))


def test_metadata_of_a_photo_stay_behind() -> None:
    """Even a photo that comes with place, owner and comment hands none of it on."""
    laden = photo_kit.encoded(
        photo_kit.picture(800, 600),
        "JPEG",
        comment=photo_kit.CANARY,
        exif=photo_kit.exif(6),
        icc_profile=photo_kit.swapped_profile(),
        xmp=photo_kit.XMP,
    )
    made = render_card(CARDS["photo"][0], laden)
    assert photo_kit.CANARY in laden
    assert metadata_in(made) == ()
    assert photo_kit.CANARY not in made


@each_card
def test_byte_budget(card: Card, shown: bytes | None) -> None:
    """A usual card has 50 to 90 KB."""
    assert 45_000 <= len(render_card(card, shown)) <= 90_000


@pytest.mark.parametrize("noise", [0, 40, 255])
def test_byte_budget_of_hard_photos(noise: float) -> None:
    """A photo of pure grain stays below 130 KB too."""
    assert len(render_card(Card("Vườn bà Hường", PLACES), photo(noise))) <= MOST_BYTES


def test_byte_budget_of_many_beds() -> None:
    """So does a garden of 18 beds."""
    many = beds(
        *((name, 100 + 7 * at) for at, name in enumerate(("Bưởi", "Chuối", "Rau cải", "Ngô", "Chè") * 4))
    )
    assert len(render_card(Card(LONG, PLACES, many))) <= MOST_BYTES


PROGRAM = """
import hashlib, sys
from vuonho.pictures.card import Card, render_card
sys.stdout.write(hashlib.sha256(render_card(Card("Nhà chị Mai", ("Thôn Vườn Mẫu",), ()))).hexdigest())
"""


def test_same_bytes() -> None:
    """Two fresh processes make the same card to the byte."""
    runs = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] != b""


def test_kept_drawings_stay_clean() -> None:
    """What is kept between cards is not drawn upon: a card is the same before and after another."""
    for card, shown in CARDS.values():
        first = render_card(card, shown)
        render_card(Card("W" * 60, PLACES, card.beds), shown)
        assert first == render_card(card, shown)


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
    assert wanted == "".join(sign for sign in wanted if sign in font_letters(weight))


def test_letters_of_the_font_are_those_that_are_drawn() -> None:
    """A character counts as present exactly if something else is drawn for it than for what is missing."""
    font = ImageFont.truetype(io.BytesIO(font_bytes("Bold")), 40, layout_engine=ImageFont.Layout.BASIC)
    missing = bytes(font.getmask("\uffff"))
    signs = [chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x600), *range(0x1E00, 0x2300))]
    drawn = {sign for sign in signs if bytes(font.getmask(sign)) != missing}
    assert drawn | {" ", "\u00a0"} == font_letters("Bold").intersection(signs)
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
    """What the font lacks falls back to plain letters or is left out."""
    assert shown == showable(typed, NAME)


@pytest.mark.parametrize("name", ["", "🍊🍊", "李家"])
def test_card_without_a_name(name: str) -> None:
    """A name of which nothing can be shown leaves the places, or an empty plate."""
    assert render_card(Card(name, PLACES)) != render_card(Card(name))


# --- Room --------------------------------------------------------------------------------------------------


@each("name", NAMES)
def test_name_fits(name: str) -> None:
    """Sixty letters of any kind stand complete in at most three lines within the text's width."""
    lines = set_name(name, TEXT_WIDTH)
    assert len(lines) <= 3
    assert name.replace(" ", "") == "".join(line.text for line in lines).replace(" ", "")
    assert max(width_of(line) for line in lines) <= TEXT_WIDTH
    assert len({line.size for line in lines}) == 1


@given(st.text(max_size=60))
def test_any_name_fits(name: str) -> None:
    """So does whatever else can be typed, once what the font lacks is left out."""
    lines = set_name(name, TEXT_WIDTH)
    assert showable(name, NAME).replace(" ", "") == "".join(line.text for line in lines).replace(" ", "")
    assert all(width_of(line) <= TEXT_WIDTH for line in lines)


@each("name", NAMES)
def test_ink_stays_in_the_middle(name: str) -> None:
    """No pixel of the letters is outside the text's width, above the plate or at its foot."""
    canvas = Image.new("RGB", (1200, 630), "#ff00ff")
    draw_plate(canvas, name, PLACES)
    dark = Image.merge("RGB", [band.point(lambda value: 255 * (value < 75)) for band in canvas.split()])
    ink = Image.eval(dark.convert("L"), lambda value: 255 * (value == 255)).getbbox()
    assert ink is not None
    left, top, right, bottom = ink
    assert MIDDLE[0] - 2 <= left < right <= MIDDLE[1] + 2
    assert 150 < top < bottom < 600


def test_short_names_are_large() -> None:
    """A short name stands in one line, larger than a long one in three."""
    short, long = set_name("Vườn bà Hường", TEXT_WIDTH), set_name(LONG, TEXT_WIDTH)
    assert (len(short), len(long)) == (1, 3)
    assert short[0].size >= 72 > long[0].size >= 40


def test_lines_are_balanced() -> None:
    """A name of several lines has no lonely last word."""
    widths = [width_of(line) for line in set_name(LONG, TEXT_WIDTH)]
    assert min(widths) > 0.75 * max(widths)


def test_overlong_title_ends_in_dots() -> None:
    """A text that would become unreadable is cut, at the end."""
    lines = set_name("M" * 500, TEXT_WIDTH)
    assert "".join(line.text for line in lines).strip("M") == "…"
    assert all(width_of(line) <= TEXT_WIDTH and line.size >= 26 for line in lines)


def test_places_share_a_line_where_they_fit() -> None:
    """Short places stand beside each other, long ones below each other, all within the text's width."""
    assert [line.text for line in set_places(PLACES, TEXT_WIDTH)] == ["Thôn Vườn Mẫu · Xã Phúc Trạch"]
    long = ("Tổ dân phố Đông Trường Sơn", "Phường Hà Huy Tập")
    assert list(long) == [line.text for line in set_places(long, TEXT_WIDTH)]
    cut = set_places(("T" * 120, *PLACES), TEXT_WIDTH)
    assert cut[0].text.endswith("T…")
    assert all(width_of(line) <= TEXT_WIDTH and line.size >= 26 for line in cut)


def test_accents_do_not_touch_the_line_above() -> None:
    """Lines stand apart by as much as tails above and stacked accents below them take."""
    lines = (Line("Nguyệt", NAME, 50), Line("ẴẾỖ", NAME, 50))
    assert baseline_step(lines) > reach(lines[0])[1] + reach(lines[1])[0]
    assert baseline_step((lines[0], Line("em", NAME, 50))) < baseline_step(lines)


def test_reach_is_that_of_the_ink() -> None:
    """Accents above accents reach higher than a plain capital."""
    plain, stacked = (reach(set_name(name, TEXT_WIDTH)[0])[0] for name in ("H", "Ẵ"))
    assert stacked > 1.3 * plain


# --- Pictures ----------------------------------------------------------------------------------------------


def count(image: Image.Image, colour: tuple[int, int, int]) -> int:
    """How many pixels have exactly this colour."""
    return sum(number for number, found in image.getcolors(1 << 20) or () if found == colour)


def test_photo_fills_the_card() -> None:
    """A photo stands upright and to the edges, the plate in its lower middle."""
    quarters = render_photo(photo_kit.encoded(photo_kit.quarters(), "PNG")).files[-1].content
    card = photo_kit.decoded(render_card(Card("An"), quarters))
    corners = [card.getpixel(place) for place in ((5, 5), (1195, 5), (5, 625), (1195, 625), (300, 500))]
    wanted = [photo_kit.RED, photo_kit.GREEN, photo_kit.BLUE, photo_kit.YELLOW, (255, 253, 246)]
    assert [
        (at, wanted[at])
        for at, corner in enumerate(corners)
        if not isinstance(corner, tuple) or math.dist(corner, wanted[at]) > 12
    ] == []


def test_garden_shows_what_grows() -> None:
    """Fruit of the crops that were told are on the picture and no others; nothing told, nothing invented."""
    citrus, both, none = draw_garden(ORCHARD[:1]), draw_garden(ORCHARD), draw_garden(())
    shown = [(count(one, CITRUS) > 0, count(one, LEAFY) > 0) for one in (citrus, both, none)]
    assert shown == [(True, False), (True, True), (False, False)]


def test_garden_keeps_the_shares() -> None:
    """Three quarters of the area have about three times as many fruit."""
    larger, smaller = beds(("Bưởi", 900), ("Hồng", 300))
    picture = draw_garden((larger, replace(smaller, family="tree_fruit")))
    assert 2 < count(picture, CITRUS) / count(picture, (226, 96, 58)) < 4


def test_scale_of_the_drawing_does_not_matter() -> None:
    """Beds laid out on a drawing twice as large make the same picture."""
    twice = tuple(
        replace(bed, x=2 * bed.x, y=2 * bed.y, width=2 * bed.width, height=2 * bed.height) for bed in ORCHARD
    )
    assert draw_garden(ORCHARD).tobytes() == draw_garden(twice).tobytes()


def test_unknown_plant_is_a_bush() -> None:
    """A drawing that the cards do not know yet is no reason to fail."""
    strange, bush = (tuple(replace(bed, plant=kind) for bed in ORCHARD) for kind in ("baobab", "bush"))
    assert draw_garden(bush).tobytes() == draw_garden(strange).tobytes()


@settings(max_examples=25)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=30))
def test_any_garden_is_drawn(areas: list[int]) -> None:
    """Whatever areas are told, the picture is made in the size of a card."""
    assert draw_garden(beds(*(("Bưởi", area) for area in areas))).size == (1200, 630)


def test_landscape_differs_from_every_garden() -> None:
    """A village is not taken for a household."""
    assert landscape().tobytes() not in (draw_garden(()).tobytes(), draw_garden(ORCHARD).tobytes())


# --- Keys ------------------------------------------------------------------------------------------


def test_key_is_hexadecimal() -> None:
    """64 digits, of which a file name takes sixteen."""
    key = card_key(CARDS["garden"][0])
    assert (len(key), set(key) <= set("0123456789abcdef")) == (64, True)


def test_key_depends_on_everything_shown() -> None:
    """Name, places, beds and photo each make another key."""
    card = CARDS["garden"][0]
    others = (
        replace(card, title="Vườn cam ông Đước"),
        replace(card, lines=PLACES[:1]),
        replace(card, lines=(), title=" ".join((card.title, *card.lines))),
        replace(card, beds=ORCHARD[:1]),
        replace(card, beds=()),
        replace(card, beds=None),
        *(
            replace(card, beds=(bed, ORCHARD[1]))
            for bed in (
                replace(ORCHARD[0], x=30),
                replace(ORCHARD[0], y=30),
                replace(ORCHARD[0], width=30),
                replace(ORCHARD[0], height=30),
                replace(ORCHARD[0], family="palm"),
            )
        ),
    )
    keys = [card_key(card), card_key(card, "aa"), card_key(card, "bb"), *map(card_key, others)]
    assert len(keys) == len(set(keys))


def test_key_depends_on_nothing_else() -> None:
    """How the page draws a bed, and beds behind a photo, make no difference."""
    card = CARDS["garden"][0]
    english = replace(card, beds=tuple(replace(bed, plant="tall", hue="#000", feet=()) for bed in ORCHARD))
    assert (card_key(card), render_card(card)) == (card_key(english), render_card(english))
    assert card_key(card, "aa") == card_key(replace(card, beds=None), "aa")


# --- Drawing -----------------------------------------------------------------------------------------------


def coverage(path: str) -> float:
    """How many pixels a shape covers, those at its edge in part."""
    drawn = sprite((Shape(path, "#000000"),), (100, 100))
    return sum(value * number for value, number in enumerate(drawn.getchannel("A").histogram())) / 255


@each(
    ("path", "area"),
    [
        ("M10 10H90V60H10z", 80 * 50),
        ("m10 10h80v50h-80z", 80 * 50),
        ("M10 10L90 10 90 60 10 60z", 80 * 50),
        ("m10 10l80 0 0 30-80 0zm0 40h40v40h-40z", 80 * 30 + 40 * 40),
        ("M10 90Q50 10 90 90z", 80 * 80 / 3),
        ("M10 90q40-80 80 0z", 80 * 80 / 3),
        (disc(50, 50, 30), math.pi * 900),
        (disc(50, 50, 40, 20), math.pi * 800),
        (rounded(10, 10, 80, 60, 20), 80 * 60 - (4 - math.pi) * 400),
    ],
)
def test_paths_cover_their_area(path: str, area: float) -> None:
    """Every command of a path leads where SVG says."""
    assert pytest.approx(coverage(path), rel=0.03) == area


def test_edges_are_smooth() -> None:
    """A round edge has many shades between nothing and all, and its colour there is not darkened."""
    drawn = sprite((Shape(disc(50, 50, 30), "#ff8000"),), (100, 100))
    shades = {value[3]: value[:3] for _, value in drawn.getcolors(10_000) or () if isinstance(value, tuple)}
    assert len(shades) > 8
    assert all(math.dist(colour, (255, 128, 0)) < 12 for alpha, colour in shades.items() if alpha > 16)


def test_stretching_keeps_the_edge() -> None:
    """The frame of a stretched picture is as wide as before; what it frames fills the rest."""
    framed = Image.new("L", (12, 12), 9)
    framed.paste(200, (4, 4, 8, 8))
    wanted = Image.new("L", (30, 20), 9)
    wanted.paste(200, (4, 4, 26, 16))
    assert wanted.tobytes() == stretched(framed, (30, 20), 4).tobytes()
    assert bytes([9]) * 64 == stretched(framed, (8, 8), 4).tobytes()


def test_font_comes_with_its_weights() -> None:
    """Each weight is a TrueType file of its own."""
    fonts = [font_bytes(weight) for weight in (NAME, PLACE, "Regular")]
    assert [font[:4] for font in fonts] == [b"\0\1\0\0"] * 3
    assert len(set(fonts)) == 3
