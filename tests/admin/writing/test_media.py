"""The scripts of the writing screen."""

from articles.admin.writing.media import MAIN, modules_of
from tests.builders import make_user


def test_all_modules_of_the_first_round_are_asked_for_at_once(client, db):
    client.force_login(make_user())

    page = client.get("/admin/articles/post/add/").text

    assert {"admin-desk/writing/save.js", "admin-desk/writing/kinds/caption.js"} <= set(
        modules_of(MAIN)
    )
    for name in modules_of(MAIN):
        assert f'<link rel="modulepreload" href="/static/{name}">' in page
    # Older browsers refuse an import map once a module was asked for.
    assert page.index('type="importmap"') < page.index('rel="modulepreload"')
