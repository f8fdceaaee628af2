"""How a project stands today: survey, register, site and backup, looked at once."""

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final, Generic, TypeVar

from vuonho.backup.backup import changed_since, last_backup
from vuonho.build import ShownThere, read_shown, shown_of
from vuonho.errors import MachineTrouble, Problem, Refused, Severity, VuonhoError
from vuonho.i18n import NOTHING, Text
from vuonho.model.household import Departed, Household
from vuonho.model.public import PublicVillage
from vuonho.model.rules import OCOP_NOTICE
from vuonho.model.values import quoted
from vuonho.output.files import write_file
from vuonho.output.lock import locked
from vuonho.output.output_path import page_target
from vuonho.output.site_writer import recover
from vuonho.pages.reports import render_status
from vuonho.pictures.cache import check_photos
from vuonho.project.files import REGISTER_FILE
from vuonho.project.profile import Profile
from vuonho.project.survey import Survey, survey_whole
from vuonho.project.yaml_tree import Scalar
from vuonho.register.boards import Board, last_board
from vuonho.register.choice import Project, Wanted, Which, choose
from vuonho.register.register import HUNG, content_of, even
from vuonho.resources import shipped
from vuonho.status.standing import (
    Backup,
    BoardState,
    Faulty,
    Home,
    Left,
    Shown,
    Standing,
    VillageStanding,
    judge,
)

# --- Whether a village's board that hangs still says what is so: its address, and the households that it names ---

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


# --- A surveyed project as plain values: what of each household, village, plaque and file the dashboard may know ---

_ELSEWHERE: Final = "E:\\" if os.name == "nt" else "../sao-luu.zip"
"""A place for a backup that is not in the project: a stick, where one can be named beforehand."""


class Look:
    """A look at a surveyed project; `there` is what the built site shows, None where there is no site."""

    def __init__(
        self, project: Survey, problems: tuple[Problem, ...], there: ShownThere | None, today: date
    ) -> None:
        self.project, self.there, self.today = project, there, today
        self.now = shown_of(project.site, project.villages, project.households)
        self.is_register_read = bool(project.register.rows) or all(
            one.file != REGISTER_FILE for one in problems
        )
        self.codeless = {one.file for one in project.profiles if self._lacks_code(one)}
        self.errors = [one for one in problems if one.severity is Severity.ERROR and not self._is_known(one)]
        self.notes = len(problems) - sum(one.severity is Severity.ERROR for one in problems)
        self.error_counts = Counter(one.file for one in self.errors)
        self.new, self.changed = self._why(Which.NEW), self._why(Which.CHANGED)

    def standing(self, root: Path, village: str | None, troubles: tuple[Text, ...]) -> Standing:
        """Return all of it."""
        site, there = self.project.site, self.there
        return Standing(
            title=Text(site.title.to("vi")[0], site.title.to("en")[0])
            if site
            else Text(root.name, root.name),
            day=self.today,
            villages=self._villages(village),
            faulty=tuple(self._faulty()),
            notes=self.notes,
            backup=Backup(last_backup(root), is_old=changed_since(root), place=_ELSEWHERE),
            is_built=there is not None,
            is_stale=site is not None and there is not None and there.others != self.now.others,
            still_shown=tuple(self._still_shown()),
            lost=tuple(self._lost()),
            troubles=troubles,
        )

    # --- Errors and codes ------------------------------------------------------------------------------------

    def _lacks_code(self, profile: Profile) -> bool:
        """Tell whether `assign` is what a profile needs: it has no code, or one that no row knows."""
        if profile.code:
            return self.is_register_read and profile.code not in self.project.register.by_code
        entry = profile.tree.get("code") if profile.tree else None
        is_empty = entry is None or (isinstance(entry.value, Scalar) and entry.value.is_empty)
        return profile.tree is not None and is_empty and not isinstance(profile.record, Departed)

    def _is_known(self, problem: Problem) -> bool:
        """Tell the error that a code is missing, which has a task of its own."""
        return problem.field == "code" and problem.file in self.codeless

    def _faulty(self) -> Iterator[Faulty]:
        for file, errors in self.error_counts.items():
            lines = [one.line for one in self.errors if one.file == file and one.line]
            yield Faulty(file, min(lines, default=None), errors)

    # --- Villages and households -----------------------------------------------------------------------------

    def _villages(self, wanted: str | None) -> tuple[VillageStanding, ...]:
        known = {village.slug: village for village in self.project.villages}
        slugs = sorted({*known, *(profile.village for profile in self.project.profiles)})
        if wanted is not None and wanted not in slugs:
            raise _no_village(wanted, slugs)
        return tuple(self._village(slug, known.get(slug)) for slug in slugs if wanted in (None, slug))

    def _village(self, slug: str, village: PublicVillage | None) -> VillageStanding:
        profiles = [profile for profile in self.project.profiles if profile.village == slug]
        homes = tuple(self._home(one) for one in profiles if not isinstance(one.record, Departed))
        left = tuple(self._left(one.record) for one in profiles if isinstance(one.record, Departed))
        board = (
            board_of(self.project, village, left, self._unread())
            if village and self.is_register_read
            else (BoardState.FINE, NOTHING)
        )
        return VillageStanding(slug, village.name if village else slug, homes, left, *board)

    def _home(self, profile: Profile) -> Home:
        draft, file = profile.draft, profile.file
        row = self.project.register.by_code.get(profile.code)
        home = Home(
            file=file,
            village=profile.village,
            name=draft.name if draft and draft.name != "?" else "",
            code=profile.code,
            errors=self.error_counts[file],
            line=min((one.line for one in self.errors if one.file == file and one.line), default=None),
            needs_code=file in self.codeless,
            printed=row.printed if row else None,
            hung=bool(row and row.cell(HUNG)),
        )
        is_whole = profile.record is not None or (file in self.codeless and not _has_errors(profile))
        return self._with_what_it_says(home, draft) if draft and is_whole else home

    def _with_what_it_says(self, home: Home, household: Household) -> Home:
        lacks, percent = judge(household, has_code=bool(home.code))
        grades = [product.ocop.until for product in household.products if product.ocop]
        return replace(
            home,
            lacks=lacks,
            percent=percent,
            consented=household.consent.given is not None,
            checked=household.checked,
            ocop=min((day for day in grades if day <= self.today + OCOP_NOTICE), default=None),
            is_new=home.code in self.new,
            reprint=self.changed.get(home.code),
            shown=self._shown(home.code),
        )

    def _shown(self, code: str) -> Shown | None:
        if self.there is None or code not in self.now.homes:
            return None
        before = self.there.homes.get(code)
        if before is None:
            return Shown.MISSING
        return Shown.CURRENT if before == self.now.homes[code] else Shown.OLD

    def _left(self, record: Departed) -> Left:
        row = self.project.register.by_code.get(record.code)
        return Left(
            record.code, record.withdrawn or record.checked, row is not None and row.printed is not None
        )

    # --- Plaques and boards ----------------------------------------------------------------------------------

    def _why(self, which: Which) -> dict[str, Text]:
        """Return the households to print, by code, and why; none where site or register cannot be read."""
        project = self.project
        if project.site is None or not self.is_register_read:
            return {}
        known = {village.slug for village in project.villages}
        homes = tuple(home for home in project.households if home.village in known)
        about = Project(project.site.base_url, project.villages, homes, frozenset(), project.register)
        return {one.household.code: one.why for one in choose(about, Wanted(which=which))}

    def _still_shown(self) -> Iterator[str]:
        if self.there is not None:
            kept = self.now.homes.keys() | self._unread()
            yield from sorted(code for code in self.there.homes if code not in kept)

    def _lost(self) -> Iterator[str]:
        kept = self.now.homes.keys() | self._unread() | {notice.code for notice in self.project.notices}
        yield from (row.code for row in self.project.register.rows if row.printed and row.code not in kept)

    def _unread(self) -> set[str]:
        """Return the codes of profiles that cannot be read: nobody knows whether they are to be shown."""
        return {one.code for one in self.project.profiles if one.record is None}


