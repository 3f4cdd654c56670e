"""Kill a process while it kills a story, at every fifth statement of that; run as a module.

It is given the keys of a story and of a person. Prints, as JSON, the tables that held the word
MARKER after each process; the last one was not killed.
"""

import json
import os
import signal
import sys

import django


def main():
    from django.contrib.auth.models import User
    from django.db import connection

    from articles.models import Post
    from articles.publishing.kill.kill import kill
    from tests.everywhere.surfaces import in_tables

    post, person = Post.objects.get(pk=sys.argv[1]), User.objects.get(pk=sys.argv[2])
    found = []

    def kill_and_die(statement):
        left = statement

        def die_at(execute, *arguments):
            nonlocal left
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(*arguments)

        with connection.execute_wrapper(die_at):
            kill(post, by=person)
        os._exit(0)

    for statement in range(1, 200, 5):
        connection.close()
        child = os.fork()
        if not child:
            kill_and_die(statement)
        _pid, ended = os.waitpid(child, 0)
        found.append(sorted(in_tables("MARKER")))
        if ended == 0:
            break
    print(json.dumps(found))


if __name__ == "__main__":
    django.setup()
    main()
