"""Writing documents for tests, and people who change them at random."""

import copy
import random
import re
from collections import Counter


def text(words, *marks):
    node = {"type": "text", "text": words}
    if marks:
        node["marks"] = [
            {"type": "link", "attrs": {"href": mark}} if ":" in mark else {"type": mark}
            for mark in marks
        ]
    return node


def inline(content):
    content = [text(content)] if isinstance(content, str) else list(content)
    return {"content": content} if content and content != [text("")] else {}


def paragraph(key, content=""):
    return {"type": "paragraph", "attrs": {"id": key}, **inline(content)}


def heading(key, content="", level=2):
    return {"type": "heading", "attrs": {"id": key, "level": level}, **inline(content)}


def bare(content):
    return {"type": "paragraph", **inline(content)}


def item(*content):
    return {"type": "listItem", "content": [bare(e) if isinstance(e, str) else e for e in content]}


def bullets(key, *items):
    content = [item(each) if isinstance(each, str) else each for each in items]
    return {"type": "bulletList", "attrs": {"id": key}, "content": content}


def quote(key, *content):
    content = [bare(each) if isinstance(each, str) else each for each in content]
    return {"type": "blockquote", "attrs": {"id": key}, "content": content}


def picture(key, photo="bridge", caption="", credit="", alt=""):
    attrs = {"id": key, "photo": photo, "caption": caption, "credit": credit, "alt": alt}
    return {"type": "caption", "attrs": attrs}


def gallery(key, *pictures, title=""):
    """A gallery of these nodes of pictures."""
    held = [node["attrs"] for node in pictures]
    return {"type": "gallery", "attrs": {"id": key, "title": title, "pictures": held}}


def related(key, story="", headline="", label="", url="", title=""):
    attrs = {"id": key, "label": label, "story": story, "url": url, "title": title}
    return {"type": "relatedlink", "attrs": {**attrs, "headline": headline}}


def pullquote(key, words, attribution=""):
    return {"type": "pullquote", "attrs": {"id": key, "text": words, "attribution": attribution}}


def embed(key, url, title="", provider=""):
    return {"type": "embed", "attrs": {"id": key, "url": url, "title": title, "provider": provider}}


def story(*body, lead=()):
    return {"lead": list(lead), "body": list(body)}


def ids(document):
    return [node["attrs"]["id"] for region in ("lead", "body") for node in document[region]]


def words_of(value):
    """Every word in text, attributes and links of a document or node, counted."""
    if isinstance(value, str):
        return Counter(re.findall(r"\w+", value))
    found = Counter()
    if isinstance(value, list):
        for each in value:
            found += words_of(each)
    elif isinstance(value, dict):
        if value.get("type") in ("paragraph", "heading"):
            return words_of("".join(n.get("text", " ") for n in value.get("content", ())))
        if value.get("type") == "alternative" and value["attrs"]["field"] == "link":
            return found
        for key, each in value.items():
            if key not in ("id", "type", "level", "about", "field", "who", "marks", "label"):
                found += words_of(each)
    return found


def links_of(value):
    if isinstance(value, list):
        return set().union(*map(links_of, value)) if value else set()
    if not isinstance(value, dict):
        return set()
    found = set().union(*map(links_of, value.values())) if value else set()
    if value.get("type") == "link":
        found.add(value["attrs"]["href"])
    if value.get("type") == "alternative" and value["attrs"]["field"] == "link":
        found.add(value["attrs"]["text"])
    return found


