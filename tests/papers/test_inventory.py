"""The inventory: every field of the schema with its sort, its rule and its counts, and nobody's data."""

from datetime import date
from typing import Any

import pytest
import yaml
from paper_kit import TICKS, demo, flat, language, said, site, texts

from command_kit import ROOT, SLUG
from vuonho.consent_forms.inventory import print_inventory
from vuonho.consent_forms.questions import (
    ALSO,
    SORTS,
    Inventory,
    Question,
    Row,
    Sort,
    Totals,
    left_section,
    sections,
    single_fields,
    tick_counts,
    totals,
)
from vuonho.i18n import Both
from vuonho.model.fields import BASE, NEVER, Field
from vuonho.model.outline import departed_fields, household_fields
from vuonho.model.vocabulary import CONSENT_TICKS

PROFILES = [
    found
    for path in sorted((ROOT / "profiles" / SLUG).glob("*.yaml"))
    if path.name != "village.yaml" and "garden" in (found := yaml.safe_load(path.read_text(encoding="utf-8")))
]
"""The demo's households as any reader of YAML has them."""


def ticks_of(home: dict[str, Any]) -> list[str]:
    """Return what a household that agreed lets be shown."""
    return home["consent"].get("publish") or [] if home["consent"].get("given") else []


def rows() -> dict[str, Row]:
    """Return the rows of the demo by the label of their part and their own."""
    found = sections(household_fields(), demo().private, CONSENT_TICKS)
    return {f"{part.label.vi}: {row.label.vi}": row for part in found for row in part.rows}


def inventory(**changes: Any) -> Inventory:
    """Return the demo's inventory."""
    given: dict[str, Any] = {
        "site": site(),
        "day": date(2026, 11, 25),
        "villages": demo().villages,
        "totals": totals(demo().private, 2),
        "ticks": tuple(tick_counts(demo().private, (Question(tick, False) for tick in TICKS))),
        "sections": tuple(sections(household_fields(), demo().private, CONSENT_TICKS)),
    } | changes
    return Inventory(**given)


# --- Sorts -----------------------------------------------------------------------------------------------------


def test_every_field_is_judged_and_nothing_else_is() -> None:
    """A new field of the profile has no sort until somebody has thought about it."""
    leaves = (*single_fields(household_fields()), *single_fields(departed_fields()))
    judged = {".".join(leaf.path) for leaf in leaves}
    assert judged ^ set(SORTS) == set(), "consent_forms/questions.py judges other fields than there are"
    assert set(ALSO) <= set(SORTS)


def test_a_field_without_a_sort_is_an_error() -> None:
    """It cannot slip in as harmless."""
    new = Field("blood", Both("Nhóm máu", "Blood group"), "line", NEVER)
    with pytest.raises(KeyError, match=r"blood.*consent_forms/questions\.py"):
        list(sections((new,), demo().private, CONSENT_TICKS))


def test_place_and_living_conditions_are_sensitive() -> None:
    """By Article 4 of the decree; nothing that is shown without a tick is."""
    leaves = list(single_fields(household_fields()))
    assert {leaf.path[0] for leaf in leaves if leaf.sort is Sort.SENSITIVE} == {"location", "living", "story"}
    assert [leaf.path for leaf in leaves if leaf.sort is Sort.SENSITIVE and leaf.shown in (BASE, NEVER)] == []


# --- Counts ----------------------------------------------------------------------------------------------------


def test_counts_are_those_of_the_files() -> None:
    """As another reader of the profiles counts them."""
    found = rows()
    agreed = [one for one in PROFILES if one["consent"].get("given")]
    living = [one for one in agreed if "living" in ticks_of(one)]
    assert found["Chủ hộ: Chủ hộ"].filled == sum("head" in one for one in PROFILES)
    assert found["Đời sống: Nước dùng"].filled == sum("water" in one.get("living", {}) for one in PROFILES)
    assert found["Đời sống: Nước dùng"].agreed == len(living)
    assert found["Tên vườn: Tên vườn"].agreed == len(agreed)
    pointed = [one for one in agreed if {"exact_point", "near_point"} & set(ticks_of(one))]
    assert found["Vị trí: Vị trí trên bản đồ"].agreed == len(pointed)
    prices = [
        one for one in PROFILES if any("price" in p for p in one.get("products", []) if isinstance(p, dict))
    ]
    assert found["Sản phẩm: Giá"].filled == len(prices)


def test_totals_and_ticks() -> None:
    """Households by their consent, photos, and how many said yes to each question."""
    photos = [one for home in PROFILES for one in home.get("photos", [])]
    with_people = [one for one in photos if not isinstance(one, dict) or one.get("people", True)]
    assert totals(demo().private, 2) == Totals(13, 1, 2, len(photos), len(with_people))
    counted = {one.question.tick.key: one.agreed for one in inventory().ticks}
    assert counted == {tick.key: sum(tick.key in ticks_of(one) for one in PROFILES) for tick in TICKS}


def test_consent_itself_is_never_shown() -> None:
    """It is kept, as the proof that it is."""
    kept = {name for name, row in rows().items() if row.is_kept}
    assert kept == {
        "Đồng ý: Ngày đồng ý",
        "Đồng ý: Người đồng ý",
        "Đồng ý: Bằng cách nào",
        "Đồng ý: Cho hiện",
    }


def test_who_left_is_counted() -> None:
    """With the fields that are left of them, and no other."""
    part = left_section(
        Both("Đã rút", "Left"), departed_fields(), household_fields(), {"withdrawn": 3, "moved_to": 1}
    )
    assert [(row.label.vi, row.is_kept, row.filled, row.agreed) for row in part.rows] == [
        ("Ngày rút", True, 3, 0),
        ("Mã mới", False, 1, 1),
    ]


# --- The paper -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["vi", "en"])
def test_every_field_and_every_tick_is_on_the_paper(tag: str) -> None:
    """By its label, with law, purpose, recipients and the day; pages are numbered."""
    pdf, pages = print_inventory(inventory(), language(tag))
    whole = said(pdf)
    labels = [row.label for part in inventory().sections for row in part.rows] + [
        tick.label for tick in TICKS
    ]
    assert [label for label in labels if flat(label.to(tag)) not in whole] == []
    for words in (
        "91/2025/QH15",
        "356/2025/NĐ-CP",
        "GitHub, Inc.",
        site().purpose.to(tag)[0],
        site().team.name,
    ):
        assert flat(words) in whole, words
    assert len(texts(pdf)) == pages == 3
    assert flat("25/11/2026" if tag == "vi" else "25 November 2026") in whole
    assert all(f"{number}/3" in page for number, page in enumerate(texts(pdf), 1))


def test_a_new_field_appears_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """As soon as it has a sort."""
    new = Field("well", Both("Giếng", "Well"), "line", BASE)
    monkeypatch.setattr("vuonho.consent_forms.questions.SORTS", {**SORTS, "well": Sort.LINKED})
    more = tuple(sections((*household_fields(), new), demo().private, CONSENT_TICKS))
    assert flat("Giếng") in said(print_inventory(inventory(sections=more), language())[0])


def test_the_table_has_its_head_on_each_page() -> None:
    """Where it goes on."""
    pages = texts(print_inventory(inventory(), language())[0])
    assert [page.count("Hiện ra khi") for page in pages] == [0, 1, 1]


def test_the_same_inventory_is_the_same_bytes() -> None:
    """No clock but the day that it was given."""
    assert print_inventory(inventory(), language()) == print_inventory(inventory(), language())
    assert print_inventory(inventory(day=date(2026, 11, 26)), language()) != print_inventory(
        inventory(), language()
    )
