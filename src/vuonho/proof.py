"""The proof of a built site against the profiles that it was built from.

`verify_site` knows nothing of profiles: what is secret, what is public and who must answer is told to it here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from vuonho.bilingual import Text
from vuonho.domain.codes import is_code
from vuonho.domain.fold import fold
from vuonho.domain.withheld import TEXTS, Value, shown, withheld
from vuonho.errors import Problem
from vuonho.intake.files import read_bytes
from vuonho.intake.photofiles import photo_path
from vuonho.output.verify.page import parse_page
from vuonho.output.verify.report import Progress, Report, Secret, verify_site
from vuonho.output.writing.recovery import recover
from vuonho.pictures import LARGEST
from vuonho.render.photos.photo import photo_key
from vuonho.survey import Survey, survey

Words = tuple[str, ...]
Names = Mapping[str, list[Words]]
"""Names by their first word, all of them folded."""

_WORD: Final = re.compile(r"\w+")
_PHOTO: Final = re.compile(rb"photos/([\w.-]+)")
_NAMED_BY: Final = 16
"""Digits of its key that the published files of a photo are named by (see `render_photo`)."""
_BUILD: Final = Text("Chạy lại “vuonho build”.", "Run “vuonho build” again.")


def prove(root: Path, site: Path, progress: Progress) -> Report:
    """Return the report on the site in `site`; its problems name files below that folder.

    Raises DataProblems where the profiles have errors: what must be hidden would not be known.
    """
    recover(root)
    project = survey(root)
    project.require()
    secrets = [Secret(kind, value, home.code) for home in project.private for kind, value in withheld(home)]
    report = verify_site(site, secrets, _public_values(project, secrets), progress)
    photos = (*_forgotten_photos(site), *_withheld_photos(root, site, project))
    problems = (*_roll_call(site, project), *photos, *report.problems)
    where = site.relative_to(root).as_posix() if site.is_relative_to(root) else site.as_posix()
    return replace(report, problems=tuple(_within(where, problem) for problem in problems))


def _within(folder: str, problem: Problem) -> Problem:
    return replace(problem, file=f"{folder}/{problem.file}" if problem.file else folder)


# --- What is no leak ---------------------------------------------------------------------------------------


def _public_values(project: Survey, secrets: Iterable[Secret]) -> list[str]:
    """Return what others made public; a person's name within somebody's story is not made public by that."""
    values = [value for home in project.private for value in shown(home)]
    gardens = {home.name for home in project.private}
    people = (secret.value for secret in secrets if secret.kind == "full_name")
    names = _by_first_word(name for name in people if name not in gardens)
    public = [part for value in values for part in _parts(value, names)]
    public += [f"{village.centre.lat}, {village.centre.lon}" for village in project.villages]
    if project.site:
        public += [project.site.team.phone.digits, project.site.team.name]
    return public


def _by_first_word(names: Iterable[str]) -> Names:
    found: dict[str, list[Words]] = {}
    for name in map(_folded, names):
        found.setdefault("".join(name[:1]), []).append(name)
    return found


def _parts(value: Value, names: Names) -> Iterator[str]:
    """Yield a public value, a text in the parts that lie between the names in it."""
    kind, text = value
    if kind not in TEXTS:
        yield text
        return
    words, folded, start = _WORD.findall(text), _folded(text), 0
    for at, word in enumerate(folded):
        name = next((one for one in names.get(word, ()) if folded[at : at + len(one)] == one), None)
        if name and at >= start:
            yield " ".join(words[start:at])
            start = at + len(name)
    yield " ".join(words[start:])


def _folded(text: str) -> Words:
    return tuple(_WORD.findall(fold(text)))


# --- Who must answer ---------------------------------------------------------------------------------------


def _roll_call(site: Path, project: Survey) -> Iterator[Problem]:
    """Yield a problem for every code that should answer and does not, and for every one that should not."""
    homes = {home.code for home in project.households}
    left = {notice.code for notice in project.notices}
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
            if not parse_page(path.read_bytes()).is_notice:
                yield path.relative_to(site).as_posix()


def _about(file: str, message: Text, hint: Text = _BUILD, field: str = "site.code") -> Problem:
    return Problem(file, None, None, field, message, hint)


# --- Photos ------------------------------------------------------------------------------------------------


def _forgotten_photos(site: Path) -> Iterator[Problem]:
    """Yield a problem for every photo that no page shows: a build leaves alone what another program changed."""
    named = {name for page in site.rglob("*.html") for name in _PHOTO.findall(page.read_bytes())}
    for path in sorted((site / "photos").glob("*")):
        if path.name.encode() not in named:
            message = Text("Không trang nào dùng ảnh này.", "No page shows this photo.")
            hint = Text(
                "Xóa tệp này: có thể là ảnh gia đình đã rút.",
                "Delete this file: it may be a photo that a family took back.",
            )
            yield _about(f"photos/{path.name}", message, hint, "site.photo")


def _withheld_photos(root: Path, site: Path, project: Survey) -> Iterator[Problem]:
    """Yield a problem for every photo in the site that its family keeps back and no other family shows."""
    there = {path.name.partition("-")[0]: path.name for path in sorted((site / "photos").glob("*"))}
    public = {photo.file for home in project.households for photo in home.photos}
    folders = {stub.code: stub.path.partition("/")[0] for stub in project.stubs}
    kept = [
        (home.code, f"{folders[home.code]}/{photo.file}") for home in project.private for photo in home.photos
    ]
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
