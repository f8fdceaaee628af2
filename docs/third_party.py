"""Write THIRD-PARTY.md: what an installation brings along besides Python, and under which licences.

Run it with the Python of an environment that holds the libraries of requirements.txt and nothing else. With `--check`
nothing is written: it ends with 1 where the list is not that of this environment, or a library may not be passed on
with the program. `--licences` looks at the licences alone, for an environment with other versions.

A licence is what the library's own metadata say. The LGPL is allowed, because whoever receives the program can
replace that library; the GPL and the AGPL would bind all of the program, and no licence is no permission.
"""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "THIRD-PARTY.md"
TOOLS = {"pip", "setuptools", "vuonho"}
ELSEWHERE = {"colorama": ("BSD-3-Clause", "https://github.com/tartley/colorama")}
"""What is installed on Windows only, and so cannot be asked here."""
HEAD = """\
# What vuonho brings along

vuonho itself is under the [MIT licence](LICENSE). The letters of its plaques, papers and pictures are five fonts of the family Be Vietnam Pro 1.002, copyright 2021 The Be Vietnam Pro Project Authors, under the SIL Open Font License 1.1 (`fonts/OFL.txt` beside them). What reads codes where the browser cannot (`templates/static/doc-ma.js`) is the worker of qr-scanner 1.4.2, copyright 2017 Nimiq, danimoh, MIT License, with jsQR in it, Apache License 2.0 (`doc-ma.LICENSE.txt` beside it). An installation adds these libraries, each under its own licence; whoever passes the program on with them, on a USB drive for instance, passes on this list too: it lies in the `vuonho-….dist-info` folder.

| library | version | licence | source |
|---|---|---|---|
"""
TAIL = """
Licence texts lie in each library's `.dist-info` folder. What a library itself holds of others (PDFium in pypdfium2, libjpeg-turbo and more in Pillow) is named there.

Made by `python docs/third_party.py` from the metadata of the libraries in `requirements.txt`.
"""
WHERE = ("source", "source code", "code", "repository", "homepage")


def licence_of(library: Distribution) -> str:
    """Return what the metadata call the licence, in the words of the newest field that is filled in."""
    about = library.metadata
    classes = (
        one.rpartition(" :: ")[2] for one in about.get_all("Classifier") or () if one.startswith("License")
    )
    short = (about.get("License") or "").split("\n")[0]
    return about.get("License-Expression") or short or "; ".join(classes)


def source_of(library: Distribution) -> str:
    """Return where the source lies."""
    named = (one.partition(", ") for one in library.metadata.get_all("Project-URL") or ())
    links = {name.lower(): link for name, _, link in named}
    return next((links[name] for name in WHERE if name in links), library.metadata.get("Home-page") or "")


def is_refused(licence: str) -> bool:
    """Tell whether a library may not be passed on with the program."""
    without_lesser = re.sub(r"LGPL|(Lesser|Library) General Public", "", licence)
    return licence in ("", "UNKNOWN") or re.search("GPL|General Public", without_lesser) is not None


def rows(libraries: list[Distribution]) -> Iterator[str]:
    """Yield the lines of the table, by name."""
    pins = dict(
        re.findall(r"^(\S+)==(\S+)", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    )
    found = {
        library.name: (library.version, licence_of(library), source_of(library)) for library in libraries
    }
    found |= {name: (pins[name], *about) for name, about in ELSEWHERE.items() if name in pins}
    for name in sorted(found, key=str.lower):
        yield f"| {' | '.join((name, *found[name]))} |\n"


def main() -> None:
    """Write, or compare and judge."""
    libraries = [library for library in distributions() if library.name not in TOOLS]
    refused = [
        f"{one.name} {one.version}: {licence_of(one) or 'no licence'}"
        for one in libraries
        if is_refused(licence_of(one))
    ]
    if refused:
        sys.exit("may not be passed on with the program:\n" + "\n".join(refused))
    made = HEAD + "".join(rows(libraries)) + TAIL
    if "--check" in sys.argv and made != LIST.read_text(encoding="utf-8"):
        sys.exit("THIRD-PARTY.md is not of today: see CONTRIBUTING.md, A release")
    if len(sys.argv) == 1:
        LIST.write_text(made, encoding="utf-8", newline="\n")
    print(f"{len(libraries)} libraries, none under the GPL")


if __name__ == "__main__":
    main()
