"""How the family lives: closed words only, so that nothing can be said that should not be."""

from typing import Annotated, TypeAlias

from vuonho.domain.schema.about import Record, about
from vuonho.domain.schema.scalars import Count, Listed, word_of
from vuonho.domain.vocabulary import living_words
from vuonho.domain.vocabulary.words import Word

Title: TypeAlias = Annotated[Word, word_of(living_words.TITLES)]


class Living(Record):
    """Living conditions, all of them behind the one tick `living`."""

    people: Annotated[Count | None, about("Số người trong nhà", "People in the home", "living")] = None
    house: Annotated[Word | None, word_of(living_words.HOUSE), about("Nhà ở", "House", "living")] = None
    water: Annotated[Word | None, word_of(living_words.WATER), about("Nước dùng", "Water", "living")] = None
    electricity: Annotated[
        Word | None, word_of(living_words.ELECTRICITY), about("Điện", "Electricity", "living")
    ] = None
    toilet: Annotated[Word | None, word_of(living_words.TOILET), about("Nhà vệ sinh", "Toilet", "living")] = (
        None
    )
    kitchen: Annotated[Word | None, word_of(living_words.KITCHEN), about("Bếp", "Kitchen", "living")] = None
    waste: Annotated[Word | None, word_of(living_words.WASTE), about("Rác thải", "Waste", "living")] = None
    internet: Annotated[
        Word | None, word_of(living_words.INTERNET), about("Internet", "Internet", "living")
    ] = None
    road: Annotated[
        Word | None, word_of(living_words.ROAD), about("Đường vào nhà", "Road to the gate", "living")
    ] = None
    titles: Annotated[tuple[Title, ...], Listed(10), about("Danh hiệu", "Titles", "living")] = ()


FACTS = ("house", "water", "electricity", "toilet", "kitchen", "waste", "internet", "road")
