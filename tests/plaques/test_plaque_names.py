"""Names of every length and every letter: what is read is what was typed, and nothing stands on anything else."""

import random
import unicodedata
from itertools import combinations
from pathlib import Path

import plaque_kit as kit
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from case_kit import each
from command_kit import vuonho
from vuonho.plaques.order import print_order

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VOWELS = tuple(vowel + tone for vowel in "aăâeêioôơuưy" for tone in TONES if vowel + tone not in "aeiouy")
SMALL = (*(unicodedata.normalize("NFC", vowel) for vowel in VOWELS), "đ")
LETTERS = (*SMALL, *(letter.upper() for letter in SMALL))
"""The 134 letters of Vietnamese that others do not have."""
SYLLABLES = {1: ("Ý", "Ẫ", "ợ"), 2: ("bà", "Hồ", "Ộc"), 3: ("gia", "Huế", "Ông"), 4: ("Vườn", "cộng", "đình"), 5: ("Hường", "Thạch"), 6: ("NGUYỄN", "Khương"), 7: ("nghiêng", "NGHIỆNG")}  # fmt: skip
LONGEST = "Vườn sinh thái và nhà nghỉ cộng đồng gia đình bà Nguyệt Thúy"
WORST = "ẪộẪộẪộẪộ ẪợẪợẪợẪợ ẪặẪặẪặẪặ ẴộẴộẴộẴộ ẴợẴợẴợẴợ ẴặẴặẴặẴặ ỄộỄộỄộ"
ONE_WORD = "Nghiêng" * 8 + "Đất!"
VILLAGE = "Tổ dân phố Nguyễn Khuyến Hoàng Thượng Trường Khương Nghiêng"

LOW = ("99x38", "63x38")
"""Labels too low to name the village."""

each_design = each("design", kit.DESIGNS)


def of_length(length: int) -> str:
    """Return a name of so many characters made of syllables, the same every time."""
    chance, words, left = random.Random(length), list[str](), length  # noqa: S311 - the same every time
    while left > 0:
        size = chance.choice([size for size in range(1, 8) if left == size or left > size + 1])
        words.append(chance.choice(SYLLABLES[size]))
        left -= size + 1
    return " ".join(words)


NAMES = (
    *map(of_length, range(3, 61)),
    *(" ".join(LETTERS[at : at + 27]) for at in range(0, 134, 27)),
    WORST,
    LONGEST,
)


def check_piece(design: str, piece: kit.Box, code: kit.Box, lines: list[kit.Line]) -> None:
    """Compare each two lines on a piece, and each line with the code and the edge."""
    safe = piece.inside(2 if design in kit.SHEETS else 5)
    assert [line.text for line in lines if not safe.holds(line.box)] == []
    assert [line.text for line in lines if line.box.meets(code)] == []
    assert [(one.text, other.text) for one, other in combinations(lines, 2) if one.box.meets(other.box)] == []


