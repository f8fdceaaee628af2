"""What lies in a project's folder: villages, profiles, and files that nobody would otherwise notice.

Only `*.yaml` counts; names that start with "." or "~$" (hidden files, Office's locks) are passed over.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from vuonho.bilingual import Text
from vuonho.domain.fold import nfc
from vuonho.domain.slug import slug_of
from vuonho.domain.values import quoted
from vuonho.errors import MachineTrouble, Problem, Severity
from vuonho.portable import is_portable

SITE_FOLDERS = frozenset({"qr", "photos", "data", "form", "privacy", "icons", "assets", "profiles"})
VILLAGE_FILE = "village.yaml"
SITE_FILE = "profiles/site.yaml"
REGISTER_FILE = "profiles/codes.csv"
_SLUG = re.compile(r"[a-z0-9-]+")
_NEARLY_YAML = re.compile(r"\.(yml|yaml\.txt|yaml\.yaml|ymal|yaml~|yaml\.bak)$|\.yaml$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class VillageFolder:
    """A village's folder: `profiles` are file names within it, in an order that no machine changes."""

    slug: str
    profiles: tuple[str, ...]

    @property
    def file(self) -> str:
        """The village's own file, relative to the project."""
        return f"profiles/{self.slug}/{VILLAGE_FILE}"

    def profile(self, name: str) -> str:
        """Return the path of one profile, relative to the project."""
        return f"profiles/{self.slug}/{name}"


def list_villages(
    root: Path, languages: tuple[str, ...] = ()
) -> tuple[tuple[VillageFolder, ...], tuple[Problem, ...]]:
    """Return (villages, problems) of a project; a folder without any profile or village file is no village.

    `languages` are the site's: a village cannot be named like the folder of one. Raises MachineTrouble where
    the folder cannot be read.
    """
    problems: list[Problem] = []
    villages: list[VillageFolder] = []
    for entry in _entries(root / "profiles"):
        where = f"profiles/{quoted(entry.name, 200)[1:-1]}"
        if entry.is_dir():
            names = _profile_names(entry, where, problems)
            if names or (entry / VILLAGE_FILE).exists():
                problems += _check_slug(nfc(entry.name), where, languages)
                villages.append(VillageFolder(entry.name, tuple(n for n in names if n != VILLAGE_FILE)))
        elif entry.name not in {"site.yaml", "codes.csv"} and _NEARLY_YAML.search(entry.name):
            is_site = entry.name.lower().startswith("site.")
            problems.append(_misnamed(where) if is_site else _stray(where))
    return tuple(villages), tuple(problems)


def _entries(folder: Path) -> list[Path]:
    try:
        found = [entry for entry in folder.iterdir() if not _is_passed_over(entry.name)]
    except OSError as error:
        raise unreadable(folder.name, error) from error
    return sorted(found, key=lambda entry: nfc(entry.name))


def unreadable(name: str, error: OSError) -> MachineTrouble:
    """Return what to say of a folder that cannot be listed, with the cure for what the system said."""
    return MachineTrouble(
        Text(f"Không đọc được thư mục “{name}”.", f"The folder “{name}” cannot be read."),
        Text("Xem lại quyền đọc của thư mục ấy.", "Look at the rights of that folder.")
        if isinstance(error, PermissionError)
        else Text("Chạy lệnh trong thư mục của dự án, hoặc thêm -C THƯ_MỤC.",
                  "Run the command in the project's folder, or add -C FOLDER."),
    )  # fmt: skip


def _is_passed_over(name: str) -> bool:
    return name.startswith((".", "~$"))


def _profile_names(folder: Path, where: str, problems: list[Problem]) -> list[str]:
    names = []
    for entry in _entries(folder):
        place = f"{where}/{quoted(entry.name, 200)[1:-1]}"
        if entry.is_dir():
            problems += _too_deep(entry, place)
        elif entry.name.endswith(".yaml") and not entry.name.endswith(".yaml.yaml"):
            if entry.name.isprintable():
                names.append(entry.name)
            else:
                problems.append(_odd_name(place))
        elif _NEARLY_YAML.search(entry.name):
            problems.append(_misnamed(place))
    return names


