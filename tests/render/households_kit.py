"""Made-up households, villages and sites for the tests of the pages. No person in here exists."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from garden_kit import LINES_TOLD, NOTHING_TOLD, in_vietnamese
from vuonho.model.fields import LocalText
from vuonho.model.public import (
    PublicAnimal,
    PublicCrop,
    PublicFact,
    PublicHousehold,
    PublicLiving,
    PublicModel,
    PublicNotice,
    PublicOcop,
    PublicPhone,
    PublicPhoto,
    PublicProduct,
    PublicSeason,
    PublicSite,
    PublicTeam,
    PublicVillage,
    PublicVisits,
)
from vuonho.model.values import Phone, Point
from vuonho.model.vocabulary import LISTS, find_animal, find_crop
from vuonho.pages.coming import COMING
from vuonho.pages.language import Language
from vuonho.pages.map import walking_route
from vuonho.pages.site import Home, Pages
from vuonho.pictures.rendered import RenderedPhoto
from vuonho.resources import Artifact

TEMPLATES = Path(__file__).parents[2] / "templates"
CHECKED = date(2026, 11, 2)
SITE = PublicSite(
    base_url="https://vuonmau.example/vuon/",
    province="Hà Tĩnh",
    title=LocalText((("vi", "Vườn hộ Thôn Vườn Mẫu"), ("en", "Household gardens of Vườn Mẫu"))),
    purpose=LocalText((("vi", "Giới thiệu vườn của bà con."), ("en", "To present the gardens."))),
    languages=("vi", "en"),
    team=PublicTeam("Tổ công nghệ số cộng đồng", Phone("0912000111"), "7:00-17:00"),
)
VILLAGE = PublicVillage(
    slug="thon-vuon-mau",
    source="thon-vuon-mau/village.yaml",
    name="Thôn Vườn Mẫu",
    kind=LISTS["village_kinds"].by_key("thôn"),
    commune="Xã Phúc Trạch",
    former_commune="xã Hương Trạch",
    former_district="huyện Hương Khê",
    centre=Point(18.125, 105.76),
    intro=LocalText(
        (("vi", "Thôn nằm bên sông Ngàn Sâu.\nNhà nào cũng có bưởi."), ("en", "By the river Ngàn Sâu."))
    ),
    formerly=(),
)
EMPTIEST = PublicHousehold(
    code="100014",
    village=VILLAGE.slug,
    source="thon-vuon-mau/trong.yaml",
    name="Vườn ông Mẫu",
    full_name=None,
    address=None,
    exact=None,
    near=None,
    directions=None,
    living=None,
    garden=NOTHING_TOLD,
    products=(),
    visits=None,
    phone=None,
    links=(),
    story=None,
    photos=(),
    checked=CHECKED,
)


def crop(
    name: str,
    trees: int | None = None,
    area: int | None = None,
    planted: int | None = None,
    season: PublicSeason | None = None,
) -> PublicCrop:
    """Return a crop as the consent wall makes it, with the usual season where none is given."""
    known = find_crop(name)
    usual = PublicSeason(known.months, (), "usual") if known and known.months else None
    return PublicCrop(name, known, trees, area, planted, season or usual)


def typed(*months: int) -> PublicSeason:
    """Return a season of solar months as a family typed it."""
    return PublicSeason(months, (), "typed")


FACTS = tuple(
    PublicFact(field, words.by_key(key))
    for field, words, key in (
        ("house", LISTS["house"], "solid"),
        ("water", LISTS["water"], "tap"),
        ("electricity", LISTS["electricity"], "grid"),
        ("toilet", LISTS["toilet"], "septic"),
        ("kitchen", LISTS["kitchen"], "clean"),
        ("waste", LISTS["waste"], "sorted"),
        ("internet", LISTS["internet"], "fibre"),
        ("road", LISTS["road"], "concrete"),
    )
)
LIVING = PublicLiving(
    people=5,
    facts=FACTS,
    titles=tuple(LISTS["titles"].by_key(key) for key in ("cultural_family", "three_clean")),
)
MODEL = PublicModel(
    status=LISTS["model_status"].by_key("recognised"),
    year=2023,
    decision="số 12/QĐ-UBND",
    criteria=tuple(
        (criterion, LISTS["results"].by_key("unknown" if criterion.key == "income" else "met"))
        for criterion in LISTS["criteria"]
    ),
)
CROPS = (
    crop("Bưởi Phúc Trạch", 60, 900, 2015, typed(8, 9)),
    crop("Cam bù", 25, 300, 2018),
    crop("Rau cải", area=200, season=PublicSeason((1, 11, 12), (10, 11, 12), "lunar")),
    crop("Cây nhà trồng", 3),
    crop("Cau", 20),
    crop("Mướp", area=40),
)
PRODUCTS = (
    PublicProduct(
        "Bưởi Phúc Trạch",
        find_crop("Bưởi Phúc Trạch"),
        35000,
        LISTS["units"].by_key("quả"),
        typed(8, 9),
        PublicOcop(4, "số 77/QĐ-UBND", date(2027, 10, 15)),
    ),
    PublicProduct("Mật ong rừng", None, 250000, LISTS["units"].by_key("lít"), typed(4, 5), None),
    PublicProduct("Trứng gà", None, None, None, None, None),
)
PHOTOS = (
    PublicPhoto("thon-vuon-mau/photos/mot.jpg", LocalText((("vi", "Cổng vườn"), ("en", "The gate")))),
    PublicPhoto("thon-vuon-mau/photos/hai.jpg", None),
)
FULLEST = replace(
    EMPTIEST,
    code="482135",
    source="thon-vuon-mau/day.yaml",
    name="Vườn bà Thử",
    full_name="Nguyễn Thị Thử Nghiệm",
    emblem=LISTS["emblems"].by_key("boat"),
    is_on_lane=True,
    address="Xóm Đông, ngõ 3",
    exact=Point(18.1281, 105.7632),
    directions=in_vietnamese("Qua cầu, rẽ trái.\nCổng có giàn hoa giấy."),
    living=LIVING,
    garden=replace(
        LINES_TOLD,
        area=1800,
        model=MODEL,
        irrigation=LISTS["irrigation"].by_key("drip"),
        practices=tuple(LISTS["practices"].by_key(key) for key in ("vietgap", "compost", "green_hedge")),
        crops=CROPS,
        animals=(
            PublicAnimal("Gà thả vườn", find_animal("Gà thả vườn"), 100),
            PublicAnimal("Hươu sao", find_animal("Hươu sao"), 4),
            PublicAnimal("Con lạ", None, None),
        ),
    ),
    products=PRODUCTS,
    visits=PublicVisits(
        True,
        "7:00-17:00",
        tuple(LISTS["activities"].by_key(key) for key in ("pick_fruit", "meal", "homestay")),
    ),
    phone=PublicPhone(Phone("0337000345"), zalo=True),
    links=("https://www.vuonthu.example/trang", "https://mang.example/@vuonthu"),
    story=in_vietnamese(
        "Ông bà trồng gốc bưởi đầu tiên năm 1968.\n\nNay vườn có ba đời cùng chăm, mùa nào thức nấy."
    ),
    photos=PHOTOS,
)


def picture(key: str, width: int = 800, height: int = 500) -> RenderedPhoto:
    """Return a picture without its bytes."""
    return RenderedPhoto(key, width, height, b"", b"")


PICTURES: Mapping[str, RenderedPhoto] = {
    PHOTOS[0].file: picture("mot"),
    PHOTOS[1].file: picture("hai", 480, 640),
}


def notice(moved_to: str | None = None) -> PublicNotice:
    """Return what is left of a household that went."""
    return PublicNotice("100027", "thon-vuon-mau/roi.yaml", moved_to)


def households(count: int, living: int = 0, exact: int = 0, near: int = 0) -> tuple[PublicHousehold, ...]:
    """Return so many households; the first `living` tell how they live, `exact` and `near` show a point."""
    return tuple(_numbered(at, at < living, at < exact, exact <= at < exact + near) for at in range(count))


def _numbered(at: int, living: bool, exact: bool, near: bool) -> PublicHousehold:
    point = Point(18.12 + 0.0007 * (at % 17), 105.755 + 0.0009 * (at % 13))
    return replace(
        EMPTIEST,
        code=str(200000 + at),
        source=f"thon-vuon-mau/ho-{at}.yaml",
        name=f"Vườn hộ số {at}",
        exact=point if exact else None,
        near=point.snapped() if near else None,
        living=LIVING if living else None,
        garden=replace(NOTHING_TOLD, area=500, crops=CROPS[at % 3 : at % 3 + 2]),
    )


def read_messages(path: Path) -> dict[str, str]:
    """Return the flat messages of a catalogue file."""
    return dict(_flat(yaml.safe_load(path.read_text(encoding="utf-8")), ""))


def _flat(tree: object, prefix: str) -> Sequence[tuple[str, str]]:
    if not isinstance(tree, dict):
        return ((prefix, str(tree)),)
    return tuple(
        pair
        for key, value in tree.items()
        for pair in _flat(value, f"{prefix}.{key}" if prefix else str(key))
    )


def shipped_language(tag: str) -> Language:
    """Return a language as shipped."""
    return Language(tag, read_messages(TEMPLATES / "languages" / f"{tag}.yaml"))


def _plain(language: Language) -> Language:
    return replace(
        language, messages={key: one.replace("\u00a0", " ") for key, one in language.messages.items()}
    )


LANGUAGES: Mapping[str, Language] = {tag: _plain(shipped_language(tag)) for tag in ("vi", "en")}
"""The words of the pages with plain blanks, so that a test reads as people do."""


class ListedPages(Pages):
    """The pages of a site in tuples; a village is given with its households, its walk is found."""

    def of_household(self, *given: Any, **more: Any) -> tuple[Artifact, ...]:
        """Return a household's pages, Vietnamese first, without those on which guests say that they come."""
        return tuple(page for page in self.household(*given, **more) if f"/{COMING}" not in page.path)

    def of_village(
        self, village: PublicVillage, households: Sequence[PublicHousehold]
    ) -> tuple[Artifact, ...]:
        """Return a village's pages, Vietnamese first, then its printed lists, then those at former folders."""
        return tuple(page for page in self.village(home(village, households)) if page.path.endswith(".html"))

    def of_site(self, *villages: tuple[PublicVillage, Sequence[PublicHousehold]]) -> tuple[Artifact, ...]:
        """Return the start pages, Vietnamese first."""
        return tuple(self.index([home(*one) for one in villages]))


def home(village: PublicVillage, households: Sequence[PublicHousehold]) -> Home:
    """Return a village with its households and the walk past them."""
    return Home(village, tuple(households), walking_route(village.centre, households, village.ground))


def pages(site: PublicSite = SITE, folders: tuple[Path, ...] = ()) -> ListedPages:
    """Return the pages of a site, with the templates of `folders` before the shipped ones."""
    return ListedPages(site, (*folders, TEMPLATES), LANGUAGES)