def name_on(lines: list[kit.Line], village: str = "Thôn Vườn Mẫu") -> str:
    """Return what is written between the digits or the address and the village, or what stands for it on a low label."""
    written = [line.text for line in lines]
    first = max(
        at for at, text in enumerate(written) if text.replace(" ", "").isdigit() or text.endswith("/")
    )
    return " ".join(written[first + 1 :]).partition(f" {village}")[0].partition(" Mời quét mã")[0]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project whose names were typed decomposed (NFD), as on a Mac."""
    assert (len(set(LETTERS)), len(WORST), len(LONGEST)) == (134, 60, 60)
    names = [unicodedata.normalize("NFD", name) for name in NAMES]
    return kit.write_project(
        tmp_path_factory.mktemp("NFD"), names, village=unicodedata.normalize("NFD", "Thôn Vườn Mẫu")
    )


@each_design
def test_names_are_read_as_they_were_typed(design: str, project: Path) -> None:
    """From the profile to the page: in NFC, lines joined by blanks, in the order of the profiles, nothing touching."""
    order = kit.order(design, **kit.surveyed(project))
    wanted = [home.name for home, _ in order.homes]
    assert sorted(NAMES) == sorted(wanted)
    found = kit.pieces(print_order(order), order.layout)
    assert [name_on(lines) for _, _, lines in found] == wanted
    for piece, code, lines in found:
        check_piece(design, piece, code, lines)


@each("design", kit.SHEETS)
def test_a_label_says_the_name_first(design: str) -> None:
    """Of 3 letters, 16 or 60: the name is largest, then what to do, then the digits; “ông Cảnh” is not parted.

    All labels of a sheet have the same sizes.
    """
    names = ("Lạc", "Ao vườn ông Cảnh", LONGEST)
    order = kit.order(design, [kit.home(name) for name in names])
    sizes = set()
    for (_, _, lines), name in zip(kit.pieces(print_order(order), order.layout), names, strict=True):
        call = next(line.size for line in lines if line.text.startswith(("Quét mã", "Mời quét mã")))
        digits = next(line.size for line in lines if line.text.replace(" ", "").isdigit())
        said = [line for line in lines if line.weight == "Bold" and line.text in name]
        assert min(line.size for line in said) > call > digits
        sizes.add((*{line.size for line in said}, call, digits))
        assert [line.text for line in said[:-1] if line.text.endswith(("ông", "bà", "gia", "cộng"))] == []
    assert len(sizes) == 1


words = st.lists(st.sampled_from([*"bcdghklmnpqrstvxy", *LETTERS]), min_size=1, max_size=7).map("".join)
names = (
    st.lists(words, min_size=1, max_size=20)
    .map(lambda some: " ".join(some)[:60].strip())
    .filter(lambda name: len(name) > 2)
)


@given(name=names, code=st.sampled_from(kit.codes(9)), design=st.sampled_from(kit.DESIGNS))
@example(name=WORST, code="12342", design="63x38")
@example(name="B" * 7 + (" " + "W" * 7) * 6, code="12345670", design="63x38")
@example(name="W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W", code="482135", design="a6")
@settings(max_examples=40)
def test_any_name_of_words_fits(name: str, code: str, design: str) -> None:
    """Whatever letters they are made of: words of up to seven letters always have room."""
    order = kit.order(design, [kit.home(name, code)])
    ((piece, square, lines),) = kit.pieces(print_order(order), order.layout)
    assert name_on(lines) == name
    check_piece(design, piece, square, lines)


@each_design
def test_a_long_village_is_smaller_than_the_name(design: str) -> None:
    """60 letters of village go beside any name; without room it is named, by file and field."""
    order = kit.order(design, [kit.home("Lạc"), kit.home(LONGEST)], village=kit.village(VILLAGE))
    for (piece, square, lines), name in zip(
        kit.pieces(print_order(order), order.layout), ("Lạc", LONGEST), strict=True
    ):
        assert name_on(lines, VILLAGE) == name
        check_piece(design, piece, square, lines)
        if design in LOW:
            continue
        sizes = {line.weight: line.size for line in lines if line.text in name or line.text in VILLAGE}
        assert sizes["SemiBold"] <= sizes["Bold"]
    found = kit.refusals(design, [kit.home()], village=kit.village("Thôn" + "ngoẵng" * 18))
    assert design in LOW or [(one.file, one.field) for one in found] == [
        ("profiles/thon-vuon-mau/village.yaml", "name")
    ]


@each("language", ["vi", "en"])
@each("size", ["a6", "63x38"])
def test_every_name_that_cannot_be_printed_is_named(tmp_path: Path, language: str, size: str) -> None:
    """All at once with file, line and field, in words, exit 1, and no PDF; the other households are not to blame."""
    root = kit.write_project(tmp_path, ["Vườn bà Hường", ONE_WORD, "Vườn 🍊 bà Hường", "Vườn 漢"])
    done = vuonho("-C", root, "--lang", language, "plaques", "--all", "--draft", "--size", size)
    assert done.code == 1
    place, long, strange = {
        "vi": ("dòng 3, Tên vườn", "dài quá, không in vừa biển", "Chữ in không có ký tự"),
        "en": ("line 3, Name", "is too long for the plaque", "The letters for print have no"),
    }[language]
    for at, said in ((1, long), (2, f"{strange} “🍊”"), (3, f"{strange} “漢”")):
        assert f"profiles/thon-vuon-mau/ho-{at}.yaml\n  {place}  " in done.said
        assert done.said.count(said) == 1
    assert "ho-0.yaml" not in done.said
    assert list(root.glob("*.pdf")) == []


URLS = (
    "https://thon-nam-tran.github.io/",
    "https://to-cong-nghe-so-thon-vuon-mau.github.io/vuon-ho-gia-dinh/",
    f"https://vuonmau.example/{'abcdefghi-' * 12}abcde/",
    f"https://{'ab-' * 20}cd.{'ef-' * 20}g.example/",
    f"https://{'a' * 60}.{'b' * 60}.example/",
    f"https://vuonmau.example/{'a' * 125}/",
)


@each_design
@each("base_url", URLS)
def test_an_address_of_any_length(design: str, base_url: str) -> None:
    """Set smaller, in two lines, or named as too long at base_url; never over anything else."""
    site = kit.site(base_url=base_url)
    found = kit.refusals(design, site=site)
    if found:
        assert len(base_url) > 70
        assert [(problem.file, problem.field) for problem in found] == [("profiles/site.yaml", "base_url")]
        return
    ((piece, square, lines),) = kit.pieces(kit.printed(design, site=site), kit.order(design).layout)
    check_piece(design, piece, square, lines)
    assert base_url.removeprefix("https://") in "".join(line.text for line in lines)
    assert [line.text for line in lines if line.text.replace(" ", "") == kit.DEMO_CODE]
