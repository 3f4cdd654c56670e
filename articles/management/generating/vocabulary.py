"""A vocabulary of common words, then made-up ones, with frequencies by Zipf's law."""

from itertools import accumulate

COMMON = """
the of to and a in that is was for on with as by at from it were had said be has have not but an
would who which their they after been he she will its more this than one about out up when all
there new last years two first year three people government could over no can into other time
also council minister public work while city before week some between day against under where
through country plan only report police most home since may should school court night money many
because house local company party river health long group vote former workers four children
members leader station officials service according family town office months water team deal law
next early late call system street morning open road number change power union state hospital
south north east west market evidence budget storm
""".split()  # noqa: SIM905
BEGINNINGS = "b br c ch d dr f fl g gr h j k l m n p pr qu r s sh st t th tr v w".split()  # noqa: SIM905
VOWELS = "a e i o u ai ea ie oa ou".split()  # noqa: SIM905
ENDINGS = ["", "", "n", "r", "l", "s", "nd", "rt", "ck", "m", "th", "st"]
MADE_UP = 8_000
POOL = 500_000


def made_up_words(rng, count):
    """This many different words of two or three syllables."""
    words = {}
    while len(words) < count:
        syllables = [
            rng.choice(BEGINNINGS) + rng.choice(VOWELS) for _ in range(rng.choice((2, 3, 3)))
        ]
        words["".join(syllables) + rng.choice(ENDINGS)] = True
    return list(words)


def zipf(count):
    """Cumulative weights of ranks: the word at rank r is used in proportion to 1 / r."""
    return list(accumulate(1 / (rank + 1.5) for rank in range(count)))


class Words:
    """Running text, cut at random places out of one long draw of words."""

    def __init__(self, rng):
        self.rng = rng
        words = COMMON + made_up_words(rng, MADE_UP)
        self.pool = rng.choices(words, cum_weights=zipf(len(words)), k=POOL)
        self.rare = words[len(COMMON) :]

    def run(self, count):
        start = int(self.rng.random() * (len(self.pool) - count))
        return self.pool[start : start + count]

    def sentence(self, count):
        return sentence(self.run(count))

    def paragraphs(self, count):
        """HTML."""
        lengths = [11 + int(self.rng.random() * 13) for _ in range(count * 2)]
        words, place, sentences = self.run(sum(lengths)), 0, []
        for length in lengths:
            sentences.append(sentence(words[place : place + length]))
            place += length
        pairs = zip(sentences[::2], sentences[1::2], strict=True)
        return "".join([f"<p>{one} {two}</p>" for one, two in pairs])

    def name(self, count=1):
        return " ".join(self.rng.choice(self.rare).capitalize() for _ in range(count))


def sentence(words):
    text = " ".join(words)
    return text[0].upper() + text[1:] + "."
