"""Choosing pictures and stories beside the text, in a real browser and mostly by keyboard."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from articles.desk import roles as names
from articles.desk.search.index import reindex_posts
from articles.library.uploads.store import store_picture
from articles.models import Photo, Post
from tests.builders import make_photo, make_post, make_stories, make_story, make_user
from tests.library.pictures.files import XMP, picture_file

from .accessibility import violations

pytestmark = [
    pytest.mark.urls("tests.admin.choosers.urls"),
    pytest.mark.usefixtures("pictures_read_here"),
]

OPEN = """([name, options]) => {
    window.answer = "none yet";
    const known = window.known;
    const refs = {
        photo: (slug) => known.photos[slug],
        story: (uuid) => known.stories[uuid],
        add: ({photos = {}, stories = {}}) => {
            Object.assign(known.photos, photos);
            Object.assign(known.stories, stories);
        },
        load: async ({photos = [], stories = []}) => {
            const query = new URLSearchParams([
                ...photos.map((slug) => ["photos", slug]),
                ...stories.map((uuid) => ["stories", uuid]),
            ]);
            refs.add(await (await fetch(`/admin/on/choose/refs/?${query}`)).json());
        },
    };
    const urls = Object.fromEntries(
        ["photos", "stories", "refs", "upload"].map((each) => [each, `/admin/on/choose/${each}/`]),
    );
    urls.photo_words = "/admin/on/choose/photo-words/";
    urls.embed = "/admin/on/choose/embed/";
    urls.embed_fetch = "/admin/on/choose/embed/fetch/";
    const announce = (text) => window.said.push(text);
    document.getElementById("before").focus();
    return import("/static/admin-desk/writing/dialogs.js").then(({createDialogs}) => {
        const dialogs = createDialogs({urls, refs, announce});
        dialogs[name](...options).then((answer) => { window.answer = answer; });
    });
}"""


@pytest.fixture
def desk(open_page, live_server, roles):
    """A page signed in as a reporter; `page.dialog(name, options…)` opens one on it."""
    make_user(names.REPORTER, "reporter")
    page = open_page()
    page.set_default_timeout(10_000)
    page.base, page.complaints = live_server.url, []
    page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(f"{live_server.url}/admin/login/?next=/admin/on/page/")
    page.fill("#id_username", "reporter")
    page.fill("#id_password", "in-tests-only")
    page.click("[type=submit]")
    page.goto(f"{live_server.url}/admin/on/page/")
    page.evaluate("() => { window.known = {photos: {}, stories: {}}; window.said = []; }")
    page.dialog = lambda name, *options: open_dialog(page, OPEN, name, options)
    yield page
    assert page.complaints == []


def open_dialog(page, script, name, given):
    """Open one and wait until it is there, or has answered already."""
    page.evaluate(script, [name, given])
    page.wait_for_function(
        "() => document.querySelector('dialog[open]') || window.answer !== 'none yet'"
    )


def answer(page):
    page.wait_for_function("() => window.answer !== 'none yet'")
    return page.evaluate("() => window.answer")


def options(page, count):
    """The captions of the pictures, when so many are there."""
    page.wait_for_function(
        "(count) => document.querySelectorAll('[role=option]').length === count", arg=count
    )
    return page.locator(".picture-caption").all_inner_texts()


def rows(page, count):
    """The headlines of the stories, when so many are there."""
    page.wait_for_function(
        "(count) => document.querySelectorAll('.story-row').length === count", arg=count
    )
    return page.locator(".story-headline").all_inner_texts()


def real_photo(slug, **fields):
    """A photo whose file is there."""
    photo = Photo(slug=slug, **{"caption": f"The {slug}.", "credit": "PA", "alt": "It."} | fields)
    store_picture(photo, picture_file(size=(600, 400)))
    photo.save()
    return photo


def words(page, label):
    """The field for a picture's words."""
    return page.get_by_role("textbox", name=label)


