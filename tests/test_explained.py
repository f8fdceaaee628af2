"""Promise 13: what vanishes stops the build until it is explained; with --strict any error does (promise 3)."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import html

from command_kit import SLUG, Outcome, build, edit, files, line_of, vuonho

pytestmark = pytest.mark.slow

PROFILE = f"profiles/{SLUG}/ba-huong.yaml"


def refused(root: Path, spoil: Callable[[], object], *options: str) -> Outcome:
    """Spoil a built project and build it: exit 1, in words, and not a byte of the site is another."""
    before = files(root / "site")
    spoil()
    done = build(root, *options)
    assert (1, before) == (done.code, files(root / "site"))
    assert "không lường trước" not in done.err
    return done


# --- Something is wrong ----------------------------------------------------------------------------------


def test_one_bad_profile_stops_all(demo: Path) -> None:
    """File, line and field of the fault are named, and another household's good change waits."""
    edit(demo / f"profiles/{SLUG}/chi-mai.yaml", "area: 350", "area: 360")
    path = demo / PROFILE
    done = refused(demo, lambda: edit(path, "house: solid", "house: solit"), "--strict")
    assert PROFILE in done.err
    assert f"dòng {line_of(path, 'solit')}, Đời sống · Nhà ở" in done.err
    assert "Nhà kiên cố" in done.err


def test_two_broken_photos_are_both_named(demo: Path) -> None:
    """Photos are judged to the last, as profiles are, in other processes too."""
    photos = demo / f"profiles/{SLUG}/photos"
    for name in ("lac-1.jpg", "huong-3.jpg"):
        (photos / name).write_bytes((photos / name).read_bytes()[:70_000])
    before = files(demo / "site")
    done = vuonho("-C", demo, "build", "--strict", "--jobs", "2")
    assert (1, before) == (done.code, files(demo / "site"))
    for profile, name in (("ba-huong", "huong-3.jpg"), ("ruong-lac", "lac-1.jpg")):
        line = line_of(demo / f"profiles/{SLUG}/{profile}.yaml", name)
        assert f"profiles/{SLUG}/{profile}.yaml\n  dòng {line}, Ảnh " in done.err
        assert f"Ảnh “photos/{name}”" in done.err
    assert "2 lỗi" in done.err


# --- Something is gone -----------------------------------------------------------------------------------


def test_a_deleted_profile_stops_all(demo: Path) -> None:
    """The register knows the household; the message names code, file and what to do."""
    done = refused(demo, (demo / PROFILE).unlink)
    assert "482135" in done.err
    assert "ba-huong.yaml" in done.err
    assert "→ Lấy tệp ấy lại từ bản cất" in done.err


def rename_village(root: Path, new: str) -> None:
    (root / "profiles" / SLUG).rename(root / "profiles" / new)
    register = root / "profiles/codes.csv"
    register.write_text(register.read_text(encoding="utf-8").replace(SLUG, new), encoding="utf-8")


def test_a_renamed_village_stops_all_until_it_is_explained(demo: Path) -> None:
    """Its address may be on a board: `formerly` is asked for, and then the old address leads on."""
    done = refused(demo, lambda: rename_village(demo, "thon-moi"))
    assert f"formerly: [{SLUG}]" in done.err
    village = demo / "profiles/thon-moi/village.yaml"
    village.write_text(village.read_text(encoding="utf-8") + f"formerly: [{SLUG}]\n", encoding="utf-8")
    done = build(demo)
    assert done.code == 0, done.said
    for prefix, tag in (("", "vi"), ("en/", "en")):
        page = html.fromstring((demo / f"site/{prefix}{SLUG}/index.html").read_bytes())
        (refresh,) = page.xpath("//meta[@http-equiv='refresh']/@content")
        old, new = f"https://vuonmau.example/{prefix}{SLUG}/", f"https://vuonmau.example/{prefix}thon-moi/"
        assert (tag, new) == (page.get("lang"), urljoin(old, refresh.removeprefix("0; url=")))
        assert new in [urljoin(old, link) for link in page.xpath("//main//a/@href")]
        assert (demo / f"site/{prefix}thon-moi/index.html").is_file()
    done = refused(demo, lambda: edit(village, f"formerly: [{SLUG}]\n", ""))  # the board's address would die
    assert f"formerly: [{SLUG}]" in done.err


def test_a_language_goes_by_intention(demo: Path) -> None:
    """A language taken out of site.yaml is no village that vanished, whatever its folder was called."""
    site = demo / "profiles/site.yaml"
    (demo / "templates/languages").mkdir(parents=True)
    (demo / "templates/languages/fr.yaml").write_bytes(
        (Path(__file__).parent.parent / "templates/languages/en.yaml").read_bytes()
    )
    edit(site, "languages: [vi, en]", "languages: [vi, en, fr]")
    assert build(demo).code == 0
    assert (demo / f"site/fr/{SLUG}/index.html").is_file()
    edit(site, "languages: [vi, en, fr]", "languages: [vi]")
    done = build(demo)
    assert done.code == 0, done.said
    assert not (demo / "site/fr").exists()
    assert not (demo / "site/en").exists()


def test_a_page_of_the_program_can_be_dropped(demo: Path) -> None:
    """A page that an earlier version made, and this one does not, goes: it was no village's."""
    with_page_of_another_version(demo, "about")
    done = build(demo)
    assert done.code == 0, done.said
    assert not (demo / "site/about").exists()


def with_page_of_another_version(root: Path, name: str) -> None:
    path, content = root / f"site/{name}/index.html", b"<!doctype html><title>x</title>"
    path.parent.mkdir()
    path.write_bytes(content)
    manifest = root / ".vuonho/out/site/manifest.json"
    known = json.loads(manifest.read_bytes())
    entry = [hashlib.sha256(content).hexdigest(), len(content), path.stat().st_mtime_ns, []]
    known["files"][f"{name}/index.html"] = entry
    known["folders"] = sorted([*known["folders"], name])
    manifest.write_text(json.dumps(known), encoding="utf-8")


def test_the_villages_of_a_site_of_version_1_are_known(demo: Path) -> None:
    """Its manifest names no villages; what their pages were made of does."""
    manifest = demo / ".vuonho/out/site/manifest.json"
    known = json.loads(manifest.read_bytes())
    del known["villages"]
    known["sources"] = [f"profiles/{SLUG}/village.yaml"]
    known["files"][f"{SLUG}/index.html"][3] = [0]
    manifest.write_text(json.dumps(known), encoding="utf-8")
    with_page_of_another_version(demo, "about")
    assert f"formerly: [{SLUG}]" in refused(demo, lambda: rename_village(demo, "thon-moi")).err
