"""Words that tell what a family may not want told, topic by topic, and the harmless ones that look like them.

Law 91/2025/QH15 and Decree 356/2025/NĐ-CP (art. 4) name health, origin, religion and politics as sensitive.
Words are whole words in NFC with accents, in any case. A harmless phrase is read first and swallows the word
in it, so each text is gone through once. No repetition is open-ended.
"""

import re
from dataclasses import dataclass

from vuonho.bilingual import Text

_CAPITAL = "[" + "".join(filter(str.isupper, map(chr, range(0x41, 0x1F00)))) + "]"
_LIVING = (  # in small letters only: Hoa, Cam and Chè are names too
    "(?-i:cây|cam|bưởi|chanh|quýt|ổi|chè|lúa|ngô|lạc|rau|hoa|gà|vịt|ngan|ngỗng|lợn|heo|bò|bê|trâu|nghé|dê|hươu|nai"
    "|ong|cá|tôm|chim|thỏ|chó|mèo|vườn|đàn|lá|quả|gốc|rễ|giống|vật nuôi|gia súc|gia cầm|cây trồng)"
)


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing not to tell: its pattern (the group `found` is what counts), what it is about, what to do."""

    pattern: re.Pattern[str]
    about: Text
    advice: Text


def _pattern(found: str, harmless: str = "(?!)") -> re.Pattern[str]:
    """Return a pattern of whole words from phrases parted by | and line ends."""
    one, other = ("|".join(part.strip() for part in side.strip().split("\n")) for side in (harmless, found))
    return re.compile(rf"(?<!\w)(?:(?:{one})|(?P<found>{other}))(?!\w)", re.IGNORECASE)


_HEALTH = _pattern(
    found=r"""
        bệnh(?: \w{1,8})?|bệnh tật|ung thư|khuyết tật|tàn tật|dị tật|tâm thần|động kinh|tiểu đường
        huyết áp|đột quỵ|tai biến|hiv|aids|chất độc (?:màu )?da cam|chạy thận|suy (?:thận|tim|gan)
        bại liệt|bị liệt|nằm liệt|liệt (?:giường|nửa người)|câm điếc|khiếm thị|khiếm thính|bị mù
        mù l(?:òa|oà)|trầm cảm|tự kỷ|viêm gan|lao phổi|ốm (?:đau|yếu|nặng)|đau ốm|xe lăn|h(?:óa|oá) trị
        xạ trị|sức kh(?:ỏe|oẻ) yếu|nghiện (?:rượu|ma t(?:úy|uý))|cancer|disab(?:led|ility)|diabetes
        dementia|wheelchair|illness|mentally ill
    """,
    harmless=f"""
        sâu,? bệnh|bệnh hại
        (?:phòng|phòng trừ|phòng ngừa|phòng chống|kháng|sạch|dịch|mầm|nấm|trừ|chữa|trị|ít) bệnh
        bệnh (?:viện|xá|cây|nấm|vàng lá|gân xanh|thối|ghẻ|loét|chảy gôm|xì mủ|greening|đạo ôn|khô vằn)
        bệnh (?:bạc lá|đốm|tụ huyết trùng|cháy lá|rỉ sắt|gỉ sắt|héo|chết nhanh|chết chậm|lở mồm|dịch tả|tai xanh|cầu trùng)
        bệnh (?:(?:cho|trên|ở|của|hại) )?{_LIVING}|{_LIVING}(?: \\w{{1,8}}){{0,2}} bệnh
    """,
)
_RELIGION = _pattern(
    found="""
        công giáo|thiên chúa|ki-?tô giáo|phật tử|phật giáo|tin lành|hồi giáo|cao đài|h(?:òa|oà) hảo
        giáo dân|giáo xứ|giáo họ|tín đồ|linh mục|tôn giáo|(?:theo|có|xứ|họ|ngoan) đạo|đạo gốc
        đạo (?:phật|chúa|thiên chúa|công giáo|tin lành|cao đài|hồi|hữu)|catholics?|buddhists?
        protestants?|christians?|religion|religious
    """,
    harmless="(?:theo|có) đạo (?:đức|lý|nghĩa|diễn)|tín đồ ẩm thực",
)
_ETHNICITY = _pattern(
    found="""
        dân tộc|thiểu số
        (?:người|đồng bào) (?:mường|chứt|lào|mông|h'mông|tày|nùng|dao|thổ|khơ ?mú|mã liềng|rục)
        (?:người|đồng bào) thái(?! (?:lan|bình|nguyên))|ethnic(?: minority)?
    """,
    harmless="""
        toàn dân tộc|đoàn kết (?:các )?dân tộc|các dân tộc|dân tộc (?:việt nam|ta|nội trú)
        (?:bản sắc|văn h(?:óa|oá)|truyền thống|hồn|tinh hoa|nhạc cụ|trang phục|phòng|ban|lợn|gà|giống) dân tộc
    """,
)
_PARTY = _pattern(
    found="""
        đảng viên|chi bộ|đảng bộ|đảng (?:ủy|uỷ)|cấp (?:ủy|uỷ)|tuổi đảng|huy hiệu đảng
        (?:vào|kết nạp) đảng|bí thư|party members?|communist party
    """,
    harmless="bí thư (?:chi )?đoàn",
)
_POVERTY = _pattern(
    found="""
        (?:hộ|cận|thoát|nhà|gia đình|đói) nghèo|nghèo (?:khó|khổ|đói)|hoàn cảnh (?:rất |quá )?khó khăn
        bảo trợ xã hội|trợ cấp|neo đơn|nợ ngân hàng|poor (?:household|family)|near-poor|poverty
    """,
    harmless="giảm nghèo|(?:không còn|hết) hộ nghèo|hết đói nghèo",
)
_CHILDREN = _pattern(
    found=f"""
        (?-i:(?:cháu|bé) {_CAPITAL}\\w{{0,12}})|cháu (?:nhỏ|bé|gái|trai|út)|bé (?:gái|trai)|em bé
        con (?:nhỏ|thơ|dại|mọn)|con (?:gái|trai) (?:nhỏ|út)
        học (?:mẫu giáo|mầm non|tiểu học|lớp [0-9]{{1,2}})
        (?:con|cháu|bé|em)(?:,? \\w{{1,8}}){{0,4}},? (?:1[0-7]|[1-9]) tuổi
        [0-9]{{1,2}}[- ]years?[- ]old (?:son|daughter|boy|girl|child|grandson|granddaughter)
        (?:my|our|his|her|their) (?:\\w{{1,10}} )?(?:child|children|baby|kids?|grandchild|grandchildren)
    """,
    harmless=f"""
        {_LIVING} con|con {_LIVING}|con (?:đực|cái|mái|trống|giống|nái)|[0-9]{{2,6}} con|con con
        (?:con|các) cháu|cháu con|cây (?:em|bé)
    """,
)
_EMPTY_HOUSE = _pattern(
    found="""
        đi vắng|vắng nhà|vắng người|(?:không|chẳng) (?:có )?(?:ai|người|người nào) ở nhà
        không ai trông nhà|nhà (?:để |bỏ )?trống|nhà không có (?:ai|người)
        (?:chìa )?kh(?:óa|oá) (?:cửa|cổng|nhà)|cả nhà đi|đi làm (?:xa|cả ngày)
        (?:ở|sống) (?:nhà )?một mình|(?:nobody|no one)(?: is)?(?: at)? home|away from home|away all day
        house is empty|lives? alone
    """
)

TOPICS = (
    Topic(
        _HEALTH,
        Text("Có lời về sức khỏe", "This speaks of health"),
        Text("Chuyện sức khỏe xin giữ trong nhà; nếu nói về người, nên bỏ.",
             "Health belongs to the family; if it is about a person, better leave it out."),
    ),
    Topic(
        _RELIGION,
        Text("Có lời về tôn giáo", "This speaks of religion"),
        Text("Theo đạo hay không là chuyện riêng; nên bỏ chỗ này.", "Faith is private; better leave it out."),
    ),
    Topic(
        _ETHNICITY,
        Text("Có lời về dân tộc", "This speaks of ethnic origin"),
        Text("Nếu nói về gốc gác gia đình, nên bỏ.", "If it tells a family's origin, better leave it out."),
    ),
    Topic(
        _PARTY,
        Text("Có lời về Đảng, chi bộ", "This speaks of the Party"),
        Text("Việc sinh hoạt đảng của từng người nên bỏ.", "Party membership is private; better leave it out."),
    ),
    Topic(
        _POVERTY,
        Text("Có lời về hộ nghèo, khó khăn", "This speaks of poverty"),
        Text("Đừng để khách lạ biết chuyện khó khăn của gia đình; nên bỏ.",
             "Strangers need not know a family's hardship; better leave it out."),
    ),
    Topic(
        _CHILDREN,
        Text("Có lời về trẻ em", "This speaks of children"),
        Text("Để các cháu được an toàn, nên bỏ tên, tuổi và chuyện học.",
             "For the children's safety, better leave out names, ages and schools."),
    ),
    Topic(
        _EMPTY_HOUSE,
        Text("Có lời cho biết khi nào nhà vắng", "This tells when nobody is at home"),
        Text("Kẻ gian cũng đọc được; chỉ ghi giờ đón khách.",
             "Thieves read it too; give only the hours when guests are welcome."),
    ),
)  # fmt: skip
