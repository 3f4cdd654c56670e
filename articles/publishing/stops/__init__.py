"""What stops a story on its way to readers, and lets it go on: legal holds and embargoes."""
