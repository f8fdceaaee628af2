"""Today's provinces and communes, and what to say of yesterday's."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from vuonho.errors import UserError
from vuonho.i18n import NOTHING, Both, Text
from vuonho.model.values import Point, distance_m, quoted
from vuonho.model.vocabulary import VILLAGE_KINDS
from vuonho.text import fold, key, nearest

FILE: Final = "words/communes.csv"
KINDS: Final = ("xã", "phường", "đặc khu", "thị trấn")
"""Of communes; thị trấn until July 2025."""
BOX: Final = ("south", "west", "north", "east")


class Box(NamedTuple):
    """The smallest box around a commune, in degrees (WGS 84).

    It is larger than its commune, so a point outside the box is certainly outside the commune, while a point inside
    it may still be a neighbour's.
    """

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True, slots=True)
class Province:
    """A province: `name` "Hà Tĩnh", `kind` "Tỉnh", `former` the provinces that went into it."""

    name: str
    kind: str
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune: `code` "18547", `name` "Phúc Trạch", `kind` "Xã", `province` "Hà Tĩnh".

    Code, kind and province are "" where they are not known: of a name that no table has, or in a project's own row.
    """

    code: str
    name: str
    kind: str
    province: str
    box: Box | None = None
    former: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """The name as it is shown: "Xã Phúc Trạch"."""
        return f"{self.kind} {self.name}".strip()


@cache
def provinces() -> tuple[Province, ...]:
    """Return all provinces, in the order of their codes."""
    rows = csv.reader(_lines("provinces.csv"))
    return tuple(Province(name, kind, listed(former)) for _, kind, name, former in rows)


@cache
def communes_of(province: str) -> tuple[Commune, ...]:
    """Return the communes of a province, given by its name without the kind, in the order of their codes."""
    lines = (line for line in _lines("communes.csv") if f",{province}," in line)
    return tuple(one for one in _communes(lines) if one.province == province)


@cache
def communes() -> tuple[Commune, ...]:
    """Return the communes of all provinces: slow, for a name or code that its own province has not."""
    return tuple(_communes(_lines("communes.csv")))


def _communes(lines: Iterable[str]) -> Iterator[Commune]:
    for code, kind, name, province, *sides, former in csv.reader(lines):
        yield Commune(code, name, kind, province, box_of(sides), listed(former))


def box_of(sides: Sequence[str]) -> Box | None:
    """Return the box of four cells, None where all are empty. Raises ValueError for what is no number."""
    return Box(*(float(side.replace(",", ".")) for side in sides)) if any(sides) else None


def listed(cell: str) -> tuple[str, ...]:
    """Return the names in a cell, with ";" between them."""
    return tuple(name for part in cell.split(";") if (name := part.strip()))


@cache
def _lines(table: str) -> tuple[str, ...]:
    """Return the lines of a table without its heading."""  # importlib.resources would load 30 ms of modules
    return tuple(Path(__file__).with_name(table).read_text(encoding="utf-8").splitlines()[1:])


# --- Which place is meant by what somebody typed, and what to say of a name that no table has ---

Said: TypeAlias = tuple[Text, Text]
"""A message and its hint."""

_DISTRICTS = (
    "huyện ",
    "quận ",
    "thị xã ",
    "thành phố ",
    "huyen ",
    "quan ",
    "thi xa ",
    "thanh pho ",
    "tx. ",
    "tp. ",
)
_TOWN = (
    "thị trấn",
    "thi tran",
)  # a kind that ended in 2025; a town's namesake of today need not be the same place
_KINDS = "|".join((*KINDS, *map(fold, KINDS)))
_LIKENESS = 0.8  # below it, one commune is taken for quite another
_NEW = Text(
    "If it is a new name: leave it, the pages show it as typed; a line in {file} ends this warning.",
    file=FILE,
)


def find_province(typed: str, own: Sequence[Commune] = ()) -> str:
    """Return the name of the province that is typed, with or without "Tỉnh" or "Thành phố"; accents count.

    Raises UserError with the right name where one is known: accents left out, a province merged in 2025.
    """
    wanted = key(typed).replace("tp. ", "thành phố ").removeprefix("tp ")
    known = {key(one.province): one.province for one in own if one.province} | _forms_of_provinces()
    if wanted in known:
        return known[wanted]
    bare, shown = fold(wanted.removeprefix("tỉnh ").removeprefix("thành phố ")), quoted(typed, 60)
    for province in provinces():
        if bare in map(fold, province.former):
            raise UserError(
                Text("{shown} became part of {today} on 1 July 2025.", shown=shown, today=province.name),
                Text("Write: {today}.", today=province.name),
            )
    near = nearest(bare, known.values())
    raise UserError(
        Text("There is no province called {shown} in the program's table.", shown=shown),
        Text(
            "{meant} If it is a new province: leave it; its name in the column province of {file} "
            "ends this warning.",
            meant=Text("Is it {near}?", near=near)
            if near
            else Text("Write it with its accents, such as: Hà Tĩnh."),
            file=FILE,
        ),
    )


