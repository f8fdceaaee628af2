"""Bytes become text, or are refused by the name of what they are.

UTF-8 and, with its mark, UTF-16 are read (Notepad and Excel write both). Nothing is guessed: a file in an old
Vietnamese code is named, so that somebody who can see its letters converts it."""

import unicodedata

from vuonho.errors import UserError
from vuonho.i18n import NOTHING, Both, Text
from vuonho.model.mojibake import diagnose

MEGABYTE = 1_000_000
_SAVE_AS = Text("Open the file, choose Save as, and set Encoding to UTF-8.")
_RIGHT_FILE = Text("See whether this is the right file.")


def decode(content: bytes, limit: int = MEGABYTE) -> str:
    """Return the text of a file in NFC, without byte order mark, its line ends untouched.

    Raises UserError for more than `limit` bytes, for anything that is not UTF-8 or marked UTF-16, and for NUL.
    """
    if len(content) > limit:
        weight, most = _megabytes(len(content)), _megabytes(limit)
        raise UserError(
            Text("The file is {weight} MB; {most} MB is the most.", weight=weight, most=most), _RIGHT_FILE
        )
    if kind := kind_of(content):
        raise UserError(
            Text("This is {kind}, not a text file.", kind=kind),
            Text("Check the name of the file; a text file in UTF-8 is wanted here."),
        )
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = content.decode("utf-16")
        elif _looks_like_utf16(content):
            raise UserError(Text("This is UTF-16 without its mark (BOM)."), _SAVE_AS)
        else:
            content = content.removeprefix(b"\xef\xbb\xbf")
            text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _undecodable(content, error) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UserError(
            Text("Line {line} holds a NUL character: the file is damaged.", line=line),
            Text("Take this file from the backup."),
        )
    return unicodedata.normalize("NFC", text)


def _megabytes(size: int) -> Text:
    number = f"{size / MEGABYTE:.1f}"
    return Both(number.replace(".", ","), number)


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


def kind_of(content: bytes) -> Text | None:
    """Return what a file is by its first bytes, or None for what may be text."""
    if content.startswith(b"PK\x03\x04"):
        if b"xl/" in content:
            return Text("an Excel file")
        return Text("a Word file") if b"word/" in content else Text("a zip file")
    if content[4:8] == b"ftyp":
        is_photo = content[8:12] in _HEIC
        return Text("a HEIC photo of an iPhone") if is_photo else Text("a video", context="photo")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Text("a WebP image")
    return next((name for magic, name in _KINDS if content.startswith(magic)), None)


def _looks_like_utf16(content: bytes) -> bool:
    """Return whether every other byte is mostly NUL, as in Western letters of two bytes each."""
    sample = content[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    return max(even, odd) * 4 > len(sample) and min(even, odd) * 8 < max(even, odd)


def _undecodable(content: bytes, error: UnicodeDecodeError) -> UserError:
    """Return the refusal of what is not Unicode; it names an old code as far as that can be told."""
    if error.encoding.startswith("utf-16"):
        return UserError(Text("This UTF-16 file is damaged or cut off."), _SAVE_AS)
    if error.reason == "unexpected end of data":
        return UserError(
            Text("The file is cut off in the middle of a letter."),
            Text("Look at the end of the file, or take the backup."),
        )
    controls = sum(content.count(byte) for byte in range(32) if byte not in b"\t\n\f\r")
    if controls * 50 > len(content):
        return UserError(Text("This is not a text file."), _RIGHT_FILE)
    western = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}
    text = content.decode("latin-1").translate(western)
    line = content.count(b"\n", 0, error.start) + 1
    where = Text("Line {line}: the file is not UTF-8.", line=line)
    found = diagnose(text)
    if found is None or found.code in ("lost", "utf-8"):
        return UserError(where, _SAVE_AS)
    sample, after = NOTHING, found.corrected.split("\n")
    if len(after) == text.count("\n") + 1:
        sample = Text(" That line reads: {read}", read=after[line - 1].strip()[:60])
    return UserError(
        Text("{where} {name}", where=where, name=found.name),
        Text(
            "Convert it to Unicode with UniKey (Ctrl+Shift+F6), then save it with Encoding set to UTF-8.{sample}",
            sample=sample,
        ),
    )