def drop(page, *uploaded):
    """Drop files on the dialog, as from the desktop."""
    files = [[each.name, list(each.read())] for each in uploaded]
    page.evaluate(
        """(files) => {
            const data = new DataTransfer();
            for (const [name, bytes] of files)
                data.items.add(new File([new Uint8Array(bytes)], name, {type: "image/jpeg"}));
            for (const kind of ["dragenter", "dragover", "drop"]) {
                const with_files = {dataTransfer: data, bubbles: true, cancelable: true};
                const happened = new DragEvent(kind, with_files);
                document.querySelector("dialog").dispatchEvent(happened);
                if (!happened.defaultPrevented) throw new Error(`${kind} would leave the page`);
            }
        }""",
        files,
    )


# Pictures


def test_the_marked_picture_is_taken_by_enter_and_focus_goes_back(desk):
    make_photo(caption="An older one.", added_at=timezone.now() - dt.timedelta(days=2))
    newest = make_photo(caption="The newest one.")
    desk.dialog("choosePictures", {})
    assert options(desk, 2) == ["The newest one.", "An older one."]
    assert desk.evaluate("() => document.activeElement.type") == "search"

    desk.keyboard.press("Enter")

    assert [each["slug"] for each in answer(desk)] == [newest.slug]
    assert desk.evaluate("() => document.activeElement.id") == "before"
    assert desk.evaluate("(slug) => known.photos[slug].credit", newest.slug) == "PA Images"


def test_several_are_chosen_with_space_in_the_order_of_choosing(desk):
    slugs = [make_photo(caption=f"Picture {number}.").slug for number in range(4)][::-1]
    desk.dialog("choosePictures", {"multiple": True})
    options(desk, 4)

    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("Space")
    desk.keyboard.press("ArrowLeft")
    desk.keyboard.press("Space")
    assert desk.get_by_role("button", name="Put in 2 pictures").is_enabled()
    desk.keyboard.press("Enter")

    assert [each["slug"] for each in answer(desk)] == [slugs[1], slugs[0]]
    assert "2 pictures chosen" in desk.evaluate("() => window.said")


def test_arrows_move_by_what_one_sees_and_back_to_the_search_box(desk):
    for number in range(12):
        make_photo(caption=f"Picture {number:02}.")
    desk.dialog("choosePictures", {})
    captions = options(desk, 12)

    def focused():
        return desk.locator("[role=option]:focus .picture-caption").inner_text()

    desk.keyboard.press("ArrowDown")
    first = focused()
    desk.keyboard.press("ArrowDown")
    tops = desk.locator("[role=option]").evaluate_all("(all) => all.map((each) => each.offsetTop)")
    assert (first, focused()) == (captions[0], captions[tops.count(tops[0])])
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("ArrowUp")
    assert desk.evaluate("() => document.activeElement.type") == "search"


def test_typing_searches_and_a_late_answer_is_dropped(desk):
    make_photo(caption="A goat.", alt="A goat in a field.")
    make_photo(caption="A street.", alt="A street in a town.")
    held = []
    desk.route(re.compile(r"q=goat"), lambda route: held.append(route))
    desk.dialog("choosePictures", {})
    options(desk, 2)

    with desk.expect_request(re.compile(r"q=goat")):
        desk.keyboard.type("goat")
    desk.keyboard.press("Control+A")
    desk.keyboard.type("street")

    assert options(desk, 1) == ["A street."]
    for route in held:
        route.continue_()
    desk.wait_for_load_state("networkidle")
    assert options(desk, 1) == ["A street."]


def test_enter_does_not_take_what_was_found_before_the_last_letter(desk):
    make_photo(caption="A goat.")
    desk.dialog("choosePictures", {})
    options(desk, 1)

    desk.evaluate(
        """() => {
            const box = document.activeElement;
            box.value = "stre";
            box.dispatchEvent(new InputEvent("input", {bubbles: true}));
            box.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true}));
        }"""
    )

    assert desk.evaluate("() => window.answer") == "none yet"
    assert desk.locator("dialog").is_visible()


def test_filters_and_marks_say_what_a_picture_lacks(desk):
    make_photo(caption="Without.", alt="")
    make_photo(caption="Over.", rights_until=timezone.localdate() - dt.timedelta(days=3))
    make_photo(caption="Held.", rights_note="EMBARGO until noon")
    desk.dialog("choosePictures", {})
    options(desk, 3)
    marks = dict(
        zip(
            desk.locator(".picture-caption").all_inner_texts(),
            desk.locator(".picture-marks").all_inner_texts(),
            strict=True,
        )
    )

    assert "No alt text" in marks["Without."]
    assert "Rights ended" in marks["Over."]
    assert "Embargo" in marks["Held."]

    desk.get_by_role("button", name="No alt text").click()
    assert options(desk, 1) == ["Without."]
    assert desk.get_by_role("status").first.inner_text() == "1 picture"


