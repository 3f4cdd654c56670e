"""What a page could cost at least: a view that returns one stored row through the ORM."""

from django.http import HttpResponse
from django.urls import path

from articles.models import Edition
from articles.publishing.editions.packing import unpack


def stored(request, pk):
    """The body of an edition as it is stored, found by its number in one SELECT."""
    body, packed = Edition.objects.values_list("body", "packed").get(pk=pk)
    body = unpack(packed, "body") if packed else body
    return HttpResponse("".join(piece.get("html", "") for piece in body))


def nothing(request):
    """Says that the server is there."""
    return HttpResponse()


urlpatterns = [path("", nothing), path("<int:pk>/", stored)]
