"""The households: found, added, changed; a form is an import of one household, with the same checks and the same bytes."""

import io
import json
import mimetypes
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from flask import Blueprint, abort, jsonify, request, send_file, url_for
from werkzeug.wrappers import Response

from vuonho.backup.undo import with_way_back
from vuonho.errors import Problem, Severity, UserError
from vuonho.forms.incoming import LEFT, Incoming, IncomingPhoto, Place
from vuonho.forms.phone_form import form_questions, form_sections, suggestions
from vuonho.i18n import NOTHING, Text
from vuonho.importing.apply import apply_plan
from vuonho.importing.match import has_left, values_of
from vuonho.importing.merge import describe_change
from vuonho.importing.plan import ImportOptions, InvalidImport, Plan, plan_import
from vuonho.model.fields import Field, field_at, field_of
from vuonho.model.outline import household_fields
from vuonho.model.values import SHORT_LINK
from vuonho.output.files import in_words
from vuonho.output.lock import locked
from vuonho.output.site_writer import recover
from vuonho.output.transaction import write_together
from vuonho.pages.language import Language
from vuonho.pictures.photo import turned
from vuonho.project.files import SPOTS, is_spot, list_villages, photo_path
from vuonho.project.profile import Profile, read_profile
from vuonho.project.settings import read_crops, read_site
from vuonho.project.wording import read_messages
from vuonho.project.yaml_tree import Plain
from vuonho.resources import shipped
from vuonho.scaffold.new import villages_of
from vuonho.status.tasks import say_state
from vuonho.text import fold
from vuonho.window import form
from vuonho.window.drafts import Draft, DraftPhoto
from vuonho.window.form import Control
from vuonho.window.page import changed_meanwhile, go, show, standing, this_team
from vuonho.window.raw import raw_link
from vuonho.window.short_link import ask
from vuonho.window.team import Outcome

room = Blueprint("households", __name__, url_prefix="/households")

NEW: Final = "-"
"""What stands in addresses for a household that has no file yet."""
_PLACE: Final = "~"
"""What the name of a place begins with in the addresses of its photos and its draft."""
_PHOTOS: Final = "photos"
_CHECKED: Final = "checked"
_INTROS: Final = {
    "name": NOTHING,
    "location": Text(
        "Everybody sees the address. The place is shown only if the family agrees, and may be left out."
    ),
}
"""What stands at the head of a section where the phone form says something else."""
POINT: Final = "location.point"
"""The field for the place of the home."""
_STATES: Final = {
    "errors": (Text("with errors"), lambda home: home.errors > 0 or not home.is_readable),
    "consent": (Text("not agreed yet"), lambda home: home.is_readable and not home.consented),
    "photo": (Text("without photo"), lambda home: home.lacks_one_of("photo", "faces")),
    "print": (Text("without plaque"), lambda home: home.is_new),
    "reprint": (Text("to print again"), lambda home: home.reprint is not None),
    "lacking": (Text("not complete"), lambda home: not home.is_complete),
}
"""What a list can be narrowed to."""


# --- The list ---


@room.get("/")
def start() -> str:
    """Show all households, narrowed by words, village and state."""
    status = standing()
    wanted, village, state = (request.args.get(key, "").strip() for key in ("q", "village", "state"))
    homes = [(found, home) for found in status.villages for home in found.homes]
    words = fold(wanted).split()
    is_in_state = _STATES[state][1] if state in _STATES else lambda _: True
    shown = [
        (found, home)
        for found, home in homes
        if village in ("", found.slug) and is_in_state(home) and words_in(words, f"{home.label} {home.code}")
    ]
    return show(
        "households",
        Text("All households"),
        homes=shown,
        count=len(homes),
        villages=status.villages,
        states=[(key, words, sum(map(is_so, status.homes))) for key, (words, is_so) in _STATES.items()],
        chosen={"q": wanted, "village": village, "state": state},
        say_state=say_state,
        folded=lambda home: fold(f"{home.label} {home.code}"),
        left=[(found, one) for found in status.villages for one in found.left],
    )