def test_pictures_of_the_story_and_ones_own_of_today_stand_first(desk):
    now = timezone.now()
    used = make_photo(caption="Used.", added_at=now - dt.timedelta(days=9))
    mine = make_photo(caption="Mine.", added_at=now - dt.timedelta(minutes=9))
    mine.added_by = User.objects.get()
    mine.save()
    make_photo(caption="Newest.", added_at=now)

    desk.dialog("choosePictures", {"inStory": [used.slug]})

    assert options(desk, 3) == ["Used.", "Mine.", "Newest."]
    marks = [each.strip() for each in desk.locator(".picture-marks").all_inner_texts()]
    assert marks == ["In this story", "Yours today", ""]


def test_a_dropped_file_is_read_and_its_words_are_checked_before_it_is_taken(desk):
    desk.dialog("choosePictures", {"multiple": True})
    desk.get_by_text("The library is empty").wait_for()

    drop(desk, picture_file(xmp=XMP.encode()))

    caption, alt = (words(desk, label) for label in ("Caption", "Alt text"))
    caption.wait_for()
    assert caption.input_value() == "A street in Aleppo."
    assert "needed before publishing" in desk.locator(".dialog-field", has=alt).inner_text()
    assert "Read from the file" in desk.locator(".dialog-field", has=caption).inner_text()
    alt.fill("A street between broken houses.")
    desk.get_by_role("button", name="Save and put in").click()

    [facts] = answer(desk)
    photo = Photo.objects.get()
    assert photo.alt == facts["alt"] == "A street between broken houses."
    assert facts["slug"] == photo.slug


def test_files_dropped_on_the_page_are_checked_in_the_same_way(desk):
    desk.evaluate(
        """(bytes) => {
            window.files = [new File([new Uint8Array(bytes)], "harbour.jpg", {type: "image/jpeg"})];
        }""",
        list(picture_file().read()),
    )
    open_dialog(desk, OPEN.replace("(...options)", "(window.files)"), "uploadFiles", [])

    words(desk, "Credit").fill("Anna Brown")
    desk.get_by_role("button", name="Save and put in").click()

    [facts] = answer(desk)
    assert (facts["slug"], facts["credit"]) == ("harbour", "Anna Brown")
    assert Photo.objects.get().credit == "Anna Brown"


def test_a_file_that_cannot_be_used_says_why_and_the_others_go_on(desk):
    desk.dialog("choosePictures", {"multiple": True})
    no_picture = SimpleUploadedFile("words.jpg", b"These are words.")

    drop(desk, no_picture, picture_file("good.jpg"))

    desk.get_by_text("This file is not a picture that can be used").wait_for()
    words(desk, "Caption").fill("Good.")
    desk.get_by_role("button", name="Save and put in").click()
    assert [each["caption"] for each in answer(desk)] == ["Good."]


def test_words_typed_for_a_new_picture_are_not_left_by_one_escape(desk):
    desk.dialog("choosePictures", {"multiple": True})
    drop(desk, picture_file())
    words(desk, "Caption").fill("Typed with care.")

    desk.keyboard.press("Escape")

    desk.get_by_text("The words typed here are not saved.").wait_for()
    assert words(desk, "Caption").input_value() == "Typed with care."
    desk.keyboard.press("Escape")
    assert answer(desk) is None


def test_what_is_replaced_stands_beside_what_replaces_it_with_the_words_that_go(desk):
    old = make_photo(caption="The old one.")
    new = make_photo(caption="The new one.")
    typed = {"photo": old.slug, "caption": "Typed for the old one.", "credit": "", "alt": ""}
    desk.dialog("choosePictures", {"replacing": typed, "inStory": [old.slug]})
    options(desk, 2)

    desk.keyboard.type("new one")
    options(desk, 1)
    desk.keyboard.press("Enter")

    assert desk.locator(".picture-side del").all_inner_texts() == ["Typed for the old one."]
    assert "The new one." in desk.locator(".picture-side").last.inner_text()
    desk.keyboard.press("Enter")
    assert [each["slug"] for each in answer(desk)] == [new.slug]


