"""The texts that a new project comes with; they lie in `texts/`, as they are written but for line ends."""

import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from vuonho.edit.yaml_text import render_commented, take_examples
from vuonho.errors import Severity, UserError
from vuonho.i18n import NOTHING, Both, Text
from vuonho.model.communes import (
    Commune,
    find_commune,
    guess_commune,
    guess_province,
    name_trap,
    outside,
    unknown_province,
)
from vuonho.model.fields import Field, LocalText, Record, field_at, outline, read_value
from vuonho.model.outline import household_fields, site_fields, village_fields
from vuonho.model.rules import cautions
from vuonho.model.settings import Site, Village
from vuonho.model.values import Phone, Point, quoted
from vuonho.model.vocabulary import VILLAGE_KINDS, Word
from vuonho.output.files import in_words, missing_folders, things_in, uninterrupted
from vuonho.output.lock import locked
from vuonho.output.site_writer import recover
from vuonho.output.transaction import write_together
from vuonho.project.files import REGISTER_FILE, SITE_FILE, VILLAGE_FILE, village_folder
from vuonho.project.settings import read_communes, read_site, read_village
from vuonho.project.yaml_tree import Plain
from vuonho.register.register import Register, render_register
from vuonho.resources import shipped
from vuonho.scaffold.handbook import HANDBOOK_FILE, render_handbook
from vuonho.scaffold.new import villages_of
from vuonho.text import fold

# --- The texts that a new project comes with; they lie in `texts/`, as they are written but for line ends ---

FIRST_STEPS_FILE: Final = "BAT-DAU.txt"
LAUNCHER_FILE: Final = "mo-vuonho.bat"
WORKFLOW_FILE: Final = ".github/workflows/site.yml"


def _text(name: str) -> str:
    return (Path(__file__).parent / "texts" / name).read_text(encoding="utf-8")


def render_first_steps(village: str, example: str = "") -> bytes:
    """Return the text for a project with the village in this folder; `example` is the file of an example household.

    UTF-8 with its mark and Windows line ends: any Notepad shows it right.
    """
    vi, en = (f"\n      Cách ghi: {example}", f"\n      As in: {example}") if example else ("", "")
    text = _text(FIRST_STEPS_FILE).format(village=village, example=vi, example_en=en)
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def render_launcher(language: str) -> bytes:
    """Return what a Windows user clicks: a window in the project's folder in which the commands work.

    UTF-8 without a mark, which cmd would take for a command; CR LF. cmd reads a file line by line in the code page of
    the moment: what comes after chcp 65001 may be UTF-8. pushd takes network folders too, where cd does not go. A
    macro of doskey stands in for the program where Scripts is not on PATH.
    """
    return _text(f"mo-vuonho.{language}.bat").replace("\n", "\r\n").encode("utf-8")


def render_workflow(language: str) -> bytes:
    """Return `site.yml`, with which a private repository checks, builds, proves and publishes its project."""
    return _text(f"site.{language}.yml").encode("utf-8")


def in_every_project(language: str) -> dict[str, bytes]:
    """Return what every project has, by its path in it."""
    return {
        ".gitignore": _text("gitignore.txt").encode("utf-8"),
        "site/.gitignore": b"*\n!.gitignore\n",
        "templates/README.txt": _text("templates-README.txt").encode("utf-8"),
        WORKFLOW_FILE: render_workflow(language),
        LAUNCHER_FILE: render_launcher(language),
        HANDBOOK_FILE: render_handbook(language),
    }


# --- A new project or village from a few answers: all of its files are there, or nothing is ---

EXAMPLE_FILE = "ho-mau.txt"
"""No profile: its end is .txt, so that it is never published, and opens by itself on any computer."""
HOME = "Hà Tĩnh"


def render_site(chosen: Mapping[str, Text], language: str) -> bytes:
    """Return `site.yaml` with the answers by their questions' names; English stands where it is known."""
    team = {"name": chosen["team"].vi, "phone": chosen["phone"].vi, "hours": chosen["hours"].vi or None}
    values: dict[str, Plain] = {
        "base_url": chosen["base-url"].vi,
        "province": chosen["province"].vi,
        "title": _local(chosen["title"]),
        "languages": ["vi", "en"],
        "purpose": _local(chosen["purpose"]),
        "team": {key: value for key, value in team.items() if value},
    }
    head = [
        Text("Settings of the whole site.").to(language),
        _note("hours").to(language),
    ]
    return render_commented(site_fields(), values, language, head).encode("utf-8")


