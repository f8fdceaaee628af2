"""The settings of a project and of its villages: `site.yaml` and `village.yaml`."""

from collections.abc import Sequence
from pathlib import Path

from vuonho.errors import Problem, Severity, UserError
from vuonho.i18n import Text
from vuonho.model.communes import Commune, find_commune, name_trap, unknown_province
from vuonho.model.household import free_texts
from vuonho.model.sensitive import cautions
from vuonho.model.settings import Site, Village
from vuonho.project.files import SITE_FILE, SITE_FOLDERS, VillageFolder, read_tree
from vuonho.project.profile import read_record
from vuonho.project.words import read_communes, read_crops
from vuonho.project.yaml_tree import Mapping
from vuonho.text import is_portable


def read_site(root: Path) -> tuple[Site | None, tuple[Problem, ...]]:
    """Return (settings, problems) of `site.yaml`; the settings are None where it cannot be used.

    What is wrong with the words that the project adds is among the problems.
    """
    (own, strange), (_, odd) = read_communes(root), read_crops(root)
    tree, problems = read_tree(root / SITE_FILE, SITE_FILE)
    if tree is None:
        return None, (*strange, *odd, *problems)
    site, wrong = check_site(tree, own)
    return site, (*strange, *odd, *problems, *wrong)


def check_site(tree: Mapping, own: Sequence[Commune] = ()) -> tuple[Site | None, tuple[Problem, ...]]:
    """Return (settings, problems) of what `site.yaml` holds; `own` are the communes that the project adds."""
    site, wrong = read_record(Site, tree, SITE_FILE)
    if site is None:
        return None, wrong
    found: list[Problem] = []
    if unknown := unknown_province(site.province, own):
        found.append(Problem("province", *unknown, Severity.WARNING))
    if len(set(site.languages)) != len(site.languages) or not site.languages:
        message = Text("The list of languages is empty or repeats one.")
        found.append(Problem("languages", message, Text("Write: [vi, en].")))
    for field, text in free_texts(site):
        found += cautions(text, field)
    return site, (*wrong, *(problem.at(tree, SITE_FILE) for problem in found))


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
    found: list[Problem] = []
    commune = None
    try:
        commune, doubt = find_commune(village.commune, province, own)
        if doubt and not unknown_province(province, own):  # else it is said of site.yaml already
            found.append(Problem("commune", *doubt, Severity.WARNING))
        elif not doubt and village.former is None and (trap := name_trap(commune)).vi:
            found.append(Problem("commune", trap, Text("Look at the name again."), Severity.WARNING))
    except UserError as refused:
        found.append(Problem("commune", refused.message, refused.hint))
    for field, text in free_texts(village):
        found += cautions(text, field)
    return village, commune, (*problems, *(problem.at(tree, file) for problem in found))


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
            message = None
            if old in taken or not is_portable(old):
                message = Text("The folder name “{slug}” is taken.", slug=old)
            elif old.isdigit():
                message = Text("“{old}” is digits only, as a code is.", old=old)
            elif old in slugs:
                message = Text("There is a village in the folder “{old}” now.", old=old)
            elif old in named:
                message = Text("“{old}” is named in {named} already.", old=old, named=named[old])
            named.setdefault(old, file)
            if tree and message:
                hint = Text("Look up the village's former folder; if this is none, take it out of formerly.")
                problems.append(Problem(f"formerly.{number}", message, hint).at(tree, file))
    return tuple(problems)
