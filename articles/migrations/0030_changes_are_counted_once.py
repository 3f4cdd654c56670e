"""The count of changes that named their keys is not read any more.

The column stays, for a release from before that may still run beside this one.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("articles", "0029_forms_that_were_saved")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField(model_name="sitecount", name="named")]
        )
    ]