def render_village(chosen: Mapping[str, Text], language: str) -> bytes:
    """Return `village.yaml` with the answers by their questions' names."""
    values: dict[str, Plain] = {
        "name": chosen["village"].vi,
        "kind": chosen["kind"].vi or None,
        "commune": chosen["commune"].vi,
        "centre": chosen["centre"].vi,
    }
    head = [Text("About the village.").to(language), _note("intro").to(language)]
    return render_commented(village_fields(), values, language, head).encode("utf-8")


def render_example(today: date, language: str) -> bytes:
    """Return a household filled in with the schema's examples, for Windows: with a mark, lines ending in CR LF."""
    values: dict[str, Plain] = {"name": "Vườn bà Hường", "checked": today.isoformat()}
    head = (
        Text(
            "An example of a household, to see how things are written. It is never published; "
            "nobody in it is real."
        ),
        Text('Add a real one with: vuonho new "Name"'),
    )
    text = render_commented(household_fields(), values, language, [line.to(language) for line in head])
    return take_examples(text).replace("\n", "\r\n").encode("utf-8-sig")


def _local(text: Text) -> Plain:
    return {"vi": text.vi, "en": text.en} if text.en else text.vi


def _note(key: str) -> Text:
    """Return how notes and examples are told apart; `key` is an example in the file."""
    return Text(
        "A line that begins with “# ” is a note. One like “#{key}: …” is an example: take its "
        "# away, then change it.",
        key=key,
    )


# --- The folder of a new project: all of its files are there, or nothing is ---


def refuse_taken(target: Path) -> None:
    """Return nothing where a project can be made: there is no such folder, or an empty one; else raise UserError."""
    if os.path.lexists(target) and (not target.is_dir() or things_in(target)):
        raise UserError(
            Text("There is something in “{target}” already.", target=target),
            Text("Choose a new or an empty folder."),
        )


def _fill_new_folder(
    target: Path, files: Mapping[str, bytes | Path], language: str, folder: str | None = None
) -> None:
    """Write files, by their path in the project, and an empty folder into `target`; what every project has comes along.

    A file is given by its content, or by the file to copy it from. Raises UserError where something lies in the
    folder already, MachineError where it cannot be written; then, and after Ctrl-C, nothing is left behind.
    """
    refuse_taken(target)
    made = missing_folders(target)
    try:
        with in_words(target):
            for name, content in {**in_every_project(language), **files}.items():
                path = target / name
                path.parent.mkdir(parents=True, exist_ok=True)
                if isinstance(content, Path):
                    # Without its mode: system packages are installed read-only.
                    shutil.copyfile(content, path)
                else:
                    path.write_bytes(content)
            if folder:
                (target / folder).mkdir(parents=True, exist_ok=True)
    except BaseException:
        with uninterrupted():
            for path in [made[0]] if made else things_in(target):
                shutil.rmtree(path, ignore_errors=True)
                if path.is_file():
                    path.unlink(missing_ok=True)
        raise


# --- Questions: whatever is not answered has a good beginning, and everything can be corrected ---

Answers = Mapping[str, str]


def _nothing(_: Answers) -> Text:
    return NOTHING


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask: the name of its option, the field of the schema that it fills, and what is taken for no answer.

    `beginning` gives that in both languages, NOTHING where there is no guess. What is printed `for_ever` is left for
    later by a word, never by Enter alone.
    """

    name: str
    record: type[Record]
    path: tuple[str, ...]
    beginning: Callable[[Answers], Text] = _nothing
    required: bool = False
    is_asked: bool = True
    for_ever: bool = False

    def is_required(self, answers: Answers) -> bool:
        """Tell whether there must be an answer: also a centre, where nothing is known of the commune."""
        return self.required or (self.name == "centre" and not self.beginning(answers).vi)

    def is_wanted(self, answers: Answers) -> bool:
        """Tell whether it is asked at all: not the kind of a village whose name begins with it."""
        return self.is_asked and not (self.name == "kind" and self.beginning(answers).vi)

    @property
    def field(self) -> Field:
        """What the schema says of it."""
        field = field_at(outline(self.record), self.path)
        if field is None:
            raise KeyError(self.path)
        return field


def village_name(answers: Answers) -> str:
    """Return the village's whole name, as people say it: "Phú Yên" of the kind thôn is Thôn Phú Yên."""
    name, kind = answers.get("village", ""), answers.get("kind", "")
    if not kind or _kind_of(name):
        return name
    return f"{VILLAGE_KINDS.by_key(kind).label.vi} {name}"


