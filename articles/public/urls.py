"""The readers' addresses."""

from django.urls import include, path

from . import converters
from .archive import day, month, year
from .authors import author
from .corrections import corrections
from .front import front
from .latest import latest
from .oembed import oembed
from .opensearch import opensearch
from .search import complete, search, suggest
from .sections import section
from .story import story
from .topic_index import topics
from .topics import topic

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
    path("topics/", topics, name="topics"),
    path("topics/<name:slug>/", topic, name="topic"),
    path("sections/<name:slug>/", section, name="section"),
    path("authors/<name:slug>/", author, name="author"),
    path("<year:year>/", year, name="year"),
    path("<year:year>/<two:month>/", month, name="month"),
    path("<year:year>/<two:month>/<two:day>/", day, name="day"),
    path("<year:year>/<two:month>/<two:day>/<name:slug>/", story, name="story"),
]
