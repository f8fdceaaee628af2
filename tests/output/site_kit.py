"""Two states of a small site, and how to write and look at them."""

from collections.abc import Mapping
from pathlib import Path

from vuonho.output.lock import locked
from vuonho.output.site_writer import SiteWriter, Summary
from vuonho.resources import Artifact

OLD = {
    "index.html": b"home",
    "482135/index.html": b"page",
    "qr/482135.png": b"code",
    "gone/a/index.html": b"gone",
}
NEW = {
    "index.html": b"home 2",
    "482135/index.html": b"page",
    "qr/482135.png": b"code 2",
    "en/index.html": b"new",
}


def build(project: Path, files: Mapping[str, bytes], out: Path | str = "site") -> Summary:
    """Write the files as one build."""
    with locked(project), SiteWriter(project, out) as writer:
        for path, content in files.items():
            writer.add(Artifact(path, content))
        return writer.commit()


def tree(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder, and its empty folders with a slash."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                found[f"{name}/"] = b""
        else:
            found[name] = path.read_bytes()
    return found


def state(project: Path) -> set[str]:
    """Return the files of the state folder."""
    return set(tree(project / ".vuonho"))


AT_REST = {".gitignore", "lock", "out/site/manifest.json"}
