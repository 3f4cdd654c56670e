"""What the files under deploy/ promise, as far as their words tell."""

import re
import shutil
import subprocess

import pytest
from django.conf import settings

from articles.library.recordings.kinds import MEDIA_TYPES

DEPLOY = settings.BASE_DIR / "deploy"
UNITS = sorted(path.name for path in DEPLOY.glob("*.service"))
FRONTS = ("nginx.conf", "several/nginx.conf")


def locations(name):
    """The locations of a server in front: {what they are for: what they say}."""
    text = (DEPLOY / name).read_text()
    return dict(re.findall(r"^    location (.+?) {\n(.*?)^    }", text, re.MULTILINE | re.DOTALL))


def test_no_browser_guesses_what_a_file_is():
    files = {place: said for place, said in locations("nginx.conf").items() if "alias" in said}

    assert set(files) == {"/static/", "/media/renditions/", "/media/recordings/"}
    for place, said in files.items():
        assert "X-Content-Type-Options nosniff" in said, place


def test_the_front_knows_the_types_of_all_recordings():
    said = locations("nginx.conf")["/media/recordings/"]

    assert {(kind, suffix) for suffix, kind in MEDIA_TYPES.items()} <= set(
        re.findall(r"^ +(\S+) (\S+);$", said, re.MULTILINE)
    )


@pytest.mark.parametrize("front", FRONTS)
def test_a_film_as_large_as_any_may_be_passes_the_front(front):
    most = re.search(
        r"client_max_body_size (\d+)m;", locations(front)["/admin/articles/recording/"]
    )

    assert int(most[1]) > settings.MEDIA_MAX_BYTES // 1024**2


@pytest.mark.parametrize("front", FRONTS)
def test_nobody_keeps_the_machines_busy_with_passwords(front):
    signing_in = locations(front)["= /admin/login/"]

    assert re.search(r"limit_req zone=signing_in burst=\d+ nodelay;", signing_in)
    assert "limit_req_status 429;" in signing_in


@pytest.mark.parametrize("front", FRONTS)
def test_nobody_is_led_to_https_at_a_host_that_the_request_made_up(front):
    text = (DEPLOY / front).read_text()

    assert re.findall(r"return 301 (\S+);", text) == ["https://$server_name$request_uri"]


def test_only_the_newsroom_is_told_which_parts_are_away():
    asking = locations("nginx.conf")["= /readyz"]

    assert re.findall(r"^ +(allow|deny) (\S+);", asking, re.MULTILINE) == [
        ("allow", "127.0.0.1"),
        ("allow", "::1"),
        ("allow", "192.0.2.0/24"),  # an address of nobody's (RFC 5737)
        ("deny", "all"),
    ]
    assert locations("several/nginx.conf")["~ ^/(readyz|metrics)$"].strip() == "return 404;"


def hardening(unit):
    """What a unit says that its processes have no use for, as lines."""
    text = (DEPLOY / unit).read_text()
    names = "NoNewPrivileges|CapabilityBoundingSet|(?:Protect|Private|Restrict|Lock|SystemCall)\\w+"
    return re.findall(rf"^(?:{names})=.*$", text, re.MULTILINE)


def test_every_unit_gives_up_the_same_powers():
    assert UNITS == ["newsroom-minute.service", "newsroom.service"]
    first, *others = map(hardening, UNITS)

    assert {"NoNewPrivileges=yes", "CapabilityBoundingSet=", "ProtectSystem=strict"} <= set(first)
    assert all(other == first for other in others)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_a_unit_is_exposed_little_as_systemd_reckons(unit):
    done = subprocess.run(  # noqa: S603
        ["systemd-analyze", "security", "--offline=yes", "--threshold=30", DEPLOY / unit],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-200:] + done.stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_understands_the_units(tmp_path):
    for unit in (*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")):
        # What they start is not on this machine.
        text = re.sub(r"^(ExecStart=)\S+", r"\1/bin/true", unit.read_text(), flags=re.MULTILINE)
        (tmp_path / unit.name).write_text(text)

    done = subprocess.run(  # noqa: S603
        ["systemd-analyze", "verify", *tmp_path.iterdir()],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, "newsroom" in done.stderr) == (0, False), done.stderr
