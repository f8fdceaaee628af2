"""Closed word lists: what a profile may say where free text would help nobody; and the plurals of a language."""

import gettext
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from vuonho.errors import Refused
from vuonho.i18n import Text
from vuonho.model.values import quoted
from vuonho.text import fold, nearest, nfc

# --- Closed word lists: what a profile may say where free text would help nobody ---

_LONGEST_ECHO = 40


@dataclass(frozen=True, slots=True)
class Word:
    """One entry of a closed list.

    `key` is what profiles and data files hold; `icon` names a file of `templates/icons/` without ".svg";
    `aliases` are other ways people write it, accepted but never shown.
    """

    key: str
    label: Text
    icon: str
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Everything a person may type for this word."""
        return (self.key, self.label.vi, self.label.en, *self.aliases)


@dataclass(frozen=True, slots=True)
class WordList:
    """A closed list of words with its own name, such as "nguồn nước" / "water".

    Making one in which two words could be confused, accents and case ignored, is a ValueError: whatever is
    typed means one word or none.
    """

    name: Text
    words: tuple[Word, ...]
    _by_name: Mapping[str, Word] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", _by_name(self.words))

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys in the order of the list."""
        return tuple(word.key for word in self.words)

    def by_key(self, key: str) -> Word:
        """Return the word with exactly this key; KeyError where there is none."""
        for word in self.words:
            if word.key == key:
                return word
        raise KeyError(key)

    def knows(self, typed: str) -> bool:
        """Tell whether `find` would find it."""
        return _loose(typed) in self._by_name

    def find(self, typed: str) -> Word:
        """Return the word meant by a key, a Vietnamese or English label, or an alias.

        Case, accents and the difference between "_", "-" and a space are ignored. Anything else raises
        `Refused`, whose hint names the nearest word, if one is near, and all that are allowed.
        """
        word = self._by_name.get(_loose(typed))
        if word is None:
            raise Refused(self._unknown(typed), self._hint(typed))
        return word

    def _unknown(self, typed: str) -> Text:
        shown = nfc(" ".join(typed.split()))
        if len(shown) > _LONGEST_ECHO:
            shown = shown[:_LONGEST_ECHO] + "…"
        return Text(
            f"“{shown}” không có trong danh sách {self.name.vi}.",
            f"“{shown}” is not in the list of {self.name.en}.",
        )

    def _listed(self, language: str) -> str:
        """Return the words as they can be copied into a profile: a label that YAML would cut gives way to its key."""
        labels = [word.label.to(language) for word in self.words]
        if not any(sign in label for label in labels for sign in ",:"):
            return ", ".join(labels)
        return "; ".join(f"{word.key} ({label})" for word, label in zip(self.words, labels, strict=True))

    def _hint(self, typed: str) -> Text:
        near = nearest(_loose(typed), self._by_name)
        allowed = Text(f"Ghi một trong các từ: {self._listed('vi')}.", f"Use one of: {self._listed('en')}.")
        if near is None:
            return allowed
        label = self._by_name[near].label
        return Text(
            f"Có phải ý là “{label.vi}” không? {allowed.vi}", f"Did you mean “{label.en}”? {allowed.en}"
        )


def _loose(typed: str) -> str:
    return " ".join(fold(typed).replace("_", " ").replace("-", " ").split())


def _by_name(words: tuple[Word, ...]) -> dict[str, Word]:
    found: dict[str, Word] = {}
    for word in words:
        for name in word.names:
            other = found.setdefault(_loose(name), word)
            if other is not word:
                raise ValueError(f"{name!r} of {word.key!r} could also mean {other.key!r}")
    return found


# --- The words for the garden, its produce and what visitors may do there ---

MODEL_STATUS = WordList(
    Text("tình trạng vườn mẫu", "model-garden stages"),
    (
        Word("recognised", Text("Đã công nhận vườn mẫu", "Recognised model garden"), "award",
             ("đã công nhận", "được công nhận", "đã được công nhận", "đạt", "recognized")),
        Word("in_progress", Text("Đang xây dựng vườn mẫu", "Becoming a model garden"), "practice",
             ("đang xây dựng", "đang làm", "striving")),
        Word("registered", Text("Đã đăng ký vườn mẫu", "Registered to become a model garden"), "practice",
             ("đăng ký", "đã đăng ký")),
    ),
)  # fmt: skip

