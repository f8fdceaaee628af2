"""Files as the phone form writes them, whole or spoilt."""

from base64 import b64encode

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 3 + b"\xff\xd9"
HEAD = """vuonho_form: 1
site: "https://vuonmau.example/"
made: "2026-11-25"
schema: "1de057a55c4d"
village: "thon-vuon-mau"
households:
- name: "Vườn bà Hường"
  consent:
    given: "2026-11-25"
    by: "Nguyễn Thị Hường"
    how: "form"
    publish: ["phone"]
  location: {}
  garden:
    area: "1800 m2"
    crops:
      - name: "Bưởi \\u2028 #1"
        months: ["8", "9"]
  photos:
    - file: "ho-1-anh-1.jpg"
      caption: "Cổng nhà"
      people: "false"
  checked: "2026-11-25"
- name: "Vườn ông Đức"
  consent: {}
  location: {}
  garden: {}
  checked: "2026-11-25"
"""


def picture(name: str, content: bytes = JPEG, size: int | None = None) -> str:
    """One photo as it stands in a file."""
    text = b64encode(content).decode("ascii")
    lines = "".join(f"      {text[at : at + 76]}\n" for at in range(0, len(text), 76))
    return f"  {name}:\n    bytes: {len(content) if size is None else size}\n    base64: |\n{lines}"


def form_file(head: str = HEAD, pictures: str | None = None) -> bytes:
    """A whole file: by default two households, the first with a photo."""
    shown = picture("ho-1-anh-1.jpg") if pictures is None else pictures
    part = f"pictures:\n{shown}" if shown else "pictures: {}\n"
    return f"{head}{part}end: vuonho\n".encode()
