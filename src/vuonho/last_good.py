"""The last good version of each household: what its page goes on showing while its profile or a photo is wrong.

    .vuonho/last-good.json    {code: {"profile": values, "photos": {file: key}}} or {code: null}

`null` stands for a printed household whose consent was emptied: its address answers with a notice. Only what may be
shown is kept, and while a profile is wrong that becomes only less. It is kept before a build commits: a version that
is newer than the page is as right as the page.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from vuonho.bilingual import Text
from vuonho.domain.consent import publish
from vuonho.domain.public import PublicHousehold, PublicNotice
from vuonho.domain.register.register import ACTIVE, Row
from vuonho.domain.schema.about import BASE, Record, description, record_at
from vuonho.domain.schema.household import Consent, Departed, Household
from vuonho.errors import DataProblems
from vuonho.intake.files import read_bytes
from vuonho.intake.photofiles import photo_path
from vuonho.intake.profile import LEAVING, Profile
from vuonho.intake.records import fits
from vuonho.intake.tree import Mapping as Tree
from vuonho.intake.tree import Plain, Scalar, plain
from vuonho.output.cache import Cache
from vuonho.output.files import write_file
from vuonho.output.lock import STATE
from vuonho.pictures import LARGEST, keep_photo
from vuonho.render.photos.photo import photo_key
from vuonho.survey import Survey

FILE: Final = f"{STATE}/last-good.json"
_LARGEST: Final = 200_000_000

Entry = Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A project as it may be shown while some households have errors.

    In `project` these have their last good version, or a notice, or nothing. `photos` are the keys of the photos of
    those versions, by `PublicPhoto.file`; `kept` and `missing` the codes with an error that keep a page and that
    have none; `entries` what is to be remembered of them.
    """

    project: Survey
    photos: Mapping[str, str] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    entries: Mapping[str, Entry] = field(default_factory=dict)


def with_last_good(root: Path, project: Survey) -> Shown:
    """Return a project with the last good version of each household that has an error.

    Raises DataProblems where the address of a printed household would stop answering.
    """
    broken = project.broken
    if not broken:
        return Shown(project)
    keeper = _Keeper(root, project)
    profiles, households = [], []
    notices = [one for one in project.notices if one.source not in broken]
    public = {one.source: one for one in project.households}
    for profile in project.profiles:
        if profile.file not in broken:
            profiles.append(profile)
            households += [public[profile.file]] if profile.file in public else []
            continue
        last, shown = keeper.keep(profile)
        profiles.append(last)
        if isinstance(shown, PublicHousehold):
            households.append(shown)
        elif shown is not None and shown.code not in {one.code for one in notices}:
            notices.append(shown)
    if keeper.silenced:
        raise DataProblems(project.problems, NO_LAST_GOOD)
    notices = [replace(one, moved_to=None) if one.moved_to in keeper.missing else one for one in notices]
    project = replace(project, profiles=tuple(profiles), households=tuple(households), notices=tuple(notices))
    return Shown(project, keeper.photos, tuple(keeper.kept), tuple(keeper.missing), keeper.entries)


def remember_good(root: Path, shown: Shown, keys: Mapping[str, str]) -> None:
    """Keep what the households show, for the day on which one of them has an error; the caller holds the lock.

    `keys` are those of the processed photos, by `PublicPhoto.file`. Raises MachineTrouble.
    """
    entries = dict(shown.entries)
    profiles = {one.file: one for one in shown.project.profiles}
    for home in shown.project.households:
        profile = profiles[home.source]
        if home.code not in entries and isinstance(profile.record, Household) and profile.tree is not None:
            prefix = f"{home.village}/"
            entries[home.code] = {
                "profile": _shown_of(plain(profile.tree), profile.record),
                "photos": {photo.file.removeprefix(prefix): keys[photo.file] for photo in home.photos},
            }
    content = json.dumps(dict(sorted(entries.items())), ensure_ascii=False, indent=0).encode("utf-8")
    before, _ = read_bytes(root / FILE, FILE, _LARGEST)
    if content != before and (entries or before is not None):
        write_file(root / FILE, content)


