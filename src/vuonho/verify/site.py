"""The proof of a built site against the profiles that it was built from."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Final

from vuonho.errors import Problem
from vuonho.i18n import Text
from vuonho.model.codes import is_code
from vuonho.model.household import Household
from vuonho.model.private_values import Value as PrivateValue
from vuonho.model.private_values import name_kind, shown, withheld, withheld_of_gone
from vuonho.output.site_writer import recover
from vuonho.pictures.cache import LARGEST
from vuonho.pictures.photo import photo_key
from vuonho.project.files import photo_path, read_bytes
from vuonho.project.last_good import with_last_good
from vuonho.project.profile import LEAVING, read_profile, read_record
from vuonho.project.survey import Survey, survey_whole
from vuonho.project.yaml_tree import Mapping, find_node, plain
from vuonho.register.register import addresses
from vuonho.register.rules import ProfileStub
from vuonho.verify.codes import code_problems, fold_origin, read_codes
from vuonho.verify.leaks import Secret, Value, index_of, secret_problems
from vuonho.verify.pages import link_problems, page_problems, worker_problems
from vuonho.verify.photos import photo_problems
from vuonho.verify.tree import SiteTree, flaw, parse_page, read_tree, site_base

# --- Proof that a built site has the files that it needs and none that belongs elsewhere ---

_REGISTER: Final = b"code,profile,given,printed"
_YAML: Final = (".yaml", ".yml")
_ADDRESS: Final = re.compile(r"<loc>\s*([^<]*?)\s*</loc>")
_SITEMAP: Final = re.compile(r"sitemap(?:-[0-9]+)?\.xml")
_BUILD: Final = Text("Chạy lại “vuonho build”.", "Run “vuonho build” again.")
_REMOVE: Final = Text("Xóa nó khỏi thư mục trang web.", "Remove it from the site's folder.")


def stray_problems(tree: SiteTree) -> tuple[Problem, ...]:
    """Return a problem for every file that is private, no file at all, missing or out of step.

    Named are links and pipes, the register and profiles, a missing 404.html, data that do not parse, and a
    sitemap that lists a notice or lacks a household.
    """
    return (*_no_files(tree), *_private(tree), *_missing(tree), *_torn(tree), *_in_sitemap(tree))


def _no_files(tree: SiteTree) -> Iterator[Problem]:
    for name in tree.links:
        message = Text("Đây là một liên kết, không phải tệp.", "This is a link and not a file.")
        hint = Text("Xóa liên kết này; cần thì chép tệp thật vào.",
                    "This is a link; remove it, and copy the file itself if it is needed.")  # fmt: skip
        yield flaw(name, message, hint, name="link")
    for name in tree.odd:
        message = Text("Đây không phải tệp, cũng không phải thư mục.", "This is neither a file nor a folder.")
        yield flaw(name, message, _REMOVE, name="no_file")


def _private(tree: SiteTree) -> Iterator[Problem]:
    for file in sorted(tree.files):
        name = file.rpartition("/")[2].lower()
        if (
            name == "codes.csv"
            or name.endswith(_YAML)
            or (name.endswith((".csv", ".txt")) and _is_register(tree, file))
        ):
            message = Text("Tệp này là hồ sơ nội bộ, không được đưa lên trang.",
                           "This file belongs to the private project, not to the site.")  # fmt: skip
            yield flaw(file, message, _REMOVE, name="private")


def _is_register(tree: SiteTree, file: str) -> bool:
    return tree.read(file).removeprefix(b"\xef\xbb\xbf").startswith(_REGISTER)


def _missing(tree: SiteTree) -> Iterator[Problem]:
    if "404.html" not in tree.files:
        message = Text("Thiếu trang cho địa chỉ gõ sai.", "The page for mistyped addresses is missing.")
        yield flaw("404.html", message, _BUILD, name="missing")


def _torn(tree: SiteTree) -> Iterator[Problem]:
    for file in sorted(tree.files):
        if file.startswith("data/") and file.endswith((".json", ".geojson")) and not _parses(tree.read(file)):
            message = Text("Tệp dữ liệu này hỏng, máy không đọc được.", "This file of data cannot be parsed.")
            yield flaw(file, message, _BUILD, name="data")


def _parses(content: bytes) -> bool:
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True


def _in_sitemap(tree: SiteTree) -> Iterator[Problem]:
    """Yield a problem for every notice in a sitemap and every household that stands in none."""
    maps = [file for file in sorted(tree.files) if _SITEMAP.fullmatch(file)]
    listed = {url: file for file in reversed(maps) for url in _addresses(tree, file)}
    for code in tree.codes if maps else ():
        url = fold_origin(f"{tree.base}{code}/")
        pages = [fold_origin(f"{tree.base}{folder}{code}/") for _, folder in tree.languages]
        if not tree.pages[f"{code}/index.html"].is_notice:
            # A page that is no notice and has no code either is named for that already.
            if url not in listed and f"qr/{code}.svg" in tree.files:
                message = Text(f"Thiếu hộ {code}.", f"Household {code} is missing.")
                yield flaw("sitemap.xml", message, _BUILD, name="sitemap.missing")
        elif found := next((listed[page] for page in pages if page in listed), ""):
            message = Text(f"Có hộ {code} đã rút hoặc đã chuyển.", f"It lists household {code}, which left.")
            yield flaw(found, message, _BUILD, name="sitemap.notice")


def _addresses(tree: SiteTree, file: str) -> Iterator[str]:
    text = tree.read(file).decode("utf-8", "replace")
    return (fold_origin(unescape(match[1])) for match in _ADDRESS.finditer(text))


# --- Proof over a built site that knows nothing of how it was built: codes, pages, links, photos, secrets ---

Progress = Callable[[Text, int, int], None]
"""Called before each step with what it does, its number from 1, and how many there are."""

_STEPS = 6


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked into, as numbers, and every problem found; no problem is the proof."""

    codes: int
    pages: int
    links: int
    photos: int
    problems: tuple[Problem, ...]


