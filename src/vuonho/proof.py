"""The proof of a built site against the profiles that it was built from.

`verify_site` knows nothing of profiles: what is secret, what is public and who must answer is told to it here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from vuonho.bilingual import Text
from vuonho.domain.codes import is_code
from vuonho.domain.register.register import addresses
from vuonho.domain.register.rules import ProfileStub
from vuonho.domain.schema.household import Household
from vuonho.domain.withheld import Value, name_kind, shown, withheld, withheld_of_gone
from vuonho.errors import Problem
from vuonho.examine import survey_whole
from vuonho.intake.files import read_bytes
from vuonho.intake.photofiles import photo_path
from vuonho.intake.profile import LEAVING, read_profile
from vuonho.intake.records import read_record
from vuonho.intake.tree import Mapping, find_node, plain
from vuonho.last_good import with_last_good
from vuonho.output.verify.page import parse_page
from vuonho.output.verify.report import Progress, Report, Secret, verify_site
from vuonho.output.writing.recovery import recover
from vuonho.pictures import LARGEST
from vuonho.render.photos.photo import photo_key
from vuonho.survey import Survey

Words = tuple[str, ...]

_KINDS: Final = {"head": "full_name"}
_NUMBERS: Final = frozenset(("phone", "point"))
_PHOTO: Final = re.compile(rb"photos/([\w.-]+)")
_NAMED_BY: Final = 16
"""Digits of its key that the published files of a photo are named by (see `render_photo`)."""
_BUILD: Final = Text("Chạy lại “vuonho build”.", "Run “vuonho build” again.")


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


def _public_values(project: Survey) -> Iterator[Value]:
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
    values: tuple[Value, ...]


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


def _loose_values(tree: Mapping) -> Iterator[Value]:
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


def _about(file: str, message: Text, hint: Text = _BUILD, field: str = "site.code") -> Problem:
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
            yield _about(f"photos/{there[key]}", message, _BUILD, "secret.photo")


def _key(root: Path, file: str) -> str:
    """Return what the published files of an original begin with, or "" where it cannot be read."""
    content, _ = read_bytes(photo_path(root, file), file, LARGEST)
    return photo_key(content)[:_NAMED_BY] if content else ""
