"""The words of the program: taken from the source, translated in `src/vuonho/locale`, compiled.

Run from the repository: python tools/messages.py [LANGUAGE …]

Of each language that is there, and of each named, the file vuonho.po gets every sentence that the program says, keeps
its translations and loses what is said no more; vuonho.mo beside it is what the program reads. Sentences that lack a
translation are counted: they are told in English.
"""

import ast
import csv
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "vuonho"
LOCALE = SOURCE / "locale"
FIELDS = SOURCE / "model" / "fields.csv"


SAYS = ("Text", "console.print", "console.success", "console.warn", "self.print")
"""What takes a sentence and the values that go into it."""


class Message(NamedTuple):
    """One sentence as the source says it; `names` are those of the values that go into it."""

    file: str
    line: int
    one: str
    many: str
    context: str
    names: frozenset[str]


def messages() -> Iterator[Message]:
    """Yield every sentence of the source, in the order of files and lines, then those of the table of fields."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from _said(node, path.relative_to(ROOT).as_posix())
    for path in sorted(SOURCE.rglob("templates/*.html")):
        tree = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
        for call in tree.find_all(nodes.Call):
            yield from _shown(call, path.relative_to(ROOT).as_posix())
    with FIELDS.open(encoding="utf-8", newline="") as table:
        for number, row in enumerate(csv.DictReader(table), 2):
            file = FIELDS.relative_to(ROOT).as_posix()
            yield Message(file, number, row["label"], "", row["context"], frozenset())
            yield Message(file, number, row["help"], "", "", frozenset())


def _said(call: ast.Call, file: str) -> Iterator[Message]:
    named = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    texts = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    called = ast.unparse(call.func)
    if called == "Text.counted" and len(texts) > 1:
        yield Message(file, call.lineno, texts[0], texts[1], "", frozenset({*named, "count"}))
    elif called in SAYS and texts:
        context = _constant(named.pop("context", None))
        yield Message(file, call.lineno, texts[0], "", context, frozenset(named))


def _shown(call: nodes.Call, file: str) -> Iterator[Message]:
    """Yield the sentence that a template of the window says by `_("…")` or `_n("…", "…", count)`."""
    called = call.node.name if isinstance(call.node, nodes.Name) else ""
    texts = [one.value for one in call.args if isinstance(one, nodes.Const) and isinstance(one.value, str)]
    names = frozenset(one.key for one in call.kwargs)
    if called == "_" and texts:
        yield Message(file, call.lineno, texts[0], "", "", names)
    elif called == "_n":
        yield Message(file, call.lineno, texts[0], texts[1], "", names | {"count"})


def _constant(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def template(language: str) -> Catalog:
    """Return a catalogue of a language with all sentences and no translation."""
    catalog = Catalog(language, project="vuonho", charset="utf-8", fuzzy=False)
    for said in messages():
        key = (said.one, said.many) if said.many else said.one
        catalog.add(key, locations=[(said.file, None)], context=said.context or None, flags=_flags(said))  # type: ignore[list-item]
    return catalog


def _flags(said: Message) -> list[str]:
    return ["python-brace-format"] if said.names else []


def translated(language: str) -> Catalog:
    """Return the sentences of today with the translations that a language has."""
    catalog, path = template(language), LOCALE / language / "LC_MESSAGES" / "vuonho.po"
    if path.exists():
        with path.open("rb") as file:
            before = read_po(file, language)
        for message in catalog:
            old = before.get(message.id, message.context) if message.id else None
            if old is not None:
                message.string = old.string
    return catalog


def written(catalog: Catalog) -> tuple[bytes, bytes]:
    """Return the two files of a catalogue: .po, for people, and .mo, for the program."""
    catalog.revision_date = catalog.creation_date = datetime(2026, 1, 1, tzinfo=UTC)  # no clock in files
    texts, compiled = BytesIO(), BytesIO()
    write_po(texts, catalog, width=110, sort_output=True, omit_header=False)
    write_mo(compiled, catalog)
    return texts.getvalue(), compiled.getvalue()


def main() -> None:
    """Bring all languages up to date."""
    known = {path.name for path in LOCALE.iterdir() if path.is_dir()} if LOCALE.exists() else set()
    for language in sorted({*known, *sys.argv[1:]}):
        catalog = translated(language)
        folder = LOCALE / language / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        texts, compiled = written(catalog)
        (folder / "vuonho.po").write_bytes(texts)
        (folder / "vuonho.mo").write_bytes(compiled)
        missing = [
            one
            for one in catalog
            if one.id and not (one.string if isinstance(one.string, str) else all(one.string or [""]))
        ]
        sys.stdout.write(f"{language}: {len(catalog)} sentences, {len(missing)} not translated\n")


if __name__ == "__main__":
    main()
