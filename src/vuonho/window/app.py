"""The window as an application: who may ask, what every answer carries, and how what goes wrong is said.

browser ──▶ Host ──▶ secret ──▶ Origin ──▶ room ──▶ the functions that the commands call
"""

from collections.abc import Iterable
from hmac import compare_digest
from typing import TYPE_CHECKING, Final

from flask import Flask, request, url_for
from flask import Response as FlaskResponse
from werkzeug.exceptions import HTTPException, NotFound, RequestEntityTooLarge
from werkzeug.wrappers import Response

from vuonho.errors import MachineError, UserError, VuonhoError
from vuonho.i18n import Text
from vuonho.project.profile import KEPT
from vuonho.resources import static_file
from vuonho.serve.server import is_meant, reached_at
from vuonho.window import care as _care  # noqa: F401 - its pages are those of more.room
from vuonho.window import home, households, incoming, jobs, more, online, paper, raw, start
from vuonho.window import place as _place  # noqa: F401 - its pages are those of households.room
from vuonho.window import settings as _settings  # noqa: F401 - its pages are those of more.room
from vuonho.window.page import refused, templates
from vuonho.window.team import Team, unforeseen

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

LARGEST: Final = 300_000_000
"""Bytes that one sending may have: a day's photos of a village, each refused by itself where it is too large."""
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_CLOSED: Final = """\
Cửa sổ này đã đóng. Xin mở lại từ biểu tượng vuonho, hoặc gõ: vuonho
This window is closed. Open it again by its icon, or type: vuonho
"""


def create_app(team: Team) -> "WSGIApplication":
    """Return the application of a team's window, below its secret."""
    return _below_secret(rooms(team), team.secret)


def rooms(team: Team) -> Flask:
    """Return the pages of a team's window."""
    KEPT.is_on = True
    app = Flask("vuonho.window", static_folder=None, template_folder=None)
    app.config |= {
        "TEAM": team,
        "MAX_CONTENT_LENGTH": LARGEST,
        "MAX_FORM_MEMORY_SIZE": 20_000_000,
        "MAX_FORM_PARTS": 5_000,
    }
    for room in (
        home.room,
        households.room,
        incoming.room,
        more.room,
        paper.room,
        start.room,
        raw.room,
        online.room,
        jobs.room,
    ):
        app.register_blueprint(room)
    app.add_url_rule("/window.css", view_func=_style, endpoint="style")
    app.add_url_rule("/window.js", view_func=_script, endpoint="script")
    app.add_url_rule("/icon.svg", view_func=_icon, endpoint="icon")
    app.before_request(_require_own_page)
    app.after_request(_with_headers)
    app.register_error_handler(VuonhoError, _said)
    app.register_error_handler(HTTPException, _lost)
    app.register_error_handler(Exception, _unforeseen)
    return app


def _below_secret(app: "WSGIApplication", secret: str) -> "WSGIApplication":
    """Return the application at /<secret>/: no page elsewhere can name an address of it, and nothing is kept in a browser."""

    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if not is_meant(environ.get("HTTP_HOST", ""), reached_at(environ)):
            return Response("Misdirected Request\n", 421)(environ, start_response)
        first, _, rest = environ["PATH_INFO"].removeprefix("/").partition("/")
        if not compare_digest(first.encode(), secret.encode()):
            return Response(_CLOSED, 404, content_type="text/plain; charset=utf-8")(environ, start_response)
        environ["SCRIPT_NAME"], environ["PATH_INFO"] = f"/{secret}", f"/{rest}"
        return app(environ, start_response)

    return application


def _require_own_page() -> Response | None:
    """Refuse what changes something and was not sent by a page of the window itself."""
    if request.method in ("GET", "HEAD"):
        return None
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    if f"{sender.rstrip('/')}/".startswith(request.host_url):
        return None
    return Response("Forbidden\n", 403)


def _with_headers(response: FlaskResponse) -> FlaskResponse:
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


# --- What goes wrong, in words ---


def _said(error: Exception) -> tuple[str, int]:
    assert isinstance(error, VuonhoError)  # noqa: S101 - registered for no other
    return refused(error), 503 if isinstance(error, MachineError) else 409


def _lost(error: Exception) -> FlaskResponse | tuple[str, int]:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for no other
    if isinstance(error, RequestEntityTooLarge):
        too_large = UserError(
            Text("That is too much at once."), Text("Send fewer files at a time: 300 MB are the most.")
        )
        return refused(too_large), 413
    if isinstance(error, NotFound):
        gone = VuonhoError(
            Text("There is no such page in the window."), Text("Go back, or begin with Today.")
        )
        return refused(gone, Text("Not found"), back=url_for("home.start")), 404
    return FlaskResponse(error.name, error.code or 500)


def _unforeseen(error: Exception) -> tuple[str, int]:
    return refused(unforeseen(error)), 500


# --- What pages are dressed with ---


def _style() -> FlaskResponse:
    sheets = (templates().sheet(name) for name in ("_style.css", "window.css"))
    return FlaskResponse("\n".join(sheets), content_type="text/css; charset=utf-8")


def _script() -> FlaskResponse:
    return FlaskResponse(templates().script("window.js"), content_type="text/javascript; charset=utf-8")


def _icon() -> FlaskResponse:
    return FlaskResponse(static_file("icon.svg"), content_type="image/svg+xml")
