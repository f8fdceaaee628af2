"""What is kept in the gardens, pens and ponds of Hà Tĩnh, with English and scientific names.

`months` are those of the yearly produce where it has a season (deer velvet: lunar months 1 to 3, after the
press of the province), in the solar calendar and ascending order; empty otherwise.
"""

from dataclasses import dataclass

from vuonho.bilingual import Text


@dataclass(frozen=True, slots=True)
class Animal:
    """One kind of animal: `family` is its picture, a file of `templates/icons/` without ".svg"."""

    key: str
    vi: str
    en: str
    scientific: str
    family: str
    months: tuple[int, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def label(self) -> Text:
        """The name in both languages."""
        return Text(self.vi, self.en)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name the animal is known by."""
        return (self.vi, *self.aliases, self.en)


# One animal a line, so that the table can be read as a table.
# fmt: off
ANIMALS: tuple[Animal, ...] = (
    Animal("chicken", "Gà", "Chickens", "Gallus domesticus", "poultry", (), ("gà ta", "gà ri")),
    Animal("free_range_chicken", "Gà thả vườn", "Free-range chickens", "Gallus domesticus", "poultry", (),
           ("gà đồi", "gà vườn")),
    Animal("laying_hen", "Gà đẻ trứng", "Laying hens", "Gallus domesticus", "poultry", (), ("gà đẻ",)),
    Animal("duck", "Vịt", "Ducks", "Anas platyrhynchos", "poultry", (), ("vịt cỏ", "vịt đẻ", "vịt thịt")),
    Animal("muscovy_duck", "Ngan", "Muscovy ducks", "Cairina moschata", "poultry", (), ("vịt xiêm",)),
    Animal("goose", "Ngỗng", "Geese", "Anser anser", "poultry"),
    Animal("pigeon", "Chim bồ câu", "Pigeons", "Columba livia", "poultry", (), ("bồ câu", "chim câu")),
    Animal("quail", "Chim cút", "Quails", "Coturnix japonica", "poultry", (), ("cút", "chim cun cút")),
    Animal("turkey", "Gà tây", "Turkeys", "Meleagris gallopavo", "poultry"),
    Animal("guinea_fowl", "Gà sao", "Guinea fowl", "Numida meleagris", "poultry"),
    Animal("pig", "Lợn", "Pigs", "Sus domesticus", "pig", (), ("heo", "lợn thịt")),
    Animal("sow", "Lợn nái", "Breeding sows", "Sus domesticus", "pig", (), ("heo nái",)),
    Animal("black_pig", "Lợn đen", "Black pigs", "Sus domesticus", "pig", (), ("lợn cỏ", "lợn mán")),
    Animal("wild_pig", "Lợn rừng", "Wild-boar crosses", "Sus scrofa", "pig", (),
           ("lợn rừng lai", "heo rừng")),
    Animal("cattle", "Bò", "Cattle", "Bos taurus", "cattle", (), ("bò thịt", "bò lai", "bò vàng")),
    Animal("dairy_cow", "Bò sữa", "Dairy cows", "Bos taurus", "cattle"),
    Animal("buffalo", "Trâu", "Water buffaloes", "Bubalus bubalis", "cattle"),
    Animal("goat", "Dê", "Goats", "Capra hircus", "goat", (), ("dê cỏ", "dê núi")),
    Animal("sika_deer", "Hươu sao", "Sika deer (velvet)", "Cervus nippon", "deer", (2, 3, 4),
           ("hươu", "hươu lấy nhung")),
    Animal("sambar", "Nai", "Sambar deer", "Rusa unicolor", "deer"),
    Animal("rabbit", "Thỏ", "Rabbits", "Oryctolagus cuniculus", "rabbit"),
    Animal("honeybee", "Ong mật", "Honeybees", "Apis cerana", "bee", (), ("ong", "ong nội", "ong lấy mật")),
    Animal("stingless_bee", "Ong dú", "Stingless bees", "Tetragonula spp.", "bee"),
    Animal("grass_carp", "Cá trắm", "Grass carp", "Ctenopharyngodon idella", "fish", (), ("cá trắm cỏ",)),
    Animal("carp", "Cá chép", "Common carp", "Cyprinus carpio", "fish"),
    Animal("tilapia", "Cá rô phi", "Tilapia", "Oreochromis niloticus", "fish"),
    Animal("climbing_perch", "Cá rô đồng", "Climbing perch", "Anabas testudineus", "fish", (), ("cá rô",)),
    Animal("silver_carp", "Cá mè", "Silver carp", "Hypophthalmichthys molitrix", "fish", (),
           ("cá mè trắng",)),
    Animal("rohu", "Cá trôi", "Rohu", "Labeo rohita", "fish", (), ("cá trôi Ấn Độ",)),
    Animal("walking_catfish", "Cá trê", "Walking catfish", "Clarias spp.", "fish", (), ("cá trê lai",)),
    Animal("snakehead", "Cá lóc", "Snakehead", "Channa striata", "fish", (),
           ("cá quả", "cá tràu", "cá chuối")),
    Animal("eel", "Lươn", "Swamp eels", "Monopterus albus", "fish"),
    Animal("loach", "Cá chạch", "Loach", "Misgurnus anguillicaudatus", "fish", (), ("chạch",)),
    Animal("frog", "Ếch", "Frogs", "Hoplobatrachus rugulosus", "frog", (), ("ếch đồng", "ếch Thái Lan")),
    Animal("softshell_turtle", "Ba ba", "Softshell turtles", "Pelodiscus sinensis", "other"),
    Animal("apple_snail", "Ốc bươu đen", "Black apple snails", "Pila polita", "snail", (), ("ốc", "ốc nhồi")),
    Animal("shrimp", "Tôm", "Shrimp", "Penaeus vannamei", "shrimp", (), ("tôm thẻ", "tôm thẻ chân trắng")),
    Animal("tiger_prawn", "Tôm sú", "Tiger prawns", "Penaeus monodon", "shrimp"),
    Animal("river_prawn", "Tôm càng xanh", "Giant river prawns", "Macrobrachium rosenbergii", "shrimp"),
    Animal("mud_crab", "Cua", "Mud crabs", "Scylla spp.", "shrimp", (), ("cua biển",)),
    Animal("silkworm", "Tằm", "Silkworms", "Bombyx mori", "worm"),
    Animal("compost_worm", "Giun quế", "Compost worms", "Perionyx excavatus", "worm", (), ("trùn quế",)),
    Animal("cricket", "Dế", "Crickets", "Gryllus bimaculatus", "other"),
    Animal("porcupine", "Nhím", "Porcupines", "Hystrix brachyura", "other"),
    Animal("bamboo_rat", "Dúi", "Bamboo rats", "Rhizomys pruinosus", "other"),
    Animal("civet", "Chồn hương", "Palm civets", "Paradoxurus hermaphroditus", "other", (), ("cầy hương",)),
)
# fmt: on
