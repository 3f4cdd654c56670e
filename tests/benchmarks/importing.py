"""An export of so many stories of 5 kB, to measure imports with.

python -m tests.benchmarks.importing 10000 export.xml
"""

import random
import sys
from pathlib import Path

from tests.importing import wxr

WORDS, PARAGRAPHS = 8_000, 10


def export(count):
    """The lines of an export of this many live stories of invented words, on 336 days."""
    rng = random.Random(1)
    letters = "abcdefghijklmnop"
    words = ["".join(rng.choices(letters, k=rng.randint(2, 10))) for _ in range(WORDS)]
    head, tail = wxr.export("#", authors=[("anna", "Anna Brown")]).split("#")
    yield head
    for number in range(1, count + 1):
        paragraphs = (" ".join(rng.choices(words, k=65)) for _ in range(PARAGRAPHS))
        html = "".join(
            f"<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->\n" for text in paragraphs
        )
        day = f"2016-{number % 12 + 1:02}-{number % 28 + 1:02}"
        topic = number % 300
        yield wxr.item(
            number,
            title=f"Story {number} {rng.choice(words)}",
            html=html,
            date=f"{day} 10:00:00",
            tags=[(f"t{topic}", f"Topic {topic}")],
        )
    yield tail


if __name__ == "__main__":
    with Path(sys.argv[2]).open("w", encoding="utf-8") as file:
        file.writelines(export(int(sys.argv[1])))
