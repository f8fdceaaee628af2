"""The form of consent as a reader that did not write it sees it: what it asks, and that nothing is answered."""

from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from paper_kit import (
    LONG_PURPOSE,
    PHONE,
    TICKS,
    Line,
    boxes,
    each_page,
    family,
    flat,
    form,
    language,
    lines,
    opened,
    questions,
    said,
    site,
    texts,
    with_tick,
    with_words,
)
from reportlab.platypus import Spacer

from case_kit import each
from vuonho.consent_forms.form import FormWords
from vuonho.consent_forms.paper import DOWN, Piece, on_one_page, paged
from vuonho.consent_forms.questions import Asked
from vuonho.errors import DataProblems
from vuonho.model.codes import spaced
from vuonho.model.vocabulary import LISTS

PT = 25.4 / 72
LONGEST = {
    "name": "Vườn nhà ông bà Nguyễn Đình Nghiêm và các con các cháu xóm Đ",
    "head": "Nguyễn Thị Phương Nghiêm Hoàng Thùy Dương Trường Thượng Hường",
    "address": (
        "Ngõ 37, ngách 12, đường Nguyễn Văn Trỗi nối dài, xóm Đông Thượng, cạnh cây đa, gần bến đò cũ, " * 2
    )[:120].strip(),
}


@pytest.fixture(scope="module")
def forms() -> Mapping[str, bytes]:
    """Return forms: blank, of the demo's fullest household, with a long purpose, with everything as long as it may be."""
    usual = site().purpose.to("vi")[0]
    return {
        "blank": form(),
        "filled": form(family()),
        "long": form(family(), site=site(purpose=f"{usual} {usual} {usual}"[:300])),
        "longest": form(
            family(**LONGEST), site=site(purpose=LONG_PURPOSE, base_url=f"https://{'vuon-' * 30}.example/")
        ),
        "English": form(language=language("en")),
    }


# --- What it says ----------------------------------------------------------------------------------------------


def test_it_names_law_purpose_and_whom_to_call(forms: Mapping[str, bytes]) -> None:
    """On both copies: the two texts of law and the article on images, the purpose, the team, where and how long."""
    for copy in (0, 2):
        front = texts(forms["blank"])[copy]
        for words in ("91/2025/QH15", "356/2025/NĐ-CP", "Điều 32 Bộ luật Dân sự", "vuonmau.example", "GitHub Pages, Hoa Kỳ",
                      "Tổ công nghệ số Thôn Vườn Mẫu", PHONE, "Đến khi gia đình rút lại", "Không đánh dấu là không đồng ý",
                      "2 ngày làm việc", "15 ngày", "trẻ em"):  # fmt: skip
            assert words in front, words
        assert flat(site().purpose.to("vi")[0]) in flat(front)


def test_each_tick_is_a_question_of_its_own(forms: Mapping[str, bytes]) -> None:
    """Numbered, with its label and what it means, in both copies and languages; a new one is asked by itself."""
    for tag, content in (("vi", forms["blank"]), ("en", forms["English"])):
        whole = said(content)
        for number, tick in enumerate(TICKS, 2):
            assert whole.count(flat(f"{number}{tick.label.to(tag)}")) == 2, tick.key
            assert whole.count(flat(language(tag).say(f"consent.means_{tick.key}"))) == 2, tick.key
    asked = with_tick("drone", "Ảnh chụp vườn từ trên cao", "Pictures from the air")
    assert said(form(asked=asked)).count(flat("12Ảnh chụp vườn từ trên cao")) == 2
    assert "What the family signs is the Vietnamese form" in texts(forms["English"])[0]


def test_sensitive_questions_say_so(forms: Mapping[str, bytes]) -> None:
    """Exact place and living conditions, the rough place that comes of the point, and the family's story."""
    sensitive = {one.tick.key for one in questions().questions if one.is_sensitive}
    assert sensitive == {"exact_point", "near_point", "living", "story"}
    assert texts(forms["blank"])[1].count("Dữ liệu nhạy cảm") == 4


def test_base_facts_are_those_of_the_schema() -> None:
    """What every page shows is listed, and nothing that needs a tick."""
    listed = FormWords(language(), site(), questions()).base()
    assert listed == (
        "Mã trên biển, tên vườn, ngày tổ xem lại hồ sơ, thôn, xã; địa chỉ; diện tích vườn, có phải vườn mẫu không, cách tưới, "
        "cách làm vườn, cây trồng, vật nuôi; thứ bán ra, tháng bán, sao OCOP; có đón khách không, giờ đón khách, khách làm "
        "được gì, món ăn, số phòng, nhà vệ sinh, chỗ để xe, bậc thềm; ảnh không có người."
    )