CRITERIA = WordList(
    Text("tiêu chí vườn mẫu", "model-garden criteria"),
    (
        Word("planning", Text("Quy hoạch", "Planning"), "area"),
        Word("technology", Text("Ứng dụng khoa học, kỹ thuật", "Technology"), "irrigation",
             ("khoa học kỹ thuật", "kỹ thuật")),
        Word("products", Text("Sản phẩm", "Products"), "basket"),
        Word("environment", Text("Môi trường, cảnh quan", "Environment and landscape"), "leaf",
             ("môi trường", "cảnh quan")),
        Word("income", Text("Thu nhập", "Income"), "price"),
    ),
)  # fmt: skip

RESULTS = WordList(
    Text("kết quả tiêu chí", "criterion results"),
    (
        Word("met", Text("Đạt", "Met"), "check", ("đã đạt",)),
        Word("not_met", Text("Chưa đạt", "Not met yet"), "clock", ("không đạt", "not met")),
        Word("unknown", Text("Chưa rõ", "Not known"), "search", ("không rõ", "chưa biết")),
    ),
)

IRRIGATION = WordList(
    Text("cách tưới", "ways of watering"),
    (
        Word("drip", Text("Tưới nhỏ giọt", "Drip irrigation"), "irrigation", ("nhỏ giọt",)),
        Word("sprinkler", Text("Tưới phun mưa", "Sprinklers"), "irrigation", ("phun mưa", "béc phun")),
        Word("mist", Text("Tưới phun sương", "Misting"), "irrigation", ("phun sương",)),
        Word("automatic", Text("Tưới tự động", "Automatic irrigation"), "irrigation", ("tự động",)),
        Word("hose", Text("Tưới bằng vòi", "Hose"), "irrigation", ("vòi", "tưới tay", "thủ công")),
        Word("pump", Text("Bơm từ ao, giếng", "Pumped from pond or well"), "irrigation", ("bơm", "máy bơm")),
        Word("canal", Text("Tưới kênh mương", "Canal"), "irrigation", ("kênh mương", "mương")),
        Word("rain_fed", Text("Nhờ nước trời", "Rain-fed"), "water", ("nước trời", "nước mưa")),
    ),
)

PRACTICES = WordList(
    Text("cách làm vườn", "garden practices"),
    (
        Word("vietgap", Text("Theo VietGAP", "VietGAP good practice"), "award"),
        Word("globalgap", Text("Theo GlobalGAP", "GlobalGAP good practice"), "award"),
        Word("organic", Text("Canh tác hữu cơ", "Organic growing"), "leaf", ("hữu cơ",)),
        Word("compost", Text("Ủ phân hữu cơ", "Compost"), "practice", ("ủ phân", "phân ủ")),
        Word("ipm", Text("Quản lý sâu bệnh tổng hợp (IPM)", "Integrated pest management"), "practice",
             ("quản lý dịch hại tổng hợp",)),
        Word("biological", Text("Dùng chế phẩm sinh học", "Biological products"), "practice",
             ("chế phẩm sinh học", "chế phẩm vi sinh", "sinh học")),
        Word("no_herbicide", Text("Không dùng thuốc diệt cỏ", "No herbicide"), "practice",
             ("không thuốc diệt cỏ", "không thuốc cỏ")),
        Word("mulching", Text("Che phủ gốc", "Mulching"), "practice", ("tủ gốc", "phủ gốc")),
        Word("bagging", Text("Bọc quả", "Fruit bagging"), "practice", ("bao quả", "bao trái")),
        Word("intercropping", Text("Trồng xen", "Intercropping"), "practice", ("xen canh",)),
        Word("green_hedge", Text("Hàng rào xanh", "Green hedge"), "leaf"),
        Word("net_house", Text("Nhà lưới", "Net house"), "practice", ("nhà màng",)),
        Word("biogas", Text("Hầm biogas", "Biogas digester"), "practice", ("bi-ô-ga",)),
        Word("bio_bedding", Text("Đệm lót sinh học", "Deep-litter bedding"), "practice", ("đệm lót",)),
        Word("vac", Text("Vườn, ao, chuồng (VAC)", "Garden, pond and pen (VAC)"), "practice",
             ("vườn ao chuồng",)),
        Word("diary", Text("Ghi nhật ký sản xuất", "Farm diary"), "story", ("nhật ký sản xuất", "nhật ký")),
        Word("traceability", Text("Tem truy xuất nguồn gốc", "Traceability label"), "qr",
             ("truy xuất nguồn gốc",)),
        Word("growing_area_code", Text("Mã số vùng trồng", "Growing-area code"), "qr", ("mã vùng trồng",)),
    ),
)  # fmt: skip

