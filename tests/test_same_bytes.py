"""Promise 5: the same input gives the same bytes on any clock, zone, locale, path, order and number of jobs."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from command_kit import COMMAND, build, edit, environment, files
from village_kit import write_village
from vuonho.pages.site import FEW

pytestmark = pytest.mark.slow

FAR_CLOCK = """\
import datetime, time
_real, _far = time.time, 40 * 365.25 * 86400
time.time = lambda: _real() + _far
class _Day(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())
class _Moment(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)
    @classmethod
    def utcnow(cls):
        return cls.now(datetime.timezone.utc).replace(tzinfo=None)
    @classmethod
    def today(cls):
        return cls.now()
datetime.date, datetime.datetime = _Day, _Moment
"""


def built_elsewhere(root: Path, *options: str, **more: str) -> dict[str, bytes]:
    """Build a project as a process of its own, and return its site."""
    done = subprocess.run(
        [*COMMAND, "-C", str(root), "build", *options],
        env=environment(**more),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return files(root / "site")


def installed_locales() -> list[str]:
    """C, and one locale of this machine besides."""
    try:
        names = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=True).stdout.split()
    except (OSError, subprocess.CalledProcessError):
        names = []
    return ["C", *[name for name in names if name not in ("C", "POSIX")][:1]]


@pytest.mark.parametrize("locale", installed_locales())
def test_another_computer_changes_nothing(built_demo: Path, tmp_path: Path, locale: str) -> None:
    """Processed from the originals in forty years, in another zone, locale, order of sets and order of files on disk.

    Folders list their files as they were made on some disks; here they were made the other way round.
    """
    root = tmp_path / "ngược"
    for name in sorted(files(built_demo / "profiles"), reverse=True):
        target = root / "profiles" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(built_demo / "profiles" / name, target)
        os.utime(target, (86400, 86400))
    (tmp_path / "far").mkdir()
    (tmp_path / "far/sitecustomize.py").write_text(FAR_CLOCK, encoding="utf-8")
    path = os.pathsep.join(filter(None, (str(tmp_path / "far"), os.environ.get("PYTHONPATH"))))
    more = {
        "PYTHONPATH": path,
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": locale,
        "LANG": locale,
        "PYTHONHASHSEED": "4711",
    }
    code = "import datetime; print(datetime.datetime.now().year)"
    year = subprocess.run(
        [COMMAND[0], "-c", code], env=environment(**more), capture_output=True, text=True, check=True
    )
    assert int(year.stdout) > 2060
    assert files(built_demo / "site") == built_elsewhere(root, "--jobs", "2", **more)


def test_the_number_of_jobs_changes_nothing(tmp_path: Path) -> None:
    """So many households that several processes share the work; with one there is no other process."""
    sites = []
    for jobs in ("1", "4"):
        root = tmp_path / jobs
        write_village(root, FEW)
        sites.append(built_elsewhere(root, "--jobs", jobs, PYTHONHASHSEED=jobs))
    assert sites[0] == sites[1]
    assert sum(name.startswith("qr/") for name in sites[0]) == 2 * FEW


def test_the_way_to_a_state_changes_nothing(built_demo: Path, demo: Path) -> None:
    """A change and its undoing leave the site of a first build."""
    home = demo / "profiles/thon-vuon-mau/chi-mai.yaml"
    edit(home, "area: 350", "area: 360")
    assert (build(demo).code, files(built_demo / "site") == files(demo / "site")) == (0, False)
    edit(home, "area: 360", "area: 350")
    assert (build(demo).code, files(built_demo / "site") == files(demo / "site")) == (0, True)
