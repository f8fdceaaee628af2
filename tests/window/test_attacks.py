"""What a stranger, a broken page or bad luck can do to the window: nothing."""

import socket
import threading
from pathlib import Path
from urllib.parse import urlsplit

from window_kit import NOON, TODAY, encoded, window_of

import photo_kit
from case_kit import each
from command_kit import SLUG
from vuonho.serve.server import LOOPBACK
from vuonho.window.drafts import Draft
from vuonho.window.phones import Phones
from vuonho.window.team import Team

_STRANGE = 400
"""Connections that a stranger holds; a program may have 256 files open on some machines."""


def test_a_stranger_who_holds_connections_takes_no_more_than_the_door(demo: Path) -> None:
    """On the Wi-Fi, without the word: one connection too many is hung up on, and the places come free again."""
    phones = Phones(Team(demo, "en", lambda: NOON, lambda: TODAY))
    phones.begin(0)
    held = list[socket.socket]()
    try:
        port = urlsplit(phones.addresses[0]).port
        for _ in range(_STRANGE):
            held.append(socket.create_connection((LOOPBACK, port), 20))
            held[-1].sendall(b"GET / HTTP/1.1\r\nHost: ")
        held[-1].settimeout(10)
        assert _hung_up(held[-1])
        held[0].sendall(b"localhost\r\n\r\n")
        assert held[0].recv(20).startswith(b"HTTP/1.0 200")
    finally:
        for one in held:
            one.close()
        phones.close()


def _hung_up(one: socket.socket) -> bool:
    try:
        return one.recv(1) == b""
    except ConnectionError:
        return True


def test_places_come_free_again(demo: Path) -> None:
    """More visitors than there are places, one after the other, are all answered."""
    with window_of(demo) as window:
        assert {window.ask("icon.svg").status for _ in range(150)} == {200}


@each("number", ["²", "٣", "9" * 5000])
def test_a_strange_number_in_a_form(demo: Path, number: str) -> None:
    """A draft with it does not close the form of its household for good."""
    page = f"households/{SLUG}/ba-huong/"
    with window_of(demo) as window:
        assert window.post(f"{page}draft", {f"garden.crops.{number}.name": "Cam"}).status == 200
        assert window.get(page).status == 200
        assert window.post(page, {f"garden.crops.{number}.name": "Cam", "_more": "x"}).status == 200


def test_photos_that_are_no_photos_in_a_page_that_was_tampered_with(demo: Path) -> None:
    """What was changed meanwhile is asked about, as for any other page."""
    page = f"households/{SLUG}/ba-huong/"
    with window_of(demo) as window:
        reply = window.post(page, {"_base": '{"photos": [{"file": [3]}]}', "name": "A"})
        assert (reply.status, "changed the same things" in reply.text) == (200, True)


def test_a_draft_that_is_kept_twice_at_once(demo: Path) -> None:
    """A page that is left sends what is typed while it is being saved: neither may fail, no photo takes another's place."""
    page = f"households/{SLUG}/ba-huong/draft"
    found, photo = list[int](), photo_kit.encoded(photo_kit.picture(320, 240), "JPEG")

    def keep(number: int) -> None:
        for _ in range(5):
            found.append(window.post(page, {"story": f"{number}" * 50_000}).status)
        body, kind = encoded({}, {"photos": [(f"{number}.jpg", photo)]})
        origin = f"http://{LOOPBACK}:{window.port}"
        window.ask(f"{page}/photo", "POST", body, Origin=origin, Content_Type=kind)

    with window_of(demo) as window:
        senders = [threading.Thread(target=keep, args=(number,)) for number in range(6)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
    draft = Draft(demo, f"{SLUG}/ba-huong")
    assert set(found) == {200}
    assert len({one.number for one in draft.photos()}) == 6
    assert len((draft.read() or {})["story"][0]) == 50_000


@each("file", [f"profiles/{SLUG}/..%5C..%5Csite.yaml", f"profiles/{SLUG}/photos%5C..%5Cba-huong.yaml"])
def test_a_way_out_in_the_spelling_of_windows(demo: Path, file: str) -> None:
    """No text but that of a settings file or a profile; here such a name may be a file's own."""
    strange = demo / "profiles" / SLUG / file.rpartition("/")[2].replace("%5C", "\\")
    strange.write_text("name: A\n", encoding="utf-8")
    with window_of(demo) as window:
        assert window.ask(f"text/{file}").status == 404
