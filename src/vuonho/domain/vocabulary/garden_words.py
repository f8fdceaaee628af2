"""The words for the garden, its produce and what visitors may do there.

The five criteria of a model garden and their three results are those of the province's own decisions; the
thresholds change from one decision to the next, so no verdict is computed from them.
"""

from vuonho.bilingual import Text
from vuonho.domain.vocabulary.words import Word, WordList

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
