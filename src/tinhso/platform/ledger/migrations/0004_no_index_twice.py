"""An index of subjects by pattern that nobody asks: subjects are only ever compared."""

from django.db import migrations

NAME = "ledger_head_subject_fd00b88e_like"


class Migration(migrations.Migration):
    """Each fact writes one index less."""

    dependencies = [("ledger", "0003_by_month")]
    operations = [
        migrations.RunSQL(f"drop index if exists {NAME}", f"create index {NAME} on ledger_head (subject varchar_pattern_ops)")
    ]
