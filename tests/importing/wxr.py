"""WordPress export files of our own making: an item from the fewest words."""

from itertools import count
from xml.sax.saxutils import escape

SITE = "https://old.example"
NAMES = {
    "excerpt": "{http}://wordpress.org/export/{version}excerpt/",
    "content": "{http}://purl.org/rss/1.0/modules/content/",
    "wfw": "{http}://wellformedweb.org/CommentAPI/",
    "dc": "{http}://purl.org/dc/elements/1.1/",
    "wp": "{http}://wordpress.org/export/{version}",
}
numbers = count(1)


def cdata(text):
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def export(*parts, version="1.2", http="http", authors=(), encoding="UTF-8"):
    """The text of a file with these items."""
    spaces = " ".join(
        f'xmlns:{name}="{place.format(http=http, version=version and version + "/")}"'
        for name, place in NAMES.items()
    )
    people = "".join(
        f"<wp:author><wp:author_id>1</wp:author_id><wp:author_login>{cdata(login)}"
        f"</wp:author_login><wp:author_email>{cdata(login)}@old.example</wp:author_email>"
        f"<wp:author_display_name>{cdata(name)}</wp:author_display_name></wp:author>"
        for login, name in authors
    )
    number = f"<wp:wxr_version>{version}</wp:wxr_version>" if version else ""
    return (
        f'<?xml version="1.0" encoding="{encoding}" ?>\n<rss version="2.0" {spaces}>\n<channel>'
        f"<title>Old</title><link>{SITE}</link><generator>https://wordpress.org/?v=6</generator>"
        f"{number}<wp:base_site_url>{SITE}</wp:base_site_url>"
        f"<wp:base_blog_url>{SITE}</wp:base_blog_url>{people}\n" + "\n".join(parts) + "\n"
        "</channel>\n</rss>\n"
    )


def item(
    key=None,
    *,
    title="A story",
    html="<p>Words of the story.</p>",
    status="publish",
    kind="post",
    date="2016-12-13 10:00:00",
    modified="2017-01-02 03:04:05",
    name="",
    link=None,
    creator="anna",
    excerpt="",
    categories=(("politics", "Politics"),),
    tags=(),
    people=(),
    meta=(),
    password="",
    parent=0,
    attachment="",
    comments=0,
    extra="",
    **fields,
):
    """An item; `fields` replaces elements by their names without prefix (post_date_gmt=…)."""
    key = next(numbers) if key is None else key
    name = name or f"story-{key}"
    link = f"{SITE}/2016/12/{name}/" if link is None else link
    values = {
        "post_id": str(key),
        "post_date": date,
        "post_date_gmt": date,
        "post_modified": modified,
        "post_modified_gmt": modified,
        "post_name": name,
        "status": status,
        "post_parent": str(parent),
        "post_type": kind,
        "post_password": password,
    } | fields
    lines = [
        f"<title>{cdata(title)}</title>",
        f"<link>{escape(link)}</link>",
        f"<dc:creator>{cdata(creator)}</dc:creator>",
        f'<guid isPermaLink="false">{SITE}/?p={key}</guid>',
        f"<content:encoded>{cdata(html)}</content:encoded>",
        f"<excerpt:encoded>{cdata(excerpt)}</excerpt:encoded>",
        *(f"<wp:{tag}>{cdata(value)}</wp:{tag}>" for tag, value in values.items()),
        *(category("category", *each) for each in categories),
        *(category("post_tag", *each) for each in tags),
        *(category("author", f"cap-{slug}", each) for slug, each in people),
        *(
            f"<wp:postmeta><wp:meta_key>{cdata(k)}</wp:meta_key>"
            f"<wp:meta_value>{cdata(v)}</wp:meta_value></wp:postmeta>"
            for k, v in meta
        ),
        "<wp:comment><wp:comment_content>Hm.</wp:comment_content></wp:comment>" * comments,
    ]
    if attachment:
        lines.append(f"<wp:attachment_url>{cdata(attachment)}</wp:attachment_url>")
    return "<item>\n" + "\n".join([*lines, extra]) + "\n</item>"


def category(domain, slug, name):
    return f'<category domain="{domain}" nicename="{slug}">{cdata(name)}</category>'


def picture(key, path, *, alt="", caption="", credit="", agency="", parent=0):
    """An attachment, at a path below uploads/."""
    meta = [("_wp_attachment_image_alt", alt), ("_media_credit", credit)]
    meta.append(("_navis_media_credit_org", agency))
    return item(
        key,
        kind="attachment",
        status="inherit",
        title=path,
        html="",
        excerpt=caption,
        parent=parent,
        categories=(),
        meta=[pair for pair in meta if pair[1]],
        attachment=f"{SITE}/wp-content/uploads/{path}",
    )
