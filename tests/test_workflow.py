"""The workflows for GitHub Actions: this repository's own, and the one that each new project gets."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from case_kit import each
from command_kit import ROOT, Outcome, copy_demo, edit, environment, files, vuonho
from publish_kit import git
from vuonho.scaffold.init import WORKFLOW_FILE, in_every_project, render_launcher, render_workflow

BASH = None if os.name == "nt" else shutil.which("bash")
needs_bash = pytest.mark.skipif(BASH is None, reason="no bash on this machine")
MAJORS = {
    "actions/checkout": "v7",
    "actions/setup-python": "v7",
    "actions/configure-pages": "v6",
    "actions/upload-pages-artifact": "v5",
    "actions/deploy-pages": "v5",
}
PROGRAM = (".github/vuonho/vuonho-1.0.0-py3-none-any.whl", ".github/vuonho/cai-vuonho-1.0.0.txt")
OURS = (ROOT / WORKFLOW_FILE).read_bytes()
WORKFLOWS = {"ours": OURS, "vi": render_workflow("vi"), "en": render_workflow("en")}
each_workflow = each("text", WORKFLOWS.values(), ids=list(WORKFLOWS))
Step = Mapping[str, Any]


def jobs(text: bytes) -> dict[str, dict[str, Any]]:
    found = yaml.safe_load(text)["jobs"]
    assert isinstance(found, dict)
    return found


def steps(text: bytes, job: str = "build") -> list[Step]:
    return list(jobs(text)[job]["steps"])


def scripts(text: bytes) -> Iterator[str]:
    for job in jobs(text):
        yield from (step["run"] for step in steps(text, job) if "run" in step)


@each_workflow
def test_only_these_actions_at_these_majors(text: bytes) -> None:
    """GitHub's own and nobody else's; a checkout keeps no right to write."""
    used = [step for job in jobs(text) for step in steps(text, job) if "uses" in step]
    assert {step["uses"] for step in used} <= {f"{name}@{major}" for name, major in MAJORS.items()}
    assert {"actions/checkout@v7", "actions/deploy-pages@v5"} <= {step["uses"] for step in used}
    checkouts = [step for step in used if "checkout" in step["uses"]]
    assert [step["with"]["persist-credentials"] for step in checkouts] == [False] * len(checkouts)


@each_workflow
def test_no_job_may_more_than_it_needs(text: bytes) -> None:
    """No right but those named by the job; only the one that publishes may write, and it runs nothing of ours."""
    assert yaml.safe_load(text)["permissions"] == {}
    for name, job in jobs(text).items():
        writes = {key for key, value in job["permissions"].items() if value == "write"}
        assert writes == ({"pages", "id-token"} if name == "deploy" else set())
        assert 0 < job["timeout-minutes"] <= 60
    assert not [step for step in steps(text, "deploy") if "run" in step]


def test_both_languages_do_the_same() -> None:
    """They differ in comments, in the names of steps and in what these say, and in nothing else."""
    vi, en = (WORKFLOWS[tag].decode("utf-8").splitlines() for tag in ("vi", "en"))
    is_word = re.compile(r"# |\s+- name: |\s+echo \"::")
    assert [
        (one, other) for one, other in zip(vi, en, strict=True) if one != other and not is_word.match(other)
    ] == []


@each_workflow
def test_only_the_site_is_handed_on(text: bytes) -> None:
    """The artifact is the folder site; nothing else leaves the machine."""
    (upload,) = (step for step in steps(text) if "upload" in step.get("uses", ""))
    assert upload["with"] == {"path": "site"}


@needs_bash
@each_workflow
def test_shell_steps_can_be_read(text: bytes) -> None:
    """By bash, without running them; and no value of the event gets into the script itself."""
    for script in scripts(text):
        assert "${{" not in script
        done = subprocess.run([BASH or "", "-n"], input=script, text=True, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("tag", ["vi", "en"])
def test_the_program_is_never_installed_by_its_name(tag: str) -> None:
    """Whoever took the name on an index could read the profiles."""
    script = "\n".join(scripts(render_workflow(tag)))
    assert re.findall(r"pip install (.*)", script) == ['--require-hashes -r "$listed"']
    assert "@" not in script
    assert yaml.safe_load(render_workflow(tag))[True] == {
        "push": {"branches": ["main"]},
        "workflow_dispatch": None,
    }


# --- Its steps, run ------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return the demo as it lies in somebody's private repository, the program's files beside it."""
    root = copy_demo(tmp_path / "kho")
    (root / ".github/vuonho").mkdir(parents=True)
    for name in PROGRAM:
        (root / name).write_bytes(b"")
    return root


