"""Villages for tests of the import: real files on disk, few enough to be read at a glance."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vuonho.forms.incoming import Incoming, IncomingPhoto, Place
from vuonho.project.yaml_tree import Path as Path_
from vuonho.project.yaml_tree import Plain

SITE = """\
base_url: https://thon-dong.example/
title: Vườn hộ Thôn Đông
purpose: Giới thiệu vườn.
team: {name: Tổ Thôn Đông, phone: 0570 100 200}
"""
VILLAGE = "name: {name}\nkind: thôn\ncommune: Xã Phúc Trạch\ncentre: 18.1250, 105.7600\n"
HUONG = """\
# Ghi chú của tổ: hỏi lại số cây.
code: "482135"
name: Vườn bà Hường   # tên trên biển
consent: {given: 2026-10-20, by: Nguyễn Thị Hường, how: paper, publish: [phone, story]}
location:
  address: Xóm Đông
garden:
  area: 1.800 m2      # đo năm 2023
  crops:
    # hàng đầu
    - {name: Bưởi Phúc Trạch, trees: 60}
    - Cam bù
contact: {phone: 0570 012 345}
checked: 2026-11-02
"""
MAI = """\
code: "711946"
name: Nhà chị Mai
consent: {given: 2026-10-28, by: Đặng Thị Mai, how: paper}
location: {address: Xóm Tây}
garden: {area: 350}
checked: 2026-11-02
"""
LEFT = 'code: "643479"\nwithdrawn: 2026-11-01\nchecked: 2026-11-01\n'
REGISTER = """\
code,profile,given,printed,url,status
482135,thon-dong/ba-huong.yaml,2026-10-19,,,
711946,thon-dong/chi-mai.yaml,2026-10-19,,,
643479,thon-dong/da-rut.yaml,2026-10-19,,,withdrawn
"""


def make_project(root: Path, more: Mapping[str, str] | None = None) -> Path:
    """Write a village of three households, of which one left; `more` are further files below `profiles/`."""
    texts = {
        "site.yaml": SITE,
        "codes.csv": REGISTER,
        "thon-dong/village.yaml": VILLAGE.format(name="Thôn Đông"),
        "thon-dong/ba-huong.yaml": HUONG,
        "thon-dong/chi-mai.yaml": MAI,
        "thon-dong/da-rut.yaml": LEFT,
        **(more or {}),
    }
    for name, text in texts.items():
        path = root / "profiles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return root


def told(
    village: str = "",
    *,
    pictures: Mapping[str, bytes] | None = None,
    base: Mapping[str, Plain] | None = None,
    **values: Any,
) -> Incoming:
    """Return something that came in, each value from a cell of its own."""
    places: dict[Path_, Place] = {(): Place("phieu.xlsx", spot="Hộ!A2")} | {
        (key,): Place("phieu.xlsx", spot=f"Hộ!{chr(66 + number)}2") for number, key in enumerate(values)
    }
    came_along = tuple(IncomingPhoto(name, content, places[()]) for name, content in (pictures or {}).items())
    return Incoming(values, village, places, base, came_along)