class _Keeper:
    """Finds what a household with an error goes on showing."""

    def __init__(self, root: Path, project: Survey) -> None:
        self.root = root
        self.project = project
        self.moved_wrongly = {one.file for one in project.problems if one.field == "moved_to"}
        self.before = _read(root)
        self.photos: dict[str, str] = {}
        self.entries: dict[str, Entry] = {}
        self.kept: list[str] = []
        self.missing: list[str] = []
        self.silenced = False

    def keep(self, profile: Profile) -> tuple[Profile, PublicHousehold | PublicNotice | None]:
        """Return the profile as it counts now, and what is shown of it."""
        code = self.project.code_of(profile)
        row = self.project.register.by_code.get(code)
        nothing = replace(profile, record=profile.record if isinstance(profile.record, Departed) else None)
        if code and (has_left(profile) or (row is not None and row.status != ACTIVE)):
            self.kept.append(code)
            return nothing, PublicNotice(code, profile.file, self._goal(profile))
        entry = self.before.get(code, {})
        if code and (entry is None or _is_emptied(profile)):
            return nothing, self._closed(code, profile, row)
        last = self._last(code, entry, profile) if entry else None
        if last is None:
            self.missing.append(code or profile.file)
            self.silenced |= row is not None and row.printed is not None
            return nothing, None
        self.kept.append(code)
        return last

    def _goal(self, profile: Profile) -> str | None:
        is_sound = isinstance(profile.record, Departed) and profile.file not in self.moved_wrongly
        return profile.record.moved_to if is_sound and isinstance(profile.record, Departed) else None

    def _closed(self, code: str, profile: Profile, row: Row | None) -> PublicNotice | None:
        """Return the notice of a printed household that takes its consent back; any other one has no page."""
        if row is None or row.printed is None:
            self.missing.append(code)
            return None
        self.entries[code] = None
        self.kept.append(code)
        return PublicNotice(code, profile.file, None)

    def _last(
        self, code: str, entry: Mapping[str, Any], profile: Profile
    ) -> tuple[Profile, PublicHousehold] | None:
        """Return the last good version, shown as far as the profile still allows; None where it is of no use."""
        record = _record(entry.get("profile"))
        if record is None or record.code != code:
            return None
        ticks = _ticks(profile, record)
        allowed = tuple(tick for tick in record.consent.publish if tick.key in ticks)
        consent = record.consent.model_copy(update={"publish": allowed})
        values = _shown_of(entry["profile"], record.model_copy(update={"consent": consent}))
        record = _record(values)
        household = publish(record, profile.village, profile.file) if record else None
        if record is None or household is None:
            return None
        prefix, keys = f"{profile.village}/", entry.get("photos", {})
        found = {one.file: str(keys.get(one.file.removeprefix(prefix))) for one in household.photos}
        if not all(self._is_ready(file, key) for file, key in found.items()):
            return None
        self.photos |= found
        photos = {file.removeprefix(prefix): key for file, key in found.items()}
        self.entries[code] = {"profile": values, "photos": photos}
        return replace(profile, code=code, record=record, tree=None, draft=None), household

    def _is_ready(self, file: str, key: str) -> bool:
        """Tell whether a photo is there as it was processed, or its original can be processed again."""
        if Cache(self.root, "photos").has(key):
            return True
        content, _ = read_bytes(photo_path(self.root, file), file, LARGEST)
        return content is not None and photo_key(content) == key and keep_photo(self.root, file) is not None


def has_left(profile: Profile) -> bool:
    """Tell whether a profile says that its household withdrew or moved, whatever else is wrong with it."""
    entries = (profile.tree.get(key) for key in LEAVING) if profile.tree else ()
    return any(entry and not (isinstance(entry.value, Scalar) and entry.value.is_empty) for entry in entries)


