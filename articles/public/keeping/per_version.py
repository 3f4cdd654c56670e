"""What holds for as long as the site's version does: made once per process, not once per page."""

from newsroom.databases import reading_from

_kept = {}


def per_version(request, name, make):
    """What `make()` gave at this version of the site, under this name.

    This process keeps what belongs to the last version of the site it saw, for each database it
    reads. A request that names no version (a preview) has its own made.
    """
    version = getattr(request, "site_version", None)
    if version is None:
        return make()
    version, database = str(version), reading_from()
    kept_version, kept = _kept.get(database, (None, {}))
    if kept_version != version:
        kept = {}
        _kept[database] = (version, kept)
    if name not in kept:
        kept[name] = make()
    return kept[name]