UNITS = WordList(
    Text("đơn vị bán", "units of sale"),
    (
        Word("quả", Text("quả", "piece"), "price", ("trái", "fruit", "egg")),
        Word("kg", Text("kg", "kg"), "price", ("cân", "ký", "kí", "ki lô", "kilô", "kilogram")),
        Word("lạng", Text("lạng", "100 g"), "price", ("100 gam", "100g")),
        Word("yến", Text("yến", "10 kg"), "price", ("10kg",)),
        Word("tạ", Text("tạ", "100 kg"), "price", ("100kg",)),
        Word("tấn", Text("tấn", "tonne"), "price", ("1000 kg", "ton")),
        Word("lít", Text("lít", "litre"), "price", ("l", "liter")),
        Word("chục", Text("chục", "ten"), "price"),
        Word("cặp", Text("cặp", "pair"), "price", ("đôi",)),
        Word("bó", Text("bó", "bundle"), "price"),
        Word("mớ", Text("mớ", "handful"), "price"),
        Word("nải", Text("nải", "hand (of bananas)"), "price", ("hand",)),
        Word("buồng", Text("buồng", "bunch (of bananas or areca)"), "price", ("bunch",)),
        Word("chùm", Text("chùm", "cluster"), "price"),
        Word("bông", Text("bông", "flower"), "price", ("đóa",)),
        Word("cành", Text("cành", "branch"), "price", ("nhành",)),
        Word("củ", Text("củ", "bulb or root"), "price"),
        Word("cây", Text("cây", "plant"), "price", ("gốc", "tree")),
        Word("cây giống", Text("cây giống", "seedling"), "price", ("bầu giống",)),
        Word("con", Text("con", "animal"), "price"),
        Word("con giống", Text("con giống", "young animal"), "price"),
        Word("tổ", Text("tổ", "hive"), "price", ("đàn ong", "tổ ong")),
        Word("chai", Text("chai", "bottle"), "price"),
        Word("hũ", Text("hũ", "jar"), "price", ("lọ",)),
        Word("gói", Text("gói", "packet"), "price"),
        Word("túi", Text("túi", "bag"), "price"),
        Word("hộp", Text("hộp", "box"), "price"),
        Word("thùng", Text("thùng", "crate"), "price"),
        Word("bao", Text("bao", "sack"), "price"),
        Word("cái", Text("cái", "item"), "price", ("chiếc",)),
        Word("suất", Text("suất", "portion"), "price"),
        Word("người", Text("người", "person"), "price", ("khách",)),
        Word("đêm", Text("đêm", "night"), "price"),
        Word("ngày", Text("ngày", "day"), "price"),
    ),
)

ACTIVITIES = WordList(
    Text("việc khách có thể làm", "things visitors can do"),
    (
        Word("pick_fruit", Text("Tự tay hái quả", "Pick fruit"), "tree_fruit", ("hái quả", "hái trái cây")),
        Word("stroll", Text("Dạo vườn", "Stroll in the garden"), "leaf", ("tham quan vườn", "thăm vườn")),
        Word(
            "meal", Text("Ăn cơm nhà vườn", "Eat with the family"), "meal", ("ăn cơm", "ăn uống", "bữa cơm")
        ),
        Word(
            "tea", Text("Uống nước chè xanh", "Have green tea"), "tea", ("uống chè", "uống trà", "chè xanh")
        ),
        Word(
            "homestay", Text("Ngủ lại nhà dân", "Stay overnight"), "bed", ("nghỉ lại", "ngủ lại", "lưu trú")
        ),
        Word("camping", Text("Cắm trại", "Camp"), "tent"),
        Word("fishing", Text("Câu cá", "Fish in the pond"), "fish"),
        Word(
            "feed_animals",
            Text("Xem và cho vật nuôi ăn", "See and feed the animals"),
            "other",
            ("xem vật nuôi", "cho vật nuôi ăn"),
        ),
        Word(
            "cooking", Text("Cùng nấu món quê", "Cook village dishes"), "kitchen", ("nấu ăn", "nấu món quê")
        ),
        Word("learn", Text("Học cách làm vườn", "Learn gardening"), "learn", ("học làm vườn", "trải nghiệm")),
        Word(
            "school_groups", Text("Đón đoàn học sinh", "School groups welcome"), "learn", ("đoàn học sinh",)
        ),
        Word("photo", Text("Chụp ảnh", "Take photos"), "photo", ("chụp hình",)),
        Word("buy", Text("Mua tại vườn", "Buy at the garden"), "basket", ("mua hàng", "mua")),
    ),
)


