"""The words of the village and of the family's consent."""

from vuonho.bilingual import Text
from vuonho.domain.vocabulary.words import Word, WordList

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
