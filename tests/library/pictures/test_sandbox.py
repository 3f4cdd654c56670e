"""What a picture may cost, and what it costs others."""

import io
import subprocess
import sys
import threading

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image

from articles.library.pictures import machine_lock, sandbox, worker
from articles.library.pictures.decoding import memory, upload_checks
from articles.library.pictures.decoding.upload_checks import Refused
from articles.library.uploads.examine import examine

from .files import image_file, one_colour_webp, picture_file

MOST = 300 * 1000 * 1000

COSTS = """
import resource, subprocess, sys
worker = [sys.executable, "-m", "articles.library.pictures.worker", sys.argv[1]]
done = subprocess.run(worker, stdin=sys.stdin, stdout=subprocess.PIPE)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
sys.stdout.flush()
sys.stdout.buffer.write(done.stdout)
"""


def cost_of(file):
    """What reading a file takes of memory at most, in bytes, and the worker's answer."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", COSTS, '{"token": "t", "focus_x": 50, "focus_y": 50}'],
        stdin=file,
        capture_output=True,
        check=True,
        cwd=sandbox.ROOT,
    )
    most, answer = done.stdout.split(b"\n", 1)
    return int(most), answer


def big(mode, kind, size, **options):
    return image_file(Image.new(mode, size), "a", kind, **options)


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory as Linux does")
@pytest.mark.parametrize(
    ("make", "taken"),
    [
        (lambda: one_colour_webp(8900, 8900), False),
        (lambda: one_colour_webp(3700, 3700), True),
        (lambda: big("RGB", "PNG", (9000, 6000), compress_level=1), True),
        (lambda: big("RGB", "JPEG", (9000, 6000), progressive=True, subsampling=0), False),
        (lambda: big("RGB", "PNG", (8900, 8900), compress_level=1), False),
        (lambda: big("I;16", "PNG", (9000, 6000), compress_level=1), True),
        (lambda: big("CMYK", "TIFF", (7000, 7000), compression="tiff_lzw"), True),
        (lambda: big("LA", "PNG", (7000, 7000), compress_level=1), True),
        (lambda: big("RGB", "JPEG", (2000, 7000)), True),
        (lambda: image_file(Image.effect_noise((1800, 3300), 90).convert("RGB")), True),
        (lambda: big("RGB", "JPEG", (3000, 14000)), False),
    ],
)
def test_a_picture_that_is_taken_costs_at_most_300_mb(make, taken, tmp_path):
    path = tmp_path / "picture"
    path.write_bytes(make().read())

    with path.open("rb") as file:
        most, answer = cost_of(file)

    assert (b'"files"' in answer) is taken, answer[:200]
    assert most <= (MOST if taken else MOST / 3)  # what is refused was not decoded


def test_a_large_picture_holds_no_crop_while_another_is_encoded(monkeypatch):
    """So that memory does not depend on which thread is faster."""
    happened = []
    cut = worker.crops

    def watched(*args):
        for rendition, crop in cut(*args):
            happened.append(("cut", rendition.name))
            yield rendition, crop

    def encode(_crop, rendition, _metadata):
        happened.append(("encoded", rendition.name))
        return b""

    monkeypatch.setattr(worker, "crops", watched)
    monkeypatch.setattr(worker, "encode", encode)
    made = worker.read(big("RGB", "JPEG", (2000, 2000)), token="t", focus_x=50, focus_y=50)

    assert happened == [(what, name) for name in made["files"] for what in ("cut", "encoded")]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "TIFF"])
def test_no_format_or_mode_escapes_the_bound(kind, monkeypatch):
    """With a bound of one picture's pixels, what needs more for itself is not decoded."""
    image = Image.new("L" if kind == "GIF" else "RGB", (600, 400))
    data = io.BytesIO()
    image.save(data, kind)
    opened = upload_checks.open_picture(data)
    own = 600 * 400 * memory.bytes_per_pixel(opened.image.mode)

    monkeypatch.setattr(upload_checks, "MAX_DECODED_BYTES", own - 1)
    with pytest.raises(Refused) as refused:
        memory.refuse_memory(opened, (600, 400), 1)

    assert refused.value.code == "memory"
    assert opened.image.tile or kind == "WEBP"  # nothing was decoded


@pytest.mark.django_db
def test_what_would_cost_more_is_refused_in_words():
    with pytest.raises(ValidationError, match="too large to be read in its format"):
        examine(one_colour_webp(8900, 8900))


@pytest.mark.django_db
def test_a_tall_strip_whose_renditions_would_be_too_large_is_refused():
    with pytest.raises(ValidationError, match="strip, 2000 by 15000"):
        examine(big("1", "PNG", (2000, 15000)))


@pytest.mark.django_db
def test_a_tall_picture_is_not_made_in_the_format_that_costs_most():
    picture = examine(big("L", "PNG", (1800, 5000)))

    assert picture.formats == ["webp", "jpg"]
    assert all(name.endswith(("webp", "jpg")) for name in picture.files)


@pytest.mark.django_db
def test_a_second_picture_is_told_to_wait_and_the_first_is_read(monkeypatch):
    monkeypatch.setattr(machine_lock, "MAX_THREAD_WAIT_SECONDS", 0.01)
    with (
        machine_lock.picture_lock(),
        pytest.raises(ValidationError, match="Another picture is being read"),
    ):
        examine(picture_file())

    assert examine(picture_file()).width == 600


@pytest.mark.django_db
def test_another_process_has_its_turn_first(monkeypatch):
    monkeypatch.setattr(machine_lock, "MAX_WAIT_SECONDS", 0.01)
    with machine_lock.lock_file("turn") as other:
        machine_lock.acquire(other, None)

        with pytest.raises(ValidationError, match="Another picture is being read"):
            examine(picture_file())

    assert examine(picture_file()).width == 600


@pytest.mark.django_db
def test_who_waits_is_next_before_a_command_that_has_just_read_a_picture(monkeypatch):
    monkeypatch.setattr(machine_lock, "MAX_WAIT_SECONDS", 0.01)
    with machine_lock.lock_file("next") as other:
        machine_lock.acquire(other, None)

        with pytest.raises(ValidationError, match="Another picture is being read"):
            examine(picture_file())


@pytest.mark.django_db
def test_a_command_waits_for_its_turn():
    begun, read = threading.Event(), []

    def command():
        begun.set()
        with machine_lock.picture_lock(wait=True):
            read.append("read")

    with machine_lock.picture_lock():
        other = threading.Thread(target=command)
        other.start()
        begun.wait()
        assert read == []
    other.join()

    assert read == ["read"]


@pytest.mark.django_db
@pytest.mark.parametrize("worker", ["no.such.module", "this", "antigravity.fly"])
def test_a_reader_that_dies_takes_nobody_along(worker, monkeypatch):
    monkeypatch.setattr(sandbox, "WORKER", worker)

    with pytest.raises(ValidationError, match="damaged"):
        examine(picture_file())


@pytest.mark.django_db
def test_a_picture_that_takes_too_long_is_refused_as_such(monkeypatch, tmp_path):
    (tmp_path / "killed.py").write_text("import os; os.kill(os.getpid(), 9)")
    monkeypatch.setattr(sandbox, "ROOT", tmp_path)
    monkeypatch.setattr(sandbox, "WORKER", "killed")

    with pytest.raises(ValidationError, match="too long to read"):
        examine(picture_file())


@pytest.mark.django_db
def test_a_file_that_is_no_real_file_is_read_too():
    assert examine(ContentFile(picture_file().read())).width == 600
