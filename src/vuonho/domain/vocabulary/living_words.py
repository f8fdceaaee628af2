"""The words for how a family lives.

The vocabulary follows what village teams already survey. No word marks a family as poor: whoever has not got
a thing leaves the field empty. The "5 không" of the title "5 không, 3 sạch" speak of poverty, law, violence
and children; they are never published of a household, so only "3 sạch" is a word here.
"""

from vuonho.bilingual import Text
from vuonho.domain.vocabulary.words import Word, WordList

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
