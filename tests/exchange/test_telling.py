"""A change in words: what it is about, old → new, in both languages."""

from case_kit import each
from vuonho.importing.merge import Change, describe_change, describe_kept

TICKS = ("consent", "publish")
CROPS = ("garden", "crops")


@each(
    ("change", "vi", "en"),
    [
        (Change(("garden", "area"), "1.800 m2", "2000"), "Diện tích vườn: 1.800 m2 → 2000", "Garden area: 1.800 m2 → 2000"),
        (Change(("head",), None, "Nguyễn Thị Hường"), "Chủ hộ: Nguyễn Thị Hường", "Head of household: Nguyễn Thị Hường"),
        (Change(("contact", "phone"), "0570", None), "Số điện thoại: 0570 → (trống)", "Phone: 0570 → (empty)"),
        (Change(("living", "water"), "tap", "giếng khoan"), "Nước dùng: Nước máy → Giếng khoan", "Water: Tap water → Drilled well"),
        (Change((*CROPS, "trees"), None, "20", "Cam bù"), "Cam bù, số cây: 20", "Cam bù, number of trees: 20"),
        (Change(CROPS, None, {"name": "Chè", "area": "200", "trees": None}, "Chè"),
         "Cây trồng: thêm Chè (diện tích 200)", "Crops: and Chè (area 200)"),
        (Change(CROPS, None, {"name": "Cam", "months": "8-9"}, "Cam"),
         "Cây trồng: thêm Cam (tháng thu hoạch dương lịch 8-9)", "Crops: and Cam (months of harvest (solar) 8-9)"),
        (Change(CROPS, "Cam bù", None, "Cam bù"), "Cây trồng: bỏ Cam bù", "Crops: without Cam bù"),
        (Change(CROPS, ["A", "B"], ["B", "A"]), "Cây trồng: A; B → B; A", "Crops: A; B → B; A"),
        (Change(("story", "en"), None, "Old\nstory"), "Câu chuyện (en): Old story", "Story (en): Old story"),
        (Change(("story", "vi"), "x" * 100, "y"), f"Câu chuyện: {'x' * 69}… → y", f"Story: {'x' * 69}… → y"),
        (Change(("checked",), "2026-11-02", "20/11/2026"), "Ngày kiểm tra: 2/11/2026 → 20/11/2026",
         "Checked on: 2026-11-02 → 2026-11-20"),
        (Change(("withdrawn",), None, "2026-11-20"), "Ngày rút: 20/11/2026", "Withdrawn on: 2026-11-20"),
        (Change(("nonsense", "x"), None, "1"), "nonsense.x: 1", "nonsense.x: 1"),
        (Change(("garden", "model", "decision"), None, "214"), "Vườn mẫu, số quyết định: 214", "Model garden, decision number: 214"),
        (Change(("products", "ocop", "stars"), "3", "4", "Mật ong"), "Mật ong, số sao OCOP: 3 → 4", "Mật ong, OCOP stars: 3 → 4"),
        (Change(("contact", "zalo"), "false", "true"), "Số này có Zalo: không → có", "This number has Zalo: no → yes"),
        # “Trong ảnh có người không” would ask
        (Change(("photos",), None, {"file": "photos/a.jpg", "people": "no"}, "photos/a.jpg"),
         "Ảnh: thêm photos/a.jpg (trong ảnh có người: không)", "Photos: and photos/a.jpg (people in the photo: no)"),
        (Change(TICKS, ["phone", "story"], ["story", "giá"]), "Cho hiện: thêm Giá bán sản phẩm; thôi Số điện thoại và Zalo",
         "May be shown: also Prices of products; no more Phone number and Zalo"),
        (Change(TICKS, None, ["story"]), "Cho hiện: Câu chuyện gia đình kể", "May be shown: The story the family tells"),
    ],
)  # fmt: skip
def test_a_change_in_words(change: Change, vi: str, en: str) -> None:
    """Old before new; nothing said of nothing; words of closed lists by their labels."""
    assert tuple(describe_change(change)) == (vi, en)


@each(
    ("change", "vi", "en"),
    [
        (Change(("contact", "phone"), "0570 1", "0570 2"), "Số điện thoại: giữ 0570 1; tệp B.xlsx ghi 0570 2",
         "Phone: kept 0570 1; B.xlsx says 0570 2"),
        (Change(CROPS, {"name": "Cam bù"}, None, "Cam bù"), "Cây trồng: giữ Cam bù; tệp B.xlsx không có",
         "Crops: kept Cam bù; B.xlsx lacks it"),
        (Change(CROPS, None, {"name": "Chè"}, "Chè"), "Cây trồng: tệp B.xlsx có Chè, không thêm",
         "Crops: B.xlsx has Chè, not added"),
        (Change(TICKS, ["phone"], ["story"]),
         "Cho hiện: giữ nguyên; tệp B.xlsx thêm Câu chuyện gia đình kể; thôi Số điện thoại và Zalo",
         "May be shown: kept as it is; B.xlsx says also The story the family tells; no more Phone number and Zalo"),
    ],
)  # fmt: skip
def test_what_is_kept_in_words(change: Change, vi: str, en: str) -> None:
    """Without an arrow, for nothing changes, and with the name of the file that says otherwise."""
    assert tuple(describe_kept(change, "B.xlsx")) == (vi, en)
