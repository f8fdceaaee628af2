"""The form of consent as a reader that did not write it sees it: what it asks, and that nothing is answered."""

from itertools import pairwise

import pytest
from paper_kit import (
    LONG_PURPOSE,
    PHONE,
    TICKS,
    Line,
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
    squares,
    texts,
    with_tick,
    with_words,
)

from vuonho.consent_forms.form import FormWords
from vuonho.consent_forms.questions import Asked
from vuonho.errors import DataProblems
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
def blank() -> bytes:
    """Return a form that names nobody."""
    return form()


@pytest.fixture(scope="module")
def filled() -> bytes:
    """Return the form of the demo's fullest household."""
    return form(family())


@pytest.fixture(scope="module")
def longest() -> bytes:
    """Return a form on which everything is as long as it may be."""
    return form(
        family(**LONGEST), site=site(purpose=LONG_PURPOSE, base_url=f"https://{'vuon-' * 30}.example/")
    )


# --- What it says ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("copy", [0, 2], ids=["team", "family"])
def test_it_names_law_purpose_and_whom_to_call(blank: bytes, copy: int) -> None:
    """On both copies: the two texts of law and the article on images, the purpose, the team, where and how long."""
    front = texts(blank)[copy]
    for words in ("91/2025/QH15", "356/2025/NĐ-CP", "Điều 32 Bộ luật Dân sự", "vuonmau.example", "GitHub Pages, Hoa Kỳ",
                  "Tổ công nghệ số Thôn Vườn Mẫu", PHONE, "Đến khi gia đình rút lại", "Không đánh dấu là không đồng ý",
                  "2 ngày làm việc", "15 ngày", "trẻ em"):  # fmt: skip
        assert words in front, words
    assert flat(site().purpose.to("vi")[0]) in flat(front)


def test_each_tick_is_a_question_of_its_own(blank: bytes) -> None:
    """Numbered, in large letters, with its label as the schema has it and a sentence of what it means; in both copies."""
    whole = said(blank)
    for number, tick in enumerate(TICKS, 2):
        means = language().say(f"consent.means_{tick.key}")
        assert whole.count(flat(f"{number}{tick.label.vi}")) == 2, tick.key
        assert whole.count(flat(means)) == 2, tick.key


def test_a_new_tick_is_asked_by_itself() -> None:
    """Even one that nobody has explained yet."""
    asked = with_tick("drone", "Ảnh chụp vườn từ trên cao", "Pictures from the air")
    assert said(form(asked=asked)).count(flat("11Ảnh chụp vườn từ trên cao")) == 2


def test_every_tick_is_explained_in_both_languages() -> None:
    """What it means for the family, in a sentence."""
    missing = [
        (tag, tick.key)
        for tag in ("vi", "en")
        for tick in TICKS
        if not language(tag).messages.get(f"consent.means_{tick.key}")
    ]
    assert missing == []


def test_sensitive_questions_say_so() -> None:
    """Exact place and living conditions, the rough place that comes of the point, and the family's story."""
    sensitive = {one.tick.key for one in questions().questions if one.is_sensitive}
    assert sensitive == {"exact_point", "near_point", "living", "story"}
    assert texts(form())[1].count("Dữ liệu nhạy cảm") == 4


def test_base_facts_are_those_of_the_schema() -> None:
    """What every page shows is listed, and nothing that needs a tick."""
    listed = FormWords(language(), site(), questions()).base()
    assert listed == (
        "Mã trên biển, tên vườn, ngày tổ xem lại hồ sơ, thôn, xã; địa chỉ; diện tích vườn, có phải vườn mẫu không, cách tưới, "
        "cách làm vườn, cây trồng, vật nuôi; thứ bán ra, tháng bán, sao OCOP; có đón khách không, giờ đón khách, khách làm "
        "được gì; ảnh không có người."
    )


def test_both_copies_turn_over_at_the_same_question(blank: bytes) -> None:
    """Side by side they can be read together; what the team is advised stands on its copy alone."""
    team, family = ([line.said for line in page] for page in lines(blank)[1::2])
    advice = language().say("consent.advice")
    assert [said for said in team if said not in (advice, team[-2], team[-1])] == [
        said for said in family if said not in family[-2:]
    ]
    assert (advice in team, advice in family) == (True, False)


