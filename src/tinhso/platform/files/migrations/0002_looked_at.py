"""Each file gets the moment at which it is asked whether anybody refers to it: a month after it was stored."""

from django.db import migrations, models

LOOK = "update files_storedfile set look_at = stored_at + interval '30 days'"


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial")]

    operations = [
        migrations.AddField("storedfile", "look_at", models.DateTimeField(null=True)),
        migrations.RunSQL(LOOK, migrations.RunSQL.noop),
        migrations.RunSQL("set constraints all immediate", migrations.RunSQL.noop),
        migrations.AlterField("storedfile", "look_at", models.DateTimeField()),
        migrations.AddIndex("storedfile", models.Index(fields=["look_at"], name="files_to_look_at")),
        migrations.AddIndex("deposit", models.Index(fields=["actor_code", "handed_in_at"], name="deposits_of_a_day")),
    ]
