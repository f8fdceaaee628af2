"""What free text should not say of a family."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.errors import Severity
from vuonho.model.rules import cautions
from work_kit import calls

CARD = "Có số giống số căn cước"
ACCOUNT = "Có số giống số tài khoản ngân hàng"


def said(text: str, severity: Severity, field: str = "story.vi") -> list[str]:
    return [finding.message.vi for finding in cautions(text, field) if finding.severity is severity]


def errors(text: str) -> list[str]:
    return said(text, Severity.ERROR)


def warnings(text: str, field: str = "intro.vi") -> list[str]:
    return said(text, Severity.WARNING, field)


@each(
    "text",
    ["042175001234", "042 175 001 234", "0421-7500-1234", "042.175.001.234", "Nguyễn Thị A 1975 042175001234",
     "Nguyễn Thị A,042175001234", "0421 7500 1234 cấp 2021", "CCCD: 042175001234", "CCCD042175001234",
     "căn cước của bà A số 042.175 001-234", "Can cuoc 999999999999", "ID card no. 042175001234"],
)  # fmt: skip
def test_cards_of_today(text: str) -> None:
    """Twelve digits with the structure of a card, or after its name, are refused, however grouped."""
    assert len(errors(text)) == 1
    assert errors(text)[0].startswith(CARD)


@each("text", ["183456789", "183 456 789", "CMND 183.456.789", "chứng minh nhân dân số 912345678"])
def test_cards_of_old(text: str) -> None:
    """Nine digits are refused where they stand plainly or after the card's name."""
    assert [one.split(":")[0] for one in errors(text)] == [CARD]


@each(
    "text",
    ["0337 012 345", "0912345678 0987654321", "0912 345 678 60 quả", "+84 912 345 678", "337012345",
     "120.000.000 đồng", "120000000đ", "150 000 000 VND", "183456789 triệu", "120 000 000",
     "1.012.345.678.000", "148/QĐ-TTg ngày 02-11-2026", "02-11-2026 05-12-2026",
     "từ 2018 đến 2019, 1.800 m², 482135 913470", "mã vạch 8934567890123", "18.126123456, 105.761212345",
     "https://vi.example/042175001234", "www.vi.example/?id=183456789", "a042175001234", "097175001234",
     "042475001234", "không cần CCCD, gọi 0337 012 345", "vay ngân hàng 150.000.000 năm 2020",
     "Agribank, ĐT 0239 3855 123", "Agribank ngày 02-11-2026", "số tài khoản mở ngày 2026-11-02",
     "STK hỏi qua điện thoại 0337012345", "tài khoản Zalo 0337012345", "ngân hàng 482135",
     "Agribank 0239 3855 123", "000175001234", "01-11-2026 0512", "18.012345678901", "1 012 345 678 901",
     "0912 345 678 60", "giá 120000000", "183.456.789", "042175001234b"],
)  # fmt: skip
def test_numbers_that_are_nobodys_secret(text: str) -> None:
    """Phones, prices, areas, dates, decisions, codes, points and links are not accused."""
    assert errors(text) == []


@each(
    "text",
    ["STK 0337012345 MB", "stk: 3700 2051 2345 6", "Số tài khoản Agribank: 3700205123456",
     "số TK của bà A - 12345678", "tài khoản: 3700205123456", "Agribank 3700205123456",
     "Ngân hàng Vietcombank chi nhánh, 0011004123456", "3700205123456 (Agribank)",
     "bank account 3700205123456"],
)  # fmt: skip
def test_bank_accounts(text: str) -> None:
    """A number after the words for an account, or beside the name of a bank, is refused."""
    assert [one.split(":")[0] for one in errors(text)] == [ACCOUNT]


def test_a_refused_number_is_not_spread_further() -> None:
    """Messages go into logs, so only a few digits are quoted."""
    (finding,) = cautions("CCCD 042175001234", "name")
    assert (finding.field, finding.message.vi) == ("name", f"{CARD}: “042…34”.")
    assert "175001" not in "".join((*finding.message, *finding.hint))


@each(
    ("text", "about", "words"),
    [
        ("Ông bị bệnh tim, bà ung thư", "sức khỏe", "“bệnh tim”, “ung thư”"),
        ("Bà Hoa bị bệnh nặng", "sức khỏe", "“bệnh nặng”"),
        ("a man in a WHEELCHAIR", "sức khỏe", "“WHEELCHAIR”"),
        ("gia đình Công giáo, theo đạo lâu đời", "tôn giáo", "“Công giáo”, “theo đạo”"),
        ("là phật tử", "tôn giáo", "“phật tử”"),
        ("người dân tộc Chứt", "dân tộc", "“dân tộc”"),
        ("gốc người Thái", "dân tộc", "“người Thái”"),
        ("Ông là đảng viên của chi bộ", "Đảng, chi bộ", "“đảng viên”, “chi bộ”"),
        ("hộ nghèo, rồi cận nghèo, nay thoát nghèo", "hộ nghèo", "“hộ nghèo”, “cận nghèo”, “thoát nghèo”"),
        ("cháu Na học lớp 3", "trẻ em", "“cháu Na”, “học lớp 3”"),
        ("nuôi con nhỏ", "trẻ em", "“con nhỏ”"),
        ("bé út nay 5 tuổi", "trẻ em", "“bé út nay 5 tuổi”"),
        ("buổi trưa đi vắng, khoá cửa", "nhà vắng", "“đi vắng”, “khoá cửa”"),
        ("không có ai ở nhà", "nhà vắng", "“không có ai ở nhà”"),
        ("Nobody is at home before noon", "nhà vắng", "“Nobody is at home”"),
    ],
)
def test_words_worth_a_second_look(text: str, about: str, words: str) -> None:
    """Each topic is warned of once, with its words quoted as typed, in NFC and NFD."""
    for form in ("NFC", "NFD"):
        (warning,) = warnings(unicodedata.normalize(form, text))
        assert about in warning
        assert warning.endswith(f": {words}.")
    assert errors(text) == []


