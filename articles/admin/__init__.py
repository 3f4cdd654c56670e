"""The editors' screens over desk and publishing.

Nothing is registered by importing this package: the admin's site lives in it, and has to exist
first. `articles.apps.DeskConfig` imports the screens.
"""
