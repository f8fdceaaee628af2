"""The whole proof over a site."""

from pathlib import Path

from verify_kit import CODE, GONE, build, page, put

from vuonho.i18n import Text
from vuonho.verify.leaks import Secret
from vuonho.verify.site import Report, verify_site


def test_sound_site(tmp_path: Path) -> None:
    """A sound site gives its numbers and no problem."""
    _, report = verify_site(build(tmp_path), (), (), lambda *_: None)
    assert report == Report(codes=2, pages=7, links=report.links, photos=0, problems=())
    assert report.links >= 15


def test_all_at_once(tmp_path: Path) -> None:
    """Flaws of every kind are told in one report."""
    put(
        build(tmp_path),
        [
            (f"{GONE}/index.html", page('<a href="missing/">0337 012 345</a><p style="x">')),
            (f"qr/{CODE}.png", b""),
            ("photos/a.jpg", b""),
        ],
    )
    secrets = (Secret("phone", "0337012345", GONE),)
    _, report = verify_site(tmp_path, secrets, (), lambda *_: None)
    kinds = [problem.field for problem in report.problems]
    wanted = [
        "qr.unreadable",
        "qr.missing",
        "qr.missing",
        "link.missing",
        "csp.style",
        "photo",
        "secret.phone",
    ]
    assert wanted == kinds


def test_progress(tmp_path: Path) -> None:
    """The steps are told one after another."""
    told: list[tuple[int, int]] = []

    def tell(_step: Text, number: int, count: int) -> None:
        told.append((number, count))

    verify_site(build(tmp_path), (), (), tell)
    assert told == [(number, 6) for number in range(1, 7)]
