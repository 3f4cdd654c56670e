"""Who publishes the site, and the site itself, in schema.org's words."""

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext as _

from ...library.urls import path_of
from ...publishing.urls import absolute


def strapline():
    """What the site is, in a few words."""
    return settings.STRAPLINE or _("The latest news, and what is behind it")


def publisher(request):
    """The newsroom."""
    home = absolute(path_of("front"), request)
    return {
        "@type": "NewsMediaOrganization",
        "@id": f"{home}#publisher",
        "name": settings.SITE_NAME,
        "url": home,
        "logo": {"@type": "ImageObject", "url": absolute(static("icon.svg"), request)},
    }


def website(request):
    """The site, and how it is searched."""
    home = absolute(path_of("front"), request)
    return {
        "@type": "WebSite",
        "@id": f"{home}#website",
        "name": settings.SITE_NAME,
        "url": home,
        "inLanguage": settings.LANGUAGE_CODE,
        "publisher": {"@id": f"{home}#publisher"},
        "potentialAction": search_action(request),
    }


def search_action(request):
    """How the site is searched."""
    return {
        "@type": "SearchAction",
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": absolute(path_of("search"), request) + "?q={search_term_string}",
        },
        "query-input": "required name=search_term_string",
    }
