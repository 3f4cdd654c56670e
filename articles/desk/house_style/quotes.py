"""Quotations without an attribution: words that somebody is said to have said, and nobody is named.

It looks for a verb of saying beside a name or a pronoun, in the paragraph and in its neighbours. In
languages whose verbs it does not know it finds nothing.
"""

import re
from collections.abc import Iterator
from functools import cache

from django.utils.translation import gettext as _

from .finding import Found
from .story_text import Piece, StoryText

# Each alternative excludes the mark that opens it, so that the search is linear.
_QUOTED = re.compile(
    '“([^“”]*)”|„([^„“”]*)[“”]|«([^«»]*)»|"([^"\n]*)"|‘([^‘]*?)’(?!\\w)|『([^『』]*)』|「([^「」]*)」'
)

SAYING = {
    "en": "says|said|saying|say|told|tells|added|adds|asked|asks|wrote|writes|explained|explains|"
    "argued|argues|warned|warns|announced|claimed|claims|insisted|insists|replied|noted|notes|"
    "stated|states|confirmed|declared|recalled|recalls|continued|called|calls|described|describes|"
    "tweeted|posted|commented|admitted|denied|joked|quoted|shouted|whispered|according to",
    "fr": "dit|disait|dira|déclar\\w+|affirm\\w+|expliqu\\w+|ajout\\w+|estim\\w+|assur\\w+|"
    "indiqu\\w+|précis\\w+|soulign\\w+|confi\\w+|répond\\w*|répliqu\\w+|lanc\\w+|écri\\w+|"
    "racont\\w+|regrett\\w+|insist\\w+|annonc\\w+|poursui\\w+|conclu\\w*|résum\\w+|reconna\\w+|"
    "promet\\w*|jug\\w+|martel\\w+|demand\\w+|selon|d[’']après",
    "de": "sagt\\w*|erklärt\\w*|meint\\w*|betont\\w*|berichtet\\w*|fügt\\w*|schrieb\\w*|schreibt|"
    "antwortet\\w*|fragt\\w*|warnt\\w*|kündigt\\w*|nannte\\w*|nennt|laut|zufolge|so",
    "es": "dijo|dice|dijeron|declar\\w+|afirm\\w+|explic\\w+|añad\\w+|asegur\\w+|indic\\w+|"
    "señal\\w+|advirt\\w+|respond\\w+|escrib\\w+|preguntó|anunci\\w+|según",
    "ar": "[وف]?(?:قال|قالت|قالوا|يقول|تقول|أضاف|أضافت|أكد|أكدت|صرح|صرحت|أوضح|أوضحت|أعلن|أعلنت|"
    "ذكر|ذكرت|كتب|كتبت|أشار|أشارت|تابع|تابعت|وفقا?|بحسب|حسب)",
    "ru": "сказал\\w*|говорит|говорил\\w*|заявил\\w*|отметил\\w*|добавил\\w*|сообщил\\w*|"
    "подчеркнул\\w*|пояснил\\w*|написал\\w*|считает|уверен\\w*|спросил\\w*|ответил\\w*|словам|"
    "мнению",
    "uk": "сказа\\w+|каже|заяви\\w+|зазначи\\w+|дода\\w+|повідоми\\w+|наголоси\\w+|поясни\\w+|"
    "написа\\w+|вважає|словами|думку",
}
PRONOUNS = {
    "en": "he|she|they|we|i|you|who",
    "fr": "il|elle|ils|elles|on|je|nous|qui|-t-il|-t-elle",
    "de": "er|sie|ich|wir|man|der|die",
    "es": "él|ella|ellos|yo",
    "ru": "он|она|они|я|мы|кто",
    "uk": "він|вона|вони|я|ми|хто",
}
NEAR = 60
"""Characters between the verb and who is meant."""


def unattributed(story: StoryText, language: str, least: int) -> Iterator[Found]:
    """Quotations of at least so many words beside which nobody is said to have said them."""
    spoken = language.split("-")[0].lower()
    if spoken not in SAYING:
        return
    prose = [piece for piece in story.pieces if piece.is_prose]
    # What stands outside of the quotations, for which the neighbours are asked too.
    outside = [_QUOTED.sub(" “” ", piece.text) if not piece.is_quote else "" for piece in prose]
    for place, piece in enumerate(prose):
        words = next((words for words in _quotations(piece) if len(words.split()) >= least), "")
        near = outside[max(place - 1, 0) : place + 2]
        if words and not any(_names_somebody(text, spoken) for text in near):
            yield Found(piece.place, _("Who said “%s”?") % _beginning(words), _beginning(words))


def _quotations(piece: Piece) -> Iterator[str]:
    if piece.is_quote:
        yield piece.text
        return
    for found in _QUOTED.finditer(piece.text):
        yield next((words for words in found.groups() if words), "").strip()


def _names_somebody(text: str, language: str) -> bool:
    for verb in _verbs(language).finditer(text):
        near = text[max(verb.start() - NEAR, 0) : verb.start()], text[verb.end() :][:NEAR]
        if language not in PRONOUNS or any(_who(language).search(words) for words in near):
            return True
    return False


@cache
def _verbs(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{SAYING[language]})(?!\w)", re.IGNORECASE)


@cache
def _who(language: str) -> re.Pattern[str]:
    """A pronoun, or a word with a capital."""
    capital = "[A-ZÀ-ÖØ-ÞА-ЯЁІЇЄҐ]"
    return re.compile(rf"(?<!\w)(?:(?i:{PRONOUNS[language]})(?!\w)|{capital})")


def _beginning(words: str) -> str:
    return " ".join(words.split()[:6])
