"""What a picture takes of memory and time to be read, by kind.

python -m tests.benchmarks.pictures [FILE …]

Without files, pictures of each format and mode are made, in several sizes.
"""

import io
import resource
import subprocess
import sys
import tempfile
import time
from itertools import product
from multiprocessing import get_context
from pathlib import Path

from PIL import Image

from tests.library.pictures.files import one_colour_webp

REQUEST = '{"token": "t", "focus_x": 50, "focus_y": 50}'
WORKER = [sys.executable, "-m", "articles.library.pictures.worker", REQUEST]
MOST = 300_000_000


def main():
    if sys.argv[1:]:
        made = ((name, Path(name).read_bytes()) for name in sys.argv[1:])
    else:
        made = pictures()
    print(f"{'picture':<44}{'bytes':>12}{'memory, MB':>12}{'seconds':>9}  answer")
    for name, data in made:
        # Each in a process of its own, whose children's memory is that of one worker.
        with get_context("spawn").Pool(1) as pool:
            most, seconds, answer = pool.apply(cost, (data,))
        over = "  OVER" if most > MOST and "refused" not in answer else ""
        print(f"{name:<44}{len(data):>12,}{most / 1e6:>12.0f}{seconds:>9.1f}  {answer}{over}")


def cost(data):
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        began = time.monotonic()
        done = subprocess.run(WORKER, stdin=file, capture_output=True)  # noqa: S603
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    answer = done.stdout[:60].decode() if b"refused" in done.stdout[:20] else "taken"
    return most, time.monotonic() - began, answer if done.stdout else "died"


def pictures():
    sizes = ((4000, 3000), (9000, 6000), (8900, 8900))
    for (width, height), (kind, mode, options) in product(sizes, KINDS):
        out = io.BytesIO()
        Image.new(mode, (width, height)).save(out, kind, **options)
        said = " ".join(f"{name}={value}" for name, value in options.items())
        yield f"{kind} {mode} {width} x {height} {said}", out.getvalue()
    for side in (3500, 3800, 8900):
        yield f"WEBP lossless RGBA {side} x {side}", one_colour_webp(side, side).read()


KINDS = [
    ("JPEG", "RGB", {}),
    ("JPEG", "RGB", {"progressive": True}),
    ("JPEG", "RGB", {"progressive": True, "subsampling": 0}),
    ("JPEG", "CMYK", {}),
    ("JPEG", "L", {}),
    *(
        ("PNG", mode, {"compress_level": 1})
        for mode in ("RGB", "RGBA", "P", "LA", "L", "I;16", "1")
    ),
    ("GIF", "P", {}),
    *(("TIFF", mode, {"compression": "tiff_lzw"}) for mode in ("RGB", "CMYK", "LAB", "F", "I;16")),
]

if __name__ == "__main__":
    main()
