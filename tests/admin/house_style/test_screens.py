"""House style on the desk: the checks beside a story and on pages, the rules, and the words."""

import json

import pytest

from articles.desk.house_style.house_style import set_rule, setting_of, words_changed
from articles.models import HouseStyle, HouseWord, LoggedAction, Post
from tests.builders import make_post

pytestmark = pytest.mark.django_db

RULES = "/admin/house-style/"
WORDS = "/admin/articles/houseword/"


@pytest.fixture
def with_faults():
    return make_post(text="<p>He was TK years old.</p>", standfirst="It isn't.", topics=["Syria"])


def place_of(post):
    return f"text-{post.articles_text_set.get().pk}-0"


def test_the_writing_screen_tells_all_that_is_wrong_and_where(client, editor, with_faults):
    client.force_login(editor)
    answer = client.get(f"/admin/articles/post/{with_faults.pk}/standing/").json()

    assert answer["missing"] == [
        {
            "sentence": "“TK”: something is still to come here. (paragraph 1)",
            "place": place_of(with_faults),
        }
    ]
    assert answer["advised"] == 2
    assert 'data-place="standfirst"' in answer["checks"]
    assert 'data-words="isn&#x27;t"' in answer["checks"]
    assert "Nobody is named in the byline." in answer["checks"]


@pytest.mark.parametrize("page", ["checks", "step/publish", "step/schedule"])
def test_pages_lead_with_one_click_to_each_place(client, editor, with_faults, page):
    client.force_login(editor)
    answer = client.get(f"/admin/articles/post/{with_faults.pk}/{page}/")

    story = f"/admin/articles/post/{with_faults.pk}/change/"
    assert f'<a href="{story}#{place_of(with_faults)}/TK">“TK”: something' in answer.text
    assert f'<a href="{story}#standfirst/isn%27t">' in answer.text


def test_a_step_that_is_refused_says_what_to_put_right(client, editor, with_faults):
    client.force_login(editor)
    page = f"/admin/articles/post/{with_faults.pk}/step/publish/"
    seen = client.get(page).context["seen"]
    answer = client.post(page, {"seen": seen, "note": ""})

    assert answer.status_code == 200
    assert "“TK”: something is still to come here. (paragraph 1)" in answer.text
    assert not with_faults.editions.exists()


def test_words_of_a_story_are_escaped_on_every_page(client, editor):
    HouseWord.objects.create(wrong="<b>x</b>", reason="<script>alert(1)</script>")
    words_changed()
    post = make_post("<b>x</b> here")
    client.force_login(editor)
    for page in ("standing", "checks", "step/publish"):
        answer = client.get(f"/admin/articles/post/{post.pk}/{page}/")
        html = answer.json()["checks"] if page == "standing" else answer.text
        assert "&lt;script&gt;" in html
        assert "<script>alert" not in html
        assert "<b>x" not in html


def filled(client, **changes):
    answer = client.get(RULES)
    data = {"stamp": answer.context["stamp"]}
    for form in answer.context["rules"]:
        data |= {form.add_prefix(name): form[name].value() for name in form.fields}
    return data | changes


def test_an_administrator_sets_the_rules(client, administrator):
    client.force_login(administrator)
    data = filled(client, **{"to_come-level": "warn", "long_headline-number": 60})
    assert client.post(RULES, data, follow=True).status_code == 200

    rules = HouseStyle.objects.get().rules
    assert rules["to_come"] == {"": {"level": "warn"}}
    assert rules["long_headline"] == {"": {"level": "warn", "number": 60}}
    assert LoggedAction.objects.filter(kind="articles.housestyle").count() == 2


def test_a_rule_is_set_for_one_language_and_taken_back(client, administrator):
    client.force_login(administrator)
    data = {"stamp": HouseStyle.objects.get().stamp, "to_come-level": "off"} | {
        f"{code}-{name}": value
        for code in ("names", "unattributed", "straight_quotes", "double_spaces", "long_headline")
        for name, value in (("level", ""), ("number", 50))
    }
    client.post(RULES + "?language=fr", data)
    rules = HouseStyle.objects.get().rules
    assert rules == {"to_come": {"fr": {"level": "off"}}}
    assert setting_of(rules, "to_come", "fr").level == "off"
    assert setting_of(rules, "to_come", "en").level == "block"

    stamp = HouseStyle.objects.get().stamp
    client.post(RULES + "?language=fr", data | {"stamp": stamp, "to_come-level": ""})
    assert HouseStyle.objects.get().rules == {"to_come": {}}


