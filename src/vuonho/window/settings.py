"""The settings of the site and of each village, as forms made from the same schema; and the map of a village."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from flask import abort, request, url_for
from werkzeug.wrappers import Response

from vuonho.backup.undo import with_way_back
from vuonho.edit.profile_edit import told, with_values
from vuonho.errors import Problem, Severity, UserError
from vuonho.forms.incoming import Incoming, Place
from vuonho.i18n import Both, Text
from vuonho.importing.plan import unpack_photos
from vuonho.model.communes import known_in
from vuonho.model.fields import Field, Misfits, Record, Typed, called, read_field
from vuonho.model.outline import is_nothing, site_fields, spot_fields, village_fields
from vuonho.model.settings import Site, Village
from vuonho.model.spot import Spot, check_spot
from vuonho.model.vocabulary import LISTS
from vuonho.output.files import in_words
from vuonho.output.lock import locked
from vuonho.output.site_writer import recover
from vuonho.output.transaction import write_together
from vuonho.project.files import (
    SITE_FILE,
    SPOTS,
    VILLAGE_FILE,
    decode,
    list_villages,
    parse_file,
    village_folder,
)
from vuonho.project.ground import LARGEST, NAMES, read_ground, read_map
from vuonho.project.profile import read_profile, read_record
from vuonho.project.settings import check_former, check_village, read_communes, read_site, read_village
from vuonho.project.settings import check_site as check_settings
from vuonho.project.yaml_tree import Mapping as Tree
from vuonho.project.yaml_tree import Plain
from vuonho.register.memory import read_boards, read_register
from vuonho.register.rules import Printed, check_site
from vuonho.scaffold.init import HOME, OF_A_VILLAGE, known_answers, village_name
from vuonho.scaffold.init import add_village as add_to_book
from vuonho.scaffold.new import add_spot, villages_of
from vuonho.window import form
from vuonho.window.households import Opened, opened_place, photos_of, take_photos, with_waiting
from vuonho.window.more import room
from vuonho.window.page import changed_meanwhile, go, show, this_team
from vuonho.window.raw import raw_link
from vuonho.window.start import SURE, answered, asked, judge
from vuonho.window.team import Outcome

_FIRST: Final = {
    SITE_FILE: ("title", "purpose", "team", "base_url"),
    VILLAGE_FILE: ("name", "kind", "commune", "centre", "intro", "team", "dates"),
    SPOTS: ("name", "kind", "point", "start", "homes", "story", "checked"),
}
"""What stands open in a form, in this order; all other fields are folded away."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file of settings: its name in the project, its schema, and the page with its form."""

    name: str
    record: type[Record]
    fields: tuple[Field, ...]
    link: str

    @property
    def path(self) -> Path:
        return this_team().root / self.name

    def check(self, tree: Tree) -> tuple[Problem, ...]:
        """Return what is wrong or doubtful in it, as the program reads it."""
        root = this_team().root
        own = read_communes(root)[0]
        if self.record is Spot:
            spot, problems = read_record(Spot, tree, self.name)
            return (*problems, *(one.at(tree, self.name) for one in (check_spot(spot) if spot else ())))
        if self.record is Village:
            return check_village(tree, self.name, _province(root), own)[2]
        site, problems = check_settings(tree, own)
        return (*problems, *(_printed(root, site) if site else ()))


@dataclass(frozen=True, slots=True)
class _Change:
    """A value that a form changes: where it stands, what the file says now, what the form says."""

    name: Text
    here: Plain
    new: Plain


def _site_file() -> _File:
    return _File(SITE_FILE, Site, site_fields(), url_for("more.settings"))


def _village_file(slug: str) -> _File:
    if slug not in {one.slug for one in list_villages(this_team().root)[0]}:
        abort(404)
    return _File(
        f"profiles/{slug}/{VILLAGE_FILE}", Village, village_fields(), url_for("more.village", slug=slug)
    )


def _spot_file(slug: str, name: str) -> _File:
    folder = next((one for one in list_villages(this_team().root)[0] if one.slug == slug), None)
    if folder is None or f"{SPOTS}/{name}.yaml" not in folder.spots:
        abort(404)
    fields = tuple(one for one in spot_fields() if one.key != "code")
    return _File(
        folder.profile(f"{SPOTS}/{name}.yaml"), Spot, fields, url_for("more.spot", slug=slug, name=name)
    )


