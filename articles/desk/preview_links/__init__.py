"""Preview links: a story shown before readers see it, to somebody who has no account."""
