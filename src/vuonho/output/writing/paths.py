"""Output paths: names that every file system, every web server and every copy of the site can hold."""

import re
from collections.abc import Iterator

from vuonho.bilingual import Text
from vuonho.errors import Refused
from vuonho.portable import FORBIDDEN, RESERVED, fold

MAX_PATH = 240  # characters; Windows stops at 260, the project's own folder included
_PRIVATE = (".git", ".vuonho")
# Nearly all paths are of this kind, and a site has tens of thousands: one look instead of ten.
_PLAIN_NAME = r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:[./]|$))[a-z0-9_][a-z0-9_-]*(?:\.[a-z0-9_-]+)*"
_PLAIN = re.compile(rf"{_PLAIN_NAME}(?:/{_PLAIN_NAME})*")


def check_path(path: str) -> None:
    """Accept a path relative to the site, with forward slashes; raise Refused for any other."""
    if not path or len(path) > MAX_PATH:
        raise _refusal(path, "dài quá hoặc trống", "too long or empty")
    if _PLAIN.fullmatch(path):
        return
    if FORBIDDEN.search(path) or not _encodable(path):
        raise _refusal(
            path, "có ký tự không dùng được trong tên tệp", "it holds a character no file name may have"
        )
    for part in path.split("/"):
        _check_part(path, part)


def _check_part(path: str, part: str) -> None:
    if part in ("", ".", ".."):
        raise _refusal(path, "ra ngoài thư mục trang web", "it does not stay inside the site")
    if part[-1] in ". ":
        raise _refusal(path, "có tên kết thúc bằng dấu chấm hoặc dấu cách", "a name ends in a dot or a space")
    if RESERVED.fullmatch(part):
        raise _refusal(path, "có tên mà Windows giữ riêng", "it holds a name that Windows keeps for itself")
    if fold(part) in _PRIVATE:
        raise _refusal(
            path, "chạm vào thư mục riêng của git hoặc vuonho", "it belongs to git or to vuonho itself"
        )


def _encodable(path: str) -> bool:
    try:
        return all(len(part.encode()) <= 255 for part in path.split("/"))
    except UnicodeEncodeError:
        return False


def _refusal(path: str, vi: str, en: str) -> Refused:
    shown = path[:80].encode(errors="replace").decode()
    return Refused(
        Text(f"Không ghi được trang “{shown}”: {vi}.", f"“{shown}” cannot be written: {en}."),
        Text("Hãy đổi tên hộ, thôn hoặc tệp ảnh ấy.", "Rename that household, village or photo file."),
    )


def folders_of(path: str) -> Iterator[str]:
    """Return the folders above the path, the nearest first, the site itself left out."""
    cut = path.rfind("/")
    while cut > 0:
        yield path[:cut]
        cut = path.rfind("/", 0, cut)


class Claims:
    """The paths of one build, each claimed once and none in the way of another."""

    def __init__(self) -> None:
        self._files: dict[str, str] = {}
        self._folders: dict[str, str] = {}

    def claim(self, path: str) -> None:
        """Accept the path; raise Refused if it is bad, taken, or differs too little from another one."""
        check_path(path)
        key = fold(path)
        other = self._files.get(key) or self._folders.get(key)
        if other is not None:
            raise _collision(path, other)
        for folder in folders_of(path):
            if self._claim_folder(path, folder):
                break
        self._files[key] = path

    def _claim_folder(self, path: str, folder: str) -> bool:
        """Return whether the folder, and so all above it, was known before."""
        key = fold(folder)
        if key in self._files:
            raise _collision(path, self._files[key])
        known = self._folders.setdefault(key, folder)
        if known is not folder and known != folder:
            raise _collision(path, known)
        return known is not folder

    @property
    def folders(self) -> tuple[str, ...]:
        """All folders above claimed paths."""
        return tuple(self._folders.values())

    def holds(self, path: str) -> bool:
        """Return whether the path, or one that some systems take for it, is claimed as a file."""
        return fold(path) in self._files

    def twin_of(self, path: str) -> str:
        """Return the claimed path that differs from this one in letter case or accents only, or ""."""
        found = self._files.get(fold(path), path)
        return "" if found == path else found


def _collision(path: str, other: str) -> Refused:
    return Refused(
        Text(
            f"Hai trang cùng muốn một chỗ: “{other}” và “{path}”.",
            f"Two pages want the same place: “{other}” and “{path}”.",
        ),
        Text(
            "Hãy đổi tên một trong hai; chỉ khác chữ hoa, chữ thường hoặc dấu thì Windows coi là một.",
            "Rename one of them; Windows does not tell apart names that differ only in capitals.",
        ),
    )