@each(
    "text",
    [
        "phòng sâu bệnh, vườn sạch bệnh",
        "Cam bị bệnh vàng lá",
        "đàn gà mắc bệnh, bệnh cho lợn",
        "cây thuốc nam chữa bệnh, gần bệnh viện huyện",
        "bưởi Năm Roi, phật thủ, cam Xã Đoài",
        "xã chỉ đạo, lãnh đạo thôn, sống có đạo đức, lúa đạo ôn",
        "Ngày hội đại đoàn kết toàn dân tộc",
        "bản sắc dân tộc, gà Thái, người Thái Lan",
        "bí thư đoàn",
        "xóa đói giảm nghèo",
        "100 gà con, cây con, con cháu, cháu con, các cháu đến chơi",
        "30 con nhỏ, con bò 3 tuổi, cây bưởi 10 tuổi, hươu con 2 tuổi",
        "Nguyễn Thị Bé Ba, Trần Văn Đạo, Lê Quang Liệt",
        "nhà trồng chè, vườn vắng gió",
        "bệnhviện ungthư",
    ],
)
def test_harmless_words(text: str) -> None:
    """Gardens, animals, names and festivals hold the same letters and mean nothing private."""
    assert warnings(text) == []


def test_many_words_are_cut_short() -> None:
    """Only the first three different words are quoted."""
    (warning,) = warnings("ung thư, Ung Thư, tiểu đường, đột quỵ, động kinh")
    assert warning == "Có lời về sức khỏe: “ung thư”, “tiểu đường”, “đột quỵ”, …."


@each(
    ("text", "shown"),
    [
        ("gọi 0337.012.345 nhé", "“033…45”"),
        ("+84 337 012 345", "“843…45”"),
        ("0239 3855 123", "“023…23”"),
        ("thư về ten@vuon.example", "“@vuon.example”"),
        ("https://maps.app.goo.gl/AbC", "“maps.app.goo.gl”"),
        ("https://www.google.com/maps/@18.1,105.7", "“google.com/maps”"),
        ("ở 18.12612, 105.76123", "“18.12612, 105.76123”"),
    ],
)
def test_contacts_inside_a_story(text: str, shown: str) -> None:
    """A phone, a mail address or a place in a story would slip round the family's ticks."""
    for field in ("story.vi", "location.directions.en", "photos.1.caption.vi", "location.address"):
        (warning,) = warnings(text, field)
        assert shown in warning
    assert warnings(text, "intro.vi") == []


@each("text", ["từ 02-11-2026 đến 05-12-2026", "giá 35.000 đ", "@ vườn", "02-11-2026 05-12-2026"])
def test_a_story_with_figures(text: str) -> None:
    """Dates, prices and areas in a story are not taken for contacts."""
    assert cautions(text, "story.vi") == ()


@given(st.text(max_size=300) | st.text(alphabet="0123456789 .-–đCMNDSTK", max_size=120))
def test_any_text_ends_in_two_languages(text: str) -> None:
    """Whatever is written, each finding says what and what to do in both languages."""
    for finding in cautions(text, "story.vi"):
        assert all(finding.message)
        assert all(finding.hint)


@given(
    st.integers(1, 96), st.integers(0, 3), st.integers(0, 99_999_999), st.sampled_from(["", " ", ".", "-"])
)
def test_every_card_is_noticed(province: int, sex: int, rest: int, sign: str) -> None:
    """No card number passes in plain or grouped form, whoever holds it."""
    digits = f"{province:03d}{sex}{rest:08d}"
    grouped = sign.join(digits[at : at + 3] for at in range(0, 12, 3))
    assert len(errors(f"Số {grouped}, cấp lần đầu")) == 1


@each(
    "piece",
    ["1 ", "0", "bệnh ", "cháu ", "a", "@a", "con a ", "042175001234 ", "0.1 ", "STK ", "gà a ", "18.", "CCCD 1",
     "012-", "84 ", " ", "ạ\u0323", "căn cước của "],
)  # fmt: skip
def test_long_texts_are_judged_in_their_own_length(piece: str) -> None:
    """Twice the text is at most twice the work, whatever it is made of."""
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    half = calls(cautions, text[:50_000], "story.vi")
    assert calls(cautions, text, "story.vi") < 2.5 * half + 500
