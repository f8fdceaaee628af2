"""The proof of a built site against the profiles that it was built from."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from html import unescape
from itertools import count
from pathlib import Path
from typing import Final

from vuonho.errors import Problem
from vuonho.i18n import Text
from vuonho.model.codes import is_code
from vuonho.model.household import Household
from vuonho.model.private_values import name_kind, shown, withheld, withheld_of_gone
from vuonho.output.site_writer import recover
from vuonho.pictures.cache import LARGEST
from vuonho.pictures.rendered import photo_key
from vuonho.project.files import is_spot, photo_path, read_bytes
from vuonho.project.last_good import with_last_good
from vuonho.project.profile import LEAVING, read_profile, read_record
from vuonho.project.settings import read_village
from vuonho.project.survey import Survey, survey_whole
from vuonho.project.yaml_tree import Mapping, Plain, plain
from vuonho.register.register import addresses
from vuonho.verify.codes import CODES, is_true_list, mark_of
from vuonho.verify.images import code_problems, fold_origin, photo_problems, read_codes
from vuonho.verify.leaks import Index, Secret, Value, secret_problems
from vuonho.verify.pages import link_problems, page_problems
from vuonho.verify.tree import SiteTree, flaw, read_tree

_BUILD: Final = Text("Run “vuonho build” again.")

# --- The site by itself: codes, pages, links, photos, secrets, and no file that belongs elsewhere ---

Progress = Callable[[Text, int, int], None]
"""Called before each step with what it does, its number from 1, and how many there are."""
_STEPS: Final = 6


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked into, as numbers, and every problem found; no problem is the proof."""

    codes: int
    pages: int
    links: int
    photos: int
    problems: tuple[Problem, ...]


def verify_site(
    site: Path, secrets: Iterable[Secret], public_values: Iterable[Value], progress: Progress
) -> tuple[SiteTree, Report]:
    """Return a built site as it was read, and the proof of it.

    `secrets` are the unticked values, `public_values` what makes one harmless: chosen names, values that
    others ticked, the team's phone, the centres of villages. Raises VuonhoError if the folder holds no
    site, MachineError if a file cannot be read.
    """
    numbers = count(1)

    def tell(step: Text) -> None:
        progress(step, next(numbers), _STEPS)

    tell(Text("Reading the pages"))
    tree = read_tree(site)
    tell(Text("Scanning the QR codes"))
    codes = read_codes(tree)
    found = list(code_problems(tree, tree.base, codes))
    tell(Text("Following the links"))
    broken, links = link_problems(tree)
    tell(Text("Checking the pages' policies"))
    found += (*broken, *page_problems(tree), *stray_problems(tree))
    tell(Text("Looking into the photos"))
    loaded, photos = photo_problems(tree)
    tell(Text("Looking for what families did not agree to"))
    found += (*loaded, *secret_problems(tree, Index(secrets, public_values), codes))
    return tree, Report(len(codes), len(tree.pages), links, photos, tuple(found))


_REGISTER: Final = b"code,profile,given,printed"
_YAML: Final = (".yaml", ".yml")
_ADDRESS: Final = re.compile(r"<loc>\s*([^<]*?)\s*</loc>")
_SITEMAP: Final = re.compile(r"sitemap(?:-[0-9]+)?\.xml")
_REMOVE: Final = Text("Remove it from the site's folder.")


def stray_problems(tree: SiteTree) -> Iterator[Problem]:
    """Yield a problem for every file that is private, no file at all, missing or out of step.

    Named are links and pipes, the register and profiles, a missing 404.html, data that do not parse, and a
    sitemap that lists a notice or lacks a household.
    """
    for name in tree.links:
        hint = Text("This is a link; remove it, and copy the file itself if it is needed.")
        yield flaw(name, Text("This is a link and not a file."), hint, name="link")
    for name in tree.odd:
        yield flaw(name, Text("This is neither a file nor a folder."), _REMOVE, name="no_file")
    for file in sorted(tree.files):
        name = file.rpartition("/")[2].lower()
        is_table = name.endswith((".csv", ".txt"))
        is_register = is_table and tree.read(file).removeprefix(b"\xef\xbb\xbf").startswith(_REGISTER)
        if name == "codes.csv" or name.endswith(_YAML) or is_register:
            message = Text("This file belongs to the private project, not to the site.")
            yield flaw(file, message, _REMOVE, name="private")
        if file.startswith("data/") and file.endswith((".json", ".geojson")):
            try:
                json.loads(tree.read(file))
            except (ValueError, RecursionError):
                yield flaw(file, Text("This file of data cannot be parsed."), _BUILD, name="data")
    if "404.html" not in tree.files:
        message = Text("The page for mistyped addresses is missing.")
        yield flaw("404.html", message, _BUILD, name="missing")
    yield from _in_sitemap(tree)


