"""What a handy person would write in an afternoon: PyYAML, Jinja2 and qrcode, a page in two languages for each profile.

    python benchmarks/naive_site.py PROJECT OUT

No checking, no consent, no search, no withdrawal: only what `benchmarks/build.py` compares with.
"""

import sys
from pathlib import Path

import jinja2
import qrcode
import yaml

PAGE = """<!doctype html><html lang="{{ tag }}"><meta charset="utf-8"><title>{{ name }}</title><style>{{ style }}</style>
<h1>{{ name }}</h1><p>{{ story }}</p><p>{{ location.address }} {{ location.point }}</p>
<p><a href="tel:{{ contact.phone }}">{{ contact.phone }}</a></p>
<dl>{% for key, value in living.items() %}<dt>{{ key }}</dt><dd>{{ value }}</dd>{% endfor %}</dl>
<table>{% for crop in garden.crops %}<tr><th>{{ crop.name }}</th><td>{{ crop.trees }}</td>
{% for month in range(1, 13) %}<td>{% if month in crop.months %}●{% endif %}</td>{% endfor %}</tr>{% endfor %}</table>
<ul>{% for one in products %}<li>{{ one.name }}: {{ one.price }} đ / {{ one.unit }}</li>{% endfor %}</ul>
<img src="/qr/{{ code }}.png" alt=""></html>
"""


def main() -> None:
    """Write the site."""
    project, out = Path(sys.argv[1]), Path(sys.argv[2])
    page = jinja2.Environment(autoescape=True).from_string(PAGE)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    (out / "qr").mkdir(parents=True, exist_ok=True)
    for profile in sorted(project.glob("profiles/*/ho-*.yaml")):
        values = yaml.load(profile.read_text(encoding="utf-8"), loader)
        code = values["code"]
        for tag, folder in (("vi", out / code), ("en", out / "en" / code)):
            folder.mkdir(parents=True, exist_ok=True)
            text = page.render(values, tag=tag, style="x" * 20_000)
            (folder / "index.html").write_text(text, encoding="utf-8")
        code_image = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_Q, box_size=8)
        code_image.add_data(f"HTTPS://THONDONG.EXAMPLE/{code}/")
        code_image.make_image().save(str(out / "qr" / f"{code}.png"))


if __name__ == "__main__":
    main()
