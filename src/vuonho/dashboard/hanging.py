"""Whether a village's board that hangs still says what is so: its address, and the households that it names."""

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from vuonho.bilingual import NOTHING, Text
from vuonho.domain.public import PublicVillage
from vuonho.domain.register.boards import Board, last_board
from vuonho.domain.register.prints import content_of, even
from vuonho.domain.standing.standing import BoardState, Left
from vuonho.survey import Survey

_SHOWN: Final = 3
_ADDRESS: Final = Text("địa chỉ trên bảng đã đổi", "its address changed")
_NAMES: Final = Text(
    "tên thôn hoặc tên hộ trên bảng đã đổi", "the name of the village or of a household changed"
)


def board_of(
    project: Survey, village: PublicVillage, left: Collection[Left], unread: Collection[str]
) -> tuple[BoardState, Text]:
    """Return what is to be done about a village's board, and why where one hangs that says what is no longer so.

    `left` are the households of this village that left; of `unread` codes nothing is known, so nothing is said.
    """
    board = last_board(project.boards, (village.slug, *village.formerly))
    homes = {home.code: home.name for home in project.households if home.village == village.slug}
    if project.site is None:
        return BoardState.FINE, NOTHING
    if board is None:
        is_wanted = any(row.printed and row.code in homes for row in project.register.rows)
        return (BoardState.NONE if is_wanted else BoardState.FINE), NOTHING
    base = project.site.base_url
    if even(board.url) != even(f"{base}{village.slug}/"):
        return BoardState.OLD, _ADDRESS
    now = {code: content_of(name, village.name, f"{base}{code}/") for code, name in homes.items()}
    why = _why(_withdrawn(project, board, left), dict(board.listed), now, frozenset(unread))
    if why == NOTHING:
        return BoardState.FINE, NOTHING
    return (BoardState.OLD if homes else BoardState.EMPTY), why


def _withdrawn(project: Survey, board: Board, left: Iterable[Left]) -> frozenset[str]:
    """Return the codes of those that left and stand on the board; from the days where it is not recorded who does."""
    rows = project.register.by_code
    return frozenset(
        one.code
        for one in left
        if one.code in rows
        and board.may_name(one.code, rows[one.code].given)
        and (board.listed or (one.day is not None and one.day > board.printed))
    )


def _why(
    withdrawn: frozenset[str], listed: dict[str, str], now: dict[str, str], unread: frozenset[str]
) -> Text:
    gone = withdrawn | (listed.keys() - now.keys() - unread)
    kept = listed.keys() & now.keys()
    renamed = {code for code in kept if listed[code] != now[code]}
    is_village = renamed == kept and bool(renamed)
    parts = [
        *_naming(gone, Text("còn ghi hộ đã rút hoặc chuyển", "still names who left or moved")),
        *([_NAMES] if is_village else _naming(renamed, Text("còn ghi tên cũ", "still has the old name of"))),
    ]
    return (
        Text("; ".join(part.vi for part in parts), "; ".join(part.en for part in parts)) if parts else NOTHING
    )


def _naming(codes: Iterable[str], said: Text) -> Iterator[Text]:
    """Give the words with the first of the codes, nothing where there are none."""
    found = sorted(codes)
    shown, more = ", ".join(found[:_SHOWN]), ", …" * (len(found) > _SHOWN)
    if found:
        yield Text(f"{said.vi}: {shown}{more}", f"{said.en}: {shown}{more}")
