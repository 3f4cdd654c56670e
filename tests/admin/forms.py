"""The pages of the desk as a browser would send them."""

import datetime as dt
import json
from unittest.mock import patch

from django.forms.boundfield import BoundField
from django.template.response import SimpleTemplateResponse


def change_url(post):
    return f"/admin/articles/post/{post.pk}/change/"


def filled(client, post=None):
    """What a browser sends when the page of a story (or of a new one) is sent as it is shown."""
    return sent_from(shown(client, change_url(post) if post else "/admin/articles/post/add/"))


def sent_from(context):
    """The same, by what the page is made from."""
    if "state" not in context:
        return _sent_from_a_row(context)
    document = json.dumps(context["state"]["document"])
    data = {"version": context["state"]["version"], "document": document, "base": document}
    if context["form_token"]:
        data["form_token"] = context["form_token"]
    for bound in context["form"]:
        data |= _sent(bound)
    return data


def _sent_from_a_row(context):
    """What the form of any other row sends: its own fields, and those of the rows below it."""
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {}
    for form in forms:
        for bound in form:
            data |= _sent(bound)
    return data


def shown(client, address):
    """What a page of the desk is made from; its HTML, which takes three times as long, is not."""
    with patch.object(SimpleTemplateResponse, "rendered_content", ""):
        return client.get(address).context_data


def _sent(bound: BoundField):
    value = bound.value()
    sent = _parts(bound.field.widget, bound.html_name, value)
    if bound.field.show_hidden_initial:
        sent |= _parts(bound.field.hidden_widget(), bound.html_initial_name, value)
    return sent


def _parts(widget, name, value):
    if hasattr(widget, "decompress") and not isinstance(value, list):
        return {
            f"{name}_{number}": "" if part is None else str(part)
            for number, part in enumerate(widget.decompress(value))
        }
    if value is None or value is False:
        return {}
    if isinstance(value, dt.date | dt.time):
        return {name: widget.format_value(value)}
    if isinstance(value, (list, tuple)) or hasattr(value, "values_list"):
        return {name: [str(getattr(part, "tag", part)) for part in value]}
    return {name: str(value)}
