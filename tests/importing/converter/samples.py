"""Texts of old sites: {name: (markup, html, kinds of pieces, what is left out, words that go)}."""

P, PIC, Q, E, L, T = "Prose", "Picture", "Quote", "Embedded", "Link", "Cells"

SAMPLES = {
    "marks": (
        "html",
        "<p>A <b>bold</b> and <i>slanted</i> <u>word</u> H<sub>2</sub>O</p>",
        [P],
        {},
        "",
    ),
    "headings": ("html", "<h1>One</h1><h2>Two</h2><h4>Four</h4><h6>Six</h6>", [P], {}, ""),
    "pre": (
        "html",
        "<pre>first\n  second</pre><pre class='wp-block-verse'>a\nb</pre>",
        [P],
        {},
        "",
    ),
    "definitions": ("html", "<dl><dt>Term</dt><dd>What it is</dd></dl>", [P], {}, ""),
    "soft": (
        "html",
        "<p>Donau\xaddampf \u2003 ship&nbsp;&nbsp; sails</p><p>&nbsp;</p>",
        [P],
        {},
        "",
    ),
    "classic": ("classic", "First.\nSecond line.\n\nThird <b>bold\nover lines</b>.", [P], {}, ""),
    "classic list": (
        "classic",
        "Before\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\nAfter",
        [P],
        {},
        "",
    ),
    "divs": (
        "html",
        "<div>One<div>Two</div>Three</div>four<section><p>Five</p></section>",
        [P],
        {},
        "",
    ),
    "joined": ("html", "<p>a<br>b</p><div>c</div><ul><li>d</li><li>e</li></ul>f", [P], {}, ""),
    "image": ("html", '<p>Before <img src="a.jpg" alt="x"> after</p>', [P, PIC, P], {}, ""),
    "figure": (
        "html",
        '<figure><a href="b.jpg"><img src="a.jpg"></a><figcaption>On <em>Monday</em>'
        ' <span class="credit">PA Images</span></figcaption></figure>',
        [PIC],
        {},
        "",
    ),
    "caption": (
        "classic",
        '[caption id="attachment_9" width="300"]<img class="wp-image-9" src="a.jpg" />'
        " The bridge[/caption]\n\nText",
        [PIC, P],
        {},
        "",
    ),
    "old caption": (
        "classic",
        '[caption caption="Old way"]<img src="a.jpg">[/caption]x',
        [PIC, P],
        {},
        None,
    ),
    "gallery block": (
        "html",
        '<!-- wp:gallery --><figure class="wp-block-gallery"><!-- wp:image {"id":1} -->'
        '<figure><img src="a.jpg"><figcaption>One</figcaption></figure><!-- /wp:image -->'
        '<!-- wp:image {"id":2} --><figure><img src="b.jpg"></figure><!-- /wp:image -->'
        '<figcaption class="blocks-gallery-caption">All of them</figcaption></figure>'
        "<!-- /wp:gallery -->",
        ["Series", P],
        {},
        "",
    ),
    "gallery code": ("classic", 'See\n\n[gallery ids="4,5"]\n\nmore', [P, "Series", P], {}, ""),
    "gallery of numbers": (
        "html",
        '<!-- wp:gallery {"ids":[4,5]} --><!-- /wp:gallery -->'
        '<!-- wp:gallery {"ids":5} --><!-- /wp:gallery -->',
        ["Series"],
        {},
        "",
    ),
    "gallery of the story": (
        "classic",
        "See\n\n[gallery]\n\nmore",
        [P, "GalleryOfStory", P],
        {},
        "",
    ),
    "tiled": (
        "html",
        '<div class="wp-block-jetpack-tiled-gallery"><div><figure><img src="a.jpg"></figure>'
        '<figure><img src="b.jpg"></figure></div></div>',
        [PIC, PIC],
        {},
        "",
    ),
    "pull quote": (
        "html",
        '<figure class="wp-block-pullquote"><blockquote><p>Never again.</p><cite>Anna</cite>'
        "</blockquote></figure>",
        [Q],
        {},
        "",
    ),
    "quote": ("html", "<blockquote><p>One</p><p>Two</p><cite>Who</cite></blockquote>", [P], {}, ""),
    "lists": ("html", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", [P], {}, ""),
    "table": (
        "html",
        "<table><caption>Votes</caption><thead><tr><th>Who</th><th>How many</th></tr></thead>"
        "<tbody><tr><td>Ayes</td><td>12</td></tr></tbody></table>",
        [T],
        {},
        "",
    ),
    "table of WordPress": (
        "html",
        '<figure class="wp-block-table"><table><tr><td>Ayes</td></tr><tr><td>No</td><td>3</td></tr>'
        "</table><figcaption>Votes</figcaption></figure>",
        [T],
        {},
        "",
    ),
    "table with a picture": (
        "html",
        '<table><tr><td colspan="2">Ayes</td></tr><tr><td><img src="a.jpg"></td>'
        '<td><a href="https://x.example/">12</a></td></tr></table>',
        [T, PIC],
        {},
        "",
    ),
    "table of one row": (
        "html",
        "<table><tr><td>Ayes</td><td>12</td></tr></table>",
        [P],
        {"table_as_rows": 1},
        "",
    ),
    "table too large": (
        "html",
        "<table>" + f"<tr>{'<td>Ayes</td>' * 21}</tr>" * 2 + "</table>",
        [P],
        {"table_as_rows": 1},
        "",
    ),
    "layout table": ("html", "<table><tr><td><p>One</p><p>Two</p></td></tr></table>", [P], {}, ""),
    "embed block": (
        "html",
        '<!-- wp:embed {"url":"https://www.youtube.com/watch?v=x1234567890"} --><figure><div>\n'
        "https://www.youtube.com/watch?v=x1234567890\n</div><figcaption>The film</figcaption>"
        "</figure><!-- /wp:embed -->",
        [E],
        {},
        None,
    ),
    "address alone": ("classic", "Look:\n\nhttps://vimeo.com/12345\n\nGood", [P, E, P], {}, None),
    "address on its line": ("classic", "Look:\nhttps://vimeo.com/12345\nGood", [P, E, P], {}, None),
    "address of nobody": ("classic", "See\n\nhttps://unknown.example/x\n\nGood", [P], {}, ""),
    "frame": (
        "html",
        '<p>a</p><iframe src="//www.youtube.com/embed/x1234567890"></iframe>',
        [P, E],
        {},
        "",
    ),
    "post of a site": (
        "html",
        '<blockquote class="twitter-tweet"><p>Short words</p>&mdash; A (@a) <a href="'
        'https://twitter.com/a/status/1">Dec 13</a></blockquote><script src="x"></script>',
        [E],
        {},
        "",
    ),
    "long post of a site": (
        "html",
        f'<blockquote class="twitter-tweet"><p>{"word " * 60}</p><a href="'
        'https://twitter.com/a/status/1">Dec 13</a></blockquote>',
        [P, E],
        {},
        "",
    ),
    "players": (
        "html",
        '<audio src="https://a.example/x.mp3"></audio><video><source src="https://a.example/v.mp4">'
        "</video>",
        [E, E],
        {},
        "",
    ),
    "file block": (
        "html",
        '<!-- wp:file {"href":"https://a.example/r.pdf"} --><div class="wp-block-file">'
        '<a href="https://a.example/r.pdf">The report</a></div><!-- /wp:file -->',
        [E],
        {},
        "",
    ),
    "file block in another language": (
        "html",
        '<!-- wp:file {"href":"https://a.example/r.pdf"} --><div class="wp-block-file">'
        '<a href="https://a.example/r.pdf">Le rapport</a> <a href="https://a.example/r.pdf"'
        ' class="wp-block-file__button" download>Télécharger</a></div><!-- /wp:file -->',
        [E],
        {},
        "télécharger",
    ),
    "buttons": (
        "html",
        '<!-- wp:buttons --><div><!-- wp:button --><div class="wp-block-button"><a href="'
        'https://a.example/">Read on there</a></div><!-- /wp:button --></div><!-- /wp:buttons -->',
        [L],
        {},
        "",
    ),
    "columns": (
        "html",
        "<!-- wp:columns --><div><!-- wp:column --><div><p>Left</p></div><!-- /wp:column -->"
        "<!-- wp:column --><div><p>Right</p></div><!-- /wp:column --></div><!-- /wp:columns -->"
        "<!-- wp:group --><div><!-- wp:cover --><div><p>In the cover</p></div><!-- /wp:cover -->"
        "</div><!-- /wp:group --><details><summary>Open me</summary><p>Inside</p></details>",
        [P],
        {},
        "",
    ),
    "nothing": (
        "html",
        "<p>a</p><!-- wp:separator --><hr/><!-- /wp:separator --><!-- wp:spacer --><div></div>"
        "<!-- /wp:spacer --><!--more--><!--nextpage--><p>b</p>",
        [P],
        {},
        "",
    ),
    "furniture": (
        "html",
        '<p>a</p><!-- wp:latest-posts {"n":5} /--><!-- wp:query --><div><!-- wp:post-title /-->'
        "Live words</div><!-- /wp:query --><!-- wp:search {} /--><!-- wp:navigation /-->",
        [P],
        {
            "block_latest-posts": 1,
            "block_query": 1,
            "block_search": 1,
            "block_navigation": 1,
        },
        "live words",
    ),
    "shortcodes": (
        "classic",
        '[dropcap]O[/dropcap]nce [sic] upon [the minister] a [box color="red"]time[/box].\n\n'
        '[newsletter]\n\n[contact-form-7 id="1"] [[gallery]] end',
        [P],
        {
            "shortcode_dropcap": 1,
            "shortcode_box": 1,
            "shortcode_newsletter": 1,
            "shortcode_contact-form-7": 1,
        },
        None,
    ),
    "form": (
        "html",
        "<p>a</p><form><label>Mail</label><input name='x'></form>",
        [P],
        {"form": 1},
        "",
    ),
    "active": (
        "html",
        "<p onclick='x()'>a <a href=\"javascript:alert(1)\">b</a> <a href='java\nscript:x'>c</a>"
        '<a href="data:text/html,x">d</a></p><script>alert(1)</script><style>p{}</style>'
        "<object><param></object><svg onload='x'></svg>",
        [P],
        {},
        "",
    ),
    "related": ("html", '<p><strong>WATCH:</strong> <a href="/x/">The film</a></p>', [L], {}, ""),
    "no related": ("html", '<p>Go and <a href="/x/">read</a></p>', [P], {}, ""),
    "broken": ("html", "<p>a<b>b<i>c</b>d</i><p>e<div>f</p>g<li>h<table><td>i", [P], {}, ""),
    "unclosed": ("html", "<p>a <!-- never ends <b>b", [P], {}, None),
    "arabic": (
        "html",
        "<p>كلمات <strong>عربية</strong> هنا</p><h2>日本語の見出し</h2>",
        [P],
        {},
        "",
    ),
    "deep": ("html", "<div>" * 500 + "in the deep" + "</div>" * 500, [P], {}, ""),
}
