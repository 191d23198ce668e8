"""Fewer indexes to write with each act, and room in the pages so that a case is changed in place."""

from django.db import migrations

ROOM = "alter table cases_case set (fillfactor = 80)"
NO_ROOM = "alter table cases_case reset (fillfactor)"


class Migration(migrations.Migration):
    """Nobody reads cases by their last change; a case has few work items and waits, one index of them is enough."""

    dependencies = [("cases", "0003_by_month")]
    operations = [
        migrations.RemoveIndex(model_name="case", name="cases_by_change"),
        migrations.RemoveIndex(model_name="workitem", name="cases_item_open"),
        migrations.RemoveIndex(model_name="wait", name="cases_wait_open"),
        migrations.RunSQL(ROOM, NO_ROOM),
    ]
