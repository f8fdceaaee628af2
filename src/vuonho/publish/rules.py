"""Where the site goes, what may go there, and what would be lost: each rule raises UserError, with the way out."""

import os
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from vuonho.edit.profile_edit import told, with_values
from vuonho.errors import UserError, cited, say_size
from vuonho.i18n import Both, Text
from vuonho.model.codes import is_code
from vuonho.model.hosting import (
    CNAME,
    Repository,
    counts_as_nothing,
    is_of_site,
    is_private,
    is_site,
    on_disk,
    parse_branch,
    parse_repository,
)
from vuonho.model.settings import Site
from vuonho.output.files import digest_bytes, in_words, is_folder, is_regular, stat_path
from vuonho.output.lock import STATE, locked
from vuonho.output.site_folder import MOST_BYTES, Entry, Place
from vuonho.output.site_writer import passes_link, recover
from vuonho.output.transaction import write_together
from vuonho.project.files import SITE_FILE
from vuonho.project.survey import Survey
from vuonho.publish.remote import HistoryEntry, blob_id, blob_id_of_file

_LISTED: Final = 5


def _lines(names: Sequence[str | Text]) -> Text:
    """Return the first few names, each in a line of its own, and how many more there are."""
    few = [one if isinstance(one, Text) else Both(one, one) for one in names[:_LISTED]]
    if len(names) > _LISTED:
        few.append(Text("and {more} more", more=len(names) - _LISTED))
    vi, en = ("".join(f"\n  {one.to(language)}" for one in few) for language in ("vi", "en"))
    return Both(vi, en)


# --- Where the site goes: what the call says, else what site.yaml says; never the project itself ---


@dataclass(frozen=True, slots=True)
class Target:
    """A repository and its branch; `is_noted` where site.yaml names both as they are."""

    repository: Repository
    branch: str
    is_noted: bool


def choose_target(root: Path, settings: Site, to: str, branch: str) -> Target:
    """Return where to publish; `to` and `branch` win over site.yaml. Raises UserError."""
    pages = settings.pages
    noted = pages.repository if pages else None
    noted_branch = (pages.branch if pages else None) or "main"
    address = to.strip() or noted
    if not address:
        raise UserError(
            Text("Nothing says which repository the site goes to."),
            Text(
                "Write into profiles/site.yaml:\n"
                "      pages: {repository: https://github.com/NAME/REPOSITORY}\n"
                "    or call: vuonho publish --to https://github.com/NAME/REPOSITORY\n"
                "    If there is none yet, make it at https://github.com/new (Public, empty); never "
                "use one that holds profiles."
            ),
        )
    chosen = parse_branch(branch or noted_branch)
    repository = parse_repository(address)
    is_noted = (address, chosen) == (noted, noted_branch)
    return Target(_on_this_disk(root, repository) if repository.is_local else repository, chosen, is_noted)


def _on_this_disk(root: Path, repository: Repository) -> Repository:
    """Return a repository by its whole path, which is seen from the project's folder."""
    path = Path(os.path.abspath(root / repository.url))  # noqa: PTH100 - git is to see a mapped drive as people do
    if not os.path.isdir(path):  # noqa: PTH112 - a name too long for any disk is not there either
        raise UserError(
            Text("There is no repository {path}.", path=cited(str(path))),
            Text(
                "One at GitHub is written https://github.com/NAME/REPOSITORY; a new one on a disk is made first "
                "(git init --bare ../NAME.git)."
            ),
        )
    home, real = Path(os.path.realpath(root)), Path(os.path.realpath(path))
    if real.is_relative_to(home) or home.is_relative_to(real):
        raise UserError(
            Text("That repository is this very project, where the families' profiles are."),
            Text(
                "The site needs a repository of its own elsewhere, such as https://github.com/NAME/REPOSITORY"
            ),
        )
    return replace(on_disk(str(path)), url=str(path))


def note_target(root: Path, target: Target, on_wait: Callable[[], None], base_url: str = "") -> None:
    """Write repository and branch into site.yaml, and `base_url` where there is another one.

    Raises UserError for a file that only a person can edit, MachineError.
    """
    path = root / SITE_FILE
    with locked(root, on_wait=on_wait):
        recover(root)
        with in_words(path):
            before = path.read_bytes()
        values = told(before)
        known = values.get("pages")
        pages = dict(known) if isinstance(known, dict) else {}
        pages |= {"repository": target.repository.url, "branch": target.branch}
        values |= {"pages": pages} | ({"base_url": base_url} if base_url else {})
        write_together(root, {path: with_values(before, values)})


# --- The site as it was built: whole, as it was written, and the one that a build would make now ---