# --- The words for how a family lives ---

HOUSE = WordList(
    Text("loại nhà ở", "kinds of house"),
    (
        Word("solid", Text("Nhà kiên cố", "Solid house"), "house", ("kiên cố", "nhà xây")),
        Word("semi_solid", Text("Nhà bán kiên cố", "Brick house, light roof"), "house", ("bán kiên cố",)),
        Word("storeyed", Text("Nhà tầng", "House of two or more storeys"), "house", ("nhà cao tầng",)),
        Word("flat_roof", Text("Nhà mái bằng", "Flat-roofed house"), "house", ("mái bằng",)),
        Word("tiled", Text("Nhà ngói", "Tiled-roof house"), "house", ("mái ngói",)),
        Word("wooden", Text("Nhà gỗ", "Wooden house"), "house", ("nhà gỗ lợp ngói",)),
        Word("stilt", Text("Nhà sàn", "Stilt house"), "house"),
        Word("traditional_garden", Text("Nhà vườn truyền thống", "Traditional garden house"), "house",
             ("nhà rường", "nhà cổ", "nhà vườn")),
    ),
)  # fmt: skip

WATER = WordList(
    Text("nguồn nước", "water sources"),
    (
        Word("tap", Text("Nước máy", "Tap water"), "water", ("máy",)),
        Word("drilled_well", Text("Giếng khoan", "Drilled well"), "water"),
        Word("dug_well", Text("Giếng đào", "Dug well"), "water", ("giếng khơi", "giếng")),
        Word("tap_and_well", Text("Nước máy và giếng", "Tap and well"), "water"),
        Word("rain", Text("Nước mưa", "Rainwater"), "water"),
        Word("spring", Text("Nước khe, tự chảy", "Spring water by pipe"), "water",
             ("nước khe", "nước suối", "nước tự chảy", "khe", "suối")),
    ),
)  # fmt: skip

ELECTRICITY = WordList(
    Text("nguồn điện", "power sources"),
    (
        Word("grid", Text("Điện lưới", "Grid power"), "electricity", ("điện lưới quốc gia", "điện")),
        Word("solar", Text("Điện mặt trời", "Solar power"), "sun", ("năng lượng mặt trời",)),
        Word("both", Text("Điện lưới và điện mặt trời", "Grid and solar power"), "sun", ("cả hai",)),
    ),
)

TOILET = WordList(
    Text("loại nhà vệ sinh", "kinds of toilet"),
    (
        Word("septic", Text("Nhà vệ sinh tự hoại", "Toilet with septic tank"), "toilet",
             ("tự hoại", "bể tự hoại", "hố xí tự hoại")),
        Word("pour_flush", Text("Nhà vệ sinh thấm dội nước", "Pour-flush toilet"), "toilet",
             ("thấm dội", "thấm dội nước")),
        Word("two_vault", Text("Nhà vệ sinh hai ngăn ủ phân", "Two-vault composting toilet"), "toilet",
             ("hai ngăn", "2 ngăn")),
        Word("biogas", Text("Nhà vệ sinh nối hầm biogas", "Toilet joined to a biogas digester"), "toilet",
             ("hầm biogas", "bi-ô-ga")),
    ),
)  # fmt: skip

