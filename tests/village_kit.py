"""Villages of any size, the same every time: made-up households, a few of them with one photo in common."""

import random
from pathlib import Path

from photo_kit import encoded, picture
from vuonho.model.codes import check_digit

SLUG = "thon-dong"
SITE = """\
base_url: https://thondong.example/
title: {vi: Vườn hộ thôn Đông, en: Gardens of Đông}
purpose: {vi: Giới thiệu vườn, en: To show gardens}
team: {name: Tổ số, phone: 0570 100 200}
"""
VILLAGE = "name: Thôn Đông\ncommune: Xã Phúc Trạch\ncentre: 18.1250, 105.7600\n"
FAMILY, GIVEN = (
    ("Nguyễn", "Trần", "Lê", "Phan", "Đặng", "Hồ"),
    ("Hường", "Đức", "Liễu", "Thắng", "Xuân", "Bình"),
)
CROPS = ("Bưởi Phúc Trạch", "Cam chanh", "Chè xanh", "Lạc", "Rau cải", "Mít", "Chuối", "Cây lạ")
TICKS = ("full_name", "phone", "exact_point", "near_point", "living", "story", "prices")
EVERY = 50
"""Each household of so many shows the one photo of the village, unless told otherwise."""


def write_village(root: Path, count: int, seed: int = 7) -> Path:
    """Write a project of so many households into a new folder and return it."""
    return write_villages(root, count, count, EVERY, seed)


def write_villages(root: Path, count: int, size: int, every: int, seed: int = 7) -> Path:
    """Write a project of `count` households in villages of `size`, one of `every` with a photo, and return it."""
    chance = random.Random(seed)  # noqa: S311 - the same village every time
    codes = _codes(count, chance)
    (root / "profiles").mkdir(parents=True)
    _write(root / "profiles/site.yaml", SITE)
    rows = []
    for first in range(0, count, size):
        slug = f"{SLUG}-{first // size}" if first else SLUG
        folder = root / "profiles" / slug
        (folder / "photos").mkdir(parents=True)
        (folder / "photos/chung.jpg").write_bytes(encoded(picture(), "JPEG"))
        _write(
            folder / "village.yaml", VILLAGE.replace("Đông", f"Đông {first // size}") if first else VILLAGE
        )
        for number, code in enumerate(codes[first : first + size], first):
            _write(folder / f"ho-{number:04}.yaml", _household(number, code, chance, every))
            rows.append(f"{code},{slug}/ho-{number:04}.yaml,2026-10-19,,,")
    _write(root / "profiles/codes.csv", "\n".join(("code,profile,given,printed,url,status", *rows, "")))
    return root


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _codes(count: int, chance: random.Random) -> list[str]:
    low = 10_000 if count < 50_000 else 1_000_000
    numbers = chance.sample(range(low, 10 * low), count)
    return [f"{number}{check_digit(str(number))}" for number in numbers]


def _household(number: int, code: str, chance: random.Random, every: int) -> str:
    name = f"{chance.choice(FAMILY)} {chance.choice(GIVEN)} {number}"
    crops = ", ".join(
        f"{{name: {crop}, trees: {chance.randint(1, 90)}, months: [{chance.randint(1, 12)}]}}"
        for crop in chance.sample(CROPS, chance.randint(1, 5))
    )
    ticks = ", ".join(tick for tick in TICKS if chance.random() < 0.7)
    lines = [
        f'code: "{code}"',
        f"name: Vườn {name}",
        f"head: {name}",
        f"consent: {{given: 2026-10-20, by: {name}, how: paper, publish: [{ticks}]}}",
        f"location: {{address: Ngõ {number}, point: '{18.12 + chance.random() / 100:.5f}, {105.755 + chance.random() / 100:.5f}'}}",
        f"living: {{people: {chance.randint(1, 9)}, house: solid, water: tap, electricity: grid}}",
        f"garden: {{area: {chance.randint(200, 9000)}, irrigation: drip, practices: [compost], crops: [{crops}]}}",
        f"products: [{{name: Bưởi, price: {chance.randint(1, 90)}000, unit: kg, months: [8]}}]",
        f"contact: {{phone: 0570 {chance.randint(100, 999)} {chance.randint(100, 999)}}}",
        f"story: Vườn của nhà {name}, trồng từ năm {chance.randint(1970, 2020)}.",
        *(["photos: [{file: photos/chung.jpg, people: false}]"] if number % every == 0 else []),
        "checked: 2026-11-02",
    ]
    return "\n".join((*lines, ""))
