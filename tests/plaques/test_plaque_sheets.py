"""Sheets: which places are used, how many sheets it takes, where to cut, and what a draft looks like."""

from dataclasses import replace

import plaque_kit as kit
import pytest

from case_kit import each
from vuonho.plaques.order import LABELS, PLAQUES, Printed, layout_of, print_order
from vuonho.plaques.sheets import A4, Layout, butted

PLACES = {"99x139": 4, "99x67": 8, "99x38": 14, "63x38": 21, "85x54": 8, "a6 on a4": 4, "a5 on a4": 2, "200x150 on a4": 1}  # fmt: skip


def sheet(design: str, count: int, start: int = 1) -> tuple[Printed, Layout]:
    """Return a design for so many households from a place on."""
    homes = [kit.home(code=code) for code in kit.codes(count)]
    layout = kit.order(design).layout
    assert layout is not None
    return kit.printed(design, homes, start=start), layout


def used(printed: Printed, layout: Layout) -> list[list[int]]:
    """Return the places, from 1, that carry words, for each page; each is looked at by itself."""
    found: list[list[int]] = []
    for page in range(printed.pages):
        lines = [line for line in kit.lines(printed.content, page) if not line.text.startswith("100 mm")]
        boxes = [kit.place_of(layout, place) for place in range(layout.places)]
        found.append(
            [number for number, box in enumerate(boxes, 1) if any(box.holds(line.box) for line in lines)]
        )
        assert all(any(box.holds(line.box) for box in boxes) for line in lines)
    return found


def test_every_design_goes_through_these_tests() -> None:
    """A new one is put into the kit and the list above, so that it is looked at as the others are."""
    assert set(kit.SINGLE) == set(PLAQUES)
    assert set(kit.SHEETS) == set(LABELS) == {design for design in PLACES if " on " not in design}


@each(("design", "places"), PLACES.items())
def test_sheets_hold_as_many_as_they_have_places(design: str, places: int) -> None:
    """Exactly full is one sheet, and one more begins a second with one piece at its first place."""
    whole = list(range(1, places + 1))
    assert used(*sheet(design, places)) == [whole]
    assert used(*sheet(design, places + 1)) == [whole, [1]]


@each(
    ("design", "count", "start", "expected"),
    [
        ("99x139", 1, 1, [[1]]),
        ("99x139", 1, 4, [[4]]),
        ("99x139", 3, 3, [[3, 4], [1]]),
        ("a6 on a4", 2, 2, [[2, 3]]),
        ("a6 on a4", 4, 4, [[4], [1, 2, 3]]),
        ("63x38", 3, 20, [[20, 21], [1]]),
        ("63x38", 1, 1, [[1]]),
        ("85x54", 9, 8, [[8], [1, 2, 3, 4, 5, 6, 7, 8]]),
        ("200x150 on a4", 2, 1, [[1], [1]]),
    ],
)
def test_a_half_used_sheet_goes_on(design: str, count: int, start: int, expected: list[list[int]]) -> None:
    """From place N, counted row by row; the next sheets begin at their first place."""
    printed, layout = sheet(design, count, start)
    assert used(printed, layout) == expected
    places = [(page, place) for page, here in enumerate(expected) for place in here]
    for (page, place), stamp in zip(places, printed.codes, strict=True):
        assert stamp.page == page
        left, top = layout.corner(place - 1)
        assert left < stamp.left < left + layout.piece[0]
        assert top < stamp.top < top + layout.piece[1]


def test_places_count_row_by_row() -> None:
    """The second place is to the right of the first, on every sheet of more than one column."""
    for size in kit.SHEETS:
        layout = layout_of(size, sheet=False)
        assert layout is not None
        first, second, below = layout.corner(0), layout.corner(1), layout.corner(layout.columns)
        assert second[0] > first[0]
        assert second[1] == first[1]
        assert below[0] == first[0]
        assert below[1] == pytest.approx(first[1] + layout.piece[1])


def test_plaques_are_laid_so_that_most_fit() -> None:
    """Upright or lying: four cards of A6, two of A5, one for the gate."""
    assert [
        (one.sheet, one.columns, one.rows) for one in (butted(148, 105), butted(210, 148), butted(200, 150))
    ] == [
        ((297.0, 210.0), 2, 2),
        ((210.0, 297.0), 1, 2),
        ((210.0, 297.0), 1, 1),
    ]
    assert butted(105, 148).sheet == A4
    assert layout_of("a6", sheet=False) is None


@each("design", PLACES)
def test_what_is_to_be_cut_shows_where(design: str) -> None:
    """Lines across the whole sheet along each edge of each piece; labels that are cut already have none."""
    printed, layout = sheet(design, 1)
    width, height = layout.sheet
    thin = [
        line
        for line in kit.strokes(printed.content)
        if min(line.right - line.left, line.bottom - line.top) < 0.3
    ]
    long = [
        line for line in thin if line.right - line.left > width - 1 or line.bottom - line.top > height - 1
    ]
    lying = sorted((line.top + line.bottom) / 2 for line in long if line.right - line.left > width - 1)
    standing = sorted((line.left + line.right) / 2 for line in long if line.bottom - line.top > height - 1)
    assert layout.cut is (design not in kit.SHEETS or design == "85x54")
    if not layout.cut:
        assert long == []
        return
    left, top = layout.margins
    assert standing == pytest.approx(
        [left + column * layout.piece[0] for column in range(layout.columns + 1)], abs=0.01
    )
    assert lying == pytest.approx([top + row * layout.piece[1] for row in range(layout.rows + 1)], abs=0.01)


@each("design", [*kit.DESIGNS, "a5 on a4"])
def test_each_page_of_a_draft_says_so(design: str) -> None:
    """BẢN THỬ stands on every piece, large and slanted, below all that is to be read; nothing else is moved by it."""
    homes = [kit.home(code=code) for code in kit.codes(5)]
    draft, real = kit.printed(design, homes, draft=True), kit.printed(design, homes)
    assert draft.codes == real.codes
    for page in range(draft.pages):
        pieces = sum(stamp.page == page for stamp in draft.codes)
        assert [mark.text for mark in kit.slanted(draft.content, page)] == ["BẢN THỬ"] * pieces
        assert kit.slanted(real.content, page) == []
        words = [line for line in kit.lines(draft.content, page) if line.text != "BẢN THỬ"]
        assert [(line.text, line.box) for line in words] == [
            (line.text, line.box) for line in kit.lines(real.content, page)
        ]


@each("words", ["BẢN THỬ", "X", "Bản in thử, xin đừng treo lên cổng"])
@each("design", kit.DESIGNS)
def test_the_mark_of_a_draft_stays_on_its_piece(design: str, words: str) -> None:
    """However short or long the words are, they keep away from the code and from the next piece."""
    first, second = kit.languages("vi", "en")
    own = replace(first, messages={**first.messages, "plaque.draft": words})
    order = kit.order(design, languages=(own, second), draft=True)
    printed = print_order(order)
    ((piece, code, _),) = kit.pieces(printed, order.layout)
    (mark,) = kit.slanted(printed.content)
    assert mark.text == words
    assert piece.inside(2).holds(mark.box)
    assert not mark.box.meets(code)


@each("design", ["200x150", "63x38", "99x139", "85x54"])
def test_a_draft_leaves_the_code_as_it_is(design: str) -> None:
    """The square of the code is the same, pixel by pixel."""
    draft, real = kit.printed(design, draft=True), kit.printed(design)
    assert (kit.square(draft) == kit.square(real)).all()
    assert (kit.raster(draft.content, dpi=72) != kit.raster(real.content, dpi=72)).any()
