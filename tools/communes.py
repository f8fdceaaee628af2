"""The tables of provinces and communes in src/vuonho/model, made again from the official lists.

    pip install vietnam-provinces==2026.9.0     # needs Python 3.12; in an environment apart from the program's
    python tools/communes.py

The package (GPL) is read by this script alone and is no part of the program. What is taken over are names, codes
and which unit went into which: facts of the National Statistics Office's list as of 2026-09-20 and, for the older communes of
Hà Tĩnh, of Resolution 1665/NQ-UBTVQH15. Two columns are carried over, by code, from the tables
that are there: the boxes, which the package has not, and the 29 provinces that ended (Resolution 202/2025/QH15),
of which the package lists some twice.
"""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from vietnam_provinces import Province, Ward
from vietnam_provinces._ward_conversion_2025 import OLD_TO_NEW as COMMUNES_MOVED
from vietnam_provinces.legacy import Ward as OldWard

HOME = 42  # Hà Tĩnh: the one province whose older names are kept
TABLES = Path(__file__).resolve().parent.parent / "src" / "vuonho" / "domain" / "places"
BOX = ("south", "west", "north", "east")
KINDS = ("Thành phố", "Tỉnh", "Phường", "Xã", "Đặc khu", "Thị trấn")


def main() -> None:
    """Write both tables."""
    write("provinces.csv", ("code", "kind", "name", "former"), provinces())
    write("communes.csv", ("code", "kind", "name", "province", *BOX, "former"), communes())


def provinces() -> Iterable[Sequence[str]]:
    """Yield a row of each province; `former` are the provinces that went into it."""
    former = known("provinces.csv", ("former",))
    for one in sorted(Province.iter_all(), key=lambda one: one.code):
        yield f"{one.code:02d}", *apart(one.name), *former.get(f"{one.code:02d}", ("",))


def communes() -> Iterable[Sequence[str]]:
    """Yield a row of each commune, those of a province together."""
    names = {int(one.code): apart(one.name)[1] for one in Province.iter_all()}
    boxes, former = known("communes.csv", BOX), former_names()
    for one in sorted(Ward.iter_all(), key=lambda one: (one.province_code, one.code)):
        code, (kind, name) = f"{one.code:05d}", apart(one.name)
        olds = [old for old in former.get(int(one.code), ()) if old != f"{kind} {name}"]
        yield code, kind, name, names[one.province_code], *boxes.get(code, ("",) * 4), ";".join(olds)


def former_names() -> dict[int, list[str]]:
    """Return the names of before July 2025 by the code of the unit that their places, or a part, are in now."""
    old = {int(one.code): " ".join(apart(one.name)) for one in OldWard.iter_all()}
    found: dict[int, list[str]] = {}
    for code, moved in COMMUNES_MOVED.items():
        if moved.old_ward.province_code == HOME:
            for unit in moved.new_wards:
                found.setdefault(unit.code, []).append(old[code])
    return found


def apart(name: str) -> tuple[str, str]:
    """Return (kind, name) of a full name; the lists have some double spaces and small first letters."""
    plain = " ".join(name.split()).replace("Xã Cỗ Đạm", "Xã Cổ Đạm")  # a slip in the list of old units
    for kind in KINDS:
        if plain.lower().startswith(f"{kind.lower()} "):
            return kind, plain[len(kind) + 1 :]
    raise ValueError(name)


def known(table: str, columns: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return some cells of the table that is there, by code."""
    with (TABLES / table).open(encoding="utf-8", newline="") as file:
        return {row["code"]: tuple(row[column] for column in columns) for row in csv.DictReader(file)}


def write(name: str, heading: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table: UTF-8, one row a line, LF."""
    made = [heading, *rows]
    with (TABLES / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(made)


if __name__ == "__main__":
    main()
