"""Map files as OpenStreetMap, Google My Maps and a phone write them, made up; no place in here exists."""

import json
import random
from collections.abc import Mapping
from typing import Any

CENTRE = (18.125, 105.76)
"""Latitude and longitude of the demo's centre."""

Place = tuple[float, float]
"""Metres east and north of the centre."""


def lonlat(place: Place) -> list[float]:
    """Return [longitude, latitude] of a place."""
    east, north = place
    return [round(CENTRE[1] + east / 105_700, 6), round(CENTRE[0] + north / 111_195, 6)]


def feature(tags: Mapping[str, Any], *places: Place, area: bool = False) -> dict[str, Any]:
    """Return a point, a line or an area with tags."""
    spots = [lonlat(place) for place in places]
    kind = "Polygon" if area else "LineString" if len(places) > 1 else "Point"
    coordinates: Any = [[*spots, spots[0]]] if area else spots if len(places) > 1 else spots[0]
    return {
        "type": "Feature",
        "properties": dict(tags),
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def geojson(*features: Mapping[str, Any], **more: object) -> str:
    """Return a file of features."""
    return json.dumps({"type": "FeatureCollection", **more, "features": features}, ensure_ascii=False)


def kml(*placemarks: str) -> str:
    """Return a file as Google My Maps writes it."""
    inside = "".join(placemarks)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Thôn</name>\n{inside}\n</Document></kml>\n'


def folder(name: str, *placemarks: str) -> str:
    """Return a layer of My Maps."""
    return f"<Folder><name>{name}</name>{''.join(placemarks)}</Folder>"


def placemark(name: str, *places: Place, area: bool = False) -> str:
    """Return a point, a line or an area of My Maps, as described by somebody who said too much."""
    spots = " ".join(f"{lon},{lat},0" for lon, lat in map(lonlat, places))
    shape = f"<coordinates>{spots}</coordinates>"
    if area:
        drawn = f"<Polygon><outerBoundaryIs><LinearRing>{shape}</LinearRing></outerBoundaryIs></Polygon>"
    else:
        drawn = f"<LineString>{shape}</LineString>" if len(places) > 1 else f"<Point>{shape}</Point>"
    return (
        f"<Placemark><name>{name}</name><description>bà Lan, 0570 123 456</description>{drawn}</Placemark>\n"
    )


def extract(ways: int, seed: int = 5) -> str:
    """Return an export of a whole commune: so many ways of all kinds around the demo, and a hundred landmarks."""
    chance = random.Random(seed)  # noqa: S311 - the same map each time
    kinds = [{"highway": "residential"}] * 12 + [{"highway": "track"}] * 3 + [{"highway": "tertiary"}] * 2
    kinds += [{"waterway": "stream"}, {"waterway": "river", "name": "Rào Mẫu"}, {"building": "yes"}]
    features = []
    for number in range(ways):
        tags = kinds[number % len(kinds)] | {"@id": f"way/{number}"}
        x, y = chance.uniform(-2500, 2500), chance.uniform(-2500, 2500)
        line = [(x, y)]
        for _ in range(chance.randint(2, 24)):
            x, y = x + chance.uniform(-60, 90), y + chance.uniform(-70, 70)
            line.append((x, y))
        features.append(feature(tags, *line, area="building" in tags))
    for number in range(100):
        tags = {"amenity": "school", "name": f"Trường số {number}", "@id": f"node/{number}"}
        features.append(feature(tags, (chance.uniform(-900, 900), chance.uniform(-900, 900))))
    return geojson(*features, generator="overpass-turbo")