def verify_site(
    site: Path,
    secrets: Iterable[Secret],
    public_values: Iterable[Value],
    progress: Progress | None = None,
) -> Report:
    """Return the proof of a built site.

    `secrets` are the unticked values, `public_values` what makes one harmless: chosen names, values that
    others ticked, the team's phone, the centres of villages. Raises VuonhoError if the folder holds no
    site, MachineTrouble if a file cannot be read.
    """
    tell = progress or _silent
    tell(Text("Đọc các trang", "Reading the pages"), 1, _STEPS)
    tree = read_tree(site)
    tell(Text("Quét mã QR", "Scanning the QR codes"), 2, _STEPS)
    codes = read_codes(tree)
    found = list(code_problems(tree, tree.base, codes))
    tell(Text("Thử các đường dẫn", "Following the links"), 3, _STEPS)
    broken, links = link_problems(tree)
    tell(Text("Xem chính sách của trang", "Checking the pages' policies"), 4, _STEPS)
    found += (*broken, *page_problems(tree), *worker_problems(tree), *stray_problems(tree))
    tell(Text("Soi thông tin trong ảnh", "Looking into the photos"), 5, _STEPS)
    loaded, photos = photo_problems(tree)
    tell(
        Text("Tìm điều gia đình chưa cho công khai", "Looking for what families did not agree to"), 6, _STEPS
    )
    found += (*loaded, *secret_problems(tree, index_of(secrets, public_values), codes))
    return Report(len(codes), len(tree.pages), links, photos, tuple(found))


def _silent(_step: Text, _number: int, _count: int) -> None:
    pass


__all__ = ["Progress", "Report", "Secret", "site_base", "verify_site"]


# --- The proof of a built site against the profiles that it was built from ---

Words = tuple[str, ...]

