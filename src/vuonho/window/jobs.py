"""Long work as it is watched, and the files that were made for the team."""

from flask import Blueprint, abort, jsonify, send_file
from werkzeug.wrappers import Response

from vuonho.i18n import Text
from vuonho.window.page import go, refused, show, this_team

room = Blueprint("jobs", __name__, url_prefix="/jobs")


@room.get("/<key>/")
def watch(key: str) -> str | tuple[str, int] | Response:
    """Show how far a job is, and at its end what came of it; without a script the page loads itself anew."""
    job = this_team().job(key)
    if job is None:
        abort(404)
    if not job.is_over:  # asked once: it may end while this page is made
        return show("job", job.title, job=job, key=key, is_over=False)
    if job.error is not None:
        return refused(job.error, Text("{title}: this was not done", title=job.title)), 409
    if job.outcome is not None and job.outcome.page:
        return go(job.outcome.page, job.outcome if job.outcome.said else None, job=key)
    return show("job", job.title, job=job, key=key, is_over=True)


@room.get("/<key>/state")
def state(key: str) -> Response:
    """Return how far a job is, for the script of its page."""
    job = this_team().job(key)
    if job is None:
        abort(404)
    language = this_team().language
    return jsonify(
        over=job.is_over, steps=[step.to(language) for step in job.steps], done=job.done, total=job.total
    )


@room.get("/file/<key>/<name>")
def file(key: str, name: str) -> Response:
    """Return a file that was made here; no other has a key."""
    path = this_team().offered(key)
    if path is None or path.name != name or not path.is_file():
        abort(404)
    return send_file(path, as_attachment=path.suffix.lower() != ".pdf", download_name=name)