def test_each_keeps_a_copy_of_its_own(forms: Mapping[str, bytes]) -> None:
    """Both turn over at the same question; the family's says loudly how to withdraw, the team's what it is advised."""
    content = forms["filled"]
    loud = [[line for line in page if line.said == PHONE and line.size > 20 * PT] for page in lines(content)]
    assert [len(page) for page in loud] == [0, 0, 1, 0]
    pages, version = texts(content), FormWords(language(), site(), questions()).version()
    assert ["Bản tổ giữ" in page for page in pages] == [True, True, False, False]
    assert ["Bản gia đình giữ" in page for page in pages] == [False, False, True, True]
    assert [f"482 135 · Mẫu {version}" in page for page in pages] == [True] * 4
    assert [page[-9:] for page in pages] == ["Trang 1/2", "Trang 2/2"] * 2
    advice = language().say("consent.advice")
    team, own = (page.rpartition(" Bản ")[0] for page in pages[1::2])
    assert team == f"{own} {advice}"


def test_a_filled_form_names_the_household(forms: Mapping[str, bytes]) -> None:
    """Name, head, address, code, village and commune, on both copies; who has not agreed has a form too."""
    for front in (texts(forms["filled"])[0], texts(forms["filled"])[2]):
        for words in (
            "Vườn bà Hường",
            "Nguyễn Thị Hường",
            "Xóm Đông, ngõ 3",
            "482 135",
            "Thôn Vườn Mẫu",
            "Xã Phúc Trạch",
        ):
            assert words in front, words
    assert "012 345" not in said(forms["filled"])
    assert "Mai Văn Tuất" in texts(form(family("594379")))[0]


def version(asked: Asked | None = None, **changes: object) -> str:
    """Return the number of a wording."""
    words = changes.pop("words", language())
    return FormWords(words, site(**changes), asked or questions()).version()  # type: ignore[arg-type]


def test_the_number_follows_the_wording() -> None:
    """Other words, ticks, purpose or address: another number; the same text: the same."""
    numbers = {
        version(),
        version(with_tick("drone", "Ảnh từ trên cao", "From the air")),
        version(questions(TICKS[:-1])),
        version(purpose="Để bán hàng"),
        version(base_url="https://khac.example/"),
        version(words=with_words(ask_text="Xin trả lời.")),
    }
    assert len(numbers) == 6
    assert version() in numbers


# --- What it looks like ----------------------------------------------------------------------------------------


def test_nothing_is_ticked(forms: Mapping[str, bytes]) -> None:
    """Two boxes for each question and one for each way of consent, in each copy; inside all of them there is only paper."""
    found = boxes(forms["filled"])
    a_copy = 2 * (1 + len(TICKS)) + len(LISTS["consent_how"].words)
    assert [len(found[0]) + len(found[1]), len(found[2]) + len(found[3])] == [a_copy, a_copy]
    scale = 4.0
    with opened(forms["filled"]) as document:
        for page, places in zip(document, found, strict=True):
            picture = page.render(scale=scale).to_pil().convert("L")
            for x, y in places:
                inside = (x - 2.7, y - 2.7, x + 2.7, y + 2.7)
                cut = picture.crop(tuple(round(mm / PT * scale) for mm in inside))
                assert cut.getextrema() == (255, 255)


@each("which", ["blank", "filled", "long", "longest", "English"])
def test_every_letter_is_within_the_margins_and_apart(forms: Mapping[str, bytes], which: str) -> None:
    """A4; 10 mm on all sides, which any office printer reaches; no two lines meet, however long a name or an address."""
    content = forms[which]
    sizes = each_page(content, lambda page: (round(page.get_width() * PT), round(page.get_height() * PT)))
    assert set(sizes) == {(210, 297)}
    for page in lines(content):
        for at, line in enumerate(page):
            assert line.left > 10, line
            assert line.right < 200, line
            assert line.top > 10, line
            assert line.bottom < 287, line
            assert [other for other in page[at + 1 :] if meets(line, other)] == [], line


def meets(one: Line, other: Line) -> bool:
    """Tell whether the ink of two lines lies in the same place."""
    across = min(one.right, other.right) - max(one.left, other.left)
    return across > 0.1 and min(one.bottom, other.bottom) - max(one.top, other.top) > 0.1


