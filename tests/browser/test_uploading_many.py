"""Many pictures at once, as the page sends them: each by itself, each with its line."""

import pytest
from playwright.sync_api import expect

from articles.desk import roles as names
from articles.models import Photo
from tests.library.pictures.files import picture_file

from .desk import complaints, sign_in

pytestmark = pytest.mark.usefixtures("pictures_read_here")


@pytest.fixture
def desk(desk_server, open_page, roles):
    page = sign_in(open_page(), desk_server, names.PICTURE_EDITOR, "picture-editor")
    page.goto(f"{page.base}/admin/articles/photo/upload/")
    return page


def file(name, **drawn):
    data = picture_file(**drawn).read() if drawn else b"no picture"
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def test_each_file_gets_its_line_and_a_bad_one_keeps_no_other_out(desk):
    files = [file("one.jpg", colour="teal"), file("bad.jpg"), file("two.jpg", colour="maroon")]
    desk.set_input_files("#id_files", files)
    desk.fill("#id_credit", "Anna Brown/PA")
    desk.keyboard.press("Enter")

    expect(desk.locator("[data-said]")).to_have_text("Not added: 1 of 3.", timeout=60_000)
    lines = desk.locator(".upload-line")
    expect(lines).to_have_count(3)
    expect(lines.nth(0)).to_contain_text("Still missing: alt text")
    expect(lines.nth(1)).to_contain_text("This file is not a picture")
    expect(lines.nth(2)).to_contain_text("Anna Brown/PA")
    assert set(Photo.objects.values_list("credit", flat=True)) == {"Anna Brown/PA"}
    assert not complaints(desk)


def test_a_file_waits_for_its_turn_and_one_that_is_not_sent_is_tried_again(desk):
    answers = iter([503, 500])

    def answer(route):
        status = next(answers, None) if route.request.method == "POST" else None
        if status is None:
            route.continue_()
        else:
            route.fulfill(status=status, json={"lines": []})

    desk.route("**/photo/upload/", answer)
    desk.set_input_files("#id_files", [file("one.jpg", colour="teal")])
    desk.get_by_role("button", name="Add the pictures").press("Enter")
    expect(desk.locator(".upload-line")).to_contain_text("This one follows by itself")
    expect(desk.locator("[data-said]")).to_have_text("Not added: 1 of 1.")

    desk.get_by_role("button", name="Try these again").press("Enter")

    expect(desk.locator("[data-said]")).to_have_text("All files are done.", timeout=60_000)
    expect(desk.get_by_role("button", name="Try these again")).to_be_hidden()
    expect(desk.locator(".upload-line")).to_have_count(1)
    assert Photo.objects.count() == 1


def test_a_mistake_in_what_is_common_is_shown_beside_its_field_and_sends_nothing(desk):
    desk.set_input_files("#id_files", [file("one.jpg", colour="teal")])
    desk.fill("#id_credit", "x" * 300)
    desk.evaluate("document.getElementById('id_credit').removeAttribute('maxlength')")
    desk.fill("#id_credit", "x" * 300)
    desk.keyboard.press("Enter")

    expect(desk.locator(".field-credit .errorlist")).to_contain_text("at most 200")
    expect(desk.locator(".upload-line")).to_have_count(0)
    assert not Photo.objects.exists()