def words_in(words: Sequence[str], text: str) -> bool:
    """Tell whether every word is in a text, accents and case left out."""
    folded = fold(text)
    return not [word for word in words if word not in folded]


# --- One household as a form ---


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the form: its heading, what it asks, whether it stands open."""

    key: str
    title: str
    intro: str
    controls: tuple[Control, ...]
    ticks: tuple[Mapping[str, Any], ...] = ()

    @property
    def is_filled(self) -> bool:
        """Tell whether anything is written in it."""
        return any(one.is_filled for one in self.controls)

    @property
    def has_wrongs(self) -> bool:
        """Tell whether anything in it is wrong."""
        return any(one.has_wrongs for one in self.controls)


@lru_cache(maxsize=4)
def words_of(language: str) -> Language:
    """Return the words of the phone form, which asks the same; a project's own stay with its pages."""
    return Language(language, dict(read_messages((shipped("templates"),), language) or {}))


def sections_of(
    values: Mapping[str, Plain], languages: Sequence[str], wrongs: Sequence[Problem]
) -> tuple[Section, ...]:
    """Return the form of a household in the order of the phone form, photos excepted."""
    language = this_team().language
    words, fields = words_of(language), household_fields()
    found = []
    for section in form_sections(fields, words):
        asked: list[Control] = []
        if section["key"] == _PHOTOS:
            continue
        for group in section["groups"]:
            for control in group["controls"]:
                keys = filter(None, (control["key"], control["partner"]))
                paths = (f"{group['within']}.{key}".lstrip(".") for key in keys)
                asked += [_control_at(fields, path, values, languages, wrongs) for path in paths]
        if section["key"] == "name":
            asked = [one for one in asked if one.name != "code"]
            asked.append(_control_at(fields, _CHECKED, values, languages, wrongs))
        is_consent = section["key"] == "consent"
        if is_consent:
            asked.append(_control_at(fields, "consent.publish", values, languages, wrongs))
        key = f"form.intro.{section['key']}"
        found.append(
            Section(
                section["key"],
                words.say(f"form.section.{section['key']}"),
                _INTROS[section["key"]].to(language)
                if section["key"] in _INTROS
                else words.messages.get(key, ""),
                tuple(asked),
                form_questions(fields, words) if is_consent else (),
            )
        )
    return tuple(found)


def _control_at(
    fields: tuple[Field, ...],
    path: str,
    values: Mapping[str, Plain],
    languages: Sequence[str],
    wrongs: Sequence[Problem],
) -> Control:
    within, _, key = path.rpartition(".")
    owner: Plain = dict(values)
    for step in filter(None, within.split(".")):
        owner = owner.get(step) if isinstance(owner, dict) else None
    field = field_at(fields, path.split("."))
    assert field is not None  # noqa: S101 - the form is made from the same schema
    (control,) = form.controls(
        (replace(field, key=key),), owner if isinstance(owner, dict) else {}, languages, wrongs, within
    )
    return control


@dataclass(frozen=True, slots=True)
class Opened:
    """A household or a place whose form is open: its village and file, what its file says, and its draft.

    Without a `profile` it is a new household.
    """

    village: str
    name: str
    profile: Profile | None
    draft: Draft

    @property
    def values(self) -> dict[str, Plain]:
        """What the file says."""
        return dict(values_of(self.profile)) if self.profile else {}

    @property
    def is_place(self) -> bool:
        """Tell a place from a household."""
        return self.profile is not None and is_spot(self.profile.file)

    @property
    def where(self) -> dict[str, str]:
        """What stands in the addresses of its photos and its draft."""
        return {"village": self.village, "name": self.name or NEW}

    @property
    def page(self) -> tuple[str, dict[str, str]]:
        """The page of its form, and what stands in the address."""
        if self.profile is None:
            return "households.new", {"village": self.village}
        if self.is_place:
            return "more.spot", {"slug": self.village, "name": Path(self.profile.file).stem}
        return "households.edit", self.where

    @property
    def link(self) -> str:
        """The address of its form."""
        page, where = self.page
        return url_for(page, **where)  # type: ignore[arg-type]

    def go(self, said: Text | None, anchor: str | None = POINT) -> Response:
        """Return the way to its form, as a rule at the place of the home."""
        page, where = self.page
        return go(page, said, **where, _anchor=anchor)


