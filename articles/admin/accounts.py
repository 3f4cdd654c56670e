"""Accounts of the desk. Nobody can give away more permissions than they have."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from django.db.models import Q

from .saves.guarded_admin import GuardedAdmin

admin.site.unregister([Group, User])


def permission_names(permissions):
    """{"app.codename"} of some permissions."""
    names = permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{name}" for app, name in names}


def is_outranked(user, other):
    """Whether the account `other` holds a permission, active or not, that `user` lacks."""
    if user.is_superuser:
        return False
    if other.is_superuser:
        return True
    of_other = Permission.objects.filter(Q(user=other) | Q(group__user=other))
    return not permission_names(of_other) <= user.get_all_permissions()


@admin.register(User)
class AccountAdmin(GuardedAdmin, UserAdmin):
    """Django's screen. An administrator makes no superusers and grants no more than they have."""

    list_display = ["username", "first_name", "last_name", "is_active", "last_login"]

    def get_readonly_fields(self, request, obj=None):
        fields = [*super().get_readonly_fields(request, obj), "last_login", "date_joined"]
        if not request.user.is_superuser:
            fields += ["is_superuser", "user_permissions"]
        return fields

    def user_change_password(self, request, id, form_url=""):  # noqa: A002 (the stock name)
        # The stock view writes the whole row back.
        with transaction.atomic():
            self.lock(id)
            return super().user_change_password(request, id, form_url)

    def has_change_permission(self, request, obj=None):
        return self._may_edit(obj, request) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._may_edit(obj, request) and super().has_delete_permission(request, obj)

    def _may_edit(self, obj, request):
        return obj is None or not is_outranked(request.user, obj)

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "groups" and not request.user.is_superuser:
            own = request.user.get_all_permissions()
            groups = [g.pk for g in Group.objects.all() if permission_names(g.permissions) <= own]
            kwargs["queryset"] = Group.objects.filter(pk__in=groups)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Group)
class RoleAdmin(GuardedAdmin, GroupAdmin):
    """The stock screen of roles."""
