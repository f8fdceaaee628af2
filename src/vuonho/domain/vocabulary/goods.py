"""What gardens of Hà Tĩnh sell beside plain crops and animals, with English names."""

from dataclasses import dataclass

from vuonho.bilingual import Text


@dataclass(frozen=True, slots=True)
class Good:
    """One kind of product: `family` is its picture, a file of `templates/icons/` without ".svg"."""

    key: str
    vi: str
    en: str
    family: str
    aliases: tuple[str, ...] = ()

    @property
    def label(self) -> Text:
        """The name in both languages."""
        return Text(self.vi, self.en)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name the product is known by."""
        return (self.vi, *self.aliases, self.en)


# One product a line, so that the table can be read as a table.
# fmt: off
GOODS: tuple[Good, ...] = (
    Good("honey", "Mật ong", "Honey", "bee"),
    Good("honey_pomelo", "Mật ong hoa bưởi", "Pomelo blossom honey", "bee"),
    Good("honey_forest", "Mật ong rừng", "Forest honey", "bee"),
    Good("honey_orange", "Mật ong hoa cam", "Orange blossom honey", "bee"),
    Good("royal_jelly", "Sữa ong chúa", "Royal jelly", "bee"),
    Good("beeswax", "Sáp ong", "Beeswax", "bee"),
    Good("velvet", "Nhung hươu", "Deer velvet", "deer", ("lộc nhung", "lộc hươu")),
    Good("velvet_wine", "Rượu nhung hươu", "Deer velvet liquor", "deer"),
    Good("chicken_eggs", "Trứng gà", "Chicken eggs", "poultry"),
    Good("duck_eggs", "Trứng vịt", "Duck eggs", "poultry"),
    Good("quail_eggs", "Trứng cút", "Quail eggs", "poultry"),
    Good("salted_eggs", "Trứng muối", "Salted eggs", "poultry", ("trứng vịt muối",)),
    Good("pork", "Thịt lợn", "Pork", "pig"),
    Good("ham", "Giò lụa", "Pork roll", "pig", ("giò chả",)),
    Good("beef", "Thịt bò", "Beef", "cattle", ("bò tươi",)),
    Good("lotus_seeds", "Hạt sen", "Lotus seeds", "flower"),
    Good("lotus_tea", "Trà sen", "Lotus tea", "tea"),
    Good("dried_tea", "Chè khô", "Dried tea", "tea", ("trà khô", "chè búp khô")),
    Good("tea_bags", "Trà túi lọc", "Tea bags", "tea"),
    Good("herbal_tea", "Trà thảo mộc", "Herbal tea", "medicinal"),
    Good("turmeric_starch", "Tinh bột nghệ", "Turmeric starch", "spice", ("bột nghệ",)),
    Good("arrowroot_starch", "Bột sắn dây", "Kudzu starch", "root", ("tinh bột sắn dây",)),
    Good("essential_oil", "Tinh dầu", "Essential oil", "medicinal", ("tinh dầu bưởi", "tinh dầu sả", "tinh dầu tràm")),
    Good("agarwood", "Trầm hương", "Agarwood", "timber"),
    Good("peanut_oil", "Dầu lạc", "Peanut oil", "legume"),
    Good("peanut_candy", "Kẹo cu đơ", "Cu đơ peanut candy", "legume", ("cu đơ",)),
    Good("rice_wine", "Rượu gạo", "Rice liquor", "grain", ("rượu nếp",)),
    Good("fish_sauce", "Nước mắm", "Fish sauce", "fish"),
    Good("pickles", "Dưa muối", "Pickled vegetables", "leafy", ("dưa cải muối", "cà muối")),
    Good("dried_fruit", "Mứt", "Candied fruit", "tree_fruit", ("mứt gừng", "hoa quả sấy", "trái cây sấy")),
    Good("dried_bamboo", "Măng khô", "Dried bamboo shoots", "bamboo"),
    Good("rice_crackers", "Bánh đa", "Rice crackers", "grain", ("bánh đa vừng",)),
    Good("chung_cake", "Bánh chưng", "Square sticky rice cake", "grain"),
    Good("seedlings", "Cây giống", "Seedlings", "leaf"),
    Good("compost", "Phân hữu cơ", "Compost", "leaf", ("phân trùn quế", "phân giun quế")),
    Good("peach_branch", "Đào Tết", "Peach branches for Tết", "flower", ("cành đào",)),
    Good("kumquat_pot", "Quất Tết", "Kumquat trees for Tết", "citrus"),
    Good("baskets", "Đồ tre đan", "Bamboo baskets", "basket", ("rổ rá", "đồ mây tre đan")),
    Good("brooms", "Chổi đót", "Reed brooms", "basket"),
    Good("garden_meal", "Cơm nhà vườn", "Home-cooked meal", "meal", ("cơm gia đình", "bữa cơm quê")),
    Good("overnight_stay", "Ngủ nhà sàn", "Night in the stilt house", "bed", ("ngủ lại nhà dân",)),
)
# fmt: on