def opened(village: str, name: str) -> Opened:
    """Return a household by its village's folder and its file; a 404 for one that is not there."""
    return _opened(village, name, f"{name}.yaml")


def opened_place(village: str, stem: str) -> Opened:
    """Return a place by its village's folder and its file; a 404 for one that is not there."""
    return _opened(village, f"{_PLACE}{stem}", f"{SPOTS}/{stem}.yaml")


def _opened(village: str, name: str, file: str) -> Opened:
    root = this_team().root
    folder = next((one for one in list_villages(root)[0] if one.slug == village), None)
    if folder is None or folder.profile(file) not in folder.files:
        abort(404)
    profile = read_profile(root, folder.profile(file), village)
    return Opened(village, name, profile, Draft(root, f"{village}/{name}"))


def new_in(village: str) -> Opened:
    """Return a household that has no file yet."""
    return Opened(village, "", None, Draft(this_team().root, f"{village}/"))


@room.get("/new/")
def new() -> str | Response:
    """Show the empty form of a household in a village."""
    return _show(new_in(_village()))


@room.post("/new/")
def add() -> str | Response | tuple[str, int]:
    """Add a household."""
    return _save(new_in(_village()))


def _village() -> str:
    """Return the village that a new household is added to: the one that is named, or the first."""
    villages = [slug for slug, _ in villages_of(this_team().root)]
    wanted = request.form.get("village") or request.args.get("village", "")
    if wanted in villages or not villages:
        return wanted
    return villages[0] if len(villages) == 1 or not wanted else abort(404)


@room.get("/<village>/<name>/")
def edit(village: str, name: str) -> str:
    """Show a household as a form."""
    return _show(opened(village, name))


@room.post("/<village>/<name>/")
def change(village: str, name: str) -> str | Response | tuple[str, int]:
    """Save what was changed of a household."""
    return _save(opened(village, name))


def _show(
    one: Opened,
    fields: Mapping[str, Sequence[str]] | None = None,
    wrongs: Sequence[Problem] = (),
    outcome: Outcome | None = None,
) -> str:
    """Return the form: as it was filled in, else as its draft, else as its file says."""
    team = this_team()
    languages = _languages(team.root)
    again = has_left(one.values) and "again" in request.args
    base, kept = one.values, one.draft.read() if fields is None else None
    if again:
        base = {key: value for key, value in base.items() if key not in LEFT}
    filled = fields if fields is not None else kept
    values: Mapping[str, Plain] = {**base, "consent": {}, _CHECKED: None} if again else base
    if filled is not None:
        base = form.opened_with(filled) or {}
        told = form.read(household_fields(), filled, languages)
        values = form.with_base(household_fields(), base, told)
    if (one.profile is None or again) and not values.get(_CHECKED):
        values = {**values, _CHECKED: f"{team.today:%d/%m/%Y}"}
    if one.profile is not None and fields is None and not again:
        wrongs = one.profile.problems
    sections = sections_of(values, languages, wrongs)
    photos = photos_of(one, values, wrongs)
    asked = [control for section in sections for control in section.controls]
    asked += [control for _, row in photos["photos"] for control in row]
    name = values.get("name")
    title = name if isinstance(name, str) and name else one.name
    return show(
        "household",
        Text("{name}", name=title) if title else Text("A new household"),
        one=one,
        code=one.profile.code if one.profile else "",
        has_left=has_left(one.values) and not again,
        again=again,
        is_readable=one.profile is None or one.profile.tree is not None,
        base=json.dumps(base if one.profile else None, ensure_ascii=False),
        base_field=form.BASE,
        more_field=form.MORE,
        languages=languages,
        sections=sections,
        **photos,
        stray=form.stray(wrongs, asked),
        wrongs=wrongs,
        is_draft=kept is not None,
        is_sent=fields is not None,
        villages=villages_of(team.root),
        suggestions=suggestions(words_of(team.language), tuple(read_crops(team.root)[0])),
        outcome=outcome,
        asked_of=words_of(team.language).say,
        file=one.profile.file if one.profile else "",
        raw_link=raw_link,
        short_link=SHORT_LINK,
        is_short=re.compile(SHORT_LINK, re.IGNORECASE).search,
    )


