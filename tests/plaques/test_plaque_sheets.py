"""Sheets: which places are used, how many sheets it takes, where to cut, and what a draft looks like."""

from dataclasses import replace

import plaque_kit as kit
import pytest

from case_kit import each
from vuonho.plaques.order import Printed
from vuonho.plaques.sizes import A4, LABELS, PLAQUES, Layout, butted, layout_of

PLACES = {"99x139": 4, "99x67": 8, "99x38": 14, "63x38": 21, "85x54": 8, "a6 on a4": 4, "a5 on a4": 2, "200x150 on a4": 1}  # fmt: skip


def used(printed: Printed, layout: Layout) -> list[list[int]]:
    """Return the places, from 1, that carry words, for each page; each is looked at by itself."""
    found: list[list[int]] = []
    boxes = [kit.place_of(layout, place) for place in range(layout.places)]
    for page in range(printed.pages):
        lines = [line for line in kit.lines(printed.content, page) if not line.text.startswith("100 mm")]
        here = [at for at, box in enumerate(boxes, 1) if any(box.holds(line.box) for line in lines)]
        assert all(any(box.holds(line.box) for box in boxes) for line in lines)
        found.append(here)
    return found


def test_every_design_goes_through_these_tests() -> None:
    """A new one is put into the kit and the list above, so that it is looked at as the others are; sizes are as sold."""
    assert set(kit.SINGLE) == set(PLAQUES)
    assert set(kit.SHEETS) == set(LABELS) == {design for design in PLACES if " on " not in design}
    sizes = [(*layout.piece, layout.columns, layout.rows) for layout in LABELS.values()]
    assert sizes == [
        (99.1, 139.0, 2, 2),
        (99.1, 67.7, 2, 4),
        (99.1, 38.1, 2, 7),
        (63.5, 38.1, 3, 7),
        (85, 54, 2, 4),
    ]


@each(
    ("design", "count", "start", "expected"),
    [
        *((design, places + 1, 1, [list(range(1, places + 1)), [1]]) for design, places in PLACES.items()),
        ("99x139", 1, 1, [[1]]),
        ("99x139", 4, 1, [[1, 2, 3, 4]]),
        ("99x139", 3, 3, [[3, 4], [1]]),
        ("a6 on a4", 2, 2, [[2, 3]]),
        ("a6 on a4", 4, 4, [[4], [1, 2, 3]]),
        ("63x38", 3, 20, [[20, 21], [1]]),
        ("85x54", 9, 8, [[8], [1, 2, 3, 4, 5, 6, 7, 8]]),
    ],
)
def test_pieces_take_their_places(design: str, count: int, start: int, expected: list[list[int]]) -> None:
    """From place N, counted row by row; the next sheets begin at their first place, and codes are where words are."""
    homes, layout = [kit.home(code=code) for code in kit.codes(count)], kit.order(design).layout
    assert layout
    printed = kit.printed(design, homes, start=start)
    assert used(printed, layout) == expected
    places = [(page, place) for page, here in enumerate(expected) for place in here]
    for at, (page, place) in enumerate(places):
        assert printed.codes[at].page == page
        assert kit.place_of(layout, place - 1).holds(kit.stamp_box(printed, at))
    if layout.columns > 1:
        assert layout.corner(1)[0] > layout.corner(0)[0] == layout.corner(layout.columns)[0]


def test_plaques_are_laid_so_that_most_fit() -> None:
    """Upright or lying: four cards of A6, two of A5, one for the gate."""
    found = [(one.sheet, one.places) for one in (butted(148, 105), butted(210, 148), butted(200, 150))]
    assert found == [(A4[::-1], 4), (A4, 2), (A4, 1)]
    assert layout_of("a6", sheet=False) is None


@each("design", PLACES)
def test_what_is_to_be_cut_shows_where(design: str) -> None:
    """Lines across the whole sheet along each edge of each piece; labels that are cut already have none."""
    layout = kit.order(design).layout
    assert layout
    width, height = layout.sheet
    strokes = [
        (one.right - one.left, one.bottom - one.top, one) for one in kit.strokes(kit.printed(design).content)
    ]
    lying = sorted(
        (one.top + one.bottom) / 2 for wide, high, one in strokes if high < 0.3 and wide > width - 1
    )
    standing = sorted(
        (one.left + one.right) / 2 for wide, high, one in strokes if wide < 0.3 and high > height - 1
    )
    assert layout.cut is (design not in kit.SHEETS or design == "85x54")
    left, top = layout.margins
    columns, rows = (layout.columns + 1, layout.rows + 1) if layout.cut else (0, 0)
    assert standing == pytest.approx([left + column * layout.piece[0] for column in range(columns)], abs=0.01)
    assert lying == pytest.approx([top + row * layout.piece[1] for row in range(rows)], abs=0.01)


@each("design", [*kit.DESIGNS, "a5 on a4"])
def test_each_piece_of_a_draft_says_so(design: str) -> None:
    """Large and slanted below all that is to be read; nothing else is moved by it, and the code is the same."""
    homes = [kit.home(code=code) for code in kit.codes(5)]
    draft, real = kit.printed(design, homes, draft=True), kit.printed(design, homes)
    assert draft.codes == real.codes
    assert (kit.square(draft) == kit.square(real)).all()
    for page in range(draft.pages):
        pieces = sum(stamp.page == page for stamp in draft.codes)
        assert [mark.text for mark in kit.slanted(draft.content, page)] == ["BẢN THỬ"] * pieces
        assert kit.slanted(real.content, page) == []
        words = [line for line in kit.lines(draft.content, page) if line.text != "BẢN THỬ"]
        assert words == kit.lines(real.content, page)


@each("words", ["BẢN THỬ", "X", "Bản in thử, xin đừng treo lên cổng"])
@each("design", kit.DESIGNS)
def test_the_mark_of_a_draft_stays_on_its_piece(design: str, words: str) -> None:
    """However short or long the words are, they keep away from the code and from the next piece."""
    first, second = kit.languages("vi", "en")
    own = replace(first, messages={**first.messages, "plaque.draft": words})
    printed = kit.printed(design, languages=(own, second), draft=True)
    ((piece, code, _),) = kit.pieces(printed, kit.order(design).layout)
    (mark,) = kit.slanted(printed.content)
    assert mark.text == words
    assert piece.inside(2).holds(mark.box)
    assert not mark.box.meets(code)