class Writer:
    """Somebody who writes and changes documents; the same for a seed and a name."""

    def __init__(self, seed, name, vocabulary=()):
        self.chance = random.Random(f"{seed} {name}")
        self.name = name
        self.vocabulary = vocabulary
        self.made = 0

    def new_id(self):
        self.made += 1
        return f"{self.name}-{self.made}"

    def word(self):
        if self.vocabulary:
            return self.chance.choice(self.vocabulary)
        self.made += 1
        return f"{self.name}{self.made}"

    def sentence(self):
        words = [self.word() for _ in range(self.chance.randint(1, 7))]
        return " ".join(words).capitalize() + self.chance.choice(".....?!,")

    def words(self):
        return " ".join(self.sentence() for _ in range(self.chance.randint(1, 4)))

    def block(self):
        chance = self.chance
        key = self.new_id()
        kind = chance.randrange(14)
        if kind < 5:
            return paragraph(key, self.words())
        if kind == 5:
            return heading(key, self.sentence(), chance.choice([2, 3]))
        if kind == 6:
            node = bullets(key, *(self.words() for _ in range(chance.randint(1, 4))))
            if chance.random() < 0.3:
                inner = bullets("", self.words(), self.words())
                del inner["attrs"]
                node["content"][-1]["content"].append(inner)
            if chance.random() < 0.3:
                node["type"] = "orderedList"
            return node
        if kind == 7:
            return quote(key, *(self.words() for _ in range(chance.randint(1, 3))))
        if kind == 8:
            return paragraph(
                key,
                [
                    text(self.sentence()),
                    text(f" {self.word()} ", "bold"),
                    text(self.word(), "https://a.example/" + self.word(), "italic"),
                    {"type": "hardBreak"},
                    text(self.sentence()),
                ],
            )
        if kind == 9:
            return self.picture(key)
        if kind == 10:
            return related(key, story=self.word(), headline=chance.choice(["", self.sentence()]))
        if kind == 12:
            shown = [self.picture() for _ in range(chance.randint(1, 4))]
            return gallery(key, *shown, title=self.sentence())
        if kind == 11:
            return pullquote(key, self.words(), self.word())
        return embed(key, "https://b.example/" + self.word(), self.sentence())

    def picture(self, key=""):
        words = (self.chance.choice(["", self.words()]) for _ in "123")
        return picture(key or self.new_id(), self.word(), *words)

    def document(self):
        lead = [picture(self.new_id(), self.word(), self.words())]
        body = [self.block() for _ in range(self.chance.randint(1, 9))]
        return {"lead": lead if self.chance.random() < 0.7 else [], "body": body}

    def changed(self, document, times=None):
        document = copy.deepcopy(document)
        changes = [
            *(self.change_words,) * 8,
            *(self.split, self.join) * 3,
            *(self.insert, self.delete, self.move) * 2,
            self.change_attribute,
            self.change_attribute,
            self.mark,
            self.split_around_a_picture,
            self.move_region,
            self.change_kind,
            self.change_items,
            self.put_in_a_list,
            *(self.change_gallery,) * 3,
            self.settle,
        ]
        for _ in range(self.chance.randint(0, 6) if times is None else times):
            self.chance.choice(changes)(document)
        return document

    def prose(self, document):
        kinds = ("paragraph", "heading")
        return [at for at, node in enumerate(document["body"]) if node["type"] in kinds]

    def a_text(self, document):
        """A text node anywhere, or None."""
        found = []

        def look(node):
            if node["type"] == "text":
                found.append(node)
            for child in node.get("content", ()):
                look(child)

        for node in document["body"]:
            look(node)
        return self.chance.choice(found) if found else None

    def change_words(self, document):
        node = self.a_text(document)
        if not node:
            return
        words = node["text"].split(" ")
        at = self.chance.randrange(len(words) + 1)
        doing = self.chance.randrange(5)
        if doing < 2:
            words.insert(at, self.word())
        elif doing == 2:
            words[at : at + 1] = [self.word()]
        elif doing == 3 and len(words) > 2:
            del words[at : at + self.chance.randint(1, 3)]
        else:
            words.append(self.sentence())
        node["text"] = " ".join(words) or "x"

    def halves(self, node):
        content = node.get("content", [])
        if not content:
            return [], []
        at = self.chance.randrange(len(content))
        if content[at]["type"] != "text":
            return content[:at], content[at:]
        words = content[at]["text"]
        spaces = [m.start() for m in re.finditer(" ", words)] or [0]
        place = self.chance.choice(spaces)
        one, other = words[:place], words[place:].lstrip(" ")
        before = [*content[:at], *([{**content[at], "text": one}] if one else [])]
        after = [*([{**content[at], "text": other}] if other else []), *content[at + 1 :]]
        return before, after

    def split(self, document, *between):
        places = self.prose(document)
        if not places:
            return
        at = self.chance.choice(places)
        node = document["body"][at]
        one, other = self.halves(node)
        first = {"type": node["type"], "attrs": node["attrs"], **inline(one)}
        new = paragraph(self.new_id(), other)
        document["body"][at : at + 1] = [first, *between, new]

    def split_around_a_picture(self, document):
        self.split(document, picture(self.new_id(), self.word(), self.words()))

    def join(self, document):
        places = [at for at in self.prose(document) if at + 1 in self.prose(document)]
        if not places:
            return
        at = self.chance.choice(places)
        one, other = document["body"][at : at + 2]
        content = [*one.get("content", []), *other.get("content", [])]
        if one.get("content") and other.get("content"):
            content.insert(len(one["content"]), text(" "))
        merged = []
        for node in content:
            alike = merged and node["type"] == merged[-1]["type"] == "text"
            if alike and node.get("marks") == merged[-1].get("marks"):
                merged[-1] = {**node, "text": merged[-1]["text"] + node["text"]}
            else:
                merged.append(node)
        node = {"type": one["type"], "attrs": one["attrs"], **inline(merged)}
        document["body"][at : at + 2] = [node]

    def insert(self, document):
        at = self.chance.randint(0, len(document["body"]))
        document["body"].insert(at, self.block())
        if not document["lead"] and self.chance.random() < 0.2:
            document["lead"].append(picture(self.new_id(), self.word(), self.words()))

    def delete(self, document):
        if document["body"]:
            del document["body"][self.chance.randrange(len(document["body"]))]
        if self.chance.random() < 0.1:
            document["lead"].clear()

    def move(self, document):
        if document["body"]:
            node = document["body"].pop(self.chance.randrange(len(document["body"])))
            document["body"].insert(self.chance.randint(0, len(document["body"])), node)

    def move_region(self, document):
        if document["lead"]:
            document["body"].insert(0, document["lead"].pop())
            return
        places = [n for n, node in enumerate(document["body"]) if node["type"] == "caption"]
        if places:
            document["lead"].append(document["body"].pop(self.chance.choice(places)))

    def change_attribute(self, document):
        own = [n for part in document.values() for n in part if "content" not in n]
        own = [node for node in own if node["type"] not in ("paragraph", "heading", "alternative")]
        if not own:
            return
        attrs = self.chance.choice(own)["attrs"]
        key = self.chance.choice([key for key in attrs if key not in ("id", "label", "pictures")])
        if key in ("photo", "story"):
            attrs[key] = self.word()
        elif key == "url":
            attrs[key] = "https://c.example/" + self.word()
        else:
            attrs[key] = self.chance.choice([self.words(), attrs[key] + " " + self.sentence(), ""])

    def mark(self, document):
        node = self.a_text(document)
        if node and not node.get("marks"):
            href = "https://d.example/" + self.word()
            node["marks"] = text("", self.chance.choice(["bold", "italic", href]))["marks"]

    def change_kind(self, document):
        if places := self.prose(document):
            at = self.chance.choice(places)
            content = document["body"][at].get("content", [])
            make = self.chance.choice([paragraph, heading])
            document["body"][at] = make(document["body"][at]["attrs"]["id"], content)

    def change_items(self, document):
        lists = [node for node in document["body"] if node["type"].endswith("List")]
        if lists:
            items = self.chance.choice(lists)["content"]
            at = self.chance.randrange(len(items))
            if self.chance.random() < 0.5 or len(items) == 1:
                items.insert(at, item(self.words()))
            else:
                del items[at]

    def change_gallery(self, document):
        galleries = [node for node in document["body"] if node["type"] == "gallery"]
        if not galleries:
            return
        pictures = self.chance.choice(galleries)["attrs"]["pictures"]
        doing = self.chance.randrange(5)
        if doing == 0 or not pictures:
            pictures.insert(self.chance.randint(0, len(pictures)), self.picture()["attrs"])
            return
        at = self.chance.randrange(len(pictures))
        if doing == 1:
            del pictures[at]
        elif doing == 2:
            pictures.insert(self.chance.randrange(len(pictures)), pictures.pop(at))
        elif doing == 3:
            document["body"].append({"type": "caption", "attrs": pictures.pop(at)})
        else:
            pictures[at][self.chance.choice(["caption", "credit", "alt"])] = self.words()

    def put_in_a_list(self, document):
        places = self.prose(document)
        if places:
            at = self.chance.choice(places)
            until = at
            nodes = []
            while until in places and len(nodes) < 3:
                nodes.append(document["body"][until])
                until += 1
            items = [item({"type": "paragraph", **inline(n.get("content", []))}) for n in nodes]
            made = bullets(nodes[0]["attrs"]["id"], *items)
            document["body"][at:until] = [made]

    def settle(self, document):
        for part in document.values():
            part[:] = [node for node in part if node["type"] != "alternative"]