def _spots_of(slug: str) -> list[tuple[str, str]]:
    """Return (file, name) of each place of a village."""
    root = this_team().root
    folder = next((one for one in list_villages(root)[0] if one.slug == slug), None)
    found = [] if folder is None else [read_profile(root, folder.profile(one), slug) for one in folder.spots]
    return [(Path(one.file).stem, getattr(one.record, "name", "") or Path(one.file).stem) for one in found]


def _province(root: Path) -> str:
    site, _ = read_site(root)
    return site.province if site else HOME


@room.route("/settings/", methods=("GET", "POST"))
def settings() -> str | Response | tuple[str, int]:
    """Show the settings of the site as a form, and the villages; or save them."""
    return _save(_site_file()) if request.method == "POST" else _show(_site_file())


@room.route("/settings/<slug>/", methods=("GET", "POST"))
def village(slug: str) -> str | Response | tuple[str, int]:
    """Show the settings of a village as a form, and its map; or save them."""
    file = _village_file(slug)
    return _save(file) if request.method == "POST" else _show(file)


@room.route("/settings/<slug>/places/<name>/", methods=("GET", "POST"))
def spot(slug: str, name: str) -> str | Response | tuple[str, int]:
    """Show a place of a village as a form, or save it."""
    file = _spot_file(slug, name)
    return _save(file) if request.method == "POST" else _show(file)


@room.post("/settings/<slug>/places/")
def put_spot(slug: str) -> Response:
    """Add a place to a village by its name and kind, and show its form."""
    team, typed = this_team(), request.form
    added = add_spot(
        team.root,
        typed.get("name", ""),
        typed.get("kind", ""),
        _village_file(slug).name.split("/")[1],
        team.today,
    )
    said = Text("Added. Its code is {code}; its plaque is under Plaques.", code=added.code)
    return go("more.spot", Outcome((said,)), slug=slug, name=Path(added.file).stem)


def _show(
    file: _File, sent: Mapping[str, Sequence[str]] | None = None, wrongs: Sequence[Problem] = ()
) -> str | tuple[str, int]:
    """Return the form: as it was filled in, else as its file says."""
    root = this_team().root
    content = b""
    try:
        with in_words(file.path):
            content = file.path.read_bytes()
        base = told(content)
    except UserError as unreadable:
        return show(
            "unreadable", _title(file), file=file.name, error=unreadable, raw=raw_link(file.name)
        ), 409
    languages, values = _languages(base), base
    one = _place_of(file)
    kept = one.draft.read() if one and sent is None else None
    filled = kept if sent is None else sent
    if filled is not None:
        base = form.opened_with(filled) or {}
        values = form.with_base(file.fields, base, form.read(file.fields, filled, languages))
    else:
        tree = parse_file(decode(content), file.name)[0]
        wrongs = file.check(tree) if tree else ()
    first = _FIRST[SPOTS if file.record is Spot else file.name if file.record is Site else VILLAGE_FILE]
    opened, folded = (
        form.controls(some, values, languages, wrongs)
        for some in (
            sorted(
                (field for field in file.fields if field.key in first),
                key=lambda field: first.index(field.key),
            ),
            [field for field in file.fields if field.key not in (*first, *(("photos",) if one else ()))],
        )
    )
    photos: dict[str, Any] = photos_of(one, values, wrongs) if one else {"photos": (), "where": None}
    asked_for = [*opened, *folded, *(control for _, row in photos["photos"] for control in row)]
    slug = file.name.split("/")[1] if file.record is Village else ""
    return show(
        "settings",
        _title(file),
        link=file.link,
        opened=opened,
        folded=folded,
        base=json.dumps(base, ensure_ascii=False),
        base_field=form.BASE,
        **{"gone_field": form.GONE, **photos},
        more_field=form.MORE,
        wrongs=wrongs,
        is_draft=kept is not None,
        is_sent=sent is not None,
        stray=form.stray(wrongs, asked_for),
        slug=slug,
        back="" if file.record is Site else url_for("more.village", slug=file.name.split("/")[1]) if not slug else url_for("more.settings"),
        spots=_spots_of(slug) if slug else [],
        kinds=LISTS["spots"],
        villages=villages_of(root) if file.record is Site else [],
        communes=known_in(_province(root), read_communes(root)[0]) if slug else (),
        map_file=next((name for name in NAMES if (root / "profiles" / slug / name).is_file()), "") if slug else "",
    )  # fmt: skip


