"""How a project stands today: survey, register, site and backup, looked at once and put into plain values."""

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from vuonho.backup.backup import changed_since, last_backup
from vuonho.errors import MachineError, Problem, Severity, UserError, VuonhoError
from vuonho.i18n import NOTHING, Both, Joined, Text
from vuonho.model.hosting import PATROL
from vuonho.model.household import Departed
from vuonho.model.public import PublicVillage
from vuonho.model.rules import OCOP_NOTICE
from vuonho.model.spot import Spot
from vuonho.model.values import quoted, say_day
from vuonho.output.files import write_file
from vuonho.output.lock import locked
from vuonho.output.site_folder import page_target
from vuonho.output.site_writer import recover
from vuonho.pictures.cache import check_photos
from vuonho.project.files import REGISTER_FILE
from vuonho.project.profile import Profile
from vuonho.project.shown import ShownThere, read_shown, shown_of
from vuonho.project.survey import Survey, survey_whole
from vuonho.project.yaml_tree import is_empty
from vuonho.register.boards import last_board
from vuonho.register.choice import Project, Wanted, Which, choose
from vuonho.register.register import ACTIVE, HUNG, content_of, normalize_url
from vuonho.resources import shipped
from vuonho.status.model import (
    STALE_DAYS,
    Backup,
    BoardState,
    Faulty,
    Home,
    Left,
    ProjectStatus,
    Shown,
    VillageStatus,
    completeness,
)

OUT: Final = "site"
MOST_PHOTOS: Final = 200_000_000
"""Bytes of photos that are read for a look at the project: a second or two of an old laptop's disk."""
_ELSEWHERE: Final = "E:\\" if os.name == "nt" else "../sao-luu.zip"
"""A place for a backup that is not in the project: a USB drive, where one can be named beforehand."""
_SHOWN: Final = 3
"""How many households of a board are named."""
Value = TypeVar("Value")


def project_status(
    root: Path, today: date, village: str | None = None, project: Survey | None = None
) -> ProjectStatus:
    """Return how the project in `root` stands, or one village of it, by its folder; `project` is it where it is read.

    Raises UserError for a village that is not there, MachineError where nothing can be looked at.
    """
    troubles: list[Text] = []

    def attempt(look: Callable[[], Value]) -> Value | None:
        try:
            return look()
        except VuonhoError as error:
            troubles.append(error.message)
            return None

    attempt(lambda: recover(root))
    project = project or survey_whole(root)
    photos = attempt(lambda: _photo_problems(project)) or ()
    there = attempt(lambda: read_shown(root, OUT))
    builder = _StatusBuilder(project, (*project.problems, *photos), there, today)
    return builder.build(root, village, tuple(troubles))


def _photo_problems(project: Survey) -> tuple[Problem, ...]:
    """Return what is wrong with the photos that are to be shown; raise MachineError where they are too many to read."""
    size = 0
    for household in project.households:
        for photo in household.photos:
            try:
                size += (project.root / "profiles" / photo.file).stat().st_size
            except (OSError, ValueError):  # there is none, or no disk can hold its name
                continue
    if size > MOST_PHOTOS:
        raise MachineError(Text("There are too many photos to look into each here; to see all: vuonho check"))
    return check_photos(project.root, project.households)


def write_page(
    root: Path, status: ProjectStatus, out: str, language: str, on_wait: Callable[[], None]
) -> Path:
    """Return the file to which the page to print was written, where only the team finds it.

    Raises UserError for a file that may not be, MachineError; then nothing has changed.
    """
    from vuonho.pages.reports import render_status

    target = page_target(root, out)
    folders = tuple(folder for folder in (root / "templates", shipped("templates")) if folder.is_dir())
    content = render_status(status, folders, language)
    is_within = target.parent.resolve().is_relative_to(root.resolve())
    # Elsewhere no lock is needed, and a project that cannot be written has none.
    with locked(root, on_wait=on_wait) if is_within else nullcontext():
        write_file(target, content)
    return target


