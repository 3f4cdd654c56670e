"""Every kind of page of the desk, as an editor's browser shows it."""

from contextlib import suppress
from datetime import timedelta

import pyotp
import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from articles.admin.time_machine.moments import time_machine_url
from articles.desk import roles as names
from articles.desk.planning.plan_story import plan_story
from articles.models import ImportRun, OldAddress, Post, RoleRule, Topic
from articles.publishing.names.kinds import TOPICS
from articles.publishing.names.merge import merge
from articles.publishing.names.near_double import look_for_doubles
from articles.publishing.steps.schedule import schedule
from tests.builders import make_link, make_photo, make_post, make_story, make_topic, make_user

from .accessibility import violations
from .long_words import LONG
from .newsroom import live_path, make_long_story

pytestmark = pytest.mark.django_db

POSTS = "/admin/articles/post/"
WIDTHS = (360, 1280, 1440)

# Pages of the desk that belong to no row, by their names in addresses.
WITHOUT_A_ROW = (
    "settings",
    "machine",
    "dead_links",
    "articles_author_people",
    "articles_author_doubles",
    "articles_author_names",
    "articles_topic_doubles",
    "articles_topic_names",
    "articles_topic_several",
    "articles_photo_several",
    "time_machine",
    "calendar",
    "calendar_feed",
    "articles_photo_doubles",
    "articles_photo_upload_many",
    "articles_photo_together",
    "articles_photo_alt",
    "articles_plan_copy",
)


def make_desk():
    """{kind: path} of the desk's pages, the same of its screens, and {role: key of a session}."""
    live, ready = make_long_story(), make_post("Ready to go", photo=make_photo())
    live.articles_caption_set.update(photo=make_photo(caption="Another picture"))
    live.articles_text_set.update(html="<p>Quite other words.</p>")
    Post.objects.filter(pk=live.pk).update(version=2, headline="Another headline")
    headline = "Readers do not see this story yet, however long its headline has become"
    make_link(live, make_post(headline, status=Post.Status.DRAFT))
    make_post("Waiting", status=Post.Status.IN_REVIEW)
    make_story("Live")
    schedule(scheduled := make_post("To come"), by=None, at=timezone.now() + timedelta(hours=1))
    photo = live.articles_caption_set.first().photo
    made, double = make_topic("Ukraine"), make_topic("Urkaine")
    look_for_doubles(TOPICS)
    merge([make_topic("Kiev")], make_topic("Kyiv"), by=None)
    twin = make_photo(content_hash="f" * 64, look="0123456789abcdef")
    make_photo(content_hash="f" * 64, caption="A word that is as long as Donaudampfschifffahrt" * 3)
    make_more()
    groups = f"{photo.pk}-{twin.pk}"
    pages = {
        "index": "/admin/",
        "week": "/admin/calendar/",
        "month": "/admin/calendar/?view=month",
        "move": f"/admin/calendar/{scheduled.pk}/move/",
        "planning": "/admin/articles/plan/",
        "plan a story": "/admin/articles/plan/add/",
        "calendar elsewhere": "/admin/calendar/feed/",
        "list": POSTS,
        "found nothing": f"{POSTS}?q=nowhere",
        "new story": f"{POSTS}add/",
        "story": f"{POSTS}{live.pk}/change/",
        "history": f"{POSTS}{live.pk}/history/",
        "compared": f"{POSTS}{live.pk}/compare/?older=edition-1&newer=now",
        "the same": f"{POSTS}{live.pk}/compare/?unfolded=1",
        "another moment": "/admin/at/",
        "a page then": time_machine_url(timezone.now(), live_path(live)),
        "publish": f"{POSTS}{ready.pk}/step/publish/",
        "schedule": f"{POSTS}{ready.pk}/step/schedule/",
        "withdraw": f"{POSTS}{live.pk}/step/withdraw/",
        "photos": "/admin/articles/photo/",
        "new photo": "/admin/articles/photo/add/",
        "photo": f"/admin/articles/photo/{photo.pk}/change/",
        "add pictures": "/admin/articles/photo/upload/",
        "pictures together": f"/admin/articles/photo/together/?photo={photo.pk}&photo={twin.pk}",
        "alt texts": "/admin/articles/photo/alt/",
        "replace": f"/admin/articles/photo/{photo.pk}/replace/",
        "what is replaced": f"/admin/articles/photo/{photo.pk}/replace/?by={twin.pk}",
        "doubles of pictures": "/admin/articles/photo/doubles/",
        "merge several pictures": f"/admin/articles/photo/doubles/several/?group={groups}",
        "merge pictures": f"/admin/articles/photo/merge/?one={photo.pk}&other={twin.pk}",
        "topics": "/admin/articles/topic/",
        "merge": f"/admin/articles/topic/merge/?row={made.pk}&row={double.pk}",
        "doubles": "/admin/articles/topic/doubles/",
        "merge several": f"/admin/articles/topic/doubles/several/?pair={made.pk}-{double.pk}",
        "names": "/admin/articles/topic/names/",
        "people": "/admin/articles/author/people/",
        "password": "/admin/password_change/",
        "second factor": "/admin/account/second-factor/",
        "signed in": "/admin/account/sessions/",
    }
    roles = (names.EDITOR, names.REPORTER, names.ADMINISTRATOR)
    topic = Topic.objects.get(slug="syria")
    topic.aliases.create(name="Syrian conflict", slug="syrian-conflict")
    topic.pins.create(post=live)
    return pages, screens(), {role: session_of(role) for role in roles}