def _kind_of(name: str) -> str:
    """Return the kind with which a village's name begins, "" for none."""
    return next((word.key for word in VILLAGE_KINDS if fold(name).startswith(fold(word.key))), "")


def _middle(answers: Answers) -> str:
    """Return the middle of the commune, "" where it is not known how far that reaches."""
    box = find_commune(answers["commune"], answers.get("province", HOME))[0].box
    if box is None:
        return ""
    return str(Point(round((box.south + box.north) / 2, 4), round((box.west + box.east) / 2, 4)))


def _same(text: str) -> Text:
    return Both(text, text)


_PURPOSE = Text(
    "To show each family's garden and produce to visitors and neighbours, and to help guests find their way and buy at the garden."
)
QUESTIONS = (
    Question("province", Site, ("province",), lambda _: _same(HOME), is_asked=False),
    Question("village", Village, ("name",), required=True),
    Question("kind", Village, ("kind",), lambda given: _same(_kind_of(village_name(given)))),
    Question("commune", Village, ("commune",), required=True),
    Question("centre", Village, ("centre",), lambda given: _same(_middle(given))),
    Question(
        "title", Site, ("title",), lambda given: Text("Household gardens of {name}", name=village_name(given))
    ),
    Question("purpose", Site, ("purpose",), lambda _: _PURPOSE),
    Question(
        "base-url",
        Site,
        ("base_url",),
        lambda given: _same(f"https://{village_folder(village_name(given))}.example/"),
        for_ever=True,
    ),
    Question(
        "team",
        Site,
        ("team", "name"),
        lambda given: Both(f"Tổ công nghệ số cộng đồng {village_name(given)}"[:120].strip(), ""),
    ),
    Question("phone", Site, ("team", "phone"), required=True),
    Question("hours", Site, ("team", "hours")),
)
"""In the order in which they are asked: an answer may suggest the next ones."""


def read_answer(question: Question, typed: str, answers: Answers) -> str:
    """Return an answer as it is written into its file; raise UserError for one that the schema does not accept.

    `answers` are those given before; the commune is sought in their province.
    """
    if question.name == "base-url":
        typed = _whole_address(typed)
    value = read_value(question.record, question.path, typed)
    for problem in cautions(typed, ".".join(question.path)):
        if problem.severity is Severity.ERROR and question.name not in ("phone", "centre", "base-url"):
            raise UserError(problem.message, problem.hint)
    if question.name == "province":
        return guess_province(typed)
    if question.name == "commune":
        return guess_commune(typed, answers.get("province", HOME)).full_name
    if isinstance(value, Word):
        return value.key
    if isinstance(value, Phone):
        return value.grouped
    return value.entries[0][1] if isinstance(value, LocalText) else str(value)


def is_put_off(question: Question, typed: str) -> bool:
    """Tell whether somebody says that there is no answer yet, and its beginning is to stand in."""
    return question.for_ever and fold(typed) in ("chua", "chua co", "later")


def _whole_address(typed: str) -> str:
    """Return an address with what people leave out, https:// before it and "/" behind it, and what else they typed."""
    address = re.sub("^https://", "https://", typed.strip(), flags=re.IGNORECASE).removesuffix("/index.html")
    if re.match(r"[\w-]+(\.[\w-]+)+(:[0-9]+)?(/|$)", address):
        address = f"https://{address}"
    is_open = address.startswith("https://") and not re.search("[?#]|/$", address)
    return f"{address}/" if is_open else address


def doubt(question: Question, answer: str, answers: Answers) -> tuple[Text, Text]:
    """Return why an answer is to be looked at again, and what may be meant; NOTHING for one without doubt."""
    if question.name == "commune" and (unknown := _unknown({**answers, "commune": answer})):
        return unknown
    if question.name != "centre":
        return NOTHING, NOTHING
    commune, _ = find_commune(answers["commune"], answers.get("province", HOME))
    centre = read_value(Village, ("centre",), answer)
    away = outside(commune, centre) if isinstance(centre, Point) else None
    if away is None:
        return NOTHING, NOTHING
    kilometres = max(1, round(away / 1000))
    message = Text(
        "This point lies outside {full_name}, by about {kilometres} km.",
        full_name=commune.full_name,
        kilometres=kilometres,
    )
    return message, NOTHING


