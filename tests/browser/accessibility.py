"""What axe finds on a page: wide and narrow, light and dark."""

from axe_playwright_python.base import AXE_SCRIPT

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # Off unless it is asked for: it is young.
    "rules": {"target-size": {"enabled": True}},
}
# All that a scheme changes is colours.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
LOOKS = (
    (1280, "light", RULES),
    (360, "light", RULES),
    (1280, "dark", COLOURS),
    (360, "dark", COLOURS),
)

# Without what passed: that is most of it, and nobody reads it here.
RUN = """async (options) => {
    // Colours that are still changing are neither the one nor the other.
    await Promise.all(document.getAnimations().map((change) => change.finished));
    const found = await axe.run({...options, resultTypes: ["violations"], preload: false});
    return found.violations.map((each) => [
        each.id,
        each.nodes.slice(0, 3).map((node) => node.html.slice(0, 150)),
    ]);
}"""


def violations(page):
    """{(width, scheme): [(rule, [markup, …]), …]} of the page that is open."""
    page.evaluate(AXE_SCRIPT)
    found = {}
    for width, scheme, options in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        if faults := page.evaluate(RUN, options):
            found[width, scheme] = faults
    return found