def _place_of(file: _File) -> Opened | None:
    """Return the place whose file it is, which has photos and a draft; None for settings."""
    return opened_place(file.name.split("/")[1], Path(file.name).stem) if file.record is Spot else None


def _title(file: _File) -> Text:
    if file.record is Site:
        return Text("Settings")
    slug = file.name.split("/")[1]
    if file.record is Spot:
        stem = Path(file.name).stem
        return Text("{name}", name=dict(_spots_of(slug)).get(stem, stem))
    return Text("{name}", name=dict(villages_of(this_team().root)).get(slug) or slug)


def _languages(values: Mapping[str, Plain]) -> tuple[str, ...]:
    """Return the languages of free text, Vietnamese first."""
    own = values.get("languages")
    if own is None:
        site, _ = read_site(this_team().root)
        own = [*site.languages] if site else ["vi", "en"]
    return tuple(dict.fromkeys(("vi", *(one for one in own if isinstance(one, str)))))


# --- Saved as the program itself writes such a file: every byte stays that need not change ---


def _save(file: _File) -> str | Response | tuple[str, int]:
    root = this_team().root
    sent = {name: request.form.getlist(name) for name in request.form}
    base = form.opened_with(sent) or {}
    new = form.read(file.fields, sent, _languages(base))
    contents = dict[Path, bytes]()
    if one := _place_of(file):
        one.draft.write(sent)
        refused = take_photos(one)
        if not refused:
            new["photos"], contents, refused = _photos(one, sent, new)
        if refused:
            return _show(file, sent, refused), 409  # type: ignore[return-value]
    with locked(root):
        recover(root)
        with in_words(file.path):
            before = file.path.read_bytes()
        changes, clashes = list[_Change](), list[_Change]()
        values = _merged(file, file.record, (told(before), base, new), (), changes, clashes)
        if clashes and "_overwrite" not in sent:
            return changed_meanwhile(map(_describe, clashes), sent, file.link)
        after = with_values(before, values)
        tree, problems = parse_file(decode(after), file.name)
        wrongs = (*problems, *(file.check(tree) if tree else ()))
        if any(one.severity is Severity.ERROR for one in wrongs):
            return _show(file, sent, wrongs), 409  # type: ignore[return-value]
        if after != before:
            today = this_team().today
            what = Text("Settings saved") if one is None else Text("A place saved")
            for path in contents:
                path.parent.mkdir(exist_ok=True)
            write_together(root, with_way_back(root, {**contents, file.path: after}, what, today, ()))
    if one:
        one.draft.drop()
    if not changes:
        return _back(file, Outcome((Text("Nothing was changed."),), wrongs))
    former = check_former(root, list_villages(root)[0], _languages(values)) if file.record is Village else ()
    wrongs += tuple(one for one in former if one.file == file.name)
    return _back(file, Outcome((Text("Saved."), *map(_describe, changes)), wrongs))


def _photos(
    one: Opened, sent: Mapping[str, Sequence[str]], new: Mapping[str, Plain]
) -> tuple[Plain, dict[Path, bytes], list[Problem]]:
    """Return (the photos that a form says, named as they will lie in the village's folder, their content, problems)."""
    root = this_team().root
    listed, photos = with_waiting(one, sent, new)
    told = Incoming({"photos": listed or None}, one.village, {(): Place("")}, photos=photos)
    told, contents, problems = unpack_photos(told, Path(one.profile.file).stem if one.profile else "", str)
    folder = root / "profiles" / one.village
    return told.values["photos"], {folder / name: content for name, content in contents.items()}, problems


