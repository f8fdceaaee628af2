"""What a renderer returns and the writer writes: a path below the site and its bytes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Artifact:
    """One finished output file.

    `path` is relative to the site, with forward slashes and no "..". `sources` names what it was made from
    (project files, templates, `photo:<hash>`), so that a later build can tell what must be made again.
    """

    path: str
    content: bytes
    sources: tuple[str, ...] = ()