def test_the_family_keeps_a_copy_that_says_how_to_withdraw(blank: bytes) -> None:
    """The number in letters of 25 points on its own copy, and no such on the team's."""
    loud = [[line for line in page if line.said == PHONE and line.size > 20 * PT] for page in lines(blank)]
    assert [len(page) for page in loud] == [0, 0, 1, 0]
    pages = texts(blank)
    assert ["Bản tổ giữ" in page for page in pages] == [True, True, False, False]
    assert ["Bản gia đình giữ" in page for page in pages] == [False, False, True, True]


def test_every_page_says_which_it_is(filled: bytes) -> None:
    """Copy, code, number of the wording, page: loose sheets find together again."""
    version = FormWords(language(), site(), questions()).version()
    pages = texts(filled)
    assert [f"482135 · Mẫu {version}" in page for page in pages] == [True] * 4
    assert [f"Trang {number}/2" in page for number, page in zip((1, 2, 1, 2), pages, strict=True)] == [
        True
    ] * 4


def test_a_filled_form_names_the_household(filled: bytes) -> None:
    """Name, head, address, code, village and commune, on both copies; another's are not there."""
    for front in (texts(filled)[0], texts(filled)[2]):
        for words in (
            "Vườn bà Hường",
            "Nguyễn Thị Hường",
            "Xóm Đông, ngõ 3",
            "482135",
            "Thôn Vườn Mẫu",
            "Xã Phúc Trạch",
        ):
            assert words in front, words
    assert "012 345" not in said(filled)


def test_who_has_not_agreed_has_a_form_too() -> None:
    """It is what the form is for."""
    assert "Mai Văn Tuất" in texts(form(family("594379")))[0]


def test_the_english_edition_is_a_translation() -> None:
    """It says that it is not what is signed, and asks as much."""
    english = form(language=language("en"))
    assert "What the family signs is the Vietnamese form" in texts(english)[0]
    assert all(flat(tick.label.en) in said(english) for tick in TICKS)
    assert len(texts(english)) == 4


# --- The number of the wording ---------------------------------------------------------------------------------


def version(asked: Asked | None = None, **changes: object) -> str:
    """Return the number of a wording."""
    words = changes.pop("words", language())
    return FormWords(words, site(**changes), asked or questions()).version()  # type: ignore[arg-type]


def test_the_number_follows_the_wording() -> None:
    """Other words, ticks, purpose or address: another number; the same text: the same."""
    others = {
        version(with_tick("drone", "Ảnh từ trên cao", "From the air")),
        version(questions(TICKS[:-1])),
        version(purpose="Để bán hàng"),
        version(base_url="https://khac.example/"),
        version(words=with_words(ask_text="Xin trả lời.")),
    }
    assert len(others) == 5
    assert version() not in others
    assert version() == version()


# --- What it looks like ----------------------------------------------------------------------------------------


def boxes(content: bytes) -> list[list[tuple[float, float]]]:
    """Return where the boxes to be ticked stand on each page: 7 mm, black, with white painted over at once."""
    return [
        [
            (outer.left, outer.top)
            for outer, inner in pairwise(page)
            if abs(outer.width - 7) < 0.05
            and outer.shade < 60
            and abs(inner.width - 6.1) < 0.05
            and inner.shade == 255
        ]
        for page in squares(content)
    ]


def test_nothing_is_ticked(filled: bytes) -> None:
    """Two boxes for each question and one for each way of consent, in each copy; inside all of them there is only paper."""
    found = boxes(filled)
    a_copy = 2 * (1 + len(TICKS)) + len(LISTS["consent_how"].words)
    assert [len(found[0]) + len(found[1]), len(found[2]) + len(found[3])] == [a_copy, a_copy]
    scale = 4.0
    with opened(filled) as document:
        for page, places in zip(document, found, strict=True):
            picture = page.render(scale=scale).to_pil().convert("L")
            for left, top in places:
                inside = tuple(
                    round(mm / PT * scale) for mm in (left + 0.8, top + 0.8, left + 6.2, top + 6.2)
                )
                assert picture.crop(inside).getextrema() == (255, 255)