def test_the_focal_point_is_moved_by_pointer_and_keys_with_live_crops(desk):
    real_photo("street")
    desk.dialog("pictureDetails", "street")
    marker = desk.get_by_role("button", name="Focal point")
    marker.wait_for()
    desk.wait_for_function("() => document.querySelector('.focus-whole img').naturalWidth > 0")
    square = desk.locator(".focus-cut img").nth(1)
    before = square.evaluate("(image) => image.style.left")

    box = desk.locator(".focus-whole img").bounding_box()
    desk.mouse.click(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.5)
    assert square.evaluate("(image) => image.style.left") != before
    desk.keyboard.press("Shift+ArrowRight")
    desk.get_by_role("button", name="Save in the library").click()

    facts = answer(desk)
    assert (facts["focus_x"], facts["focus_y"]) == (30, 50)
    assert Photo.objects.get().focus_x == 30


def test_words_of_a_story_are_pushed_back_from_the_details(desk):
    real_photo("street", caption="Old.")
    desk.dialog("pictureDetails", "street", {"caption": "Better words."})

    caption = words(desk, "Caption")
    caption.wait_for()
    assert caption.input_value() == "Better words."
    desk.get_by_role("button", name="Save in the library").click()

    assert answer(desk)["caption"] == "Better words."
    assert Photo.objects.get().caption == "Better words."


def test_a_colleagues_words_are_told_and_nothing_typed_is_lost(desk):
    photo = real_photo("street", caption="Old.")
    desk.dialog("pictureDetails", "street")
    words(desk, "Caption").fill("Mine.")
    Photo.objects.filter(pk=photo.pk).update(caption="Theirs.")

    desk.get_by_role("button", name="Save in the library").click()
    desk.get_by_text("It says now: “Theirs.”").wait_for()
    desk.complaints.clear()  # a refused answer is an error to the console
    assert words(desk, "Caption").input_value() == "Mine."
    desk.get_by_role("button", name="Save in the library").click()

    assert answer(desk)["caption"] == "Mine."


# Stories


def test_the_first_story_found_is_taken_by_enter(desk):
    story = make_story("Talks in Aleppo")
    make_story("A bakery opens")
    list(reindex_posts())
    desk.dialog("chooseStories", {})
    rows(desk, 2)

    desk.keyboard.type("aleppo")
    rows(desk, 1)
    desk.keyboard.press("Enter")

    assert answer(desk) == [{"label": "", "story": str(story.uuid)}]
    assert desk.evaluate("(uuid) => known.stories[uuid].state", str(story.uuid)) == "live"


def test_three_links_with_their_labels_take_nine_keys(desk):
    now = timezone.now()
    stories = [
        make_story(f"Story {number}", at=now - dt.timedelta(hours=number)) for number in range(4)
    ]
    desk.dialog("chooseStories", {})
    rows(desk, 4)

    first, second, third = ["w", "Space"], ["ArrowDown", "Space"], ["ArrowDown", "v", "Space"]
    for key in ["ArrowDown", *first, *second, *third, "Enter"]:
        desk.keyboard.press(key)

    assert answer(desk) == [
        {"label": label, "story": str(story.uuid)}
        for label, story in zip(("watch", "", "live"), stories, strict=False)
    ]


def test_the_label_can_be_chosen_in_the_row(desk):
    make_story("Talks in Aleppo")
    desk.dialog("chooseStories", {})
    rows(desk, 1)

    desk.get_by_label("Label of “Talks in Aleppo”").select_option("read")
    desk.get_by_role("button", name="Put in the link").click()

    assert [each["label"] for each in answer(desk)] == ["read"]


