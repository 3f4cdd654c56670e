"""The addresses of the whole project: the desk under /admin/, readers everywhere else."""

from django.contrib import admin
from django.urls import include, path

from . import health

urlpatterns = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("admin/", admin.site.urls),
    path("", include("articles.public.urls")),
]