class _StatusBuilder:
    """A look at a surveyed project; `there` is what the built site shows, None where there is no site."""

    def __init__(
        self, project: Survey, problems: tuple[Problem, ...], there: ShownThere | None, today: date
    ) -> None:
        self.project, self.there, self.today = project, there, today
        self.now = shown_of(project, project.site)
        self.is_register_read = bool(project.register.rows) or all(
            one.file != REGISTER_FILE for one in problems
        )
        self.codeless = {one.file for one in project.profiles if self._lacks_code(one)}
        errors = [one for one in problems if one.severity is Severity.ERROR]
        self.notes = len(problems) - len(errors)
        self.errors: dict[str, list[Problem]] = {}
        for one in errors:
            if (
                one.field != "code" or one.file not in self.codeless
            ):  # that a code is missing has its own task
                self.errors.setdefault(one.file, []).append(one)
        self.new, self.changed = self._to_print(Which.NEW), self._to_print(Which.CHANGED)
        self.unread = {one.code for one in project.profiles if one.record is None}
        """The codes of profiles that cannot be read: nobody knows whether they are to be shown."""

    def build(self, root: Path, village: str | None, troubles: tuple[Text, ...]) -> ProjectStatus:
        """Return all of it."""
        site, there, kept = self.project.site, self.there, self.now.homes.keys() | self.unread
        answered = kept | {notice.code for notice in self.project.notices}
        answered |= {place.code for place in self.project.spot_profiles}
        rows = self.project.register.rows
        return ProjectStatus(
            title=Both(site.title.to("vi")[0], site.title.to("en")[0])
            if site
            else Both(root.name, root.name),
            day=self.today,
            villages=tuple(self._villages(village)),
            faulty=tuple(
                Faulty(file, self._first_line(file), len(found)) for file, found in self.errors.items()
            ),
            notes=self.notes,
            backup=Backup(last_backup(root), is_old=changed_since(root), place=_ELSEWHERE),
            is_built=there is not None,
            is_stale=site is not None and there is not None and there.others != self.now.others,
            still_shown=tuple(sorted(there.homes.keys() - kept)) if there else (),
            lost=tuple(row.code for row in rows if row.printed and row.code not in answered),
            troubles=troubles,
        )

    def _lacks_code(self, profile: Profile) -> bool:
        """Tell whether `assign` is what a profile needs: it has no code, or one that no row knows."""
        if profile.code:
            return self.is_register_read and profile.code not in self.project.register.by_code
        entry = profile.tree.get("code") if profile.tree else None
        is_without = entry is None or is_empty(entry.value)
        return profile.tree is not None and is_without and not isinstance(profile.record, Departed)

    def _first_line(self, file: str) -> int | None:
        return min((one.line for one in self.errors.get(file, ()) if one.line), default=None)

    def _to_print(self, which: Which) -> dict[str, Text]:
        """Return the households and places to print, by code, and why; none where site or register cannot be read."""
        project = self.project
        if project.site is None or not self.is_register_read:
            return {}
        known = {village.slug for village in project.villages}
        homes = tuple(home for home in project.coded if home.village in known)
        about = Project(project.site.base_url, project.villages, homes, frozenset(), project.register)
        return {one.household.code: one.why for one in choose(about, Wanted(which=which))}

    def _villages(self, wanted: str | None) -> Iterator[VillageStatus]:
        known = {village.slug: village for village in self.project.villages}
        slugs = sorted({*known, *(profile.village for profile in self.project.profiles)})
        if wanted is not None and wanted not in slugs:
            raise UserError(
                Text("There is no village {wanted}.", wanted=quoted(wanted)),
                Text("Write the name of the village's folder: {names}.", names=", ".join(slugs)),
            )
        rows = self.project.register.by_code
        for slug in slugs if wanted is None else [wanted]:
            homes, left = [], []
            for profile in self.project.profiles:
                if profile.village == slug and isinstance(record := profile.record, Departed):
                    row = rows.get(record.code)
                    is_printed = row is not None and row.printed is not None
                    left.append(Left(record.code, record.withdrawn or record.checked, is_printed))
                elif profile.village == slug:
                    homes.append(self._home(profile))
            village = known.get(slug)
            board = self._board(village, left) if village else (BoardState.FINE, NOTHING)
            name = village.name if village else slug
            spots = tuple(self._spot(one) for one in self.project.spot_profiles if one.village == slug)
            yield VillageStatus(slug, name, tuple(homes), tuple(left), *board, self._walk(slug), spots)

    def _spot(self, profile: Profile) -> Home:
        row, spot = self.project.register.by_code.get(profile.code), profile.record
        return Home(
            file=profile.file,
            village=profile.village,
            name=spot.name if isinstance(spot, Spot) else "",
            code=profile.code,
            printed=row.printed if row and row.status == ACTIVE else None,
            hung=bool(row and row.cell(HUNG)),
            is_new=profile.code in self.new,
            reprint=self.changed.get(profile.code),
        )

    def _walk(self, slug: str) -> Text:
        """Return when the plaques of a village were last looked at and where that begins; nothing within a year of it.

        Where nobody ever walked, the year begins with the last print.
        """
        site = self.project.site
        rows = [
            row
            for row in self.project.register.rows
            if row.printed and row.status == ACTIVE and row.profile.startswith(f"{slug}/")
        ]
        seen = [row.inspected for row in rows if row.inspected]
        last = max(seen or [row.printed for row in rows if row.printed], default=None)
        if site is None or last is None or (self.today - last).days <= STALE_DAYS:
            return NOTHING
        page = f"{site.base_url}{PATROL}"
        if seen:
            return Text("last on {day}; on the phone open {page}", day=say_day(last), page=page)
        return Text("printed by {day}; on the phone open {page}", day=say_day(last), page=page)

    def _home(self, profile: Profile) -> Home:
        household, file = profile.draft, profile.file
        row = self.project.register.by_code.get(profile.code)
        home = Home(
            file=file,
            village=profile.village,
            name=household.name if household and household.name != "?" else "",
            code=profile.code,
            errors=len(self.errors.get(file, ())),
            line=self._first_line(file),
            needs_code=file in self.codeless,
            printed=row.printed if row else None,
            hung=bool(row and row.cell(HUNG)),
        )
        is_wrong = any(one.severity is Severity.ERROR and one.field != "code" for one in profile.problems)
        if household is None or (profile.record is None and (is_wrong or file not in self.codeless)):
            return home
        crops = self.project.site.crops if self.project.site else ()
        lacks, percent = completeness(household, has_code=bool(home.code), crops=crops)
        grades = [product.ocop.until for product in household.products if product.ocop]
        shown = None
        if self.there is not None and home.code in self.now.homes:
            before = self.there.homes.get(home.code)
            shown = Shown.CURRENT if before == self.now.homes[home.code] else Shown.OLD
            shown = shown if before is not None else Shown.MISSING
        return replace(
            home,
            lacks=lacks,
            percent=percent,
            consented=household.consent.given is not None,
            checked=household.checked,
            ocop=min((day for day in grades if day <= self.today + OCOP_NOTICE), default=None),
            is_new=home.code in self.new,
            reprint=self.changed.get(home.code),
            shown=shown,
        )

    def _board(self, village: PublicVillage, left: Collection[Left]) -> tuple[BoardState, Text]:
        """Return what is to be done about a village's board, and what one that hangs says though it is no longer so.

        Of codes that cannot be read nothing is known, so nothing is said.
        """
        project = self.project
        if project.site is None or not self.is_register_read:
            return BoardState.FINE, NOTHING
        board = last_board(project.boards, (village.slug, *village.formerly))
        homes = {home.code: home.name for home in project.households if home.village == village.slug}
        if board is None:
            is_wanted = any(row.printed and row.code in homes for row in project.register.rows)
            return (BoardState.NONE if is_wanted else BoardState.FINE), NOTHING
        base = project.site.base_url
        if normalize_url(board.url) != normalize_url(f"{base}{village.slug}/"):
            return BoardState.OLD, Text("its address changed")
        rows, listed = project.register.by_code, dict(board.listed)
        now = {code: content_of(name, village.name, f"{base}{code}/") for code, name in homes.items()}
        # Where it is not recorded who stands on the board, the days tell.
        gone = {
            one.code
            for one in left
            if one.code in rows
            and board.may_name(one.code, rows[one.code].given)
            and (listed or (one.day is not None and one.day > board.printed))
        }
        gone |= listed.keys() - now.keys() - self.unread
        kept = listed.keys() & now.keys()
        renamed = {code for code in kept if listed[code] != now[code]}
        reasons = []
        if gone:
            reasons.append(_naming(gone, Text("still names who left or moved")))
        if renamed and renamed == kept:
            reasons.append(Text("the name of the village or of a household changed"))
        elif renamed:
            reasons.append(_naming(renamed, Text("still has the old name of")))
        if not reasons:
            return BoardState.FINE, NOTHING
        return (BoardState.OLD if homes else BoardState.EMPTY), Joined(reasons, "; ")


def _naming(codes: Collection[str], words: Text) -> Text:
    """Return the words with the first of the codes."""
    shown, more = ", ".join(sorted(codes)[:_SHOWN]), ", …" * (len(codes) > _SHOWN)
    return Text("{words}: {shown}{more}", words=words, shown=shown, more=more)
