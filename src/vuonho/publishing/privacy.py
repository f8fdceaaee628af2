"""The last wall: nothing private goes along, and nothing private lies in the repository already.

What is private is known by its content, wherever it lies and whatever it is called there, and by its name.
"""

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vuonho.bilingual import Text
from vuonho.domain.hosting.paths import CNAME, is_named_after, is_of_site, is_private, names_of
from vuonho.errors import Refused
from vuonho.foreign import cited
from vuonho.output.files import is_folder, is_regular, stat_path
from vuonho.output.lock import STATE
from vuonho.output.pages.look import Seen, There
from vuonho.output.pages.sending import blob_id, blob_id_of_file
from vuonho.output.troubles import in_words

_LONGEST: Final = 4_000_000
"""Bytes of a text; the register of a thousand households has a fortieth of them."""
_NO_HOME: Final = frozenset(
    ("site", "templates", "words", ".git", ".github", "node_modules", ".venv", "src", "docs", "tests")
)
"""Folders of a project in which nothing private is looked for; of the state only the copies of texts are private."""
SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Found:
    """Something private in the repository: its path there, the commit, and the file of this project it is, or ""."""

    path: str
    commit: str
    file: str


def private_ids(root: Path, hash_name: str) -> dict[str, str]:
    """Return the project's private files by what git calls their content. Raises MachineTrouble.

    A text is known with the ends of lines of each system, and with the mark that an editor may put before it.
    """
    found: dict[str, str] = {}
    for name, path in private_files(root):
        with in_words(path):
            found |= dict.fromkeys(_ids(path, hash_name), name)
    return found


def _ids(path: Path, hash_name: str) -> Iterator[str]:
    with path.open("rb") as file:
        content = file.read(_LONGEST + 1)
    if len(content) > _LONGEST or b"\0" in content:
        yield blob_id_of_file(path, hash_name)
    else:
        yield from (blob_id(form, hash_name) for form in _forms(content))


def _forms(content: bytes) -> Iterator[bytes]:
    """Yield a text as editors and git may have left it; nothing for one that says nothing."""
    text = content.removeprefix(BOM_UTF8).replace(b"\r\n", b"\n")
    bare = text.rstrip(b"\n")
    for one in (text, bare, bare + b"\n") if text.strip() else ():
        for ends in (one, one.replace(b"\n", b"\r\n")):
            yield from (ends, BOM_UTF8 + ends)
    if text.strip():
        yield content