def _in_sitemap(tree: SiteTree) -> Iterator[Problem]:
    """Yield a problem for every notice in a sitemap and every household that stands in none."""
    maps = [file for file in sorted(tree.files) if _SITEMAP.fullmatch(file)]
    listed: dict[str, str] = {}
    for file in maps:
        for match in _ADDRESS.finditer(tree.read(file).decode("utf-8", "replace")):
            listed.setdefault(fold_origin(unescape(match[1])), file)
    for code in tree.codes if maps else ():
        pages = [
            fold_origin(f"{tree.base}{folder}{code}/") for folder in ("", *(one for _, one in tree.languages))
        ]
        if not tree.pages[f"{code}/index.html"].is_notice:
            # A page that is no notice and has no code either is named for that already.
            if pages[0] not in listed and f"qr/{code}.svg" in tree.files:
                message = Text("Household {code} is missing.", code=code)
                yield flaw("sitemap.xml", message, _BUILD, name="sitemap.missing")
        elif found := next((listed[page] for page in pages if page in listed), ""):
            message = Text("It lists household {code}, which left.", code=code)
            yield flaw(found, message, _BUILD, name="sitemap.notice")


# --- The site beside its profiles: what is no leak, what was left behind, who must answer ---

_FIELDS: Final = (("head",), ("name",), ("contact", "phone"), ("location", "point"), ("story",))
_NUMBERS: Final = frozenset(("phone", "point"))
_NAMED_BY: Final = 16
"""Digits of its key that the published files of a photo are named by (see `render_photo`)."""


def prove(root: Path, site: Path, progress: Progress) -> Report:
    """Return the report on the site in `site`; its problems name files below that folder.

    Raises DataProblems for errors that concern more than one household: what must be hidden would not be known.
    """
    recover(root)
    project = survey_whole(root)
    project.require()
    return prove_built(with_last_good(root, project, site).project, site, progress)


def prove_built(project: Survey, site: Path, progress: Progress) -> Report:
    """Return the report on a site that shows what `project` says, read without anything remembered of a build."""
    root = project.root
    gone = tuple(_gone(root, project))
    secrets = [Secret(kind, value, home.code) for home in project.private for kind, value in withheld(home)]
    secrets += (Secret(kind, value, home.code) for home in gone for kind, value in home.values)
    secrets += _of_teams(project)
    tree, report = verify_site(site, secrets, _public_values(project), progress)
    problems = (
        *_roll_call(tree, project),
        *_codes(tree, project),
        *_photos(root, tree, project, gone),
        *report.problems,
    )
    where = site.relative_to(root).as_posix() if site.is_relative_to(root) else site.as_posix()
    return replace(report, problems=tuple(replace(one, file=f"{where}/{one.file}") for one in problems))


def _of_teams(project: Survey) -> Iterator[Secret]:
    """Yield what would be known again of those of a village's team who have not agreed."""
    for village in project.villages:
        record, _, _ = read_village(
            project.root, village.source, project.site.province if project.site else ""
        )
        for member in record.team.members if record and record.team else ():
            if member.agreed is None:
                if " " in member.name:
                    yield Secret("full_name", member.name, village.slug)
                if member.phone:
                    yield Secret("phone", member.phone.digits, village.slug)


def _public_values(project: Survey) -> Iterator[Value]:
    """Yield what others made public; a person's name within somebody's text is not made public by that."""
    for home in project.private:
        yield from shown(home)
    for village in project.villages:
        yield "point", f"{village.centre.lat}, {village.centre.lon}"
        names = (village.name, village.slug, village.commune, village.former_commune, village.former_district)
        bare = (name.partition(" ")[2] for name in names if name)  # as English pages say it
        drawn = [way.name for way in village.ground.ways] if village.ground else []
        drawn += [mark.name for mark in village.ground.landmarks] if village.ground else []
        yield from (("place", name) for name in (*names, *bare, *drawn, *village.formerly) if name)
        yield from (("full_name", text) for text in (village.intro.texts if village.intro else ()))
        for member in village.members:
            yield "full_name", member.name
            if member.phone:
                yield "phone", member.phone.digits
    for spot in project.spots:
        yield "place", spot.name
        if spot.point:
            yield "point", f"{spot.point.lat}, {spot.point.lon}"
        captions = (photo.caption for photo in spot.photos)
        texts = (text for said in (spot.story, spot.start, *captions) if said for text in said.texts)
        yield from (("full_name", text) for text in (spot.name, *texts))
    if site := project.site:
        yield "phone", site.team.phone.digits
        yield from (("place", text) for text in (site.province, site.team.name, *site.title.texts))
        yield from (("full_name", text) for text in site.purpose.texts)


@dataclass(frozen=True, slots=True)
class _Gone:
    """What the profile of a household that left still holds; `record` is None where it is no whole one."""

    code: str
    folder: str
    record: Household | None
    values: tuple[Value, ...]


