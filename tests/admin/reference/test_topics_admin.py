"""The topic's own screen: its picture and its pinned stories."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.desk import roles
from articles.models import NameChange, Topic, TopicPin
from articles.publishing.invalidation.site_stamp import highest_stamp
from articles.publishing.names.merge import merge
from tests.admin.browsing import sent_by
from tests.builders import make_photo, make_post, make_story, make_topic, make_user

pytestmark = pytest.mark.django_db
MERGE = "/admin/articles/topic/merge/"
DOUBLES = "/admin/articles/topic/doubles/"


def form_of(topic, **pin):
    data = {
        "name": topic.name,
        "slug": topic.slug,
        "description": topic.description,
        "picture": "",
        "pins-TOTAL_FORMS": "1" if pin else "0",
        "pins-INITIAL_FORMS": "0",
        "aliases-TOTAL_FORMS": "0",
        "aliases-INITIAL_FORMS": "0",
    }
    return data | {f"pins-0-{name}": value for name, value in pin.items()}


def change_url(topic):
    return f"/admin/articles/topic/{topic.pk}/change/"


def test_an_editor_pins_a_story_and_chooses_a_picture(client, editor):
    story, topic, photo = make_story("Start here"), make_topic(), make_photo()
    make_story(topics=[topic.name])
    client.force_login(editor)
    before, _highest = highest_stamp()

    data = form_of(topic, post=story.pk, position=1) | {"picture": photo.pk}
    answer = client.post(change_url(topic), data)

    assert answer.status_code == 302, answer.context["errors"]
    page = client.get(topic.get_absolute_url()).text
    assert "Start here" in page
    assert f"/renditions/{photo.token}/" in page
    assert highest_stamp()[0] > before


def test_a_reporter_pins_nothing(client, reporter):
    story, topic = make_story(), make_topic()
    client.force_login(reporter)

    client.post(change_url(topic), form_of(topic, post=story.pk, position=1))

    assert not TopicPin.objects.exists()


@pytest.mark.parametrize("role", [roles.EDITOR, roles.ADMINISTRATOR])
def test_those_who_shape_fronts_shape_topics(role):
    assert make_user(role).has_perm("articles.add_topicpin")


def test_topics_that_a_search_found_are_merged_from_there(client, editor):
    gone, kept = make_topic("UN"), make_topic("United Nations")
    make_story("Both", topics=["UN", "United Nations"])
    make_post("A draft", topics=["UN"])
    client.force_login(editor)

    asked = {"action": "merge", "_selected_action": [gone.pk, kept.pk]}
    page = client.post("/admin/articles/topic/?q=un", asked, follow=True)
    text = " ".join(page.text.split())
    assert "2 stories · 1 live" in text
    assert "1 story has more than one of them" in text
    answer = client.post(MERGE, sent_by(page) | {"keep": kept.pk}, follow=True)

    assert "with 2 stories: UN." in answer.text
    assert {row.content_object.headline for row in kept.post_topics.all()} == {"Both", "A draft"}


def test_the_one_that_is_used_most_is_kept_unless_another_is_chosen(client, editor):
    gone, kept, third = make_topic("UN"), make_topic("United Nations"), make_topic("World")
    make_post(topics=["United Nations"])
    client.force_login(editor)
    page = client.get(MERGE, {"row": [gone.pk, kept.pk]})

    assert sent_by(page)["keep"] == [str(kept.pk)]
    client.post(MERGE, sent_by(page) | {"into": third.pk})

    assert [topic.name for topic in Topic.objects.all()] == ["World"]


def test_one_alone_is_merged_only_into_another(client, editor):
    topic = make_topic("UN")
    client.force_login(editor)
    page = client.get(MERGE, {"row": topic.pk})

    for into in ("", topic.pk, "no key"):
        answer = client.post(MERGE, sent_by(page) | {"into": into})
        assert answer.status_code == 200
        assert 'role="alert"' in answer.text
    assert Topic.objects.get() == topic


@pytest.mark.parametrize("query", ["", "?row=abc", "?row=999999", "?row=%00&row=-1"])
def test_a_merge_of_nothing_leads_back_to_the_list(client, editor, query):
    client.force_login(editor)

    answer = client.get(MERGE + query, follow=True)

    assert "a colleague merged or deleted meanwhile" in answer.text


def test_what_a_colleague_merged_meanwhile_is_told(client, editor):
    gone, kept, other = make_topic("UN"), make_topic("United Nations"), make_topic("World")
    client.force_login(editor)
    sent = sent_by(client.get(MERGE, {"row": [gone.pk, kept.pk]}))
    merge([kept], other, by=None)

    answer = client.post(MERGE, sent | {"keep": kept.pk}, follow=True)

    assert "a colleague merged or deleted meanwhile" in answer.text
    assert "Choose which one is kept" in answer.text
    assert Topic.objects.filter(pk=gone.pk).exists()


def test_an_editor_undoes_a_merge_in_the_log(client, editor):
    make_story("Story", topics=["UN"])
    merge([make_topic("UN")], make_topic("United Nations"), by=editor)
    client.force_login(editor)

    page = client.get("/admin/articles/topic/names/")
    assert "1 story" in page.text
    change = NameChange.objects.get()
    answer = client.post(f"/admin/articles/topic/names/{change.pk}/undo/", follow=True)

    assert "“UN” is there again" in answer.text
    assert Topic.objects.get(name="UN").post_topics.count() == 1
    again = client.post(f"/admin/articles/topic/names/{change.pk}/undo/", follow=True)
    assert "undone already" in again.text


def test_a_reporter_sees_the_log_and_has_no_button(client, reporter):
    change = merge([make_topic("UN")], make_topic("United Nations"), by=None)[0]
    client.force_login(reporter)

    assert "Undo:" not in client.get("/admin/articles/topic/names/").text
    assert client.post(f"/admin/articles/topic/names/{change.pk}/undo/").status_code == 403
    assert client.post(MERGE, {"row": change.into}).status_code == 403
    assert client.post("/admin/articles/topic/doubles/").status_code == 403


def test_the_log_is_read_page_by_page(client, editor, django_assert_max_num_queries):
    for number in range(55):
        merge([make_topic(f"Topic {number}")], make_topic("World"), by=editor)
    client.force_login(editor)

    with django_assert_max_num_queries(12):
        page = client.get("/admin/articles/topic/names/")
    assert page.text.count("merged into") == 50
    older = client.get(f"/admin/articles/topic/names/?before={page.context['older']}")
    assert older.text.count("merged into") == 5
    assert client.get("/admin/articles/topic/names/?before=%00x").status_code == 200


def test_near_doubles_are_merged_or_told_apart(client, editor):
    make_post(topics=["Ukraine"])
    for name in ("Urkaine", "Zola, Emile", "Emile Zola", "Syria"):
        make_topic(name)
    client.force_login(editor)
    assert "No pairs are known." in client.get(DOUBLES).text

    assert "2 pairs were found" in client.post(DOUBLES, follow=True).text
    zolas, ukraines = client.get(DOUBLES).context["pairs"]
    assert [row.name for row in ukraines] == ["Ukraine", "Urkaine"]
    client.post(DOUBLES, {"one": zolas[0].pk, "other": zolas[1].pk})
    sent = {"row": [row.pk for row in ukraines], "keep": ukraines[0].pk, "back": "doubles"}
    answer = client.post(MERGE, sent, follow=True)

    assert "No pairs are left." in answer.text
    assert "No pairs are left." in client.post(DOUBLES, follow=True).text
    assert not Topic.objects.filter(name="Urkaine").exists()


SEVERAL = f"{DOUBLES}several/"


def test_ticked_pairs_are_merged_in_one_go_after_one_question(client, editor):
    make_post(topics=["Ukraine"])
    for name in ("Urkaine", "Zola, Emile", "Emile Zola", "Emile  Zolla", "Syria"):
        make_topic(name)
    client.force_login(editor)
    client.post(DOUBLES)
    named = [f"{one.pk}-{other.pk}" for one, other in client.get(DOUBLES).context["pairs"]]
    zola = Topic.objects.get(name="Zola, Emile")
    keep = {f"keep-{pair}": zola.pk for pair in named if str(zola.pk) in pair.split("-")}

    asked = client.get(SEVERAL, {"pair": [*named, "7-7", "x-1", "999999-1", ""]})
    assert f"Merge {len(named)} pairs" in asked.text
    assert Topic.objects.count() == 6
    done = client.post(SEVERAL, {"pair": named} | keep, follow=True)

    assert "pairs were merged" in done.text
    # Of three that are one, what became of the second follows the first.
    kept = set(Topic.objects.values_list("name", flat=True))
    assert kept == {"Ukraine", "Zola, Emile", "Syria"}


def test_without_a_tick_nothing_is_merged_and_the_page_says_so(client, editor):
    client.force_login(editor)

    assert "No pair is ticked" in client.get(SEVERAL).text
    assert "No pair is ticked" in client.post(SEVERAL, {"pair": ["1-2", "\x00"]}).text


def test_a_reporter_merges_no_pairs(client, reporter):
    one, other = make_topic("One"), make_topic("Onne")
    client.force_login(reporter)

    assert client.post(SEVERAL, {"pair": f"{one.pk}-{other.pk}"}).status_code == 403
    assert Topic.objects.count() == 2


def test_the_list_finds_what_is_used_never_or_once(client, editor):
    make_post(topics=["Once", "Twice"])
    make_post(topics=["Twice"])
    make_topic("Never")
    client.force_login(editor)

    def names(used):
        page = client.get("/admin/articles/topic/", {"used": used})
        return [row.name for row in page.context["cl"].result_list]

    assert names("never") == ["Never"]
    assert names("once") == ["Once"]
    assert names("nonsense") == ["Never", "Once", "Twice"]


def test_the_list_costs_the_same_for_many(client, editor, django_assert_num_queries):
    client.force_login(editor)
    make_post(topics=["One"])
    client.get("/admin/articles/topic/")
    with CaptureQueriesContext(connection) as few:
        client.get("/admin/articles/topic/")
    for number in range(30):
        make_post(topics=[f"Topic {number}"])
    with django_assert_num_queries(len(few)):
        page = client.get("/admin/articles/topic/")
    assert len(few) <= 12
    assert [row.uses.stories for row in page.context["cl"].result_list] == [1] * 31


def test_only_unused_topics_are_deleted(client, editor):
    used, unused = make_topic("Used"), make_topic("Unused")
    make_post(topics=["Used"])
    client.force_login(editor)

    answer = client.get(f"/admin/articles/topic/{used.pk}/delete/", follow=True)
    assert "“Used” is used by stories" in answer.text
    assert answer.redirect_chain[-1][0] == f"{MERGE}?row={used.pk}"
    client.post(f"/admin/articles/topic/{used.pk}/delete/", {"post": "yes"})
    asked = {"action": "remove_unused", "_selected_action": [used.pk, unused.pk]}
    answer = client.post("/admin/articles/topic/", asked, follow=True)

    assert "Deleted: Unused." in answer.text
    assert "“Used” is used by stories" in answer.text
    assert [topic.name for topic in Topic.objects.all()] == ["Used"]


def test_a_renamed_topic_is_found_by_its_old_name_and_can_be_renamed_back(client, editor):
    topic = make_topic("Burma")
    client.force_login(editor)

    client.post(change_url(topic), form_of(topic) | {"name": "Myanmar", "slug": "myanmar"})

    assert Topic.objects.find_by_name("burma").name == "Myanmar"
    change = NameChange.objects.get()
    assert (change.name, change.new_name, change.by) == ("Burma", "Myanmar", editor)
    assert "renamed to" in client.get("/admin/articles/topic/names/").text
    client.post(f"/admin/articles/topic/names/{change.pk}/undo/")
    topic.refresh_from_db()
    assert (topic.name, topic.slug) == ("Burma", "burma")
    assert not topic.aliases.exists()
    assert client.get("/topics/myanmar/").status_code == 404  # it has no story


def test_who_renames_a_topic_and_types_its_old_name_as_another_saves_once(client, editor):
    topic = make_topic("Burma")
    client.force_login(editor)
    typed = {"aliases-TOTAL_FORMS": "1", "aliases-0-name": "Burma", "aliases-0-slug": ""}

    answer = client.post(
        change_url(topic), form_of(topic) | typed | {"name": "Myanmar", "slug": "myanmar"}
    )

    assert answer.status_code == 302
    assert [row.name for row in topic.aliases.all()] == ["Burma"]


def test_a_second_rename_is_undone_first(client, editor):
    topic = make_topic("Burma")
    client.force_login(editor)
    for name in ("Myanmar", "Burma / Myanmar"):
        client.post(change_url(topic), form_of(topic) | {"name": name})
        topic.refresh_from_db()
    first = NameChange.objects.last()

    answer = client.post(f"/admin/articles/topic/names/{first.pk}/undo/", follow=True)

    assert "renamed again since" in answer.text


def test_a_topic_stands_below_a_broader_one_and_never_below_itself(client, editor):
    syria, aleppo = make_topic("Syria"), make_topic("Aleppo")
    client.force_login(editor)

    client.post(change_url(aleppo), form_of(aleppo) | {"broader": syria.pk})
    answer = client.post(change_url(syria), form_of(syria) | {"broader": aleppo.pk})
    own = client.post(change_url(syria), form_of(syria) | {"broader": syria.pk})

    assert "“Aleppo” is this topic, or narrower than it." in answer.text
    assert own.status_code == 200
    assert "Narrower topics:" in client.get(change_url(syria)).text
    asked = {"app_label": "articles", "model_name": "topic", "field_name": "broader"}
    found = client.get("/admin/autocomplete/", asked | {"term": "alep"}).json()["results"]
    assert found == [{"id": str(aleppo.pk), "text": "Aleppo", "note": "Syria"}]
