"""Facts are read by subject, by month, by id: nobody asks for a kind, and ten years of that index would be gigabytes."""

from django.db import migrations


class Migration(migrations.Migration):
    """Each fact writes one index less."""

    dependencies = [("ledger", "0005_jobs_are_asked_for")]
    operations = [migrations.RemoveIndex(model_name="fact", name="ledger_fact_kind_moment")]
