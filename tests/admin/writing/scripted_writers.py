"""People who write in one story at once, as the page does it for them, and lose answers."""

import json
import random
import re
import threading
import time
from collections import Counter
from itertools import chain

from django.db import connection

from articles.desk.writing.document import normalise, read
from articles.desk.writing.merge import merge
from articles.models import Post
from tests.builders import make_photo, make_post, make_user
from tests.desk.writing.documents import Writer, embed, picture, pullquote, related, words_of

from .sending import send

NAMES = ("ann", "ben", "cem", "dot", "eva", "fay")
TAGGED = re.compile(rf"(start|{'|'.join(NAMES)})\d+")
FIELD = "standfirst"
LONGEST = 150
"""Characters of a line or field to which writers still add."""
MOST_LOST = 5
ANSWERS_LOST, REQUESTS_LOST = 0.1, 0.05


def tagged_words(*values):
    """The words in documents or texts that somebody typed."""
    return set(count_words(*values))


def count_words(*values):
    """How often each word stands there: twice if another wording has it too."""
    found = Counter()
    for word, count in words_of(list(values)).items():
        if TAGGED.fullmatch(word.lower()):
            found[word.lower()] += count
    return found


def new_story(blocks=5):
    """A story for scripted writers, of this many paragraphs between which are other blocks."""
    words = iter(range(1, 10_000))

    def sentence():
        return " ".join(f"start{next(words)}" for _ in range(6)) + ". "

    paragraphs = "".join(f"<p>{sentence()}{sentence()}</p>" for _ in range(blocks))
    return make_post("Talks", text=paragraphs, standfirst=sentence(), status="draft")


def new_writers(seed, post, make_client):
    """Six people who have a story open."""
    photos = [make_photo().slug for _ in range(3)]
    writers = []
    for name in NAMES:
        client = make_client()
        client.force_login(
            make_user(username=f"{name}-{post.pk}"),
            backend="articles.desk.rights.backend.DeskBackend",
        )
        writers.append(ScriptedWriter(seed, name, client, post, photos))
    return writers


