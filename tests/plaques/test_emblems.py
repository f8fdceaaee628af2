"""The emblem on a plaque: what may be chosen, what stands in for a choice, and the sheet on which it is chosen."""

import re
from dataclasses import replace
from pathlib import Path

import plaque_kit as kit
import pytest
import zxingcpp

from case_kit import each
from command_kit import copy_demo, edit, vuonho
from vuonho.model.public import PublicCrop, PublicHousehold
from vuonho.model.vocabulary import LISTS, find_animal, find_crop
from vuonho.plaques.emblems import EMBLEMS, GRID, choices, emblem_of

WORDS = LISTS["emblems"]


def growing(*names: str) -> PublicHousehold:
    """Return a household that grows this."""
    crops = tuple(
        PublicCrop(name, find_crop(name) or find_animal(name), None, None, None, None) for name in names
    )
    return replace(kit.home(), garden=replace(kit.home().garden, crops=crops, animals=()))


def test_each_emblem_that_can_be_chosen_is_drawn() -> None:
    """By words of the profile, on the grid, with the letters that the pen knows."""
    assert WORDS.keys == tuple(EMBLEMS)
    assert len(EMBLEMS) >= 24
    for path in EMBLEMS.values():
        assert set(re.findall("[A-Za-z]", path)) <= set("MLCZO")
        numbers = [float(number) for number in re.findall(r"[\d.]+", path)]
        assert min(numbers) >= 0
        assert 24 < max(numbers) <= GRID


@each(
    ("grows", "emblem"),
    [
        (("Bưởi Phúc Trạch", "Cam"), "pomelo"), (("Cam bù",), "orange"), (("Hồng Yên Du",), "persimmon"),
        (("Hoa đào",), "flower"), (("Sen",), "lotus"), (("Thứ lạ", "Lúa"), "rice"), (("Trâu",), "buffalo"), (("Bò sữa",), "cow"),
        (("Gà thả vườn",), "hen"), (("Hươu sao",), "deer"), (("Lạc",), "peanut"), ((), "leaf"), (("Thứ lạ",), "leaf"),
    ],
)  # fmt: skip
def test_without_a_choice_it_is_what_grows_first(grows: tuple[str, ...], emblem: str) -> None:
    """The first crop or animal that has one; else a leaf. What the family chose goes before."""
    home = growing(*grows)
    assert emblem_of(home) == emblem
    assert emblem_of(replace(home, emblem=WORDS.by_key("well"))) == "well"
    assert sorted(choices(home)) == sorted(EMBLEMS)


def test_another_emblem_is_another_face_of_the_same_plaque(tmp_path: Path) -> None:
    """Typed as people say it, it changes the drawing, not a module of the code; nobody is printed again for it."""
    plain, chosen = kit.printed("a6"), kit.printed("a6", (replace(kit.home(), emblem=WORDS.find("con ong")),))
    assert plain.codes == chosen.codes
    assert kit.lines(plain.content) == kit.lines(chosen.content)
    assert plain.content != chosen.content
    root = copy_demo(tmp_path / "demo")
    assert vuonho("-C", root, "plaques", kit.DEMO_CODE, "--yes").code == 0
    profile = root / "profiles/thon-vuon-mau/ba-huong.yaml"
    edit(profile, "checked:", "plaque: {emblem: Con ong}\nchecked:")
    done = vuonho("-C", root, "--lang", "en", "plaques", "--changed", "--dry-run")
    assert (done.code, "no plaque to print" in done.said) == (0, True), done.said


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_family_chooses_on_a_sheet(tmp_path: Path, language: str) -> None:
    """One A4 for each: three plaques whose codes read, every emblem by its name; marked as a draft, nothing recorded."""
    root = copy_demo(tmp_path / "demo")
    before = (root / "profiles/codes.csv").read_bytes()
    done = vuonho("-C", root, "--lang", language, "plaques", kit.DEMO_CODE, "711946", "--proof")
    assert done.code == 0, done.said
    content = (root / "bien-chon-hinh.pdf").read_bytes()
    assert [(round(page.width), round(page.height)) for page in kit.pages(content)] == [(210, 297)] * 2
    seen = zxingcpp.read_barcodes(kit.raster(content, 0, 200).squeeze())
    assert [one.text for one in seen] == [f"https://VUONMAU.EXAMPLE/{kit.DEMO_CODE}/"] * 3
    said = kit.text_of(content)
    assert [word.label.vi for word in WORDS if word.label.vi not in said] == []
    assert [mark.text for mark in kit.slanted(content)] == ["BẢN THỬ"] * 3
    assert (root / "profiles/codes.csv").read_bytes() == before
    for other in (("--size", "a6"), ("--sheet", "a4"), ("--start", "2")):
        assert vuonho("-C", root, "plaques", "--all", "--proof", *other).code == 2
