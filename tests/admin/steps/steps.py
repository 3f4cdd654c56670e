"""Taking steps on the desk as people do: on their pages, and from the writing screen."""

from articles.admin.steps.take_step import state_token
from tests.admin.forms import change_url, filled, shown

AS_SCRIPT = {"Accept": "application/json"}


def step_url(post, action):
    return f"/admin/articles/post/{post.pk}/step/{action}/"


def standing(client, post):
    """What the writing screen says of where the story stands."""
    return client.get(f"/admin/articles/post/{post.pk}/standing/").json()


def offered(client, post):
    """The steps that the writing screen has buttons for, the next one first."""
    return [step["action"] for step in standing(client, post)["steps"]]


def write(client, post, **changes):
    """Save the writing screen with these changes."""
    return client.post(change_url(post), filled(client, post) | changes)


def press(client, post, action, **changes):
    """Press a step's button on the writing screen: what was typed is saved, then the step is taken.

    Returns what the script is told: that it is `done`, why it is `refused`, or on which `page` it
    is asked about.
    """
    write(client, post, **changes)
    [step] = [step for step in standing(client, post)["steps"] if step["action"] == action]
    if step["asks"]:
        return {"page": step["url"]}
    return client.post(step["url"], {"seen": step["seen"]}, headers=AS_SCRIPT).json()


def by_hand(client, post, action):
    """Take a step with no button to press; what the script would be told."""
    post.refresh_from_db()
    seen = {"seen": state_token(action, post)}
    return client.post(step_url(post, action), seen, headers=AS_SCRIPT).json()


def confirm(client, post, action, *, follow=True, **answers):
    """Open the page of a step, answer it, and press its button."""
    seen = shown(client, step_url(post, action))["seen"]
    return client.post(step_url(post, action), {"seen": seen, "note": ""} | answers, follow=follow)