def test_what_readers_see_comes_first_and_the_others_say_what_they_are(desk):
    make_post("Harbour, a draft", status=Post.Status.DRAFT)
    make_story("Harbour, live")
    desk.dialog("chooseStories", {})

    assert rows(desk, 2) == ["Harbour, live", "Harbour, a draft"]
    assert desk.locator(".story-state").all_inner_texts() == ["Live", "Draft"]
    desk.get_by_text("Harbour, a draft").click()
    desk.get_by_text("Readers see a link only while its story is live.").wait_for()


def test_a_story_that_is_linked_already_is_not_offered_twice_and_itself_never(desk):
    own, linked = make_story("Itself"), make_story("Linked already")
    desk.dialog("chooseStories", {"self": str(own.uuid), "taken": [str(linked.uuid)]})
    assert rows(desk, 1) == ["Linked already"]
    assert "In the story" in desk.locator(".story-row").inner_text()

    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Space")
    desk.keyboard.press("Enter")

    assert desk.evaluate("() => window.answer") == "none yet"
    assert desk.get_by_role("button", name="Put in the link").is_disabled()
    assert "This story is linked already." in desk.evaluate("() => window.said")


def test_a_pasted_address_of_ours_finds_the_story(desk):
    story = make_story("Talks in Aleppo")
    make_story("Another")
    desk.dialog("chooseStories", {})
    rows(desk, 2)

    address = f"{desk.base}{story.editions.get().get_absolute_url()}?ref=x"
    desk.get_by_role("searchbox").fill(address)

    assert rows(desk, 1) == ["Talks in Aleppo"]
    desk.get_by_text("This address leads to a story of ours.").wait_for()
    desk.keyboard.press("Enter")
    assert answer(desk) == [{"label": "", "story": str(story.uuid)}]


def test_an_outside_page_is_typed_in_with_a_title(desk):
    desk.dialog("chooseStories", {})

    desk.keyboard.type("example.org/report")
    desk.get_by_label("Title of the page").wait_for()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Enter")
    desk.get_by_text("Readers need a title").wait_for()
    desk.keyboard.type("The report")
    desk.keyboard.press("Enter")

    assert answer(desk) == [
        {"label": "", "url": "https://example.org/report", "title": "The report"}
    ]


def test_more_stories_come_as_one_goes_down(desk):
    make_stories([{"headline": f"Harbour {number}"} for number in range(30)])
    list(reindex_posts())
    desk.dialog("chooseStories", {})
    desk.keyboard.type("harbour")
    rows(desk, 20)

    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("End")

    assert len(set(rows(desk, 30))) == 30


def test_when_the_server_is_away_it_is_said_and_the_box_still_works(desk):
    make_story("Talks in Aleppo")
    list(reindex_posts())
    desk.dialog("chooseStories", {})
    rows(desk, 1)
    desk.route("**/choose/stories/**", lambda route: route.abort())

    desk.keyboard.type("aleppo")
    desk.get_by_text("The server cannot be reached.").wait_for()
    desk.complaints.clear()
    desk.unroute("**/choose/stories/**")
    desk.keyboard.type(" ")
    desk.keyboard.type("talks")

    desk.get_by_text("The server cannot be reached.").wait_for(state="hidden")
    assert rows(desk, 1) == ["Talks in Aleppo"]


def test_whoever_is_signed_out_meanwhile_is_told_so(desk):
    make_story("Talks in Aleppo")
    desk.dialog("chooseStories", {})
    rows(desk, 1)
    desk.route("**/sign_in.js", lambda route: route.abort())
    desk.context.clear_cookies()

    desk.keyboard.type("aleppo")

    desk.get_by_text("You are signed out. Sign in again").wait_for()
    desk.complaints.clear()


# Embeds, and all of them


def test_an_embed_has_an_address_and_a_title_and_guesses_the_site(desk):
    desk.dialog("askEmbed", None)

    desk.keyboard.type("youtu.be/abc")
    desk.keyboard.press("Enter")
    desk.get_by_text("Readers need a title").wait_for()
    desk.get_by_text("this site cannot be shown in the page").wait_for()
    desk.keyboard.type("The speech in full")
    desk.keyboard.press("Enter")

    assert answer(desk) == {
        "url": "https://youtu.be/abc",
        "title": "The speech in full",
        "provider": "YouTube",
        "photo": "",
    }


