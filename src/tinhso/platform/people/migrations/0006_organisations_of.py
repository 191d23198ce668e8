"""The organisations that somebody represents are found by who it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """An index."""

    dependencies = [("people", "0005_glimpses")]

    operations = [
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["representative_code"], name="people_organisations_of"),
        )
    ]