def _gone(root: Path, project: Survey) -> Iterator[_Gone]:
    """Yield the households that left and whose profile keeps its old fields."""
    for stub in project.stubs:
        folder = stub.path.partition("/")[0]
        has_left = stub.withdrawn or stub.moved_to
        file = f"profiles/{stub.path}"  # what a place said is nobody's secret
        tree = read_profile(root, file, folder).tree if has_left and not is_spot(file) else None
        if tree is not None:
            record, _ = read_record(Household, tree, stub.path, ignored=LEAVING)
            values = withheld_of_gone(record) if record else _loose_values(tree)
            yield _Gone(stub.code, folder, record, tuple(values))


def _loose_values(tree: Mapping) -> Iterator[Value]:
    """Yield what can be read of a profile that is no whole one any more."""
    for field in _FIELDS:
        found: Plain = plain(tree)
        for key in field:
            found = found.get(key) if isinstance(found, dict) else None
        kind = "full_name" if field == ("head",) else field[-1]
        for text in found.values() if isinstance(found, dict) else (found,):
            if isinstance(text, str) and (kind in _NUMBERS or len(text.split()) > 1):
                yield name_kind(text) if kind == "name" else kind, text


def _roll_call(tree: SiteTree, project: Survey) -> Iterator[Problem]:
    """Yield a problem for every code that should answer and does not, and for every one that should not."""
    homes = {one.code for one in project.coded}
    left = {notice.code for notice in project.notices} | (set(addresses(project.register)) - homes)
    there = set(filter(is_code, _names_in(tree)))
    for code in sorted((homes | left) - there):
        message = Text("No page answers for the code {code}.", code=code)
        yield flaw(f"{code}/index.html", message, _BUILD, name="site.code")
    for code in sorted(there - homes - left):
        message = Text("The code {code} belongs to no household that agreed.", code=code)
        yield flaw(code, message, _BUILD, name="site.code")
    for file, page in sorted(tree.pages.items()):
        name = file.removesuffix("/index.html").rpartition("/")[2]
        if name in left and not page.is_notice:
            message = Text("The family left and its page is still here.")
            yield flaw(file, message, _BUILD, name="site.code")


def _codes(tree: SiteTree, project: Survey) -> Iterator[Problem]:
    """Yield a problem where the list of codes tells anything but the state of each, or a page knows another list."""
    content = tree.read(CODES) if CODES in tree.files else b""
    homes = {one.code: one.village for one in project.coded}
    moved = {one.code: one.moved_to for one in project.notices if one.moved_to}
    left = ({one.code for one in project.notices} | set(addresses(project.register))) - homes.keys()
    shown = {code: homes.get(code) for code in filter(is_code, _names_in(tree)) if code not in left}
    if not is_true_list(content, shown, left, moved):
        message = Text("The list of codes does not say what the register says.")
        yield flaw(CODES, message, _BUILD, name="site.codes")
    mark = mark_of(content)
    for file, page in sorted(tree.pages.items()):
        if page.codes not in ("", mark):
            yield flaw(
                file, Text("This page was made with another list of codes."), _BUILD, name="site.codes_mark"
            )


def _names_in(tree: SiteTree) -> Iterator[str]:
    """Yield every name that has a folder in the site, in any language, or a picture of its code."""
    for file in tree.files:
        folder, *rest = file.split("/")
        if rest:
            yield folder
        if len(rest) > 1 or folder == "qr":
            yield Path(rest[0]).stem


def _photos(root: Path, tree: SiteTree, project: Survey, gone: Iterable[_Gone]) -> Iterator[Problem]:
    """Yield a problem for every photo that no page shows, and every one that its family keeps back.

    A build leaves alone what another program changed. What another family shows is public.
    """
    files = sorted(file.removeprefix("photos/") for file in tree.files if file.startswith("photos/"))
    named = {name for page in tree.pages.values() for name in page.photos}
    for name in files:
        if name not in named:
            message = Text("No page shows this photo.")
            hint = Text("Delete this file: it may be a photo that a family took back.")
            yield flaw(f"photos/{name}", message, hint, name="site.photo")
    there = {name.partition("-")[0]: name for name in files}
    public = {photo.file for one in project.coded for photo in one.photos}
    homes = [(one.village, one.record) for one in project.profiles if isinstance(one.record, Household)]
    homes += [(home.folder, home.record) for home in gone if home.record]
    kept = [(home.code, f"{folder}/{photo.file}") for folder, home in homes for photo in home.photos]
    hits = [(code, key) for code, file in kept if file not in public and (key := _key(root, file)) in there]
    others = {_key(root, file) for file in public} if hits else set()
    for code, key in hits:
        if key not in others:
            message = Text(
                "A photo of household {code} is here, and the family did not agree to show it.", code=code
            )
            yield flaw(f"photos/{there[key]}", message, _BUILD, name="secret.photo")


def _key(root: Path, file: str) -> str:
    """Return what the published files of an original begin with, or "" where it cannot be read."""
    content, _ = read_bytes(photo_path(root, file), file, LARGEST)
    return photo_key(content)[:_NAMED_BY] if content else ""
