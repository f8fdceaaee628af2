"""Lines and pages: nothing wider than its room, nothing lost, no heading alone at the foot of a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuonho.consent_forms.layout import PT, Piece, Style, fitted, paged, require_letters, wrapped
from vuonho.errors import UserError

STYLE = Style(11 * PT)
WORDS = st.lists(st.text("aăđệQ0./-", min_size=1, max_size=90), min_size=1, max_size=30)


def piece(height: float, above: float = 0.0, *, holds: bool = False) -> Piece:
    """Return a piece of nothing of a height."""
    return Piece(height, lambda _pdf, _left, _top: None, above, holds)


@given(WORDS, st.floats(12, 180), st.floats(0, 60))
def test_a_text_is_wrapped_within_its_width_and_keeps_every_letter(
    words: list[str], width: float, indent: float
) -> None:
    """Also words that are wider than a line, and beside an indent."""
    indent = min(indent, width / 2)
    lines = wrapped(" ".join(words), STYLE, width, indent)
    assert "".join("".join(lines).split()) == "".join(words)
    assert all(STYLE.width(line) <= width - (0 if at else indent) + 1e-6 for at, line in enumerate(lines))


def test_a_text_keeps_its_own_line_breaks() -> None:
    """Two paragraphs are two lines at least."""
    assert wrapped("Một.\n\nHai.", STYLE, 100) == ("Một.", "Hai.")


def test_an_address_is_parted_after_a_slash() -> None:
    """And a word only where it has to be."""
    first, *_ = wrapped("https://vuonmau.example/mot-duong-dan-rat-dai", STYLE, 65)
    assert first == "https://vuonmau.example/mot-"


PIECES = st.lists(
    st.builds(piece, st.floats(1, 40), st.floats(0, 9), holds=st.booleans()), min_size=1, max_size=60
)


@given(PIECES)
def test_pieces_stand_in_order_and_apart(pieces: list[Piece]) -> None:
    """Each once, none over another, none beyond the page however many hold together."""
    pages = paged(pieces, 271)
    assert [one.piece for page in pages for one in page] == pieces
    for page in pages:
        ends = [one.top + one.piece.height for one in page]
        assert all(end <= one.top + 1e-6 for end, one in zip(ends, page[1:], strict=False))
        assert ends[-1] <= 271 + 1e-6


def test_a_piece_higher_than_a_page_is_refused() -> None:
    """It would be cut off."""
    with pytest.raises(UserError, match="longer than a page"):
        paged([piece(5), piece(101)], 100)


def test_what_holds_together_but_has_no_room_is_parted() -> None:
    """Rather than run off the page."""
    pages = paged([piece(40, holds=True) for _ in range(4)], 100)
    assert [len(page) for page in pages] == [2, 2]


def test_a_heading_goes_with_what_it_heads() -> None:
    """It is on the page of what follows, with nothing above it there."""
    first, second = paged([piece(90), piece(5, 4, holds=True), piece(10)], 100)
    assert [one.top for one in first] == [0]
    assert [one.top for one in second] == [0, 5]


def test_the_head_of_a_table_stands_on_each_page() -> None:
    """Once."""
    head = piece(6)
    pages = paged([head, *[piece(10) for _ in range(25)]], 100, head=head)
    assert [page[0].piece is head for page in pages] == [True] * 3
    assert sum(len(page) - 1 for page in pages) == 25


def test_pieces_move_closer_to_save_a_page() -> None:
    """As little as is enough; where it is not, they stay as they were."""
    some = [piece(20, 10) for _ in range(4)]
    assert len(paged(some, 100)) == 2
    assert [round(one.top, 6) for one in fitted(some, 100, 1)[0]] == [0, 26, 52, 78]
    many = some * 3
    assert fitted(many, 100, 1) == paged(many, 100)


def test_every_vietnamese_letter_can_be_printed() -> None:
    """In NFD too; a picture cannot."""
    assert require_letters("Vu\u031bo\u031b\u0300n Ư Ễ ỡ ị “…” – ²") == "Vườn Ư Ễ ỡ ị “…” – ²"
    with pytest.raises(UserError, match="🌳"):
        require_letters("Vườn 🌳")
