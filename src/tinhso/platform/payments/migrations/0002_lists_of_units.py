"""Lists of a unit's payments, and sums of its last days, read no more than they show."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two indexes."""

    dependencies = [("payments", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(fields=["unit_key", "-id"], name="payments_of_unit"),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(fields=["unit_key", "paid_at"], name="payments_of_unit_by_day"),
        ),
    ]
