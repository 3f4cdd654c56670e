"""The addresses of the maps."""

from django.urls import path

from .index import index
from .lists import authors_map, pages_map, topics_map
from .news import news_map
from .robots import robots
from .stories import month_map

urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", index, name="sitemap_index"),
    path("sitemaps/pages.xml", pages_map, name="pages_map"),
    path("sitemaps/topics.xml", topics_map, name="topics_map"),
    path("sitemaps/authors.xml", authors_map, name="authors_map"),
    path("sitemaps/news.xml", news_map, name="news_map"),
    path("sitemaps/<year:year>-<two:month>.xml", month_map, name="month_map"),
]
