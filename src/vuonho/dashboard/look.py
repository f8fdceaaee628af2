"""A surveyed project as plain values: what of each household, village, plaque and file the dashboard may know."""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from vuonho.bilingual import NOTHING, Text
from vuonho.dashboard.hanging import board_of
from vuonho.dashboard.shown import ShownThere, shown_of
from vuonho.domain.public import PublicVillage
from vuonho.domain.register.choice import Project, Wanted, Which, choose
from vuonho.domain.register.prints import HUNG
from vuonho.domain.rules import OCOP_NOTICE
from vuonho.domain.schema.household import Departed, Household
from vuonho.domain.standing.lacks import judge
from vuonho.domain.standing.standing import (
    Backup,
    BoardState,
    Faulty,
    Home,
    Left,
    Shown,
    Standing,
    VillageStanding,
)
from vuonho.domain.values import quoted
from vuonho.errors import Problem, Refused, Severity
from vuonho.intake.folder import REGISTER_FILE
from vuonho.intake.profile import Profile
from vuonho.intake.tree import Scalar
from vuonho.keeping.backups import changed_since, last_backup
from vuonho.survey import Survey

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