def complete(typed: Answers, questions: tuple[Question, ...] = QUESTIONS) -> dict[str, str]:
    """Return all answers, checked; raise UserError, naming the option, for one that is wrong or cannot be guessed."""
    answers: dict[str, str] = {}
    for question in questions:
        text = typed.get(question.name, "").strip()
        if question.required and not text:
            raise UserError(Text("--{name} is missing.", name=question.name))
        try:
            if text:
                answers[question.name] = read_answer(question, text, answers)
        except UserError as refused:
            raise _of_option(question.name, refused.message, refused.hint) from refused
    if answers.get("centre") or _middle(answers):
        return answers
    hint = Text(
        'Where a commune is not on our map, add the middle of the village (--centre "18.1250, 105.7600").'
    )
    if unknown := _unknown(answers):
        option = "province" if unknown_province(answers.get("province", HOME)) else "commune"
        raise _of_option(option, unknown[0], _both(unknown[1], hint))
    raise UserError(
        Text("The middle of the village (--centre) is missing: it is not known where this commune lies."),
        hint,
    )


def _of_option(name: str, message: Text, hint: Text) -> UserError:
    return UserError(Text("--{name}: {message}", name=name, message=message), hint)


def with_beginnings(given: Answers, questions: tuple[Question, ...] = QUESTIONS) -> dict[str, Text]:
    """Return the answers, and what is taken where none was given."""
    begun = {question.name: question.beginning(given) for question in questions}
    return begun | {name: Both(text, "") for name, text in given.items()}


def open_project(target: Path, typed: Mapping[str, str], today: date, language: str) -> list[Text]:
    """Make a project that builds at once in `target`, a new or empty folder; return what is to be corrected in it.

    `typed` are the answers by the names of QUESTIONS. Raises UserError for an answer that will not do and for a
    folder that is taken, MachineError; then nothing has been written.
    """
    given = complete(typed)
    given["village"] = village_name(given)
    chosen = with_beginnings(given)
    slug = village_folder(given["village"])
    folder = f"profiles/{slug}"
    files = {
        FIRST_STEPS_FILE: render_first_steps(slug, f"profiles\\{slug}\\{EXAMPLE_FILE}"),
        SITE_FILE: render_site(chosen, language),
        REGISTER_FILE: render_register(Register()).encode("utf-8"),
        f"{folder}/{VILLAGE_FILE}": render_village(chosen, language),
        f"{folder}/{EXAMPLE_FILE}": render_example(today, language),
    }
    _fill_new_folder(target, files, language, f"{folder}/photos")
    return [*_place_notes(given, slug), *_address_notes(given, typed)]


def _unknown(given: Mapping[str, str], own: Sequence[Commune] = ()) -> tuple[Text, Text] | None:
    """Return message and hint of a province or a commune that no table has, None where both are known."""
    province = given.get("province", HOME)
    return unknown_province(province, own) or find_commune(given["commune"], province, own)[1]


def _both(message: Text, hint: Text) -> Text:
    return Text("{message} {hint}", message=message, hint=hint)


def _place_notes(given: Mapping[str, str], slug: str, own: Sequence[Commune] = ()) -> Iterator[Text]:
    """Yield what is to be corrected of where a village lies; `own` are the communes that the project adds."""
    if unknown := _unknown(given, own):
        yield _both(*unknown)
    commune, _ = find_commune(given["commune"], given.get("province", HOME), own)
    if (trap := name_trap(commune)).vi:
        yield trap
    centre = read_value(Village, ("centre",), given["centre"]) if "centre" in given else None
    if centre is None:
        yield Text(
            "The centre of the village is not known; the middle of {full_name} stands in for it: "
            "fix `centre` in profiles/{slug}/village.yaml.",
            full_name=commune.full_name,
            slug=slug,
        )
    elif isinstance(centre, Point) and outside(commune, centre) is not None:
        yield Text(
            "The centre lies outside {full_name}: look at `centre` in profiles/{slug}/village.yaml again.",
            full_name=commune.full_name,
            slug=slug,
        )


