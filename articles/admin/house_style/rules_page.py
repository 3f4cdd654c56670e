"""How the rules of the house are set, for stories of every language or of one: read by all who see
stories, changed by who may."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ...desk.house_style.finding import Level
from ...desk.house_style.house_style import (
    SET_STYLE,
    HouseStyle,
    in_words,
    set_rule,
    setting_of,
)
from ...desk.house_style.rules import RULES
from ...desk.rights.may_do import may_everywhere
from ..fields.languages import languages

AS_FOR_ALL = ""


class RuleForm(forms.Form):
    """One rule: what it does, and its number if it has one."""

    level = forms.ChoiceField(label=gettext_lazy("What it does"), required=False)
    number = forms.IntegerField(label=gettext_lazy("Number"))

    def __init__(self, code, stored, language, data=None):
        self.code, self.rule, self.language = code, RULES[code], language
        here = stored.get(code, {}).get(language)
        setting = setting_of(stored, code, language)
        self.default, self.now = in_words(code, setting_of({}, code)), in_words(code, setting)
        level = AS_FOR_ALL if language and not here else setting.level
        initial = {"level": level, "number": setting.number}
        super().__init__(data, prefix=code, initial=initial, label_suffix="")
        as_for_all = _("As in every language: %s") % in_words(code, setting_of(stored, code))
        choices = [(AS_FOR_ALL, as_for_all)] if language else []
        self.fields["level"].choices = [*choices, *Level.choices]
        if self.rule.number is None:
            del self.fields["number"]
        else:
            least, most = self.rule.numbers
            self.fields["number"].widget.attrs |= {"min": least, "max": most}
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = f"{self.rule.name}: {field.label}"
            field.widget.attrs["id"] = f"rule-{code}-{name}"

    def save(self, by):
        """Set the rule; says whether anything changed. Raises ValidationError."""
        level = self.cleaned_data["level"]
        if not level and not self.language:
            raise ValidationError(_("Choose what “%s” does.") % self.rule.name)
        return set_rule(
            self.code,
            level=level or None,
            number=self.cleaned_data.get("number"),
            language=self.language,
            by=by,
        )


@require_http_methods(["GET", "HEAD", "POST"])
def rules_page(request, *, site):
    """The table of rules, for every language or for the one that the address names."""
    if not request.user.has_perm("articles.view_houseword"):
        raise PermissionDenied
    language = request.GET.get("language", "")
    known = dict(languages(settings.LANGUAGE_CODE))
    language = language if language in known else ""
    may_set = may_everywhere(request.user, SET_STYLE)
    if request.method == "POST" and not may_set:
        raise PermissionDenied
    row = HouseStyle.objects.order_by("pk").first()
    codes = [code for code, rule in RULES.items() if rule.by_language or not language]
    stored = row.rules if row else {}
    data = request.POST if request.method == "POST" else None
    rules = [RuleForm(code, stored, language, data) for code in codes]
    if request.method == "POST" and (saved := save_all(request, rules, row)) is not None:
        messages.success(request, _("Saved.") if saved else _("Nothing had changed."))
        query = f"?language={language}" if language else ""
        return redirect(reverse("admin:house_style") + query)
    context = site.each_context(request) | {
        "title": _("House style"),
        "rules": rules,
        "may_set": may_set,
        "stamp": row.stamp if row else "",
        "language": language,
        "languages": [("", _("Every language")), *known.items()],
        "may_see_words": request.user.has_perm("articles.view_houseword"),
    }
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "admin/house_style/rules.html", context, status=status)


def save_all(request, rules, row):
    """Set what was sent, all or nothing; how much changed, or None when something is wrong."""
    if request.POST.get("stamp", "") != (row.stamp if row else ""):
        messages.error(
            request, _("A colleague changed the rules meanwhile. Look at them again, then save.")
        )
        return None
    valid = [form.is_valid() for form in rules]  # each says what is wrong with it
    if not all(valid):
        return None
    try:
        with transaction.atomic():
            return sum(form.save(request.user) for form in rules if form.has_changed())
    except ValidationError as refusal:
        for sentence in refusal.messages:
            messages.error(request, sentence)
        return None
