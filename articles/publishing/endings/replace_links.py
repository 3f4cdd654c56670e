"""Leading everything that led to one story to another: stories, fronts, topics and banners."""

import datetime as dt
import re
from contextlib import suppress
from functools import partial
from html import escape, unescape
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from ...desk.audit_log.log import log_action
from ...desk.audit_log.verbs import Verb
from ...desk.blocks import RelatedLink, Text
from ...desk.optimistic_lock import claim_save
from ...desk.post import Post
from ...desk.rights.may_do import may_everywhere
from ...desk.search.index import index_posts
from ...desk.workflow import may_change
from ..editions.edition import Edition
from ..fronts.breaking import Breaking
from ..fronts.placement import Placement
from ..fronts.topic_pin import TopicPin
from ..invalidation.invalidate import invalidate
from ..link_check.ends import ends_of
from ..link_check.story_link import StoryLink
from ..steps.banners import refusal_of_banner
from ..steps.change_everywhere import MOST_AT_ONCE, Outcome, change_everywhere
from ..steps.checkpoint import Reason, keep
from ..steps.front_drafts import repin
from ..steps.hold_back import hold_back_refused
from ..steps.step import lock_post
from ..surrogate_keys import SITE_KEY, topic_key

_HREF = re.compile(r'(<a\s[^>]*?href=")([^"]*)(")')
SAVED = ("version", "others_version", "saved_by", "saved_at")


def replace_links(
    old: Post, new: Post, *, by: User, publish_again: bool, now: dt.datetime | None = None
) -> Outcome:
    """Have the stories that link to `old` link to `new`, story by story, each by its own rules; and
    its pins and banners, where this person may change them.

    Live stories without other changes are published at once with `publish_again`.
    """
    now = now or timezone.now()
    change = partial(_replace_in_story, old=old, new=new, by=by, now=now)
    posts = posts_linking_to(old)
    outcome = change_everywhere(posts, change, by=by, publish_again=publish_again)
    for replace in (_replace_on_fronts, _replace_on_topics, _replace_in_banners):
        replace(old, new, by=by, now=now)
    return outcome


def posts_linking_to(old: Post) -> list[Post]:
    related = RelatedLink.objects.filter(story=old).values("parent")
    in_text = StoryLink.objects.filter(target=old).values("post")
    found = Post.objects.filter(Q(pk__in=related) | Q(pk__in=in_text)).exclude(pk=old.pk)
    return list(found.order_by("pk")[:MOST_AT_ONCE])


@transaction.atomic
def _replace_in_story(
    post: Post, *, old: Post, new: Post, by: User, now: dt.datetime
) -> list[str] | None:
    post = lock_post(post)
    related = RelatedLink.objects.filter(parent=post, story=old)
    texts = _texts_led_elsewhere(post, old, new)
    if not texts and not related.exists():
        return None
    if not may_change(post, by):
        raise PermissionDenied(_("You may not change this story now."))
    keep(post, now=now)
    claim_save(post, started_from=post.version, by=by, now=now)
    if post.pk == new.pk or RelatedLink.objects.filter(parent=post, story=new).exists():
        related.delete()
    else:
        # A headline of its own was about the other story.
        related.update(story=new, headline="")
    for text in texts:
        text.save(update_fields=["html"])
    post.save(update_fields=SAVED)
    index_posts([post.pk])
    keep(post, now=now, reason=Reason.SAVED)
    log_action(Verb.CHANGE, post, by=by, changes=[{"field": "related links"}], now=now)
    return [str(held) for held in hold_back_refused(by=by, post=post)]


def _texts_led_elsewhere(post: Post, old: Post, new: Post) -> list[Text]:
    """The texts of a story that link to the old one, with those links leading to the new one."""
    texts = list(Text.objects.filter(parent=post).order_by("ordering", "pk"))
    said = {unescape(found[1]) for text in texts for found in _HREF.findall(text.html)}
    ends = ends_of(said) if said else {}
    leading = {address for address in said if ends.get(address) == old.pk}
    live = Edition.objects.filter(post=new).order_by("-number").first()
    if not leading or live is None:
        return []
    path = iri_to_uri(live.get_absolute_url()) or ""

    def led(found: re.Match[str]) -> str:
        address = unescape(found[2])
        if address not in leading:
            return found[0]
        parts = urlsplit(address)
        whole = urlunsplit((parts.scheme, parts.netloc, path, "", ""))
        return f"{found[1]}{escape(whole)}{found[3]}"

    changed = []
    for text in texts:
        html = _HREF.sub(led, text.html)
        if html != text.html:
            text.html = html  # type: ignore[assignment] # the field is untyped
            changed.append(text)
    return changed


def _replace_on_fronts(old: Post, new: Post, *, by: User, now: dt.datetime) -> None:
    pins = Placement.objects.filter(post=old, live_until__gt=now).select_related("section")
    fronts = {pin.section_id: pin.section for pin in pins}
    for section in fronts.values():
        with suppress(PermissionDenied):
            repin(old, new, section, by=by, now=now)


@transaction.atomic
def _replace_on_topics(old: Post, new: Post, *, by: User, now: dt.datetime) -> None:
    if not may_everywhere(by, "articles.change_topicpin"):
        return
    pins = list(TopicPin.objects.filter(post=old).select_for_update())
    there = set(TopicPin.objects.filter(post=new).values_list("topic", flat=True))
    for pin in pins:
        if pin.topic_id in there:
            pin.delete()
        else:
            pin.post = new
            pin.save(update_fields=["post"])
            log_action(Verb.CHANGE, pin, by=by, changes=[{"field": "post"}], now=now)
    if pins:
        invalidate([topic_key(pin.topic_id) for pin in pins])


@transaction.atomic
def _replace_in_banners(old: Post, new: Post, *, by: User, now: dt.datetime) -> None:
    if any(refusal_of_banner(by, "change", post) for post in (old, new)):
        return
    for banner in Breaking.objects.filter(post=old, live_until__gt=now).select_for_update():
        banner.post = new
        banner.save(update_fields=["post"])
        log_action(Verb.CHANGE, banner, by=by, changes=[{"field": "post"}], now=now)
        invalidate([SITE_KEY])
