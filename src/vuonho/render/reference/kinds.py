"""What may be typed into a field of each kind, in words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from vuonho.bilingual import Text
from vuonho.domain.outline import Kind


class Typing(NamedTuple):
    """A kind: its name, what is accepted, and ways in which people write it, as examples."""

    name: Text
    accepted: Text
    ways: tuple[str, ...] = ()


KINDS: Mapping[Kind, Typing] = MappingProxyType({
    "line": Typing(Text("chữ", "text"), Text("một dòng chữ bất kỳ", "any one line of text")),
    "caption": Typing(Text("lời ngắn", "short words"),
                      Text("một câu; hoặc {vi: …, en: …}", "one sentence; or {vi: …, en: …}"),
                      ("Vườn bưởi tháng 8", "{vi: Vườn bưởi, en: The pomelo garden}")),
    "paragraph": Typing(Text("vài câu", "some sentences"),
                        Text("nhiều dòng được; hoặc {vi: …, en: …}", "may have several lines; or {vi: …, en: …}")),
    "story": Typing(Text("bài kể", "story"),
                    Text("nhiều đoạn được; hoặc {vi: …, en: …}", "may have several paragraphs; or {vi: …, en: …}")),
    "url": Typing(Text("địa chỉ trang", "web address"),
                  Text("đầy đủ, bắt đầu bằng https://", "the whole of it, beginning with https://"),
                  ("https://vuonbahuong.example/",)),
    "code": Typing(Text("mã", "code"), Text("chữ số máy cấp, đặt trong dấu nháy", "digits that the program gave, in quotes"),
                   ('"482135"',)),
    "day": Typing(Text("ngày", "day"), Text("ngày trước, tháng sau; hoặc năm trước có dấu -",
                                            "day before month; or the year first, with dashes"),
                  ("2026-11-02", "2/11/2026")),
    "year": Typing(Text("năm", "year"), Text("bốn chữ số", "four digits"), ("2015",)),
    "months": Typing(Text("tháng", "months"), Text("một dãy, một khoảng, hoặc quanh năm", "a list, a stretch, or all year"),
                     ("[8, 9]", "8-10", "quanh năm")),
    "area": Typing(Text("diện tích", "area"),
                   Text("mét vuông; một sào là 500 m²", "square metres; a sào is 500 m²"),
                   ("1800", "1.800 m2", "3 sào", "0,2 ha")),
    "count": Typing(Text("số lượng", "number"), Text("một số tròn", "a whole number"), ("60", "1.200")),
    "price": Typing(Text("giá", "price"), Text("đồng", "đồng"), ("35000", "35.000đ", "35k", "1,2 triệu")),
    "stars": Typing(Text("số sao", "stars"), Text("3, 4 hoặc 5", "3, 4 or 5"), ("4",)),
    "yes_no": Typing(Text("có / không", "yes / no"), Text("có hoặc không", "yes or no"), ("có", "không", "true", "false")),
    "word": Typing(Text("chọn từ", "word of a list"),
                   Text("khóa hoặc nhãn, có dấu hay không đều được", "its key or label, accents or not"),
                   ("tap", "Nước máy", "nuoc may")),
    "position": Typing(Text("vị trí", "position"),
                       Text("vĩ độ rồi kinh độ, độ phút giây, hoặc đường dẫn bản đồ dán vào",
                            "latitude, then longitude; degrees, minutes, seconds; or a pasted map link"),
                       ("18.1261, 105.7612", "18°07'34\"N 105°45'40\"E")),
    "phone": Typing(Text("điện thoại", "phone"), Text("một số, có hay không có dấu cách", "one number, spaces or not"),
                    ("0570 012 345", "+84 570 012 345")),
    "record": Typing(Text("nhóm", "group"), Text("các dòng con thụt vào hai dấu cách", "lines of its own, two spaces further in")),
    "records": Typing(Text("danh sách", "list"), Text("mỗi mục một dòng, bắt đầu bằng “- ”", "an entry a line, beginning with “- ”"),
                      ("- Bưởi", "- {name: Bưởi, trees: 60}")),
})  # fmt: skip
"""In the order in which a reader meets them."""
