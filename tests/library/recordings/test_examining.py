"""What is taken as a film or a sound is decided by its content, whatever it is called."""

import io
import subprocess
import sys
import tracemalloc

import pytest
from django.core.exceptions import ValidationError

from articles.library.recordings.examine import examine_recording
from tests.recording_files import FRAME, box, element, mp3, mp4, ogg, webm


def facts_of(data):
    return examine_recording(io.BytesIO(data)).facts


def refused(data):
    with pytest.raises(ValidationError) as error:
        examine_recording(io.BytesIO(data))
    return error.value.code


@pytest.mark.parametrize(
    ("data", "suffix", "size"),
    [
        (mp4(), "mp4", (640, 360)),
        (mp4(turned=True), "mp4", (360, 640)),
        (mp4(film=b""), "m4a", (0, 0)),
        (webm(), "webm", (640, 360)),
        (mp3(), "mp3", (0, 0)),
        (mp3(tag=b"ID3\4\0\0\0\0\0\5title"), "mp3", (0, 0)),
        (ogg(), "ogg", (0, 0)),
    ],
)
def test_each_kind_says_its_length_and_size(data, suffix, size):
    facts = facts_of(data)

    assert (facts.suffix, facts.seconds) == (suffix, 12)
    assert (facts.width, facts.height) == size


def test_the_first_frame_of_an_mp3_may_say_how_many_there_are():
    said = FRAME[:36] + b"Xing" + (1).to_bytes(4) + (38_281).to_bytes(4)
    assert facts_of(said + FRAME[len(said) :] + FRAME * 4).seconds == 1_000


@pytest.mark.parametrize("data", [mp4(), webm(), ogg()], ids=["mp4", "webm", "ogg"])
def test_half_a_file_is_refused(data):
    for length in (len(data) - 1, len(data) // 2, 40):
        assert refused(data[:length]) in {"damaged", "sound_codec"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"<script>alert(1)</script>" * 50, "unknown_kind"),
        (b"\0" * 5_000, "unknown_kind"),
        (b"\xff\xfb\x90\x00<script>" + b"x" * 900, "unknown_kind"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "unknown_kind"),
        (mp4(film=b"hvc1"), "film_codec"),
        (mp4(sound=b"ac-3"), "sound_codec"),
        (mp4(brand=b"qt  "), "quicktime"),
        (mp4(film=b"", sound=b""), "sound_codec"),
        (mp4(width=0), "damaged"),
        (webm(doctype=b"matroska"), "matroska"),
        (webm(codecs=[b"V_MPEGH/ISO/HEVC"]), "film_codec"),
        (webm(width=0), "webm_sound"),
        (ogg(ident=b"\x80theora" + b"\0" * 30), "sound_codec"),
        (box(b"ftyp", b"isom\0\0\0\1"), "damaged"),
    ],
)
def test_what_browsers_do_not_play_is_refused_with_why(data, code):
    assert refused(data) == code


def test_what_stands_behind_a_film_makes_it_no_film():
    """Such as a program that a film is sent in front of."""
    assert refused(mp4() + b"PK\3\4 a zip archive") == "damaged"
    assert refused(webm() + b"<script>alert(1)</script>") == "damaged"


@pytest.mark.parametrize(
    "data",
    [
        box(b"ftyp", b"isom\0\0\0\1") + box(b"moov", box(b"trak") * 300_000) + box(b"mdat"),
        webm()[:40] + b"\xec\x80" * 300_000,
        b"\0\0\0\x10ftypisom\0\0\0\1" + b"\0\0\0\1moov" + b"\xff" * 8,
        b"\0\0\0\x10ftypisom\0\0\0\1" + b"\0\0\0\1moov" + b"\0" * 8,
        b"OggS" + b"\xff" * 400,
        b"\x1aE\xdf\xa3" + b"\xff" * 400,
    ],
    ids=["boxes", "elements", "endless", "nothing", "ogg", "ebml"],
)
def test_a_hostile_file_is_refused_soon(data):
    assert refused(data) in {"damaged", "sound_codec", "film_codec", "matroska"}


def test_a_deep_file_is_refused():
    data = b""
    for _level in range(3_000):
        data = box(b"trak", data)
    assert refused(mp4()[:20] + box(b"moov", data) + box(b"mdat")) in {"damaged", "sound_codec"}


def test_more_bytes_than_the_house_takes_are_refused(settings):
    settings.MEDIA_MAX_BYTES = 1_000

    assert refused(mp4(data=b"\0" * 1_000)) == "too_many_bytes"
    assert facts_of(mp4()).suffix == "mp4"


def test_a_film_of_two_gigabytes_is_refused_in_little_memory(tmp_path):
    """The file is one of holes; what reads it may take 200 MB of memory in all."""
    path = tmp_path / "film.mp4"
    with path.open("wb") as file:
        file.write(mp4())
        file.truncate(2 * 1024**3)
    script = (
        "import resource, django; resource.setrlimit(resource.RLIMIT_DATA, (3 * 10**8,) * 2)\n"
        "django.setup()\n"
        "from articles.library.recordings.examine import examine_recording\n"
        "try: examine_recording(open(sys.argv[1], 'rb'))\n"
        "except Exception as error: print(error.code)"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", "import sys\n" + script, str(path)],
        env={"DJANGO_SETTINGS_MODULE": "newsroom.settings", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "too_many_bytes", done.stderr


def test_what_nobody_asks_of_a_film_takes_no_memory():
    padding = element(b"\x15\x49\xa9\x66", element(b"\xec", b"\0" * 4_000) * 2_000)
    head, rest = webm(), io.BytesIO()
    place = head.index(b"\x18\x53\x80\x67")
    rest.write(head[:place] + element(b"\x18\x53\x80\x67", padding + head[place + 12 :]))
    tracemalloc.start()

    facts = examine_recording(rest).facts

    assert facts.suffix == "webm"
    assert tracemalloc.get_traced_memory()[1] < 4_000_000
    tracemalloc.stop()