KITCHEN = WordList(
    Text("loại bếp", "kinds of kitchen"),
    (
        Word("clean", Text("Bếp sạch", "Clean, tidy kitchen"), "kitchen", ("sạch",)),
        Word("gas", Text("Bếp ga", "Gas stove"), "kitchen", ("bếp gas", "ga")),
        Word(
            "electric", Text("Bếp điện, bếp từ", "Electric stove"), "kitchen", ("bếp điện", "bếp từ", "điện")
        ),
        Word("biogas", Text("Bếp biogas", "Biogas stove"), "kitchen", ("bi-ô-ga", "hầm biogas")),
        Word("improved_stove", Text("Bếp củi cải tiến", "Improved wood stove"), "kitchen", ("bếp cải tiến",)),
        Word("wood", Text("Bếp củi", "Wood stove"), "kitchen", ("củi",)),
    ),
)

WASTE = WordList(
    Text("cách xử lý rác", "ways of handling waste"),
    (
        Word("sorted", Text("Phân loại tại nhà", "Sorted at home"), "waste", ("phân loại",)),
        Word("collected", Text("Có xe thu gom", "Collected by truck"), "waste", ("thu gom", "xe thu gom")),
        Word("composted", Text("Ủ phân hữu cơ", "Composted"), "waste", ("ủ phân",)),
        Word("sorted_and_composted", Text("Phân loại và ủ phân", "Sorted and composted"), "waste"),
        Word("sorted_and_collected", Text("Phân loại và thu gom", "Sorted and collected"), "waste"),
    ),
)

INTERNET = WordList(
    Text("loại mạng internet", "kinds of internet"),
    (
        Word("fibre", Text("Cáp quang", "Fibre"), "internet", ("wifi", "mạng cáp quang", "fiber")),
        Word("mobile", Text("Mạng di động", "Mobile network"), "internet", ("3g", "4g", "5g", "di động")),
        Word("both", Text("Cáp quang và di động", "Fibre and mobile"), "internet", ("cả hai",)),
    ),
)

ROAD = WordList(
    Text("loại đường vào nhà", "kinds of road to the gate"),
    (
        Word("concrete", Text("Đường bê tông", "Concrete road"), "road", ("bê tông",)),
        Word("asphalt", Text("Đường nhựa", "Asphalt road"), "road", ("nhựa",)),
        Word("brick", Text("Đường lát gạch", "Brick-paved lane"), "road", ("lát gạch", "gạch")),
        Word("gravel", Text("Đường cấp phối", "Gravel road"), "road", ("cấp phối", "đá dăm", "sỏi")),
        Word("earth", Text("Đường đất", "Earth road"), "road", ("đất",)),
    ),
)

TITLES = WordList(
    Text("danh hiệu gia đình", "family titles"),
    (
        Word("cultural_family", Text("Gia đình văn hóa", "Cultural family"), "award", ("văn hóa",)),
        Word("three_clean", Text("Gia đình “3 sạch”", "“Three clean” family: house, kitchen, lane"), "award",
             ("3 sạch", "ba sạch", "gia đình 3 sạch", "nhà sạch, bếp sạch, ngõ sạch")),
        Word("learning_family", Text("Gia đình học tập", "Learning family"), "award", ("học tập",)),
        Word("clean_house_fine_garden", Text("Nhà sạch, vườn đẹp", "Clean house, fine garden"), "award",
             ("nhà sạch vườn đẹp",)),
        Word("good_producer", Text("Hộ sản xuất, kinh doanh giỏi", "Award-winning producer"), "award",
             ("sản xuất kinh doanh giỏi", "nông dân sản xuất kinh doanh giỏi", "nông dân giỏi")),
    ),
)  # fmt: skip


# --- The words of the village and of the family's consent ---

VILLAGE_KINDS = WordList(
    Text("loại đơn vị dân cư", "kinds of village"),
    (
        Word("thôn", Text("Thôn", "Village"), "village"),
        Word("xóm", Text("Xóm", "Hamlet"), "village"),
        Word("tổ dân phố", Text("Tổ dân phố", "Residential group"), "village", ("tdp", "tổ")),
        Word("bản", Text("Bản", "Highland village"), "village"),
        Word("khối", Text("Khối", "Town quarter"), "village", ("khối phố",)),
    ),
)

CONSENT_HOW = WordList(
    Text("cách ghi nhận đồng ý", "ways of consent"),
    (
        Word("paper", Text("Phiếu giấy có chữ ký", "Signed paper form"), "story", ("giấy", "phiếu giấy")),
        Word("form", Text("Phiếu trên điện thoại", "Phone form"), "phone", ("điện thoại", "phiếu điện tử")),
        Word("in_person", Text("Nói trực tiếp", "In person"), "people", ("trực tiếp", "gặp trực tiếp")),
    ),
)

