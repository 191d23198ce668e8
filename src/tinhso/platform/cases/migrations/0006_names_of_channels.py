"""Room for the name of a channel such as "national_portal"; widening writes no row anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A wider column."""

    dependencies = [("cases", "0005_no_index_twice")]
    operations = [migrations.AlterField(model_name="case", name="channel", field=models.CharField(max_length=20))]
