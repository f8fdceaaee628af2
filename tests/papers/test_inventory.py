"""The inventory: every field of the schema with its sort, its rule and its counts, and nobody's data."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import yaml
from paper_kit import TICKS, demo, flat, language, said, site, texts

from command_kit import ROOT, SLUG
from vuonho.consent_forms.inventory import print_inventory
from vuonho.consent_forms.questions import ALSO, Inventory, Sort, single_fields, take_inventory
from vuonho.i18n import Both
from vuonho.model.fields import BASE, NEVER, Field
from vuonho.model.outline import departed_fields, household_fields

PROFILES = [
    found
    for path in sorted((ROOT / "profiles" / SLUG).glob("*.yaml"))
    if path.name != "village.yaml" and "garden" in (found := yaml.safe_load(path.read_text(encoding="utf-8")))
]
"""The demo's households as any reader of YAML has them."""


def ticks_of(home: dict[str, Any]) -> list[str]:
    """Return what a household that agreed lets be shown."""
    return home["consent"].get("publish") or [] if home["consent"].get("given") else []


def inventory(fields: tuple[Field, ...] | None = None, day: date = date(2026, 11, 25)) -> Inventory:
    """Return the demo's inventory."""
    return take_inventory(site(), day, demo().villages, demo().private, demo().notices, fields)


def test_every_field_is_judged_and_nothing_else_is() -> None:
    """A new field of the profile is an error until somebody has thought about it; then it appears by itself."""
    leaves = (*single_fields(household_fields()), *single_fields(departed_fields()))
    judged = {".".join(leaf.path) for leaf in leaves if leaf.sort}
    assert set(ALSO) <= judged
    well = Field("well", Both("Giếng", "Well"), "line", BASE)
    with pytest.raises(KeyError, match=r"well.*model/fields\.csv"):
        inventory((*household_fields(), well))
    more = (*household_fields(), replace(well, sort="linked"))
    assert flat("Giếng") in said(print_inventory(inventory(more), language())[0])


def test_place_and_living_conditions_are_sensitive() -> None:
    """By Article 4 of the decree; nothing that is shown without a tick is."""
    sensitive = [leaf for leaf in single_fields(household_fields()) if leaf.sort is Sort.SENSITIVE]
    assert {leaf.path[0] for leaf in sensitive} == {"location", "living", "story"}
    assert [leaf.path for leaf in sensitive if leaf.shown in (BASE, NEVER)] == []


def test_counts_are_those_of_the_files() -> None:
    """As another reader of the profiles counts them: fields, answers, photos; the consent itself is never shown."""
    found = {f"{part.vi}: {row.label.vi}": row for part, rows in inventory().sections for row in rows}
    agreed = [one for one in PROFILES if one["consent"].get("given")]
    assert found["Chủ hộ: Chủ hộ"].filled == sum("head" in one for one in PROFILES)
    assert found["Đời sống: Nước dùng"].filled == sum("water" in one.get("living", {}) for one in PROFILES)
    assert found["Đời sống: Nước dùng"].agreed == sum("living" in ticks_of(one) for one in agreed)
    assert found["Tên vườn: Tên vườn"].agreed == len(agreed)
    pointed = [one for one in agreed if {"exact_point", "near_point"} & set(ticks_of(one))]
    assert found["Vị trí: Vị trí trên bản đồ"].agreed == len(pointed)
    prices = [
        one for one in PROFILES if any("price" in p for p in one.get("products", []) if isinstance(p, dict))
    ]
    assert found["Sản phẩm: Giá"].filled == len(prices)
    kept = {name for name, row in found.items() if row.is_kept}
    assert kept == {
        f"Đồng ý: {what}" for what in ("Ngày đồng ý", "Người đồng ý", "Bằng cách nào", "Cho hiện")
    } | {"Hộ đã rút hoặc chuyển: Ngày rút", "Biển trước cổng: Hình trên biển"}
    left = [(row.label.vi, row.filled, row.agreed) for row in inventory().sections[-1][1]]
    assert left == [("Ngày rút", 1, 0), ("Mã mới", 1, 1)]
    photos = [one for home in PROFILES for one in home.get("photos", [])]
    people = [one for one in photos if not isinstance(one, dict) or one.get("people", True)]
    counts = {
        "total": 14,
        "agreed": 13,
        "not_agreed": 1,
        "left": 2,
        "photos": len(photos),
        "people": len(people),
    }
    assert inventory().totals == counts
    counted = {question.tick.key: agreed for question, agreed in inventory().ticks}
    assert counted == {tick.key: sum(tick.key in ticks_of(one) for one in PROFILES) for tick in TICKS}


@pytest.mark.parametrize("tag", ["vi", "en"])
def test_every_field_and_every_tick_is_on_the_paper(tag: str) -> None:
    """By its label, with law, purpose, recipients and the day; pages are numbered, each has the head of the table."""
    pdf, pages = print_inventory(inventory(), language(tag))
    whole = said(pdf)
    labels = [row.label for _, rows in inventory().sections for row in rows] + [tick.label for tick in TICKS]
    assert [label for label in labels if flat(label.to(tag)) not in whole] == []
    for words in ("91/2025/QH15", "356/2025/NĐ-CP", "GitHub, Inc.", site().purpose.to(tag)[0], site().team.name,
                  "25/11/2026" if tag == "vi" else "25 November 2026"):  # fmt: skip
        assert flat(words) in whole, words
    assert len(texts(pdf)) == pages == 3
    assert all(f"{number}/3" in page for number, page in enumerate(texts(pdf), 1))
    head = language(tag).say("inventory.shown")
    assert [page.count(head) for page in texts(pdf)] == [0, 1, 1]


def test_the_same_inventory_is_the_same_bytes() -> None:
    """No clock but the day that it was given."""
    one, other = inventory(), inventory(day=date(2026, 11, 26))
    assert print_inventory(one, language()) == print_inventory(one, language())
    assert print_inventory(other, language()) != print_inventory(one, language())