def _odd_name(where: str) -> Problem:
    return Problem(
        where, None, None, "",
        Text("Tên tệp có ký tự không nhìn thấy được (chỗ ghi □).",
             "The file's name holds something that cannot be seen (where □ stands)."),
        Text("Đổi tên tệp, gõ lại bằng tay.", "Rename the file, typing its name by hand."),
    )  # fmt: skip


def _too_deep(folder: Path, where: str) -> list[Problem]:
    if folder.name.endswith(".yaml"):
        return [_misnamed_folder(where)]
    return [
        Problem(
            f"{where}/{quoted(entry.name, 200)[1:-1]}", None, None, "",
            Text("Hồ sơ nằm sâu hơn một thư mục nên không được đọc.",
                 "This profile lies one folder too deep and is not read."),
            Text("Chuyển lên thư mục của thôn.", "Move it up into the village's folder."),
            Severity.WARNING,
        )
        for entry in _entries(folder)
        if entry.name.endswith(".yaml")
    ]  # fmt: skip


def _misnamed(where: str) -> Problem:
    return Problem(
        where, None, None, "",
        Text("Tệp này không được đọc vì tên không kết thúc đúng bằng .yaml.",
             "This file is not read: its name does not end in exactly .yaml."),
        Text("Đổi tên cho kết thúc bằng .yaml (bật hiện đuôi tệp trong Windows).",
             "Rename it to end in .yaml (let Windows show file extensions)."),
        Severity.WARNING,
    )  # fmt: skip


def _misnamed_folder(where: str) -> Problem:
    return Problem(
        where, None, None, "",
        Text("Đây là thư mục, tên lại như một hồ sơ, nên không được đọc.",
             "This is a folder named like a profile; it is not read."),
        Text("Đổi tên thư mục.", "Rename the folder."),
        Severity.WARNING,
    )  # fmt: skip


def _stray(where: str) -> Problem:
    return Problem(
        where, None, None, "",
        Text("Hồ sơ nằm ngoài thư mục thôn.", "This profile lies outside any village's folder."),
        Text("Chuyển vào thư mục của thôn.", "Move it into its village's folder."),
    )  # fmt: skip


def _check_slug(slug: str, where: str, languages: tuple[str, ...]) -> list[Problem]:
    message = _slug_trouble(slug, languages)
    suggestion = village_folder(slug, languages)
    hint = Text(f"Đổi tên thư mục, ví dụ “{suggestion}”.", f"Rename the folder, for example “{suggestion}”.")
    return [Problem(where, None, None, "", message, hint)] if message else []


def village_folder(name: str, languages: tuple[str, ...] = ()) -> str:
    """Return a good name for the folder of the village called so: "Thôn 9" lies in thon-9."""
    slug = slug_of(name) or "thon-moi"
    return f"thon-{slug}" if _slug_trouble(slug, languages) else slug


def _slug_trouble(slug: str, languages: tuple[str, ...]) -> Text | None:
    if not _SLUG.fullmatch(slug) or len(slug) > 60:
        return Text("Tên thư mục thôn chỉ dùng chữ thường không dấu, số và dấu -, tối đa 60 chữ.",
                    "A village's folder has only small letters without accents, digits and -, 60 at most."
                    )  # fmt: skip
    if slug.isdigit():
        return Text("Tên thư mục thôn không được chỉ có số (giống mã hộ).",
                    "A village's folder cannot be digits only (it would look like a code).")  # fmt: skip
    if slug in SITE_FOLDERS | set(languages) | {"en", "vi"} or not is_portable(slug):
        return Text(f"Tên thư mục “{slug}” đã dùng cho việc khác.", f"The folder name “{slug}” is taken.")
    return None