class ScriptedWriter(Writer):
    """One person with a page open: edits at random, and deletes nobody's words but their own.

    Of the page's protocol (save.js, poll.js, document.js and fields.js) it does all that meets the
    server.
    """

    def __init__(self, seed, name, client, post, photos):
        super().__init__(seed, name)
        self.client, self.post, self.photos = client, post, photos
        self.version, self.base = post.version, read(post).document
        self.document = self.base
        self.field_before = self.field = post.standfirst
        self.at_first = tagged_words(self.document, self.field)
        self.lost = []
        self.typed, self.deleted = set(), set()
        self.versions = []
        self.counts = {"saves": 0, "merges": 0, "polls": 0, "lost": 0, "edits": 0}

    # What the page does

    @property
    def is_dirty(self):
        return self.document != self.base or self.field != self.field_before

    def write(self):
        """Edit, save and ask without end; yields wherever others may do something meanwhile."""
        while True:
            for _ in range(self.chance.randint(1, 4)):
                self.edit()
                yield
            yield from self.save()
            if self.chance.random() < 0.4:
                yield from self.poll()

    def save(self, *, calm=False):
        """One save; `calm` is without losses and without typing on meanwhile."""
        with_base = False
        while self.is_dirty:
            sent, field = self.document, self.field
            luck = 1 if calm else self.chance.random()
            yield
            if luck < REQUESTS_LOST:
                self.lose(sent)
                return
            answer = self.sent(sent, field, with_base)
            yield
            if luck < REQUESTS_LOST + ANSWERS_LOST:
                self.lose(sent)
                return
            if not calm and self.chance.random() < 0.3:
                self.edit()
            if answer is not None:
                self.take(sent, field, answer)
                return
            with_base = True

    def lose(self, sent):
        self.lost = [sent, *self.lost][:MOST_LOST]
        self.counts["lost"] += 1

    def sent(self, document, field, with_base):
        """The answer to a save; None when it is asked for the base."""
        data = {}
        if document != self.base or with_base:
            data["document"] = document
        if field != self.field_before:
            data |= {FIELD: field, f"initial-{FIELD}": self.field_before}
        if with_base:
            data |= {"base": self.base, "tried": json.dumps(self.lost)}
        answer = send(self.client, self.post, version=self.version, **data)
        if answer.status_code == 409:
            return None
        assert answer.status_code == 200, (answer.status_code, answer.content[:2000])
        answer = answer.json()
        assert not answer["errors"], answer["errors"]
        assert not answer["block_errors"], answer["block_errors"]
        self.counts["saves"] += 1
        self.counts["merges"] += "document" in answer
        if answer["changed"]:
            self.versions.append(answer["version"])
        return answer

    def take(self, sent, field, answer):
        self.lost = []
        self.version = answer["version"]
        merged = answer.get("document")
        self.base = merged or sent
        if merged:
            # What was typed since goes into what was merged.
            self.document = merge(sent, merged, self.document, who="meanwhile").document
        self.field_before = field
        if FIELD in answer.get("fields", {}):
            self.take_field(answer["fields"])

    def take_field(self, fields):
        if self.field == self.field_before:
            self.field = self.field_before = fields[FIELD][0][0]

    def poll(self):
        block = self.document["body"][0]["attrs"]["id"] if self.document["body"] else ""
        query = {"version": self.version, "tab": self.name, "block": block}
        response = self.client.get(f"/admin/articles/post/{self.post.pk}/since/", query)
        assert response.status_code == 200, response.content[:2000]
        self.counts["polls"] += 1
        answer = response.json()
        if answer["version"] <= self.version:
            return
        if self.is_dirty:
            yield from self.save()
            return
        self.version = answer["version"]
        self.document = self.base = answer["document"]
        self.take_field(answer["fields"])

    def check(self, writers):
        """What is promised: no word is lost, all have the story as it is stored, and no version is
        left out. Returns how many words were typed."""
        post = Post.objects.get(pk=self.post.pk)
        stored = read(post).document
        typed = self.at_first.union(*(writer.typed for writer in writers))
        deleted = set().union(*(writer.deleted for writer in writers))
        lost = typed - deleted - tagged_words(stored, post.standfirst)
        assert not lost, f"lost: {sorted(lost)}"
        for writer in writers:
            assert normalise(writer.document) == stored, writer.name
            assert writer.field == post.standfirst, writer.name
        versions = sorted(chain(*(writer.versions for writer in writers)))
        assert versions == list(range(2, post.version + 1))
        return len(typed - self.at_first)

    # What the person does

    def edit(self):
        before = count_words(self.document, self.field)
        self.document = without_empty(self.changed(self.document, 1))
        after = count_words(self.document, self.field)
        gone = before.keys() - after.keys()
        assert all(word.startswith(self.name) for word in gone), f"{self.name} deleted {gone}"
        self.typed |= after.keys()
        # Of a word that stands twice, a colleague may take away the other one at the same time.
        self.deleted |= {word for word in before - after if word.startswith(self.name)}
        self.counts["edits"] += 1

    def changed(self, document, times=None):
        document = json.loads(json.dumps(document))
        edits = [
            *(self.type_words,) * 10,
            *(self.split, self.join, self.insert, self.move, self.delete_own_words) * 2,
            *(self.mark, self.change_kind, self.split_around_a_picture, self.put_in_a_list),
            *(self.delete_own_block, self.add_to_attribute, self.change_own_picture),
            *(self.type_in_field, self.settle, self.move_region),
        ]
        for _ in range(times):
            self.chance.choice(edits)(document)
        return document

    def type_words(self, document):
        if node := self.a_text(document):
            words = ["", *node["text"].split(" "), ""]
            at = self.chance.choice([len(words) - 1, self.chance.randrange(1, len(words))])
            words.insert(at, self.chance.choice([self.word, self.sentence])())
            node["text"] = " ".join(words)

    def block(self):
        kind = self.chance.randrange(8)
        key = self.new_id()
        if kind == 0:
            return picture(key, self.chance.choice(self.photos), self.words())
        if kind == 1:
            return related(key, url=f"https://a.example/{self.word()}", title=self.sentence())
        if kind == 2:
            return pullquote(key, self.words(), self.word())
        if kind == 3:
            return embed(key, f"https://b.example/{self.word()}", self.sentence())
        node = super().block()
        own = node["type"] in {"caption", "relatedlink", "pullquote", "embed"}
        return pullquote(key, self.words()) if own else node

    def split_around_a_picture(self, document):
        self.split(
            document, picture(self.new_id(), self.chance.choice(self.photos), self.sentence())
        )

    def insert(self, document):
        document["body"].insert(self.chance.randint(0, len(document["body"])), self.block())

    def is_own(self, node):
        return all(word.startswith(self.name) for word in tagged_words(node))

    def delete_own_block(self, document):
        nodes = [node for node in document["body"] if self.is_own(node)]
        if nodes:
            document["body"].remove(self.chance.choice(nodes))

    def delete_own_words(self, document):
        if not (node := self.a_text(document)):
            return
        words = node["text"].split(" ")
        own = [word for word in words if word and self.is_own({"text": word})]
        if own and len(own) < len(words):
            words.remove(self.chance.choice(own))
            node["text"] = " ".join(words)

    def add_to_attribute(self, document):
        names = {"caption": ("caption", "credit", "alt"), "pullquote": ("text", "attribution")}
        names |= {"relatedlink": ("title",), "embed": ("title", "provider")}
        nodes = [node for node in chain(*document.values()) if node["type"] in names]
        if nodes:
            node = self.chance.choice(nodes)
            name = self.chance.choice(names[node["type"]])
            value = node["attrs"].get(name, "")
            if len(value) < (60 if name == "provider" else LONGEST):
                node["attrs"][name] = f"{value} {self.word()}".strip()

    def change_own_picture(self, document):
        nodes = [n for n in document["body"] if n["type"] == "caption" and self.is_own(n)]
        if nodes:
            self.chance.choice(nodes)["attrs"]["photo"] = self.chance.choice(self.photos)

    def type_in_field(self, document):
        if len(self.field) < LONGEST:
            self.field = f"{self.field} {self.sentence()}"

    def settle(self, document):
        """Take away other wordings whose words are in the story too."""
        there = [node for node in chain(*document.values()) if node["type"] != "alternative"]
        known = tagged_words(there, self.field)
        for part in document.values():
            part[:] = [
                node for node in part if node["type"] != "alternative" or tagged_words(node) - known
            ]


