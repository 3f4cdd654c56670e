"""The project's URLs with the choosers' under a prefix of their own, and a page to open them on."""

from django.contrib import admin
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

from articles.admin.choosers.urls import chooser_urls
from newsroom import urls

PAGE = """{% load i18n static %}<!doctype html>
<html lang="en">
  <head>
    <title>Dialogs</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="{% static 'admin/css/base.css' %}">
    <link rel="stylesheet" href="{% static 'admin/css/dark_mode.css' %}">
    <link rel="stylesheet" href="{% static 'admin-desk/writing/dialogs.css' %}">
    <script src="{% url 'admin:jsi18n' %}"></script>
  </head>
  <body>
    <main>
      <h1>A story</h1>
      <form>{% csrf_token %}<button type="button" id="before">Before</button></form>
    </main>
  </body>
</html>"""


def page(request):
    """A page with what the writing screen gives to its dialogs, and nothing else."""
    return HttpResponse(engines["django"].from_string(PAGE).render({}, request))


handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
patterns = [*chooser_urls(admin.site), path("page/", admin.site.admin_view(page))]
urlpatterns = [path("admin/on/", include((patterns, "on"))), *urls.urlpatterns]
