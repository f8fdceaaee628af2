"""The settings of a project and of its villages: `site.yaml` and `village.yaml`, read and checked."""

from collections.abc import Container, Iterator, Sequence
from collections.abc import Mapping as MappingOf
from pathlib import Path

from vuonho.bilingual import Text
from vuonho.domain.caution.cautions import cautions
from vuonho.domain.findings import Finding
from vuonho.domain.freetext import free_texts
from vuonho.domain.places.communes import find_commune, name_trap, unknown_province
from vuonho.domain.places.table import Commune
from vuonho.domain.schema.place import Site, Village
from vuonho.errors import Problem, Refused, Severity
from vuonho.intake.communesfile import read_communes
from vuonho.intake.files import read_tree
from vuonho.intake.folder import SITE_FILE, SITE_FOLDERS, VillageFolder
from vuonho.intake.records import locate, read_record
from vuonho.intake.tree import Mapping
from vuonho.portable import is_portable


def read_site(root: Path) -> tuple[Site | None, tuple[Problem, ...]]:
    """Return (settings, problems) of `site.yaml`; the settings are None where it cannot be used.

    What is wrong with the communes that the project adds is among the problems.
    """
    own, strange = read_communes(root)
    tree, problems = read_tree(root / SITE_FILE, SITE_FILE)
    if tree is None:
        return None, (*strange, *problems)
    site, wrong = check_site(tree, own)
    return site, (*strange, *problems, *wrong)


def check_site(tree: Mapping, own: Sequence[Commune] = ()) -> tuple[Site | None, tuple[Problem, ...]]:
    """Return (settings, problems) of what `site.yaml` holds; `own` are the communes that the project adds."""
    site, wrong = read_record(Site, tree, SITE_FILE)
    found = _site(site, own) if site else ()
    return site, (*wrong, *(locate(finding, tree, SITE_FILE) for finding in found))


def read_village(
    root: Path, file: str, province: str
) -> tuple[Village | None, Commune | None, tuple[Problem, ...]]:
    """Return (village, its commune, problems) of a `village.yaml`, given relative to the project.

    `province` is where the commune is sought; the commune is None where the file or its code cannot be used. What is
    wrong with the communes that the project adds, `read_site` says.
    """
    tree, problems = read_tree(root / file, file)
    if tree is None:
        return None, None, problems
    village, commune, wrong = check_village(tree, file, province, read_communes(root)[0])
    return village, commune, (*problems, *wrong)


def check_village(
    tree: Mapping, file: str, province: str, own: Sequence[Commune] = ()
) -> tuple[Village | None, Commune | None, tuple[Problem, ...]]:
    """Return (village, its commune, problems) of what a `village.yaml` holds."""
    village, problems = read_record(Village, tree, file)
    if village is None:
        return None, None, problems
    commune, found = _commune(village, province, own)
    found = (*found, *(finding for field, text in free_texts(village) for finding in cautions(text, field)))
    return village, commune, (*problems, *(locate(finding, tree, file) for finding in found))


def check_former(
    root: Path, villages: Sequence[VillageFolder], languages: Sequence[str]
) -> tuple[Problem, ...]:
    """Return what is wrong with the former folders that the villages name; each leads on to its village.

    `languages` are the site's: their folders are taken. A village file that cannot be used is passed over.
    """
    taken = SITE_FOLDERS | {"vi", "en"} | {tag.lower() for tag in languages}
    slugs = {village.slug for village in villages}
    named: dict[str, str] = {}
    problems: list[Problem] = []
    for file in (village.file for village in villages):
        tree, _ = read_tree(root / file, file)
        village = read_record(Village, tree, file)[0] if tree else None
        for number, old in enumerate(village.formerly if village else (), 1):
            message = _former_trouble(old, taken, slugs, named)
            named.setdefault(old, file)
            if tree and message:
                problems.append(locate(Finding(f"formerly.{number}", message, _FORMER_HINT), tree, file))
    return tuple(problems)


def _former_trouble(
    old: str, taken: Container[str], slugs: Container[str], named: MappingOf[str, str]
) -> Text | None:
    if old in taken or not is_portable(old):
        return Text(f"Tên thư mục “{old}” đã dùng cho việc khác.", f"The folder name “{old}” is taken.")
    if old.isdigit():
        return Text(f"“{old}” chỉ có số, giống mã hộ.", f"“{old}” is digits only, as a code is.")
    if old in slugs:
        return Text(f"Đang có thôn ở thư mục “{old}”.", f"There is a village in the folder “{old}” now.")
    if old in named:
        return Text(f"“{old}” đã ghi ở {named[old]}.", f"“{old}” is named in {named[old]} already.")
    return None


_FORMER_HINT = Text(
    "Xem lại tên thư mục cũ của thôn; không phải thì bỏ khỏi formerly.",
    "Look up the village's former folder; if this is none, take it out of formerly.",
)


def _site(site: Site, own: Sequence[Commune]) -> Iterator[Finding]:
    if unknown := unknown_province(site.province, own):
        yield Finding("province", *unknown, Severity.WARNING)
    if len(set(site.languages)) != len(site.languages) or not site.languages:
        yield Finding(
            "languages",
            Text(
                "Danh sách ngôn ngữ trống hoặc có mã lặp lại.",
                "The list of languages is empty or repeats one.",
            ),
            Text("Viết: [vi, en].", "Write: [vi, en]."),
        )
    for field, text in free_texts(site):
        yield from cautions(text, field)


def _commune(
    village: Village, province: str, own: Sequence[Commune]
) -> tuple[Commune | None, tuple[Finding, ...]]:
    try:
        commune, said = find_commune(village.commune, province, own)
    except Refused as refused:
        return None, (Finding("commune", refused.message, refused.hint),)
    if said and unknown_province(province, own):
        return commune, ()  # said of site.yaml already
    if said:
        return commune, (Finding("commune", *said, Severity.WARNING),)
    trap = name_trap(commune)
    if not trap.vi or village.former is not None:
        return commune, ()
    hint = Text("Xem lại tên xã.", "Look at the name again.")
    return commune, (Finding("commune", trap, hint, Severity.WARNING),)