def run(root: Path, script: str, path: str = "", **more: str) -> Outcome:
    """Run a step as GitHub does: bash -e."""
    ways = os.pathsep.join(filter(None, (path, os.environ["PATH"])))
    done = subprocess.run(
        [BASH or "", "-e", "-c", script], cwd=root, env=environment(PATH=ways, **more), capture_output=True, check=False
    )  # fmt: skip
    return Outcome(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def script_with(word: str, tag: str = "en") -> str:
    (found,) = (script for script in scripts(render_workflow(tag)) if word in script)
    return found


@needs_bash
def test_a_repository_that_is_not_ready_is_told_so(project: Path) -> None:
    """Public, without profiles, without the program: each in words; a private one with all of it goes on."""
    ready = script_with("PRIVATE")
    assert run(project, ready, PRIVATE="true") == Outcome(0, "", "")
    for private in ("false", ""):
        done = run(project, ready, PRIVATE=private)
        assert done.code == 1
        assert done.out.startswith("::error::This repository is public")
    for name in PROGRAM:
        (project / name).unlink()
        done = run(project, ready, PRIVATE="true")
        assert done.code == 1
        assert done.out.startswith("::error::The program is missing: copy vuonho-….whl")
        (project / name).write_bytes(b"")
    (project / "profiles/site.yaml").unlink()
    done = run(project, script_with("PRIVATE", "vi"), PRIVATE="true")
    assert done.code == 1
    assert done.out.startswith("::error::Kho này chưa có hồ sơ (profiles/site.yaml).")


@needs_bash
@pytest.mark.parametrize(
    ("written", "address", "is_right"),
    [
        ("https://vuonmau.example/", "https://vuonmau.example", True),
        ('"https://vuonmau.example/"', "https://vuonmau.example/", True),
        ("https://vuonmau.example/kho/", "https://vuonmau.example/khac", False),
        ("https://vuonmau.example/", "https://vuonmau.github.io/kho", False),
    ],
)
def test_an_address_that_is_not_the_sites_is_noted(
    project: Path, written: str, address: str, *, is_right: bool
) -> None:
    """Before anything is printed with it."""
    edit(project / "profiles/site.yaml", "base_url: https://vuonmau.example/ ", f"base_url: {written} ")
    done = run(project, script_with("ADDRESS"), ADDRESS=address)
    assert (done.code, done.err) == (0, "")
    assert is_right == (done.out == "")
    assert is_right or done.out.endswith(f"change it to {address}/\n")


@needs_bash
@pytest.mark.skipif(
    "VUONHO_WHEEL" not in os.environ,
    reason="VUONHO_WHEEL=FILE names the built wheel, beside what docs/release.py makes (.ci/run does)",
)
def test_every_step_of_a_new_project_runs(tmp_path: Path) -> None:
    """With the files of a release, of two the later one, in an environment that never had the program."""
    root, wheel = tmp_path / "kho", Path(os.environ["VUONHO_WHEEL"])
    assert vuonho("init", root, "--demo").code == 0
    program = root / ".github/vuonho"
    program.mkdir()
    for file in (wheel, *wheel.parent.glob("cai-vuonho-*.txt")):
        shutil.copyfile(file, program / file.name)
    assert len(list(program.iterdir())) == 2
    (program / "cai-vuonho-0.0.1.txt").write_text("an older one that is no good", encoding="utf-8")
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "new"], check=True)
    known = {"PRIVATE": "true", "ADDRESS": "https://vuonmau.example"}
    text = (root / WORKFLOW_FILE).read_bytes()
    for step in (step for step in steps(text) if "run" in step):
        folder = root / step.get("working-directory", ".")
        done = run(folder, step["run"], str(tmp_path / "new/bin"), PYTHONPATH="", **known)
        assert done.code == 0, f"{step['run']}\n{done.said}"
    assert (root / "site/482135/index.html").is_file()


# --- What goes into the repository -----------------------------------------------------------------------------------


def staged(root: Path) -> set[str]:
    """Return what git takes along when all is added."""
    for words in (["init", "-q"], ["add", "-A"]):
        git(root, *words)
    return set(git(root, "ls-files").split())


@pytest.mark.skipif(shutil.which("git") is None, reason="no git on this machine")
@pytest.mark.parametrize("is_private", [False, True])
def test_what_git_takes_along(project: Path, *, is_private: bool) -> None:
    """Nothing private by itself; one line less, and a private repository has all that its workflow needs."""
    usual = in_every_project("vi")[".gitignore"].decode("utf-8")
    kept = usual.replace("\n/profiles/\n", "\n") if is_private else usual
    assert (kept == usual) != is_private
    (project / ".gitignore").write_text(kept, encoding="utf-8")
    (project / "profiles/boards.csv").write_text("village,printed,url,batch\n", encoding="utf-8")
    for name in (
        "thon.xlsx",
        "excel.csv",
        "sao-luu.zip",
        "phieu.txt",
        "site/index.html",
        ".vuonho/register.csv",
    ):
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_bytes(b"private")
    found = staged(project)
    profiles = {f"profiles/{name}" for name in files(project / "profiles")}
    assert found == {".gitignore", *PROGRAM} | (profiles if is_private else set())
    assert len(profiles) > 20


# --- The window on Windows -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["vi", "en"])
def test_the_launcher_is_what_cmd_can_read(tag: str) -> None:
    """No mark, CR LF, code in ASCII, words after the code page is UTF-8; the folder in quotes, no brackets to break."""
    text = render_launcher(tag)
    assert text.startswith(b"@echo off\r\nchcp 65001 >nul\r\n")
    assert text.count(b"\n") == text.count(b"\r\n")
    lines = text.decode("utf-8").splitlines()
    assert [line for line in lines if not line.isascii() and not line.startswith("echo   ")] == []
    assert 'pushd "%~dp0"' in lines
    assert "@" not in text.decode("utf-8").removeprefix("@")
    said = [line for line in lines if line.startswith("echo ")]
    assert not [line for line in said if re.search(r'[&|<>^%()!"]', line)]
    labels = {line[1:] for line in lines if line.startswith(":")}
    assert set(re.findall(r"goto (\w+)", "\n".join(lines))) <= labels
