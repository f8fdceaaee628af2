"""What a photo file is and whether it may go on: kinds, limits, and the words of each refusal.

The kind is told from the first bytes, never from the name: phones and chat programs rename freely.
"""

from typing import Final, Literal

from vuonho.bilingual import Text
from vuonho.errors import Refused

Kind = Literal["JPEG", "PNG", "WEBP", "GIF"]
"""The kinds that are read, in Pillow's words. TIFF, BMP and HEIC are not: phones can save JPEG."""

MOST_BYTES: Final = 40_000_000
MOST_PIXELS: Final = 60_000_000
MOST_PIXELS_IN_ONE_PASS: Final = 120_000_000
"""A JPEG that is stored row by row is decoded so, and made smaller on the way: it takes little memory."""
MOST_PIXELS_WEBP: Final = 30_000_000
"""WebP is decoded in whole frames, several at a time: these take 500 MB."""
LEAST_SIDE: Final = 200
"""Pixels; below this a picture is a thumbnail, and blurred on any phone."""

_AS_JPEG: Final = Text(
    "Mở ảnh rồi lưu lại thành JPEG (đuôi .jpg), sau đó dùng file mới.",
    "Open it and save it as JPEG (.jpg), then use the new file.",
)
_HEIC: Final = Text(
    "Gửi ảnh qua Zalo rồi lưu ảnh từ Zalo về, hoặc trên iPhone vào Cài đặt > Camera > Định dạng > "
    "Tương thích nhất rồi chụp lại.",
    "Send it through Zalo and save it from there, or on the iPhone choose Settings > Camera > Formats > "
    "Most Compatible and take it again.",
)
_STILL: Final = Text(
    "Chụp một ảnh, hoặc chụp màn hình lúc xem video.", "Take a photo, or a screenshot of the video."
)
_AGAIN: Final = Text(
    "Chép lại ảnh gốc từ điện thoại, hoặc chọn ảnh khác.",
    "Copy the original from the phone again, or choose another.",
)
_SMALLER: Final = Text(
    "Gửi ảnh qua Zalo rồi lưu ảnh từ Zalo về, ảnh sẽ nhỏ lại.",
    "Send it through Zalo and save it from there: that makes it smaller.",
)

_HEIC_BRANDS: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_STARTS: Final[tuple[tuple[bytes, Text, Text], ...]] = (
    (b"%PDF", Text("file PDF", "a PDF document"), _AS_JPEG),
    (b"BM", Text("ảnh BMP", "a BMP picture"), _AS_JPEG),
    (b"II*\0", Text("ảnh TIFF hoặc ảnh RAW", "a TIFF or RAW picture"), _AS_JPEG),
    (b"MM\0*", Text("ảnh TIFF hoặc ảnh RAW", "a TIFF or RAW picture"), _AS_JPEG),
    (b"8BPS", Text("file Photoshop", "a Photoshop file"), _AS_JPEG),
    (b"\xff\x0a", Text("ảnh JPEG XL", "a JPEG XL picture"), _AS_JPEG),
    (b"\0\0\0\x0cJXL ", Text("ảnh JPEG XL", "a JPEG XL picture"), _AS_JPEG),
    (b"\0\0\0\x0cjP  ", Text("ảnh JPEG 2000", "a JPEG 2000 picture"), _AS_JPEG),
    (b"\0\0\1\0", Text("biểu tượng ICO", "an icon (ICO)"), _AS_JPEG),
    (b"<svg", Text("hình vẽ SVG", "an SVG drawing"), _AS_JPEG),
    (b"\x1aE\xdf\xa3", Text("video", "a video"), _STILL),
    (b"\0\0\1\xba", Text("video", "a video"), _STILL),
    (b"PK\3\4", Text("file nén, Word hoặc Excel", "a ZIP, Word or Excel file"), _AS_JPEG),
    (b"\xd0\xcf\x11\xe0", Text("file Word hoặc Excel", "a Word or Excel file"), _AS_JPEG),
    (b"<", Text("trang web", "a web page"), _AGAIN),
)
_NO_PICTURE: Final = Text("file khác, không phải ảnh", "something else, not a picture")


