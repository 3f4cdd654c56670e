"""Which provider an address is of, if any, and the frame that shows what is there."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings

from .place import Place, place_of
from .providers import MASTODON, PROVIDERS, Form, Provider, providers_of


@dataclass(frozen=True)
class Embeddable:
    """What can be shown in a page: in a frame of this address and shape."""

    provider: Provider
    frame: str
    shape: str

    @property
    def host(self) -> str:
        return urlsplit(self.frame).netloc

    @property
    def source(self) -> str:
        """The only source that the page's policy has to allow."""
        return f"https://{self.host}"

    @property
    def key(self) -> str:
        """Of whom a reader's browser remembers that it may be asked. Each instance of Mastodon is
        somebody else."""
        return self.host if self.provider is MASTODON else self.provider.key

    @property
    def name(self) -> str:
        """Who would be asked, as readers know it."""
        return mastodon_name(self.host) if self.provider is MASTODON else self.provider.name


def embeddable_at(url: str) -> Embeddable | None:
    """What a provider shows of an address; None for any other: readers get a link to that."""
    place = place_of(url)
    if place is None:
        return None
    for provider, form in providers_of(place.host):
        if frame := _frame(place, form):
            host = place.host if provider is MASTODON else provider.frame_host
            # Nothing of an address may lead the frame to another host.
            if urlsplit(frame).netloc == host:
                return Embeddable(provider, frame, form.shape or provider.shape)
    return None


def mastodon_name(host: str) -> str:
    return f"{MASTODON.name} ({host})"


def everybody() -> list[tuple[str, str]]:
    """(key, name) of all that a page of ours may ask, by their names."""
    hosts = [(host, mastodon_name(host)) for host in settings.MASTODON_HOSTS]
    found = [(provider.key, provider.name) for provider in PROVIDERS]
    return sorted([*found, *hosts], key=lambda each: each[1].lower())


def _frame(place: Place, form: Form) -> str:
    """The frame's address; empty when the place is not of this form."""
    matched = _compiled(form.path).fullmatch(place.path)
    if not matched:
        return ""
    found = {name: place.query.get(name, "") for name in form.query}
    if not all(_compiled(form.query[name]).fullmatch(value) for name, value in found.items()):
        return ""
    found |= matched.groupdict("")
    if not isinstance(form.frame, str):
        return form.frame(place, found)
    return form.frame.format(**found, url=place.quoted, host=place.host)


@lru_cache(200)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)
