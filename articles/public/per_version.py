"""What holds for as long as the site's version does: made once per process, not once per page."""

_kept = (None, {})


def per_version(request, name, make):
    """What `make()` gave at this version of the site, under this name.

    This process keeps what belongs to the last version of the site it saw. A request that names no
    version (a preview) has its own made.
    """
    global _kept
    version = getattr(request, "site_version", None)
    if version is None:
        return make()
    version = str(version)
    kept_version, kept = _kept
    if kept_version != version:
        kept = {}
        _kept = (version, kept)
    if name not in kept:
        kept[name] = make()
    return kept[name]
