"""The last good version of each household: what its page goes on showing while its profile or a photo is wrong.

    .vuonho/out/<site>/last-good.json    {code: {"profile": values, "photos": {file: key}}} or {code: null}

A place has {"spot": values, "photos": {file: key}}. `null` stands for a printed household whose consent was emptied: its address answers with a notice. Only what may be
shown is kept, and while a profile is wrong that becomes only less. It is kept before a build commits: a version that
is newer than the page is as right as the page."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from vuonho.errors import DataProblems, UserError
from vuonho.i18n import Text
from vuonho.model.consent import publish
from vuonho.model.ground import with_landmarks
from vuonho.model.household import Consent, Departed, Household, Photo
from vuonho.model.public import PublicHousehold, PublicNotice
from vuonho.model.spot import Spot
from vuonho.output.files import in_words, write_file
from vuonho.output.site_folder import find_place
from vuonho.pictures.cache import LARGEST, Cache, is_kept
from vuonho.pictures.rendered import photo_key
from vuonho.project.files import photo_path, read_bytes
from vuonho.project.profile import LEAVING, Profile, fits
from vuonho.project.recall import shown_values
from vuonho.project.survey import Survey, landmarks, read_again
from vuonho.project.yaml_tree import Entry, Plain, is_empty, plain
from vuonho.project.yaml_tree import Mapping as Tree
from vuonho.register.register import ACTIVE, addresses
from vuonho.text import fold, nearest

NAME: Final = "last-good.json"
SITE: Final = "site"
_LARGEST: Final = 200_000_000
_TOP: Final = (*Household.slots, *LEAVING)
_LEFT: Final = re.compile(r"^(?:withdrawn|moved_to)[ \t]*:[ \t]*(?!~|null\b|#)\S", re.MULTILINE)
_CONSENT: Final = re.compile(r"^consent[ \t]*:.*(?:\n(?![^\W\d]).*)*", re.MULTILINE)
"""The lines of a file that is no YAML from `consent:` to the next key at the beginning of a line."""
_GIVEN: Final = re.compile(r"^[^#\n]*\bgiven[ \t]*:[ \t]*(?:$|[,}#~]|null\b)", re.MULTILINE)
_PUBLISH: Final = re.compile(r"\bpublish[ \t]*:([^\]]*)")
_CHECKED: Final = re.compile(r"^checked[ \t]*:", re.MULTILINE)

Memory = Mapping[str, Any] | None


@dataclass(slots=True)
class Shown:
    """A project as it may be shown while some households have errors.

    In `project` these have their last good version, or a notice, or nothing. `photos` are the keys of the photos of
    those versions, by `PublicPhoto.file`; `kept` are the codes with an error that keep a page and `missing` those that
    have none, of which `closed` left or took their consent back; `entries` is what is to be remembered of them.
    """

    project: Survey
    photos: dict[str, str] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    entries: dict[str, Memory] = field(default_factory=dict)


def with_last_good(root: Path, project: Survey, site: Path | str = SITE) -> Shown:
    """Return a project with the last good version of each household that has an error, as built into `site`.

    Raises DataProblems where an address that must answer would stop doing so.
    """
    shown, broken = Shown(project), project.broken
    if not broken:
        return shown
    before = _read(_place(root, site))
    profiles: list[Profile] = []
    pages = {one.source: one for one in project.households if one.source not in broken}
    notices: list[PublicNotice] = [one for one in project.notices if one.source not in broken]
    for profile in (*project.profiles, *read_again(project, broken)):
        last = profile
        if profile.file in broken:
            last, page, notice = _keep(root, shown, profile, before)
            if page is not None:
                pages[profile.file] = page
            if notice is not None and notice.code not in {one.code for one in notices}:
                notices.append(notice)
        profiles.append(last)
    spots, signs = _keep_spots(root, shown, before, notices)
    households = [pages[file] for file in project.files if file in pages]
    answering = {one.code for one in households} | {one.code for one in notices} | {one.code for one in spots}
    if not answering.issuperset(addresses(project.register)):
        raise DataProblems(project.problems, NO_LAST_GOOD)
    notices = [one if one.moved_to in answering else replace(one, moved_to=None) for one in notices]
    shown.project = replace(
        project,
        profiles=tuple(profiles),
        households=tuple(households),
        notices=tuple(notices),
        spot_profiles=spots,
        villages=tuple(
            replace(one, ground=with_landmarks(one.ground, landmarks(signs.get(one.slug, ()))))
            for one in project.villages
        ),
        recalled={file: one for file, one in project.recalled.items() if file not in broken},
    )
    return shown


def _keep_spots(
    root: Path, shown: Shown, before: Mapping[str, Memory], notices: list[PublicNotice]
) -> tuple[tuple[Profile, ...], dict[str, list[Profile]]]:
    """Return (places as they count now, those that have an error by their villages); add the notices of others.

    A place with an error is as it was last, its photos as far as they can be had; a file of its own cannot hide less.
    """
    project = shown.project
    spots: list[Profile] = []
    kept: dict[str, list[Profile]] = {}
    for profile in project.spot_profiles:
        if profile.file not in project.broken:
            spots.append(profile)
            continue
        code = project.code_of(profile)
        row = project.register.by_code.get(code)
        entry = before.get(code) or {}
        record = fits(Spot, entry.get("spot"))
        if code and (has_left(profile) or (row is not None and row.status != ACTIVE)):
            shown.missing.append(code)
            shown.closed.append(code)
            if all(one.code != code for one in notices):
                notices.append(PublicNotice(code, profile.file, None))
        elif record is not None and record.code == code:
            keys = entry.get("photos")
            keys = keys if isinstance(keys, dict) else {}
            ready = [
                one
                for one in record.photos
                if _is_ready(root, f"{profile.village}/{one.file}", str(keys.get(one.file)))
            ]
            shown.photos |= {f"{profile.village}/{one.file}": str(keys[one.file]) for one in ready}
            last = replace(profile, code=code, record=replace(record, photos=tuple(ready)), tree=None)
            spots.append(last)
            kept.setdefault(profile.village, []).append(last)
            shown.kept.append(code)
            shown.entries[code] = entry
        else:
            shown.missing.append(code or profile.file)
            if row is not None and row.printed is not None:
                notices.append(PublicNotice(code, profile.file, None))
    return tuple(spots), kept


def _place(root: Path, site: Path | str) -> Path:
    try:
        return find_place(root, site).state / NAME
    except UserError:  # a site that was not built there
        return find_place(root, SITE).state / NAME


def remember_good(root: Path, site: Path | str, shown: Shown, keys: Mapping[str, str]) -> None:
    """Keep what the households show, for the day on which one of them has an error; the caller holds the lock.

    `keys` are those of the processed photos, by `PublicPhoto.file`. Raises MachineError.
    """
    project = shown.project
    profiles = {one.file: one for one in project.profiles}
    entries = {code: _json(entry) for code, entry in shown.entries.items()}
    for home in project.households:
        if home.code in entries:
            continue
        if home.source in project.recalled:
            values = project.recalled[home.source].remembered
        else:
            profile = profiles[home.source]
            if not isinstance(profile.record, Household) or profile.tree is None:
                continue
            values = _json(shown_values(plain(profile.tree), profile.record))
        prefix = f"{home.village}/"
        photos = {photo.file.removeprefix(prefix): keys[photo.file] for photo in home.photos}
        entries[home.code] = f'{{"profile": {values}, "photos": {_json(photos)}}}'
    for spot in project.spot_profiles:
        if isinstance(spot.record, Spot) and spot.tree is not None and spot.code not in entries:
            prefix = f"{spot.village}/"
            photos = {
                photo.file: keys[prefix + photo.file]
                for photo in spot.record.photos
                if prefix + photo.file in keys
            }
            entries[spot.code] = _json({"spot": plain(spot.tree), "photos": photos})
    lines = (f"{_json(code)}: {entry}" for code, entry in sorted(entries.items()))
    content = ("{\n" + ",\n".join(lines) + "\n}").encode()
    path = _place(root, site)
    before, _ = read_bytes(path, NAME, _LARGEST)
    if content != before and (entries or before is not None):
        with in_words(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, content)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _keep(
    root: Path, shown: Shown, profile: Profile, before: Mapping[str, Memory]
) -> tuple[Profile, PublicHousehold | None, PublicNotice | None]:
    """Return the profile with an error as it counts now, and what is shown of it: a page, a notice, or nothing."""
    project = shown.project
    code = project.code_of(profile)
    row = project.register.by_code.get(code)
    departed = profile.record if isinstance(profile.record, Departed) else None
    nothing = replace(profile, record=departed)
    if code and (has_left(profile) or (row is not None and row.status != ACTIVE)):
        shown.missing.append(code)
        shown.closed.append(code)
        is_wrong = any(one.file == profile.file and one.field == "moved_to" for one in project.problems)
        goal = departed.moved_to if departed and not is_wrong else None
        return nothing, None, PublicNotice(code, profile.file, goal)
    is_printed = row is not None and row.printed is not None
    entry = before.get(code, {})
    if code and (entry is None or _is_emptied(profile)):
        shown.missing.append(code)
        shown.closed.append(code)
        if is_printed:
            shown.entries[code] = None
    elif entry and (last := _last(root, shown, code, entry, profile)):
        shown.kept.append(code)
        return *last, None
    else:
        shown.missing.append(code or profile.file)
    return nothing, None, PublicNotice(code, profile.file, None) if is_printed else None


def _last(
    root: Path, shown: Shown, code: str, entry: Mapping[str, Any], profile: Profile
) -> tuple[Profile, PublicHousehold] | None:
    """Return the last good version, shown as far as the profile still allows; None where it is of no use."""
    record = fits(Household, entry.get("profile"))
    if record is None or record.code != code:
        return None
    ticks = _ticks(profile, record)
    allowed = tuple(tick for tick in record.consent.publish if tick.key in ticks)
    consent = replace(record.consent, publish=allowed)
    values = shown_values(entry["profile"], replace(record, consent=consent))
    record = fits(Household, values)
    crops = shown.project.site.crops if shown.project.site else ()
    household = publish(record, profile.village, profile.file, crops) if record else None
    if record is None or household is None:
        return None
    prefix, keys = f"{profile.village}/", entry.get("photos")
    named = _photos(profile, may_show_people="faces" in ticks)
    photos: dict[str, str] = {}
    for photo in household.photos:
        name = photo.file.removeprefix(prefix)
        key = str(keys.get(name) if isinstance(keys, dict) else None)
        if (named is None or name in named) and _is_ready(root, photo.file, key):
            photos[name] = shown.photos[photo.file] = key
    kept = tuple(one for one in household.photos if one.file.removeprefix(prefix) in photos)
    values["photos"] = [one for one in _listed(values.get("photos")) if _file_of(one) in photos]
    shown.entries[code] = {"profile": values, "photos": photos}
    profile = replace(profile, code=code, record=record, tree=None, draft=None)
    return profile, replace(household, photos=kept)


def _is_ready(root: Path, file: str, key: str) -> bool:
    """Tell whether a photo is there as it was processed, or its original can be processed again."""
    if Cache(root, "photos").get(key) is not None:
        return True
    content, _ = read_bytes(photo_path(root, file), file, LARGEST)
    return content is not None and photo_key(content) == key and is_kept(root, file)


def has_left(profile: Profile) -> bool:
    """Tell whether a profile says that its household withdrew or moved, whatever else is wrong with it."""
    if profile.tree is None:
        return _LEFT.search(profile.text) is not None
    entries = (_entry(profile.tree, key) for key in LEAVING)
    return any(entry and not is_empty(entry.value) for entry in entries)


def _entry(tree: Tree, wanted: str) -> Entry | None:
    """Return the entry of a key, or of a misspelt one that is most like it."""
    misspelt = (one for one in tree.entries if one.key not in _TOP and nearest(one.key, _TOP) == wanted)
    return tree.get(wanted) or next(misspelt, None)


def _is_emptied(profile: Profile) -> bool:
    """Tell whether a profile says that its family has not agreed.

    What is not there says so too, but not in a file without its last line: that one was cut off.
    """
    if profile.tree is None:
        consent_lines = _CONSENT.search(profile.text)
        return consent_lines is not None and _GIVEN.search(consent_lines[0]) is not None
    consent = _entry(profile.tree, "consent")
    given = consent.value.get("given") if consent and isinstance(consent.value, Tree) else consent
    if given is None:
        return profile.tree.get("checked") is not None
    return is_empty(given.value)


def _ticks(profile: Profile, last: Household) -> set[str]:
    """Return the ticks that a profile with errors still has; all of the last ones where the file was cut off before."""
    ticks = last.consent.publish
    if profile.tree is None:
        consent_lines = _CONSENT.search(profile.text)
        if consent_lines is None:
            return set() if _CHECKED.search(profile.text) else {tick.key for tick in ticks}
        publish_part = _PUBLISH.search(re.sub(r"#.*", "", consent_lines[0]))
        words = fold(publish_part[1]) if publish_part else ""
        return {
            tick.key for tick in ticks if any(re.search(rf"\b{fold(name)}\b", words) for name in tick.names)
        }
    consent = _entry(profile.tree, "consent")
    if consent is None:
        return {tick.key for tick in ticks}
    found = plain(consent.value)
    typed = found.get("publish") if isinstance(found, dict) else None
    read = [record for word in _listed(typed) or [typed] if (record := fits(Consent, {"publish": [word]}))]
    return {tick.key for record in read for tick in record.publish}


def _photos(profile: Profile, *, may_show_people: bool) -> set[str] | None:
    """Return the photos that a profile with errors still lets be shown, None where it does not say."""
    entry = profile.tree.get("photos") if profile.tree else None
    found = plain(entry.value) if entry else None
    if not isinstance(found, list):
        return set() if profile.tree is not None and profile.tree.get("checked") and found is None else None
    read = [photo for one in found if (photo := _photo(one))]
    return {photo.file for photo in read if may_show_people or not photo.people}


def _listed(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else []


def _file_of(photo: Plain) -> str:
    read = _photo(photo)
    return read.file if read else ""


def _photo(value: Plain) -> Photo | None:
    return fits(Photo, value if isinstance(value, dict) else {"file": value})


def _read(path: Path) -> Mapping[str, Memory]:
    content, _ = read_bytes(path, NAME, _LARGEST)
    try:
        found = json.loads(content or b"{}")
    except (ValueError, RecursionError):
        return {}
    is_known = isinstance(found, dict) and all(one is None or isinstance(one, dict) for one in found.values())
    return found if is_known else {}


NO_LAST_GOOD: Final = Text(
    "The page of a printed household must stay, and this computer keeps no good version of "
    "it. Correct the errors above, then run again."
)
