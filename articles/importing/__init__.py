"""Bringing another newsroom's archive in: its export files become stories of ours.

    readers/     one module for each format: a file becomes plain incoming stories
    converter/   their HTML becomes pieces: text, pictures, quotes, embeds, links
    pictures/    the files of an old uploads folder, by the addresses that stories give them
    storing/     pieces become rows, 200 stories in a transaction

`run.run` is all of it, for the command and for the admin.
"""
