"""How a browser searches the site from its address bar (OpenSearch 1.1)."""

from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from ..publishing.urls import absolute
from .public_view import public_view
from .xml_text import xml_safe

MAX_SHORT_NAME_LENGTH = 16


@public_view
def opensearch(request):
    """The description of our search."""
    template = absolute(reverse("search"), request) + "?q={searchTerms}"
    suggestions = absolute(reverse("search_complete"), request) + "?q={searchTerms}"
    offered = f'type="application/x-suggestions+json" template={quoteattr(suggestions)}'
    own = absolute(reverse("opensearch"), request)
    name = xml_safe(settings.SITE_NAME)
    description = _("Search the stories of %(site)s") % {"site": name}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        f"<ShortName>{escape(name[:MAX_SHORT_NAME_LENGTH])}</ShortName>",
        f"<Description>{escape(description)}</Description>",
        f'<Url type="text/html" method="get" template={quoteattr(template)}/>',
        f'<Url rel="suggestions" {offered}/>',
        f'<Url type="application/opensearchdescription+xml" rel="self" template={quoteattr(own)}/>',
        f'<Image type="image/svg+xml">{escape(absolute(static("icon.svg"), request))}</Image>',
        f"<Language>{escape(settings.LANGUAGE_CODE)}</Language>",
        "<InputEncoding>UTF-8</InputEncoding>",
        "</OpenSearchDescription>",
    ]
    return HttpResponse(
        "\n".join(lines) + "\n", content_type="application/opensearchdescription+xml"
    )
