"""Files become text, or are refused by the name of what they are."""

import io
import unicodedata
import zipfile
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from case_kit import each
from vuonho.errors import UserError
from vuonho.project.files import decode

TEXT = "name: Vườn bà Hường\r\nhead: Nguyễn Thị Hường\n"


@each("form", ["NFC", "NFD"])
@each("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-mark", "utf-16-be-mark"])
def test_unicode_files_are_read(encoding: str, form: Literal["NFC", "NFD"], tmp_path: Path) -> None:
    """UTF-8 with and without mark, and marked UTF-16, give the same composed text, line ends kept."""
    text = unicodedata.normalize(form, TEXT)
    content = (
        ("\ufeff" + text).encode(encoding.removesuffix("-mark"))
        if encoding.endswith("-mark")
        else text.encode(encoding)
    )
    path = tmp_path / "huong.yaml"
    path.write_bytes(content)
    assert decode(path.read_bytes()) == TEXT


def test_an_empty_file_is_empty_text() -> None:
    """No bytes, or a mark alone, are an empty text."""
    assert [decode(b""), decode(b"\xef\xbb\xbf"), decode(b"\xff\xfe")] == ["", "", ""]


def refusal(content: bytes) -> UserError:
    with pytest.raises(UserError) as caught:
        decode(content)
    return caught.value


TCVN3 = "name: V\u00adên bµ H\u00adêng\nhead: NguyÔn ThÞ H\u00adêng\n".encode("latin-1")
VNI = "name: Vöôøn baø Höôøng\nhead: Nguyeãn Thò Höôøng\n".encode("latin-1")
CP1258 = "code: 1\nname: VýõÌn bà HýõÌng\n".encode("cp1252")


@pytest.mark.parametrize(
    ("content", "name", "line", "read"),
    [
        (TCVN3, "TCVN3", 1, "name: Vườn bà Hường"),
        (VNI, "VNI", 1, "name: Vườn bà Hường"),
        (CP1258, "Windows-1258", 2, "name: Vườn bà Hường"),
    ],
)
def test_old_vietnamese_codes_are_refused_by_name(content: bytes, name: str, line: int, read: str) -> None:
    """A file in an old code is refused with its name, the first line concerned and how that should read."""
    error = refusal(content)
    assert name in error.message.vi
    assert name in error.message.en
    assert error.message.vi.startswith(f"Dòng {line}: ")
    assert error.hint.vi.endswith(f"Dòng ấy đọc là: {read}")
    assert error.hint.en.endswith(f"That line reads: {read}")


def test_an_unknown_code_of_one_byte_a_letter_is_refused() -> None:
    """Western text in Windows-1252 is not guessed at."""
    error = refusal("name: José\n".encode("cp1252"))
    assert error.message.en == "Line 1: the file is not UTF-8."
    assert "UTF-8" in error.hint.vi


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark_is_refused(encoding: str) -> None:
    """UTF-16 without mark is named, for it cannot be told for certain."""
    assert "UTF-16" in refusal(TEXT.encode(encoding)).message.vi


def test_damaged_unicode_is_refused() -> None:
    """Files cut off inside a letter, with NUL or with half a UTF-16 letter are called damaged."""
    assert "cắt cụt" in refusal(TEXT.encode("utf-8")[: TEXT.index("ờ") + 3]).message.vi
    assert "UTF-16" in refusal(TEXT.encode("utf-16")[:-1]).message.vi
    assert refusal(b"name: a\nhead: b\0\n").message.en.startswith("Line 2 holds a NUL")


def workbook(folder: str) -> bytes:
    """Return a zip with one entry, as Excel and Word make them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(f"{folder}document.xml", "<a/>")
    return buffer.getvalue()


def picture(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, kind)
    return buffer.getvalue()


@each(
    ("content", "name"),
    [
        (workbook("xl/"), "tệp Excel"),
        (workbook("word/"), "tệp Word"),
        (workbook("a/"), "tệp zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "tệp Word hoặc Excel đời cũ"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "tệp PDF"),
        (picture("JPEG"), "ảnh JPEG"),
        (picture("PNG"), "ảnh PNG"),
        (picture("GIF"), "ảnh GIF"),
        (picture("WEBP"), "ảnh WebP"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "ảnh HEIC của iPhone"),
        (b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00", "tệp phim"),
    ],
)
def test_other_files_are_refused_by_their_kind(content: bytes, name: str) -> None:
    """Workbooks, documents and pictures are called what they are."""
    assert refusal(content).message.vi == f"Đây là {name}, không phải tệp chữ."


def test_other_binary_files_are_refused() -> None:
    """Bytes that are no text of any kind are called that."""
    assert refusal(bytes(range(1, 256)) * 4).message.en == "This is not a text file."


def test_the_size_has_a_limit() -> None:
    """A file of the limit is read; one byte more is refused with both sizes."""
    assert decode(b"a" * 100, limit=100) == "a" * 100
    with pytest.raises(UserError) as caught:
        decode(b"a" * 1_500_001)
    assert caught.value.message.vi == "Tệp nặng 1,5 MB, tối đa 1,0 MB."
    assert caught.value.message.en == "The file is 1.5 MB; 1.0 MB is the most."


@given(
    st.one_of(st.binary(max_size=300), st.sampled_from([TCVN3, VNI, CP1258]).map(lambda content: content[3:]))
)
def test_any_bytes_are_text_or_refused(content: bytes) -> None:
    """Whatever the bytes, there is a composed text without NUL, or a refusal in both languages."""
    try:
        text = decode(content)
    except UserError as error:
        text = ""
        assert all((*error.message, *error.hint))  # noqa: PT017  # the other outcome is judged below
    assert unicodedata.is_normalized("NFC", text)
    assert "\0" not in text


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=60))
def test_utf8_comes_back(text: str) -> None:
    """Any text without NUL that was written in UTF-8 with its mark is read back, composed."""
    assert decode(b"\xef\xbb\xbf" + text.encode("utf-8")) == unicodedata.normalize("NFC", text)