def _back(file: _File, outcome: Outcome) -> Response:
    if file.record is Site:
        return go("more.settings", outcome)
    if file.record is Spot:
        return go("more.spot", outcome, slug=file.name.split("/")[1], name=Path(file.name).stem)
    return go("more.village", outcome, slug=file.name.split("/")[1])


def _merged(
    file: _File,
    record: type[Record],
    sides: tuple[Mapping[str, Plain], Mapping[str, Plain], Mapping[str, Plain]],
    path: tuple[str, ...],
    changes: list[_Change],
    clashes: list[_Change],
) -> dict[str, Plain]:
    """Return what the file is to say: what the form changed, and all else as it stands there.

    `sides` are the file now, what the form was opened with, and what it says. What was changed in both is a clash.
    """
    now, base, new = sides
    values = dict(now)
    for key, typed in new.items():
        slot, here, then = record.slots[key], now.get(key), base.get(key)
        if not slot.listed and not isinstance(slot.of, Typed):
            inner = _within(here), _within(then), _within(typed)
            value: Plain = _merged(file, slot.of, inner, (*path, key), changes, clashes)
        elif _same(record, key, typed, then) or _same(record, key, typed, here):
            continue
        else:
            if isinstance(slot.of, Typed) or not isinstance(typed, list):
                told_so, value = typed, _settled(typed, here)
            else:
                told_so = value = _entries(slot.of, typed, here)
            change = _Change(called(file.fields, (*path, key)) or Text(), here, told_so)
            changes.append(change)
            if not _same(record, key, here, then):
                clashes.append(change)
        if not is_nothing(value):
            values[key] = value
        elif key in values:
            values[key] = None
    return values


def _within(value: Plain) -> Mapping[str, Plain]:
    return value if isinstance(value, dict) else {}


def _same(record: type[Record], key: str, one: Plain, other: Plain) -> bool:
    """Tell whether two values mean the same; what the schema refuses means only itself."""
    if is_nothing(one) or is_nothing(other):
        return is_nothing(one) and is_nothing(other)
    try:
        return read_field(record, key, one) == read_field(record, key, other)
    except Misfits:
        return one == other


def _settled(value: Plain, here: Plain) -> Plain:
    """Return words in several languages as the file has them: Vietnamese alone needs no list of languages."""
    if not isinstance(value, dict):
        return value
    there = here if isinstance(here, dict) else {}
    kept = {tag: text for tag, text in value.items() if text or tag in there}
    return kept["vi"] if [*kept] == ["vi"] and not there else kept


def _entries(record: type[Record], typed: Sequence[Plain], here: Plain) -> list[Plain]:
    """Return the entries of a list as the file has them, as far as they mean the same; an entry is known by its name."""
    before = [one for one in here if isinstance(one, dict)] if isinstance(here, list) else []
    name = next(iter(record.slots))
    entries: list[Plain] = []
    for entry in typed:
        told = {key: value for key, value in _within(entry).items() if not is_nothing(value)}
        old = next((one for one in before if _same(record, name, one.get(name), told.get(name))), {})
        kept = {
            key: old[key]
            if key in old and _same(record, key, value, old[key])
            else _settled(value, old.get(key))
            for key, value in told.items()
        }
        entries.append(old if kept == old else kept)
    return entries


def _describe(change: _Change) -> Text:
    old, new = change.here, change.new
    if isinstance(old, list) and isinstance(new, list):  # only what is no longer so, and what is new
        old, new = [one for one in old if one not in new], [one for one in new if one not in old]
    return Text("{name}: {old} → {new}", name=change.name, old=_say(old), new=_say(new))


def _say(value: Plain) -> Text:
    text = ", ".join(_texts(value))
    return Both(text, text) if text else Text("nothing")


def _texts(value: Plain) -> Iterator[str]:
    if isinstance(value, dict | list):
        for inside in value.values() if isinstance(value, dict) else value:
            yield from _texts(inside)
    elif value:
        yield value


def _printed(root: Path, site: Site) -> tuple[Problem, ...]:
    """Return what is printed with an address that the site no longer has, said of its address."""
    rows = read_register(root)[0].rows
    printed = [
        *(
            Printed(url, row.code, "base_url", SITE_FILE, 0)
            for row in rows
            for url in (row.url, *row.earlier_urls)
            if url
        ),
        *(Printed(board.url, board.village, "base_url", SITE_FILE, 0) for board in read_boards(root)[0]),
    ]
    found = check_site(printed, (site.base_url, *site.previous_urls))
    return tuple(replace(one, line=None, column=None) for one in found)


