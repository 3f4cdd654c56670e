"""Addresses of frames that take more than putting a found value into a text."""

import math
import re
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from ..whole_numbers import parse_whole_number
from .place import Place, place_of

USUAL_ZOOM = 15

_SECONDS = re.compile(r"(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,5})s?)?", re.ASCII)
_DEGREES = r"(-?\d{1,3}(?:\.\d{1,20})?)"
_OSM_MAP = re.compile(rf"map=(\d{{1,2}})/{_DEGREES}/{_DEGREES}(?:&.*)?", re.ASCII)
_GOOGLE_VIEW = re.compile(rf"/@{_DEGREES},{_DEGREES},(\d{{1,2}}(?:\.\d+)?)z", re.ASCII)
_GOOGLE_PLACE = re.compile(r"/maps/(?:place|search)/([^/@]{1,300})")


def youtube(place: Place, found: Mapping[str, str]) -> str:
    """The player that keeps no cookies until it plays, from the second that was meant."""
    start = seconds_in(place.query.get("t") or place.query.get("start", ""))
    frame = f"https://www.youtube-nocookie.com/embed/{found['v']}"
    return f"{frame}?start={start}" if start else frame


def seconds_in(text: str) -> int:
    """The seconds in 90, 90s or 1m30s; 0 in what is none of these."""
    parts = _SECONDS.fullmatch(text)
    if not parts:
        return 0
    hours, minutes, seconds = (int(part or 0) for part in parts.groups())
    return hours * 3600 + minutes * 60 + seconds


def soundcloud(place: Place, found: Mapping[str, str]) -> str:
    """The player of a track or a set; of a player's own address, of what that plays."""
    played = place.query["url"] if place.host == "w.soundcloud.com" else place.url
    inner = place_of(played)
    if inner is None or inner.host not in {*_SOUNDCLOUD, "api.soundcloud.com"}:
        return ""
    return "https://w.soundcloud.com/player/?" + urlencode({"url": played.partition("?")[0]})


_SOUNDCLOUD = ("soundcloud.com", "www.soundcloud.com", "m.soundcloud.com")


def open_street_map(place: Place, found: Mapping[str, str]) -> str:
    """The map that an address shows, with its marker."""
    query = place.query
    pin = numbers(query.get("marker") or f"{query.get('mlat')},{query.get('mlon')}", 2)
    box = numbers(query.get("bbox", ""), 4)
    if shown := _OSM_MAP.fullmatch(place.fragment):
        box = box_around(float(shown[2]), float(shown[3]), int(shown[1]))
    elif pin and not box:
        zoom = parse_whole_number(query.get("zoom"), max_digits=2)
        box = box_around(pin[0], pin[1], zoom or USUAL_ZOOM)
    if not box:
        return ""
    values = {"bbox": ",".join(map(short, box)), "layer": "mapnik"}
    if pin:
        values["marker"] = ",".join(map(short, pin))
    return "https://www.openstreetmap.org/export/embed.html?" + urlencode(values)


def numbers(text: str, count: int) -> list[float]:
    """So many numbers between commas; none where there are others."""
    parts = text.split(",")
    if len(parts) != count or not all(re.fullmatch(_DEGREES, part, re.ASCII) for part in parts):
        return []
    return [float(part) for part in parts]


def box_around(latitude: float, longitude: float, zoom: int) -> list[float]:
    """West, south, east and north of a map 640 pixels wide and 400 high."""
    width = 360 * 640 / 256 / 2 ** min(max(zoom, 1), 19)
    height = width * 400 / 640 * math.cos(math.radians(min(abs(latitude), 85)))
    return [
        longitude - width / 2,
        latitude - height / 2,
        longitude + width / 2,
        latitude + height / 2,
    ]


def short(number: float) -> str:
    return f"{number:.6f}".rstrip("0").rstrip(".")


def google_map(place: Place, found: Mapping[str, str]) -> str:
    """The map of a place, of what is searched for, or of a view; of a frame's own address, that."""
    base = "https://www.google.com/maps"
    if place.path.rstrip("/") == "/maps/embed" and place.query.get("pb"):
        return f"{base}/embed?" + urlencode({"pb": place.query["pb"]})
    view, named = _GOOGLE_VIEW.search(place.path), _GOOGLE_PLACE.match(place.path)
    where = f"{view[1]},{view[2]}" if view else ""
    values = {"q": place.query.get("q") or place.query.get("query", ""), "output": "embed"}
    if named and not values["q"]:
        return f"{base}?q={_as_value(named[1])}&output=embed" + (f"&ll={where}" if where else "")
    values["q"] = values["q"] or where
    if view:
        values["z"] = str(int(float(view[3])))
    return f"{base}?{urlencode(values)}" if values["q"] else ""


def _as_value(segment: str) -> str:
    """A segment of a path, whose spaces are + there, as the value of a parameter."""
    return quote(segment, safe="+%")
