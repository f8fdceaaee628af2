"""What the program says, as the window says it: a command is its button, a file is what people call it."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from flask import current_app, request, url_for

from vuonho.i18n import Both, Text
from vuonho.importing.match import values_of
from vuonho.model.fields import called, field_at
from vuonho.model.outline import (
    departed_fields,
    household_fields,
    site_fields,
    spot_fields,
    village_fields,
)
from vuonho.project.files import SITE_FILE, is_spot
from vuonho.project.profile import read_profile
from vuonho.scaffold.new import villages_of
from vuonho.window.team import Team

Way = tuple[Text, str]
"""A button: its words, and the address that it leads to."""

COMMANDS: Final = {
    "assign": ("more.tidy", Text("Put the register in order")),
    "backup": ("more.backup", Text("Make a backup")),
    "build": ("online.start", Text("Build and publish")),
    "check": ("home.problems", Text("See what is to be corrected")),
    "consent": ("paper.start", Text("Consent papers")),
    "export": ("incoming.start", Text("Workbooks")),
    "form": ("incoming.start", Text("Phone form and workbook")),
    "import": ("incoming.start", Text("Take files in")),
    "init": ("more.add_village", Text("Add a village")),
    "keepsake": ("paper.start", Text("Keepsakes and stickers")),
    "new": ("households.new", Text("Add a household")),
    "plaques": ("paper.start", Text("Plaques")),
    "publish": ("online.start", Text("Publish")),
    "remove": ("households.start", Text("It was added by mistake")),
    "restore": ("more.restore", Text("Bring a backup back")),
    "serve": ("online.start", Text("Look at the site")),
    "status": ("home.start", Text("Today")),
    "undo": ("more.undo", Text("Take the last step back")),
    "verify": ("online.start", Text("Prove the site")),
    "withdraw": ("households.start", Text("Take the household off")),
}
"""Where in the window each command is."""
_NAMES: Final = "|".join(COMMANDS)
_GIVEN: Final = (
    r'(?:"[^"]*"|--(?:village|size|branch|to|copy) [^\s,;)”]*[^\s,;:.)”]|--[a-z-]+|[0-9]{5,8}|-o|[A-Z]:\\'
    r"|(?:FILE|TỆP)\.zip|CODE|MÃ|DIR|THƯ_MỤC|NEW-REPOSITORY|KHO-MỚI|[^\s,;:()“”]+\.(?:zip|xlsx|html))(?![\w/])"
)
"""What may stand behind the name of a command."""
_COMMAND: Final = re.compile(rf"\bvuonho (?:-C \S+ )?({_NAMES})\b((?: {_GIVEN})*)")
_PRESSED: Final = re.compile(
    r"(?:\b(?:([CGR])|[cgr])(?:hạy|õ|ọi|un|all)\b( lại| ngay| again| at once)?:? )?(?:\blệnh )?[“`]?"
    + _COMMAND.pattern
    + "[”`]?"
)
_ASIDE: Final = re.compile(
    rf"\s*\((?:dòng |[^()]*(?:\bvuonho (?:{_NAMES})\b|(?<![\w-])-(?:o\b|-[a-z])|\.yaml\b|\b(?:codes|boards)\.csv\b))[^()]*\)"
)
"""What is said in brackets to those who type commands or open files."""
_FILE: Final = re.compile(
    r"`?\b(?:profiles/)?(?:(site\.yaml|village\.yaml|codes\.csv|boards\.csv)"
    r"|(?<=profiles/)([a-z0-9-]+)(?:/([^\s/]+)\.yaml)?)\b(?![/\w]|\.\w)`?"
)
_CALLED: Final = {
    "site.yaml": Text("Settings"),
    "village.yaml": Text("the settings of the village"),
    "codes.csv": Text("the register"),
    "boards.csv": Text("the record of boards"),
}
_TWICE: Final = re.compile(r"\b(the register|sổ mã) (?:the register|sổ mã)\b|\bsổ (?=sổ mã)", re.IGNORECASE)
_KEY: Final = re.compile(
    r"[`“]?\b(base_url|previous_urls|moved_to|lunar_months|consent\.given|formerly(?=:))\b[`”]?"
    r"|(?:[`“]|\bdòng )(former|formerly|centre|province|languages|withdrawn)\b[`”]?"
)
_VALUE: Final = re.compile(r"[`“]?\b(withdrawn|people|kind|(?<!the )code): ([^\s`”,.;]+)[`”]?")
"""What is to be written into a line of a profile, such as “people: no”."""
_GLOSS: Final = re.compile(r"“[a-z_]+” \(([^()]+)\)|(?<=”) \([a-z_]+\)")
"""A key before its label, or behind it."""


def window_form(text: Text, language: str) -> str:
    """Return a text as a page says it: it sends nobody to a terminal, nor into a file."""
    said = text.to(language)
    if not _TO_CHANGE.search(said):
        return said

    def button(found: re.Match[str]) -> str:
        capital, how, name, _ = found.groups(default="")
        verb = ""
        if found[0][0] not in "“`vl":
            verb = "bấm" if language == "vi" else "press"
            verb = f"{verb.capitalize() if capital else verb}{how} "
        return f"{verb}“{COMMANDS[name][1].to(language)}”"

    said = _PRESSED.sub(button, _ASIDE.sub("", said))
    said = _FILE.sub(lambda found: _file_called(*found.groups(default="")).to(language), said)
    said = _GLOSS.sub(lambda found: f"“{found[1]}”" if found[1] else "", said)
    said = _VALUE.sub(lambda found: f"“{_labels()[found[1]].to(language)}: {found[2]}”", said)
    said = _KEY.sub(lambda found: f"“{_labels()[found[1] or found[2]].to(language)}”", said)
    return _TWICE.sub(r"\1", said)


_TO_CHANGE: Final = re.compile(
    rf"{_COMMAND.pattern}|(?<![\w-])-(?:o\b|-[a-z])|\.yaml\b|\b(?:codes|boards)\.csv\b|\bprofiles/|{_KEY.pattern}|{_VALUE.pattern}"
    rf"|{_GLOSS.pattern}|\(dòng "
)


@cache
def _labels() -> Mapping[str, Text]:
    """Return what the keys are called that a hint may name."""
    fields = (*site_fields(), *village_fields())
    labels = {field.key: field.label for field in fields if field.key != "name"}
    labels |= {field.key: field.label for field in (*departed_fields(), *spot_fields())}
    people = field_at(household_fields(), ("photos", "people"))
    return {
        **labels,
        "people": people.label if people else Text(),
        "consent.given": called(household_fields(), ("consent", "given")) or Text(),
        "lunar_months": called(household_fields(), ("garden", "crops", "lunar_months")) or Text(),
        "moved_to": Text("The new code"),
    }


def file_called(file: str) -> Text:
    """Return what people call a file of the project: the household, the village, the register; else its name."""
    found = _FILE.fullmatch(file)
    return _file_called(*found.groups(default="")) if found else Both(name := file.rpartition("/")[2], name)


def _file_called(own: str, village: str, name: str) -> Text:
    if own:
        return _CALLED[own]
    team: Team | None = current_app.config.get("TEAM") if current_app else None
    if team is None or not team.has_project:
        return Both(name or village, name or village)
    if name in ("", "village"):
        said = dict(villages_of(team.root)).get(village) or village
    else:
        typed = values_of(read_profile(team.root, f"profiles/{village}/{name}.yaml", village)).get("name")
        said = typed if isinstance(typed, str) else name
    return Both(said, said)


# --- Its buttons ---


def ways(*texts: Text, but: str = "") -> tuple[Way, ...]:
    """Return the buttons of the commands and files that texts name, each once; `but` is one that stands there already."""
    found: list[Way] = []
    for text in texts:
        said = text.en
        found += [(COMMANDS[one[1]][1], command_link(one[0])) for one in _COMMAND.finditer(said)]
        for match in _FILE.finditer(said):
            file = match[0].strip("`")
            found.append((Text("Settings") if match[1] else Text("Correct it"), edit_link(file)))
        if "base_url" in said or "previous_urls" in said:
            found.append((Text("Settings"), edit_link(SITE_FILE)))
    return tuple(
        {link: (words, link) for words, link in found if link not in ("", but, request.path)}.values()
    )


def command_link(command: str) -> str:
    """Return the page on which a command is done, such as "vuonho plaques --new"; "" for none."""
    found = _COMMAND.search(command)
    if not found:
        return ""
    name, given = found[1], found[2]
    code = next(iter(re.findall(r"\b[0-9]{5,8}\b", given)), None)
    village = next(iter(re.findall(r"--village (\S+)", given)), None)
    if code and name in ("withdraw", "remove"):
        return url_for(f"more.{name}", code=code)
    if name == "keepsake" and code:
        return url_for("paper.look", what="keepsake", code=code)
    if name == "plaques" and "--hung" in given:
        return url_for("paper.hung")
    if name == "plaques" and "--size a3" in given:
        return url_for("paper.look", size="a3", village=village)
    if name == "plaques" and code:
        return url_for("paper.look", code=code)
    if name == "plaques":
        which = next((one for one in ("new", "changed") if f"--{one}" in given), None)
        return url_for("paper.plaques", which=which)
    return url_for(COMMANDS[name][0])


def edit_link(file: str) -> str:
    """Return the page on which a file of the project is edited, "" where there is none."""
    if file in (SITE_FILE, "site.yaml", "village.yaml"):  # those of the villages are on the same page
        return url_for("more.settings")
    if found := re.fullmatch(r"profiles/([^/]+)/village\.yaml", file):
        return url_for("more.village", slug=found[1])
    if found := re.fullmatch(r"profiles/([^/]+)/([^/]+)\.yaml", file):
        return url_for("households.edit", village=found[1], name=found[2])
    if is_spot(file):
        slug, _, name = file.split("/")[1:]
        return url_for("more.spot", slug=slug, name=name.removesuffix(".yaml"))
    return ""
