"""The screenshots of docs/editors: one story from its first word to its correction."""

import io
from datetime import date, timedelta

from PIL import Image

PASSWORD = "newsroom-demo"
WIDTH = 1280
HEADLINE = "Harbour wall holds as the highest tide in a decade passes"
STANDFIRST = "Engineers worked through the night to close the last gap before the water came."
PARAGRAPHS = (
    "The sea reached the second step of the harbour office at four in the morning, and stopped.",
    "By eight the cafés on the quay were open again.",
)
CORRECTION = (
    "An earlier version of this story said that the sea reached the second step. It was the third."
)


def take(browser, site, folder):
    """Write a story, publish it and correct it, with a picture of each screen in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    shots = Shots(browser, site, folder)
    shots.of_writing()
    shots.of_pictures()
    shots.of_publishing()
    shots.of_fronts()
    shots.of_corrections()


class Shots:
    """Two people at the desk, and the story that goes from one to the other."""

    def __init__(self, browser, site, folder):
        self.site, self.folder = site, folder
        self.reporter = self.sign_in(browser, "reporter")
        self.editor = self.sign_in(browser, "editor")
        self.colleague = self.sign_in(browser, "administrator")
        self.story = None

    def sign_in(self, browser, name):
        context = browser.new_context(locale="en-GB", viewport={"width": WIDTH, "height": 900})
        context.add_init_script("localStorage.setItem('django.admin.navSidebarIsOpen', 'false')")
        page = context.new_page()
        page.goto(f"{self.site}/admin/")
        page.fill("#id_username", name)
        page.fill("#id_password", PASSWORD)
        page.click("input[type=submit]")
        return page

    def open(self, page, path, height=900):
        page.set_viewport_size({"width": WIDTH, "height": height})
        page.goto(self.site + path, wait_until="networkidle")

    def press(self, page, selector):
        """Press a button that leads to another page."""
        page.click(selector)
        page.wait_for_load_state("networkidle")

    def keep(self, page, name, *, height=900):
        """Put what the window shows into the folder, in few colours and so in few bytes."""
        page.set_viewport_size({"width": WIDTH, "height": height})
        page.wait_for_timeout(300)
        taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        few = taken.quantize(256, dither=Image.Dither.NONE)
        few.save(self.folder / f"{name}.png", optimize=True)

    def of_writing(self):
        page = self.reporter
        self.open(self.editor, "/admin/")
        self.keep(self.editor, "start", height=880)
        self.open(page, "/admin/articles/post/add/", height=1280)
        page.fill("#id_kicker", "Floods")
        page.fill("#id_headline", HEADLINE)
        page.fill("#id_standfirst", STANDFIRST)
        page.select_option("#id_section", label="Climate & environment")
        choose(page, ".field-named_authors", "leila")
        choose(page, ".field-topics", "flood")
        page.locator(".tiptap").first.click()
        page.keyboard.type(PARAGRAPHS[0])
        page.keyboard.press("Enter")
        page.keyboard.type(PARAGRAPHS[1])
        page.click(".lead-adder .adder")
        picture = ".order-machine .block-caption:not(.empty-form)"
        look_for(page, picture, "boats wait")
        self.keep(page, "picker", height=960)
        page.locator(".select2-results__option").first.click()
        page.locator(".adders .adder", has_text="Related link").click()
        link = ".order-machine .block-relatedlink:not(.empty-form)"
        choose(page, link, "river towns")
        page.select_option(f"{link} select[name$=-label]", "watch")
        self.keep(page, "writing", height=1280)
        self.press(page, "[name=_step][value=send_to_review]")
        self.story = page.url.split("#")[0].removeprefix(self.site)
        self.stale_save()

    def stale_save(self):
        self.open(self.editor, self.story, height=1200)
        self.open(self.colleague, self.story, height=1200)
        self.colleague.fill("#id_standfirst", STANDFIRST.replace("the last gap", "the gap"))
        self.press(self.colleague, "[name=_save]")
        self.editor.fill("#id_standfirst", "The last gap was closed minutes before the water.")
        self.press(self.editor, ".submit-row [name=_save]")
        self.keep(self.editor, "stale", height=720)

    def of_pictures(self):
        page = self.editor
        self.open(page, "/admin/articles/photo/?q=harbour press")
        self.keep(page, "photos", height=760)
        page.locator("#result_list a", has_text="Boats wait").first.click()
        page.wait_for_load_state("networkidle")
        self.keep(page, "photo", height=1180)

    def of_publishing(self):
        page = self.editor
        self.open(page, self.story, height=900)
        self.keep(page, "review", height=900)
        self.press(page, "[name=_step][value=approve]")
        self.press(page, "[name=_step][value=schedule]")
        page.fill("[type=date]", f"{date.today() + timedelta(days=1)}")
        page.fill("[type=time]", "06:00")
        self.keep(page, "schedule", height=760)
        self.open(page, f"{self.story.removesuffix('change/')}step/publish/")
        self.keep(page, "publish", height=620)
        self.press(page, ".post-step button.default")
        self.open(page, "/admin/articles/post/")
        self.keep(page, "stories", height=900)

    def of_fronts(self):
        page = self.editor
        self.open(page, "/admin/articles/placement/home/")
        page.locator("#slot-2 summary").click()
        choose(page, "#slot-2 .front-story", "orchestra")
        self.press(page, "[name=_save]")
        self.keep(page, "front", height=820)
        self.open(page, "/admin/articles/placement/home/compare/")
        self.keep(page, "compare", height=760)
        self.open(page, "/admin/articles/breaking/add/")
        page.fill("#id_text", "Highest tide in a decade passes without a breach")
        self.keep(page, "banner", height=480)

    def of_corrections(self):
        page = self.editor
        self.open(page, self.story)
        page.select_option("#id_change_kind", "correction")
        page.fill("#id_change_note", CORRECTION)
        self.keep(page, "correction", height=900)
        self.press(page, "[name=_step][value=publish]")
        self.press(page, ".post-step button.default")
        self.open(page, f"{self.story.removesuffix('change/')}history/")
        self.keep(page, "history", height=780)
        self.open(page, "/corrections/")
        self.keep(page, "corrections", height=560)


def look_for(page, box, words):
    """Open a picker and type in it."""
    page.locator(box).locator(".select2-selection").first.click()
    with page.expect_response(lambda response: "autocomplete" in response.url):
        page.locator(".select2-container--open .select2-search__field").last.type(words)
    page.wait_for_timeout(700)


def choose(page, box, words):
    """Choose the first row that a picker finds."""
    look_for(page, box, words)
    page.locator(".select2-results__option:not(.loading-results)").first.click()