def without_empty(document):
    """What the page sends: without prose that has no words."""
    own = {"caption", "relatedlink", "pullquote", "embed", "alternative"}

    def has_words(node):
        return bool(node.get("text", "").strip()) or any(map(has_words, node.get("content", ())))

    return {
        region: [node for node in nodes if node["type"] in own or has_words(node)]
        for region, nodes in document.items()
    }


def by_turns(writers, seed, turns):
    """Let writers act in an order that a seed gives."""
    chance = random.Random(seed)
    acting = [writer.write() for writer in writers]
    for _ in range(turns):
        next(chance.choice(acting))


def settle_down(writers):
    """Nobody types any more: all save and ask until each has what all wrote."""
    for _round in range(2 * len(writers)):
        for writer in writers:
            for _step in chain(writer.save(calm=True), writer.poll()):
                pass
        version = Post.objects.values_list("version", flat=True).get(pk=writers[0].post.pk)
        if all(writer.version == version and not writer.is_dirty for writer in writers):
            return
    raise AssertionError("they never come to rest")


def all_at_once(writers, seconds):
    """Let each write in a thread of its own, for some seconds."""
    until = time.monotonic() + seconds
    failed = []

    def write(writer):
        try:
            for _step in writer.write():
                if time.monotonic() > until or failed:
                    return
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[writer]) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + 60)
    if failed:
        raise failed[0]
