"""The door for phones: a second listener, on the Wi-Fi, that gives the phone form and takes its file into the tray.

    phone ──▶ Host ──▶ the word of the day ──▶ /<secret>/  form, or a file that lies on the phone ──▶ the tray

Nothing of the project can be read there but the names of its villages, which stand in the form, and nothing is written
but the tray.
"""

import threading
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from hmac import compare_digest
from pathlib import PurePosixPath
from secrets import choice, token_urlsafe
from time import monotonic
from typing import TYPE_CHECKING, Final, NamedTuple

from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Request, Response

from vuonho.build import phone_form
from vuonho.errors import UserError, VuonhoError
from vuonho.forms.form_file import is_form
from vuonho.forms.patrol_file import is_patrol
from vuonho.i18n import Text
from vuonho.importing.apply import LARGEST
from vuonho.qr.symbol import qr_symbol, svg
from vuonho.resources import static_file
from vuonho.serve.server import addresses, is_meant, open_server, reached_at
from vuonho.text import fold
from vuonho.window.page import templates
from vuonho.window.team import Team
from vuonho.window.tray import Tray

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

    from vuonho.serve.server import Server

_THINGS: Final = (
    "bưởi", "cam", "chanh", "quýt", "mít", "ổi", "nhãn", "vải", "chuối", "cau", "trầu", "chè", "lúa", "ngô", "khoai",
    "lạc", "vừng", "đậu", "rau", "hành", "gừng", "nghệ", "mía", "tre", "keo", "hoa", "suối", "đồi", "vườn", "ngõ",
)  # fmt: skip
_LIKE_WHAT: Final = (
    "xanh", "vàng", "đỏ", "trắng", "tím", "hồng", "ngọt", "thơm", "bùi", "mát", "tươi", "non", "già", "nhỏ", "lớn", "cao",
    "thấp", "dài", "tròn", "đẹp", "mới", "sớm", "muộn", "nhiều", "lành", "quê", "nhà", "xóm", "làng", "núi",
)  # fmt: skip
"""Both together are one word of 900, which everybody here can spell, with or without its marks."""
_LONGEST_WAIT: Final = 300
_MOST_WRONG: Final = 40
"""So many wrong words from all phones together, then none is right any more until the door is opened anew."""
_MOST_SENDERS: Final = 1_000
_AT_ONCE: Final = 3
"""Files that are taken at the same time; each may lie in memory whole."""
_SLACK: Final = 1_000_000
_POLICY: Final = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


class _Guesses(NamedTuple):
    wrong: int
    until: float


