from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0098_table"),
    ]

    operations = [
        migrations.AlterField(
            model_name="transition",
            name="action",
            field=models.CharField(
                choices=[
                    ("begin", "Begun"),
                    ("back_to_plan", "Made a plan again"),
                    ("send_to_review", "Sent to review"),
                    ("take_back", "Taken back"),
                    ("send_back", "Sent back"),
                    ("approve", "Approved"),
                    ("publish", "Published"),
                    ("schedule", "Scheduled"),
                    ("cancel", "Schedule cancelled"),
                    ("withdraw", "Withdrawn"),
                    ("put_back", "Put back"),
                    ("ask_kill", "Kill asked for"),
                    ("decline_kill", "Kill declined"),
                    ("kill", "Killed"),
                    ("open_sealed", "Sealed words opened"),
                    ("hold", "Held back"),
                    ("place_hold", "Put on legal hold"),
                    ("lift_hold", "Legal hold lifted"),
                    ("embargo", "Embargo set"),
                    ("ease_embargo", "Embargo eased"),
                    ("break_embargo", "Embargo broken"),
                ],
                max_length=16,
                verbose_name="what",
            ),
        ),
    ]