def read_files(place: Place, entries: Mapping[str, Entry]) -> Iterator[tuple[str, bytes]]:
    """Yield each file of the site, read once; raise UserError for one that is not as it was written."""
    for path, entry in sorted(entries.items()):
        file, content = place.out / path, b""
        with in_words(file):
            if is_regular(stat_path(file)) and not passes_link(place.out, path):
                content = file.read_bytes()
        if digest_bytes(content) != entry.digest:
            raise UserError(
                Text(
                    "Files in the folder site were edited by hand, deleted or replaced: {some}.",
                    some=f"site/{cited(path)}",
                ),
                Text("Something changes them while they are read. Publish again: the site is built anew."),
            )
        yield path, content


def require_size(size: int) -> None:
    """Raise UserError for a site of so many bytes that GitHub Pages does not take it."""
    if size > MOST_BYTES:
        raise UserError(
            Text("The site has {whole}; GitHub Pages takes up to 1 GB.", whole=say_size(size)),
            Text(
                "Make a project and a repository for each commune, or show fewer photos of each "
                "household, then build again."
            ),
        )


# --- Nothing private goes along, and nothing private lies in the repository already ---

_LONGEST: Final = 4_000_000
"""Bytes of a text; the register of a thousand households has a fortieth of them."""
_PUBLIC: Final = frozenset(
    ("site", "templates", "words", "guides", ".github", ".venv", "src", "docs", "tests", STATE)
)
"""Folders of a project in which nothing private is looked for; of the state only the copies of texts are private."""
_NEVER: Final = frozenset((".git", "node_modules"))


def private_ids(root: Path) -> dict[str, str]:
    """Return the project's private files by git's name of their content. Raises MachineError.

    A text is known with the ends of lines of each system, and with the mark that an editor may put before it.
    """
    found: dict[str, str] = {}
    for path in _private_files(root):
        name = path.relative_to(root).as_posix()
        with in_words(path):
            text = path.read_bytes() if path.stat().st_size <= _LONGEST else b"\0"
            if b"\0" in text:
                found[blob_id_of_file(path)] = name
            elif text.strip():
                found |= dict.fromkeys(map(blob_id, _forms(text)), name)
    return found


def _forms(content: bytes) -> Iterator[bytes]:
    """Yield a text as editors and git may have left it."""
    yield content
    text = content.removeprefix(BOM_UTF8).replace(b"\r\n", b"\n")
    bare = text.rstrip(b"\n")
    for form in (text, bare, bare + b"\n"):
        for end in (b"\n", b"\r\n"):
            for mark in (b"", BOM_UTF8):
                yield mark + form.replace(b"\n", end)


def _private_files(root: Path) -> Iterator[Path]:
    """Yield all in `profiles/` and in the state's backups, and what by its name is private elsewhere; no link."""
    pending = [(root, ""), (root / STATE / "backups", f"{STATE}/backups/")]
    while pending:
        folder, below = pending.pop()
        with in_words(folder):
            entries = sorted(folder.iterdir()) if is_folder(stat_path(folder)) else []
        for path in entries:
            name = f"{below}{path.name}"
            if name in _PUBLIC or path.name in _NEVER:
                continue
            pending.append((path, f"{name}/"))
            if is_regular(stat_path(path)) and (below.startswith("profiles/") or is_private(name)):
                yield path


def refuse_private(ids: Mapping[str, str], private: Mapping[str, str]) -> None:
    """Raise UserError if any file that is to go, by path and content, is private or is none of a site."""
    for path, blob in sorted(ids.items()):
        if blob in private:
            raise UserError(
                Text(
                    "Nothing was sent: the site holds site/{path}, which is {file}, a file that must not "
                    "be published.",
                    path=path,
                    file=private[blob],
                ),
                Text(
                    "If you copied that file out of the folder site: move it out of the project and "
                    "publish again. If not, do not send it in another way, and please tell the developers."
                ),
            )
        if not is_of_site(path) and path != CNAME:
            raise UserError(
                Text("Nothing was sent: a site has no such file as site/{strange}.", strange=path),
                Text("Please tell the developers."),
            )


def refuse_private_there(history: Iterable[HistoryEntry], private: Mapping[str, str], url: str) -> None:
    """Raise UserError where something lies anywhere in the repository that must not, with what can still be done."""
    found: dict[str, str | Text] = {}
    for path, blob, commit in history:
        file = private.get(blob, "")
        # An original that was taken back from the site is the site's own photo, and went through the build.
        is_photo = path.startswith("photos/") and is_of_site(path)
        if is_private(path) or (file and not is_photo):
            shown, number = cited(path) or "…", commit[:7]
            found[path or file] = f"{shown} ({number})"
            if file and file != path:
                found[path or file] = Text(
                    "{shown}, which is {file} ({number})", shown=shown, file=file, number=number
                )
    if found:
        raise UserError(
            Text(
                "That repository holds, or once held, profiles and private files; nothing was sent:{lines}",
                lines=_lines([found[name] for name in sorted(found)]),
            ),
            Text(
                "Overwriting or deleting takes nothing back: old versions stay in the repository's "
                "history. What to do:\n"
                "    1. Delete that repository ({address}) or make it private; at GitHub: Settings, at "
                "the end.\n"
                "    2. Make a new, empty one for the site alone, then vuonho publish --to "
                "NEW-REPOSITORY.\n"
                "    3. If it was ever public: tell the families concerned, and the commune.\n"
                "    A private repository with profiles publishes by GitHub Actions "
                "(.github/workflows/site.yml), not by publish.",
                address=url,
            ),
        )


