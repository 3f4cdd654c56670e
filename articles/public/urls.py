"""The readers' addresses."""

from django.urls import include, path

from . import converters
from .oembed import oembed
from .opensearch import opensearch
from .pages.archive import day, month, year
from .pages.authors import author
from .pages.corrections import corrections
from .pages.front import front
from .pages.latest import latest
from .pages.privacy import privacy
from .pages.search import complete, search, suggest
from .pages.sections import section
from .pages.story.view import story
from .pages.topic_index import topics
from .pages.topics import topic

converters.register()

urlpatterns = [
    path("", include("articles.public.feeds.urls")),
    path("", include("articles.public.sitemaps.urls")),
    path("oembed/", oembed, name="oembed"),
    path("opensearch.xml", opensearch, name="opensearch"),
    path("", front, name="front"),
    path("latest/", latest, name="latest"),
    path("search/", search, name="search"),
    path("search/suggest/", suggest, name="search_suggest"),
    path("search/complete/", complete, name="search_complete"),
    path("corrections/", corrections, name="corrections"),
    path("privacy/", privacy, name="privacy"),
    path("topics/", topics, name="topics"),
    path("topics/<name:slug>/", topic, name="topic"),
    path("sections/<name:slug>/", section, name="section"),
    path("authors/<name:slug>/", author, name="author"),
    path("<year:year>/", year, name="year"),
    path("<year:year>/<two:month>/", month, name="month"),
    path("<year:year>/<two:month>/<two:day>/", day, name="day"),
    path("<year:year>/<two:month>/<two:day>/<name:slug>/", story, name="story"),
]