def test_an_embed_says_what_readers_get_and_takes_a_picture_of_the_library(desk):
    make_photo(slug="street", caption="A street")
    desk.dialog("askEmbed", None)

    desk.keyboard.type("https://youtu.be/dQw4w9WgXcQ")
    desk.get_by_text("Readers get a button: Show this from YouTube.").wait_for()
    assert desk.get_by_role("button", name="Fetch title and picture from YouTube").is_visible()
    desk.get_by_label("Title").fill("The speech")
    desk.get_by_role("button", name="Choose a picture").click()
    desk.locator("[role=option]").first.click()
    desk.keyboard.press("Enter")
    desk.get_by_role("button", name="Replace the picture").wait_for()
    desk.get_by_role("button", name="Put in").click()

    assert answer(desk)["photo"] == "street"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "no address", "", "http://", "data:,x"])
def test_what_is_no_address_of_a_page_is_not_embedded(desk, address):
    desk.dialog("askEmbed", {"url": "", "title": "Title", "provider": ""})

    desk.keyboard.type(address)
    desk.keyboard.press("Enter")

    desk.get_by_text("This is no address of a web page.").wait_for()
    desk.keyboard.press("Escape")
    assert answer(desk) is None


@pytest.mark.parametrize(
    ("name", "given", "ready"),
    [
        ("choosePictures", [{"multiple": True}], "[role=option]"),
        ("chooseStories", [{}], ".story-row"),
        ("askEmbed", [None], "dialog input"),
        ("pictureDetails", ["street"], ".focus-marker"),
    ],
)
def test_axe_finds_nothing_in_an_open_dialog(desk, name, given, ready):
    real_photo("street", alt="", rights_note="Embargo until six")
    make_photo(caption="Over.", rights_until=timezone.localdate() - dt.timedelta(days=3))
    make_story("Talks in Aleppo", topics=["Syria"])
    for status in (Post.Status.DRAFT, Post.Status.READY, Post.Status.IN_REVIEW):
        make_post(f"Of state {status}", status=status)
    desk.dialog(name, *given)
    desk.locator(ready).first.wait_for()
    if name.startswith("choose"):
        desk.keyboard.press("ArrowDown")
        desk.keyboard.press("Space")

    assert violations(desk) == {}


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_is_cut_off_sideways(desk, width):
    desk.set_viewport_size({"width": width, "height": 740})
    long_word = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente" * 2
    make_photo(caption=long_word, credit=long_word, rights_note=long_word)
    make_story(long_word, section=long_word[:40])
    for name, ready in (("choosePictures", "[role=option]"), ("chooseStories", ".story-row")):
        desk.dialog(name, {"multiple": True})
        desk.locator(ready).first.wait_for()
        body = desk.locator(".dialog-body")
        assert body.evaluate("(body) => body.scrollWidth - body.clientWidth") == 0, name
        desk.keyboard.press("Escape")
        answer(desk)


@pytest.mark.parametrize(
    ("name", "given", "ready"),
    [
        ("choosePictures", [{"multiple": True}], "[role=option]"),
        ("chooseStories", [{}], ".story-row"),
        ("askEmbed", [None], "dialog input"),
        ("pictureDetails", ["street"], ".focus-marker"),
    ],
)
def test_a_thumb_hits_every_button_on_a_phone(desk, name, given, ready):
    desk.set_viewport_size({"width": 360, "height": 740})
    real_photo("street")
    make_story("Talks in Aleppo")
    desk.dialog(name, *given)
    desk.locator(ready).first.wait_for()
    if name == "chooseStories":
        desk.locator(".story-row").click()

    buttons = "dialog :is(button, select, input:not([type=file], [type=checkbox]))"
    small = desk.locator(buttons).evaluate_all(
        """(all) => all.filter((each) => each.checkVisibility())
            .filter((each) => each.getBoundingClientRect().height < 44)
            .map((each) => each.outerHTML)"""
    )

    assert small == []


def test_a_dialog_that_cannot_be_loaded_says_so_and_chooses_nothing(desk):
    desk.route("**/story_dialog.js", lambda route: route.abort())

    desk.dialog("chooseStories", {})

    assert answer(desk) is None
    assert desk.evaluate("() => window.said")[-1].startswith("The server cannot be reached.")
    desk.complaints.clear()
