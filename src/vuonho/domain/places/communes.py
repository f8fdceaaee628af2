"""Which commune is meant by what somebody typed, and what to say of a name that no table has.

Since 2025-07-01 Vietnam has two levels, province and commune (Law 72/2025/QH15); districts are gone. Names will go on
changing: one that is not known is doubted, never refused, and is shown as it was typed. `own` are everywhere the rows
that a project adds, which count before the program's table.
"""

from collections.abc import Iterable, Sequence
from functools import cache

from vuonho.bilingual import NOTHING, Text
from vuonho.domain.fold import fold, key, nearest
from vuonho.domain.places.said import (
    Said,
    is_district,
    reused_name,
    say_code,
    say_district,
    say_elsewhere,
    say_former,
    say_kind,
    say_longer,
    say_meant,
    say_no_province,
    say_old_province,
    say_unknown,
)
from vuonho.domain.places.table import KINDS, Commune, communes, communes_of, provinces
from vuonho.domain.values import Point, distance_m
from vuonho.errors import Refused

TOWN = "thị trấn"  # a kind that ended in 2025; a town's namesake of today need not be the same place
LIKENESS = 0.8  # below it, one commune is taken for quite another


def find_province(typed: str, own: Sequence[Commune] = ()) -> str:
    """Return the name of the province that is typed, with or without "Tỉnh" or "Thành phố"; accents count.

    Raises Refused with the right name where one is known: accents left out, a province merged in 2025.
    """
    wanted = key(typed).replace("tp. ", "thành phố ").removeprefix("tp ")
    known = {key(one.province): one.province for one in own if one.province} | _forms_of_provinces()
    if wanted in known:
        return known[wanted]
    bare = fold(wanted.removeprefix("tỉnh ").removeprefix("thành phố "))
    for province in provinces():
        if bare in map(fold, province.former):
            raise Refused(*say_old_province(typed, province.name))
    raise Refused(*say_no_province(typed, nearest(bare, known.values())))


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
    except Refused as refused:
        return refused.message, refused.hint
    return None


def _home(province: str, own: Sequence[Commune]) -> str:
    """Return the name of a province; of one that is not known, as it was typed."""
    return _plain_name(province) if unknown_province(province, own) else find_province(province, own)


def find_commune(typed: str, province: str, own: Sequence[Commune] = ()) -> tuple[Commune, Said | None]:
    """Return the commune that `typed` names in a province, and what is to be said of it, or None.

    Its full name will do, its name alone, or its code. Case and the placement of tone marks (hoà, hòa) do not count;
    accents do. A name that is not known is a commune of that name, and what is said of it helps: the right name or
    kind, the province where such a commune is, that districts are gone, what an older unit belongs to now, or how
    the project makes a new name known. Raises Refused for a code that is not known: it cannot be shown.
    """
    home = _home(province, own)
    ours = known_in(home, own)
    wanted = _plain(typed)
    if wanted.isdecimal():
        return _by_code(wanted, home, ours)
    if found := _named(wanted, ours):
        return found[0], None
    return Commune("", _plain_name(typed), "", home), _explain(typed, home, ours)


def guess_province(typed: str) -> str:
    """Return the province that is typed, accents left out or not; one that is not known as it was typed."""
    meant = [one.name for one in provinces() if fold(typed) == fold(one.name)]
    return meant[0] if meant else _home(typed, ())


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
    if (lat, lon) == (point.lat, point.lon):
        return None
    return distance_m(point, Point(lat, lon))


def name_trap(commune: Commune) -> Text:
    """Return a warning for a ward named like another, older place, or NOTHING.

    Old Phường Trần Phú and Hà Huy Tập went into Phường Thành Sen; the wards of these names today are others.
    Worth showing only where the village does not say what it was formerly.
    """
    if not commune.code:  # a name that no table has is no ward of today
        return NOTHING
    now = next((one for one in communes_of(commune.province) if commune.full_name in one.former), None)
    return reused_name(commune.full_name, now.full_name) if now else NOTHING


def _plain_name(typed: str) -> str:
    return " ".join(typed.split())


def _plain(typed: str) -> str:
    return key(typed).replace("’", "'").replace("–", "-")


def _named(wanted: str, among: Iterable[Commune]) -> tuple[Commune, ...]:
    return tuple(c for c in among if wanted in (_plain(c.name), _plain(c.full_name)))


def _by_code(code: str, home: str, ours: Sequence[Commune]) -> tuple[Commune, Said | None]:
    if found := next((one for one in ours if one.code == code), None):
        return found, None
    if found := next((one for one in communes() if one.code == code), None):
        return found, say_elsewhere(found.full_name, home, (found.province,), None)
    beside = [one for one in ours if one.code and abs(int(one.code) - int(code)) < 10]
    raise Refused(*say_code(code, min(beside, key=lambda one: abs(int(one.code) - int(code)), default=None)))


def _explain(typed: str, home: str, ours: Sequence[Commune]) -> Said:
    """Return message and hint for a name that is no commune of `home`."""
    wanted = _plain(typed)
    first = wanted.split(",")[0].strip()
    if "," in wanted and (named := _named(first, ours)):
        return say_longer(typed, named[0].full_name)
    if is_district(wanted):
        return say_district(typed)
    if now := [one.full_name for one in ours if wanted in map(_plain, one.former)]:
        return say_former(typed, tuple(now))
    bare = _without_kind(wanted)
    if (other := _named(bare, ours)) and not wanted.startswith((TOWN, fold(TOWN))):
        return say_kind(typed, home, tuple(commune.full_name for commune in other))
    if meant := next((c for c in ours if fold(typed) in (fold(c.name), fold(c.full_name))), None):
        return say_meant(typed, meant.full_name)
    if now := [one.full_name for one in ours if _was(bare, one)]:
        return say_former(typed, tuple(now))
    near = _near(bare, ours)
    if away := _named(wanted, (one for one in communes() if one.province != home)):
        return say_elsewhere(typed, home, tuple(dict.fromkeys(c.province for c in away)), near)
    return say_unknown(typed, home, len(ours), near)


def _was(bare: str, commune: Commune) -> bool:
    """Tell whether a name without its kind, and perhaps without accents, is one that a commune had."""
    return any(fold(bare) == fold(_without_kind(_plain(name))) for name in commune.former)


def _without_kind(wanted: str) -> str:
    for kind in KINDS:
        for word in (kind, fold(kind)):
            if wanted.startswith(f"{word} "):
                return wanted.removeprefix(f"{word} ")
    return wanted


def _near(bare: str, ours: Sequence[Commune]) -> str | None:
    name = nearest(bare, (commune.name for commune in ours), likeness=LIKENESS)
    return next((commune.full_name for commune in ours if commune.name == name), None)
