"""The project's settings, as they are described and as they refuse."""

import json
import os
import re
import socket
import subprocess
import sys

from django.conf import settings

from articles.checks import check_caches_in_front

NAMES_IN_SETTINGS = re.compile(
    r'\benv(?:_flag|_list|_web_address|_required|_caches|_hosts|_hours|_file|_networks|_mail_server)?\("([A-Z_]+)"'
)
NAMES_IN_README = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)


def start(*, command=("check",), **environment):
    """What a start with this environment says: its exit code and its words."""
    return run("manage.py", *command, **environment)


def run(*arguments, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(  # noqa: S603
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def read(*names, **environment):
    """The exit code and the words of a process that reads the settings alone, and prints these.

    Every start reads them first, and most of a start is not about them.
    """
    printed = "".join(f"print({name!r}, '=', repr(settings.{name}));" for name in names)
    return run("-c", f"from newsroom import settings;{printed}", **environment)


def test_readme_lists_every_setting_and_no_other():
    read = set(NAMES_IN_SETTINGS.findall((settings.BASE_DIR / "newsroom/settings.py").read_text()))
    listed = set(NAMES_IN_README.findall((settings.BASE_DIR / "README.md").read_text()))

    assert read == listed


def test_development_needs_no_environment():
    code, said = start()

    assert code == 0, said


def test_production_asks_for_the_secret_key():
    code, said = start(NEWSROOM_PRODUCTION="1")

    assert code != 0
    assert "NEWSROOM_SECRET_KEY must be set" in said


def test_production_asks_for_the_host_names():
    code, said = read(NEWSROOM_PRODUCTION="1", NEWSROOM_SECRET_KEY="x" * 60)

    assert code != 0
    assert "NEWSROOM_HOSTS must be set" in said


def test_a_database_that_accepts_and_never_answers_is_given_up_soon():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        code, said = start(
            command=("showmigrations",),
            DATABASE_URL=f"postgres://nobody@127.0.0.1:{silent.getsockname()[1]}/nothing",
        )

    assert code != 0
    assert "timeout" in said


def test_an_address_says_whether_it_is_https():
    code, said = read(NEWSROOM_SITE_URL="news.example.org")

    assert code != 0
    assert "NEWSROOM_SITE_URL must be a web address" in said


def test_hours_of_rest_are_a_number():
    for hours in ("none", "0", "-1", "nan", "inf"):
        code, said = read(NEWSROOM_DESK_IDLE_HOURS=hours)
        assert code != 0
        assert "NEWSROOM_DESK_IDLE_HOURS must be a number of hours" in said, hours
    said = read("SESSION_COOKIE_AGE", NEWSROOM_DESK_IDLE_HOURS="0.5")[1]
    assert "SESSION_COOKIE_AGE = 1800" in said


def test_originals_never_share_the_bucket_that_everybody_can_read():
    code, said = read(NEWSROOM_MEDIA_BUCKET="media", NEWSROOM_ORIGINALS_BUCKET="media")

    assert code != 0
    assert "NEWSROOM_ORIGINALS_BUCKET must name another bucket" in said


def test_pages_may_show_pictures_from_where_they_are_and_from_nowhere_else():
    names = ("MEDIA_URL", "CONTENT_SECURITY_POLICY")
    _code, said = read(*names, NEWSROOM_MEDIA_URL="https://media.example.org")

    assert "MEDIA_URL = 'https://media.example.org/'" in said
    assert re.search(r"'img-src': \[[^]]*'https://media.example.org/'\]", said)
    assert "media.example.org" not in read(*names)[1]


def test_styles_are_there_without_debug_and_without_collecting(client):
    assert client.get("/static/css/tokens.css").status_code == 200


IN_PRODUCTION = {
    "NEWSROOM_PRODUCTION": "1",
    "NEWSROOM_NO_SSL_REDIRECT": "1",
    "NEWSROOM_SECRET_KEY": "x" * 60,
    "NEWSROOM_HOSTS": "testserver",
}


def test_the_server_in_front_is_asked_in_production_alone_where_a_request_comes_from():
    told = "AXES_CLIENT_IP_CALLABLE = 'newsroom.operations.client_address.client_address'"

    assert told in read("AXES_CLIENT_IP_CALLABLE", **IN_PRODUCTION)[1]
    assert told not in read("AXES_CLIENT_IP_CALLABLE")[1]


def in_production(code, **environment):
    """Lines of JSON that a production process writes while it runs this code."""
    command = ("shell", "--verbosity", "0", "--command", code)
    _code, said = start(command=command, **IN_PRODUCTION, **environment)
    return [json.loads(line) for line in said.splitlines() if line.startswith("{")]


ASK = (
    "from django.test import Client; Client(raise_request_exception=False).get({!r}, headers={!r})"
)


def test_a_failure_in_production_leaves_its_traceback_under_the_id_of_its_request(tmp_path):
    database = f"sqlite:///{tmp_path / 'without-tables.sqlite3'}"

    failure, request = in_production(
        ASK.format("/", {"x-request-id": "from-the-front"}), DATABASE_URL=database
    )

    assert request["status"] >= 500
    assert failure["id"] == request["id"] == "from-the-front"
    assert "no such table" in failure["traceback"]


def test_a_failure_of_a_site_that_is_tried_leaves_its_traceback_in_the_console(tmp_path):
    database = f"sqlite:///{tmp_path / 'without-tables.sqlite3'}"
    command = ("shell", "--verbosity", "0", "--command", ASK.format("/", {"host": "localhost"}))

    for debug in ({"NEWSROOM_NO_DEBUG": "1"}, {}):
        _code, said = start(command=command, DATABASE_URL=database, **debug)
        assert said.count("Traceback (most recent call last)") >= 1, debug
        assert "no such table" in said


def test_what_a_stranger_asks_for_in_vain_is_no_failure():
    asked = ASK.format("/media/nothing", {"host": "localhost"})
    command = ("shell", "--verbosity", "0", "--command", asked)

    assert "nothing" not in start(command=command, NEWSROOM_NO_DEBUG="1")[1]


def test_no_warning_says_that_static_files_were_not_collected():
    asked = ASK.format("/healthz", {"host": "localhost"})
    command = ("shell", "--verbosity", "0", "--command", asked)

    assert "Warning" not in start(command=command)[1]


HSTS = (
    "import json; from django.test import Client;"
    "answer = Client().get('/healthz', headers={'x-forwarded-proto': 'https'});"
    "print(json.dumps({'hsts': answer.headers['Strict-Transport-Security']}))"
)


def told_of_https(**environment):
    """What browsers are told of HTTPS in production."""
    return next(line["hsts"] for line in in_production(HSTS, **environment) if "hsts" in line)


def test_browsers_are_bound_to_https_for_every_name_under_ours_unless_that_is_switched_off():
    assert told_of_https() == "max-age=31536000; includeSubDomains; preload"
    assert told_of_https(NEWSROOM_HSTS_THIS_HOST_ONLY="1") == "max-age=31536000"


def test_a_host_that_a_stranger_makes_up_is_one_line():
    lines = in_production(ASK.format("/healthz", {"host": "another.example"}))

    assert [line["path"] for line in lines if "path" in line] == ["/healthz"]
    assert "Invalid HTTP_HOST" not in str(lines)


def test_a_cache_in_front_is_one_that_we_know():
    code, said = read(NEWSROOM_PURGE="squid://127.0.0.1")

    assert code != 0
    assert "NEWSROOM_PURGE names caches" in said


def test_caches_in_front_keep_something_and_let_us_tell_them(settings):
    settings.PURGE = ["fastly://SERVICE", "varnish://127.0.0.1:6081"]
    settings.FASTLY_TOKEN, settings.SHARED_CACHE_SECONDS = "", 0
    assert [found.id for found in check_caches_in_front(None)] == ["articles.E001", "articles.W001"]

    settings.FASTLY_TOKEN, settings.SHARED_CACHE_SECONDS = "secret", 60
    assert check_caches_in_front(None) == []
