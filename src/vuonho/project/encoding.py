"""Bytes become text, or are refused by the name of what they are.

UTF-8 and, with its mark, UTF-16 are read (Notepad and Excel write both). Nothing is guessed: a file in an old
Vietnamese code is named, so that somebody who can see its letters converts it."""

import unicodedata

from vuonho.errors import UserError
from vuonho.i18n import NOTHING, Both, Text
from vuonho.model.mojibake import diagnose

MEGABYTE = 1_000_000


def decode(content: bytes, limit: int = MEGABYTE) -> str:
    """Return the text of a file in NFC, without byte order mark, its line ends untouched.

    Raises UserError for more than `limit` bytes, for anything that is not UTF-8 or marked UTF-16, and for NUL.
    """
    _refuse_size(len(content), limit)
    _refuse_known_kinds(content)
    text = _utf16(content) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else _utf8(content)
    if "\0" in text:
        raise UserError(
            Text(
                "Line {text} holds a NUL character: the file is damaged.",
                text=_line(text, text.index(chr(0))),
            ),
            Text("Take this file from the backup."),
        )
    return unicodedata.normalize("NFC", text)


_SAVE_AS = Text("Open the file, choose Save as, and set Encoding to UTF-8.")
_CONVERT = Text("Convert it to Unicode with UniKey (Ctrl+Shift+F6), then save it with Encoding set to UTF-8.")


def _refuse_size(size: int, limit: int) -> None:
    if size > limit:
        weight, most = f"{size / MEGABYTE:.1f}", f"{limit / MEGABYTE:.1f}"
        raise UserError(
            Both(
                f"Tệp nặng {weight.replace('.', ',')} MB, tối đa {most.replace('.', ',')} MB.",
                f"The file is {weight} MB; {most} MB is the most.",
            ),
            Text("See whether this is the right file."),
        )


def _line(text: str | bytes, place: int) -> int:
    before = text[:place]
    return 1 + (before.count(b"\n") if isinstance(before, bytes) else before.count("\n"))


# --- Files of another kind ----------------------------------------------------------------------------------

_EXCEL, _WORD, _ZIP = (
    Text("an Excel file"),
    Text("a Word file"),
    Text("a zip file"),
)
_KINDS: tuple[tuple[bytes, Text], ...] = (
    (b"%PDF", Text("a PDF")),
    (b"\xff\xd8\xff", Text("a JPEG photo")),
    (b"\x89PNG", Text("a PNG image")),
    (b"GIF8", Text("a GIF image")),
    (b"{\\rtf", Text("an RTF file of Word")),
    (b"\xd0\xcf\x11\xe0", Text("an old Word or Excel file")),
    (b"Rar!", Text("a RAR archive")),
    (b"7z\xbc\xaf", Text("a 7z archive")),
    (b"\x1f\x8b", Text("a gzip file")),
)
_HEIC = (b"heic", b"heix", b"heif", b"hevc", b"mif1", b"msf1")


def _refuse_known_kinds(content: bytes) -> None:
    kind = kind_of(content)
    if kind is not None:
        raise UserError(
            Text("This is {kind}, not a text file.", kind=kind),
            Text("Check the name of the file; a text file in UTF-8 is wanted here."),
        )


def kind_of(content: bytes) -> Text | None:
    """Return what a file is by its first bytes, or None for what may be text."""
    if content.startswith(b"PK\x03\x04"):
        return _EXCEL if b"xl/" in content else _WORD if b"word/" in content else _ZIP
    if content[4:8] == b"ftyp":
        return Text("a HEIC photo of an iPhone") if content[8:12] in _HEIC else _VIDEO
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Text("a WebP image")
    return next((name for magic, name in _KINDS if content.startswith(magic)), None)


_VIDEO = Text("a video", context="photo")


# --- Unicode ------------------------------------------------------------------------------------------------


def _utf16(content: bytes) -> str:
    try:
        return content.decode("utf-16")
    except UnicodeDecodeError as error:
        raise UserError(
            Text("This UTF-16 file is damaged or cut off."),
            _SAVE_AS,
        ) from error


def _utf8(content: bytes) -> str:
    if _looks_like_utf16(content):
        raise UserError(
            Text("This is UTF-16 without its mark (BOM)."),
            _SAVE_AS,
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The codec counts from behind the mark.
        raise _not_utf8(content.removeprefix(b"\xef\xbb\xbf"), error) from error


def _looks_like_utf16(content: bytes) -> bool:
    """Return whether every other byte is mostly NUL, as in Western letters of two bytes each."""
    sample = content[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    return max(even, odd) * 4 > len(sample) and min(even, odd) * 8 < max(even, odd)


def _not_utf8(content: bytes, error: UnicodeDecodeError) -> UserError:
    if error.reason == "unexpected end of data":
        return UserError(
            Text("The file is cut off in the middle of a letter."),
            Text("Look at the end of the file, or take the backup."),
        )
    line = _line(content, error.start)
    if _is_binary(content):
        return UserError(
            Text("This is not a text file."),
            Text("See whether this is the right file."),
        )
    return _eight_bit(content, line)


def _is_binary(content: bytes) -> bool:
    controls = sum(content.count(bytes([byte])) for byte in range(32) if byte not in b"\t\n\f\r")
    return controls * 50 > len(content)


def _eight_bit(content: bytes, line: int) -> UserError:
    """Return the refusal that names the old code of a text of one byte a letter, as far as it can be told."""
    western = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}
    text = content.decode("latin-1").translate(western)
    found = diagnose(text)
    where = Text("Line {line}: the file is not UTF-8.", line=line)
    if found is None or found.code in ("lost", "utf-8"):
        return UserError(where, _SAVE_AS)
    sample = _sample(text, found.corrected, line)
    return UserError(
        Text("{where} {name}", where=where, name=found.name),
        Both(f"{_CONVERT.vi} {sample.vi}".strip(), f"{_CONVERT.en} {sample.en}".strip()),
    )


def _sample(text: str, corrected: str, line: int) -> Text:
    """Return the first garbled line as it should read; the two texts have the same lines."""
    before, after = text.split("\n"), corrected.split("\n")
    if len(before) != len(after):
        return NOTHING
    read = after[line - 1].strip()[:60]
    return Text("That line reads: {read}", read=read)