@pytest.mark.parametrize("which", ["blank", "filled", "longest"])
def test_pages_are_a4_and_every_letter_is_within_the_margins(
    which: str, request: pytest.FixtureRequest
) -> None:
    """10 mm on all sides: any office printer reaches it."""
    content = request.getfixturevalue(which)
    sizes = each_page(content, lambda page: (round(page.get_width() * PT), round(page.get_height() * PT)))
    assert set(sizes) == {(210, 297)}
    out = [
        line.said
        for page in lines(content)
        for line in page
        if line.left < 10 or line.right > 200 or line.top < 10 or line.bottom > 287
    ]
    assert out == []


@pytest.mark.parametrize("which", ["blank", "filled", "longest"])
def test_no_two_lines_meet(which: str, request: pytest.FixtureRequest) -> None:
    """However long a name or an address."""
    met = [
        (one.said, other.said)
        for page in lines(request.getfixturevalue(which))
        for at, one in enumerate(page)
        for other in page[at + 1 :]
        if meets(one, other)
    ]
    assert met == []


def meets(one: Line, other: Line) -> bool:
    """Tell whether the ink of two lines lies in the same place."""
    across = min(one.right, other.right) - max(one.left, other.left)
    return across > 0.1 and min(one.bottom, other.bottom) - max(one.top, other.top) > 0.1


def test_a_form_has_its_place_on_two_sides(blank: bytes, filled: bytes) -> None:
    """A copy is a sheet, front and back; the family's begins on a sheet of its own."""
    assert [len(texts(one)) for one in (blank, filled)] == [4, 4]
    usual = site().purpose.to("vi")[0]
    assert len(texts(form(family(), site=site(purpose=f"{usual} {usual} {usual}"[:300])))) == 4


def test_what_is_too_long_for_two_sides_goes_on_on_another_sheet(longest: bytes) -> None:
    """Nothing is left out, and each copy still has whole sheets to itself."""
    pages = texts(longest)
    assert len(pages) == 8
    assert "Bản gia đình giữ" in pages[4]
    assert "Mặt này để trống" in pages[3]
    assert "Người lớn có trong ảnh" in pages[2]
    assert "Đại diện gia đình" in pages[2]
    for words in (LONG_PURPOSE, *LONGEST.values()):
        assert said(longest).count(flat(words)) == 2, words


def test_letters_are_large_enough_for_old_eyes(blank: bytes) -> None:
    """Questions from 14 points, all that is to be read from 11; only labels, marks and the foot are smaller."""
    small = {line.said for page in lines(blank) for line in page if line.size < 10.99 * PT}
    labels = {"Tên vườn", "Mã", "Chủ hộ", "Địa chỉ", "Tên thôn", "Xã, phường", "Dữ liệu nhạy cảm", "Họ và tên", "Chữ ký",
              "ký và ghi rõ họ tên"}  # fmt: skip
    assert {one for one in small if not one.startswith(("Bản ", "Trang "))} == labels
    asked = [line for page in lines(blank) for line in page if line.said in {tick.label.vi for tick in TICKS}]
    assert len(asked) >= 14
    assert min(line.size for line in asked) >= 13.99 * PT


# --- The file --------------------------------------------------------------------------------------------------


def test_the_same_form_is_the_same_bytes(filled: bytes) -> None:
    """No clock in it."""
    assert form(family()) == filled


def test_many_forms_follow_each_other(filled: bytes) -> None:
    """Each on sheets of its own, in the order given."""
    codes = ["482135", "594379", "926002"]
    pages = texts(form(*map(family, codes)))
    assert [page for page in range(12) if codes[page // 4] in pages[page]] == list(range(12))
    assert pages[:4] == texts(filled)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"name": "Vườn 🌳"}, ("profiles/thon-vuon-mau/x.yaml", "name")),
        ({"address": "Xóm 🏠"}, ("profiles/thon-vuon-mau/x.yaml", "location.address")),
    ],
)
def test_a_sign_without_a_letter_is_named(changes: dict[str, str], where: tuple[str, str]) -> None:
    """With the file and field it stands in."""
    with pytest.raises(DataProblems) as found:
        form(family(**changes))
    assert [(one.file, one.field) for one in found.value.problems] == [where]


def test_signs_in_settings_and_wording_are_named_too() -> None:
    """All of them at once."""
    with pytest.raises(DataProblems) as found:
        form(site=site(purpose="Vui 😀"), language=with_words(never_text="Không ☐"))
    assert [(one.file, one.field) for one in found.value.problems] == [
        ("profiles/site.yaml", "purpose"),
        ("templates/languages/vi.yaml", "consent.never_text"),
    ]
