"""Filling in the post's form as a browser does: all fields that the page holds, then changes."""

from .forms import shown

BLOCKS = ("text", "caption", "relatedlink", "pullquote", "embed")


def prefix(kind):
    """The prefix of a kind's formset."""
    return f"articles_{kind}_set"


def form_of(page):
    """The fields and values that a change page would send back untouched."""
    return sent_from(page.context)


def sent_from(context):
    """The same, by what the page is made from."""
    forms = [context["adminform"].form]
    data = {"seen_version": context.get("seen_version", "")}
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            value = bound.field.widget.format_value(value) if value is not None else ""
            if isinstance(value, list) and not bound.field.widget.is_hidden:
                value = [str(one) for one in value]
                if not getattr(inner(bound.field.widget), "allow_multiple_selected", False):
                    value = value[0] if value else ""
            data[bound.html_name] = "" if value is None else value
            if bound.field.show_hidden_initial:
                before = bound.field.hidden_widget().format_value(bound.value())
                data[bound.html_initial_name] = before or ""
    return data


def inner(widget):
    """The widget itself, without the links that the admin puts around it."""
    return getattr(widget, "widget", widget)


def add_block(data, kind, *, region="body", ordering=10, **fields):
    """Put one more block of a kind into the data, as the script does."""
    number = int(data[f"{prefix(kind)}-TOTAL_FORMS"])
    data[f"{prefix(kind)}-TOTAL_FORMS"] = number + 1
    for name, value in {"region": region, "ordering": ordering, **fields}.items():
        data[f"{prefix(kind)}-{number}-{name}"] = value
    return data


def save(client, post=None, *, change=None, **fields):
    """Open the form, change what is said, and send it; `change` gets the data before that."""
    address = f"/admin/articles/post/{post.pk}/change/" if post else "/admin/articles/post/add/"
    data = sent_from(shown(client, address))
    if change:
        change(data)
    return client.post(address, data | fields | {"_continue": "1"}, follow=True)


def errors_of(page):
    """Every message that a refused form shows, one string."""
    context = page.context
    forms = [context["adminform"].form]
    forms += [form for inline in context["inline_admin_formsets"] for form in inline.formset.forms]
    return " ".join(str(form.errors) for form in forms)