_KINDS: Final = {"head": "full_name"}
_NUMBERS: Final = frozenset(("phone", "point"))
_PHOTO: Final = re.compile(rb"photos/([\w.-]+)")
_NAMED_BY: Final = 16
"""Digits of its key that the published files of a photo are named by (see `render_photo`)."""
_PROOF_BUILD: Final = Text("Chạy lại “vuonho build”.", "Run “vuonho build” again.")


def prove(root: Path, site: Path, progress: Progress) -> Report:
    """Return the report on the site in `site`; its problems name files below that folder.

    Raises DataProblems for errors that concern more than one household: what must be hidden would not be known.
    """
    recover(root)
    project = survey_whole(root)
    project.require()
    project = with_last_good(root, project, site).project
    gone = tuple(_gone(root, project))
    secrets = [Secret(kind, value, home.code) for home in project.private for kind, value in withheld(home)]
    secrets += (Secret(kind, value, home.code) for home in gone for kind, value in home.values)
    report = verify_site(site, secrets, _public_values(project), progress)
    photos = (*_forgotten_photos(site), *_withheld_photos(root, site, project, gone))
    problems = (*_roll_call(site, project), *photos, *report.problems)
    where = site.relative_to(root).as_posix() if site.is_relative_to(root) else site.as_posix()
    return replace(report, problems=tuple(_within(where, problem) for problem in problems))


def _within(folder: str, problem: Problem) -> Problem:
    return replace(problem, file=f"{folder}/{problem.file}" if problem.file else folder)


# --- What is no leak, and what was left behind --------------------------------------------------------------


def _public_values(project: Survey) -> Iterator[PrivateValue]:
    """Yield what others made public; a person's name within somebody's text is not made public by that."""
    for home in project.private:
        yield from shown(home)
    for village in project.villages:
        yield "point", f"{village.centre.lat}, {village.centre.lon}"
        names = (village.name, village.slug, village.commune, village.former_commune, village.former_district)
        yield from (("place", name) for name in (*names, *village.formerly) if name)
        yield from (("full_name", text) for text in (village.intro.texts if village.intro else ()))
    if site := project.site:
        yield "phone", site.team.phone.digits
        yield from (("place", text) for text in (site.province, site.team.name, *site.title.texts))
        yield from (("full_name", text) for text in site.purpose.texts)


@dataclass(frozen=True, slots=True)
class Gone:
    """What the profile of a household that left still holds; `record` is None where it is no whole one."""

    code: str
    folder: str
    record: Household | None
    values: tuple[PrivateValue, ...]


def _gone(root: Path, project: Survey) -> Iterator[Gone]:
    """Yield the households that left and whose profile keeps its old fields."""
    for stub in project.stubs:
        folder = stub.path.partition("/")[0]
        tree = _old_tree(root, stub, folder) if stub.withdrawn or stub.moved_to else None
        if tree is not None:
            record, _ = read_record(Household, tree, stub.path, ignored=LEAVING)
            values = withheld_of_gone(record) if record else _loose_values(tree)
            yield Gone(stub.code, folder, record, tuple(values))


def _old_tree(root: Path, stub: ProfileStub, folder: str) -> Mapping | None:
    return read_profile(root, f"profiles/{stub.path}", folder).tree


def _loose_values(tree: Mapping) -> Iterator[PrivateValue]:
    """Yield what can be read of a profile that is no whole one any more."""
    fields = (("head",), ("name",), ("contact", "phone"), ("location", "point"), ("story",))
    for field in fields:
        found = plain(find_node(tree, field)[2]) if _has(tree, field) else None
        for text in found.values() if isinstance(found, dict) else (found,):
            if isinstance(text, str) and (field[-1] in _NUMBERS or len(text.split()) > 1):
                yield name_kind(text) if field == ("name",) else _KINDS.get(field[-1], field[-1]), text


def _has(tree: Mapping, path: Words) -> bool:
    for key in path[:-1]:
        entry = tree.get(key)
        if entry is None or not isinstance(entry.value, Mapping):
            return False
        tree = entry.value
    return tree.get(path[-1]) is not None


# --- Who must answer ---------------------------------------------------------------------------------------