@cache
def _forms_of_provinces() -> dict[str, str]:
    """Return the names by each way to write them; some cities of today were "Tỉnh" in 2025."""
    return {
        key(form): one.name
        for one in provinces()
        for form in (one.name, f"{one.kind} {one.name}", f"Tỉnh {one.name}")
    }


def unknown_province(typed: str, own: Sequence[Commune] = ()) -> Said | None:
    """Return what is to be said of a province that no table has; None for one that is known."""
    try:
        find_province(typed, own)
    except UserError as refused:
        return refused.message, refused.hint
    return None


def _home(province: str, own: Sequence[Commune]) -> str:
    """Return the name of a province; of one that is not known, as it was typed."""
    return " ".join(province.split()) if unknown_province(province, own) else find_province(province, own)


def find_commune(typed: str, province: str, own: Sequence[Commune] = ()) -> tuple[Commune, Said | None]:
    """Return the commune that `typed` names in a province, and what is to be said of it, or None.

    Its full name will do, its name alone, or its code. Case and the placement of tone marks (hoà, hòa) do not count;
    accents do. A name that is not known is a commune of that name, and what is said of it helps: the right name or
    kind, the province where such a commune is, that districts are gone, what an older unit belongs to now, or how
    the project makes a new name known. Raises UserError for a code that is not known: it cannot be shown.
    """
    home = _home(province, own)
    ours = known_in(home, own)
    wanted = _plain(typed)
    if wanted.isdecimal():
        return _by_code(wanted, home, ours)
    if found := _named(wanted, ours):
        return found[0], None
    return Commune("", " ".join(typed.split()), "", home), _explain(typed, home, ours)


def guess_province(typed: str) -> str:
    """Return the province that is typed, accents left out or not; one that is not known as it was typed."""
    return next((one.name for one in provinces() if fold(typed) == fold(one.name)), None) or _home(typed, ())


def guess_commune(typed: str, province: str) -> Commune:
    """Return as `find_commune` does, and the one that is meant without its accents where only one can be.

    For a question that is answered on the spot, and whose answer is written in full.
    """
    found, said = find_commune(typed, province)
    ours = known_in(found.province, ()) if said else ()
    meant = [one for one in ours if fold(typed) in (fold(one.name), fold(one.full_name))]
    return meant[0] if len(meant) == 1 else found


def known_in(province: str, own: Sequence[Commune]) -> tuple[Commune, ...]:
    """Return the communes of a province: a project's rows, then those of the table that no such row replaces."""
    added = tuple(one for one in own if key(one.province) in ("", key(province)))
    codes = {one.code for one in added if one.code}
    return (*added, *(one for one in communes_of(province) if one.code not in codes))


def _plain(typed: str) -> str:
    return key(typed).replace("’", "'").replace("–", "-")


def _named(wanted: str, among: Iterable[Commune]) -> list[Commune]:
    return [one for one in among if wanted in (_plain(one.name), _plain(one.full_name))]


def _by_code(code: str, home: str, ours: Sequence[Commune]) -> tuple[Commune, Said | None]:
    if found := next((one for one in ours if one.code == code), None):
        return found, None
    if found := next((one for one in communes() if one.code == code), None):
        return found, _elsewhere(found.full_name, home, [found])
    beside = {abs(int(one.code) - int(code)): one for one in reversed(ours) if one.code}
    near = beside[min(beside)] if beside and min(beside) < 10 else None
    raise UserError(
        Text("No commune has the code {code}.", code=quoted(code, 20)),
        Text(
            "{maybe}Write the commune's name instead, or add code and name to {file}.",
            maybe=Text("Is it {code} ({full_name})? ", code=near.code, full_name=near.full_name)
            if near
            else NOTHING,
            file=FILE,
        ),
    )


