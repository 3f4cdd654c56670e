"""The jobs of the minute command, in the order in which they are done: the quick ones first."""

import datetime as dt

from articles.publishing.machine.run import DAY, HOUR, MINUTE, Job
from articles.publishing.machine.task import Task

from . import cleaning, completing, delivering, links, names, pictures

JOBS = (
    Job(Task.Name.DELIVER, delivering.deliver),
    Job(Task.Name.LINKS, links.check),
    Job(Task.Name.SIGN_INS, cleaning.forget_sign_ins, every=HOUR),
    Job(Task.Name.FORMS, cleaning.forget_forms, every=HOUR),
    Job(Task.Name.THIN, cleaning.thin_out, every=HOUR),
    Job(Task.Name.LOG, cleaning.shorten_log, every=DAY),
    Job(Task.Name.NAMES, names.index_stories),
    Job(Task.Name.DOUBLES, names.look_for_pairs, every=DAY),
    Job(Task.Name.RENDER, completing.render, every=5 * MINUTE),
    Job(Task.Name.REINDEX, completing.reindex, every=HOUR),
    Job(Task.Name.RENDITIONS, pictures.make_renditions, every=HOUR),
    Job(
        Task.Name.STRAY_FILES, pictures.remove_strays, at_night=True, longest=dt.timedelta(hours=2)
    ),
)
