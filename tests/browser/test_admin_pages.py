"""Every kind of page of the desk, as an editor's browser shows it."""

from contextlib import suppress

import pytest
from django.conf import settings
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, reverse

from articles.desk import roles as names
from articles.models import Post, Topic
from tests.builders import make_link, make_photo, make_post, make_story, make_user

from .accessibility import violations
from .newsroom import make_long_story

pytestmark = pytest.mark.django_db

POSTS = "/admin/articles/post/"


def make_desk():
    """{kind: path} of the desk's pages, the same of its screens, and {role: key of a session}."""
    live, ready = make_long_story(), make_post("Ready to go", photo=make_photo())
    headline = "Readers do not see this story yet, however long its headline has become"
    make_link(live, make_post(headline, status=Post.Status.DRAFT))
    make_post("Waiting", status=Post.Status.IN_REVIEW)
    make_story("Live")
    photo = live.articles_caption_set.first().photo
    pages = {
        "index": "/admin/",
        "list": POSTS,
        "found nothing": f"{POSTS}?q=nowhere",
        "new story": f"{POSTS}add/",
        "story": f"{POSTS}{live.pk}/change/",
        "history": f"{POSTS}{live.pk}/history/",
        "publish": f"{POSTS}{ready.pk}/step/publish/",
        "schedule": f"{POSTS}{ready.pk}/step/schedule/",
        "withdraw": f"{POSTS}{live.pk}/step/withdraw/",
        "photos": "/admin/articles/photo/",
        "new photo": "/admin/articles/photo/add/",
        "photo": f"/admin/articles/photo/{photo.pk}/change/",
        "topics": "/admin/articles/topic/",
        "password": "/admin/password_change/",
    }
    roles = (names.EDITOR, names.REPORTER, names.ADMINISTRATOR)
    topic = Topic.objects.get(slug="syria")
    topic.aliases.create(name="Syrian conflict", slug="syrian-conflict")
    topic.pins.create(post=live)
    return pages, screens(), {role: session_of(role) for role in roles}


def screens():
    """The list, the form for a new one and the form of an old one, of whatever the desk has."""
    pages = {}
    for model in admin.site._registry:
        one = model._default_manager.first()
        for kind, args in (("changelist", []), ("add", []), ("change", [one.pk] if one else [0])):
            name = f"{model._meta.app_label}_{model._meta.model_name}_{kind}"
            with suppress(NoReverseMatch):  # the fronts have screens of their own
                pages[name] = reverse(f"admin:{name}", args=args)
    return pages


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
    if page.locator(".writing").count():
        page.wait_for_selector("body.writing-ready")


def look(page):
    """What is wrong with the page that is open."""
    found = violations(page)
    page.set_viewport_size({"width": 360, "height": 800})
    if overhang := max(0, page.evaluate("document.documentElement.scrollWidth - innerWidth")):
        found["too wide by"] = overhang
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
    assert page.locator(".block-text .readonly h2").inner_text() == "In the house"
    assert page.locator(".block-tools .block-move, .inline_move_to_region").count() == 0
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
