"""Kill a process in the middle of a save, at each of its statements; run as a module.

It is given the key of a story and of a person, and the document to be saved. For each statement of
the save one process is forked, which is killed there. Prints, as JSON, the documents that were
stored afterwards; the last save was not killed.
"""

import json
import os
import signal
import sys

import django


def main():
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client

    from articles.models import Post

    from .sending import document_of, send

    key, person, document = (json.loads(each) for each in sys.argv[1:])
    client = Client()
    client.force_login(
        User.objects.get(pk=person), backend="articles.desk.rights.backend.DeskBackend"
    )
    post = Post.objects.get(pk=key)
    # What is loaded with the first request is loaded before there are many processes.
    send(client, post, document=document_of(post))
    found = []

    def save_and_die(statement):
        left = statement

        def die_at(execute, *arguments):
            nonlocal left
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(*arguments)

        with connection.execute_wrapper(die_at):
            send(client, post, version=1, document=document)
        os._exit(0)

    for statement in range(1, 100):
        connection.close()
        child = os.fork()
        if not child:
            save_and_die(statement)
        _pid, ended = os.waitpid(child, 0)
        found.append(document_of(post))
        if ended == 0:
            break
    print(json.dumps(found))


if __name__ == "__main__":
    django.setup()
    main()