CONSENT_TICKS = WordList(
    Text("những điều gia đình cho đăng", "things the family allows to be shown"),
    (
        Word("full_name", Text("Họ và tên đầy đủ của chủ hộ", "Full name of the head of household"), "people",
             ("họ tên", "họ và tên", "tên đầy đủ")),
        Word("phone", Text("Số điện thoại và Zalo", "Phone number and Zalo"), "phone",
             ("điện thoại", "số điện thoại", "zalo")),
        Word("exact_point", Text("Đúng vị trí nhà trên bản đồ, kèm lời chỉ đường",
                                 "The house's exact place on the map, with directions"), "pin",
             ("vị trí đúng", "vị trí chính xác", "đúng vị trí")),
        Word("near_point", Text("Vị trí áng chừng trên bản đồ, trong khoảng 1 km",
                                "A rough place on the map, within about 1 km"), "area",
             ("vị trí gần đúng", "vị trí áng chừng")),
        Word("faces", Text("Ảnh có người", "Photos with people in them"), "photo", ("ảnh có mặt người",)),
        Word("living", Text("Đời sống gia đình: số người, nhà ở, điện, nước, vệ sinh",
                            "How the family lives: people, house, power, water, sanitation"), "house",
             ("đời sống", "đời sống gia đình", "điều kiện sống")),
        Word("story", Text("Câu chuyện gia đình kể", "The story the family tells"), "story", ("câu chuyện",)),
        Word("prices", Text("Giá bán sản phẩm", "Prices of products"), "price", ("giá", "giá bán")),
        Word("links", Text("Trang mạng riêng của gia đình", "The family's own web pages"), "link",
             ("liên kết", "trang riêng", "facebook")),
    ),
)  # fmt: skip


# --- Which form of a sentence goes with a number, by the rule of a language as gettext writes it ---

USUAL_RULE: Final = "nplurals=2; plural=(n != 1)"
"""That of a language whose file has none: one, and all others."""
SMALL: Final = 200
"""From here on every known rule repeats itself with each hundred."""
_HEADER = re.compile(r"\s*nplurals\s*=\s*([1-6])\s*;\s*plural\s*=([^;]{1,400});?\s*")
_TRIED = (*range(1000), 10**6)


@dataclass(frozen=True, slots=True)
class Plural:
    """The rule of a language: the names of its forms, and the place of the one that goes with a number."""

    forms: tuple[str, ...]
    rule: Callable[[int], int]

    def form(self, n: int) -> str:
        """Return the name of the form for so many; raise ValueError where the rule leads to none."""
        try:
            place = int(self.rule(n))
        except ZeroDivisionError as error:
            raise ValueError(n) from error
        if not 0 <= place < len(self.forms):
            raise ValueError(n)
        return self.forms[place]

    def counting(self) -> frozenset[str]:
        """Return the forms that go with several numbers, and so have to say which."""
        used = [self.form(n) for n in range(SMALL)]
        return frozenset(form for form in self.forms if used.count(form) > 1)


@cache
def parse_plural(text: str) -> Plural:
    """Return the rule that a language file gives; raise Refused for what is none, or leads to a form that is not there."""
    header = _HEADER.fullmatch(text)
    if header is None:
        raise _refusal(text)
    try:
        plural = Plural(form_names(int(header[1])), gettext.c2py(header[2]))
        for n in _TRIED:
            plural.form(n)
    except (ValueError, SyntaxError, RecursionError, MemoryError) as error:
        raise _refusal(text) from error
    return plural


def form_names(count: int) -> tuple[str, ...]:
    """Return the last part of the keys of a sentence in so many forms: two have names, others are numbered."""
    return ("one", "other") if count == 2 else tuple(map(str, range(count)))


def _refusal(text: str) -> Refused:
    return Refused(
        Text(f"{quoted(text, 60)} không phải là quy tắc số nhiều của gettext.",
             f"{quoted(text, 60)} is no plural rule of gettext."),
        Text(f"Chép dòng Plural-Forms của ngôn ngữ ấy, như: {USUAL_RULE}",
             f"Copy the line Plural-Forms of that language, such as: {USUAL_RULE}"),
    )  # fmt: skip
