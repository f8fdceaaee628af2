"""Crops, animals and products of Hà Tĩnh, found by the name that a family typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Generic, Protocol, TypeVar

from vuonho.i18n import Text
from vuonho.text import fold, key

# --- What is kept in the gardens, pens and ponds of Hà Tĩnh, with English and scientific names ---


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


# --- What grows in the gardens of Hà Tĩnh, with English and scientific names ---


@dataclass(frozen=True, slots=True)
class Crop:
    """One kind of plant: `family` is its picture, a file of `templates/icons/` without ".svg"."""

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
        """Every name the crop is known by."""
        return (self.vi, *self.aliases, self.en)


# One crop a line, so that the table can be read as a table.
# fmt: off
CROPS: tuple[Crop, ...] = (
    Crop("pomelo", "Bưởi", "Pomelo", "Citrus maxima", "citrus"),
    Crop("pomelo_phuc_trach", "Bưởi Phúc Trạch", "Phuc Trach pomelo", "Citrus maxima", "citrus", (8, 9)),
    Crop("pomelo_dien", "Bưởi Diễn", "Dien pomelo", "Citrus maxima", "citrus", (1, 12)),
    Crop("pomelo_green", "Bưởi da xanh", "Green-skinned pomelo", "Citrus maxima", "citrus"),
    Crop("orange", "Cam", "Orange", "Citrus × sinensis", "citrus"),
    Crop("orange_khe_may", "Cam Khe Mây", "Khe May orange", "Citrus × sinensis", "citrus", (1, 10, 11, 12)),
    Crop("orange_chanh", "Cam chanh", "Sweet orange", "Citrus × sinensis", "citrus", (9, 10, 11)),
    Crop("orange_bu", "Cam bù", "Cam bu mandarin", "Citrus reticulata", "citrus", (1, 2, 12),
         ("cam bù Hương Sơn",)),
    Crop("orange_xa_doai", "Cam Xã Đoài", "Xa Doai orange", "Citrus × sinensis", "citrus", (11, 12)),
    Crop("orange_v2", "Cam V2", "V2 Valencia orange", "Citrus × sinensis", "citrus", (1, 2, 3)),
    Crop("orange_vu_quang", "Cam Vũ Quang", "Vu Quang orange", "Citrus × sinensis", "citrus"),
    Crop("orange_vinh", "Cam Vinh", "Vinh orange", "Citrus × sinensis", "citrus"),
    Crop("king_mandarin", "Cam sành", "King mandarin", "Citrus nobilis", "citrus"),
    Crop("mandarin", "Quýt", "Mandarin", "Citrus reticulata", "citrus", (1, 11, 12)),
    Crop("calamondin", "Quất", "Calamondin", "Citrus × microcarpa", "citrus", (1, 12), ("tắc", "quất cảnh")),
    Crop("lime", "Chanh", "Lime", "Citrus × aurantiifolia", "citrus"),
    Crop("seedless_lime", "Chanh không hạt", "Seedless lime", "Citrus × latifolia", "citrus"),
    Crop("buddhas_hand", "Phật thủ", "Buddha's hand citron", "Citrus medica", "citrus", (1, 12)),
    Crop("persimmon", "Hồng", "Persimmon", "Diospyros kaki", "tree_fruit"),
    Crop("persimmon_yen_du", "Hồng Yên Du", "Yen Du persimmon", "Diospyros kaki", "tree_fruit"),
    Crop("jackfruit", "Mít", "Jackfruit", "Artocarpus heterophyllus", "tree_fruit", (6, 7, 8),
         ("mít mật", "mít dai")),
    Crop("thai_jackfruit", "Mít Thái", "Thai jackfruit", "Artocarpus heterophyllus", "tree_fruit"),
    Crop("guava", "Ổi", "Guava", "Psidium guajava", "tree_fruit"),
    Crop("mango", "Xoài", "Mango", "Mangifera indica", "tree_fruit", (6, 7)),
    Crop("sugar_apple", "Na", "Sugar apple", "Annona squamosa", "tree_fruit", (7, 8, 9),
         ("mãng cầu", "na dai")),
    Crop("soursop", "Mãng cầu xiêm", "Soursop", "Annona muricata", "tree_fruit"),
    Crop("longan", "Nhãn", "Longan", "Dimocarpus longan", "tree_fruit", (7, 8)),
    Crop("lychee", "Vải", "Lychee", "Litchi chinensis", "tree_fruit", (5, 6), ("vải thiều",)),
    Crop("sapodilla", "Hồng xiêm", "Sapodilla", "Manilkara zapota", "tree_fruit", (),
         ("sa bô chê", "sa pô chê")),
    Crop("papaya", "Đu đủ", "Papaya", "Carica papaya", "tree_fruit"),
    Crop("star_apple", "Vú sữa", "Star apple", "Chrysophyllum cainito", "tree_fruit"),
    Crop("avocado", "Bơ", "Avocado", "Persea americana", "tree_fruit"),
    Crop("star_fruit", "Khế", "Star fruit", "Averrhoa carambola", "tree_fruit"),
    Crop("plum", "Mận", "Plum", "Prunus salicina", "tree_fruit", (5, 6)),
    Crop("peach", "Đào", "Peach", "Prunus persica", "tree_fruit"),
    Crop("jujube", "Táo", "Indian jujube", "Ziziphus mauritiana", "tree_fruit", (1, 2, 12),
         ("táo ta", "táo xanh")),
    Crop("pomegranate", "Lựu", "Pomegranate", "Punica granatum", "tree_fruit"),
    Crop("white_canarium", "Trám", "Chinese olive", "Canarium album", "tree_fruit", (), ("trám trắng",)),
    Crop("black_canarium", "Trám đen", "Black Chinese olive", "Canarium pimela", "tree_fruit"),
    Crop("wax_apple", "Roi", "Wax apple", "Syzygium samarangense", "tree_fruit", (5, 6), ("doi", "mận roi")),
    Crop("dracontomelon", "Sấu", "Dracontomelon", "Dracontomelon duperreanum", "tree_fruit", (6, 7)),
    Crop("gold_apple", "Thị", "Gold apple", "Diospyros decandra", "tree_fruit"),
    Crop("cluster_fig", "Sung", "Cluster fig", "Ficus racemosa", "tree_fruit"),
    Crop("baccaurea", "Dâu da", "Burmese grape", "Baccaurea ramiflora", "tree_fruit", (), ("dâu da đất",)),
    Crop("rambutan", "Chôm chôm", "Rambutan", "Nephelium lappaceum", "tree_fruit"),
    Crop("durian", "Sầu riêng", "Durian", "Durio zibethinus", "tree_fruit"),
    Crop("macadamia", "Mắc ca", "Macadamia", "Macadamia integrifolia", "tree_fruit"),
    Crop("mulberry", "Dâu tằm", "Mulberry", "Morus alba", "tree_fruit"),
    Crop("banana", "Chuối", "Banana", "Musa × paradisiaca", "banana", (),
         ("chuối tiêu", "chuối tây", "chuối ngự")),
    Crop("coconut", "Dừa", "Coconut", "Cocos nucifera", "palm", (), ("dừa xiêm",)),
    Crop("areca", "Cau", "Areca palm", "Areca catechu", "palm"),
    Crop("pineapple", "Dứa", "Pineapple", "Ananas comosus", "pineapple", (5, 6, 7), ("khóm", "thơm")),
    Crop("dragon_fruit", "Thanh long", "Dragon fruit", "Selenicereus undatus", "vine", (5, 6, 7, 8, 9, 10)),
    Crop("passion_fruit", "Chanh leo", "Passion fruit", "Passiflora edulis", "vine", (), ("chanh dây",)),
    Crop("grape", "Nho", "Grape", "Vitis vinifera", "vine"),
    Crop("gac", "Gấc", "Gac", "Momordica cochinchinensis", "gourd", (10, 11, 12)),
    Crop("cucumber", "Dưa chuột", "Cucumber", "Cucumis sativus", "gourd", (), ("dưa leo",)),
    Crop("watermelon", "Dưa hấu", "Watermelon", "Citrullus lanatus", "gourd", (5, 6)),
    Crop("oriental_melon", "Dưa lê", "Oriental melon", "Cucumis melo", "gourd"),
    Crop("netted_melon", "Dưa lưới", "Netted melon", "Cucumis melo", "gourd"),
    Crop("mealy_melon", "Dưa bở", "Mealy melon", "Cucumis melo", "gourd"),
    Crop("pumpkin", "Bí đỏ", "Pumpkin", "Cucurbita moschata", "gourd", (), ("bí ngô",)),
    Crop("wax_gourd", "Bí xanh", "Wax gourd", "Benincasa hispida", "gourd", (), ("bí đao",)),
    Crop("bottle_gourd", "Bầu", "Bottle gourd", "Lagenaria siceraria", "gourd"),
    Crop("luffa", "Mướp", "Luffa", "Luffa aegyptiaca", "gourd", (), ("mướp hương",)),
    Crop("bitter_melon", "Mướp đắng", "Bitter melon", "Momordica charantia", "gourd", (), ("khổ qua",)),
    Crop("chayote", "Su su", "Chayote", "Sechium edule", "gourd"),
    Crop("chilli", "Ớt", "Chilli", "Capsicum annuum", "pepper", (), ("ớt cay", "ớt chỉ thiên")),
    Crop("tomato", "Cà chua", "Tomato", "Solanum lycopersicum", "pepper", (1, 2, 3, 12)),
    Crop("aubergine", "Cà tím", "Aubergine", "Solanum melongena", "pepper", (), ("cà dái dê",)),
    Crop("pickling_aubergine", "Cà pháo", "Small white aubergine", "Solanum macrocarpon", "pepper", (),
         ("cà",)),
    Crop("okra", "Đậu bắp", "Okra", "Abelmoschus esculentus", "pepper", (), ("mướp tây",)),
    Crop("mustard_greens", "Rau cải", "Mustard greens", "Brassica juncea", "leafy", (1, 2, 11, 12),
         ("cải canh", "cải xanh", "cải bẹ", "cải")),
    Crop("choy_sum", "Cải ngọt", "Choy sum", "Brassica rapa", "leafy"),
    Crop("cabbage", "Bắp cải", "Cabbage", "Brassica oleracea", "leafy", (1, 2, 3, 12), ("cải bắp",)),
    Crop("kohlrabi", "Su hào", "Kohlrabi", "Brassica oleracea", "leafy", (1, 2, 12)),
    Crop("cauliflower", "Súp lơ", "Cauliflower", "Brassica oleracea", "leafy", (1, 2, 12),
         ("hoa lơ", "súp lơ trắng")),
    Crop("water_spinach", "Rau muống", "Water spinach", "Ipomoea aquatica", "leafy", (4, 5, 6, 7, 8, 9, 10)),
    Crop("katuk", "Rau ngót", "Katuk", "Breynia androgyna", "leafy", (), ("bồ ngót",)),
    Crop("malabar_spinach", "Mồng tơi", "Malabar spinach", "Basella alba", "leafy", (), ("mùng tơi",)),
    Crop("jute_mallow", "Rau đay", "Jute mallow", "Corchorus olitorius", "leafy", (), ("đay",)),
    Crop("amaranth", "Rau dền", "Amaranth", "Amaranthus tricolor", "leafy", (), ("dền",)),
    Crop("sweet_potato_leaves", "Rau lang", "Sweet potato leaves", "Ipomoea batatas", "leafy", (),
         ("rau khoai lang",)),
    Crop("lettuce", "Xà lách", "Lettuce", "Lactuca sativa", "leafy", (1, 2, 3, 11, 12)),
    Crop("pennywort", "Rau má", "Pennywort", "Centella asiatica", "leafy"),
    Crop("water_celery", "Rau cần", "Water celery", "Oenanthe javanica", "leafy", (1, 2, 12), ("cần ta",)),
    Crop("garland_chrysanthemum", "Cải cúc", "Garland chrysanthemum", "Glebionis coronaria", "leafy",
         (1, 2, 12),
         ("rau cúc", "tần ô")),
    Crop("cassava", "Sắn", "Cassava", "Manihot esculenta", "root", (), ("khoai mì",)),
    Crop("kudzu", "Sắn dây", "Kudzu", "Pueraria montana", "root", (1, 2, 12)),
    Crop("sweet_potato", "Khoai lang", "Sweet potato", "Ipomoea batatas", "root"),
    Crop("taro", "Khoai sọ", "Taro", "Colocasia esculenta", "root", (), ("khoai môn",)),
    Crop("potato", "Khoai tây", "Potato", "Solanum tuberosum", "root", (1, 2)),
    Crop("greater_yam", "Khoai vạc", "Greater yam", "Dioscorea alata", "root", (),
         ("khoai tía", "củ mỡ", "khoai mỡ")),
    Crop("edible_canna", "Dong riềng", "Edible canna", "Canna indica", "root", (1, 12)),
    Crop("jicama", "Củ đậu", "Jicama", "Pachyrhizus erosus", "root"),
    Crop("carrot", "Cà rốt", "Carrot", "Daucus carota", "root", (1, 2, 3, 12)),
    Crop("radish", "Củ cải", "White radish", "Raphanus sativus", "root", (1, 11, 12), ("cải củ",)),
    Crop("tiny_shallot", "Hành tăm", "Tiny shallot (hanh tam)", "Allium schoenoprasum", "bulb", (),
         ("củ nén", "hành nén", "nén")),
    Crop("spring_onion", "Hành lá", "Spring onion", "Allium fistulosum", "bulb", (), ("hành", "hành hoa")),
    Crop("shallot", "Hành củ", "Shallot", "Allium cepa", "bulb", (), ("hành tím", "hành khô")),
    Crop("garlic", "Tỏi", "Garlic", "Allium sativum", "bulb"),
    Crop("pickling_scallion", "Kiệu", "Pickling scallion", "Allium chinense", "bulb", (), ("củ kiệu",)),
    Crop("garlic_chives", "Hẹ", "Garlic chives", "Allium tuberosum", "bulb"),
    Crop("peanut", "Lạc", "Peanut", "Arachis hypogaea", "legume", (), ("đậu phộng", "đậu lạc")),
    Crop("mung_bean", "Đậu xanh", "Mung bean", "Vigna radiata", "legume"),
    Crop("black_bean", "Đậu đen", "Black cowpea", "Vigna unguiculata", "legume"),
    Crop("soybean", "Đậu tương", "Soybean", "Glycine max", "legume", (), ("đậu nành",)),
    Crop("yardlong_bean", "Đậu đũa", "Yardlong bean", "Vigna unguiculata", "legume"),
    Crop("french_bean", "Đậu cô ve", "French bean", "Phaseolus vulgaris", "legume", (),
         ("đậu cove", "đỗ cô ve")),
    Crop("pea", "Đậu Hà Lan", "Garden pea", "Pisum sativum", "legume"),
    Crop("winged_bean", "Đậu rồng", "Winged bean", "Psophocarpus tetragonolobus", "legume"),
    Crop("ginger", "Gừng", "Ginger", "Zingiber officinale", "spice", (1, 12)),
    Crop("turmeric", "Nghệ", "Turmeric", "Curcuma longa", "spice", (1, 2, 12)),
    Crop("galangal", "Riềng", "Galangal", "Alpinia officinarum", "spice"),
    Crop("lemongrass", "Sả", "Lemongrass", "Cymbopogon citratus", "spice"),
    Crop("black_pepper", "Hồ tiêu", "Black pepper", "Piper nigrum", "spice", (), ("tiêu",)),
    Crop("betel", "Trầu", "Betel leaf", "Piper betle", "spice", (), ("trầu không", "lá trầu")),
    Crop("wild_betel", "Lá lốt", "Wild betel leaf", "Piper sarmentosum", "spice"),
    Crop("cinnamon", "Quế", "Cassia cinnamon", "Cinnamomum cassia", "spice"),
    Crop("thai_basil", "Húng quế", "Thai basil", "Ocimum basilicum", "spice"),
    Crop("mint", "Bạc hà", "Mint", "Mentha arvensis", "spice"),
    Crop("vietnamese_balm", "Kinh giới", "Vietnamese balm", "Elsholtzia ciliata", "spice"),
    Crop("perilla", "Tía tô", "Perilla", "Perilla frutescens", "spice"),
    Crop("vietnamese_coriander", "Rau răm", "Vietnamese coriander", "Persicaria odorata", "spice"),
    Crop("coriander", "Rau mùi", "Coriander", "Coriandrum sativum", "spice", (), ("ngò", "ngò rí", "mùi ta")),
    Crop("culantro", "Mùi tàu", "Culantro", "Eryngium foetidum", "spice", (), ("ngò gai",)),
    Crop("dill", "Thì là", "Dill", "Anethum graveolens", "spice", (), ("thìa là",)),
    Crop("fish_mint", "Diếp cá", "Fish mint", "Houttuynia cordata", "spice", (), ("dấp cá",)),
    Crop("tea", "Chè", "Tea", "Camellia sinensis", "tea", (), ("chè xanh", "trà", "chè công nghiệp")),
    Crop("voi", "Vối", "Voi tea tree", "Syzygium nervosum", "tea", (), ("nụ vối", "vối nếp")),
    Crop("rice", "Lúa", "Rice", "Oryza sativa", "grain", (5, 9), ("lúa nước", "lúa tẻ")),
    Crop("sticky_rice", "Lúa nếp", "Sticky rice", "Oryza sativa", "grain", (), ("nếp",)),
    Crop("maize", "Ngô", "Maize", "Zea mays", "grain", (), ("bắp",)),
    Crop("sesame", "Vừng", "Sesame", "Sesamum indicum", "grain", (), ("mè",)),
    Crop("sugar_cane", "Mía", "Sugar cane", "Saccharum officinarum", "grain", (1, 2, 11, 12)),
    Crop("elephant_grass", "Cỏ voi", "Elephant grass (fodder)", "Cenchrus purpureus", "grain"),
    Crop("acacia", "Keo", "Acacia", "Acacia spp.", "timber", (), ("keo lai", "keo lá tràm", "keo tai tượng")),
    Crop("agarwood", "Dó trầm", "Agarwood", "Aquilaria crassna", "timber", (),
         ("dó", "trầm", "dó bầu", "trầm hương")),
    Crop("eucalyptus", "Bạch đàn", "Eucalyptus", "Eucalyptus spp.", "timber"),
    Crop("chinaberry", "Xoan", "Chinaberry", "Melia azedarach", "timber", (), ("xoan ta", "sầu đông")),
    Crop("ironwood", "Lim xanh", "Lim ironwood", "Erythrophleum fordii", "timber", (), ("lim",)),
    Crop("chukrasia", "Lát hoa", "Chukrasia", "Chukrasia tabularis", "timber", (), ("lát",)),
    Crop("sua", "Sưa", "Sua rosewood", "Dalbergia tonkinensis", "timber", (), ("sưa đỏ", "huê", "huỳnh đàn")),
    Crop("pine", "Thông", "Pine", "Pinus spp.", "timber", (), ("thông nhựa",)),
    Crop("rubber", "Cao su", "Rubber tree", "Hevea brasiliensis", "timber"),
    Crop("casuarina", "Phi lao", "Casuarina", "Casuarina equisetifolia", "timber"),
    Crop("bamboo", "Tre", "Bamboo", "Bambusa spp.", "bamboo"),
    Crop("shoot_bamboo", "Tre bát độ", "Bamboo for shoots", "Dendrocalamus latiflorus", "bamboo",
         (6, 7, 8, 9),
         ("măng", "măng tre", "măng bát độ", "tre lấy măng")),
    Crop("rattan", "Mây", "Rattan", "Calamus tetradactylus", "bamboo", (), ("mây nếp",)),
    Crop("peach_blossom", "Hoa đào", "Peach blossom", "Prunus persica", "flower", (1, 2),
         ("đào cảnh", "đào phai", "đào Tết")),
    Crop("apricot_blossom", "Mai vàng", "Yellow apricot blossom", "Ochna integerrima", "flower", (1, 2),
         ("mai", "hoa mai")),
    Crop("chrysanthemum", "Hoa cúc", "Chrysanthemum", "Chrysanthemum × morifolium", "flower", (), ("cúc",)),
    Crop("rose", "Hoa hồng", "Rose", "Rosa spp.", "flower"),
    Crop("gladiolus", "Lay ơn", "Gladiolus", "Gladiolus spp.", "flower", (), ("hoa lay ơn",)),
    Crop("lily", "Hoa ly", "Lily", "Lilium spp.", "flower", (), ("hoa loa kèn",)),
    Crop("orchid", "Hoa lan", "Orchid", "Dendrobium spp.", "flower", (), ("lan", "phong lan")),
    Crop("lotus", "Sen", "Lotus", "Nelumbo nucifera", "flower", (6, 7, 8), ("hoa sen",)),
    Crop("marigold", "Vạn thọ", "Marigold", "Tagetes erecta", "flower", (), ("hoa vạn thọ", "cúc vạn thọ")),
    Crop("sunflower", "Hướng dương", "Sunflower", "Helianthus annuus", "flower", (), ("hoa hướng dương",)),
    Crop("bougainvillea", "Hoa giấy", "Bougainvillea", "Bougainvillea spectabilis", "flower"),
    Crop("hibiscus", "Dâm bụt", "Hibiscus", "Hibiscus rosa-sinensis", "flower", (), ("hoa dâm bụt",)),
    Crop("barringtonia", "Lộc vừng", "Freshwater mangrove", "Barringtonia acutangula", "flower"),
    Crop("tea_hedge", "Chè tàu", "Copperleaf hedge", "Acalypha siamensis", "leafy", (), ("chè mạn hảo",)),
    Crop("ming_aralia", "Đinh lăng", "Ming aralia", "Polyscias fruticosa", "medicinal"),
    Crop("solanum_procumbens", "Cà gai leo", "Creeping thorn nightshade", "Solanum procumbens", "medicinal"),
    Crop("che_vang", "Chè vằng", "Vang jasmine tea", "Jasminum subtriplinerve", "medicinal"),
    Crop("ba_kich", "Ba kích", "Morinda root", "Morinda officinalis", "medicinal"),
    Crop("fo_ti", "Hà thủ ô", "Fo-ti", "Reynoutria multiflora", "medicinal"),
    Crop("xa_den", "Xạ đen", "Hinds' staff vine", "Celastrus hindsii", "medicinal"),
    Crop("sa_nhan", "Sa nhân", "Amomum cardamom", "Amomum villosum", "medicinal"),
    Crop("cajuput", "Tràm", "Cajuput", "Melaleuca cajuputi", "medicinal", (), ("tràm gió",)),
    Crop("aloe", "Nha đam", "Aloe", "Aloe vera", "medicinal", (), ("lô hội",)),
    Crop("mugwort", "Ngải cứu", "Mugwort", "Artemisia vulgaris", "medicinal"),
    Crop("plantain_herb", "Mã đề", "Broadleaf plantain", "Plantago major", "medicinal"),
    Crop("oyster_mushroom", "Nấm sò", "Oyster mushroom", "Pleurotus ostreatus", "mushroom", (),
         ("nấm bào ngư",)),
    Crop("straw_mushroom", "Nấm rơm", "Straw mushroom", "Volvariella volvacea", "mushroom"),
    Crop("lingzhi", "Nấm linh chi", "Lingzhi", "Ganoderma lucidum", "mushroom", (), ("linh chi",)),
    Crop("wood_ear", "Mộc nhĩ", "Wood ear", "Auricularia auricula-judae", "mushroom", (), ("nấm mèo",)),
)
# fmt: on


# --- What gardens of Hà Tĩnh sell beside plain crops and animals, with English names ---


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


# --- Finding a crop, an animal or a product by the name a family typed ---

_FRUITS = (
    "citrus",
    "tree_fruit",
    "banana",
    "palm",
    "pineapple",
    "vine",
    "gourd",
    "pepper",
    "legume",
    "spice",
)
_VEGETABLES = ("leafy", "spice", "bulb", "gourd", "pepper")
_ROOTS = ("root", "bulb", "spice")
_ANY: tuple[str, ...] = ()

# A word people put before a name, and the families it can go with: "rau dừa" is a weed, not a coconut.
_GENERIC_OF_CROPS = (
    ("cây", _ANY),
    ("giống", _ANY),
    ("quả", _FRUITS),
    ("trái", _FRUITS),
    ("rau", _VEGETABLES),
    ("củ", _ROOTS),
    ("hoa", ("flower",)),
)
_GENERIC_OF_ANIMALS = (("con", _ANY), ("đàn", _ANY), ("giống", _ANY))


class _Named(Protocol):
    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def family(self) -> str: ...


_Entry = TypeVar("_Entry", bound=_Named)
_Generic = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Catalogue(Generic[_Entry]):
    exact: Mapping[str, _Entry]
    bare: Mapping[str, tuple[_Entry, ...]]
    generic: _Generic

    def find(self, name: str) -> _Entry | None:
        return self._look(name) or self._look_past_generic(name)

    def _look(self, name: str) -> _Entry | None:
        accented = key(name)
        if found := self.exact.get(accented):
            return found
        plain = fold(name)
        if plain != accented and " " not in plain:
            return None
        meant = self.bare.get(plain, ())
        return meant[0] if len(meant) == 1 else None

    def _look_past_generic(self, name: str) -> _Entry | None:
        first, _, rest = key(name).partition(" ")
        found = self._look(rest) if rest else None
        if found is None:
            return None
        fits = (families for word, families in self.generic if first in {word, fold(word)})
        return found if any(not families or found.family in families for families in fits) else None


def _catalogue(entries: Iterable[_Entry], generic: _Generic) -> _Catalogue[_Entry]:
    exact: dict[str, _Entry] = {}
    bare: dict[str, tuple[_Entry, ...]] = {}
    for entry in entries:
        for name in entry.names:
            exact.setdefault(key(name), entry)
            known = bare.get(fold(name), ())
            bare[fold(name)] = known if entry in known else (*known, entry)
    return _Catalogue(exact, bare, generic)


@cache
def _crops() -> _Catalogue[Crop]:
    return _catalogue(CROPS, _GENERIC_OF_CROPS)


@cache
def _animals() -> _Catalogue[Animal]:
    return _catalogue(ANIMALS, _GENERIC_OF_ANIMALS)


@cache
def _goods() -> _Catalogue[Good]:
    return _catalogue(GOODS, ())


def find_crop(name: str) -> Crop | None:
    """Return the crop of that name (Vietnamese, English or an alias), or None where it is not known for sure.

    Case, composition, tone placement (hoà, hòa) and spaces never matter. Without accents "buoi phuc trach" is
    found, "dua" is not, as it could be three plants. A leading cây, quả, trái, rau, củ, hoa or giống may
    stand before a name it goes with.
    """
    return _crops().find(name)


def find_animal(name: str) -> Animal | None:
    """Return the animal of that name, or None, by the rules of `find_crop`; con, đàn or giống may lead."""
    return _animals().find(name)


def find_product(name: str) -> Crop | Animal | Good | None:
    """Return what a product is: one of the known products, else a crop or an animal, or None."""
    return _goods().find(name) or find_crop(name) or find_animal(name)
