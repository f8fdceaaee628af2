"""The village board on A3: code, map and list of the gardens, for the culture house and the village gate.

    head     code, the village's name, what to do
    plan     the map with its numbers, white on black, and its legend
    list     the same numbers with names, what grows, addresses; it runs on over further sheets
    areas    where one map does not hold all numbers: the maps of its areas, on the last sheets

Nothing that ages or that is a family's own: no commune, phone, person, story, price or living condition.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from vuonho.domain.public import PublicHousehold, PublicSite, PublicVillage
from vuonho.render.pages.numberedmap import numbered_maps
from vuonho.render.plaques.blocks import draw_block, fitted
from vuonho.render.plaques.boardhead import LEFT, RIGHT, RUNNING_BOTTOM, Head, draw_running_head
from vuonho.render.plaques.boardlegend import Examples
from vuonho.render.plaques.boardlist import draw_list, laid_out, list_rows
from vuonho.render.plaques.boardplan import Area, Plan, area_pages
from vuonho.render.plaques.boardtext import running
from vuonho.render.plaques.boardwords import BoardWords
from vuonho.render.plaques.fitting import Room, printable
from vuonho.render.plaques.ink import BLACK, DRAFT, WHITE, Palette
from vuonho.render.plaques.marks import BLEED, trimmed_page
from vuonho.render.plaques.press import Press, text_width

__all__ = ["BoardWords", "board_pages"]

WIDTH, HEIGHT = A3 = (297.0, 420.0)
_EDGE: Final = 7.0
_LOW: Final = 403.0
"""Where map and list end; below stand the foot and the number of the sheet."""
_FOOT: Final = 410.5
_AFTER: Final = 5.0
"""Room between head, plan and list."""
_TITLE: Final = 12.5
"""Height of the list's title."""
_SCALES: Final = (1.45, 1.3, 1.15, 1.0)
"""Of the head: larger where few households leave room for it."""
_FEW: Final = 60
_DRAFT_WIDTH: Final = 235.0


def board_pages(
    press: Press,
    village: PublicVillage,
    households: Sequence[PublicHousehold],
    site: PublicSite,
    words: BoardWords,
    palette: Palette,
) -> None:
    """Draw the board of a village, as many A3 pages as it takes, households numbered in the order given.

    Only those with an exact point stand on the map; without any there is no map. Raises Misfit for a text that
    cannot be printed or finds no room.
    """
    _Board(press, village, households, site, words, palette).draw()


class _Board:
    def __init__(
        self, press: Press, village: PublicVillage, households: Sequence[PublicHousehold], site: PublicSite,
        words: BoardWords, palette: Palette,
    ) -> None:  # fmt: skip
        self.press, self.village, self.site, self.words, self.palette = press, village, site, words, palette
        gardens = [(number, one.exact) for number, one in enumerate(households, 1) if one.exact]
        maps = numbered_maps(village.centre, gardens, ())
        letters = {mark.number: one.letter for one in maps for mark in one.marks}
        self.plan = Plan.of(maps[0], words, _examples(letters, len(households))) if maps else None
        self.areas = area_pages(maps[1:], words, RUNNING_BOTTOM, _LOW)
        rows = list_rows(households, letters)
        for scale in _SCALES[0 if len(rows) <= _FEW else -1 :]:
            self.head = Head.of(village, site, words, scale)
            room = _LOW - self._list_top
            self.list = laid_out(rows, RIGHT - LEFT, room, _LOW - RUNNING_BOTTOM)
            if self.list.large:
                break

    @property
    def _plan_top(self) -> float:
        return self.head.bottom + _AFTER

    @property
    def _list_top(self) -> float:
        """Return where the rows of the first sheet begin."""
        plan = self.plan.height + _AFTER if self.plan else 0.0
        return self._plan_top + plan + _TITLE

    def draw(self) -> None:
        """Draw all sheets."""
        listed = max(len(self.list.pages), 1)
        sheets = listed + len(self.areas)
        what = printable(f"{self.words.note} · {self.village.name}", "Regular")
        for sheet in range(sheets):
            with trimmed_page(self.press, WIDTH, HEIGHT, f"{what} · {sheet + 1}/{sheets}", self.words.ruler):
                self._ground()
                if sheet == 0:
                    self._first()
                elif sheet < listed:
                    self._further(sheet)
                else:
                    self._area_sheet(self.areas[sheet - listed])
                self._foot(sheet + 1, sheets)

    def _ground(self) -> None:
        self.press.rectangle(-BLEED, -BLEED, WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED, self.palette.ground)
        self.press.rectangle(-BLEED, -BLEED, WIDTH + 2 * BLEED, BLEED + _EDGE, self.palette.edge)

    def _draft(self) -> None:
        """Mark a draft: above cards, below all that is drawn on them."""
        draft = self.words.draft
        if draft:
            size = _DRAFT_WIDTH / text_width(draft, "ExtraBold")
            self.press.slanted(WIDTH / 2, 0.66 * HEIGHT, draft, size, DRAFT, 28)
            self.press.text(LEFT, 4.7, draft, "ExtraBold", 4.6, WHITE)

    def _first(self) -> None:
        if self.plan:
            self.plan.draw_card(self.press, self._plan_top)
        self._draft()
        self.head.draw(self.press, self.palette)
        if self.plan:
            self.plan.draw(self.press, self._plan_top, self.palette)
        if self.list.pages and self.list.pages[0]:
            self._title(self._list_top - _TITLE)
            self._rows(0, self._list_top)

    def _title(self, top: float) -> None:
        """Write what the list is."""
        first = fitted(self.words.list.first, "Bold", Room(150, 10.5, 8.0, 5, 1))
        draw_block(self.press, first, LEFT, top)
        if self.words.list.second:
            room = Room(RIGHT - LEFT - first.width - 5, 8, 5.6, 3.4, 1)
            second = fitted(self.words.list.second, "Medium", room)
            line = top + 0.97 * (first.size - second.size)
            draw_block(self.press, second, LEFT + first.width + 5, line, self.palette.accent)

    def _further(self, sheet: int) -> None:
        self._draft()
        draw_running_head(self.press, self.village, self.words, self.palette)
        self._rows(sheet, RUNNING_BOTTOM)

    def _rows(self, page: int, top: float) -> None:
        draw_list(self.press, self.list, page, LEFT, top, _LOW - top)

    def _area_sheet(self, areas: Sequence[Area]) -> None:
        for area in areas:
            area.draw_card(self.press)
        self._draft()
        draw_running_head(self.press, self.village, self.words, self.palette)
        for area in areas:
            area.draw(self.press, self.palette)

    def _foot(self, sheet: int, sheets: int) -> None:
        """Write whom to tell of damage, and of several sheets the number."""
        if self.words.foot:
            foot = running(self.words.foot, "Regular", 3.4, RIGHT - LEFT - 25, 1)
            self.press.text(LEFT, _FOOT, foot.lines[0], "Regular", foot.size)
        if sheets > 1:
            self.press.text(RIGHT, _FOOT, f"{sheet}/{sheets}", "Bold", 5.0, BLACK, "right")


def _examples(letters: Mapping[int, str], count: int) -> Examples:
    """Return the first number that is on a map, and the first that is on none."""
    return min(letters), next((number for number in range(1, count + 1) if number not in letters), None)
