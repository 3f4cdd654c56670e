"""Kill a server in the middle of many uploads; run as a module.

It is given the key of a person and the names of two files. For every third of the statements and of
the files that are stored one process is forked, which is killed there, and then the same batch is
sent again. Prints, as JSON, what was found after each; the last was not killed.
"""

import json
import os
import signal
import sys
from pathlib import Path

import django

PAGE = "/admin/articles/photo/upload/"
MOMENTS = range(1, 400, 3)


def main():
    from django.contrib.auth.models import User
    from django.core.files.storage import FileSystemStorage
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.db import connection
    from django.test import Client

    from articles.library.pictures import sandbox, worker
    from articles.library.uploads.examine import has_original
    from articles.library.uploads.store import has_all_renditions
    from articles.models import Photo

    sandbox.run_worker = worker.answer  # in this process: another takes longer to start
    person, *files = sys.argv[1:]
    client = Client()
    client.force_login(
        User.objects.get(pk=person), backend="articles.desk.rights.backend.DeskBackend"
    )
    store = FileSystemStorage._save

    def send():
        batch = [SimpleUploadedFile(Path(each).name, Path(each).read_bytes()) for each in files]
        return client.post(PAGE, {"file": batch, "credit": "PA"})

    def send_and_die(moment):
        left = moment

        def count():
            nonlocal left
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

        def die_at(execute, *arguments):
            count()
            return execute(*arguments)

        def die_storing(self, name, content):
            count()
            return store(self, name, content)

        FileSystemStorage._save = die_storing
        with connection.execute_wrapper(die_at):
            send()
        os._exit(0)

    client.get(PAGE)  # what is loaded with the first request is loaded before there are many
    for moment in MOMENTS:
        connection.close()
        child = os.fork()
        if not child:
            send_and_die(moment)
        _pid, ended = os.waitpid(child, 0)
        before = Photo.objects.count()
        page = send()
        photos = Photo.objects.all()
        found = {
            "before": before,
            "known": page.text.count("It is in the library already"),
            "status": page.status_code,
            "credits": [photo.credit for photo in photos],
            "whole": all(has_original(each) and has_all_renditions(each) for each in photos),
        }
        print(json.dumps(found))
        if ended == 0:
            break
        Photo.objects.all().delete()


if __name__ == "__main__":
    django.setup()
    main()