def private_files(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield all in `profiles/`, and what by its name is private elsewhere in the project; no empty file, no link."""
    for name in ("profiles", f"{STATE}/backups"):
        yield from _below(root / name, name, every=name == "profiles")
    with in_words(root):
        others = sorted(root.iterdir())
    for entry in others:
        if entry.name not in _NO_HOME and entry.name not in ("profiles", STATE):
            yield from _below(entry, entry.name, every=False)


def _below(path: Path, name: str, *, every: bool) -> Iterator[tuple[str, Path]]:
    with in_words(path):
        found = stat_path(path)
        entries = sorted(path.iterdir()) if is_folder(found) else []
    if found is not None and is_regular(found) and found.st_size and (every or is_private(name)):
        yield name, path
    for entry in entries:
        if entry.name not in (".git", "node_modules"):
            yield from _below(entry, f"{name}/{entry.name}", every=every)


def refuse_private(ids: Mapping[str, str], private: Mapping[str, str]) -> None:
    """Raise Refused if any file that is to go, by path and content, is private or is none of a site."""
    hidden = sorted((path, private[blob]) for path, blob in ids.items() if blob in private)
    if hidden:
        path, file = hidden[0]
        raise Refused(
            Text(f"Không gửi gì cả: trong trang có site/{path}, nó chính là {file}, tệp không được đưa lên mạng.",
                 f"Nothing was sent: the site holds site/{path}, which is {file}, a file that must not be published."),
            Text("Tệp ấy nếu đã chép từ thư mục site sang thì chuyển nó ra khỏi dự án rồi đăng lại. Không phải thế thì "
                 "đừng gửi bằng cách khác, xin báo cho người phát triển.",
                 "If you copied that file out of the folder site: move it out of the project and publish again. If not, do "
                 "not send it in another way, and please tell the developers."),
        )  # fmt: skip
    strange = sorted(path for path in ids if not is_of_site(path) and path != CNAME)
    if strange:
        raise Refused(
            Text(f"Không gửi gì cả: trang web không có tệp nào loại như site/{strange[0]}.",
                 f"Nothing was sent: a site has no such file as site/{strange[0]}."),
            Text("Xin báo cho người phát triển.", "Please tell the developers."),
        )  # fmt: skip


def private_there(there: There, private: Mapping[str, str]) -> tuple[Found, ...]:
    """Return what lies anywhere in the repository and must not, each path once, what is known by content first."""
    known = {one: private[one] for one in there.blobs & private.keys()}
    names = names_of(private.values())
    hits = [one for one in there.history if _is_hit(one, known) or is_named_after(one.path, names)]
    missing = known.keys() - {one.blob for one in hits}
    found = {one.path: Found(one.path, one.commit, known.get(one.blob, "")) for one in reversed(hits)}
    nameless = (Found("", "", known[one]) for one in sorted(missing) if not _is_photo_of_site(there, one))
    return tuple(sorted((*found.values(), *nameless), key=lambda one: (not one.file, one.path)))


def _is_hit(one: Seen, known: Mapping[str, str]) -> bool:
    # An original that was taken back from the site is the site's own photo, and went through the build.
    return is_private(one.path) or (one.blob in known and not _is_photo(one.path))


def _is_photo(path: str) -> bool:
    return path.startswith("photos/") and is_of_site(path)


def _is_photo_of_site(there: There, blob: str) -> bool:
    return any(one.blob == blob and _is_photo(one.path) for one in there.history)


def already_public(found: Iterable[Found], places: Mapping[str, str], address: str) -> Refused:
    """Return the refusal that says what lies there and where, and what can still be done."""
    every = tuple(found)
    vi, en = zip(*(_said(one, places.get(one.commit, "")) for one in every[:SHOWN]), strict=True)
    more = len(every) - SHOWN
    rest = Text(f"\n  và {more} tệp nữa", f"\n  and {more} more") if more > 0 else Text("", "")
    return Refused(
        Text("Trong kho ấy đang có, hoặc từng có, hồ sơ và tệp riêng; không gửi gì cả:\n" + "\n".join(vi) + rest.vi,
             "That repository holds, or once held, profiles and private files; nothing was sent:\n" + "\n".join(en) + rest.en),
        Text(f"Ghi đè hay xóa tệp không lấy lại được: bản cũ vẫn còn trong lịch sử của kho. Cần làm:\n"
             f"    1. Xóa hẳn kho ấy ({address}) hoặc chuyển sang Private; ở GitHub: Settings, cuối trang.\n"
             "    2. Tạo kho mới, để trống, chỉ để đăng trang, rồi vuonho publish --to KHO-MỚI.\n"
             "    3. Nếu kho từng mở cho mọi người: báo cho các gia đình có tên trong đó, và cho xã.\n"
             "    Kho Private có hồ sơ vẫn đăng trang được bằng GitHub Actions (.github/workflows/site.yml), không dùng publish.",
             f"Overwriting or deleting takes nothing back: old versions stay in the repository's history. What to do:\n"
             f"    1. Delete that repository ({address}) or make it private; at GitHub: Settings, at the end.\n"
             "    2. Make a new, empty one for the site alone, then vuonho publish --to NEW-REPOSITORY.\n"
             "    3. If it was ever public: tell the families concerned, and the commune.\n"
             "    A private repository with profiles publishes by GitHub Actions (.github/workflows/site.yml), not by publish."),
    )  # fmt: skip


def _said(one: Found, place: str) -> tuple[str, str]:
    path = cited(one.path) or "…"
    same = (
        Text(f", chính là {one.file}", f", which is {one.file}")
        if one.file and one.file != path
        else Text("", "")
    )
    where = (
        Text(f" ({place}, bản {one.commit[:7]})", f" ({place}, commit {one.commit[:7]})")
        if place
        else Text("", "")
    )
    return f"  {path}{same.vi}{where.vi}", f"  {path}{same.en}{where.en}"
