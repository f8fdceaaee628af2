"""Where a home lies: a click on the village's own map, with the other homes as dots."""

import json
import math
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Final

from flask import Response as FlaskResponse
from flask import abort, request, url_for
from werkzeug.wrappers import Response

from vuonho.errors import UserError
from vuonho.i18n import Text
from vuonho.importing.match import values_of
from vuonho.model.ground import Ground
from vuonho.model.values import Point, distance_m, parse_point
from vuonho.pages.frame import Sheet, extent, sheet_around
from vuonho.pages.ground import draw_ground, ground_svg
from vuonho.project.files import VILLAGE_FILE, list_villages
from vuonho.project.ground import read_ground
from vuonho.project.profile import read_profile
from vuonho.project.settings import read_site, read_village
from vuonho.scaffold.init import HOME
from vuonho.window import form
from vuonho.window.households import POINT, Opened, opened_or_new, room
from vuonho.window.page import go, show, this_team

_WIDTH: Final = 720
_LEAST_METRES: Final = 1_200.0
_FAR_METRES: Final = 4_000
"""What lies farther from the centre is not on the map."""
_GRID_METRES: Final = 100
_STYLE: Final = (
    ".a{fill:#edf2dc}.grid{stroke:#c3cbb0;fill:none}.home{fill:#1f5e33;stroke:#fffdf6;stroke-width:1.5}"
    ".mid{fill:none;stroke:#6b5a34;stroke-width:2}.pin{fill:#b3261e;stroke:#fff;stroke-width:2.5}"
    ".bar{stroke:#21301d;stroke-width:3}.t{font:600 15px system-ui,sans-serif;fill:#21301d;stroke:none}"
    "@media (prefers-color-scheme:dark){.a{fill:#222c1c}.grid{stroke:#3b4732}.home{fill:#9bd48f;stroke:#12170f}"
    ".mid{stroke:#d8c48a}.pin{fill:#ff8a7a;stroke:#12170f}.bar{stroke:#edf0e0}.t{fill:#edf0e0}}"
)


def _centre_and_ground(slug: str) -> tuple[Point, Ground | None] | None:
    """Return the centre of a village and what is known of the ground around it, None without a centre."""
    root = this_team().root
    if slug not in {one.slug for one in list_villages(root)[0]}:
        abort(404)
    site, _ = read_site(root)
    village, _, _ = read_village(root, f"profiles/{slug}/{VILLAGE_FILE}", site.province if site else HOME)
    return (village.centre, read_ground(root, f"profiles/{slug}", village.centre)[0]) if village else None


def _homes(root: Path, slug: str, centre: Point) -> Iterator[Point]:
    """Yield where the homes of a village lie that are near its centre."""
    folder = next(one for one in list_villages(root)[0] if one.slug == slug)
    for name in folder.profiles:
        location = values_of(read_profile(root, folder.profile(name), slug)).get("location")
        typed = location.get("point") if isinstance(location, dict) else None
        point = _point(typed) if isinstance(typed, str) else None
        if point and distance_m(point, centre) < _FAR_METRES:
            yield point


def _point(text: str) -> Point | None:
    try:
        return parse_point(text)
    except UserError:
        return None


def _sheet(centre: Point, ground: Ground | None, homes: list[Point]) -> Sheet:
    marks = (
        [one.at for one in ground.landmarks if distance_m(one.at, centre) < _FAR_METRES / 2] if ground else []
    )
    points = [centre, *homes, *marks]
    _, tall, wide = extent(points)
    share = min(max(max(tall, _LEAST_METRES) / max(wide, 1.0), 0.6), 0.8)
    return sheet_around(points, _WIDTH, round(_WIDTH * share), 0.08, _LEAST_METRES)


@room.get("/<village>/<name>/place/")
def place(village: str, name: str) -> str:
    """Show the map of a village to click on, with the home where it lies by now."""
    one = opened_or_new(village, name)
    known = _centre_and_ground(village)
    if known is None:
        return show("place", Text("Where the home lies"), one=one, sheet=None)
    centre, ground = known
    sheet = _sheet(centre, ground, list(_homes(this_team().root, village, centre)))
    clicked = _point(request.args.get("at", ""))
    at = clicked or _point(_typed(one))
    lat, lon = sheet.middle.lat, sheet.middle.lon
    frame = {"lat": lat, "lon": lon, "scale": f"{sheet.scale:.9f}", "height": sheet.height}
    picture = url_for("households.ground", village=village, at=str(at) if at else None, **frame)  # type: ignore[arg-type]
    return show(
        "place",
        Text("Where the home lies"),
        one=one,
        where={"village": village, "name": name},
        sheet=sheet,
        frame=frame,
        picture=picture,
        at=at,
        is_clicked=clicked is not None,
        metres=round(distance_m(at, centre), -1) if at else 0,
        has_ground=ground is not None,
    )


