"""What would come back from a backup into a project that is there, and what must not.

A household that left since stays away, with its photos; one that shows less than it did keeps its profile of
today. The registers only ever gain. Files that the backup does not have are left alone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Final

from vuonho.bilingual import Text
from vuonho.domain.backup import FOLDERS, Manifest, is_profile
from vuonho.domain.register.boards import FILE as BOARDS_FILE
from vuonho.domain.register.register import MOVED, VOID, WITHDRAWN
from vuonho.domain.schema.household import Departed, Household
from vuonho.errors import Refused
from vuonho.intake.backupfile import Backup
from vuonho.intake.encoding import decode
from vuonho.intake.folder import REGISTER_FILE
from vuonho.intake.photofiles import named_photos
from vuonho.intake.profile import Profile, parse_profile, read_profile
from vuonho.keeping.belongings import belongings
from vuonho.keeping.gains import Gains, gains_from, known_register
from vuonho.keeping.kinship import refuse_stranger
from vuonho.output.files import digest_file

REGISTERS: Final = frozenset({REGISTER_FILE, BOARDS_FILE})


@dataclass(frozen=True, slots=True)
class Spared:
    """A file that does not come back, and why."""

    name: str
    why: Text


@dataclass(frozen=True, slots=True)
class RestorePlan:
    """What would be done: files that are missing here, files that are other than in the backup, files left alone.

    `only_here` are files that the backup does not have; they stay.
    """

    manifest: Manifest
    new: tuple[str, ...]
    changed: tuple[str, ...]
    kept: tuple[Spared, ...]
    only_here: tuple[str, ...]
    gains: Gains
    places: Mapping[str, Path]

    @property
    def is_nothing(self) -> bool:
        """Tell whether the project is as the backup already."""
        return not (self.new or self.changed or self.gains.rows or self.gains.boards)


class _Here:
    """The project as it is, as far as it can be read: what is damaged in it is why a backup is wanted."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files = {one.name: one for one in belongings(root) if one.name.startswith(FOLDERS)}
        self.register = known_register(root)

    @cached_property
    def profiles(self) -> Mapping[str, Profile]:
        """The profiles by their names."""
        return {
            name: read_profile(self.root, one.path.relative_to(self.root).as_posix(), name.split("/")[1])
            for name, one in self.files.items()
            if is_profile(name)
        }

    @cached_property
    def left(self) -> frozenset[str]:
        """The codes of households that have withdrawn or moved."""
        rows = (row.code for row in self.register.rows if row.status in (WITHDRAWN, MOVED))
        gone = (one.code for one in self.profiles.values() if isinstance(one.record, Departed))
        return frozenset((*rows, *gone))

    @cached_property
    def file_of(self) -> Mapping[str, str]:
        """The names of the profiles by their codes."""
        return {one.code: name for name, one in self.profiles.items() if one.code}

    def is_as(self, name: str, size: int, digest: str) -> bool:
        one = self.files.get(name)
        return one is not None and one.size == size and digest_file(one.path.resolve()) == digest


def plan_restoring(root: Path, backup: Backup, tick: Callable[[], None]) -> RestorePlan:
    """Return what would come back; raise Refused for a damaged backup and for one of another project.

    MachineTrouble and OSError come as reading does. `tick` is called once a file.
    """
    refuse_stranger(root, backup)
    here = _Here(root)
    differing = []
    for file in backup.manifest.files:
        if not here.is_as(file.name, file.size, file.digest) and _is_of_interest(file.name):
            differing.append(file.name)
        tick()
    then = {name: _profile_in(backup, name) for name in differing if is_profile(name)}
    kept = {name: why for name in differing if name in then and (why := _objection(name, then[name], here))}
    if kept:  # only then whose photos are whose matters
        then |= {name: _profile_in(backup, name) for name in _profiles(backup) if name not in then}
        kept |= dict(_photos_kept([name for name in differing if name not in then], then, kept, here))
    back = [name for name in differing if name not in kept]
    listed = {file.name for file in backup.manifest.files}
    return RestorePlan(
        backup.manifest,
        tuple(name for name in back if name not in here.files),
        tuple(name for name in back if name in here.files),
        tuple(Spared(name, why) for name, why in kept.items()),
        tuple(sorted(here.files.keys() - listed - REGISTERS)),
        gains_from(root, backup),
        {name: here.files[name].path if name in here.files else root / name for name in back},
    )  # fmt: skip


