"""How the family lives: closed words only, so that nothing can be said that should not be."""

from typing import Annotated, TypeAlias

from vuonho.domain.schema.about import Record, about
from vuonho.domain.schema.scalars import Count, Listed, word_of
from vuonho.domain.vocabulary import living_words
from vuonho.domain.vocabulary.words import Word

Title: TypeAlias = Annotated[Word, word_of(living_words.TITLES)]


class Living(Record):
    """Living conditions, all of them behind the one tick `living`."""

    people: Annotated[Count | None, about(
        "Số người trong nhà", "People in the home", "living", example="5",
        help_vi="Đếm những người đang ở nhà, cả trẻ nhỏ và ông bà.",
        help_en="Count everybody who lives here now, small children and grandparents too.",
    )] = None  # fmt: skip
    house: Annotated[Word | None, word_of(living_words.HOUSE), about(
        "Nhà ở", "House", "living",
        help_vi="Chọn kiểu nhà giống nhà chính nhất.",
        help_en="Choose what is most like the main house.",
    )] = None  # fmt: skip
    water: Annotated[Word | None, word_of(living_words.WATER), about(
        "Nước dùng", "Water", "living",
        help_vi="Chọn nguồn nước để ăn uống hằng ngày.",
        help_en="Choose where the water for drinking and cooking comes from.",
    )] = None  # fmt: skip
    electricity: Annotated[Word | None, word_of(living_words.ELECTRICITY), about(
        "Điện", "Electricity", "living",
        help_vi="Chọn nguồn điện đang dùng.",
        help_en="Choose the power that is used now.",
    )] = None  # fmt: skip
    toilet: Annotated[Word | None, word_of(living_words.TOILET), about(
        "Nhà vệ sinh", "Toilet", "living",
        help_vi="Chọn loại nhà vệ sinh đang dùng.",
        help_en="Choose the kind that is used now.",
    )] = None  # fmt: skip
    kitchen: Annotated[Word | None, word_of(living_words.KITCHEN), about(
        "Bếp", "Kitchen", "living",
        help_vi="Chọn loại bếp hay dùng nhất.",
        help_en="Choose the stove that is used most.",
    )] = None  # fmt: skip
    waste: Annotated[Word | None, word_of(living_words.WASTE), about(
        "Rác thải", "Waste", "living",
        help_vi="Chọn cách xử lý rác hằng ngày.",
        help_en="Choose what becomes of the daily waste.",
    )] = None  # fmt: skip
    internet: Annotated[Word | None, word_of(living_words.INTERNET), about(
        "Internet", "Internet", "living",
        help_vi="Chọn loại mạng đang dùng ở nhà; chưa có thì để trống.",
        help_en="Choose what is used at home; leave it empty if there is none.",
    )] = None  # fmt: skip
    road: Annotated[Word | None, word_of(living_words.ROAD), about(
        "Đường vào nhà", "Road to the gate", "living",
        help_vi="Chọn mặt đường của đoạn cuối, ngay trước cổng.",
        help_en="Choose the surface of the last stretch, right before the gate.",
    )] = None  # fmt: skip
    titles: Annotated[tuple[Title, ...], Listed(10), about(
        "Danh hiệu", "Titles", "living",
        help_vi="Chọn những danh hiệu đã có giấy công nhận.",
        help_en="Choose the titles that the family holds a certificate for.",
    )] = ()  # fmt: skip


FACTS = ("house", "water", "electricity", "toilet", "kitchen", "waste", "internet", "road")
