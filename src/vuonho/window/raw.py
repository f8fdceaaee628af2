"""A file that cannot be read as YAML, as the text that it is: corrected by hand, with the line of each problem."""

import re
from pathlib import Path
from typing import Final

from flask import Blueprint, abort, request, url_for
from werkzeug.wrappers import Response

from vuonho.backup.backup import safety_copy
from vuonho.backup.undo import with_way_back
from vuonho.errors import Problem, UserError
from vuonho.i18n import Text
from vuonho.output.files import digest_bytes, in_words
from vuonho.output.lock import locked
from vuonho.output.site_writer import recover
from vuonho.output.transaction import write_together
from vuonho.project.files import LARGEST, SITE_FILE, decode, list_villages, parse_file, read_bytes
from vuonho.window.hints import edit_link
from vuonho.window.page import go, show, this_team
from vuonho.window.team import Outcome

room = Blueprint("raw", __name__, url_prefix="/text")

_NAME: Final = re.compile(r"profiles/([^/]+)/((?:places/)?[^/\\]+\.yaml)")


def raw_link(file: str) -> str:
    """Return the page on which a file of the project is corrected as text."""
    return url_for("raw.edit", file=file)


def _path(file: str) -> Path:
    """Return the path of a settings file or a profile; a 404 for any other."""
    root, found = this_team().root, _NAME.fullmatch(file)
    villages = {one.slug for one in list_villages(root)[0]}
    path = root / file
    is_ours = file == SITE_FILE or (found is not None and found[1] in villages)
    if not is_ours or not path.is_file() or path.resolve().parent != path.parent.resolve():
        abort(404)
    return path


@room.get("/<path:file>")
def edit(file: str) -> str | tuple[str, int]:
    """Show a file as text, with what is wrong on which line."""
    path = _path(file)
    content, problems = read_bytes(path, file)
    if content is None:
        return _show(file, "", "", problems)
    try:
        text = decode(content, LARGEST)
    except UserError as refused:
        return _show(file, "", "", (Problem("", refused.message, refused.hint, file=file),))
    shown = text.replace("\r\n", "\n")  # as a browser sends it back
    return _show(file, shown, digest_bytes(content), parse_file(text, file)[1])


def _show(file: str, text: str, digest: str, problems: tuple[Problem, ...], note: Text | None = None) -> str:
    rows = max(text.count("\n") + 2, 12)
    return show("raw", Text("{file} as text", file=file), file=file, text=text, digest=digest, problems=problems,
                can_edit=bool(digest), note=note, rows=min(rows, 40), back=edit_link(file))  # fmt: skip


@room.post("/<path:file>")
def save(file: str) -> str | Response | tuple[str, int]:
    """Write the text, after a copy of all profiles was made; what is still wrong is shown again."""
    path, team = _path(file), this_team()
    typed = request.form.get("text", "").replace("\r\n", "\n")
    if not typed.strip():
        raise UserError(Text("Nothing is left in the text."), Text("Go back; the file is as it was."))
    with locked(team.root):
        recover(team.root)
        with in_words(path):
            before = path.read_bytes()
        old = decode(before, LARGEST)
        ends = "\r\n" if "\r\n" in old else "\n"
        after = typed.replace("\n", ends).encode("utf-8")
        if before.startswith(b"\xef\xbb\xbf"):
            after = b"\xef\xbb\xbf" + after
        text, problems = typed, parse_file(decode(after, LARGEST), file)[1]
        if digest_bytes(before) != request.form.get("before"):
            note = Text(
                "The file was changed meanwhile. Below is your text; to write it over the file, save once more."
            )
            return _show(file, text, digest_bytes(before), problems, note), 409
        if after != before:
            safety_copy(team.root, team.now())
            what = Text("{file} changed as text", file=file)
            write_together(team.root, with_way_back(team.root, {path: after}, what, team.today, ()))
    if not parse_file(text, file)[0]:
        note = Text("Saved, and something in it is still to be corrected.")
        return _show(file, text, digest_bytes(after), problems, note)
    said = Outcome((Text("Saved. The file can be read again."),), problems)
    if file == SITE_FILE:
        return go("more.settings", said)
    slug, name = file.split("/")[1:]
    if name == "village.yaml":
        return go("more.village", said, slug=slug)
    return go("households.edit", said, village=slug, name=name.removesuffix(".yaml"))
