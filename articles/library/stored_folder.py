"""Folders of public files in storage."""

from django.core.files.storage import default_storage


def delete_folder(folder: str) -> None:
    """Delete a folder that holds only files, and these; one that is not there is no error."""
    try:
        _folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        default_storage.delete(f"{folder}/{name}")
    default_storage.delete(folder)