def _is_of_interest(name: str) -> bool:
    return name.startswith(FOLDERS) and name not in REGISTERS


def _profiles(backup: Backup) -> Iterator[str]:
    return (file.name for file in backup.manifest.files if is_profile(file.name))


# --- What must not come back -----------------------------------------------------------------------------------


def _profile_in(backup: Backup, name: str) -> Profile | None:
    """Return a profile of the backup, None where its text cannot be read."""
    content = backup.text(name)
    try:
        return parse_profile(decode(content), name, name.split("/")[1]) if content is not None else None
    except Refused:
        return None


def _objection(name: str, then: Profile | None, here: _Here) -> Text | None:
    """Return why the profile of today stays, or None where that of the backup may take its place."""
    if then is None or then.tree is None or not then.code:
        return _UNREADABLE
    if isinstance(then.record, Departed):
        return None
    code, now = then.code, here.profiles.get(name)
    row = here.register.by_code.get(code)
    if code in here.left:
        return Text(f"hộ {code} đã rút hoặc chuyển từ sau lần sao lưu", f"household {code} has left since")
    if row is not None and row.status == VOID:
        return Text(f"mã {code} đã hủy", f"code {code} is void")
    if now is not None and now.code not in ("", code):
        return Text(f"ở tên ấy nay là hộ {now.code}", f"that name is household {now.code} now")
    other = here.file_of.get(code, name)
    if other != name:
        return Text(f"hộ {code} nay ở {other}", f"household {code} is in {other} now")
    return _SHOWS_LESS if now is not None and _shows_more(then.draft, now.draft) else None


def _shows_more(then: Household | None, now: Household | None) -> bool:
    """Tell whether a family had agreed to more than it agrees to today."""
    if now is None:
        return False
    if then is None:  # what it had ticked cannot be told
        return True
    ticks = [frozenset(tick.key for tick in one.consent.publish) for one in (then, now)]
    hidden = {photo.file for photo in now.photos if photo.people}
    bared = any(photo.file in hidden and not photo.people for photo in then.photos)
    was_given = then.consent.given is not None
    return was_given and (now.consent.given is None or not ticks[0] <= ticks[1] or bared)


def _photos_kept(
    names: Iterable[str], then: Mapping[str, Profile | None], kept: Mapping[str, Text], here: _Here
) -> Iterator[tuple[str, Text]]:
    """Give the photos that only a household that stays away has named; of nobody's, none come back then."""
    profiles = [here.profiles.get(name) if name in kept else one for name, one in then.items()]
    profiles += [one for name, one in here.profiles.items() if name not in then]
    wanted = {
        f"profiles/{one.village}/{photo}" for one in profiles if one and one.tree for photo in named_photos(one.tree)
    }  # fmt: skip
    for name in names:
        is_ours = len(PurePosixPath(name).parts) > 2 and not name.endswith("/village.yaml")
        if is_ours and name.startswith("profiles/") and name not in wanted and name not in here.files:
            yield name, _NOBODYS


_UNREADABLE: Final = Text(
    "hồ sơ trong bản sao lưu không đọc được", "the profile in the backup cannot be read"
)
_SHOWS_LESS: Final = Text("nay gia đình cho hiện ít hơn lúc ấy", "the family shows less now than it did then")
_NOBODYS: Final = Text(
    "không hộ nào đang còn dùng tệp này", "no household that is still there uses this file"
)