# --- What answers at the repository now: none of it may be lost unasked, and nobody else's website is overwritten ---


def refuse_foreign(files: Iterable[str]) -> None:
    """Raise UserError where the branch holds another website, or files that no vuonho has written."""
    there = sorted(path for path in files if not counts_as_nothing(path))
    foreign = [path for path in there if not is_of_site(path)]
    if not is_site(frozenset(there)):
        foreign = foreign or there
    if foreign:
        raise UserError(
            Text(
                "That branch holds something else than a site by vuonho:{named}",
                named=_lines([cited(path) for path in foreign]),
            ),
            Text(
                "It is not overwritten. Choose another repository or branch (--branch); if nobody "
                "needs those files, delete them in the repository and publish again."
            ),
        )


class WouldDisappear(UserError):
    """Pages that answer now and would be gone, of which nobody has said that they may go."""

    def __init__(self, message: Text, hint: Text, pages: tuple[str, ...]) -> None:
        super().__init__(message, hint)
        self.pages = pages


def refuse_losses(gone: Iterable[str], allow_removed: Sequence[str], project: Survey, base_url: str) -> None:
    """Raise UserError for pages that would disappear, WouldDisappear for those that may where somebody says so.

    What is on a plaque or a board, or has a code that the register does not know, may never go.
    """
    held, left, used = list[str](), list[str](), list[str]()
    pages = tuple(gone)
    for page in pages:
        allowed = [address for address in allow_removed if _matches(page, address, base_url)]
        used += allowed[:1]
        if _is_for_ever(page, project):
            held.append(page)
        elif not allowed:
            left.append(page)
    if held:
        raise UserError(
            Text(
                "Nothing was sent: these addresses are on plaques, or the register no longer knows "
                "them, and would disappear:{listed}",
                listed=_lines([f"{base_url}{cited(page)}" for page in held]),
            ),
            Text(
                "This cannot be agreed to (--allow-removed). See whether project and repository are the right "
                "ones; take profiles and register back from the backup (vuonho restore), build and "
                "publish. If a family wants to leave: vuonho withdraw CODE"
            ),
        )
    if left:
        options = (f"--allow-removed {page}" for page in dict.fromkeys((*used, *left[:_LISTED])))
        raise WouldDisappear(
            Text(
                "Nothing was sent: these addresses answer now and would disappear:{listed}",
                listed=_lines([f"{base_url}{cited(page)}" for page in left]),
            ),
            Text(
                "If that is a mistake, take the profiles back and build again. If they were printed "
                "nowhere and are really to go: {call}",
                call=" ".join(("vuonho publish", *options)),
            ),
            pages,
        )


def _matches(page: str, address: str, base_url: str) -> bool:
    """Tell whether a page may go by an address as it was listed, or as people copy it; "en/*" is all below."""
    for start in (base_url, base_url.removeprefix("https://")):
        address = address.strip().removeprefix(start)
    address = unquote(address).lstrip("/").removesuffix("index.html")
    if address.endswith("/*"):
        return page.startswith(address.removesuffix("*"))
    return page.removesuffix("/") == address.removesuffix("/")


def _is_for_ever(page: str, project: Survey) -> bool:
    name = page.removesuffix("/")
    if not page or any(board.village == name for board in project.boards):
        return True
    row = project.register.by_code.get(name)
    return is_code(name) if row is None else bool(row.printed or row.status in ("withdrawn", "moved"))


def require_domain(there: str, domain: str) -> None:
    """Raise UserError where the file CNAME of the branch names another domain than the site has."""
    there = there.removeprefix("\ufeff").strip()
    if there and there.lower() != domain:
        raise UserError(
            Text(
                "That repository answers at the domain {there}, but site.yaml says {now}.",
                there=cited(there),
                now=domain or "github.io",
            ),
            Text(
                "Choose the right repository; or take the domain off at GitHub (Settings → Pages → "
                "Custom domain); or change base_url if nothing is printed yet. The file {cname} in the "
                "repository holds that domain.",
                cname=CNAME,
            ),
        )
