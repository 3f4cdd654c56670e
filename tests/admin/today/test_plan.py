"""Every list of the start page walks an index, however many stories there are."""

import pytest
from django.db import connection
from django.utils import timezone

from articles.admin.today.page import lists_for
from articles.desk import roles
from tests.builders import make_user

LARGE = ("post", "edition", "transition", "plan", "note")


@pytest.mark.postgresql
@pytest.mark.django_db
@pytest.mark.parametrize("role", roles.PERMISSIONS)
def test_no_list_reads_a_table_from_end_to_end(role, settings):
    settings.SECOND_READER = True
    lists = lists_for(make_user(role), timezone.now())

    with connection.cursor() as cursor:
        # Of tables this small PostgreSQL would read all, which costs less than an index.
        cursor.execute("SET LOCAL enable_seqscan = off")
        for rows in lists:
            statement, parameters = rows.query.get_compiler(using=rows.db).as_sql()
            cursor.execute(f"EXPLAIN {statement}", parameters)
            plan = "\n".join(line for (line,) in cursor.fetchall())
            for table in LARGE:
                assert f"Seq Scan on articles_{table} " not in plan, plan
