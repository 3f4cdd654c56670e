"""The screenshots of docs/editors: one story from its first word to its correction."""

import io
from datetime import date, timedelta

from PIL import Image

from .blocks import of_blocks
from .day import of_the_day
from .endings import of_endings
from .house_style import of_house_style
from .names import of_names
from .planning import of_planning
from .previews import of_previews
from .safety import of_safety
from .stops import of_stops

PASSWORD = "newsroom-demo"
WIDTH = 1280
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
HEADLINE = "Harbour wall holds as the highest tide in a decade passes"
STANDFIRST = "Engineers worked through the night to close the last gap before the water came."
PARAGRAPHS = (
    "The sea reached the second step of the harbour office at four in the morning, and stopped.",
    "By eight the cafés on the quay were open again.",
)
WORDINGS = (
    "By eight the cafés had opened their doors again.",
    "By nine the cafés on the quay were open again.",
)
CORRECTED = PARAGRAPHS[0].replace("second", "third")
EXPORT = {
    "name": "feed.xml",
    "mimeType": "application/xml",
    "buffer": b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Old site</title>
<item><title>The council buys a hill</title><guid>https://old.example/hill</guid>
<link>https://old.example/hill</link><category>Local government</category>
<pubDate>Tue, 13 Dec 2016 09:00:00 +0000</pubDate>
<description>&lt;p&gt;It paid one pound.&lt;/p&gt;</description></item>
<item><title>What the ferry carried</title><guid>https://old.example/ferry</guid>
<link>https://old.example/ferry</link>
<description>&lt;p&gt;Sheep, for the most part.&lt;/p&gt;</description></item>
</channel></rss>""",
}
CORRECTION = (
    "An earlier version of this story said that the sea reached the second step. It was the third."
)


def take(browser, site, folder):
    """Write a story, publish it and correct it, with a picture of each screen in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    shots = Shots(browser, site, folder)
    of_planning(shots)
    shots.of_writing()
    of_previews(shots, shots.story)
    of_blocks(shots)
    of_the_day(shots)
    shots.of_pictures()
    shots.of_publishing()
    shots.of_fronts()
    shots.of_corrections()
    of_endings(shots)
    shots.of_the_machine()
    shots.of_an_import()
    shots.of_a_phone()
    of_safety(shots)
    of_house_style(shots)
    of_names(shots)
    of_stops(shots)


class Shots:
    """Two people at the desk, and the story that goes from one to the other."""

    def __init__(self, browser, site, folder):
        self.site, self.folder = site, folder
        self.reporter = self.sign_in(browser, "reporter")
        self.editor = self.sign_in(browser, "editor")
        self.colleague = self.sign_in(browser, "administrator")
        self.story = None

    def sign_in(self, browser, name):
        context = browser.new_context(
            locale="en-GB", viewport={"width": WIDTH, "height": 900}, user_agent=BROWSER
        )
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

    def keep(self, page, name, *, width=WIDTH, height=900):
        """Put what the window shows into the folder, in few colours and so in few bytes."""
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(300)
        taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        few = taken.quantize(256, dither=Image.Dither.NONE)
        few.save(self.folder / f"{name}.png", optimize=True)

    def of_writing(self):
        page = self.reporter
        self.write(page, "/admin/articles/post/add/")
        page.fill("#id_kicker", "Floods")
        page.fill("#id_headline", HEADLINE)
        page.fill("#id_standfirst", STANDFIRST)
        page.locator(".surface-story").click()
        page.keyboard.type(PARAGRAPHS[0])
        page.keyboard.press("Enter")
        page.keyboard.type(PARAGRAPHS[1])
        saved(page)
        page.click("#tab-before")
        page.locator("#side-before button").first.wait_for()
        self.keep(page, "checks", height=620)
        page.click("#tab-story")
        page.select_option("#id_section", label="Climate & environment")
        choose(page, ".field-named_authors", "leila")
        choose(page, ".field-topics", "flood")
        page.click(".lead-adder")
        find_in_dialog(page, "boats wait")
        self.keep(page, "picker", height=760)
        page.locator(".picture-option").first.dblclick()
        page.locator("dialog").wait_for(state="detached")
        # The words below it stand still once it is there.
        page.locator("#lead img").evaluate("picture => picture.decode()")
        self.relate(page)
        saved(page)
        page.evaluate("scrollTo(0, 0)")
        self.keep(page, "writing", height=1200)
        self.story = page.url.split("#")[0].removeprefix(self.site)
        self.keep(page, "phone", width=360, height=760)
        page.set_viewport_size({"width": WIDTH, "height": 900})
        page.click("#preview-button")
        page.frame_locator(".preview-frame iframe").locator("h1").wait_for()
        page.click("[data-width=tablet].button")
        self.keep(page, "preview", height=760)
        page.click("#preview-close")
        page.click("#next-step")
        page.locator("#story-state", has_text="In review").wait_for()
        self.two_wordings()

    def relate(self, page):
        """Put a related story below the text."""
        page.locator(".surface-story > p").last.click()
        page.keyboard.press("End")
        page.wait_for_timeout(200)
        page.keyboard.press("Enter")
        page.keyboard.type("/related")
        page.keyboard.press("Enter")
        find_in_dialog(page, "river towns")
        page.keyboard.press("Enter")
        page.locator("dialog").wait_for(state="detached")
        page.locator(".own-relatedlink select").select_option("watch")

    def two_wordings(self):
        """Have two people change one sentence, and one of them settle it."""
        mine, theirs = self.editor, self.colleague
        self.write(mine, self.story)
        self.write(theirs, self.story)
        mine.route("**/save/", lambda route: route.abort())
        self.replace(mine.locator(".surface-story > p").last, WORDINGS[0])
        self.replace(theirs.locator(".surface-story > p").last, WORDINGS[1])
        saved(theirs)
        mine.unroute("**/save/")
        mine.locator(".own-alternative").wait_for(timeout=60_000)
        mine.locator(".own-alternative").scroll_into_view_if_needed()
        self.keep(mine, "wordings", height=760)
        mine.locator(".own-alternative button").first.click()
        saved(mine)
        for page in (self.reporter, mine, theirs):
            page.goto(f"{self.site}/admin/")

    def replace(self, paragraph, words):
        paragraph.click(click_count=3)
        paragraph.page.keyboard.type(words)

    def write(self, page, path):
        """Open the writing screen."""
        self.open(page, path)
        page.wait_for_selector("body.writing-ready")

    def of_pictures(self):
        page = self.editor
        self.open(page, "/admin/articles/photo/?q=harbour press")
        self.keep(page, "photos", height=760)
        page.locator("#result_list a", has_text="Boats wait").first.click()
        page.wait_for_load_state("networkidle")
        self.keep(page, "photo", height=1180)
        photo = page.url.removeprefix(self.site).partition("change/")[0]
        self.open(page, f"{photo}replace/")
        page.locator("ul.library a").nth(3).click()
        page.wait_for_load_state("networkidle")
        self.keep(page, "replace", height=860)
        self.open(page, "/admin/articles/photo/upload/")
        self.keep(page, "upload", height=760)
        self.open(page, "/admin/articles/photo/")
        for box in page.locator(".action-select").all()[14:18]:
            box.check()
        self.press(page, ".actions .button.default")
        self.keep(page, "together", height=860)
        self.of_alt_texts()

    def of_alt_texts(self):
        """Take two pictures their alt texts away, and give them back on the page for it."""
        page, taken = self.editor, []
        self.open(page, "/admin/articles/photo/")
        links = [link.get_attribute("href") for link in page.locator(".library-card > a").all()]
        for link in links[14:16]:
            self.open(page, link)
            taken.append(page.input_value("#id_alt"))
            page.fill("#id_alt", "")
            self.press(page, "[name=_save]")
        self.open(page, "/admin/articles/photo/alt/")
        boxes = page.locator(".alt-list textarea")
        boxes.first.fill(taken[0])
        self.keep(page, "alt-texts", height=660)
        boxes.last.fill(taken[1])
        self.press(page, "input.default")

    def of_publishing(self):
        page = self.editor
        self.write(page, self.story)
        page.click("#tab-notes")
        self.keep(page, "review", height=760)
        page.click("#next-step")
        page.locator("#story-state", has_text="Ready").wait_for()
        self.open(page, f"{self.story.removesuffix('change/')}step/schedule/")
        page.fill("[type=date]", f"{date.today() + timedelta(days=1)}")
        page.fill("[type=time]", "06:00")
        self.keep(page, "schedule", height=760)
        self.open(page, f"{self.story.removesuffix('change/')}step/publish/")
        self.keep(page, "publish", height=700)
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
        self.write(page, self.story)
        self.replace(page.locator(".surface-story > p").first, CORRECTED)
        page.click("#tab-told")
        page.select_option("#id_change_kind", "correction")
        page.fill("#id_change_note", CORRECTION)
        saved(page)
        self.keep(page, "correction", height=760)
        self.open(page, f"{self.story.removesuffix('change/')}step/publish/")
        self.press(page, ".post-step button.default")
        pages = self.story.removesuffix("change/")
        self.open(page, f"{pages}history/")
        self.keep(page, "history", height=900)
        self.open(page, f"{pages}compare/?older=edition-1&newer=edition-2")
        self.keep(page, "compared", height=900)
        self.open(page, "/corrections/")
        self.keep(page, "corrections", height=560)

    def of_the_machine(self):
        page = self.colleague
        while True:  # until the minute command has run beside the demo
            self.open(page, "/admin/machine/")
            if page.locator(".machine-verdict:not(.is-wrong)").count():
                break
            page.wait_for_timeout(1_000)
        self.keep(page, "machine", height=900)

    def of_an_import(self):
        page = self.colleague
        self.open(page, "/admin/articles/importrun/add/")
        page.set_input_files("#id_file", EXPORT)
        page.fill("#id_source", "old-site")
        page.select_option("#id_section", label="Politics")
        with page.expect_popup() as report:
            page.click("input.default")
        report.value.wait_for_load_state("networkidle")
        self.keep(report.value, "import", height=820)

    def of_a_phone(self):
        page = self.editor
        self.open(page, "/admin/articles/post/")
        page.set_viewport_size({"width": 360, "height": 640})
        page.click(".desk-menu")
        self.keep(page, "rail", width=360, height=640)


def saved(page):
    """Wait until all that was typed is saved."""
    page.wait_for_timeout(100)
    page.locator("#story-saved[data-kind=saved]").wait_for()


def find_in_dialog(page, words):
    """Search in the dialog that is open."""
    with page.expect_response(lambda response: "/choose/" in response.url and "q=" in response.url):
        page.locator("dialog .dialog-search").fill(words)
    page.wait_for_timeout(700)


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