def _is_emptied(profile: Profile) -> bool:
    """Tell whether a profile says that its family has not agreed; one that cannot be read says nothing.

    What is not there says so too, but not in a file without its last line: that one was cut off.
    """
    if profile.tree is None:
        return False
    consent = profile.tree.get("consent")
    given = consent.value.get("given") if consent and isinstance(consent.value, Tree) else consent
    if given is None:
        return profile.tree.get("checked") is not None
    return isinstance(given.value, Scalar) and given.value.is_empty


def _ticks(profile: Profile, last: Household) -> set[str]:
    """Return the ticks that a profile with errors still has; all where nothing of its consent can be read."""
    consent = profile.tree.get("consent") if profile.tree else None
    if consent is None:
        return {tick.key for tick in last.consent.publish}
    found = plain(consent.value)
    ticks = found.get("publish") if isinstance(found, dict) else None
    words = ticks if isinstance(ticks, list) else [ticks]
    read = [record for word in words if (record := fits(Consent, {"publish": [word]}))]
    return {tick.key for record in read for tick in record.publish}


def _record(values: object) -> Household | None:
    return fits(Household, values) if isinstance(values, dict) else None


def _shown_of(values: Plain, record: Household) -> dict[str, Plain]:
    """Return the values of a profile, as typed, that its household lets be shown; `record` is what they say."""
    ticks = frozenset(tick.key for tick in record.consent.publish)
    kept = _allowed(values, Household, ticks)
    # the day of consent is nobody's business: any day says that there was one
    kept["consent"] = {"given": str(record.checked), "publish": list[Plain](sorted(ticks))}
    if record.location.point and "near_point" in ticks and "exact_point" not in ticks:
        location = kept.get("location")
        kept["location"] = {
            **(location if isinstance(location, dict) else {}),
            "point": str(record.location.point.snapped()),
        }
    photos = values.get("photos") if isinstance(values, dict) else None
    if isinstance(photos, list) and len(photos) == len(record.photos):  # those without people need no tick
        pairs = zip(photos, record.photos, strict=True)
        kept["photos"] = [one for one, photo in pairs if "faces" in ticks or not photo.people]
    products = kept.get("products")
    for one, product in zip(products if isinstance(products, list) else (), record.products, strict=False):
        if isinstance(one, dict) and product.ocop and product.ocop.until < record.checked:
            one.pop("ocop", None)  # a grade that has run out is shown no more
    return kept


def _allowed(values: Plain, kind: type[Record], ticks: frozenset[str]) -> dict[str, Plain]:
    """Return the values of a mapping that need no tick, or one that is there; what the schema says of each decides."""
    kept: dict[str, Plain] = {}
    for key, value in values.items() if isinstance(values, dict) else ():
        if key not in kind.model_fields or description(kind, key).shown not in (BASE, *ticks):
            continue
        inside = record_at(kind, (key,))
        if inside is kind:
            kept[key] = value
        elif isinstance(value, list):
            kept[key] = [_allowed(one, inside, ticks) if isinstance(one, dict) else one for one in value]
        else:
            kept[key] = _allowed(value, inside, ticks) if isinstance(value, dict) else value
    return kept


def _read(root: Path) -> Mapping[str, Entry]:
    content, _ = read_bytes(root / FILE, FILE, _LARGEST)
    try:
        found = json.loads(content or b"{}")
    except (ValueError, RecursionError):
        return {}
    is_known = isinstance(found, dict) and all(one is None or isinstance(one, dict) for one in found.values())
    return found if is_known else {}


NO_LAST_GOOD: Final = Text(
    "Hộ đã in biển thì trang phải còn, mà máy này chưa giữ bản nào đúng của hộ ấy. Sửa các lỗi trên, rồi chạy lại.",
    "The page of a printed household must stay, and this computer keeps no good version of it. Correct the errors "
    "above, then run again.",
)