def kind_of(content: bytes) -> Kind:
    """Return the kind of a photo. Raises Refused, with what it seems to be, for anything that is not read."""
    if not content:
        raise Refused(Text("File ảnh này trống.", "This photo is an empty file."), _AGAIN)
    if len(content) > MOST_BYTES:
        raise too_heavy(len(content))
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "WEBP"
    raise _not_read(*_seems(content))


def _seems(content: bytes) -> tuple[Text, Text]:
    if content[4:8] == b"ftyp":
        return _seems_by_brand(content[8:12])
    if content.startswith(b"RIFF") and content[8:12] == b"AVI ":
        return Text("video", "a video"), _STILL
    start = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    for signature, name, hint in _STARTS:
        if start.startswith(signature):
            return name, hint
    return _NO_PICTURE, _AGAIN


def _seems_by_brand(brand: bytes) -> tuple[Text, Text]:
    if brand in _HEIC_BRANDS:
        return Text("ảnh HEIC của iPhone", "an iPhone HEIC picture"), _HEIC
    if brand in (b"avif", b"avis"):
        return Text("ảnh AVIF", "an AVIF picture"), _AS_JPEG
    return Text("video", "a video"), _STILL


def check_size(width: int, height: int, kind: Kind, *, in_one_pass: bool = False) -> None:
    """Raise Refused if a picture of so many pixels is too large to open safely or too small to show."""
    most = MOST_PIXELS_IN_ONE_PASS if in_one_pass else MOST_PIXELS_WEBP if kind == "WEBP" else MOST_PIXELS
    if width * height > most:
        raise too_large(most)
    if min(width, height) < LEAST_SIDE:
        raise Refused(
            Text(
                f"Ảnh này quá nhỏ ({width}×{height} điểm), mỗi cạnh cần từ {LEAST_SIDE} điểm trở lên.",
                f"This photo is too small ({width}×{height} px): each side needs {LEAST_SIDE} px or more.",
            ),
            Text("Dùng ảnh gốc trong điện thoại.", "Use the original from the phone."),
        )


def _not_read(name: Text, hint: Text) -> Refused:
    return Refused(
        Text(f"Đây là {name.vi}. Ảnh cần là JPEG, PNG, WebP hoặc GIF.",
             f"This is {name.en}. Photos can be JPEG, PNG, WebP or GIF."),
        hint,
    )  # fmt: skip


def too_heavy(size: int) -> Refused:
    """Return the refusal of a file of `size` bytes."""
    megabytes, most = -(-size // 1_000_000), MOST_BYTES // 1_000_000
    return Refused(
        Text(f"Ảnh này nặng {megabytes} MB, chỉ nhận đến {most} MB.",
             f"This photo has {megabytes} MB; the limit is {most} MB."),
        _SMALLER,
    )  # fmt: skip


def too_large(most: int = MOST_PIXELS) -> Refused:
    """Return the refusal of a picture with more than `most` pixels, or more than memory holds."""
    millions = most // 1_000_000
    return Refused(
        Text(f"Ảnh này có quá nhiều điểm ảnh, chỉ nhận đến {millions} triệu.",
             f"This photo has too many pixels; the limit is {millions} million."),
        _SMALLER,
    )  # fmt: skip


def too_many_passes(most: int) -> Refused:
    """Return the refusal of a JPEG whose pixels are stored in more than `most` passes over the whole picture."""
    return Refused(
        Text(f"Ảnh JPEG này lưu chồng hơn {most} lớp, mở ra rất lâu.",
             f"This JPEG is stored in more than {most} passes and would take very long to open."),
        _SMALLER,
    )  # fmt: skip


def cut_off() -> Refused:
    """Return the refusal of a file that ends before the picture does."""
    return Refused(
        Text(
            "Ảnh này bị cụt, phần cuối file không còn.",
            "This photo is cut off: the end of the file is missing.",
        ),
        _AGAIN,
    )


def damaged() -> Refused:
    """Return the refusal of a picture that cannot be decoded."""
    return Refused(
        Text("Ảnh này bị hỏng, không mở được.", "This photo is damaged and does not open."), _AGAIN
    )
