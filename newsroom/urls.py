"""The URLs of the project: the desk under /admin/, readers everywhere else."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from articles.public.pages.media import media

from .operations import health
from .operations.metrics import metrics

MEDIA = settings.SERVE_MEDIA or settings.MEDIA_ELSEWHERE

urlpatterns = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("metrics", metrics, name="metrics"),
    path("admin/", admin.site.urls),
    path("preview/", include("articles.guests.urls")),
    *([path("media/<path:name>", media)] if MEDIA else []),
    path("", include("articles.public.urls")),
]

handler400 = "articles.public.errors.bad_request"
handler403 = "articles.admin.errors.forbidden"
handler404 = "articles.admin.errors.not_found"
handler500 = "articles.public.errors.failed"