def _languages(root: Path) -> tuple[str, ...]:
    """Return the languages of free text, Vietnamese first."""
    site, _ = read_site(root)
    return tuple(dict.fromkeys(("vi", *(site.languages if site else ("vi", "en")))))


# --- Saving: what the form says goes the way of an import ---


def _save(one: Opened) -> str | Response | tuple[str, int]:
    """Write what the form says, or show why not; what was typed is kept until it is written."""
    team = this_team()
    fields = {name: request.form.getlist(name) for name in request.form}
    one.draft.write(fields)
    if refused := take_photos(one):
        return _show(one, fields, refused), 409
    if elsewhere := _other_button(one, fields):
        return elsewhere
    team.tend()
    if one.profile is not None:
        one = opened(one.village, one.name)
    incoming = _incoming(one, fields)
    is_sure = "_overwrite" in fields
    answers = dict(zip(fields.get("_asked", ()), fields.get("_said", ()), strict=False))

    def answer(question: Text) -> bool | None:
        said = answers.get(question.en)
        return None if said is None else said == "yes"

    options = ImportOptions(team.today, overwrite=is_sure)
    try:
        plan = plan_import(team.root, [incoming], options, answer)
    except InvalidImport as found:
        return _show(one, fields, found.problems), 409
    if plan.questions:
        return show(
            "asked", Text("One question first"), questions=plan.questions, fields=fields, back=one.link
        )
    kept = [change for planned in plan.planned for change in planned.merged.kept]
    if kept and not is_sure:
        return changed_meanwhile(map(describe_change, kept), fields, one.link)
    apply_plan(plan, team.now(), lambda: None, daily=True)
    one.draft.drop()
    return _after(plan)


def take_photos(one: Opened) -> list[Problem]:
    """Put the photos that were sent into the draft, and return what is wrong with those that are no photos."""
    refused = []
    for upload in request.files.getlist(_PHOTOS):
        try:
            if upload.filename:
                one.draft.add_photo(upload.filename, upload.read())
        except UserError as error:
            refused.append(Problem(_PHOTOS, error.message, error.hint))
    return refused


def _other_button(one: Opened, fields: dict[str, list[str]]) -> str | Response | tuple[str, int] | None:
    """Do what a button of the form is for that does not save it; None where it was none of these."""
    if form.MORE in fields:
        return _show(one, fields)
    if "_place" in fields:
        return go("households.place", village=one.village, name=one.name or NEW)
    if "_point" in fields:
        one.draft.write({**fields, POINT: fields["_point"]})
        return one.go(Text("The place of the photo stands in the form now. Save it when the family agrees."))
    return _ask_web(one, fields) if "_web" in fields else None


def _ask_web(one: Opened, fields: dict[str, list[str]]) -> str | Response | tuple[str, int]:
    """Ask where a short link leads, and put its two numbers in its place."""
    try:
        point = ask(fields.get(POINT, [""])[-1])
    except UserError as refused:
        return _show(one, fields, (Problem(POINT, refused.message, refused.hint),)), 409
    one.draft.write({**fields, POINT: [str(point)]})
    return one.go(Text("The link leads to {point}. Save it when all is right.", point=point))