class Phones:
    """The door of a team's window. `clock` counts seconds."""

    def __init__(self, team: Team, clock: Callable[[], float] = monotonic) -> None:
        self.team = team
        self.tray = Tray(team.root)
        self.clock = clock
        self.word = ""
        self._secret = ""
        self._server: Server | None = None
        self._open = ExitStack()
        self._changing, self._guessing = threading.Lock(), threading.Lock()
        self._guesses: dict[str, _Guesses] = {}
        self._wrong = 0
        self._form = b""
        self._taking = threading.BoundedSemaphore(_AT_ONCE)

    @property
    def is_open(self) -> bool:
        """Tell whether phones are answered."""
        return self._server is not None

    @property
    def is_worn_out(self) -> bool:
        """Tell whether so many words were wrong that no phone is let in any more."""
        return self._wrong >= _MOST_WRONG

    def begin(self, port: int | None = None) -> None:
        """Open the door with a new word; raise DataProblems, MachineError."""
        with self._changing:
            if self._server is not None:
                return
            self._form = phone_form(self.team.root, direct="../send")
            self.word = f"{choice(_THINGS)} {choice(_LIKE_WHAT)}"
            self._secret, self._guesses, self._wrong = token_urlsafe(16), {}, 0
            server = self._open.enter_context(open_server(self._answer, port, lan=True))
            server.start()
            self._server = server

    def close(self) -> None:
        """Close the door; what is in the tray stays there."""
        with self._changing:
            self._server, self.word = None, ""
            self._open.close()

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses at which phones find the door, the likeliest first; without a network that of this computer."""
        if self._server is None:
            return ()
        here, *others = addresses(self._server, "/", lan=True)
        return tuple(others) or (here,)

    def code(self) -> str:
        """Return the likeliest address as a drawn code."""
        address = self.addresses[0]
        return svg(qr_symbol(address), address).decode("utf-8")

    # --- What phones get ---

    def _answer(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        request = Request(environ)
        if not is_meant(request.headers.get("Host", ""), reached_at(environ)):
            response = Response("Misdirected Request\n", 421)
        else:
            try:
                response = self._routed(request)
            except VuonhoError as error:
                response = self._refused(error.message, error.hint, 409)
            except RequestEntityTooLarge:
                response = self._refused(*_TOO_LARGE, 413)
            except HTTPException as error:
                response = Response(f"{error.name}\n", error.code)
            finally:
                request.close()
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response(environ, start_response)

    def _routed(self, request: Request) -> Response:
        first, _, rest = request.path.removeprefix("/").partition("/")
        if request.path == "/":
            return self._let_in(request) if request.method == "POST" else self._page("phone_word")
        if request.path == "/style.css":
            sheets = (templates().sheet(name) for name in ("_style.css", "window.css"))
            return Response("\n".join(sheets), content_type="text/css; charset=utf-8")
        if request.path == "/icon.svg":
            return Response(static_file("icon.svg"), content_type="image/svg+xml")
        if not (self._secret and compare_digest(first.encode(), self._secret.encode())):
            return self._refused(Text("The door is closed, or has another word now."), _OPEN_AGAIN, 404)
        if rest == "send" and request.method == "POST":
            return self._take(request)
        if rest == "" and request.method == "GET":
            return self._page("phone_inside")
        if rest == "form/" and request.method == "GET":
            # the form names in itself what it may do
            return Response(self._form, content_type="text/html; charset=utf-8",
                            headers={"Content-Security-Policy": "frame-ancestors 'none'"})  # fmt: skip
        return self._refused(Text("There is nothing here."), _OPEN_AGAIN, 404)

    def _page(self, name: str, status: int = 200, **values: object) -> Response:
        html = templates().render(
            f"{name}.html",
            {
                "language": self.team.language,
                "here": f"/{self._secret}/",
                "said": None,
                "is_good": False,
                **values,
            },
            self.team.language,
        )
        return Response(html, status, content_type="text/html; charset=utf-8")

    def _refused(self, message: Text, hint: Text, status: int) -> Response:
        said = f"{message.to(self.team.language)} {hint.to(self.team.language)}".strip()
        return Response(f"{said}\n", status, content_type="text/plain; charset=utf-8")

    # --- The word ---

    def _let_in(self, request: Request) -> Response:
        """Return the way in for the right word; after each wrong one this phone waits twice as long."""
        request.max_content_length = request.max_form_memory_size = 2_000
        told = fold(request.form.get("word", "")[:60]).replace(" ", "")
        with self._guessing:
            return self._judged(told, request.remote_addr or "")

    def _judged(self, told: str, sender: str) -> Response:
        before, now = self._guesses.get(sender, _Guesses(0, 0)), self.clock()
        if self.is_worn_out or len(self._guesses) > _MOST_SENDERS:
            said = Text("Too many wrong words. Ask at the computer to close the door and open it again.")
            return self._page("phone_word", 429, said=said)
        if now < before.until:
            seconds = max(1, round(before.until - now))
            return self._page("phone_word", 429, said=_wait(seconds))
        if told and compare_digest(told.encode(), fold(self.word).replace(" ", "").encode()):
            self._guesses.pop(sender, None)
            return Response("", 303, headers={"Location": f"/{self._secret}/"})
        wait = min(2**before.wrong, _LONGEST_WAIT)
        self._guesses[sender] = _Guesses(before.wrong + 1, now + wait)
        self._wrong += 1
        return self._page("phone_word", 403, said=_wait(wait, is_wrong=True))

    # --- What phones send ---

    def _take(self, request: Request) -> Response:
        """Put what the form sends, or files that lie on the phone, into the tray."""
        if request.content_length is None:
            return Response("Length Required\n", 411)
        if request.content_length > LARGEST + _SLACK:
            raise RequestEntityTooLarge
        if not self._taking.acquire(timeout=20):
            return self._refused(
                Text("The computer is taking other files just now."), Text("Send once more."), 503
            )
        try:
            is_page = request.mimetype == "multipart/form-data"
            request.max_form_parts = 50
            if is_page:
                came = [
                    (one.filename or "", one.read()) for one in request.files.getlist("files") if one.filename
                ]
            else:
                came = [(f"{self.team.now():%d-%m %H-%M}.txt", request.get_data(cache=False))]
            for _, content in came:
                if not (is_form(content) or is_patrol(content)):
                    raise UserError(
                        Text("This is not a file of the phone form."),
                        Text("Files of the form are called vuonho-….txt; see whether this is the right one."),
                    )
            for name, content in came:
                self.tray.add(f"{PurePosixPath(name).stem}.txt", content)
        except VuonhoError as error:
            if not is_page:
                raise
            return self._page(
                "phone_inside", 409, said=Text("{what} {cure}", what=error.message, cure=error.hint)
            )
        finally:
            self._taking.release()
        arrived = Text("It has arrived. Somebody at the computer looks at it before it is written.")
        if is_page:
            return self._page(
                "phone_inside", said=arrived if came else Text("Choose a file first."), is_good=bool(came)
            )
        return Response(arrived.to(self.team.language), content_type="text/plain; charset=utf-8")


_OPEN_AGAIN: Final = Text("Open the address on the computer's screen again and give its word.")
_TOO_LARGE: Final = (
    Text("That is too much at once."),
    Text("On the phone, choose fewer households and send several times."),
)


def _wait(seconds: int, *, is_wrong: bool = False) -> Text:
    wait = Text.counted(
        "Wait {count} second, then try again.", "Wait {count} seconds, then try again.", seconds
    )
    if not is_wrong:
        return wait
    return Text("That is not the word. {wait}", wait=wait)