def _explain(typed: str, home: str, ours: Sequence[Commune]) -> Said:
    """Return message and hint for a name that is no commune of `home`."""
    wanted, shown = _plain(typed), quoted(typed, 60)
    bare = _without_kind(wanted)
    if "," in wanted and (named := _named(wanted.split(",")[0].strip(), ours)):
        return (
            Text("{typed} says more than the commune.", typed=shown),
            Text("Write only: {right}.", right=named[0].full_name),
        )
    if wanted.startswith(_DISTRICTS):
        return (
            Text("{typed} was a district; districts ended on 1 July 2025.", typed=shown),
            Text(
                "Write today's commune here. The old district may come later, in the line `former` of "
                "village.yaml."
            ),
        )
    now = [one for one in ours if wanted in map(_plain, one.former)]
    meant = [one for one in ours if fold(bare) == fold(one.name)]
    if meant and not now and not wanted.startswith(_TOWN):
        return (
            Text("{typed} is not in the table of {province}.", typed=shown, province=home),
            Text("Write: {names}. {new}", names=_one_of(meant), new=_NEW),
        )
    if now := now or [
        one for one in ours if fold(bare) in (fold(_without_kind(_plain(name))) for name in one.former)
    ]:
        return (
            Text("{typed} is an older name; it is in {names} now.", typed=shown, names=_one_of(now)),
            Text(
                "Write: {names}. The old name may come later, in `former` of village.yaml.",
                names=_one_of(now),
            ),
        )
    near = nearest(bare, (one.name for one in ours), likeness=_LIKENESS)
    close = next((one for one in ours if one.name == near), None)
    if away := _named(wanted, (one for one in communes() if one.province != home)):
        return _elsewhere(typed, home, away, close)
    return (
        Text(
            "{shown} is none of the {count} communes and wards of {home} that the program knows.",
            shown=shown,
            count=len(ours),
            home=home,
        ),
        Text(
            "{maybe}If it is an old name, ask the commune office or look in "
            "danhmuchanhchinh.nso.gov.vn for today's; the old one may come later, in `former` of "
            "village.yaml. {new}",
            maybe=_maybe(close),
            new=_NEW,
        ),
    )


def _without_kind(wanted: str) -> str:
    return re.sub(rf"^(?:{_KINDS}) ", "", wanted)


def _one_of(communes: Iterable[Commune]) -> Text:
    names = [one.full_name for one in communes]
    return Both(" hoặc ".join(names), " or ".join(names))


def _maybe(near: Commune | None) -> Text:
    return Text("Is it {near}? ", near=near.full_name) if near else NOTHING


def _elsewhere(typed: str, home: str, where: Iterable[Commune], near: Commune | None = None) -> Said:
    """Return what to say of a commune that other provinces have and this one has not."""
    return (
        Text(
            "{shown} is not in {home} but in {places}.",
            shown=quoted(typed, 60),
            home=home,
            places=", ".join(dict.fromkeys(one.province for one in where)),
        ),
        Text(
            "{maybe}If the village is there, name that province in `province` of site.yaml (--province at "
            "init). If the name is an old one, write today's here, and the old "
            "one later in `former` of village.yaml. {new}",
            maybe=_maybe(near),
            new=_NEW,
        ),
    )


def outside(commune: Commune, point: Point, margin_deg: float = 0.01) -> float | None:
    """Return how many metres `point` lies outside the box of a commune, or None where it may be inside.

    The box is widened by `margin_deg` degrees on each side (0.01 is about 1.1 km). None also for a commune
    whose box is not known.
    """
    box = commune.box
    if box is None:
        return None
    lat = min(max(point.lat, box.south - margin_deg), box.north + margin_deg)
    lon = min(max(point.lon, box.west - margin_deg), box.east + margin_deg)
    return None if (lat, lon) == (point.lat, point.lon) else distance_m(point, Point(lat, lon))


def name_trap(commune: Commune) -> Text:
    """Return a warning for a ward named like another, older place, or NOTHING.

    Old Phường Trần Phú and Hà Huy Tập went into Phường Thành Sen; the wards of these names today are others.
    Worth showing only where the village does not say what it was formerly.
    """
    for now in (
        communes_of(commune.province) if commune.code else ()
    ):  # a name that no table has is no ward of today
        if commune.full_name in now.former:
            return Text(
                "Today's {full_name} is not the old ward of that name: the old one is now in {successor}.",
                full_name=commune.full_name,
                successor=now.full_name,
            )
    return NOTHING


def villages_called(typed: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the folders of the villages that are meant, of `names` by folder; all where nothing was typed.

    The folder counts before the name, the name with its accents before the name without them. Without accents, the
    name without its kind ("Thôn") will do too.
    """
    typed = typed.strip()
    if not typed:
        return tuple(names)
    for found in (
        [slug for slug in names if slug == typed],
        [slug for slug, name in names.items() if name and key(name) == key(typed)],
        [slug for slug, name in names.items() if fold(typed) in _letters(slug, name)],
    ):
        if found:
            return tuple(found)
    return ()


def _letters(slug: str, name: str) -> set[str]:
    bare = {fold(name).removeprefix(f"{fold(word.key)} ") for word in VILLAGE_KINDS}
    return {slug, fold(name), *bare} - {""}
