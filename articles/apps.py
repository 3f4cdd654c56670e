"""The app's place in Django, and the admin's."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Newsroom"

    def ready(self):
        import_module("articles.checks")
        import_module("articles.public.pages.story.parts")  # follows publications
        import_module("articles.importing.forget_killed")  # follows kills


class DeskConfig(admin.AdminConfig):
    """Django's admin, with our site in place of the stock one."""

    default = False
    default_site = "articles.admin.site.NewsroomAdminSite"
    screens = (
        "photos.photo_admin",
        "recordings.recording_admin",
        "planning.plan_admin",
        "posts.post_admin",
        "reference.sections",
        "reference.topics",
        "reference.authors",
        "reference.old_addresses",
        "reference.imports",
        "house_style.word_admin",
        "accounts.account_admin",
        "fronts.front_admin",
        "fronts.breaking_admin",
    )

    def ready(self):
        super().ready()
        for screen in self.screens:
            import_module(f"articles.admin.{screen}")