def test_a_copy_has_its_place_on_two_sides(forms: Mapping[str, bytes]) -> None:
    """A sheet, front and back; what is too long goes on, nothing is left out, and each copy has whole sheets to itself."""
    assert [len(texts(forms[which])) for which in ("blank", "filled", "long", "English")] == [4] * 4
    pages = texts(forms["longest"])
    assert len(pages) == 8
    assert "Bản gia đình giữ" in pages[4]
    assert "Mặt này để trống" in pages[3]
    assert "Người lớn có trong ảnh" in pages[2]
    assert "Đại diện gia đình" in pages[2]
    for words in (LONG_PURPOSE, *LONGEST.values()):
        assert said(forms["longest"]).count(flat(words)) == 2, words


def test_letters_are_large_enough_for_old_eyes(forms: Mapping[str, bytes]) -> None:
    """Questions from 14 points, all that is to be read from 11; only labels, marks and the foot are smaller."""
    found = [line for page in lines(forms["blank"]) for line in page]
    small = {line.said for line in found if line.size < 10.99 * PT}
    labels = {"Tên vườn", "Mã", "Chủ hộ", "Địa chỉ", "Tên thôn", "Xã, phường", "Dữ liệu nhạy cảm", "Họ và tên", "Chữ ký",
              "ký và ghi rõ họ tên"}  # fmt: skip
    assert {one for one in small if not one.startswith(("Bản ", "Trang "))} == labels
    asked = [line for line in found if line.said in {tick.label.vi for tick in TICKS}]
    assert len(asked) >= 14
    assert min(line.size for line in asked) >= 13.99 * PT


PIECES = st.lists(
    st.builds(Piece, st.just(Spacer(1, 1)), st.floats(1, 90), st.floats(0, 9), st.booleans()),
    min_size=1,
    max_size=60,
)


@example([Piece(Spacer(1, 1), height, 9, holds=True) for height in (1, 64, 90, 90)])
@given(PIECES)
def test_pieces_stand_once_in_order_and_within_their_pages(pieces: list[Piece]) -> None:
    """However many hold together; the last of a page holds nothing that goes on the next one, if there is room at all."""
    pieces[-1] = pieces[-1]._replace(holds=False)
    pages = paged(pieces)
    assert [one for page in pages for _, one in page] == pieces
    for page in pages:
        ends = [top + one.height for top, one in page]
        assert all(end <= top + 1e-6 for end, (top, _) in zip(ends, page[1:], strict=False))
        assert ends[-1] <= DOWN + 1e-6


def test_a_heading_goes_with_what_it_heads_and_pieces_move_closer_to_save_a_page() -> None:
    """As little as is enough; where it is not, they stay as they were."""
    tall, head, more = (
        Piece(Spacer(1, 1), height, 4, holds) for height, holds in ((DOWN - 9, False), (5, True), (9, False))
    )
    assert [[top for top, _ in page] for page in paged([tall, head, more])] == [[0], [0, 9]]
    some = [Piece(Spacer(1, 1), DOWN / 6, DOWN / 15, False)] * 6
    assert (len(paged(some[:5])), len(on_one_page(some[:5]))) == (2, 1)
    assert on_one_page(some) == paged(some)


# --- The file --------------------------------------------------------------------------------------------------


def test_many_forms_follow_each_other(forms: Mapping[str, bytes]) -> None:
    """Each on sheets of its own, in the order given; the same form is the same bytes, for there is no clock in it."""
    codes = ["482135", "594379", "926002"]
    pages = texts(form(*map(family, codes)))
    assert [page for page in range(12) if spaced(codes[page // 4]) in pages[page]] == list(range(12))
    assert pages[:4] == texts(forms["filled"])
    assert form(family()) == forms["filled"]


def test_a_character_without_a_letter_is_named() -> None:
    """With the file and field it stands in, all of them at once: of a profile, of the settings, of the wording."""
    tree = family(name="Vườn 🌳", address="Xóm 🏠")
    with pytest.raises(DataProblems) as found:
        form(tree, site=site(purpose="Vui 😀\nlắm"), language=with_words(never_text="Không ☐"))
    assert [(one.file, one.field) for one in found.value.problems] == [
        ("profiles/site.yaml", "purpose"),
        ("templates/languages/vi.yaml", "consent.never_text"),
        ("profiles/thon-vuon-mau/x.yaml", "name"),
        ("profiles/thon-vuon-mau/x.yaml", "location.address"),
    ]