def make_more():
    """Rows for the lists and forms that would be empty: plans, imports, old addresses, a closed
    account."""
    now = timezone.now()
    for hours in (1, 26):
        plan_story(
            slug_line="Harbour", by=None, due_at=now + timedelta(hours=hours), needs=["graphic"]
        )
    plan_story(slug_line="Some day", by=None)
    make_photo(alt="", caption="Nobody has said what this shows")
    run = ImportRun.objects.create(source="old-site", by=None)
    OldAddress.objects.create(key=f"/{LONG}/{LONG}.html", path="/latest/")
    make_user(names.REPORTER, "closed", is_active=False)
    return run


def screens():
    """The list, the form for a new one and the form of an old one, of whatever the desk has."""
    pages = {}
    for model in admin.site._registry:
        one = model._default_manager.first()
        own = [one.pk if one else 0]
        kinds = {"changelist": [], "add": [], "change": own, "history": own, "delete": own}
        for kind, args in kinds.items():
            name = f"{model._meta.app_label}_{model._meta.model_name}_{kind}"
            with suppress(NoReverseMatch):  # the fronts have screens of their own
                pages[name] = reverse(f"admin:{name}", args=args)
    pages |= {name: reverse(f"admin:{name}") for name in WITHOUT_A_ROW}
    leaver = make_user(names.REPORTER, "leaver")
    pages["leaving"] = reverse("admin:auth_user_leave", args=[leaver.pk])
    closed = User.objects.get(username="closed")
    pages["a closed account"] = reverse("admin:auth_user_change", args=[closed.pk])
    return pages | {"nothing there": "/admin/no/such/page/"}


def session_of(role):
    """The key of a session of somebody in a role."""
    client = Client()
    client.force_login(make_user(role))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture(scope="module")
def desk(serving):
    """The address of the desk's server, its pages, its screens and its sessions."""
    address, made = serving(make_desk)
    return address, *made


def signed_in(open_page, desk, role):
    """A page of somebody's browser; what its console complains of is in `page.complaints`."""
    address, _pages, _screens, sessions = desk
    page = open_page()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": sessions[role], "url": address}
    page.context.add_cookies([cookie])
    page.complaints = []
    page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


def show(page, address):
    """Open a page of the desk and wait until its scripts have done their work."""
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.goto(address).status == 200, address
    if page.locator("#writing-state").count():
        page.wait_for_selector("body.writing-ready")


# What nobody can see or scroll to: beyond the window, unless a box around it scrolls sideways.
CUT_OFF = """() => {
    const lost = [];
    const scrolls = (each) => {
        for (let box = each.parentElement; box; box = box.parentElement) {
            const { overflowX, clipPath } = getComputedStyle(box);
            if (/auto|scroll/.test(overflowX) || clipPath !== "none") return true;
        }
        return false;
    };
    for (const each of document.querySelectorAll("#content *, .desk-rail *, .top-line *")) {
        // What stands on a page for those who listen only is not to be seen.
        if (each.closest(".visually-hidden, svg, select, [popover], iframe")) continue;
        if (!each.checkVisibility()) continue;
        const box = each.getBoundingClientRect();
        if (box.width < 2 || (box.right <= innerWidth + 1 && box.left >= -1)) continue;
        if (getComputedStyle(each).position !== "absolute" && !scrolls(each)) {
            lost.push(`${each.tagName}.${each.className} ${box.left} to ${box.right}`);
        }
    }
    return lost.slice(0, 3);
}"""