def test_editors_read_the_rules_and_cannot_set_them(client, editor):
    client.force_login(editor)
    answer = client.get(RULES)
    assert "Keeps from publishing" in answer.text
    assert '<select name="to_come' not in answer.text
    assert client.post(RULES, {"stamp": "", "to_come-level": "off"}).status_code == 403
    assert HouseStyle.objects.get().rules == {}


def test_rules_that_a_colleague_changed_meanwhile_are_not_written_over(client, administrator):
    client.force_login(administrator)
    data = filled(client, **{"to_come-level": "off"})
    set_rule("no_topic", level="off", by=None)

    answer = client.post(RULES, data)

    assert answer.status_code == 400
    assert "A colleague changed the rules meanwhile" in answer.text
    assert "to_come" not in HouseStyle.objects.get().rules


@pytest.mark.parametrize(
    "wrong", [{"to_come-level": "x"}, {"long_headline-number": "9" * 99}, {"stamp": "\x00"}, {}]
)
def test_nothing_that_is_sent_breaks_the_page(client, administrator, wrong):
    client.force_login(administrator)
    data = filled(client, **wrong) if wrong else {}
    assert client.post(RULES, data).status_code == 400
    assert HouseStyle.objects.get().rules == {}


def test_editors_keep_the_list_of_words(client, editor):
    client.force_login(editor)
    data = {"wrong": "Kiev", "right": "Kyiv", "reason": "", "level": "block", "language": ""}
    client.post(WORDS + "add/", data)
    word = HouseWord.objects.get()
    post = make_post(text="<p>Kiev</p>")
    checks = f"/admin/articles/post/{post.pk}/checks/"
    assert "“Kiev”: write “Kyiv”." in client.get(checks).text
    assert LoggedAction.objects.filter(kind="articles.houseword", verb="add", by=editor).exists()

    client.post(f"{WORDS}{word.pk}/delete/", {"post": "yes"})
    assert "write “Kyiv”" not in client.get(checks).text


def test_many_words_are_deleted_together_and_found_no_more(client, editor):
    client.force_login(editor)
    words = [HouseWord.objects.create(wrong=text) for text in ("Kiev", "Bombay")]
    set_rule("names", level="block", by=None)
    post = make_post("Kiev and Bombay")
    checks = f"/admin/articles/post/{post.pk}/checks/"
    assert client.get(checks).text.count("is not written here") == 2
    data = {"action": "delete_selected", "_selected_action": [w.pk for w in words], "post": "yes"}
    client.post(WORDS, data)
    assert "is not written here" not in client.get(checks).text


def test_a_pattern_that_is_none_is_refused_with_a_sentence(client, editor):
    client.force_login(editor)
    data = {"wrong": "Kiev(", "is_pattern": "on", "level": "warn", "language": ""}
    answer = client.post(WORDS + "add/", data)
    assert "This is no pattern that can be searched for" in answer.text
    assert not HouseWord.objects.exists()


def test_reporters_read_the_list_and_cannot_change_it(client, reporter):
    HouseWord.objects.create(wrong="Kiev", right="Kyiv")
    client.force_login(reporter)
    assert "Kyiv" in client.get(WORDS).text
    data = {"wrong": "Bombay", "level": "warn", "language": ""}
    assert client.post(WORDS + "add/", data).status_code == 403
    assert Post.objects.count() == 0
    assert HouseWord.objects.count() == 1


def test_the_state_of_a_story_is_plain_json(client, editor, with_faults):
    client.force_login(editor)
    text = client.get(f"/admin/articles/post/{with_faults.pk}/standing/").text
    assert json.loads(text)["missing"]


def test_the_list_of_words_says_in_words_which_are_patterns(client, editor):
    HouseWord.objects.create(wrong="e-?mail", right="email", is_pattern=True)
    HouseWord.objects.create(wrong="web site", right="website")
    client.force_login(editor)

    page = client.get(WORDS).text

    assert '<td class="field-written_as">a pattern</td>' in page
    assert '<td class="field-written_as">words</td>' in page
    assert "icon-no" not in page
