"""The addresses of preview links."""

from django.urls import path

from .view import shared_preview

urlpatterns = [path("<str:token>/", shared_preview, name="shared_preview")]