def _after(plan: Plan) -> Response:
    """Return the way to the saved household, which begins with what was changed."""
    (planned,) = plan.planned
    home = Path(planned.file)
    if not planned.is_changed:
        said: tuple[Text, ...] = (Text("Nothing was changed."),)
    elif planned.is_new:
        said = (Text("Added: {name}, code {code}.", name=planned.name, code=planned.code),)
    else:
        said = (Text("Saved."), *(describe_change(one) for one in planned.merged.changes))
    links: tuple[tuple[Text, str], ...] = ()
    if planned.is_changed and not planned.is_new:
        said += (Text("Guests see it on line only after the next publishing."),)
        links = ((Text("Publish"), url_for("online.start")),)
    beside = (
        planned.file if planned.is_changed else ""
    )  # of the file as it was written: its form says it again
    doubts = tuple(
        one
        for one in plan.doubts
        if one.severity is Severity.WARNING and not (one.line and one.file == beside)
    )
    return go("households.edit", Outcome(said, doubts, links=links), village=home.parent.name, name=home.stem)


def _incoming(one: Opened, fields: Mapping[str, Sequence[str]]) -> Incoming:
    """Return what a form says of a household, with the photos that were dropped on it."""
    languages, schema = _languages(this_team().root), household_fields()
    base = form.opened_with(fields) if one.profile else None
    told = form.read(schema, fields, languages)
    values = form.with_base(schema, base, told) if base is not None else told
    listed, photos = with_waiting(one, fields, values)
    if listed or base is not None:
        values = {**values, _PHOTOS: [*listed] or None}
    if one.profile is not None:
        values["code"] = one.profile.code
        if base is not None:
            base = {**base, "code": one.profile.code}
    return Incoming(values, one.village, {(): Place("")}, base=base, photos=photos)


def with_waiting(
    one: Opened, fields: Mapping[str, Sequence[str]], values: Mapping[str, Plain]
) -> tuple[list[Plain], tuple[IncomingPhoto, ...]]:
    """Return (all photos that a form says, those of them that wait in its draft)."""
    photos: list[IncomingPhoto] = []
    entries = values.get(_PHOTOS)
    listed: list[Plain] = [entry for entry in entries if entry] if isinstance(entries, list) else []
    known = {
        name for entry in listed if isinstance(entry, dict) and isinstance(name := entry.get("file"), str)
    }
    for waiting in one.draft.photos():
        prefix = f"new.{waiting.number}"
        about = form.read(
            field_of(household_fields(), _PHOTOS).fields, fields, _languages(this_team().root), prefix
        )
        if f"{prefix}.{form.GONE}" in fields:
            continue
        name = f"{waiting.number}-{waiting.name}"
        if name not in known:
            photos.append(IncomingPhoto(name, one.draft.content(waiting), Place("")))
            listed.append({**about, "file": name})
    return listed, tuple(photos)


# --- Photos, and the draft while it is typed ---


def photo_rows(
    values: Mapping[str, Plain], wrongs: Sequence[Problem]
) -> list[tuple[str, tuple[Control, ...]]]:
    """Return the photos of a profile: the file of each, and what is asked of it."""
    field = field_of(household_fields(), _PHOTOS)
    entries = values.get(_PHOTOS)
    rows = []
    for number, entry in enumerate(entries if isinstance(entries, list) else [], 1):
        told = form.entry_of(field, entry)
        asked = form.controls(field.fields, told, ("vi", "en"), wrongs, f"{_PHOTOS}.{number}")
        file = told.get("file")
        rows.append((file if isinstance(file, str) else "", asked))
    return rows


def _photo_controls(photo: DraftPhoto) -> tuple[Control, ...]:
    """Return what is asked of a photo that waits to be saved."""
    field = field_of(household_fields(), _PHOTOS)
    asked = (one for one in field.fields if one.key != "file")
    return form.controls(asked, {}, ("vi", "en"), (), f"new.{photo.number}")