def look(page):
    """What is wrong with the page that is open."""
    found = violations(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        overhang = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if overhang > 0:
            found["too wide by", width] = overhang
        if lost := page.evaluate(CUT_OFF):
            found["cut off", width] = lost
    return found


def test_axe_and_the_console_find_nothing_on_any_page(open_page, desk):
    address, pages, _screens, _sessions = desk
    page, found = signed_in(open_page, desk, names.EDITOR), {}
    for kind, path in pages.items():
        show(page, address + path)
        if faults := look(page):
            found[kind] = faults
    assert not found
    # The pictures of these stories have no files.
    assert [text for text in page.complaints if "404" not in text] == []


def test_axe_finds_nothing_on_any_screen_of_an_administrator(open_page, desk):
    address, _pages, screens, _sessions = desk
    page, found = signed_in(open_page, desk, names.ADMINISTRATOR), {}
    for kind, path in screens.items():
        page.set_viewport_size({"width": 1280, "height": 900})
        if page.goto(address + path).status == 403:
            continue  # stories are approved by editors
        if faults := look(page):
            found[kind] = faults
    assert not found
    assert [text for text in page.complaints if "404" not in text and "403" not in text] == []


def test_who_may_only_read_a_story_gets_a_page_to_read(open_page, desk):
    address, pages, _screens, _sessions = desk
    page = signed_in(open_page, desk, names.REPORTER)
    show(page, address + pages["story"])

    assert look(page) == {}
    assert "Quite other words." in page.inner_text(".surface-story")
    assert page.get_attribute(".surface-story", "contenteditable") == "false"
    offered = page.locator(".own-actions button:not(:disabled):visible").all_inner_texts()
    assert set(offered) <= {"Details"}
    assert not page.locator("#save-button").is_visible()
    assert [text for text in page.complaints if "404" not in text] == []


def test_axe_finds_nothing_at_the_door(open_page, desk):
    page = open_page()
    page.goto(f"{desk[0]}/admin/login/")
    assert look(page) == {}
    page.fill("#id_username", "nobody")
    page.fill("#id_password", "nothing")
    page.click("[type=submit]")
    page.wait_for_selector(".errornote")
    assert look(page) == {}


def test_axe_finds_nothing_where_a_second_factor_is_asked_for(open_page, serving):
    address, _made = serving(who_needs_a_second_factor)
    page = open_page()
    page.goto(f"{address}/admin/login/")
    page.fill("#id_username", "new")
    page.fill("#id_password", "in-tests-only")
    page.click("[type=submit]")
    page.fill("[autocomplete=one-time-code]", "000000")
    page.click(".factor-steps [type=submit]")
    page.wait_for_selector(".errornote")
    assert look(page) == {}
    key = page.inner_text(".factor-key").replace(" ", "")
    page.fill("[autocomplete=one-time-code]", pyotp.TOTP(key).now())
    page.click(".factor-steps [type=submit]")
    page.wait_for_selector(".recovery-codes")
    assert look(page) == {}
    code = page.locator(".recovery-codes code").first.inner_text()

    page.click("#logout-form button")
    page.goto(f"{address}/admin/login/")
    page.fill("#id_username", "new")
    page.fill("#id_password", "in-tests-only")
    page.click("[type=submit]")
    page.wait_for_selector("#code-form")
    assert look(page) == {}
    page.fill("[autocomplete=one-time-code]", code)
    page.click("[type=submit]")
    page.wait_for_selector("#logout-form")
    page.goto(f"{address}/admin/account/second-factor/")
    assert look(page) == {}


def who_needs_a_second_factor():
    person = make_user(names.LAWYER, "new")
    RoleRule.objects.create(role=person.groups.get(), needs_second_factor=True)
    return person.pk