def _has_errors(profile: Profile) -> bool:
    return any(one.severity is Severity.ERROR and one.field != "code" for one in profile.problems)


def _no_village(typed: str, slugs: list[str]) -> Refused:
    names = ", ".join(slugs)
    return Refused(
        Text(f"Không có thôn {quoted(typed)}.", f"There is no village {quoted(typed)}."),
        Text(f"Ghi tên thư mục của thôn: {names}.", f"Write the name of the village's folder: {names}."),
    )


# --- How a project stands today: survey, register, site and backup, looked at once and put into plain values ---

OUT: Final = "site"
MOST_PHOTOS: Final = 200_000_000
"""Bytes of photos that are read for a look at the project: a second or two of an old laptop's disk."""
Value = TypeVar("Value")


def stand(root: Path, today: date, village: str | None = None) -> Standing:
    """Return how the project in `root` stands, or one village of it, by its folder.

    Raises Refused for a village that is not there, MachineTrouble where nothing can be looked at.
    """
    recovered = _try(lambda: recover(root))
    project = survey_whole(root)
    judged = _try(lambda: _photo_problems(project))
    there = _try(lambda: read_shown(root, OUT))
    problems = (*project.problems, *(judged.value or ()))
    troubles = (*recovered.trouble, *judged.trouble, *there.trouble)
    return Look(project, problems, there.value, today).standing(root, village, troubles)


@dataclass(frozen=True, slots=True)
class _Tried(Generic[Value]):
    """What a look gave, or why it gave nothing."""

    value: Value | None
    trouble: tuple[Text, ...] = ()


def _try(look: Callable[[], Value]) -> _Tried[Value]:
    try:
        return _Tried(look())
    except VuonhoError as error:
        return _Tried(None, (error.message,))


def _size(path: Path) -> int:
    """Return the bytes of a file, 0 where there is none, or a name that no disk can hold."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def _photo_problems(project: Survey) -> tuple[Problem, ...]:
    """Return what is wrong with the photos that are to be shown; raise MachineTrouble where they are too many to read."""
    paths = [project.root / "profiles" / photo.file for home in project.households for photo in home.photos]
    if sum(map(_size, paths)) > MOST_PHOTOS:
        raise MachineTrouble(
            Text("Ảnh nhiều nên ở đây chưa xem từng ảnh; xem hết: vuonho check",
                 "There are too many photos to look into each here; to see all: vuonho check")
        )  # fmt: skip
    return check_photos(project.root, project.households)


# --- The dashboard as a page to print, written where only the team finds it ---


def write_page(root: Path, standing: Standing, out: str, language: str, on_wait: Callable[[], None]) -> Path:
    """Return the file that was written; raise Refused for one that may not be, MachineTrouble, nothing changed."""
    target = page_target(root, out)
    folders = tuple(folder for folder in (root / "templates", shipped("templates")) if folder.is_dir())
    content = render_status(standing, folders, language)
    within = target.parent.resolve().is_relative_to(root.resolve())
    with (
        locked(root, on_wait=on_wait) if within else nullcontext()
    ):  # a project that cannot be written has no lock
        write_file(target, content)
    return target