def photos_of(one: Opened, values: Mapping[str, Plain], wrongs: Sequence[Problem]) -> dict[str, Any]:
    """Return what the part of a form shows that has the photos."""
    return {
        "where": one.where,
        "photos": photo_rows(values, wrongs),
        "awaiting": one.draft.photos(),
        "photo_controls": _photo_controls,
        "photo_place": (lambda _: None) if one.is_place else one.draft.place,
        "gone_field": form.GONE,
    }


@room.get("/-/photo/<village>/<path:file>")
def photo(village: str, file: str) -> Response:
    """Return an original photo of a village, to be looked at here."""
    root = this_team().root
    if village not in {slug for slug, _ in villages_of(root)}:
        abort(404)
    path, home = photo_path(root, f"{village}/{file}"), root / "profiles" / village
    kind = mimetypes.guess_type(path.name)[0] or ""
    is_within = path.resolve().is_relative_to(home.resolve())
    if not (is_within and path.is_file() and kind.startswith("image/")):
        abort(404)
    held = io.BytesIO(path.read_bytes())  # the library leaves a file open where a browser hangs up
    return send_file(held, mimetype=kind, etag=f"{path.stat().st_mtime_ns}")


@room.post("/<village>/<name>/turn")
def turn(village: str, name: str) -> Response:
    """Turn a photo clockwise by a quarter: one of a draft, or one of the household's file."""
    root, one, wanted = this_team().root, _of_form(village, name), request.form.get("turn", "")
    if form.BASE in request.form:
        one.draft.write({key: request.form.getlist(key) for key in request.form if key != "turn"})
    if wanted.isdecimal():
        one.draft.turn_photo(int(wanted))
    else:
        if wanted not in [file for file, _ in photo_rows(one.values, ())]:
            abort(404)
        path = photo_path(root, f"{village}/{wanted}")
        with locked(root):
            recover(root)
            with in_words(path):
                before = path.read_bytes()
            what, codes = Text("A photo turned"), [one.profile.code] if one.profile else []
            contents = {path: turned(before)}
            write_together(root, with_way_back(root, contents, what, this_team().today, codes))
    return one.go(None, f"photo-{wanted}")


def opened_or_new(village: str, name: str) -> Opened:
    """Return the household of an address, which may be one that has no file yet."""
    return new_in(village) if name == NEW else opened(village, name)


def _of_form(village: str, name: str) -> Opened:
    """Return the household or the place of whose form a page is a part."""
    if name.startswith(_PLACE):
        return opened_place(village, name.removeprefix(_PLACE))
    return opened_or_new(village, name)


@room.post("/<village>/<name>/draft")
def keep(village: str, name: str) -> Response:
    """Keep what is typed so far."""
    _of_form(village, name).draft.write({key: request.form.getlist(key) for key in request.form})
    return jsonify(kept=True)


@room.post("/<village>/<name>/draft/photo")
def keep_photo(village: str, name: str) -> str:
    """Keep a photo that was dropped on the form, and return its card."""
    upload = request.files.get(_PHOTOS)
    if upload is None or not upload.filename:
        abort(400)
    one = _of_form(village, name)
    kept = one.draft.add_photo(upload.filename, upload.read())
    return show("photo", NOTHING, waiting=kept, controls=_photo_controls(kept), **photos_of(one, {}, ()))


@room.get("/<village>/<name>/draft/photo/<int:number>")
def waiting_photo(village: str, name: str, number: int) -> Response:
    """Return a photo that waits to be saved."""
    draft = _of_form(village, name).draft
    found = next((one for one in draft.photos() if one.number == number), None)
    if found is None:
        abort(404)
    kind = mimetypes.guess_type(found.name)[0] or ""
    if not kind.startswith("image/"):
        abort(404)
    return Response(draft.content(found), content_type=kind)


@room.post("/<village>/<name>/draft/drop")
def drop_draft(village: str, name: str) -> Response:
    """Throw away what was typed and not saved."""
    one = _of_form(village, name)
    one.draft.drop()
    return one.go(Text("The draft is thrown away."), None)
