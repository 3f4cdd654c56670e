"""What a browser sends when the form of a page of the desk is sent as it is shown."""

from html.parser import HTMLParser


class _Forms(HTMLParser):
    """Collects {name: [values]} of the page's form with the most inputs: its main one."""

    def __init__(self):
        super().__init__()
        self.forms, self.name, self.text = [], None, []
        self.select = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.forms.append({})
        elif tag == "input":
            kind, name = attrs.get("type", "text"), attrs.get("name")
            skipped = kind in {"submit", "button", "file", "image"} or "disabled" in attrs
            unticked = kind in {"checkbox", "radio"} and "checked" not in attrs
            if name and not skipped and not unticked:
                # A browser ends lines its own way.
                self.put(name, (attrs.get("value") or ("on" if kind == "checkbox" else "")))
        elif tag == "textarea":
            self.name, self.text = attrs.get("name"), []
        elif tag == "select":
            self.select = [attrs.get("name"), "multiple" in attrs, None, []]
        elif tag == "option" and self.select:
            value = attrs.get("value", "")
            if self.select[2] is None:
                self.select[2] = value
            if "selected" in attrs:
                self.select[3].append(value)

    def handle_data(self, data):
        if self.name:
            self.text.append(data)

    def handle_endtag(self, tag):
        if tag == "textarea" and self.name:
            # The first line end after the tag is none of the text's.
            self.put(self.name, "".join(self.text).removeprefix("\n"))
            self.name = None
        elif tag == "select" and self.select:
            name, multiple, first, chosen = self.select
            if not chosen and not multiple and first is not None:
                chosen = [first]
            for value in chosen if name else ():
                self.put(name, value)
            self.select = None

    def put(self, name, value):
        if self.forms:
            value = value.replace("\r\n", "\n").replace("\n", "\r\n")
            self.forms[-1].setdefault(name, []).append(value)


def sent_by(page):
    """The data that the page's form would send, untouched."""
    reader = _Forms()
    reader.feed(page.text)
    return max(reader.forms, key=len)