# --- The map of a village ---


@room.post("/settings/<slug>/map")
def put_map(slug: str) -> Response:
    """Put a map into a village's folder, in place of the one that is there; refuse one that cannot be drawn."""
    root, file = this_team().root, _village_file(slug)
    upload = request.files.get("map")
    ending = (upload.filename or "").rpartition(".")[2].lower() if upload else ""
    if upload is None or not ending:
        return _back(file, Outcome((Text("No map was chosen."),)))
    name = "map.geojson" if ending == "json" else f"map.{ending}"
    if name not in NAMES:
        raise UserError(
            Text("This is no map that the program reads."),
            Text(
                "Choose a file that ends in .geojson, .kml or .gpx; a .kmz is a zip file that holds the .kml."
            ),
        )
    settled, _, _ = read_village(root, file.name, _province(root))
    if settled is None:
        raise UserError(Text("First correct what is wrong in the settings of this village."), Text())
    content = upload.read(LARGEST + 1)
    home = root / "profiles" / slug
    ground, problems = read_map(content, f"profiles/{slug}/{name}", settled.centre)
    errors = [one for one in problems if one.severity is Severity.ERROR]
    if errors:
        raise UserError(errors[0].message, errors[0].hint)
    _change_map(slug, {home / name: content}, Text("A map put in its place"))
    ways, signs = (len(ground.ways), len(ground.landmarks)) if ground else (0, 0)
    said = Text("The map is in its place: {ways} ways and waters, {signs} landmarks.", ways=ways, signs=signs)
    return _back(
        file, Outcome((said,), (*problems, *read_ground(root, f"profiles/{slug}", settled.centre)[1]))
    )


@room.post("/settings/<slug>/map/remove")
def remove_map(slug: str) -> Response:
    """Take the map of a village away; it can be taken back."""
    file = _village_file(slug)
    _change_map(slug, {}, Text("The map of a village taken away"))
    return _back(
        file,
        Outcome(
            (Text("The map is taken away."),),
            links=((Text("That was wrong: take it back"), url_for("more.undo")),),
        ),
    )


def _change_map(slug: str, contents: Mapping[Path, bytes], what: Text) -> None:
    """Write a map, and remove those of other kinds, in one step that can be taken back."""
    root, home = this_team().root, this_team().root / "profiles" / slug
    with locked(root):
        recover(root)
        others = [f"profiles/{slug}/{name}" for name in NAMES if home / name not in contents]
        erased = [name for name in others if (root / name).is_file()]
        goes = dict.fromkeys((root / name for name in erased), None)
        write_together(
            root, with_way_back(root, {**contents, **goes}, what, this_team().today, ()), erase=erased
        )


# --- One more village ---


@room.route("/add-village/", methods=("GET", "POST"))
def add_village() -> str | Response | tuple[str, int]:
    """Ask for one more village, and add it; or show beside which question something is wrong."""
    if request.method == "GET":
        return _ask({}, ())
    team = this_team()
    typed = {name: text.strip() for name, text in request.form.items()}
    wrongs = judge(OF_A_VILLAGE, typed, known_answers(team.root))
    if wrongs:
        return _ask(typed, wrongs), 409
    given = answered(OF_A_VILLAGE, typed)
    slug = village_folder(village_name(given))
    added = add_to_book(team.root, slug, given, team.today, team.language)
    said = Text("Added {name}. The book has {count} villages now.", name=added.name, count=added.villages)
    return go("more.village", Outcome((said, *added.notes)), slug=slug)


def _ask(typed: Mapping[str, str], wrongs: tuple[Problem, ...]) -> str:
    root = this_team().root
    known = known_answers(root)
    controls = asked(OF_A_VILLAGE, typed, wrongs, known)
    return show(
        "add_village",
        Text("Add a village"),
        controls=controls,
        wrongs=wrongs,
        sure=SURE,
        communes=known_in(known["province"], read_communes(root)[0]),
    )
