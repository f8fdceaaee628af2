"""A tiny site by hand: two languages, one household, one notice, real QR pictures by the qrcode library."""

import base64
import hashlib
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path

import qrcode

BASE = "https://vuonmau.example/lang/"
CODE, GONE = "482135", "735902"
STYLE = "body{margin:0}"
SCRIPT = "document.title+='';"


def matrix(text: str) -> list[list[bool]]:
    """Return the modules of a QR code with its quiet zone, dark is true."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_Q, border=4)
    code.add_data(text)
    code.make()
    return code.get_matrix()  # type: ignore[no-any-return]


def png(text: str, scale: int = 28) -> bytes:
    """Return a QR code as a PNG of one bit in grey."""
    modules = matrix(text)
    side = len(modules) * scale
    lines = [_bits("".join(("0" if dark else "1") * scale for dark in row)) for row in modules]
    scan = b"".join((b"\0" + line) * scale for line in lines)
    return packed(side, side, scan)


def packed(width: int, height: int, scan: bytes, depth: int = 1) -> bytes:
    """Return a PNG file around filtered scan lines."""
    header = struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(scan)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def _bits(text: str) -> bytes:
    length = (len(text) + 7) // 8
    return int(text.ljust(8 * length, "0"), 2).to_bytes(length, "big")


def svg(text: str, border: int = 4) -> bytes:
    """Return a QR code as an SVG with a white ground and one path of a square per dark module."""
    modules = matrix(text)
    side = len(modules) - 8 + 2 * border
    cut = 4 - border
    squares = "".join(
        f"M{x - cut} {y - cut}h1v1h-1z" for y, row in enumerate(modules) for x, dark in enumerate(row) if dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><title>Mã</title>'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{squares}"/></svg>'
    ).encode()


def hash_of(text: str) -> str:
    """Return the CSP source of an inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


POLICY = (
    f"default-src 'none'; style-src {hash_of(STYLE)}; script-src {hash_of(SCRIPT)}; img-src 'self'; "
    "manifest-src 'self'; form-action 'none'; base-uri 'none'"
)


def page(body: str = "", head: str = "", language: str = "vi", policy: str = POLICY) -> str:
    """Return a whole page under the strict policy."""
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f"<title>Vườn hộ</title><style>{STYLE}</style>{head}</head>\n"
        f"<body><main id='garden'>{body}</main><script>{SCRIPT}</script></body></html>\n"
    )


START_HEAD = (
    f'<link rel="canonical" href="{BASE}">'
    f'<link rel="alternate" hreflang="vi" href="{BASE}"><link rel="alternate" hreflang="en" href="{BASE}en/">'
    f'<link rel="alternate" hreflang="x-default" href="{BASE}">'
    '<link rel="manifest" href="manifest.webmanifest">'
)


def build(root: Path) -> Path:
    """Write a site without a flaw below `root` and return its folder."""
    notice = page("Trang này không còn.", '<meta name="robots" content="noindex">')
    files: dict[str, str | bytes] = {
        "index.html": page(
            f'<a href="{CODE}/#garden">Vườn bà Hường</a> <a href="en/">English</a>', START_HEAD
        ),
        "en/index.html": page(f'<a href="{CODE}/">Hường</a> <a href="../">Tiếng Việt</a>', language="en"),
        f"{CODE}/index.html": page('<a href="../">Về làng</a> <a href="tel:+84239385555">Gọi</a>'),
        f"en/{CODE}/index.html": page(f'<a href="../../{CODE}/">vi</a>', language="en"),
        f"{GONE}/index.html": notice,
        f"en/{GONE}/index.html": notice,
        "404.html": page(f'<a href="{BASE}">Về trang đầu</a>'),
        f"qr/{CODE}.png": png(f"{BASE}{CODE}/"),
        f"qr/{CODE}.svg": svg(f"{BASE}{CODE}/"),
        "manifest.webmanifest": '{"start_url":".","icons":[{"src":"icon.svg"}]}',
        "icon.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
        "data/households.json": f'{{"households":[{{"url":"{BASE}{CODE}/"}}]}}',
        "sitemap.xml": f"<urlset><url><loc>{BASE}{CODE}/</loc></url></urlset>",
        "robots.txt": f"User-agent: *\nSitemap: {BASE}sitemap.xml\n",
        ".nojekyll": b"",
    }
    put(root, files.items())
    return root


def put(root: Path, files: Iterable[tuple[str, str | bytes]]) -> None:
    """Write files below `root`."""
    for name, content in files:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
