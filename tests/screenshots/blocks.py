"""The screenshots of blocks: how each kind is written, in stories of the demo newsroom."""

KINDS = {
    "River towns count the cost": ("gallery", "film", "sound"),
    "Labour returns to power": ("table", "chart"),
    "The palace that cannot be mended": ("embed",),
}


def of_blocks(shots):
    """Keep the first block of each kind as an editor finds it."""
    page = shots.editor
    for words, kinds in KINDS.items():
        shots.open(page, f"/admin/articles/post/?q={words}")
        shots.write(page, page.locator("#result_list th a").first.get_attribute("href"))
        for kind in kinds:
            block = page.locator(f".own-{kind}").first
            block.evaluate("block => block.scrollIntoView({block: 'center'})")
            shots.keep(page, kind, height=760)
