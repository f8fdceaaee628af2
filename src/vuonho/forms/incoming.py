"""What came in from the field, before anybody believes it: a household as a phone or a workbook tells it.

    .txt of the phone form ─┐
    .xlsx, .csv ────────────┴──▶ Incoming (told values, each with its place) ──▶ compared with the profiles

Values are texts as typed, in the shape of a profile, never yet read by the schema: the profile that comes of
them is checked as if a person had written it, and what is wrong is said of the place where it was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vuonho.errors import Problem, Severity
from vuonho.i18n import NOTHING, Text
from vuonho.model.values import quoted
from vuonho.project.yaml_tree import Path, Plain

LEFT = ("withdrawn", "moved_to")
"""Keys of a household that left; they stand in no `Household` record and may come in all the same."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was typed: `line` counts from 1; `spot` is a cell such as "Hộ!F12", "" in a text.

    `whose` is the household by its name, "" where nobody's value stands, or where that is not known.
    """

    file: str
    line: int | None = None
    spot: str = ""
    whose: str = ""

    @property
    def where(self) -> Text:
        """Where to look: a cell with its sheet, or a line; "" where the file is all that is known."""
        if self.spot:
            sheet, _, cell = self.spot.rpartition("!")
            if not sheet:
                return Text("sheet {cell}", cell=cell)
            return Text("sheet {sheet}, cell {cell}", sheet=sheet, cell=cell)
        return Text("line {line}", line=self.line) if self.line else NOTHING

    def problem(
        self, field: str, message: Text, hint: Text = NOTHING, severity: Severity = Severity.ERROR
    ) -> Problem:
        """Return what is wrong with it; whose it is and in which cell stands first, for that is what people look for."""
        if self.spot:
            where = self.where
            if whose := quoted(self.whose)[1:-1]:
                where = Text("{whose} ({where})", whose=whose, where=where)
            cell = Text("{where}: {message}", where=where, message=message)
            return Problem(field, cell, hint, severity, file=self.file)
        if self.whose:
            whose = quoted(self.whose)
            message = Text("Household {whose}: {message}", whose=whose, message=message)
        return Problem(
            field, message, hint, severity, file=self.file, line=self.line, column=1 if self.line else None
        )


@dataclass(frozen=True, slots=True)
class IncomingPhoto:
    """A photo that came along: `name` is how `photos` of the same household calls it, content untrusted."""

    name: str
    content: bytes
    place: Place


@dataclass(frozen=True, slots=True)
class Incoming:
    """One household as a file tells it.

    `values` have the shape of a profile (nested dicts, lists and texts). A key that is absent was not spoken
    of; None says "nothing", on purpose. `base` is what the file was made from, where it says so (a workbook that
    `export` wrote): what is equal in both was not touched. Without a base, None does not occur, and lists of
    records add and change entries but take none away. `village` is the folder's name, "" where the file does not
    say. `places` gives the place of a value by its path (positions in lists from 0); the empty path is the
    household's own. `problems` are what is wrong or doubtful in how the file tells it, such as a tick that is neither
    yes nor no, or a 0 that Excel took away; with an error among them the household should not be believed.
    `is_published` tells that it is what a page shows of it, where lunar months stand as solar ones.
    """

    values: Mapping[str, Plain]
    village: str
    places: Mapping[Path, Place]
    base: Mapping[str, Plain] | None = None
    photos: tuple[IncomingPhoto, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    is_published: bool = False

    @property
    def code(self) -> str:
        """The code as typed, "" where none was."""
        code = self.values.get("code")
        return code.strip() if isinstance(code, str) else ""

    @property
    def name(self) -> str:
        """The chosen name as typed, "" where none was."""
        name = self.values.get("name")
        return name.strip() if isinstance(name, str) else ""

    def place(self, path: Path) -> Place:
        """Return the place of the deepest part of `path` that has one."""
        for end in range(len(path), -1, -1):
            if found := self.places.get(path[:end]):
                return found
        return Place("")
