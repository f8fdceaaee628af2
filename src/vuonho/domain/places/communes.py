"""Today's provinces and communes, and what to say to somebody who wrote yesterday's.

Since 2025-07-01 Vietnam has two levels, province and commune (Law 72/2025/QH15); districts are gone. The
names and codes are the official ones, as the package vietnam-provinces carries them. It holds nothing older,
and an old commune may have been split, so no old name is translated here: the way to find out is told.
"""

from dataclasses import dataclass
from functools import cache

from vuonho.bilingual import NOTHING, Text
from vuonho.domain.fold import fold, key, nearest
from vuonho.domain.places.boxes import box_of
from vuonho.domain.places.said import (
    ABOLISHED,
    is_district,
    reused_name,
    say_district,
    say_elsewhere,
    say_kind,
    say_longer,
    say_meant,
    say_no_province,
    say_old_province,
    say_unknown,
)
from vuonho.domain.values import Point, distance_m
from vuonho.errors import Refused

LIKENESS = 0.8  # below it, one commune is taken for quite another
KINDS = ("xã", "phường", "đặc khu")
TOWN = "thị trấn"  # a kind that ended in 2025; a town's namesake of today need not be the same place


@dataclass(frozen=True, slots=True)
class Province:
    """A province of today: `code` "42", `name` "Hà Tĩnh", `full_name` "Tỉnh Hà Tĩnh"."""

    code: str
    name: str
    full_name: str


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of today: `code` "18547", `name` "Phúc Trạch", `kind` "xã", `full_name` "Xã Phúc Trạch".

    `province` is the province's name without its kind.
    """

    code: str
    name: str
    kind: str
    full_name: str
    province: str


def find_province(typed: str) -> Province:
    """Return today's province of this name, with or without "Tỉnh" or "Thành phố"; accents count.

    Raises Refused with the right name where one is known: accents left out, a province merged in 2025.
    """
    wanted = key(typed).replace("tp. ", "thành phố ").removeprefix("tp ")
    for province in provinces():
        if wanted in (key(province.name), key(province.full_name)):
            return province
    bare = wanted.removeprefix("tỉnh ").removeprefix("thành phố ")
    for old, today in ABOLISHED:
        if fold(bare) == fold(old):
            raise Refused(*say_old_province(old, today))
    raise Refused(*say_no_province(typed, nearest(bare, (p.name for p in provinces()))))


def find_commune(typed: str, province: str) -> Commune:
    """Return the commune that `typed` names in a province: its full name, its name alone, or its code.

    Case and the placement of tone marks (hoà, hòa) do not count; accents do, so "phuc trach" is refused with
    the right name. Raises Refused, saying what helps: the right kind, the province where such a commune is,
    that districts are gone, or how to find today's name of an old commune.
    """
    home = find_province(province)
    wanted = _plain(typed)
    if wanted.isdecimal():
        return _by_code(wanted, home)
    found = _named(wanted, communes_of(home.name))
    if len(found) == 1:
        return found[0]
    raise Refused(*_explain(typed, home))


def guess_commune(typed: str, province: str) -> Commune:
    """Return the commune that `typed` names, accents left out or not, where only one can be meant.

    For a question that is answered on the spot, and whose answer is written in full; raises Refused as
    `find_commune` does.
    """
    try:
        return find_commune(typed, province)
    except Refused:
        home = find_province(province).name
        meant = [c for c in communes_of(home) if fold(typed) in (fold(c.name), fold(c.full_name))]
        if len(meant) == 1:
            return meant[0]
        raise


def outside(commune_code: str, point: Point, margin_deg: float = 0.01) -> float | None:
    """Return how many metres `point` lies outside the box of a commune, or None where it may be inside.

    The box is widened by `margin_deg` degrees on each side (0.01 is about 1.1 km). None also for a commune
    whose box is not known: only those of Hà Tĩnh are.
    """
    box = box_of(commune_code)
    if box is None:
        return None
    lat = min(max(point.lat, box.south - margin_deg), box.north + margin_deg)
    lon = min(max(point.lon, box.west - margin_deg), box.east + margin_deg)
    if (lat, lon) == (point.lat, point.lon):
        return None
    return distance_m(point, Point(lat, lon))


def name_trap(commune: Commune) -> Text:
    """Return a warning for a ward named like another, older place, or NOTHING.

    Old Phường Trần Phú and Hà Huy Tập went into Phường Thành Sen; the wards of these names today are others.
    Worth showing only where the village does not say what it was formerly.
    """
    return reused_name(commune.full_name) if commune.code in ("18100", "18652") else NOTHING


@cache
def provinces() -> tuple[Province, ...]:
    """Return all provinces of today, in the order of their codes."""
    from vietnam_provinces import Province as Official  # noqa: PLC0415  (34 ms, for few commands only)

    return tuple(
        Province(
            f"{official.code:02d}",
            official.name.removeprefix("Thành phố "),
            official.name if official.name.startswith("Thành phố ") else f"Tỉnh {official.name}",
        )
        for official in sorted(Official.iter_all(), key=lambda official: official.code)
    )


@cache
def communes() -> tuple[Commune, ...]:
    """Return all communes of today (about 3,300), in the order of their codes."""
    from vietnam_provinces import Ward  # noqa: PLC0415  (as above)

    names = {province.code: province.name for province in provinces()}
    return tuple(
        Commune(
            f"{ward.code:05d}",
            ward.name[len(ward.division_type.value) + 1 :],
            ward.division_type.value,
            ward.name,
            names[f"{ward.province_code:02d}"],
        )
        for ward in sorted(Ward.iter_all(), key=lambda ward: ward.code)
    )


@cache
def communes_of(province: str) -> tuple[Commune, ...]:
    """Return the communes of a province, given by its name without the kind."""
    return tuple(commune for commune in communes() if commune.province == province)


def _plain(typed: str) -> str:
    return key(typed).replace("’", "'")


def _named(wanted: str, among: tuple[Commune, ...]) -> tuple[Commune, ...]:
    return tuple(c for c in among if wanted in (_plain(c.name), _plain(c.full_name)))


def _by_code(code: str, home: Province) -> Commune:
    for commune in communes():
        if commune.code == code:
            if commune.province == home.name:
                return commune
            raise Refused(*say_elsewhere(commune.full_name, home.name, (commune.province,), None))
    raise Refused(*say_unknown(code, home.name, len(communes_of(home.name)), None))


def _explain(typed: str, home: Province) -> tuple[Text, Text]:
    """Return message and hint for a name that is no commune of `home`."""
    ours = communes_of(home.name)
    wanted = _plain(typed)
    first = wanted.split(",")[0].strip()
    if "," in wanted and (named := _named(first, ours)):
        return say_longer(typed, named[0].full_name)
    if is_district(wanted):
        return say_district(typed)
    bare = _without_kind(wanted)
    if (other := _named(bare, ours)) and not wanted.startswith((TOWN, fold(TOWN))):
        return say_kind(typed, home.name, tuple(commune.full_name for commune in other))
    if meant := next((c for c in ours if fold(typed) in (fold(c.name), fold(c.full_name))), None):
        return say_meant(typed, meant.full_name)
    near = _near(bare, ours)
    if away := _named(wanted, communes()):
        return say_elsewhere(typed, home.name, tuple(dict.fromkeys(c.province for c in away)), near)
    return say_unknown(typed, home.name, len(ours), near)


def _without_kind(wanted: str) -> str:
    for kind in (*KINDS, TOWN):
        for word in (kind, fold(kind)):
            if wanted.startswith(f"{word} "):
                return wanted.removeprefix(f"{word} ")
    return wanted


def _near(bare: str, ours: tuple[Commune, ...]) -> str | None:
    name = nearest(bare, (commune.name for commune in ours), likeness=LIKENESS)
    return next((commune.full_name for commune in ours if commune.name == name), None)