def _address_notes(given: Mapping[str, str], typed: Mapping[str, str]) -> Iterator[Text]:
    address = given.get("base-url", "")
    if address and address != typed["base-url"]:
        yield Text("The site's address in full is {address}", address=address)
    if (address or ".example/").endswith(".example/"):
        yield Text(
            "The site's address is an example still: put the real one into `base_url` of "
            "profiles/site.yaml before you print plaques."
        )


# --- A new project: the demo village unpacked into a folder of one's own ---

DEMO = "thon-vuon-mau"


def unpack_demo(target: Path, language: str = "vi") -> None:
    """Write the demo village as a project into `target`, which is made, or must be empty.

    Its own texts speak both languages; the workflow and the launcher that every project has, `language`.

    Raises UserError where something lies there already, MachineError where it cannot be written; then nothing
    is left behind.
    """
    source = shipped("profiles")
    demo = (path for path in sorted((source / DEMO).rglob("*")) if path.is_file())
    files: dict[str, Path | bytes] = {
        f"profiles/{file.relative_to(source).as_posix()}": file
        for file in (source / "site.yaml", source / "codes.csv", *demo)
    }
    _fill_new_folder(target, files | {FIRST_STEPS_FILE: render_first_steps(DEMO)}, language)


# --- One more village in a book that is there: its folder, its `village.yaml`, and nothing else is touched ---

OF_A_VILLAGE: Final = tuple(
    question for question in QUESTIONS if question.name in ("village", "kind", "commune", "centre")
)
"""What is asked of a village; all else the book has."""


@dataclass(frozen=True, slots=True)
class Added:
    """A village added: its name, how many there are now, and what is to be corrected."""

    name: str
    villages: int
    notes: tuple[Text, ...]


def enclosing_project(target: Path) -> Path | None:
    """Return the project in whose folder, or below it, a new folder would lie; None for none."""
    absolute = Path(os.path.abspath(target))  # noqa: PTH100 - links stay as they are
    return next((folder for folder in absolute.parents if (folder / SITE_FILE).is_file()), None)


def known_answers(root: Path) -> dict[str, str]:
    """Return what the book answers by itself: its province, and its commune where all villages are of one."""
    site, _ = read_site(root)
    province = site.province if site else HOME
    files = [f"profiles/{slug}/{VILLAGE_FILE}" for slug, _ in villages_of(root)]
    communes = {one.full_name for file in files if (one := read_village(root, file, province)[1])}
    return {"province": province} | ({"commune": communes.pop()} if len(communes) == 1 else {})


def add_village(root: Path, folder: str, typed: Mapping[str, str], today: date, language: str) -> Added:
    """Return the village added in `profiles/<folder>`; `typed` are the answers by the names of OF_A_VILLAGE.

    Raises UserError for an answer or a folder that will not do, MachineError; then nothing has changed.
    """
    known = known_answers(root)
    given = complete(known | dict(typed), OF_A_VILLAGE)
    given |= {"province": known["province"], "village": village_name(given)}
    with locked(root):
        recover(root)
        villages = villages_of(root)
        _refuse_known(root, folder, given["village"], villages)
        chosen = with_beginnings(given, OF_A_VILLAGE)
        home = root / "profiles" / folder
        with in_words(home):
            (home / "photos").mkdir(parents=True, exist_ok=True)
        example, about = render_example(today, language), render_village(chosen, language)
        write_together(root, {home / EXAMPLE_FILE: example, home / VILLAGE_FILE: about})
    notes = tuple(_place_notes(given, folder, read_communes(root)[0]))
    return Added(given["village"], len(villages) + 1, notes)


def _refuse_known(root: Path, folder: str, name: str, villages: Iterable[tuple[str, str]]) -> None:
    """Raise UserError for a folder that is no village's, one that is there, and a village that the book has."""
    if (good := village_folder(folder)) != folder:
        raise UserError(
            Text("{folder} is no name for a village's folder.", folder=quoted(folder)),
            Text("Write, for example: {good}", good=good),
        )
    there = {fold(known): slug for slug, known in villages}
    if (root / "profiles" / folder).exists() or fold(name) in there:
        where = there.get(fold(name), folder)
        raise UserError(
            Text("The book has this village already: profiles/{where}.", where=where),
            Text("To add households: vuonho new, or vuonho import."),
        )
