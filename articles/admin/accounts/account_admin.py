"""Accounts of the desk. Nobody can give away more permissions than they have."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import get_default_password_validators
from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...desk.accounts.ranks import is_outranked
from ...desk.accounts.sessions import end_sessions, password_changed
from ...desk.rights.desk_right import DeskRight
from ...desk.rights.may_do import rights_of
from ..named_screens import NamedScreens
from ..saves.guarded_admin import GuardedAdmin
from ..see_as.views import SeeAsButton
from .desk_rights import EMPTY_LABELS, DeskRightInline, roles_to_give
from .leaving import LeavingPage
from .own_sessions import SessionsPage
from .reset_factor import ResetFactor
from .rights_in_words import account_table, rights_table
from .role_pages import RolePages

admin.site.unregister([Group, User])


class AccountPages(LeavingPage, SessionsPage, ResetFactor, SeeAsButton):
    """What an account has besides its form."""


# Field → what the desk calls it, and what it says of it.
WORDS = {
    "username": (_("Name to sign in with"), _("Letters, digits and @ . + - _")),
    "is_active": (
        _("May sign in"),
        _("Take it away from somebody who has left: the history goes on naming them."),
    ),
    "is_staff": (_("Works at the desk"), _("Without it, the account opens no page of the desk.")),
    "groups": (_("Roles"), _("What this account may do.")),
    "is_superuser": (_("May do everything"), _("Whatever its roles are.")),
    "user_permissions": (_("Further rights"), _("Beside those of its roles.")),
}


class RoleFilter(admin.RelatedFieldListFilter):
    """Accounts by their role."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.title = _("role")


class SignInFilter(admin.BooleanFieldListFilter):
    """Accounts that are open, or closed."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.title = WORDS["is_active"][0]


class AccountColumns:
    """What the list of accounts shows."""

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if request.resolver_match.url_name == "auth_user_changelist":
            rights = DeskRight.objects.select_related("section", "role")
            rows = rows.prefetch_related("groups", Prefetch("desk_rights", rights))
        return rows

    @admin.display(description=WORDS["username"][0], ordering="username")
    def sign_in_name(self, user):
        return user.username

    @admin.display(description=_("Name"), ordering="last_name")
    def person(self, user):
        return user.get_full_name()

    @admin.display(description=WORDS["groups"][0])
    def roles(self, user):
        names = [gettext(group.name) for group in user.groups.all()]
        return ", ".join([str(WORDS["is_superuser"][0])] * user.is_superuser + sorted(names))

    @admin.display(description=_("Desks"))
    def desks(self, user):
        lines = [right_in_words(right) for right in user.desk_rights.all()]
        return ", ".join(sorted(lines)) or gettext("All")

    @admin.display(description=WORDS["is_active"][0], boolean=True, ordering="is_active")
    def may_sign_in(self, user):
        return user.is_active


def right_in_words(right):
    """“World”, or “World: Editor” where the role is another than the account's own."""
    section = right.section.name if right.section else str(EMPTY_LABELS["section"])
    return f"{section}: {gettext(right.role.name)}" if right.role else section


def password_help():
    """What a password has to be, when somebody sets a colleague's."""
    lengths = [getattr(each, "min_length", 0) for each in get_default_password_validators()]
    said = gettext("At least %d characters; no common word, not only digits, not like the name.")
    return said % max(lengths, default=0)


class NewAccountForm(AdminUserCreationForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = password_help()


class ColleaguePasswordForm(AdminPasswordChangeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = password_help()


@admin.register(User)
class AccountAdmin(AccountColumns, AccountPages, NamedScreens, GuardedAdmin, UserAdmin):
    """Django's screen. An administrator makes no superusers and grants no more than they have."""

    called = (_("account"), _("accounts"), _("Add an account"))
    list_display = ["sign_in_name", "person", "roles", "desks", "may_sign_in", "last_login"]
    list_filter = [("is_active", SignInFilter), ("groups", RoleFilter)]
    filter_horizontal = ["user_permissions"]
    inlines = [DeskRightInline]
    add_form, change_password_form = NewAccountForm, ColleaguePasswordForm
    add_fieldsets = [(None, {"fields": ["username", "password1", "password2"]})]

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return super().get_fieldsets(request, obj)
        for_superusers = ["is_superuser", "user_permissions"] if request.user.is_superuser else []
        return [
            (None, {"fields": ["username", "password"]}),
            (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
            (_("Rights"), {"fields": ["is_active", "is_staff", "groups", *for_superusers]}),
            (_("What it may do"), {"fields": ["may"], "classes": ["collapse"]}),
            (_("Times"), {"fields": [("last_login", "date_joined")]}),
        ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if words := WORDS.get(db_field.name):
            kwargs |= {"label": words[0], "help_text": words[1]}
        if db_field.name == "username":
            kwargs["error_messages"] = {"unique": _("Another account has this name.")}
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        fields = [*super().get_readonly_fields(request, obj), "last_login", "date_joined", "may"]
        if not request.user.is_superuser:
            fields += ["is_superuser", "user_permissions"]
        return fields

    @admin.display(description=_("may do this"))
    def may(self, user):
        return account_table(user)

    def user_change_password(self, request, id, form_url=""):  # noqa: A002 (the stock name)
        # The stock view writes the whole row back.
        with transaction.atomic():
            self.lock(id)
            answer = super().user_change_password(request, id, form_url)
            if request.method == "POST" and answer.status_code == 302:
                user = self.get_object(request, id)
                but = request.session if user == request.user else None
                password_changed(user, by=request.user, now=timezone.now(), but=but)
            return answer

    def save_model(self, request, obj, form, change):
        # Whoever gets an account here is to work at the desk; without it a role opens nothing.
        obj.is_staff = obj.is_staff or not change
        super().save_model(request, obj, form, change)
        if change and not (obj.is_active and obj.is_staff) and obj != request.user:
            end_sessions(obj, by=request.user, now=timezone.now())

    def has_add_permission(self, request):
        # A new account has its roles at all desks.
        return super().has_add_permission(request) and not rights_of(request.user)

    def has_change_permission(self, request, obj=None):
        return self._may_edit(obj, request) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._may_edit(obj, request) and super().has_delete_permission(request, obj)

    def _may_edit(self, obj, request):
        if obj is None:
            return True
        # A page asks many times.
        known = request.__dict__.setdefault("outranked", {})
        if obj.pk not in known:
            known[obj.pk] = is_outranked(request.user, obj)
        return not known[obj.pk]

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        if db_field.name == "groups" and not request.user.is_superuser:
            kwargs["queryset"] = Group.objects.filter(pk__in=roles_to_give(request))
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups":
            field.choices = [(key, gettext(name)) for key, name in roles_to_give(request).items()]
        return field


@admin.register(Group)
class RoleAdmin(RolePages, NamedScreens, GuardedAdmin, GroupAdmin):
    """The stock screen of roles; who may only look at one is told in words what it may do."""

    called = (_("role"), _("roles"), _("Add a role"))
    list_display = ["name"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "name":
            kwargs["error_messages"] = {"unique": _("Another role has this name.")}
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_fields(self, request, obj=None):
        may_change = self.has_change_permission(request, obj)
        return ["name", "permissions" if may_change else "may"]

    def get_readonly_fields(self, request, obj=None):
        return ["may"]

    @admin.display(description=_("may do this"))
    def may(self, role):
        return rights_table(role)
