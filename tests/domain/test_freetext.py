"""Every place of a record where a person writes what he likes."""

from vuonho.model.household import Household, free_texts
from vuonho.model.settings import Site, Village

FULL = {
    "code": "482135",
    "name": "tên",
    "head": "chủ",
    "consent": {"given": "2026-10-20", "by": "người"},
    "location": {"address": "ngõ", "point": "18.1261, 105.7612", "directions": {"vi": "đường", "en": "way"}},
    "living": {"people": "5", "water": "tap"},
    "garden": {
        "area": "1800",
        "model": {"status": "recognised", "decision": "số", "criteria": {"planning": "met"}},
        "crops": ["cây", {"name": "cây hai", "months": ["8"]}],
        "animals": ["con"],
    },
    "products": [{"name": "hàng", "price": "35k", "unit": "kg", "ocop": {"stars": "4", "decision": "số hai", "until": "2027-10-15"}}],
    "visits": {"hours": "giờ"},
    "contact": {"phone": "0570 012 345"},
    "links": ["https://vuon.example/"],
    "story": "chuyện",
    "photos": [{"file": "photos/a.jpg", "caption": {"vi": "ảnh"}}],
    "checked": "2026-11-02",
}  # fmt: skip


def test_every_free_text_of_a_household_is_given_with_its_field() -> None:
    """Words of closed lists, numbers, dates, phones, links, files, codes and the consent are not free."""
    assert dict(free_texts(Household.read(FULL))) == {
        "name": "tên",
        "head": "chủ",
        "location.address": "ngõ",
        "location.directions.vi": "đường",
        "location.directions.en": "way",
        "garden.model.decision": "số",
        "garden.crops.1.name": "cây",
        "garden.crops.2.name": "cây hai",
        "garden.animals.1.name": "con",
        "products.1.name": "hàng",
        "products.1.ocop.decision": "số hai",
        "visits.hours": "giờ",
        "story.vi": "chuyện",
        "photos.1.caption.vi": "ảnh",
    }


def test_the_texts_of_settings_are_given_too() -> None:
    """Titles, purposes and introductions, but neither addresses nor languages."""
    site = Site.read(
        {"base_url": "https://vuon.example/", "title": "tựa", "purpose": "mục đích", "province": "Hà Tĩnh",
         "languages": ["vi"], "team": {"name": "tổ", "phone": "0570 100 200", "hours": "giờ"}}
    )  # fmt: skip
    village = Village.read({"name": "thôn", "commune": "xã", "centre": "18.125, 105.76", "intro": "lời"})
    assert [f for f, _ in free_texts(site)] == [
        "province",
        "title.vi",
        "purpose.vi",
        "team.name",
        "team.hours",
    ]
    assert list(free_texts(village)) == [("name", "thôn"), ("commune", "xã"), ("intro.vi", "lời")]