def _roll_call(site: Path, project: Survey) -> Iterator[Problem]:
    """Yield a problem for every code that should answer and does not, and for every one that should not."""
    homes = {home.code for home in project.households}
    left = {notice.code for notice in project.notices} | (set(addresses(project.register)) - homes)
    there = _codes_in(site)
    for code in sorted((homes | left) - there):
        yield _about(
            f"{code}/index.html",
            Text(f"Mã {code} không có trang trả lời.", f"No page answers for the code {code}."),
        )
    for code in sorted(there - homes - left):
        yield _about(
            code,
            Text(
                f"Mã {code} không thuộc hộ nào đã đồng ý.",
                f"The code {code} belongs to no household that agreed.",
            ),
        )
    for file in _still_shown(site, sorted(left & there)):
        yield _about(
            file,
            Text(
                "Gia đình đã rút hoặc đã chuyển, trang vẫn còn.",
                "The family left and its page is still here.",
            ),
        )


def _codes_in(site: Path) -> set[str]:
    """Return every code that has a folder or a picture of its code in the site, in any language."""
    paths = (path for pattern in ("*", "*/*") for path in site.glob(pattern))
    return {path.stem for path in paths if is_code(path.stem) and (path.is_dir() or path.parent.name == "qr")}


def _still_shown(site: Path, left: Iterable[str]) -> Iterator[str]:
    """Yield the pages of households that left and show more than a notice."""
    for code in left:
        for path in sorted((*site.glob(f"{code}/index.html"), *site.glob(f"*/{code}/index.html"))):
            if path.is_file() and not parse_page(path.read_bytes()).is_notice:
                yield path.relative_to(site).as_posix()


def _about(file: str, message: Text, hint: Text = _PROOF_BUILD, field: str = "site.code") -> Problem:
    return Problem(file, None, None, field, message, hint)


# --- Photos ------------------------------------------------------------------------------------------------


def _forgotten_photos(site: Path) -> Iterator[Problem]:
    """Yield a problem for every photo that no page shows: a build leaves alone what another program changed."""
    pages = (page for page in site.rglob("*.html") if page.is_file())
    named = {name for page in pages for name in _PHOTO.findall(page.read_bytes())}
    for path in sorted((site / "photos").glob("*")):
        if path.name.encode() not in named:
            message = Text("Không trang nào dùng ảnh này.", "No page shows this photo.")
            hint = Text(
                "Xóa tệp này: có thể là ảnh gia đình đã rút.",
                "Delete this file: it may be a photo that a family took back.",
            )
            yield _about(f"photos/{path.name}", message, hint, "site.photo")


def _withheld_photos(root: Path, site: Path, project: Survey, gone: tuple[Gone, ...]) -> Iterator[Problem]:
    """Yield a problem for every photo in the site that its family keeps back and no other family shows."""
    there = {path.name.partition("-")[0]: path.name for path in sorted((site / "photos").glob("*"))}
    public = {photo.file for home in project.households for photo in home.photos}
    homes = [(one.village, one.record) for one in project.profiles if isinstance(one.record, Household)]
    homes += [(home.folder, home.record) for home in gone if home.record]
    kept = [(home.code, f"{folder}/{photo.file}") for folder, home in homes for photo in home.photos]
    hits = [(code, key) for code, file in kept if file not in public and (key := _key(root, file)) in there]
    others = {_key(root, file) for file in public} if hits else set()
    for code, key in hits:
        if key not in others:
            message = Text(
                f"Lộ ảnh của hộ {code}, gia đình chưa đồng ý công khai.",
                f"A photo of household {code} is here, and the family did not agree to show it.",
            )
            yield _about(f"photos/{there[key]}", message, _PROOF_BUILD, "secret.photo")


def _key(root: Path, file: str) -> str:
    """Return what the published files of an original begin with, or "" where it cannot be read."""
    content, _ = read_bytes(photo_path(root, file), file, LARGEST)
    return photo_key(content)[:_NAMED_BY] if content else ""
