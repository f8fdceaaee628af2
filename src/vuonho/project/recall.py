"""Profiles as they were read before: what need not be read again while the file, and all it is judged by, is the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from vuonho.errors import Problem, Severity
from vuonho.i18n import Text
from vuonho.model.fields import BASE, Record, field_of, outline, record_at
from vuonho.model.household import Household
from vuonho.model.public import PublicHousehold
from vuonho.model.stored import decode, encode
from vuonho.output.files import digest_bytes, is_settled, look
from vuonho.output.lock import disk_time
from vuonho.output.memo import Memo
from vuonho.output.site_folder import find_place
from vuonho.project.files import read_text
from vuonho.project.yaml_tree import Plain
from vuonho.register.rules import ProfileStub

KIND: Final = "profile"
_FILE: Final = "memo.sqlite"
_DIGITS: Final = 16


def digest_of(*values: object) -> str:
    """Return what stands for values: the same digits for the same ones."""
    return digest_bytes(repr(values).encode("utf-8", errors="surrogatepass"))[:_DIGITS]


@dataclass(frozen=True, slots=True)
class Reading:
    """What later steps ask of a profile without an error.

    `household` is what may be shown of it, None without consent, and `digest` stands for that; `remembered` are the
    values that it is made from, as JSON. The day of consent is not kept. `photos` are the files that the profile
    names, `latest` is its latest day.
    """

    stub: ProfileStub
    problems: tuple[Problem, ...]
    household: PublicHousehold | None
    digest: str
    remembered: str
    photos: tuple[str, ...]
    latest: date


def memo_of(root: Path, out: str, *, writes: bool = False) -> Memo:
    """Return what is known of earlier builds into this folder; who `writes` holds the lock."""
    return Memo(find_place(root, out).state / _FILE, disk_time(root) if writes else 0)


class Recall:
    """The readings of earlier builds in a memo; those that were asked for or added are kept by `save`."""

    def __init__(self, memo: Memo) -> None:
        self._memo = memo
        self._seen: dict[str, tuple[str, list[int], bool]] = {}
        self._kept: set[str] = set()

    def find(self, root: Path, file: str, context: str) -> Reading | None:
        """Return the reading of a file made in this context, None where it must be read again."""
        try:
            seen = look((root / file).stat())
        except (OSError, ValueError):
            return None
        self._seen[file] = context, seen, is_settled(seen, self._memo.opened)
        row = self._memo.get(KIND, file)
        if row is None or row.key != context:
            return None
        before = row.value["looks"], row.value["settled"]
        if before != (seen, True) and row.value["sha256"] != _digest(read_text(root / file, file)[0]):
            return None
        if before != self._seen[file][1:]:
            self._put(file, row.value["sha256"], row.value["reading"])
        self._kept.add(file)
        return _reading(file, row.value["reading"])

    def add(self, file: str, text: str, reading: Reading) -> None:
        """Keep what was read of a file with this text, after `find` was asked for it."""
        if self._memo.writes and file in self._seen:
            self._put(file, _digest(text), _data(reading))

    def save(self) -> None:
        """Drop the readings of files that are gone, or of which there is none any more; the memo writes the others."""
        self._memo.keep_only(KIND, self._kept)

    def _put(self, file: str, digest: str, data: Any) -> None:
        context, looks, settled = self._seen[file]
        self._kept.add(file)
        self._memo.put(
            KIND, file, context, {"looks": looks, "settled": settled, "sha256": digest, "reading": data}
        )


def _digest(text: str | None) -> str:
    return digest_bytes(text.encode()) if text is not None else ""


def _data(reading: Reading) -> Any:
    stub = reading.stub
    return {
        "stub": [stub.path, stub.code, stub.consented],
        "problems": [
            [one.field, one.message.data(), one.hint.data(), one.severity, one.line, one.column]
            for one in reading.problems
        ],
        "household": encode(reading.household),
        "digest": reading.digest,
        "remembered": reading.remembered,
        "photos": reading.photos,
        "latest": reading.latest.isoformat(),
    }


def _reading(file: str, data: Any) -> Reading:
    path, code, consented = data["stub"]
    problems = (
        Problem(field, Text.of(message), Text.of(hint), Severity(severity), file, line, column)
        for field, message, hint, severity, line, column in data["problems"]
    )
    return Reading(
        ProfileStub(path, code, consented, False, None),
        tuple(problems),
        decode(data["household"]),
        data["digest"],
        data["remembered"],
        tuple(data["photos"]),
        date.fromisoformat(data["latest"]),
    )


# --- The values of a profile that its household lets be shown ---


def shown_values(values: Plain, record: Household) -> dict[str, Plain]:
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


def _allowed(values: Plain, kind: type[Record], ticks: Iterable[str]) -> dict[str, Plain]:
    """Return the values of a mapping that need no tick, or one that is there; what the schema says of each decides."""
    kept: dict[str, Plain] = {}
    for key, value in values.items() if isinstance(values, dict) else ():
        if key not in kind.slots or field_of(outline(kind), key).shown not in (BASE, *ticks):
            continue
        inside = record_at(kind, (key,))
        if inside is kind:
            kept[key] = value
        elif isinstance(value, list):
            kept[key] = [_allowed(one, inside, ticks) if isinstance(one, dict) else one for one in value]
        else:
            kept[key] = _allowed(value, inside, ticks) if isinstance(value, dict) else value
    return kept
