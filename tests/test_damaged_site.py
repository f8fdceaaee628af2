"""What `vuonho verify` says of a built site that somebody damaged in many places at once."""

import re
import shutil
from pathlib import Path

from PIL import Image

from command_kit import vuonho

END = "</main>"
DAMAGES = (
    ("158589/index.html", r'href="\.\./"', 'href="../nirgends/"', "link.missing"),
    ("186958/index.html", r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", "csp.missing"),
    ("259410/index.html", "<h1", '<h1 onclick="x()"', "csp.onclick"),
    ("308948/index.html", END, f'<script src="https://evil.example/x.js"></script>{END}', "csp.src"),
    ("352676/index.html", END, f"0570 098 765{END}", "secret.phone"),
    ("366019/index.html", END, f"18.1317, 105.7641{END}", "secret.point"),
    ("482135/index.html", '<html lang="vi"', "<html", "lang"),
    ("631186/index.html", END, f'<a href="#nirgends">x</a>{END}', "link.fragment"),
    ("643479/index.html", END, f'<a href="javascript:x()">x</a>{END}', "link.scheme"),
    ("711946/index.html", "</style>", "b{}</style>", "csp.hash"),
    ("711946/index.html", END, f"Đặng Thị Mai{END}", "secret.full_name"),
    ("data/households.json", "]", "", "data"),
    ("form/index.html", "<form", '<iframe src="x"></iframe><form', "link.missing"),
    ("manifest.webmanifest", '"start_url": *"', '"start_url": "https://evil.example/', "link.foreign_asset"),
    ("qr/259410.svg", "<path", "<script/><path", "qr.unreadable"),
)
"""File, the place in it, what takes its place, and the rule that it breaks."""

OTHERS = {
    ("qr/186958.png", "qr.text"),  # it leads to another household
    ("qr/308948.png", "qr.unreadable"),
    ("352676/index.html", "qr.missing"),
    ("352676/index.html", "link.missing"),  # to that code
    ("qr/842542.png", "qr.page"),
    ("qr/842542.svg", "qr.page"),
    ("en/842542/index.html", "link.missing"),  # to the telephone number kept beside the page that is gone
    ("926002/index.html", "link.missing"),  # to the page that is gone; it is named once
    ("308948/index.html", "link.foreign_asset"),
    ("codes.csv", "private"),
    ("en/index.html", "html"),
    ("en/842542/den/index.html", "link.missing"),
}


def test_each_damage_is_named_at_its_file(demo: Path) -> None:
    """All of them in one go, and nothing else."""
    site = demo / "site"
    for file, place, instead, _ in DAMAGES:
        before = (site / file).read_text(encoding="utf-8")
        after = re.sub(place, instead, before, count=1)
        assert after != before, file
        (site / file).write_text(after, encoding="utf-8")
    shutil.copy(site / "qr/158589.png", site / "qr/186958.png")
    (site / "qr/308948.png").write_bytes(b"no picture")
    (site / "qr/352676.svg").unlink()
    shutil.rmtree(site / "842542")
    shutil.copy(demo / "profiles/codes.csv", site)
    (site / "en/index.html").write_bytes(b"\xff\xfe")
    photos = [min(site.glob("photos/*-card.jpg")), min(site.glob("photos/*-8??.jpg"))]
    for photo in photos:
        image = Image.open(photo)
        exif = image.getexif()
        exif[0x010E] = "where it was taken"
        image.save(photo, exif=exif)

    done = vuonho("-C", demo, "verify", "--lang", "en")
    assert (done.code, done.err) == (1, "")
    found = set[tuple[str, str]]()
    for block in done.out.split("\n\n"):
        name, *lines = block.splitlines()
        rules = (re.match(r"  (?:line \d+, )?([\w.]+)  Error: ", line) for line in lines)
        found |= {(name.removeprefix("site/"), rule[1]) for rule in rules if rule}
    wanted = {(file, rule) for file, _, _, rule in DAMAGES} | OTHERS
    assert found == wanted | {(photo.relative_to(site).as_posix(), "photo") for photo in photos}
    assert "The QR code leads to “https://vuonmau.example/158589/”" in done.out
