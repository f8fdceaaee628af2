"""Who reaches the window, and how it opens and closes."""

import signal
import subprocess
from pathlib import Path
from threading import Event

from window_kit import Window, window_of

from case_kit import each
from command_kit import COMMAND, SLUG, environment
from vuonho.i18n import NOTHING
from vuonho.window.team import Job, Outcome

ELSEWHERE = "https://evil.example"


def test_only_who_knows_the_secret(demo: Path) -> None:
    """Any other path says nothing of the project; a name that is not this computer's gets nothing at all."""
    with window_of(demo) as window:
        for path in ("/", "/households/", "/x/", f"/{window.team.secret[:-1]}/", "/%00/"):
            reply = window.ask(path)
            assert (reply.status, SLUG in reply.content.decode()) == (404, False), path
        rebound = window.ask("", Host="evil.example")
        assert (rebound.status, rebound.content) == (421, b"Misdirected Request\n")
        assert window.ask("", Host=f"localhost:{window.port}").status == 200


@each("origin", [ELSEWHERE, "null", "", "http://127.0.0.1:1", "http://127.0.0.1.evil.example"])
def test_only_its_own_pages_change_anything(demo: Path, origin: str) -> None:
    """A form of another site that has learnt the address changes nothing."""
    with window_of(demo) as window:
        reply = window.ask("more/tidy/", "POST", b"", Origin=origin)
        assert reply.status == 403
        assert window.post("more/tidy/").status == 200


def test_every_answer_is_for_this_page_alone(demo: Path) -> None:
    """No other page may frame, read or keep it; what it may load is its own."""
    with window_of(demo) as window:
        for path in ("", "households/", "window.css", "nirgends/"):
            headers = window.ask(path).headers
            assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
            assert "frame-ancestors 'none'" in headers["content-security-policy"]
            assert headers["referrer-policy"] == "same-origin"
            assert headers["cross-origin-resource-policy"] == "same-origin"
            assert "set-cookie" not in headers


@each(
    "file",
    ["../../codes.csv", "..%2f..%2fcodes.csv", "village.yaml", "ba-huong.yaml", "photos/../../codes.csv"],
)
def test_no_file_but_photos(demo: Path, file: str) -> None:
    """And these of a village only."""
    with window_of(demo) as window:
        assert window.ask(f"households/-/photo/{SLUG}/{file}").status == 404
        assert window.ask(f"households/-/photo/{SLUG}/photos/huong-1.jpg").status == 200


def test_it_opens_and_ends(demo: Path) -> None:
    """The command tells the address, and Ctrl-C ends it with 130."""
    process = subprocess.Popen(
        [*COMMAND, "-C", str(demo), "window", "--no-open", "--port", "0", "--lang", "en"],
        stdout=subprocess.PIPE, encoding="utf-8", env=environment(),
    )  # fmt: skip
    assert process.stdout is not None
    address = process.stdout.readline().strip().rpartition(" ")[2]
    port, _, secret = address.removeprefix("http://127.0.0.1:").partition("/")
    with window_of(demo) as other:
        page = Window(other.team, int(port)).ask(f"/{secret}")
    assert (page.status, "Vườn" in page.content.decode()) == (200, True)
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 130
    process.stdout.close()


def test_a_job_ends_before_the_process(demo: Path) -> None:
    """Whatever ends the window: what is at work stops before its next step, and is waited for."""
    with window_of(demo) as window:
        begun = Event()

        def work(job: Job) -> Outcome:
            with job.progress(NOTHING, 1) as tick:
                begun.set()
                while True:
                    tick()

        key = window.team.start(NOTHING, work)
        assert begun.wait(60)
        window.team.end()
        job = window.team.job(key)
        assert job is not None
        assert (job.is_over, window.team.is_busy, job.outcome) == (True, False, None)
