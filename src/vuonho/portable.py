"""Names of files and folders that every system can hold, and tell apart."""

import re
import unicodedata

FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f]')
# Device names of Windows, with or without an extension (Microsoft, "Naming Files, Paths, and Namespaces").
RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE)


def is_portable(name: str) -> bool:
    """Return whether every system, Windows too, can hold one name of a file or folder."""
    return bool(name) and not (FORBIDDEN.search(name) or name[-1] in ". " or RESERVED.fullmatch(name))


def fold(path: str) -> str:
    """Return what Windows and macOS see in the path: letter case and the form of accents do not count."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())
