"""Ratings: once with each paper that offers them, with the points of the indices asked about."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("onestop", "0005_batches_of_the_clerk")]

    operations = [
        migrations.AlterField(
            model_name="rating", name="case_public_id", field=models.CharField(max_length=20)
        ),
        migrations.AddField(
            model_name="rating", name="occasion", field=models.CharField(default="result", max_length=12)
        ),
        migrations.AddField(model_name="rating", name="points", field=models.JSONField(default=dict)),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(fields=["case_public_id", "occasion"], name="onestop_rating_once"),
        ),
        migrations.AddIndex(
            model_name="rating", index=models.Index(fields=["unit_key", "rated_at"], name="onestop_ratings_by_day")
        ),
    ]
