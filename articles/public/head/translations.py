"""A story in its languages, as search engines and schema.org are told of them."""

from ...publishing.urls import absolute


def alternates(edition, canonical, translations, request):
    """The addresses of a story in all its live languages, its own among them: [{language, url}].

    Empty for a story in one language. The original's, when it is live, stands once more as
    `x-default`, for readers of every other language.
    """
    if not translations:
        return []
    pages = [(edition, canonical)]
    pages += [(other, absolute(other.get_absolute_url(), request)) for other in translations]
    return [
        *({"language": page.language, "url": url} for page, url in pages),
        *({"language": "x-default", "url": url} for page, url in pages if page.is_original),
    ]


def translation_links(edition, translations, request):
    """The members of a NewsArticle that name its translations, or what it translates."""
    if edition.is_original:
        return {"workTranslation": [work(other, request) for other in translations]}
    originals = [work(other, request) for other in translations if other.is_original]
    return {"translationOfWork": originals[0] if originals else None}


def work(edition, request):
    """An edition as another page's article names it."""
    url = absolute(edition.get_absolute_url(), request)
    return {
        "@type": "NewsArticle",
        "@id": f"{url}#article",
        "url": url,
        "headline": edition.headline,
        "inLanguage": edition.language,
    }
