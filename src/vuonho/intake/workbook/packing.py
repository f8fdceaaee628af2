"""A workbook's zip made the same every time: no clock in it, and no marks on numbers that are meant as text."""

import io
import re
import zipfile
from typing import Final

_DAY_ONE: Final = (1980, 1, 1, 0, 0, 0)
_CORE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_EARLIEST: Final = rb"\g<1>2000-01-01T00:00:00Z"
_IGNORED: Final = (
    b'<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1" twoDigitTextYear="1"/>'
    b"</ignoredErrors>"
)
_AFTER: Final = (b"<legacyDrawing", b"</worksheet>")
"""What may follow the ignored errors in a sheet of ours (ECMA-376 part 1, 18.3.1.99)."""


class Undated(zipfile.ZipFile):
    """A zip for the library to fill, to be repacked: no clock is asked, which may tell a year that no zip holds."""

    def __init__(self, out: io.BytesIO) -> None:
        super().__init__(out, "w", strict_timestamps=False)

    def writestr(self, name: zipfile.ZipInfo | str, data: str | bytes, *_: object) -> None:  # type: ignore[override]
        """Put a part in."""
        super().writestr(zipfile.ZipInfo(name, _DAY_ONE) if isinstance(name, str) else name, data)


def repacked(content: bytes) -> bytes:
    """Return the workbook with fixed times; a phone number in a cell of text gets no green corner."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _DAY_ONE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # the same on Windows as elsewhere
            new.writestr(info, _part(name, old.read(name)))
    return out.getvalue()


def _part(name: str, content: bytes) -> bytes:
    if name == "docProps/core.xml":
        return _CORE.sub(_EARLIEST, content)
    if name.startswith("xl/worksheets/sheet"):
        before = next(mark for mark in _AFTER if mark in content)
        return content.replace(before, _IGNORED + before, 1)
    return content