def _typed(one: Opened) -> str:
    """Return the position as it is typed in the draft, else as the file says."""
    draft = one.draft.read() or {}
    if POINT in draft:
        return draft[POINT][-1]
    location = one.values.get("location")
    typed = location.get("point") if isinstance(location, dict) else None
    return typed if isinstance(typed, str) else ""


@room.post("/<village>/<name>/place/")
def choose(village: str, name: str) -> Response:
    """Take a click on the map, to be looked at; or what was looked at, into the form, which is not saved by that."""
    one = opened_or_new(village, name)
    taken = _point(request.form.get("take", ""))
    if taken is None:
        sheet = _asked_sheet(request.form.to_dict())
        try:
            x, y = float(request.form["map.x"]), float(request.form["map.y"])
        except (KeyError, ValueError):
            abort(400)
        if not (0 < x <= sheet.width and 0 < y <= sheet.height):
            return go("households.place", village=village, name=name)
        return go("households.place", village=village, name=name, at=str(sheet.point(x, y)), _anchor="map")
    fields = one.draft.read() or {form.BASE: [json.dumps(one.values if one.profile else None)]}
    one.draft.write({**fields, POINT: [str(taken)]})
    return one.go(Text("The place stands in the form now. Save it when all is right."))


def _asked_sheet(given: dict[str, str]) -> Sheet:
    """Return the frame that a page was made with; a 400 for one that makes no sense."""
    try:
        lat, lon, scale = (float(given[key]) for key in ("lat", "lon", "scale"))
        height = int(given["height"])
    except (KeyError, ValueError):
        abort(400)
    if not (abs(lat) < 85 and abs(lon) <= 180 and 1e-3 < scale < 100 and 100 <= height <= 2_000):
        abort(400)
    return Sheet(Point(lat, lon), scale, _WIDTH, height)


@room.get("/-/ground/<village>.svg")
def ground(village: str) -> FlaskResponse:
    """Return the map of a village as a picture: its ground or a grid, the homes, the home that is asked for."""
    known = _centre_and_ground(village)
    if known is None:
        abort(404)
    centre, there = known
    sheet = _asked_sheet(request.args.to_dict())
    homes = [sheet.spot(point) for point in _homes(this_team().root, village, centre)]
    if there:
        drawing = draw_ground(there, sheet, tuple(sorted(set(homes))), (), 15.0, 3_000, 24)
        begun = ground_svg(drawing).rpartition("</svg>")[0]
    else:
        begun = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {sheet.width} {sheet.height}" '
            f'width="{sheet.width}" height="{sheet.height}"><path class="a" d="M0 0h{sheet.width}v{sheet.height}H0z"/>'
            f'<path class="grid" d="{_grid(sheet, centre)}"/>'
        )
    at, middle, (metres, bar) = _point(request.args.get("at", "")), sheet.spot(centre), sheet.bar()
    dots = "".join(f'<circle class="home" cx="{x}" cy="{y}" r="5"/>' for x, y in homes)
    pin = ""
    if at:
        x, y = sheet.spot(at)
        pin = f'<path class="pin" d="M{x} {y}c-12 -16 -14 -20 -14 -26a14 14 0 0 1 28 0c0 6 -2 10 -14 26z"/>'
    label = f"{metres} m" if metres < 1000 else f"{metres // 1000} km"
    scale = f'<path class="bar" d="M14 {sheet.height - 14}h{bar}"/><text class="t" x="14" y="{sheet.height - 22}">{label}</text>'
    middle_mark = f'<circle class="mid" cx="{middle.x}" cy="{middle.y}" r="10"/><circle class="mid" cx="{middle.x}" cy="{middle.y}" r="2"/>'
    svg = f"{begun}<style>{_STYLE}</style>{middle_mark}{dots}{pin}{scale}</svg>"
    return FlaskResponse(svg, content_type="image/svg+xml")


def _grid(sheet: Sheet, centre: Point) -> str:
    """Return lines 100 m apart through the centre, as the data of a path."""
    step, middle = _GRID_METRES * sheet.scale, sheet.exact(centre)
    lines = []
    for axis, (size, other) in enumerate(((sheet.width, sheet.height), (sheet.height, sheet.width))):
        first = math.fmod(middle[axis], step)
        for number in count():
            at = round(first + number * step, 1)
            if at > size:
                break
            lines.append(f"M{at} 0v{other}" if axis == 0 else f"M0 {at}h{other}")
    return "".join(lines)
